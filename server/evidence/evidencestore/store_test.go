package evidencestore_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"jiangtai/server/evidence/evidencestore"
	"jiangtai/server/evidence/evidencetest"
	"jiangtai/server/fault"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestStatementsParse(t *testing.T) { storetest.PrepareConstants(t, storetest.New(t)) }

func TestConstraintsHaveMeanings(t *testing.T) {
	storetest.CheckConstraints(t, storetest.New(t), "evidence_photos")
}

// A photo comes in, comes in again, is listed and read; another chair cannot take its
// id, and nobody can change it.
func TestAPhotoInPostgreSQL(t *testing.T) {
	db := storetest.New(t)
	r := evidencetest.New(t, evidencestore.New(db), db)
	up := evidencetest.Upload(1, evidencetest.JPEG(t, 30, 20, 1))
	first, isNew, err := r.Give(t.Context(), evidencetest.Tablet, up)
	if err != nil || !isNew {
		t.Fatalf("%v %v", err, isNew)
	}
	again, isNew, err := r.Give(t.Context(), evidencetest.Tablet, up)
	if err != nil || isNew || again != first {
		t.Errorf("%v %v\n%+v\n%+v", err, isNew, again, first)
	}
	if _, _, err := r.Give(t.Context(), evidencetest.Neighbour, up); fault.Code(err) != "evidence.other_photo" {
		t.Errorf("%v", err)
	}
	list, err := r.List(t.Context(), evidencetest.Chief, evidencetest.Event)
	if err != nil || len(list) != 1 || list[0] != first {
		t.Errorf("%v %+v", err, list)
	}
	_, file, err := r.File(t.Context(), evidencetest.Chief, evidencetest.Event, first.ID)
	if err != nil || len(file) != first.Size || !bytes.HasPrefix(file, []byte{0xff, 0xd8}) {
		t.Errorf("%v: %d bytes", err, len(file))
	}
	if _, _, err := r.File(t.Context(), evidencetest.Chief, evidencetest.Event, evidencetest.ID(9)); fault.Code(err) != "evidence.missing" {
		t.Errorf("%v", err)
	}
	for _, act := range []string{"DELETE FROM evidence_photos", "TRUNCATE evidence_photos", "UPDATE evidence_photos SET work = 'x'"} {
		err := db.Do(t.Context(), func(ctx context.Context) error {
			_, err := db.Querier(ctx).ExecContext(ctx, act)
			return err
		})
		if err == nil || !strings.Contains(fmt.Sprint(err), "only grow") {
			t.Errorf("%s: %v", act, err)
		}
	}
}

// The same photo comes twice at once, over two roads of a bad network: one is kept.
func TestTheSamePhotoAtOnce(t *testing.T) {
	db := storetest.New(t)
	r := evidencetest.New(t, evidencestore.New(db), db)
	up := evidencetest.Upload(1, evidencetest.JPEG(t, 30, 20, 1))
	var wait sync.WaitGroup
	news := make(chan bool, 6)
	for range 6 {
		wait.Go(func() {
			_, isNew, err := r.Give(t.Context(), evidencetest.Tablet, up)
			if err != nil {
				t.Error(err)
			}
			news <- isNew
		})
	}
	wait.Wait()
	close(news)
	n := 0
	for isNew := range news {
		if isNew {
			n++
		}
	}
	list, err := r.List(t.Context(), evidencetest.Supervisor, evidencetest.Event)
	if err != nil || n != 1 || len(list) != 1 {
		t.Errorf("%v: %d new, %d kept", err, n, len(list))
	}
}

// A photo that is one too many leaves nothing behind.
func TestOneTooManyIsNotKept(t *testing.T) {
	db := storetest.New(t)
	r := evidencetest.New(t, evidencestore.New(db), db)
	file := evidencetest.JPEG(t, 8, 8, 1)
	for n := range byte(13) {
		_, _, err := r.Give(t.Context(), evidencetest.Tablet, evidencetest.Upload(n+1, file))
		if want := map[bool]string{true: "evidence.too_many"}[n == 12]; fault.Code(err) != want {
			t.Errorf("photo %d: %v", n+1, err)
		}
	}
	list, err := r.List(t.Context(), evidencetest.Chief, evidencetest.Event)
	if err != nil || len(list) != 12 {
		t.Errorf("%v: %d", err, len(list))
	}
}
