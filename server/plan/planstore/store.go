package planstore

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/plan"
	"jiangtai/server/store"
)

// Store is plan.Store on PostgreSQL. It is safe for concurrent use.
type Store struct{ db *store.DB }

var _ plan.Store = (*Store)(nil)

// New keeps the plan in db.
func New(db *store.DB) *Store { return &Store{db} }

var _ = store.Constraints(map[string]store.Meaning{
	"filings_event_pk":      {Kind: fault.Stale, Code: "plan.changed"},
	"filings_event_fk":      {Kind: fault.Missing, Code: "plan.event_missing"},
	"filings_version_check": store.Ours,
	"filings_state_check":   store.Ours,
	"filings_year_check":    store.Ours,
	"filings_month_check":   store.Ours,
	"filings_budget_check":  store.Ours,
	"filings_number_check":  store.Ours,
	"filings_list_check":    store.Ours,
	"filings_number_key":    {Kind: fault.Stale, Code: "plan.number_taken"},

	"filing_steps_number_pk": {Kind: fault.Stale, Code: "plan.changed"},
	"filing_steps_event_fk":  store.Ours,

	"filing_files_id_pk":      store.Ours,
	"filing_files_event_fk":   {Kind: fault.Missing, Code: "plan.event_missing"},
	"filing_files_sum_key":    {Kind: fault.Stale, Code: "plan.changed"},
	"filing_files_kind_check": store.Ours,
	"filing_files_size_check": store.Ours,
	"filing_files_sum_check":  store.Ours,

	"host_contacts_host_pk": store.Ours,
	"host_contacts_host_fk": {Kind: fault.Missing, Code: "plan.host_missing"},
})

func (s *Store) exec(ctx context.Context, doing, query string, args ...any) (int64, error) {
	r, err := s.db.Querier(ctx).ExecContext(ctx, query, args...)
	if err != nil {
		return 0, store.Fault(err, doing)
	}
	n, err := r.RowsAffected()
	return n, store.Fault(err, doing)
}

// one turns "no row" into Missing.
func one(err error, code, doing string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.Missing, code)
	}
	return store.Fault(err, doing)
}

func idOf(u uuid.UUID) contest.ID { return contest.ID(u) }

func texts(list []contest.ID) any {
	out := make([]string, 0, len(list))
	for _, id := range list {
		out = append(out, id.String())
	}
	return pq.Array(out)
}

// maybe is a time that may be absent.
func maybe(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

// half of an id names its lock: two that share it would wait for each other.
func half(id contest.ID) int64 { return int64(binary.BigEndian.Uint64(id[8:])) }
