package signingstore

import (
	"context"
	"database/sql"
	"errors"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/signing"
	"jiangtai/server/store"
)

// ink is the signature of a document without its strokes, which its pages show; nil:
// none.
func (r documentRow) ink() *signing.Ink {
	if r.Ink == nil {
		return nil
	}
	k := &signing.Ink{
		ID: contest.ID(*r.Ink), At: r.InkAt.UTC(), By: contest.ID(*r.InkBy), ByName: r.InkName.String,
		Chair: scoring.ChairID(r.InkChair.Int64),
	}
	copy(k.Shown[:], r.InkShown)
	if r.InkClient != nil {
		k.ClientAt = r.InkClient.UTC()
	}
	return k
}

const (
	createInkSQL = `
INSERT INTO document_signatures (signature_id, document_id, chair, shown, strokes, client_at, signed_at, by_id, by_name)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

	findSignedSQL = documentColumns + ` WHERE g.signature_id = $1`
	holdSignedSQL = findSignedSQL + ` FOR UPDATE OF d`
)

// CreateInk is signing.Inks.
func (s *Store) CreateInk(ctx context.Context, document contest.ID, k signing.Ink) error {
	var client any
	if !k.ClientAt.IsZero() {
		client = k.ClientAt
	}
	_, err := s.db.Querier(ctx).ExecContext(ctx, createInkSQL, k.ID.String(), document.String(), int(k.Chair), k.Shown[:], k.Strokes, client, k.At,
		k.By.String(), k.ByName)
	return store.Fault(err, "keep a signature")
}

// FindSigned is signing.Inks.
func (s *Store) FindSigned(ctx context.Context, signature contest.ID) (signing.Document, error) {
	query := findSignedSQL
	if store.InTransaction(ctx) {
		query = holdSignedSQL
	}
	var row documentRow
	err := s.db.Querier(ctx).GetContext(ctx, &row, query, signature.String())
	if errors.Is(err, sql.ErrNoRows) {
		return signing.Document{}, fault.New(fault.Missing, "signing.missing")
	}
	return row.document(), store.Fault(err, "find a signature")
}
