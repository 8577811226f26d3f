package blindstore

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"jiangtai/scoring"
	"jiangtai/server/blind"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/store"
)

// secret is what of a pair lies sealed: all but whose it is.
type secret struct {
	From    string          `json:"from"`
	Label   string          `json:"label"`
	Salt    []byte          `json:"salt"`
	Run     int             `json:"run"`
	IsSpare bool            `json:"spare"`
	Ordinal scoring.EntryID `json:"ordinal"`
	At      time.Time       `json:"at"`
}

func (s *Store) sealPair(d blind.Draw, p blind.Pair) ([]byte, error) {
	plain, err := json.Marshal(secret{p.From, p.Label, p.Salt[:], p.Run, p.IsSpare, p.Ordinal, p.At})
	return s.safe.seal(place(d, p.Entry), plain), err
}

const listPairsSQL = `SELECT entry_id, label_mark, sealed FROM blind_pairs WHERE draw_id = $1 ORDER BY entry_id`

// ListPairs is blind.Pairs.
func (s *Store) ListPairs(ctx context.Context, d blind.Draw) ([]blind.Pair, error) {
	var rows []struct {
		Entry  uuid.UUID `db:"entry_id"`
		Mark   []byte    `db:"label_mark"`
		Sealed []byte    `db:"sealed"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listPairsSQL, d.ID.String()); err != nil {
		return nil, store.Fault(err, "list pairs")
	}
	out := make([]blind.Pair, 0, len(rows))
	for _, r := range rows {
		plain, err := s.safe.open(place(d, idOf(r.Entry)), r.Sealed)
		if err != nil {
			return nil, err
		}
		var v secret
		// Its text would stand in the error of the decoder.
		if json.Unmarshal(plain, &v) != nil || len(v.Salt) != 16 || string(s.safe.mark(d.ID, v.Label)) != string(r.Mark) {
			return nil, fault.New(fault.Internal, "blind.pair_damaged")
		}
		out = append(out, blind.Pair{
			Entry: idOf(r.Entry), From: v.From, Label: v.Label, Salt: [16]byte(v.Salt), Run: v.Run, IsSpare: v.IsSpare, Ordinal: v.Ordinal, At: v.At.UTC(),
		})
	}
	return out, nil
}

const (
	dropPairsSQL = `DELETE FROM blind_pairs WHERE draw_id = $1 AND entry_id = ANY ($2::uuid[])`

	savePairsSQL = `
INSERT INTO blind_pairs (draw_id, entry_id, label_mark, sealed)
SELECT $1, n.entry_id, n.label_mark, n.sealed
  FROM unnest($2::uuid[], $3::bytea[], $4::bytea[]) AS n (entry_id, label_mark, sealed)`
)

// SavePairs is blind.Pairs.
func (s *Store) SavePairs(ctx context.Context, d blind.Draw, list []blind.Pair) error {
	marks, sealed := make([][]byte, 0, len(list)), make([][]byte, 0, len(list))
	for _, p := range list {
		lies, err := s.sealPair(d, p)
		if err != nil {
			return err
		}
		marks, sealed = append(marks, s.safe.mark(d.ID, p.Label)), append(sealed, lies)
	}
	entries := column(list, func(p blind.Pair) string { return p.Entry.String() })
	if err := s.exec(ctx, "take pairs away", dropPairsSQL, d.ID.String(), entries); err != nil {
		return err
	}
	itself := func(b []byte) []byte { return b }
	return s.exec(ctx, "save pairs", savePairsSQL, d.ID.String(), entries, column(marks, itself), column(sealed, itself))
}

const appendStrikeSQL = `
INSERT INTO blind_strikes (draw_id, from_no, reason, by_name, second, struck_at)
VALUES ($1, $2, $3, $4, $5, $6)`

// StrikePair is blind.Pairs.
func (s *Store) StrikePair(ctx context.Context, entry contest.ID, k blind.Strike) error {
	only := column([]contest.ID{entry}, contest.ID.String)
	if err := s.exec(ctx, "take a pair away", dropPairsSQL, k.Draw.String(), only); err != nil {
		return err
	}
	return s.exec(ctx, "keep a strike", appendStrikeSQL, k.Draw.String(), k.From, k.Reason, k.ByName, k.Second, k.At)
}

const listStrikesSQL = `
SELECT from_no, reason, by_name, second, struck_at FROM blind_strikes WHERE draw_id = $1 ORDER BY strike_id`

// ListStrikes is blind.Pairs.
func (s *Store) ListStrikes(ctx context.Context, draw contest.ID) ([]blind.Strike, error) {
	var rows []struct {
		From   string    `db:"from_no"`
		Reason string    `db:"reason"`
		By     string    `db:"by_name"`
		Second string    `db:"second"`
		At     time.Time `db:"struck_at"`
	}
	if err := s.db.Querier(ctx).SelectContext(ctx, &rows, listStrikesSQL, draw.String()); err != nil {
		return nil, store.Fault(err, "list strikes")
	}
	out := make([]blind.Strike, 0, len(rows))
	for _, r := range rows {
		out = append(out, blind.Strike{Draw: draw, From: r.From, Reason: r.Reason, ByName: r.By, Second: r.Second, At: r.At.UTC()})
	}
	return out, nil
}
