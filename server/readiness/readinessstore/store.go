package readinessstore

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/readiness"
	"jiangtai/server/store"
)

// Store is readiness.Store on PostgreSQL. It is safe for concurrent use.
type Store struct{ db *store.DB }

var _ readiness.Store = (*Store)(nil)

// New keeps reports in db.
func New(db *store.DB) *Store { return &Store{db} }

var _ = store.Constraints(map[string]store.Meaning{
	"readiness_reports_device_pk":    store.Ours,
	"readiness_reports_lines_check":  store.Ours,
	"readiness_reports_states_check": store.Ours,
})

const putReportSQL = `
INSERT INTO readiness_reports AS kept (device_id, event_id, chair, at, checks, states, details)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT ON CONSTRAINT readiness_reports_device_pk DO UPDATE
   SET event_id = excluded.event_id, chair = excluded.chair, at = excluded.at,
       checks = excluded.checks, states = excluded.states, details = excluded.details
 WHERE kept.at <= excluded.at`

// Put is readiness.Store.
func (s *Store) Put(ctx context.Context, r readiness.Report) error {
	checks, states, details := pq.StringArray{}, pq.StringArray{}, pq.StringArray{}
	for _, l := range r.Lines {
		checks, states, details = append(checks, string(l.Check)), append(states, string(l.State)), append(details, l.Detail)
	}
	_, err := s.db.Querier(ctx).ExecContext(ctx, putReportSQL, r.Device.String(), r.Event.String(), int(r.Chair), r.At, checks, states, details)
	return store.Fault(err, "keep a tablet's report")
}

type reportRow struct {
	Device  uuid.UUID      `db:"device_id"`
	Event   uuid.UUID      `db:"event_id"`
	Chair   int            `db:"chair"`
	At      time.Time      `db:"at"`
	Checks  pq.StringArray `db:"checks"`
	States  pq.StringArray `db:"states"`
	Details pq.StringArray `db:"details"`
}

const listReportsSQL = `
SELECT device_id, event_id, chair, at, checks, states, details
  FROM readiness_reports WHERE event_id = $1 ORDER BY chair, device_id`

// List is readiness.Store.
func (s *Store) List(ctx context.Context, event contest.ID) ([]readiness.Report, error) {
	var rows []reportRow
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listReportsSQL, event.String()); err != nil {
		return nil, store.Fault(err, "list tablets' reports")
	}
	out := make([]readiness.Report, len(rows))
	for i, r := range rows {
		out[i] = readiness.Report{
			Device: contest.ID(r.Device), Event: contest.ID(r.Event), Chair: scoring.ChairID(r.Chair), At: r.At.UTC(),
			Lines: make([]readiness.Line, len(r.Checks)),
		}
		for n := range r.Checks {
			out[i].Lines[n] = readiness.Line{Check: readiness.Check(r.Checks[n]), State: readiness.State(r.States[n]), Detail: r.Details[n]}
		}
	}
	return out, nil
}
