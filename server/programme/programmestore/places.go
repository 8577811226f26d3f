package programmestore

import (
	"context"

	"github.com/google/uuid"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/store"
)

type chairRow struct {
	Event   uuid.UUID `db:"event_id"`
	Number  int       `db:"number"`
	Panel   string    `db:"panel"`
	Seat    int       `db:"seat"`
	Judge   string    `db:"judge"`
	IsChief bool      `db:"is_chief"`
}

const listChairsSQL = `
SELECT event_id, number, panel, seat, judge, is_chief
  FROM chairs
 WHERE event_id = ANY ($1::uuid[])
 ORDER BY event_id, number`

// ListChairs is programme.Places.
func (s *Store) ListChairs(ctx context.Context, events ...contest.ID) ([]contest.Chair, error) {
	var rows []chairRow
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listChairsSQL, ids(events)); err != nil {
		return nil, store.Fault(err, "list chairs")
	}
	out := make([]contest.Chair, 0, len(rows))
	for _, r := range rows {
		out = append(out, contest.Chair{
			Event: contest.ID(r.Event), Number: scoring.ChairID(r.Number), Panel: r.Panel, Seat: r.Seat, Judge: r.Judge, IsChief: r.IsChief,
		})
	}
	return out, nil
}

const (
	dropChairsSQL = `DELETE FROM chairs WHERE event_id = $1 AND number <> ALL ($2::int[])`

	saveChairsSQL = `
INSERT INTO chairs (event_id, number, panel, seat, judge, is_chief)
SELECT n.event_id, n.number, n.panel, n.seat, n.judge, n.is_chief
  FROM unnest($1::uuid[], $2::int[], $3::text[], $4::int[], $5::text[], $6::boolean[])
       AS n (event_id, number, panel, seat, judge, is_chief)
    ON CONFLICT (event_id, number) DO UPDATE
   SET panel = EXCLUDED.panel, seat = EXCLUDED.seat, judge = EXCLUDED.judge, is_chief = EXCLUDED.is_chief`
)

// SaveChairs is programme.Places.
func (s *Store) SaveChairs(ctx context.Context, event contest.ID, list []contest.Chair) error {
	numbers := column(list, func(c contest.Chair) int64 { return int64(c.Number) })
	if err := s.exec(ctx, "drop chairs", dropChairsSQL, event.String(), numbers); err != nil {
		return err
	}
	return s.saveChairs(ctx, list)
}

func (s *Store) saveChairs(ctx context.Context, list []contest.Chair) error {
	if len(list) == 0 {
		return nil
	}
	return s.exec(ctx, "save chairs", saveChairsSQL,
		column(list, func(c contest.Chair) string { return c.Event.String() }),
		column(list, func(c contest.Chair) int64 { return int64(c.Number) }),
		column(list, func(c contest.Chair) string { return c.Panel }),
		column(list, func(c contest.Chair) int64 { return int64(c.Seat) }),
		column(list, func(c contest.Chair) string { return c.Judge }),
		column(list, func(c contest.Chair) bool { return c.IsChief }))
}

// Insert is programme.Places.
func (s *Store) Insert(ctx context.Context, chairs []contest.Chair, entries []contest.Entry) error {
	if err := s.saveChairs(ctx, chairs); err != nil {
		return err
	}
	return s.saveEntries(ctx, entries)
}
