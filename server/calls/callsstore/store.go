package callsstore

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/scoring"
	"jiangtai/server/calls"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/store"
)

// Store is calls.Store on PostgreSQL. It is safe for concurrent use.
type Store struct{ db *store.DB }

var _ calls.Store = (*Store)(nil)

// New keeps calls in db.
func New(db *store.DB) *Store { return &Store{db} }

var _ = store.Constraints(map[string]store.Meaning{
	"calls_id_pk":             {Kind: fault.Stale, Code: "calls.known"},
	"calls_chair_check":       store.Ours,
	"calls_about_check":       store.Ours,
	"calls_work_check":        store.Ours,
	"calls_words_check":       store.Ours,
	"call_words_number_pk":    {Kind: fault.Stale, Code: "calls.changed"},
	"call_words_call_fk":      {Kind: fault.Missing, Code: "calls.missing"},
	"call_words_number_check": store.Ours,
	"call_words_what_check":   store.Ours,
	"call_words_words_check":  store.Ours,
})

const createCallSQL = `
INSERT INTO calls (call_id, event_id, chair, device_id, about, work, work_by, words, client_at, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

// CreateCall is calls.Store.
func (s *Store) CreateCall(ctx context.Context, c calls.Call) error {
	_, err := s.db.Querier(ctx).ExecContext(ctx, createCallSQL, c.ID.String(), c.Event.String(), int(c.Chair), c.Device.String(),
		string(c.About), c.Work, c.WorkBy, c.Words, c.ClientAt, c.At)
	return store.Fault(err, "keep a call")
}

type callRow struct {
	ID       uuid.UUID `db:"call_id"`
	Event    uuid.UUID `db:"event_id"`
	Chair    int       `db:"chair"`
	Device   uuid.UUID `db:"device_id"`
	About    string    `db:"about"`
	Work     string    `db:"work"`
	WorkBy   string    `db:"work_by"`
	Words    string    `db:"words"`
	ClientAt time.Time `db:"client_at"`
	At       time.Time `db:"made_at"`
}

func (r *callRow) call() calls.Call {
	return calls.Call{
		ID: contest.ID(r.ID), Event: contest.ID(r.Event), Chair: scoring.ChairID(r.Chair), Device: contest.ID(r.Device),
		About: calls.About(r.About), Work: r.Work, WorkBy: r.WorkBy, Words: r.Words, ClientAt: r.ClientAt.UTC(), At: r.At.UTC(),
	}
}

type wordRow struct {
	Call   uuid.UUID `db:"call_id"`
	Number int       `db:"number"`
	What   string    `db:"what"`
	Words  string    `db:"words"`
	By     uuid.UUID `db:"by_id"`
	ByName string    `db:"by_name"`
	At     time.Time `db:"said_at"`
}

const (
	findCallSQL = `
SELECT call_id, event_id, chair, device_id, about, work, work_by, words, client_at, made_at FROM calls WHERE call_id = $1`
	holdCallSQL = findCallSQL + ` FOR UPDATE`

	listCallsSQL = `
SELECT call_id, event_id, chair, device_id, about, work, work_by, words, client_at, made_at
  FROM calls WHERE event_id = $1 AND ($2 = 0 OR chair = $2) ORDER BY made_at DESC, call_id LIMIT $3`

	listWordsSQL = `
SELECT call_id, number, what, words, by_id, by_name, said_at
  FROM call_words WHERE call_id = ANY($1::uuid[]) ORDER BY call_id, number`
)

// FindCall is calls.Store.
func (s *Store) FindCall(ctx context.Context, id contest.ID) (calls.Call, error) {
	query := findCallSQL
	if store.InTransaction(ctx) {
		query = holdCallSQL
	}
	var rows []callRow
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, query, id.String()); err != nil {
		return calls.Call{}, store.Fault(err, "find a call")
	}
	if len(rows) == 0 {
		return calls.Call{}, fault.New(fault.Missing, "calls.missing")
	}
	list, err := s.said(ctx, rows)
	if err != nil {
		return calls.Call{}, err
	}
	return list[0], nil
}

// ListCalls is calls.Store.
func (s *Store) ListCalls(ctx context.Context, event contest.ID, chair scoring.ChairID, limit int) ([]calls.Call, error) {
	var rows []callRow
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listCallsSQL, event.String(), int(chair), limit); err != nil {
		return nil, store.Fault(err, "list calls")
	}
	return s.said(ctx, rows)
}

// said joins calls with what was said to them.
func (s *Store) said(ctx context.Context, rows []callRow) ([]calls.Call, error) {
	out := make([]calls.Call, len(rows))
	ids := make(pq.StringArray, len(rows))
	at := make(map[uuid.UUID]*calls.Call, len(rows))
	for i := range rows {
		out[i], ids[i] = rows[i].call(), rows[i].ID.String()
		at[rows[i].ID] = &out[i]
	}
	if len(rows) == 0 {
		return out, nil
	}
	var words []wordRow
	if err := s.db.Querier(ctx).SelectContext(ctx, &words, listWordsSQL, ids); err != nil {
		return nil, store.Fault(err, "list what was said to calls")
	}
	for _, w := range words {
		c := at[w.Call]
		c.Said = append(c.Said, calls.Said{
			Number: w.Number, Closes: w.What == "close", Words: w.Words, By: contest.ID(w.By), ByName: w.ByName, At: w.At.UTC(),
		})
	}
	return out, nil
}

const sayCallSQL = `
INSERT INTO call_words (call_id, number, what, words, by_id, by_name, said_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`

// Say is calls.Store.
func (s *Store) Say(ctx context.Context, call contest.ID, w calls.Said) error {
	what := "answer"
	if w.Closes {
		what = "close"
	}
	_, err := s.db.Querier(ctx).ExecContext(ctx, sayCallSQL, call.String(), w.Number, what, w.Words, w.By.String(), w.ByName, w.At)
	return store.Fault(err, "answer a call")
}
