package resultsstore

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
	"jiangtai/server/results"
	"jiangtai/server/store"
)

// Store is results.Store on PostgreSQL. It is safe for concurrent use.
type Store struct{ db *store.DB }

var _ results.Store = (*Store)(nil)

// New keeps results in db.
func New(db *store.DB) *Store { return &Store{db} }

var _ = store.Constraints(map[string]store.Meaning{
	"rechecks_number_pk":            {Kind: fault.Stale, Code: "results.recheck_drawn"},
	"rechecks_number_check":         store.Ours,
	"rechecks_seed_check":           store.Ours,
	"rechecks_reason_check":         store.Ours,
	"recheck_fields_lot_pk":         store.Ours,
	"recheck_fields_draw_fk":        store.Ours,
	"recheck_fields_sheet_check":    store.Ours,
	"recheck_findings_number_pk":    {Kind: fault.Stale, Code: "results.changed"},
	"recheck_findings_draw_fk":      store.Ours,
	"recheck_findings_sheet_check":  store.Ours,
	"recheck_findings_reason_check": store.Ours,
	"result_notices_number_pk":      {Kind: fault.Stale, Code: "results.changed"},
	"result_notices_number_check":   store.Ours,
	"result_notices_list_check":     store.Ours,
	"result_notices_days_check":     store.Ours,
})

type recheckRow struct {
	Number int       `db:"number"`
	Top    string    `db:"rule_top"`
	First  int       `db:"rule_first"`
	Rest   string    `db:"rule_rest"`
	Errors string    `db:"rule_errors"`
	Seed   []byte    `db:"seed"`
	Seq    int64     `db:"seq"`
	Head   string    `db:"head"`
	By     uuid.UUID `db:"by_id"`
	ByName string    `db:"by_name"`
	At     time.Time `db:"drawn_at"`
	Reason string    `db:"reason"`
}

type fieldRow struct {
	Entry int64  `db:"entry"`
	Rank  int    `db:"rank"`
	Sheet []byte `db:"sheet"`
}

type findingRow struct {
	Number int       `db:"number"`
	Entry  int64     `db:"entry"`
	Sheet  []byte    `db:"sheet"`
	Right  bool      `db:"is_right"`
	Reason string    `db:"reason"`
	By     uuid.UUID `db:"by_id"`
	ByName string    `db:"by_name"`
	At     time.Time `db:"found_at"`
}

const (
	newestRecheckSQL = `
SELECT number, rule_top, rule_first, rule_rest, rule_errors, seed, seq, head, by_id, by_name, drawn_at, reason
  FROM rechecks WHERE event_id = $1 ORDER BY number DESC LIMIT 1`
	holdRecheckSQL = newestRecheckSQL + ` FOR UPDATE`

	listFieldSQL = `SELECT entry, rank, sheet FROM recheck_fields WHERE event_id = $1 AND number = $2 ORDER BY lot`

	listFindingsSQL = `
SELECT number, entry, sheet, is_right, reason, by_id, by_name, found_at
  FROM recheck_findings WHERE event_id = $1 AND recheck = $2 ORDER BY number`
)

// NewestRecheck is results.Store.
func (s *Store) NewestRecheck(ctx context.Context, event contest.ID) (results.Recheck, bool, error) {
	query := newestRecheckSQL
	if store.InTransaction(ctx) {
		query = holdRecheckSQL
	}
	q := s.db.Querier(ctx)
	var row recheckRow
	err := q.GetContext(ctx, &row, query, event.String())
	if errors.Is(err, sql.ErrNoRows) {
		return results.Recheck{}, false, nil
	}
	if err != nil {
		return results.Recheck{}, false, store.Fault(err, "find a recheck")
	}
	r := results.Recheck{
		Event: event, Number: row.Number, Rule: results.Rule{Top: row.Top, First: row.First, Rest: row.Rest, Errors: row.Errors},
		Seed: row.Seed, Seq: uint64(row.Seq), Head: row.Head, By: contest.ID(row.By), ByName: row.ByName, At: row.At.UTC(), Reason: row.Reason,
	}
	var field []fieldRow
	if err := q.SelectContext(ctx, &field, listFieldSQL, event.String(), r.Number); err != nil {
		return r, false, store.Fault(err, "read a recheck's input")
	}
	for _, f := range field {
		r.Field = append(r.Field, results.Drawn{Entry: scoring.EntryID(f.Entry), Rank: f.Rank, Sheet: sum(f.Sheet)})
	}
	var found []findingRow
	if err := q.SelectContext(ctx, &found, listFindingsSQL, event.String(), r.Number); err != nil {
		return r, false, store.Fault(err, "read findings")
	}
	for _, f := range found {
		r.Findings = append(r.Findings, results.Finding{
			Number: f.Number, Entry: scoring.EntryID(f.Entry), Sheet: sum(f.Sheet), Right: f.Right, Reason: f.Reason,
			By: contest.ID(f.By), ByName: f.ByName, At: f.At.UTC(),
		})
	}
	return r, true, nil
}

// sum reads 32 bytes, which a constraint promises.
func sum(raw []byte) (s results.Sum) {
	copy(s[:], raw)
	return s
}

const (
	appendRecheckSQL = `
INSERT INTO rechecks (event_id, number, rule_top, rule_first, rule_rest, rule_errors, seed, seq, head, by_id, by_name, drawn_at, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`

	appendFieldSQL = `
INSERT INTO recheck_fields (event_id, number, lot, entry, rank, sheet)
SELECT $1, $2, lot, entry, rank, sheet
  FROM unnest($3::integer[], $4::integer[], $5::integer[], $6::bytea[]) AS field (lot, entry, rank, sheet)`

	appendFindingSQL = `
INSERT INTO recheck_findings (event_id, recheck, number, entry, sheet, is_right, reason, by_id, by_name, found_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
)

// AppendRecheck is results.Store.
func (s *Store) AppendRecheck(ctx context.Context, r results.Recheck) error {
	q := s.db.Querier(ctx)
	_, err := q.ExecContext(ctx, appendRecheckSQL, r.Event.String(), r.Number, r.Rule.Top, r.Rule.First, r.Rule.Rest, r.Rule.Errors,
		r.Seed, int64(r.Seq), r.Head, r.By.String(), r.ByName, r.At, r.Reason)
	if err != nil {
		return store.Fault(err, "write a recheck")
	}
	var lots, entries, ranks pq.Int64Array
	var sheets pq.ByteaArray
	for i, d := range r.Field {
		lots, entries, ranks = append(lots, int64(i+1)), append(entries, int64(d.Entry)), append(ranks, int64(d.Rank))
		sheets = append(sheets, d.Sheet[:])
	}
	_, err = q.ExecContext(ctx, appendFieldSQL, r.Event.String(), r.Number, lots, entries, ranks, sheets)
	return store.Fault(err, "write a recheck's input")
}

// AppendFinding is results.Store.
func (s *Store) AppendFinding(ctx context.Context, event contest.ID, recheck int, f results.Finding) error {
	_, err := s.db.Querier(ctx).ExecContext(ctx, appendFindingSQL, event.String(), recheck, f.Number, int64(f.Entry), f.Sheet[:], f.Right,
		f.Reason, f.By.String(), f.ByName, f.At)
	return store.Fault(err, "write a finding")
}
