package blindstore

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/blind"
	"jiangtai/server/contest"
	"jiangtai/server/store"
)

type drawRow struct {
	ID         uuid.UUID    `db:"draw_id"`
	Event      uuid.UUID    `db:"event_id"`
	Layer      string       `db:"layer"`
	Method     string       `db:"method"`
	Phase      string       `db:"phase"`
	Judge      uuid.UUID    `db:"judge_id"`
	JudgeName  string       `db:"judge"`
	Witness    string       `db:"witness"`
	Places     int          `db:"places"`
	Commitment string       `db:"commitment"`
	Seed       []byte       `db:"seed"`
	Words      string       `db:"words"`
	Runs       int          `db:"runs"`
	Digest     string       `db:"digest"`
	OpenedAt   time.Time    `db:"opened_at"`
	ClosedAt   sql.NullTime `db:"closed_at"`
	Reason     string       `db:"reason"`
	Second     string       `db:"second"`
}

// draw opens a row.
func (s *Store) draw(r drawRow) (blind.Draw, error) {
	d := blind.Draw{
		ID: idOf(r.ID), Event: idOf(r.Event), Layer: blind.Layer(r.Layer), Method: blind.Method(r.Method), Phase: blind.Phase(r.Phase),
		Judge: idOf(r.Judge), JudgeName: r.JudgeName, Witness: r.Witness, Places: r.Places, Commitment: r.Commitment,
		Words: r.Words, Runs: r.Runs, Digest: r.Digest, OpenedAt: r.OpenedAt.UTC(), ClosedAt: instant(r.ClosedAt),
		Reason: r.Reason, Second: r.Second,
	}
	if r.Seed == nil {
		return d, nil
	}
	var err error
	d.Seed, err = s.safe.open(place(d, contest.ID{}), r.Seed)
	return d, err
}

const listDrawsSQL = `
SELECT draw_id, event_id, layer, method, phase, judge_id, judge, witness, places, commitment, seed, words, runs, digest,
       opened_at, closed_at, reason, second
  FROM blind_draws
 WHERE event_id = $1
 ORDER BY opened_at, draw_id`

// ListDraws is blind.Draws.
func (s *Store) ListDraws(ctx context.Context, event contest.ID) ([]blind.Draw, error) {
	var rows []drawRow
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listDrawsSQL, event.String()); err != nil {
		return nil, store.Fault(err, "list draws")
	}
	out := make([]blind.Draw, 0, len(rows))
	for _, r := range rows {
		d, err := s.draw(r)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

const createDrawSQL = `
INSERT INTO blind_draws (draw_id, event_id, layer, method, phase, judge_id, judge, witness, places, commitment, seed, words,
                         runs, digest, opened_at, closed_at, reason, second)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`

// CreateDraw is blind.Draws.
func (s *Store) CreateDraw(ctx context.Context, d blind.Draw) error {
	var seed any // NULL
	if d.Seed != nil {
		seed = s.safe.seal(place(d, contest.ID{}), d.Seed)
	}
	return s.exec(ctx, "create a draw", createDrawSQL, d.ID.String(), d.Event.String(), string(d.Layer), string(d.Method), string(d.Phase),
		d.Judge.String(), d.JudgeName, d.Witness, d.Places, d.Commitment, seed, d.Words, d.Runs, d.Digest, d.OpenedAt, moment(d.ClosedAt),
		d.Reason, d.Second)
}

const changeDrawSQL = `
UPDATE blind_draws
   SET phase = $2, words = $3, runs = $4, digest = $5, closed_at = $6, reason = $7, second = $8
 WHERE draw_id = $1`

// ChangeDraw is blind.Draws: how a draw began stays.
func (s *Store) ChangeDraw(ctx context.Context, d blind.Draw) error {
	return s.exec(ctx, "change a draw", changeDrawSQL, d.ID.String(), string(d.Phase), d.Words, d.Runs, d.Digest, moment(d.ClosedAt), d.Reason, d.Second)
}

const appendStepSQL = `
INSERT INTO blind_steps (event_id, what, layer, code, by_name, second, done_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)`

// AppendStep is blind.Steps.
func (s *Store) AppendStep(ctx context.Context, event contest.ID, st blind.Step) error {
	return s.exec(ctx, "log a step", appendStepSQL, event.String(), st.What, string(st.Layer), st.Code, st.ByName, st.Second, st.At)
}

const listStepsSQL = `
SELECT what, layer, code, by_name, second, done_at FROM blind_steps WHERE event_id = $1 ORDER BY step_id`

// ListSteps is blind.Steps.
func (s *Store) ListSteps(ctx context.Context, event contest.ID) ([]blind.Step, error) {
	var rows []struct {
		What   string    `db:"what"`
		Layer  string    `db:"layer"`
		Code   string    `db:"code"`
		By     string    `db:"by_name"`
		Second string    `db:"second"`
		At     time.Time `db:"done_at"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listStepsSQL, event.String()); err != nil {
		return nil, store.Fault(err, "list steps")
	}
	out := make([]blind.Step, 0, len(rows))
	for _, r := range rows {
		out = append(out, blind.Step{What: r.What, Layer: blind.Layer(r.Layer), Code: r.Code, ByName: r.By, Second: r.Second, At: r.At.UTC()})
	}
	return out, nil
}
