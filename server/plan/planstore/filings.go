package planstore

import (
	"context"
	"database/sql"
	"strconv"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/plan"
	"jiangtai/server/store"
)

const holdFilingSQL = `SELECT pg_advisory_xact_lock($1)`

// HoldFiling is plan.Filings.
func (s *Store) HoldFiling(ctx context.Context, event contest.ID) error {
	var none string
	return store.Fault(s.db.Querier(ctx).GetContext(ctx, &none, holdFilingSQL, half(event)), "hold a filing")
}

type filingRow struct {
	Event      uuid.UUID    `db:"event_id"`
	Version    int          `db:"version"`
	State      string       `db:"state"`
	Year       int          `db:"year"`
	IsListed   bool         `db:"is_listed"`
	Class      string       `db:"class"`
	Month      int          `db:"month"`
	Budget     int          `db:"budget"`
	ReturnBy   sql.NullTime `db:"return_by"`
	Note       string       `db:"note"`
	Number     string       `db:"number"`
	Reason     string       `db:"reason"`
	Digest     string       `db:"digest"`
	ListNumber string       `db:"list_number"`
	ReportedBy uuid.UUID    `db:"reported_by"`
	AppliedAt  sql.NullTime `db:"applied_at"`
	FiledAt    sql.NullTime `db:"filed_at"`
	ReportedAt sql.NullTime `db:"reported_at"`
	AcceptedAt sql.NullTime `db:"accepted_at"`
}

func (r filingRow) filing() plan.Filing {
	return plan.Filing{
		Event: idOf(r.Event), Version: r.Version, State: plan.State(r.State),
		Plans: plan.Plans{
			Year: r.Year, IsListed: r.IsListed, Class: r.Class, Month: r.Month, Budget: r.Budget, ReturnBy: r.ReturnBy.Time.UTC(), Note: r.Note,
		},
		Number: r.Number, Reason: r.Reason, Digest: r.Digest, ListNumber: r.ListNumber, ReportedBy: idOf(r.ReportedBy),
		AppliedAt: r.AppliedAt.Time.UTC(), FiledAt: r.FiledAt.Time.UTC(), ReportedAt: r.ReportedAt.Time.UTC(), AcceptedAt: r.AcceptedAt.Time.UTC(),
	}
}

const (
	filingsSQL = `
SELECT event_id, version, state, year, is_listed, class, month, budget, return_by, note, number, reason, digest,
       list_number, reported_by, applied_at, filed_at, reported_at, accepted_at
  FROM filings`
	listFilingsSQL  = filingsSQL + ` WHERE event_id = ANY ($1::uuid[])`
	listInStatesSQL = filingsSQL + ` WHERE state = ANY ($1::text[])`
)

// ListFilings is plan.Filings.
func (s *Store) ListFilings(ctx context.Context, events ...contest.ID) ([]plan.Filing, error) {
	return s.listFilings(ctx, listFilingsSQL, texts(events))
}

// ListInStates is plan.Filings.
func (s *Store) ListInStates(ctx context.Context, states ...plan.State) ([]plan.Filing, error) {
	return s.listFilings(ctx, listInStatesSQL, pq.Array(states))
}

func (s *Store) listFilings(ctx context.Context, query string, of any) ([]plan.Filing, error) {
	var rows []filingRow
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, query, of); err != nil {
		return nil, store.Fault(err, "list filings")
	}
	out := make([]plan.Filing, 0, len(rows))
	for _, r := range rows {
		out = append(out, r.filing())
	}
	return out, nil
}

const (
	createFilingSQL = `
INSERT INTO filings (event_id, version, state, year, is_listed, class, month, budget, return_by, note, number, reason, digest,
                     list_number, reported_by, applied_at, filed_at, reported_at, accepted_at)
VALUES ($1, $2 + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`

	changeFilingSQL = `
UPDATE filings
   SET version = version + 1, state = $3, year = $4, is_listed = $5, class = $6, month = $7, budget = $8, return_by = $9, note = $10,
       number = $11, reason = $12, digest = $13, list_number = $14, reported_by = $15, applied_at = $16, filed_at = $17,
       reported_at = $18, accepted_at = $19
 WHERE event_id = $1 AND version = $2`
)

// SaveFiling is plan.Filings.
func (s *Store) SaveFiling(ctx context.Context, f plan.Filing) error {
	query := changeFilingSQL
	if f.Version == 0 {
		query = createFilingSQL
	}
	n, err := s.exec(ctx, "save a filing", query,
		f.Event.String(), f.Version, string(f.State), f.Year, f.IsListed, f.Class, f.Month, f.Budget, maybe(f.ReturnBy), f.Note,
		f.Number, f.Reason, f.Digest, f.ListNumber, f.ReportedBy.String(), maybe(f.AppliedAt), maybe(f.FiledAt),
		maybe(f.ReportedAt), maybe(f.AcceptedAt))
	if err == nil && n == 0 {
		return fault.New(fault.Stale, "plan.changed")
	}
	return err
}

const (
	holdYearSQL = `SELECT pg_advisory_xact_lock(hashtext('filings.number'), $1)`

	lastNumberSQL = `
SELECT COALESCE(max(substr(number, 6)::integer), 0) AS last
  FROM filings
 WHERE number ~ ('^' || $1::text || '-[0-9]{3,6}$')`
)

// NextNumber is plan.Filings.
func (s *Store) NextNumber(ctx context.Context, year int) (int, error) {
	var none string
	if err := s.db.Querier(ctx).GetContext(ctx, &none, holdYearSQL, year); err != nil {
		return 0, store.Fault(err, "hold the numbers of a year")
	}
	var last int
	err := s.db.Querier(ctx).GetContext(ctx, &last, lastNumberSQL, strconv.Itoa(year))
	return last + 1, store.Fault(err, "find the last number")
}
