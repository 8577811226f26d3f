package keyingstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/keying"
	"jiangtai/server/store"
)

// Store is keying.Store on PostgreSQL. It is safe for concurrent use.
type Store struct{ db *store.DB }

var _ keying.Store = (*Store)(nil)

// New keeps keying in db.
func New(db *store.DB) *Store { return &Store{db} }

var _ = store.Constraints(map[string]store.Meaning{
	"keying_ways_event_pk":          store.Ours,
	"keying_ways_way_check":         store.Ours,
	"keying_passes_id_pk":           store.Ours,
	"keying_passes_place_key":       {Kind: fault.Stale, Code: "keying.taken"},
	"keying_passes_person_key":      {Kind: fault.Stale, Code: "keying.taken"},
	"keying_passes_place_check":     store.Ours,
	"keyed_cells_cell_pk":           store.Ours,
	"keyed_cells_pass_fk":           {Kind: fault.Stale, Code: "keying.no_pass"},
	"keyed_cells_kind_check":        store.Ours,
	"keying_decisions_id_pk":        store.Ours,
	"keying_decisions_kind_check":   store.Ours,
	"keying_decisions_reason_check": store.Ours,
	"keying_decisions_second_check": store.Ours,
	"keying_photos_id_pk":           store.Ours,
	"keying_photos_page_check":      store.Ours,
	"keying_photos_sum_check":       store.Ours,
	"keying_pictures_cell_pk":       store.Ours,
	"keying_pictures_photo_fk":      store.Ours,
	"keying_pictures_size_check":    store.Ours,
})

const (
	findWaySQL = `SELECT way FROM keying_ways WHERE event_id = $1`

	putWaySQL = `
INSERT INTO keying_ways (event_id, way, by_id, said_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (event_id) DO UPDATE SET way = EXCLUDED.way, by_id = EXCLUDED.by_id, said_at = EXCLUDED.said_at`
)

// FindWay is keying.Ways.
func (s *Store) FindWay(ctx context.Context, event contest.ID) (keying.Way, error) {
	var way string
	err := s.db.Querier(ctx).GetContext(ctx, &way, findWaySQL, event.String())
	if errors.Is(err, sql.ErrNoRows) {
		return keying.Undecided, nil
	}
	return keying.Way(way), store.Fault(err, "find how an event is keyed")
}

// PutWay is keying.Ways.
func (s *Store) PutWay(ctx context.Context, event contest.ID, way keying.Way, by contest.ID, at time.Time) error {
	_, err := s.db.Querier(ctx).ExecContext(ctx, putWaySQL, event.String(), string(way), by.String(), at)
	return store.Fault(err, "say how an event is keyed")
}

const (
	createPassSQL = `
INSERT INTO keying_passes (pass_id, event_id, chair, criterion, place, by_id, by_name, taken_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`

	listPassesSQL = `
SELECT pass_id, event_id, chair, criterion, place, by_id, by_name, taken_at
  FROM keying_passes WHERE event_id = $1 ORDER BY chair, criterion, place`

	removeCellsSQL = `DELETE FROM keyed_cells WHERE pass_id = $1 AND closed_at IS NULL`
	countCellsSQL  = `SELECT count(*) FROM keyed_cells WHERE pass_id = $1`
	removePassSQL  = `DELETE FROM keying_passes WHERE pass_id = $1`
	holdPassSQL    = `SELECT place FROM keying_passes WHERE pass_id = $1 FOR UPDATE`
)

// CreatePass is keying.Passes.
func (s *Store) CreatePass(ctx context.Context, p keying.Pass) error {
	_, err := s.db.Querier(ctx).ExecContext(ctx, createPassSQL, p.ID.String(), p.Event.String(), int(p.Of.Chair), p.Of.Criterion, p.Place, p.By.String(), p.ByName, p.At)
	return store.Fault(err, "take a place of a sheet")
}

