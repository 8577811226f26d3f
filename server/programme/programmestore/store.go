package programmestore

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
	"jiangtai/server/programme/pinyin"
	"jiangtai/server/store"
)

// Store is programme.Store on PostgreSQL. It is safe for concurrent use.
type Store struct{ db *store.DB }

var _ programme.Store = (*Store)(nil)

// New keeps the programme in db.
func New(db *store.DB) *Store { return &Store{db} }

var _ = store.Constraints(map[string]store.Meaning{
	"contests_id_pk":       store.Ours,
	"contests_code_key":    {Kind: fault.Stale, Code: "programme.contest_exists"},
	"contests_kind_check":  store.Ours,
	"contests_dates_check": store.Ours,

	"units_id_pk":        store.Ours,
	"units_contest_fk":   store.Ours,
	"units_code_key":     {Kind: fault.Stale, Code: "programme.unit_exists"},
	"units_kind_check":   store.Ours,
	"units_parent_fk":    store.Ours,
	"units_parent_check": store.Ours,
	"hosts_id_pk":        store.Ours,
	"hosts_contest_fk":   store.Ours,
	"hosts_code_key":     {Kind: fault.Stale, Code: "programme.host_exists"},

	"events_id_pk":        store.Ours,
	"events_contest_fk":   store.Ours,
	"events_host_fk":      store.Ours,
	"events_code_key":     {Kind: fault.Stale, Code: "programme.event_exists"},
	"events_position_key": store.Ours,
	"events_ledger_key":   store.Ours,
	"events_stage_check":  store.Ours,
	"events_depth_check":  store.Ours,
	"events_chain_check":  store.Ours,

	"schemes_version_pk":    {Kind: fault.Stale, Code: "programme.scheme_exists"},
	"schemes_event_fk":      store.Ours,
	"schemes_version_check": {Kind: fault.Refused, Code: "programme.too_many_versions"},
	"schemes_sum_check":     store.Ours,

	"chairs_number_pk":    store.Ours,
	"chairs_event_fk":     store.Ours,
	"chairs_seat_key":     store.Ours,
	"chairs_number_check": store.Ours,
	"chairs_seat_check":   store.Ours,

	"entries_id_pk":         store.Ours,
	"entries_event_fk":      store.Ours,
	"entries_unit_fk":       store.Ours,
	"entries_ordinal_key":   store.Ours,
	"entries_entry_no_key":  store.Ours,
	"entries_seat_no_key":   store.Ours,
	"entries_work_code_key": store.Ours,
	"entries_ordinal_check": store.Ours,
	"entries_kind_check":    store.Ours,
	"entries_team_check":    store.Ours,
	"entries_event_key":     store.Ours,
	"entries_team_fk":       store.Ours,

	"entry_groups_number_pk":    store.Ours,
	"entry_groups_event_fk":     store.Ours,
	"entry_groups_key_key":      store.Ours,
	"entry_groups_sort_check":   store.Ours,
	"entry_groups_number_check": {Kind: fault.Refused, Code: "programme.too_many_groups"},
	"entry_moves_entry_pk":      store.Ours,
	"entry_moves_entry_fk":      store.Ours,
})

// one turns "no row" into Missing.
func one(err error, missing, doing string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.Missing, missing)
	}
	return store.Fault(err, doing)
}

// exec runs a statement whose count of rows nobody asks for.
func (s *Store) exec(ctx context.Context, doing, query string, args ...any) error {
	_, err := s.db.Querier(ctx).ExecContext(ctx, query, args...)
	return store.Fault(err, doing)
}

// ids are the text of ids, for arrays.
func ids(list []contest.ID) any {
	out := make([]string, 0, len(list))
	for _, id := range list {
		out = append(out, id.String())
	}
	return pq.Array(out)
}

// optional is the text of an id, or nil for none.
func optional(id contest.ID) any {
	if id.IsZero() {
		return nil
	}
	return id.String()
}

// words are what a search must find, folded as the columns are.
func words(q string) any {
	return pq.Array(strings.Fields(pinyin.Fold(q)))
}

// date is nil for an open one.
func date(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

// instant is a time as the room knows it: UTC, zero for NULL.
func instant(t sql.NullTime) time.Time {
	if !t.Valid {
		return time.Time{}
	}
	return t.Time.UTC()
}

func maybe(id uuid.NullUUID) contest.ID {
	if !id.Valid {
		return contest.ID{}
	}
	return contest.ID(id.UUID)
}

// column gathers one column of rows into an array.
func column[T, V any](rows []T, value func(T) V) any {
	out := make([]V, 0, len(rows))
	for _, r := range rows {
		out = append(out, value(r))
	}
	return pq.Array(out)
}
