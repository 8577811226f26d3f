package blindstore

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jiangtai/scoring"
	"jiangtai/server/blind/recusal"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/store"
)

var _ recusal.Store = (*Store)(nil)

var _ = store.Constraints(map[string]store.Meaning{
	"recusal_ties_version_pk":        {Kind: fault.Stale, Code: "blind.tie_changed"},
	"recusal_ties_version_check":     store.Ours,
	"recusal_ties_sealed_check":      store.Ours,
	"recusal_homes_chair_pk":         store.Ours,
	"recusal_homes_sealed_check":     store.Ours,
	"recusal_decisions_number_pk":    {Kind: fault.Stale, Code: "blind.tie_changed"},
	"recusal_decisions_number_check": store.Ours,
	"recusal_decisions_choice_check": store.Ours,
	"recusal_decisions_reason_check": store.Ours,
	"recusal_decisions_second_check": store.Ours,
})

// block is the length of what is declared before it is sealed, so that lengths
// tell nothing: names, a reason and a reason of withdrawal of the longest fit.
const block = 8 << 10

// sealBlock seals a value, filled up to one length.
func (s *Store) sealBlock(at string, v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil || len(text) > block-4 {
		return nil, fault.Wrap(err, fault.Internal, "blind.pair_damaged")
	}
	plain := make([]byte, block)
	binary.BigEndian.PutUint32(plain, uint32(len(text)))
	copy(plain[4:], text)
	return s.safe.seal([]byte(at), plain), nil
}

func (s *Store) openBlock(at string, sealed []byte, v any) error {
	plain, err := s.safe.open([]byte(at), sealed)
	if err != nil {
		return err
	}
	n := uint32(0)
	if len(plain) == block {
		n = binary.BigEndian.Uint32(plain)
	}
	// Its text would stand in the error of the decoder.
	if n == 0 || n > block-4 || json.Unmarshal(plain[4:4+n], v) != nil {
		return fault.New(fault.Internal, "blind.pair_damaged")
	}
	return nil
}

func placeOfTie(event, tie contest.ID, version int) string {
	return "tie " + event.String() + " " + tie.String() + " " + strconv.Itoa(version)
}

func placeOfHome(event contest.ID, chair scoring.ChairID) string {
	return "home " + event.String() + " " + strconv.Itoa(int(chair))
}

const listTiesSQL = `
SELECT DISTINCT ON (tie_id) tie_id, version, sealed FROM recusal_ties WHERE event_id = $1 ORDER BY tie_id, version DESC`

// ListTies is recusal.Ties.
func (s *Store) ListTies(ctx context.Context, event contest.ID) ([]recusal.Tie, error) {
	var rows []struct {
		ID      uuid.UUID `db:"tie_id"`
		Version int       `db:"version"`
		Sealed  []byte    `db:"sealed"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listTiesSQL, event.String()); err != nil {
		return nil, store.Fault(err, "list ties")
	}
	out := make([]recusal.Tie, len(rows))
	for i, r := range rows {
		if err := s.openBlock(placeOfTie(event, idOf(r.ID), r.Version), r.Sealed, &out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

const appendTieSQL = `INSERT INTO recusal_ties (tie_id, version, event_id, sealed) VALUES ($1, $2, $3, $4)`

// AppendTie is recusal.Ties.
func (s *Store) AppendTie(ctx context.Context, t recusal.Tie) error {
	sealed, err := s.sealBlock(placeOfTie(t.Event, t.ID, t.Version), t)
	if err != nil {
		return err
	}
	return s.exec(ctx, "keep a tie", appendTieSQL, t.ID.String(), t.Version, t.Event.String(), sealed)
}

const listHomesSQL = `SELECT chair, sealed FROM recusal_homes WHERE event_id = $1 ORDER BY chair`

// ListHomes is recusal.Ties.
func (s *Store) ListHomes(ctx context.Context, event contest.ID) ([]recusal.Home, error) {
	var rows []struct {
		Chair  scoring.ChairID `db:"chair"`
		Sealed []byte          `db:"sealed"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listHomesSQL, event.String()); err != nil {
		return nil, store.Fault(err, "list where judges work")
	}
	out := make([]recusal.Home, len(rows))
	for i, r := range rows {
		if err := s.openBlock(placeOfHome(event, r.Chair), r.Sealed, &out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

const saveHomeSQL = `
INSERT INTO recusal_homes (event_id, chair, sealed) VALUES ($1, $2, $3)
    ON CONFLICT (event_id, chair) DO UPDATE SET sealed = EXCLUDED.sealed`

// SaveHome is recusal.Ties.
func (s *Store) SaveHome(ctx context.Context, h recusal.Home) error {
	sealed, err := s.sealBlock(placeOfHome(h.Event, h.Chair), h)
	if err != nil {
		return err
	}
	return s.exec(ctx, "keep where a judge works", saveHomeSQL, h.Event.String(), int(h.Chair), sealed)
}

const listDecisionsSQL = `
SELECT number, chair, entry, choice, reason, marks, by_id, by_name, second_id, second, made_at
  FROM recusal_decisions WHERE event_id = $1 ORDER BY number`

// ListDecisions is recusal.Decisions.
func (s *Store) ListDecisions(ctx context.Context, event contest.ID) ([]recusal.Decision, error) {
	var rows []struct {
		Number   int             `db:"number"`
		Chair    scoring.ChairID `db:"chair"`
		Entry    scoring.EntryID `db:"entry"`
		Choice   string          `db:"choice"`
		Reason   string          `db:"reason"`
		Marks    pq.StringArray  `db:"marks"`
		By       uuid.UUID       `db:"by_id"`
		ByName   string          `db:"by_name"`
		SecondID uuid.UUID       `db:"second_id"`
		Second   string          `db:"second"`
		At       time.Time       `db:"made_at"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listDecisionsSQL, event.String()); err != nil {
		return nil, store.Fault(err, "list decisions of recusals")
	}
	out := make([]recusal.Decision, 0, len(rows))
	for _, r := range rows {
		d := recusal.Decision{
			Event: event, Number: r.Number, Chair: r.Chair, Entry: r.Entry, Choice: recusal.Choice(r.Choice), Reason: r.Reason,
			By: recusal.Person{ID: idOf(r.By), Name: r.ByName}, Second: recusal.Person{ID: idOf(r.SecondID), Name: r.Second}, At: r.At.UTC(),
		}
		for _, text := range r.Marks {
			id, err := scoring.ParseID(text)
			if err != nil {
				return nil, store.Fault(err, "read the marks of a decision")
			}
			d.Marks = append(d.Marks, id)
		}
		out = append(out, d)
	}
	return out, nil
}

const appendDecisionSQL = `
INSERT INTO recusal_decisions (event_id, number, chair, entry, choice, reason, marks, by_id, by_name, second_id, second, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7::uuid[], $8, $9, $10, $11, $12)`

// AppendDecision is recusal.Decisions.
func (s *Store) AppendDecision(ctx context.Context, d recusal.Decision) error {
	return s.exec(ctx, "keep a decision of a recusal", appendDecisionSQL, d.Event.String(), d.Number, int(d.Chair), int(d.Entry), string(d.Choice),
		d.Reason, column(d.Marks, scoring.ID.String), d.By.ID.String(), d.By.Name, d.Second.ID.String(), d.Second.Name, d.At)
}
