package correctionstore

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/correction"
	"jiangtai/server/fault"
	"jiangtai/server/store"
)

// Store is correction.Store on PostgreSQL. It is safe for concurrent use.
type Store struct{ db *store.DB }

var _ correction.Store = (*Store)(nil)

// New keeps reports in db.
func New(db *store.DB) *Store { return &Store{db} }

var _ = store.Constraints(map[string]store.Meaning{
	"corrections_id_pk":        {Kind: fault.Stale, Code: "correction.known"},
	"corrections_kind_check":   store.Ours,
	"corrections_reason_check": store.Ours,
	"corrections_second_check": store.Ours,
})

const createReportSQL = `
INSERT INTO corrections (correction_id, event_id, seq, entry, chair, aspect, attempt, round, old_kind, old_value, new_kind, new_value,
                         reason, by_id, by_name, second_id, second, made_at, counted, shown)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`

// CreateReport is correction.Store.
func (s *Store) CreateReport(ctx context.Context, r correction.Report) error {
	_, err := s.db.Querier(ctx).ExecContext(ctx, createReportSQL, r.ID.String(), r.Event.String(), int64(r.Seq), int64(r.Entry), int(r.Chair),
		r.Aspect, r.Attempt, r.Round, r.OldKind, r.OldValue, r.NewKind, r.NewValue, r.Reason, r.By.String(), r.ByName, r.Second.String(),
		r.SecondBy, r.At, r.Counted.String(), r.Shown)
	return store.Fault(err, "keep a correction's report")
}

type reportRow struct {
	ID       uuid.UUID `db:"correction_id"`
	Event    uuid.UUID `db:"event_id"`
	Seq      int64     `db:"seq"`
	Entry    int64     `db:"entry"`
	Chair    int       `db:"chair"`
	Aspect   string    `db:"aspect"`
	Attempt  int       `db:"attempt"`
	Round    int       `db:"round"`
	OldKind  string    `db:"old_kind"`
	OldValue string    `db:"old_value"`
	NewKind  string    `db:"new_kind"`
	NewValue string    `db:"new_value"`
	Reason   string    `db:"reason"`
	By       uuid.UUID `db:"by_id"`
	ByName   string    `db:"by_name"`
	Second   uuid.UUID `db:"second_id"`
	SecondBy string    `db:"second"`
	At       time.Time `db:"made_at"`
	Counted  uuid.UUID `db:"counted"`
	Shown    []byte    `db:"shown"`
}

func (r *reportRow) report() correction.Report {
	return correction.Report{
		ID: contest.ID(r.ID), Event: contest.ID(r.Event), Seq: uint64(r.Seq), Entry: scoring.EntryID(r.Entry), Chair: scoring.ChairID(r.Chair),
		Aspect: r.Aspect, Attempt: r.Attempt, Round: r.Round, OldKind: r.OldKind, OldValue: r.OldValue, NewKind: r.NewKind, NewValue: r.NewValue,
		Reason: r.Reason, By: contest.ID(r.By), ByName: r.ByName, Second: contest.ID(r.Second), SecondBy: r.SecondBy, At: r.At.UTC(),
		Counted: scoring.ID(r.Counted), Shown: r.Shown,
	}
}

const (
	reportColumns = `correction_id, event_id, seq, entry, chair, aspect, attempt, round, old_kind, old_value, new_kind, new_value,
       reason, by_id, by_name, second_id, second, made_at, counted, shown`
	findReportSQL  = `SELECT ` + reportColumns + ` FROM corrections WHERE correction_id = $1`
	listReportsSQL = `SELECT ` + reportColumns + ` FROM corrections WHERE event_id = $1 ORDER BY made_at, correction_id`
)

// FindReport is correction.Store.
func (s *Store) FindReport(ctx context.Context, id contest.ID) (correction.Report, bool, error) {
	var rows []reportRow
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, findReportSQL, id.String()); err != nil {
		return correction.Report{}, false, store.Fault(err, "find a correction's report")
	}
	if len(rows) == 0 {
		return correction.Report{}, false, nil
	}
	return rows[0].report(), true, nil
}

// ListReports is correction.Store.
func (s *Store) ListReports(ctx context.Context, event contest.ID) ([]correction.Report, error) {
	var rows []reportRow
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listReportsSQL, event.String()); err != nil {
		return nil, store.Fault(err, "list corrections")
	}
	out := make([]correction.Report, len(rows))
	for i := range rows {
		out[i] = rows[i].report()
	}
	return out, nil
}
