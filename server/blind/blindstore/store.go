package blindstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/server/blind"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/store"
)

// Store is blind.Store on PostgreSQL. It is safe for concurrent use.
type Store struct {
	db   *store.DB
	safe safe
}

var _ blind.Store = (*Store)(nil)

// New keeps the coding desk in db and seals with KeySize secret bytes.
func New(db *store.DB, key []byte) (*Store, error) {
	s, err := newSafe(key)
	return &Store{db, s}, err
}

var _ = store.Constraints(map[string]store.Meaning{
	"blind_check_ins_event_pk":   store.Ours,
	"blind_check_ins_late_check": {Kind: fault.Refused, Code: "blind.late_minutes"},
	"blind_arrivals_entry_pk":    store.Ours,
	"blind_arrivals_state_check": store.Ours,
	"blind_draws_id_pk":          store.Ours,
	"blind_draws_layer_check":    store.Ours,
	"blind_draws_method_check":   store.Ours,
	"blind_draws_seed_check":     store.Ours,
	"blind_draws_phase_check":    store.Ours,
	"blind_draws_closed_check":   store.Ours,
	"blind_draws_void_check":     store.Ours,
	"blind_draws_witness_check":  {Kind: fault.Stale, Code: "blind.no_witness"},
	"blind_draws_layer_key":      {Kind: fault.Stale, Code: "blind.already_drawn"},
	"blind_pairs_entry_pk":       {Kind: fault.Stale, Code: "blind.entry_drawn"},
	"blind_pairs_draw_fk":        store.Ours,
	"blind_pairs_label_key":      {Kind: fault.Stale, Code: "blind.label_taken"},
	"blind_pairs_mark_check":     store.Ours,
	"blind_pairs_sealed_check":   store.Ours,
	"blind_strikes_id_pk":        store.Ours,
	"blind_strikes_draw_fk":      store.Ours,
	"blind_steps_id_pk":          store.Ours,
	"blind_steps_what_check":     store.Ours,
})

func (s *Store) exec(ctx context.Context, doing, query string, args ...any) error {
	_, err := s.db.Querier(ctx).ExecContext(ctx, query, args...)
	return store.Fault(err, doing)
}

func idOf(u uuid.UUID) contest.ID { return contest.ID(u) }

func instant(t sql.NullTime) time.Time {
	if !t.Valid {
		return time.Time{}
	}
	return t.Time.UTC()
}

func moment(t time.Time) sql.NullTime { return sql.NullTime{Time: t, Valid: !t.IsZero()} }

// column is one field of all rows, as an array.
func column[T, V any](list []T, of func(T) V) any {
	out := make([]V, 0, len(list))
	for _, v := range list {
		out = append(out, of(v))
	}
	return pq.Array(out)
}

const findCheckInSQL = `SELECT closed_at, late_minutes FROM blind_check_ins WHERE event_id = $1`

// FindCheckIn is blind.CheckIns.
func (s *Store) FindCheckIn(ctx context.Context, event contest.ID) (blind.CheckIn, error) {
	var r struct {
		ClosedAt    sql.NullTime `db:"closed_at"`
		LateMinutes int          `db:"late_minutes"`
	}
	err := s.db.Querier(ctx).GetContext(ctx, &r, findCheckInSQL, event.String())
	if errors.Is(err, sql.ErrNoRows) {
		return blind.CheckIn{}, nil
	}
	return blind.CheckIn{ClosedAt: instant(r.ClosedAt), LateMinutes: r.LateMinutes}, store.Fault(err, "find a check-in")
}

const listCheckInsSQL = `SELECT event_id FROM blind_check_ins`

// ListCheckIns are the events that have a check-in.
func (s *Store) ListCheckIns(ctx context.Context) ([]contest.ID, error) {
	var rows []uuid.UUID
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listCheckInsSQL); err != nil {
		return nil, store.Fault(err, "list check-ins")
	}
	out := make([]contest.ID, len(rows))
	for i, id := range rows {
		out[i] = contest.ID(id)
	}
	return out, nil
}

const saveCheckInSQL = `
INSERT INTO blind_check_ins (event_id, closed_at, late_minutes)
VALUES ($1, $2, $3)
    ON CONFLICT (event_id) DO UPDATE SET closed_at = EXCLUDED.closed_at, late_minutes = EXCLUDED.late_minutes`

// SaveCheckIn is blind.CheckIns.
func (s *Store) SaveCheckIn(ctx context.Context, event contest.ID, c blind.CheckIn) error {
	return s.exec(ctx, "save a check-in", saveCheckInSQL, event.String(), moment(c.ClosedAt), c.LateMinutes)
}

const listArrivalsSQL = `SELECT entry_id, state, arrived_at, by_id FROM blind_arrivals WHERE event_id = $1`

// ListArrivals is blind.CheckIns.
func (s *Store) ListArrivals(ctx context.Context, event contest.ID) ([]blind.Arrival, error) {
	var rows []struct {
		Entry uuid.UUID `db:"entry_id"`
		State string    `db:"state"`
		At    time.Time `db:"arrived_at"`
		By    uuid.UUID `db:"by_id"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listArrivalsSQL, event.String()); err != nil {
		return nil, store.Fault(err, "list arrivals")
	}
	out := make([]blind.Arrival, 0, len(rows))
	for _, r := range rows {
		out = append(out, blind.Arrival{Entry: idOf(r.Entry), State: blind.State(r.State), At: r.At.UTC(), By: idOf(r.By)})
	}
	return out, nil
}

const saveArrivalsSQL = `
INSERT INTO blind_arrivals (event_id, entry_id, state, arrived_at, by_id)
SELECT $1, n.entry_id, n.state, n.arrived_at, n.by_id
  FROM unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::uuid[]) AS n (entry_id, state, arrived_at, by_id)
    ON CONFLICT (event_id, entry_id) DO UPDATE
   SET state = EXCLUDED.state, arrived_at = EXCLUDED.arrived_at, by_id = EXCLUDED.by_id`

// SaveArrivals is blind.CheckIns. Of an entry that stands in the list twice the
// last line holds.
func (s *Store) SaveArrivals(ctx context.Context, event contest.ID, list []blind.Arrival) error {
	last := map[contest.ID]int{}
	var rows []blind.Arrival
	for _, v := range list {
		if i, known := last[v.Entry]; known {
			rows[i] = v
			continue
		}
		last[v.Entry] = len(rows)
		rows = append(rows, v)
	}
	return s.exec(ctx, "save arrivals", saveArrivalsSQL, event.String(),
		column(rows, func(v blind.Arrival) string { return v.Entry.String() }),
		column(rows, func(v blind.Arrival) string { return string(v.State) }),
		column(rows, func(v blind.Arrival) string { return v.At.Format(time.RFC3339Nano) }),
		column(rows, func(v blind.Arrival) string { return v.By.String() }))
}
