package signingstore_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/signing"
	"jiangtai/server/signing/signingstore"
	"jiangtai/server/store/storetest"
)

func TestStatementsParse(t *testing.T) { storetest.PrepareConstants(t, storetest.New(t)) }

func TestConstraintsHaveMeanings(t *testing.T) {
	storetest.CheckConstraints(t, storetest.New(t), "document_numbers", "documents", "document_scans", "document_signatures")
}

// What was printed and signed stays, also for somebody who has the program's own
// connection; only a document may be declared void, once.
func TestNothingIsChangedOrRemoved(t *testing.T) {
	db := storetest.New(t)
	s := signingstore.New(db)
	doc := signing.Document{ID: scoring.ID{1}, Event: event, Serial: 1, Number: "X-26-0001", Of: signing.Of{Kind: signing.ResultList}}
	scan := signing.Scan{ID: scoring.ID{2}, Type: "image/png", Size: 3, Sum: sha256.Sum256([]byte("abc"))}
	if err := db.Do(t.Context(), func(ctx context.Context) error {
		if err := s.CreateDocument(ctx, doc, []byte("%PDF-")); err != nil {
			return err
		}
		if err := s.CreateScan(ctx, doc.ID, scan, []byte("abc")); err != nil {
			return err
		}
		return s.CreateInk(ctx, doc.ID, signing.Ink{ID: scoring.ID{3}, Strokes: "1 1"})
	}); err != nil {
		t.Fatal(err)
	}
	for _, act := range []string{
		"DELETE FROM documents", "TRUNCATE documents CASCADE", "UPDATE documents SET number = 'Y'", "UPDATE documents SET pdf = ''",
		"UPDATE documents SET void_at = now(), void_reason = 'x', number = 'Y'",
		"DELETE FROM document_scans", "TRUNCATE document_scans", "UPDATE document_scans SET is_read = true",
		"DELETE FROM document_signatures", "TRUNCATE document_signatures", "UPDATE document_signatures SET strokes = ''",
	} {
		err := db.Do(t.Context(), func(ctx context.Context) error {
			_, err := db.Querier(ctx).ExecContext(ctx, act)
			return err
		})
		if err == nil || !strings.Contains(fmt.Sprint(err), "only grows") {
			t.Errorf("%s: %v", act, err)
		}
	}
	for i := range 2 {
		err := db.Do(t.Context(), func(ctx context.Context) error {
			return s.VoidDocument(ctx, doc.ID, signing.Void{Reason: fmt.Sprint("reason ", i)})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.FindDocument(t.Context(), event, 1)
	if err != nil || got.Void == nil || got.Void.Reason != "reason 0" || got.Scan == nil || got.Scan.Sum != scan.Sum {
		t.Errorf("%v %+v", err, got)
	}
}
