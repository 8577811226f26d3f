package keyingstore

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/keying"
	"jiangtai/server/store"
)

const (
	createDecisionSQL = `
INSERT INTO keying_decisions (decision_id, event_id, chair, criterion, work, aspect, attempt, round, kind, value, beside, reason,
       by_id, by_name, second_id, second_name, decided_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`

	listDecisionsSQL = `
SELECT decision_id, event_id, chair, criterion, work, aspect, attempt, round, kind, value, beside, reason, by_id, by_name, second_id,
       second_name, decided_at
  FROM keying_decisions WHERE event_id = $1 ORDER BY position`
)

// CreateDecision is keying.Findings.
func (s *Store) CreateDecision(ctx context.Context, d keying.Decision) error {
	second := sql.NullString{String: d.Second.String(), Valid: !d.Second.IsZero()}
	_, err := s.db.Querier(ctx).ExecContext(ctx, createDecisionSQL, d.ID.String(), d.Event.String(), int(d.Of.Chair), d.Of.Criterion, d.At.Work,
		d.At.Aspect, int(d.At.Attempt), int(d.At.Round), string(d.Kind), d.Text, d.Beside, d.Reason, d.By.String(), d.ByName, second, d.SecondName, d.When)
	return store.Fault(err, "keep a decision")
}

// ListDecisions is keying.Findings.
func (s *Store) ListDecisions(ctx context.Context, event contest.ID) ([]keying.Decision, error) {
	var rows []struct {
		ID         uuid.UUID     `db:"decision_id"`
		Event      uuid.UUID     `db:"event_id"`
		Chair      int           `db:"chair"`
		Criterion  string        `db:"criterion"`
		Work       string        `db:"work"`
		Aspect     string        `db:"aspect"`
		Attempt    uint8         `db:"attempt"`
		Round      uint8         `db:"round"`
		Kind       string        `db:"kind"`
		Value      string        `db:"value"`
		Beside     string        `db:"beside"`
		Reason     string        `db:"reason"`
		By         uuid.UUID     `db:"by_id"`
		ByName     string        `db:"by_name"`
		Second     uuid.NullUUID `db:"second_id"`
		SecondName string        `db:"second_name"`
		When       time.Time     `db:"decided_at"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listDecisionsSQL, event.String()); err != nil {
		return nil, store.Fault(err, "list decisions")
	}
	out := make([]keying.Decision, len(rows))
	for i, r := range rows {
		out[i] = keying.Decision{
			ID: contest.ID(r.ID), Event: contest.ID(r.Event), Of: keying.Of{Chair: scoring.ChairID(r.Chair), Criterion: r.Criterion},
			At: keying.At{Work: r.Work, Aspect: r.Aspect, Attempt: r.Attempt, Round: r.Round}, Value: keying.Value{Kind: keying.Kind(r.Kind), Text: r.Value},
			Beside: r.Beside, Reason: r.Reason, By: contest.ID(r.By), ByName: r.ByName, Second: contest.ID(r.Second.UUID), SecondName: r.SecondName, When: r.When.UTC(),
		}
	}
	return out, nil
}
