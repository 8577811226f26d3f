package registrationstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/registration"
	"jiangtai/server/registration/vault"
	"jiangtai/server/store"
)

// Store is registration.Store on PostgreSQL. It is safe for concurrent use.
type Store struct {
	db    *store.DB
	vault *vault.Vault
}

var _ registration.Store = (*Store)(nil)

// New keeps registration in db and seals with v.
func New(db *store.DB, v *vault.Vault) *Store { return &Store{db, v} }

var _ = store.Constraints(map[string]store.Meaning{
	"persons_id_pk":        store.Ours,
	"persons_blind_key":    store.Ours,
	"persons_blind_check":  store.Ours,
	"persons_sealed_check": store.Ours,

	"registrations_id_pk":         store.Ours,
	"registrations_person_fk":     store.Ours,
	"registrations_number_key":    store.Ours,
	"registrations_door_check":    store.Ours,
	"registrations_secret_check":  store.Ours,
	"registrations_status_check":  store.Ours,
	"registrations_consent_check": {Kind: fault.Refused, Code: "registration.consent"},
	"registrations_rungs_check":   {Kind: fault.Refused, Code: "registration.same_person"},
	"registrations_entry_check":   store.Ours,
	"registrations_standing_key":  {Kind: fault.Stale, Code: "registration.duplicate"},

	"registration_units_key_pk":          store.Ours,
	"registration_steps_number_pk":       store.Ours,
	"registration_steps_registration_fk": store.Ours,
	"registration_terms_version_pk":      {Kind: fault.Stale, Code: "registration.terms_changed"},
	"registration_terms_version_check":   store.Ours,
	"registration_imports_id_pk":         store.Ours,
	"registration_imports_file_key":      {Kind: fault.Stale, Code: "registration.import_running"},
	"registration_imports_kind_check":    store.Ours,

	"registration_disclosures_number_pk":       store.Ours,
	"registration_disclosures_registration_fk": store.Ours,
	"registration_disclosures_reason_check":    store.Ours,
})

func (s *Store) exec(ctx context.Context, doing, query string, args ...any) error {
	_, err := s.db.Querier(ctx).ExecContext(ctx, query, args...)
	return store.Fault(err, doing)
}

// one turns "no row" into Missing.
func one(err error, doing string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.Missing, "registration.missing")
	}
	return store.Fault(err, doing)
}

func idOf(u uuid.UUID) contest.ID { return contest.ID(u) }
