package registrationstore

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/registration"
	"jiangtai/server/store"
)

const newestTermsSQL = `
SELECT DISTINCT ON (scope_id) scope_id, version, body, reason, by_id, created_at
  FROM registration_terms
 WHERE scope_id = ANY ($1::uuid[])
 ORDER BY scope_id, version DESC`

// NewestTerms is registration.TermsBook.
func (s *Store) NewestTerms(ctx context.Context, scopes ...contest.ID) (map[contest.ID]registration.TermsVersion, error) {
	ids := make([]string, 0, len(scopes))
	for _, id := range scopes {
		ids = append(ids, id.String())
	}
	var rows []struct {
		Scope     uuid.UUID `db:"scope_id"`
		Version   int       `db:"version"`
		Body      string    `db:"body"`
		Reason    string    `db:"reason"`
		By        uuid.UUID `db:"by_id"`
		CreatedAt time.Time `db:"created_at"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, newestTermsSQL, pq.Array(ids)); err != nil {
		return nil, store.Fault(err, "read terms")
	}
	out := map[contest.ID]registration.TermsVersion{}
	for _, r := range rows {
		v := registration.TermsVersion{Scope: idOf(r.Scope), Version: r.Version, Reason: r.Reason, By: idOf(r.By), At: r.CreatedAt.UTC()}
		if err := json.Unmarshal([]byte(r.Body), &v.Terms); err != nil {
			return nil, fmt.Errorf("terms %d of %s: %w", r.Version, v.Scope, err)
		}
		out[v.Scope] = v
	}
	return out, nil
}

const appendTermsSQL = `
INSERT INTO registration_terms (scope_id, version, body, reason, by_id, created_at)
VALUES ($1, $2, $3, $4, $5, $6)`

// AppendTerms is registration.TermsBook.
func (s *Store) AppendTerms(ctx context.Context, t registration.TermsVersion) error {
	body, err := json.Marshal(t.Terms)
	if err != nil {
		return err
	}
	return s.exec(ctx, "append terms", appendTermsSQL, t.Scope.String(), t.Version, string(body), t.Reason, t.By.String(), t.At)
}

const appendStepSQL = `
INSERT INTO registration_steps (registration_id, number, at, by_id, from_status, to_status, reason)
SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6
  FROM registration_steps WHERE registration_id = $1`

// AppendStep is registration.Steps. The registration's row is held or new.
func (s *Store) AppendStep(ctx context.Context, p registration.Step) error {
	return s.exec(ctx, "append a step", appendStepSQL, p.Registration.String(), p.At, p.By.String(), string(p.From), string(p.To), p.Reason)
}

const listStepsSQL = `
SELECT at, by_id, from_status, to_status, reason
  FROM registration_steps WHERE registration_id = $1 ORDER BY number`

// ListSteps is registration.Steps.
func (s *Store) ListSteps(ctx context.Context, id contest.ID) ([]registration.Step, error) {
	var rows []struct {
		At     time.Time `db:"at"`
		By     uuid.UUID `db:"by_id"`
		From   string    `db:"from_status"`
		To     string    `db:"to_status"`
		Reason string    `db:"reason"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listStepsSQL, id.String()); err != nil {
		return nil, store.Fault(err, "list steps")
	}
	out := make([]registration.Step, 0, len(rows))
	for _, r := range rows {
		out = append(out, registration.Step{
			Registration: id, At: r.At.UTC(), By: idOf(r.By), From: registration.Status(r.From), To: registration.Status(r.To), Reason: r.Reason,
		})
	}
	return out, nil
}

const holdImportSQL = `SELECT pg_try_advisory_xact_lock($1)`

// HoldImport is registration.Imports.
func (s *Store) HoldImport(ctx context.Context, scope contest.ID) error {
	var held bool
	// Half of an id is enough: two scopes that share it would wait once in 2⁶⁴.
	key := int64(binary.BigEndian.Uint64(scope[8:]))
	if err := s.db.Querier(ctx).GetContext(ctx, &held, holdImportSQL, key); err != nil {
		return store.Fault(err, "hold imports")
	}
	if !held {
		return fault.New(fault.Stale, "registration.import_running")
	}
	return nil
}

const findImportSQL = `
SELECT import_id, row_count, by_id, created_at
  FROM registration_imports WHERE scope_id = $1 AND kind = $2 AND sha256 = $3`

// FindImport is registration.Imports.
func (s *Store) FindImport(ctx context.Context, scope contest.ID, kind string, sum [32]byte) (registration.Import, bool, error) {
	var r struct {
		ID   uuid.UUID `db:"import_id"`
		Rows int       `db:"row_count"`
		By   uuid.UUID `db:"by_id"`
		At   time.Time `db:"created_at"`
	}
	err := s.db.Querier(ctx).GetContext(ctx, &r, findImportSQL, scope.String(), kind, sum[:])
	if errors.Is(err, sql.ErrNoRows) {
		return registration.Import{}, false, nil
	}
	return registration.Import{ID: idOf(r.ID), Scope: scope, Kind: kind, Sum: sum, Rows: r.Rows, By: idOf(r.By), At: r.At.UTC()},
		err == nil, store.Fault(err, "find an import")
}

const appendImportSQL = `
INSERT INTO registration_imports (import_id, scope_id, kind, sha256, row_count, by_id, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)`

// AppendImport is registration.Imports.
func (s *Store) AppendImport(ctx context.Context, i registration.Import) error {
	return s.exec(ctx, "append an import", appendImportSQL, i.ID.String(), i.Scope.String(), i.Kind, i.Sum[:], i.Rows, i.By.String(), i.At)
}