// ListPasses is keying.Passes.
func (s *Store) ListPasses(ctx context.Context, event contest.ID) ([]keying.Pass, error) {
	var rows []struct {
		ID        uuid.UUID `db:"pass_id"`
		Event     uuid.UUID `db:"event_id"`
		Chair     int       `db:"chair"`
		Criterion string    `db:"criterion"`
		Place     int       `db:"place"`
		By        uuid.UUID `db:"by_id"`
		ByName    string    `db:"by_name"`
		At        time.Time `db:"taken_at"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listPassesSQL, event.String()); err != nil {
		return nil, store.Fault(err, "list who keys")
	}
	out := make([]keying.Pass, len(rows))
	for i, r := range rows {
		out[i] = keying.Pass{
			ID: contest.ID(r.ID), Event: contest.ID(r.Event), Of: keying.Of{Chair: scoring.ChairID(r.Chair), Criterion: r.Criterion},
			Place: r.Place, By: contest.ID(r.By), ByName: r.ByName, At: r.At.UTC(),
		}
	}
	return out, nil
}

// RemovePass is keying.Passes.
func (s *Store) RemovePass(ctx context.Context, id contest.ID) error {
	q := s.db.Querier(ctx)
	if err := s.hold(ctx, id); err != nil {
		return err
	}
	if _, err := q.ExecContext(ctx, removeCellsSQL, id.String()); err != nil {
		return store.Fault(err, "forget what was keyed")
	}
	left := 0
	if err := q.GetContext(ctx, &left, countCellsSQL, id.String()); err != nil {
		return store.Fault(err, "count what was keyed")
	}
	if left > 0 {
		return fault.New(fault.Stale, "keying.closed")
	}
	_, err := q.ExecContext(ctx, removePassSQL, id.String())
	return store.Fault(err, "free a place of a sheet")
}

// hold keeps a pass as it is until the transaction ends.
func (s *Store) hold(ctx context.Context, pass contest.ID) error {
	place := 0
	err := s.db.Querier(ctx).GetContext(ctx, &place, holdPassSQL, pass.String())
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.Stale, "keying.no_pass")
	}
	return store.Fault(err, "hold a place of a sheet")
}

const (
	putKeyedSQL = `
INSERT INTO keyed_cells (pass_id, work, aspect, attempt, round, kind, value, keyed_at)
SELECT $1, work, aspect, attempt, round, kind, value, $8
  FROM unnest($2::text[], $3::text[], $4::integer[], $5::integer[], $6::text[], $7::text[]) AS cells (work, aspect, attempt, round, kind, value)
ON CONFLICT (pass_id, work, aspect, attempt, round)
   DO UPDATE SET kind = EXCLUDED.kind, value = EXCLUDED.value, keyed_at = EXCLUDED.keyed_at WHERE keyed_cells.closed_at IS NULL`

	closePassSQL = `UPDATE keyed_cells SET closed_at = $2 WHERE pass_id = $1 AND closed_at IS NULL`

	listKeyedSQL = `
SELECT pass_id, work, aspect, attempt, round, kind, value, keyed_at, closed_at IS NOT NULL AS is_closed
  FROM keyed_cells WHERE pass_id = ANY($1::uuid[]) ORDER BY pass_id, work, aspect, attempt, round`
)

// PutKeyed is keying.Passes. Of a cell that is twice in the list the last one counts.
func (s *Store) PutKeyed(ctx context.Context, pass contest.ID, list []keying.Keyed) error {
	if err := s.hold(ctx, pass); err != nil {
		return err
	}
	last := map[keying.At]int{}
	for i, k := range list {
		last[k.At] = i
	}
	var works, aspects, kinds, values pq.StringArray
	var attempts, rounds pq.Int64Array
	for i, k := range list {
		if last[k.At] != i {
			continue
		}
		works, aspects, kinds, values = append(works, k.Work), append(aspects, k.Aspect), append(kinds, string(k.Kind)), append(values, k.Text)
		attempts, rounds = append(attempts, int64(k.Attempt)), append(rounds, int64(k.Round))
	}
	done, err := s.db.Querier(ctx).ExecContext(ctx, putKeyedSQL, pass.String(), works, aspects, attempts, rounds, kinds, values, list[0].KeyedAt)
	if err != nil {
		return store.Fault(err, "keep what was keyed")
	}
	if n, err := done.RowsAffected(); err != nil || n != int64(len(last)) {
		return fault.New(fault.Stale, "keying.closed")
	}
	return nil
}

// ClosePass is keying.Passes.
func (s *Store) ClosePass(ctx context.Context, pass contest.ID, at time.Time) error {
	if err := s.hold(ctx, pass); err != nil {
		return err
	}
	_, err := s.db.Querier(ctx).ExecContext(ctx, closePassSQL, pass.String(), at)
	return store.Fault(err, "close what was keyed")
}

// ListKeyed is keying.Findings.
func (s *Store) ListKeyed(ctx context.Context, passes []contest.ID) ([]keying.Keyed, error) {
	ids := make(pq.StringArray, len(passes))
	for i, id := range passes {
		ids[i] = id.String()
	}
	var rows []struct {
		Pass     uuid.UUID `db:"pass_id"`
		Work     string    `db:"work"`
		Aspect   string    `db:"aspect"`
		Attempt  uint8     `db:"attempt"`
		Round    uint8     `db:"round"`
		Kind     string    `db:"kind"`
		Value    string    `db:"value"`
		KeyedAt  time.Time `db:"keyed_at"`
		IsClosed bool      `db:"is_closed"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listKeyedSQL, ids); err != nil {
		return nil, store.Fault(err, "list what was keyed")
	}
	out := make([]keying.Keyed, len(rows))
	for i, r := range rows {
		out[i] = keying.Keyed{
			At: keying.At{Work: r.Work, Aspect: r.Aspect, Attempt: r.Attempt, Round: r.Round}, Value: keying.Value{Kind: keying.Kind(r.Kind), Text: r.Value},
			Pass: contest.ID(r.Pass), KeyedAt: r.KeyedAt.UTC(), IsClosed: r.IsClosed,
		}
	}
	return out, nil
}
