package stagesstore

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/stages"
	"jiangtai/server/store"
)

// Store is stages.Store on PostgreSQL. It is safe for concurrent use.
type Store struct{ db *store.DB }

var _ stages.Store = (*Store)(nil)

// New keeps stages in db.
func New(db *store.DB) *Store { return &Store{db} }

var _ = store.Constraints(map[string]store.Meaning{
	"stage_acts_number_pk":         {Kind: fault.Stale, Code: "stages.changed"},
	"stage_acts_number_check":      store.Ours,
	"stage_acts_act_check":         store.Ours,
	"stage_acts_follows_check":     store.Ours,
	"stage_acts_publication_check": store.Ours,
	"stage_acts_source_check":      store.Ours,
	"stage_acts_reason_check":      store.Ours,
	"stage_moves_source_pk":        store.Ours,
	"stage_moves_entry_key":        store.Ours,
	"stage_moves_act_fk":           store.Ours,
	"stage_moves_move_check":       store.Ours,
})

type actRow struct {
	Number      int           `db:"number"`
	Act         string        `db:"act"`
	Follows     uuid.NullUUID `db:"follows_id"`
	Publication int64         `db:"publication"`
	Source      uuid.NullUUID `db:"source_id"`
	Reason      string        `db:"reason"`
	By          uuid.UUID     `db:"by_id"`
	ByName      string        `db:"by_name"`
	At          time.Time     `db:"done_at"`
}

type moveRow struct {
	Number int       `db:"number"`
	Source uuid.UUID `db:"source_id"`
	Entry  uuid.UUID `db:"entry_id"`
	Move   string    `db:"move"`
}

const (
	listActsSQL = `
SELECT number, act, follows_id, publication, source_id, reason, by_id, by_name, done_at
  FROM stage_acts WHERE event_id = $1 ORDER BY number`

	listMovesSQL = `SELECT number, source_id, entry_id, move FROM stage_moves WHERE event_id = $1 ORDER BY number, source_id`
)

// ListActs is stages.Store.
func (s *Store) ListActs(ctx context.Context, event contest.ID) ([]stages.Act, error) {
	q := s.db.Querier(ctx)
	var rows []actRow
	if err := q.SelectContext(ctx, &rows, listActsSQL, event.String()); err != nil {
		return nil, store.Fault(err, "read what was done between stages")
	}
	if len(rows) == 0 {
		return nil, nil
	}
	var moves []moveRow
	if err := q.SelectContext(ctx, &moves, listMovesSQL, event.String()); err != nil {
		return nil, store.Fault(err, "read who went on")
	}
	by := map[int][]stages.Move{}
	for _, m := range moves {
		by[m.Number] = append(by[m.Number], stages.Move{Source: contest.ID(m.Source), Entry: contest.ID(m.Entry), Kind: stages.MoveKind(m.Move)})
	}
	out := make([]stages.Act, len(rows))
	for i, r := range rows {
		out[i] = stages.Act{
			Event: event, Number: r.Number, Kind: stages.ActKind(r.Act), Follows: contest.ID(r.Follows.UUID), Publication: uint64(r.Publication),
			Source: contest.ID(r.Source.UUID), Reason: r.Reason, By: contest.ID(r.By), ByName: r.ByName, At: r.At.UTC(), Moves: by[r.Number],
		}
	}
	return out, nil
}

const (
	appendActSQL = `
INSERT INTO stage_acts (event_id, number, act, follows_id, publication, source_id, reason, by_id, by_name, done_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

	appendMovesSQL = `
INSERT INTO stage_moves (event_id, number, source_id, entry_id, move)
SELECT $1, $2, source_id, entry_id, move FROM unnest($3::uuid[], $4::uuid[], $5::text[]) AS moves (source_id, entry_id, move)`
)

// AppendAct is stages.Store.
func (s *Store) AppendAct(ctx context.Context, a stages.Act) error {
	q := s.db.Querier(ctx)
	_, err := q.ExecContext(ctx, appendActSQL, a.Event.String(), a.Number, string(a.Kind), nullable(a.Follows), int64(a.Publication),
		nullable(a.Source), a.Reason, a.By.String(), a.ByName, a.At)
	if err != nil || len(a.Moves) == 0 {
		return store.Fault(err, "write what was done between stages")
	}
	var sources, entries, moves pq.StringArray
	for _, m := range a.Moves {
		sources, entries, moves = append(sources, m.Source.String()), append(entries, m.Entry.String()), append(moves, string(m.Kind))
	}
	_, err = q.ExecContext(ctx, appendMovesSQL, a.Event.String(), a.Number, sources, entries, moves)
	return store.Fault(err, "write who went on")
}

func nullable(id contest.ID) sql.NullString {
	return sql.NullString{String: id.String(), Valid: !id.IsZero()}
}

const (
	holdActsSQL = `LOCK TABLE stage_acts IN SHARE ROW EXCLUSIVE MODE`

	listLinksSQL = `
SELECT event_id, follows_id
  FROM (SELECT DISTINCT ON (event_id) event_id, follows_id FROM stage_acts WHERE act = 'follow' ORDER BY event_id, number DESC) AS newest
 WHERE follows_id IS NOT NULL`
)

// ListLinks is stages.Store.
func (s *Store) ListLinks(ctx context.Context) (map[contest.ID]contest.ID, error) {
	q := s.db.Querier(ctx)
	if store.InTransaction(ctx) {
		if _, err := q.ExecContext(ctx, holdActsSQL); err != nil {
			return nil, store.Fault(err, "hold what was done between stages")
		}
	}
	var rows []struct {
		Event   uuid.UUID `db:"event_id"`
		Follows uuid.UUID `db:"follows_id"`
	}
	if err := q.SelectContext(ctx, &rows, listLinksSQL); err != nil {
		return nil, store.Fault(err, "read which event follows which")
	}
	out := make(map[contest.ID]contest.ID, len(rows))
	for _, r := range rows {
		out[contest.ID(r.Event)] = contest.ID(r.Follows)
	}
	return out, nil
}
