package identitystore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/store"
)

// Store keeps accounts, sessions, devices, links and the audit. Safe for
// concurrent use.
type Store struct {
	db  *store.DB
	hot hot
}

// New makes the store.
func New(db *store.DB) *Store {
	return &Store{db: db, hot: hot{prepared: map[string]*store.Stmt{}}}
}

var _ = store.Constraints(map[string]store.Meaning{
	"accounts_id_pk":           store.Ours,
	"accounts_user_key":        {Kind: fault.Stale, Code: "identity.user_taken"},
	"accounts_user_check":      store.Ours,
	"accounts_hash_check":      store.Ours,
	"grants_all_pk":            store.Ours,
	"grants_account_fk":        store.Ours,
	"grants_role_check":        store.Ours,
	"grants_scope_check":       store.Ours,
	"grants_event_check":       store.Ours,
	"sign_in_attempts_user_pk": store.Ours,
	"devices_id_pk":            store.Ours,
	"devices_chair_key":        {Kind: fault.Stale, Code: "identity.pairing_raced"},
	"devices_chair_check":      store.Ours,
	"devices_pending_check":    store.Ours,
	"devices_frozen_check":     store.Ours,
	"sessions_id_pk":           store.Ours,
	"sessions_token_key":       store.Ours,
	"sessions_account_fk":      store.Ours,
	"sessions_device_fk":       store.Ours,
	"sessions_holder_check":    store.Ours,
	"sessions_token_check":     store.Ours,
	"sessions_ended_check":     store.Ours,
	"pairing_codes_hash_pk":    store.Ours,
	"pairing_codes_hash_check": store.Ours,
	"pairing_codes_end_check":  store.Ours,
	"pairing_codes_live_key":   {Kind: fault.Stale, Code: "identity.codes_raced"},
	"setup_links_hash_pk":      store.Ours,
	"audit_id_pk":              store.Ours,
	"audit_detail_check":       store.Ours,
})

// get reads one row into dest and says whether there was one.
func (s *Store) get(ctx context.Context, doing string, dest any, query string, args ...any) (bool, error) {
	err := s.db.Querier(ctx).GetContext(ctx, dest, query, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, store.Fault(err, doing)
}

func (s *Store) list(ctx context.Context, doing string, dest any, query string, args ...any) error {
	return store.Fault(s.db.Querier(ctx).SelectContext(ctx, dest, query, args...), doing)
}

// exec runs a statement and says how many rows it touched.
func (s *Store) exec(ctx context.Context, doing, query string, args ...any) (int64, error) {
	res, err := s.db.Querier(ctx).ExecContext(ctx, query, args...)
	if err != nil {
		return 0, store.Fault(err, doing)
	}
	n, err := res.RowsAffected()
	return n, store.Fault(err, doing)
}

// The zero id and the zero time are NULL where a column may be NULL.

func nullID(id contest.ID) uuid.NullUUID {
	return uuid.NullUUID{UUID: uuid.UUID(id), Valid: !id.IsZero()}
}

func nullTime(t time.Time) sql.NullTime { return sql.NullTime{Time: t, Valid: !t.IsZero()} }

func ids(list []contest.ID) any {
	out := make([]string, len(list))
	for i, id := range list {
		out[i] = id.String()
	}
	return pq.Array(out)
}

func fromUUIDs(list []uuid.UUID) []contest.ID {
	out := make([]contest.ID, len(list))
	for i, id := range list {
		out[i] = contest.ID(id)
	}
	return out
}

// utc makes a time read back equal to the one written.
func utc(t sql.NullTime) time.Time {
	if !t.Valid {
		return time.Time{}
	}
	return t.Time.UTC()
}
