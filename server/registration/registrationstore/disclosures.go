package registrationstore

import (
	"context"
	"encoding/binary"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/registration"
	"jiangtai/server/store"
)

const holdDisclosuresSQL = `SELECT pg_advisory_xact_lock($1)`

// HoldDisclosures is registration.Disclosures.
func (s *Store) HoldDisclosures(ctx context.Context, account contest.ID) error {
	// Half of an id is enough: two accounts that share it would wait for each other.
	return s.exec(ctx, "hold reveals", holdDisclosuresSQL, int64(binary.BigEndian.Uint64(account[8:])))
}

const countDisclosuresSQL = `
SELECT count(*)
  FROM registration_disclosures
 WHERE by_id = $1 AND at > $2`

// CountDisclosures is registration.Disclosures.
func (s *Store) CountDisclosures(ctx context.Context, account contest.ID, after time.Time) (int, error) {
	var n int
	err := s.db.Querier(ctx).GetContext(ctx, &n, countDisclosuresSQL, account.String(), after)
	return n, store.Fault(err, "count reveals")
}

const appendDisclosureSQL = `
INSERT INTO registration_disclosures (registration_id, number, by_id, at, reason)
SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4
  FROM registration_disclosures
 WHERE registration_id = $1`

// AppendDisclosure is registration.Disclosures.
func (s *Store) AppendDisclosure(ctx context.Context, d registration.Disclosure) error {
	return s.exec(ctx, "keep a reveal", appendDisclosureSQL, d.Registration.String(), d.By.String(), d.At, d.Reason)
}

const listDisclosuresSQL = `
SELECT by_id, at, reason
  FROM registration_disclosures
 WHERE registration_id = $1
 ORDER BY number`

// ListDisclosures is registration.Disclosures.
func (s *Store) ListDisclosures(ctx context.Context, id contest.ID) ([]registration.Disclosure, error) {
	var rows []struct {
		By     uuid.UUID `db:"by_id"`
		At     time.Time `db:"at"`
		Reason string    `db:"reason"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listDisclosuresSQL, id.String()); err != nil {
		return nil, store.Fault(err, "list reveals")
	}
	out := make([]registration.Disclosure, 0, len(rows))
	for _, r := range rows {
		out = append(out, registration.Disclosure{Registration: id, By: idOf(r.By), At: r.At.UTC(), Reason: r.Reason})
	}
	return out, nil
}
