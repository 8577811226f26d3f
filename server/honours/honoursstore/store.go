package honoursstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/ledger"
	"jiangtai/server/store"
)

// Store is honours.Store and proposal.Store on PostgreSQL. It is safe for
// concurrent use.
type Store struct{ db *store.DB }

var (
	_ honours.Store  = (*Store)(nil)
	_ proposal.Store = (*Store)(nil)
)

// New keeps honours in db.
func New(db *store.DB) *Store { return &Store{db} }

var _ = store.Constraints(map[string]store.Meaning{
	"honour_filings_scope_pk":         store.Ours,
	"honour_cursors_event_pk":         store.Ours,
	"honour_cursors_seq_check":        store.Ours,
	"honour_proposals_id_pk":          store.Ours,
	"honour_proposals_entry_key":      store.Ours,
	"honour_proposals_state_check":    store.Ours,
	"honour_promotions_person_pk":     store.Ours,
	"honour_bodies_id_pk":             store.Ours,
	"honour_bodies_code_key":          {Kind: fault.Stale, Code: "honours.body_exists"},
	"honour_bodies_parent_fk":         store.Ours,
	"honour_bodies_kind_check":        store.Ours,
	"honour_bodies_floor_check":       store.Ours,
	"honour_bodies_weight_check":      store.Ours,
	"honour_campaigns_id_pk":          store.Ours,
	"honour_campaigns_kind_check":     store.Ours,
	"honour_campaigns_places_check":   store.Ours,
	"honour_campaigns_hash_check":     store.Ours,
	"honour_steps_seq_pk":             store.Ours,
	"honour_steps_record_key":         store.Ours,
	"honour_steps_campaign_fk":        store.Ours,
	"honour_steps_seq_check":          store.Ours,
	"honour_steps_hash_check":         store.Ours,
	"honour_texts_record_pk":          store.Ours,
	"honour_texts_record_fk":          store.Ours,
	"honour_nominations_id_pk":        store.Ours,
	"honour_nominations_campaign_fk":  store.Ours,
	"honour_nominations_body_fk":      store.Ours,
	"honour_nominations_proposal_fk":  store.Ours,
	"honour_nominations_state_check":  store.Ours,
	"honour_nominations_hash_check":   store.Ours,
	"honour_nominations_person_key":   {Kind: fault.Stale, Code: "honours.duplicate_person"},
	"honour_notices_id_pk":            store.Ours,
	"honour_notices_campaign_fk":      store.Ours,
	"honour_notices_replaces_fk":      store.Ours,
	"honour_notices_replaces_key":     {Kind: fault.Stale, Code: "honours.notice_ended"},
	"honour_notices_state_check":      store.Ours,
	"honour_notices_days_check":       store.Ours,
	"honour_notices_hash_check":       store.Ours,
	"honour_notices_evidence_check":   store.Ours,
	"honour_files_sum_pk":             store.Ours,
	"honour_files_nomination_fk":      store.Ours,
	"honour_files_sum_check":          store.Ours,
	"honour_files_size_check":         store.Ours,
	"honour_files_type_check":         store.Ours,
	"honour_objections_id_pk":         store.Ours,
	"honour_objections_number_key":    store.Ours,
	"honour_objections_notice_fk":     store.Ours,
	"honour_objections_nomination_fk": store.Ours,
	"honour_objections_state_check":   store.Ours,
	"honour_objections_named_check":   store.Ours,
	"honour_opinions_id_pk":           store.Ours,
	"honour_opinions_nomination_fk":   store.Ours,
	"honour_opinions_answer_check":    store.Ours,
	"honour_voters_account_pk":        {Kind: fault.Stale, Code: "honours.voted"},
	"honour_voters_nomination_fk":     store.Ours,
	"honour_ballots_id_pk":            store.Ours,
	"honour_ballots_nomination_fk":    store.Ours,
	"honour_ballots_choice_check":     store.Ours,
	"honour_incidents_id_pk":          store.Ours,
	"honour_register_id_pk":           store.Ours,
	"honour_register_nomination_key":  store.Ours,
	"honour_register_nomination_fk":   store.Ours,
	"honour_register_revoked_check":   store.Ours,
})

// exec runs a statement whose count of rows nobody asks for.
func (s *Store) exec(ctx context.Context, doing, query string, args ...any) error {
	_, err := s.db.Querier(ctx).ExecContext(ctx, query, args...)
	return store.Fault(err, doing)
}

// list reads rows and makes something of each.
func list[R, T any](ctx context.Context, s *Store, doing string, made func(R) (T, error), query string, args ...any) ([]T, error) {
	var rows []R
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, store.Fault(err, doing)
	}
	out := make([]T, 0, len(rows))
	for _, r := range rows {
		t, err := made(r)
		if err != nil {
			return nil, store.Fault(err, doing)
		}
		out = append(out, t)
	}
	return out, nil
}

// find is list for one row; without it the answer is Missing.
func find[R, T any](ctx context.Context, s *Store, missing string, made func(R) (T, error), query string, args ...any) (T, error) {
	found, err := list(ctx, s, "find: "+missing, made, query, args...)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.Missing, missing)
	}
	if err != nil {
		var none T
		return none, err
	}
	return found[0], nil
}

// optional is the text of an id, or nil for none.
func optional(id contest.ID) any {
	if id.IsZero() {
		return nil
	}
	return id.String()
}

// date is nil for none.
func date(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

// day is a stored date as the room knows it: UTC midnight, zero for NULL.
func day(t sql.NullTime) time.Time {
	if !t.Valid {
		return time.Time{}
	}
	y, m, d := t.Time.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func maybe(id uuid.NullUUID) contest.ID {
	if !id.Valid {
		return contest.ID{}
	}
	return contest.ID(id.UUID)
}

func ids(list []contest.ID) any {
	out := make([]string, len(list))
	for i, id := range list {
		out[i] = id.String()
	}
	return pq.Array(out)
}

// parsed reads an array of ids.
func parsed(list pq.StringArray) ([]contest.ID, error) {
	out := make([]contest.ID, len(list))
	for i, text := range list {
		id, err := uuid.Parse(text)
		if err != nil {
			return nil, err
		}
		out[i] = contest.ID(id)
	}
	return out, nil
}

// asJSON writes what is kept as JSON.
func asJSON(v any) (string, error) {
	raw, err := json.Marshal(v)
	return string(raw), err
}

// hash reads 32 bytes, which a constraint promises.
func hash(raw []byte) (h ledger.Hash) {
	copy(h[:], raw)
	return h
}
