package programmestore

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/server/contest"
	"jiangtai/server/programme"
	"jiangtai/server/store"
)

type groupRow struct {
	Sort   string `db:"sort"`
	Number int    `db:"number"`
	Key    string `db:"key"`
	Name   string `db:"name"`
}

const listGroupsSQL = `SELECT sort, number, key, name FROM entry_groups WHERE event_id = $1 ORDER BY sort, number`

// ListGroups is programme.Groups.
func (s *Store) ListGroups(ctx context.Context, event contest.ID) ([]programme.Numbering, error) {
	var rows []groupRow
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listGroupsSQL, event.String()); err != nil {
		return nil, store.Fault(err, "list groups")
	}
	out := make([]programme.Numbering, 0, len(rows))
	for _, r := range rows {
		out = append(out, programme.Numbering{By: r.Sort, N: r.Number, Key: r.Key, Name: r.Name})
	}
	return out, nil
}

const groupedEventsSQL = `SELECT DISTINCT event_id FROM entry_groups`

// GroupedEvents are the events that have groups at all.
func (s *Store) GroupedEvents(ctx context.Context) ([]contest.ID, error) {
	var rows []uuid.UUID
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, groupedEventsSQL); err != nil {
		return nil, store.Fault(err, "list events with groups")
	}
	out := make([]contest.ID, len(rows))
	for i, id := range rows {
		out[i] = contest.ID(id)
	}
	return out, nil
}

const addGroupsSQL = `
INSERT INTO entry_groups (event_id, sort, number, key, name)
SELECT $1, n.sort, n.number, n.key, n.name
  FROM unnest($2::text[], $3::int[], $4::text[], $5::text[]) AS n (sort, number, key, name)`

// AddGroups is programme.Groups.
func (s *Store) AddGroups(ctx context.Context, event contest.ID, list []programme.Numbering) error {
	if len(list) == 0 {
		return nil
	}
	return s.exec(ctx, "add groups", addGroupsSQL, event.String(),
		column(list, func(n programme.Numbering) string { return n.By }),
		column(list, func(n programme.Numbering) int64 { return int64(n.N) }),
		column(list, func(n programme.Numbering) string { return n.Key }),
		column(list, func(n programme.Numbering) string { return n.Name }))
}

type moveRow struct {
	Entry  uuid.UUID `db:"entry_id"`
	By     uuid.UUID `db:"by_id"`
	Reason string    `db:"reason"`
	At     time.Time `db:"moved_at"`
}

const listMovesSQL = `
SELECT m.entry_id, m.by_id, m.reason, m.moved_at
  FROM entry_moves m
  JOIN entries n ON n.entry_id = m.entry_id
 WHERE n.event_id = $1
 ORDER BY m.entry_id`

// ListMoves is programme.Groups.
func (s *Store) ListMoves(ctx context.Context, event contest.ID) ([]programme.Move, error) {
	var rows []moveRow
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listMovesSQL, event.String()); err != nil {
		return nil, store.Fault(err, "list moves")
	}
	out := make([]programme.Move, 0, len(rows))
	for _, r := range rows {
		out = append(out, programme.Move{Entry: contest.ID(r.Entry), By: contest.ID(r.By), Reason: r.Reason, At: r.At.UTC()})
	}
	return out, nil
}

const saveMovesSQL = `
INSERT INTO entry_moves (entry_id, by_id, reason, moved_at)
SELECT n.entry_id, n.by_id, n.reason, n.moved_at
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[]) AS n (entry_id, by_id, reason, moved_at)
    ON CONFLICT (entry_id) DO UPDATE
   SET by_id = EXCLUDED.by_id, reason = EXCLUDED.reason, moved_at = EXCLUDED.moved_at`

// SaveMoves is programme.Groups.
func (s *Store) SaveMoves(ctx context.Context, list []programme.Move) error {
	if len(list) == 0 {
		return nil
	}
	at := make([]string, 0, len(list))
	for _, m := range list {
		at = append(at, m.At.UTC().Format(time.RFC3339Nano))
	}
	return s.exec(ctx, "save moves", saveMovesSQL,
		column(list, func(m programme.Move) string { return m.Entry.String() }),
		column(list, func(m programme.Move) string { return m.By.String() }),
		column(list, func(m programme.Move) string { return m.Reason }),
		pq.Array(at))
}
