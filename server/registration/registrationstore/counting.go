package registrationstore

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/registration"
	"jiangtai/server/registration/idnumber"
	"jiangtai/server/store"
)

var errDetails = errors.New("registrationstore: what was sealed cannot be read")

// blind is the index of an ID number.
func (s *Store) blind(n idnumber.ID) []byte { return s.vault.Blind("id_number", n.Reveal()) }

// The update changes nothing and holds the row, whether it was there or not.
const lockPersonSQL = `
INSERT INTO persons (person_id, id_blind, id_number, created_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT ON CONSTRAINT persons_blind_key DO UPDATE SET id_blind = excluded.id_blind
RETURNING person_id`

// LockPerson is registration.Counting.
func (s *Store) LockPerson(ctx context.Context, n idnumber.ID, fresh contest.ID, at time.Time) (contest.ID, error) {
	var id uuid.UUID
	err := s.db.Querier(ctx).GetContext(ctx, &id, lockPersonSQL,
		fresh.String(), s.blind(n), s.vault.Seal(personPlace(fresh), []byte(n.Reveal())), at)
	return idOf(id), store.Fault(err, "hold a person")
}

const lockUnitSQL = `
INSERT INTO registration_units (event_id, unit_key)
VALUES ($1, $2)
ON CONFLICT ON CONSTRAINT registration_units_key_pk DO UPDATE SET unit_key = excluded.unit_key`

// LockUnit is registration.Counting.
func (s *Store) LockUnit(ctx context.Context, event contest.ID, unit string) error {
	return s.exec(ctx, "hold a unit", lockUnitSQL, event.String(), unit)
}

const countSQL = `
SELECT (SELECT count(*) FROM registrations
         WHERE event_id = $2 AND person_id = $4 AND registration_id <> $1 AND status NOT IN ('refused', 'withdrawn')) AS in_event,
       (SELECT count(*) FROM registrations
         WHERE contest_id = $3 AND person_id = $4 AND registration_id <> $1 AND status NOT IN ('refused', 'withdrawn')) AS in_contest,
       (SELECT count(*) FROM registrations
         WHERE event_id = $2 AND unit_key = $5 AND $5 <> '' AND registration_id <> $1 AND status NOT IN ('refused', 'withdrawn')) AS of_unit`

// Count is registration.Counting.
func (s *Store) Count(ctx context.Context, r registration.Registration) (registration.Counts, error) {
	var row struct {
		InEvent   int `db:"in_event"`
		InContest int `db:"in_contest"`
		OfUnit    int `db:"of_unit"`
	}
	err := s.db.Querier(ctx).GetContext(ctx, &row, countSQL, r.ID.String(), r.Event.String(), r.Contest.String(), r.Person.String(), r.Unit.Key())
	return registration.Counts(row), store.Fault(err, "count registrations")
}
