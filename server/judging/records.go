package judging

import (
	"context"
	"errors"
	"io"
	"strconv"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/ledger"
)

// RecordView is a record as staff read it (流水): labels, no names.
type RecordView struct {
	Seq        uint64          `json:"seq"`
	At         time.Time       `json:"at"`
	Kind       string          `json:"kind"`
	Of         string          `json:"of,omitempty"`
	MarkID     scoring.ID      `json:"mark_id"`
	Actor      scoring.ID      `json:"actor"`
	Second     scoring.ID      `json:"second,omitzero"`
	Chair      scoring.ChairID `json:"chair,omitempty"`
	Judge      string          `json:"judge,omitempty"`
	DeviceSeq  uint32          `json:"device_seq,omitempty"`
	ClientAt   *time.Time      `json:"client_at,omitempty"`
	Work       string          `json:"work,omitempty"`
	Aspect     string          `json:"aspect,omitempty"`
	Attempt    uint8           `json:"attempt,omitempty"`
	Round      uint8           `json:"round,omitempty"`
	Value      string          `json:"value"`
	Version    uint16          `json:"version,omitempty"`
	Supersedes scoring.ID      `json:"supersedes,omitzero"`
	Text       string          `json:"text,omitempty"`
	Hash       string          `json:"hash"`
}

// RecordsPage is the most records of one page.
const RecordsPage = 200

var errEnough = errors.New("enough")

// Records reads the records after a number, at most RecordsPage of them, for
// those who may see marks.
func (d *Desk) Records(ctx context.Context, actor contest.Actor, event contest.ID, after uint64) ([]RecordView, error) {
	c, err := d.reader(ctx, actor, event)
	if err != nil {
		return nil, err
	}
	x := c.index.Load()
	st, done := c.Look()
	sealed := st.Board.Sealed()
	done()
	list, ids := []RecordView{}, []scoring.ID{}
	err = d.cfg.Ledgers.Load(ctx, c.ledger, after, func(l Line) error {
		rec, err := scoring.ParseRecord(l.Body)
		if err != nil {
			return err
		}
		list = append(list, x.recordView(&rec, l.Hash, sealed))
		if rec.TextHash != [32]byte{} {
			ids = append(ids, rec.MarkID)
		}
		if len(list) == RecordsPage {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	return list, d.addTexts(ctx, c.ledger, list, ids)
}

func (d *Desk) addTexts(ctx context.Context, ledger contest.ID, list []RecordView, ids []scoring.ID) error {
	if len(ids) == 0 {
		return nil
	}
	texts, err := d.cfg.Notes.Texts(ctx, ledger, ids)
	if err != nil {
		return err
	}
	for i := range list {
		list[i].Text = texts[list[i].MarkID]
	}
	return nil
}

// recordView names the work by the strongest identity, so that seat and work code
// never stand in one list. While sealed what would tell whose label it is has none.
func (x *index) recordView(r *scoring.Record, hash ledger.Hash, sealed bool) RecordView {
	v := RecordView{
		Seq: r.Seq, At: time.Unix(0, r.At).UTC(), Kind: kindName(r.Kind), Of: kindName(r.Of), MarkID: r.MarkID, Actor: r.Actor,
		Second: r.Second, Chair: r.Chair, Judge: x.Chairs[r.Chair].Judge, DeviceSeq: r.DeviceSeq, Aspect: r.Aspect,
		Attempt: r.Attempt, Round: r.Round, Value: r.Value, Version: r.Version, Supersedes: r.Supersedes, Hash: hash.String(),
	}
	if r.ClientAt != 0 {
		at := time.UnixMilli(r.ClientAt).UTC()
		v.ClientAt = &at
	}
	if r.Entry != 0 && !(sealed && x.joins(r)) {
		v.Work = x.StaffLabel(r.Entry, sealed)
	}
	if r.Kind == scoring.Belong && r.Aspect == scoring.OfTeam && r.Value != "" {
		if n, err := strconv.Atoi(r.Value); err == nil {
			v.Value = x.StaffLabel(scoring.EntryID(n), sealed)
		}
	}
	if sealed {
		v.Hash = "" // it covers the ordinal, which is soon guessed
	}
	return v
}

// WorkingView is how a total came to be (算给你看), with the labels of the entries
// that the tie-break names.
type WorkingView struct {
	Work   string                     `json:"work"`
	Labels map[scoring.EntryID]string `json:"labels"`
	scoring.Working
}

// Working shows how an entry's total came to be, by its label, for those who may
// see marks.
func (d *Desk) Working(ctx context.Context, actor contest.Actor, event contest.ID, work string) (WorkingView, error) {
	c, err := d.reader(ctx, actor, event)
	if err != nil {
		return WorkingView{}, err
	}
	x := c.index.Load()
	st, done := c.Look()
	defer done()
	sealed := st.Board.Sealed()
	entry, ok := x.StaffEntry(work, sealed)
	if !ok || st.Board.Status(entry) == "" {
		return WorkingView{}, errMissing
	}
	v := WorkingView{Work: work, Labels: map[scoring.EntryID]string{}, Working: st.Board.Working(entry)}
	if sealed {
		x.withhold(&v)
		return v, nil
	}
	for _, t := range v.TieBreak {
		v.Labels[t.With] = x.StaffLabel(t.With, sealed)
	}
	if v.Team != nil {
		for _, m := range v.Team.Members {
			v.Labels[m.Entry] = x.StaffLabel(m.Entry, sealed)
		}
	}
	return v, nil
}

// Exporting is a door that was passed: Write streams the ledger.
type Exporting struct {
	Ledger contest.ID
	write  func(context.Context, io.Writer) error
}

// Write writes the whole export.
func (e Exporting) Write(ctx context.Context, w io.Writer) error { return e.write(ctx, w) }

// Export writes the ledger, with its signed heads and remarks, in the form that
// `jiangtai verify` reads without a database. Records hold ordinals and no
// names; it is for those who may see marks. Refused while sealed: who knows the
// list of entries counts the ordinals off.
func (d *Desk) Export(ctx context.Context, actor contest.Actor, event contest.ID) (Exporting, error) {
	c, err := d.reader(ctx, actor, event)
	if err != nil {
		return Exporting{}, err
	}
	s, done := c.Look()
	sealed := s.Board.Sealed()
	done()
	if sealed {
		return Exporting{}, errSealed
	}
	d.audit(ctx, actor, "ledger.export", event.String(), nil)
	return Exporting{Ledger: c.ledger, write: func(ctx context.Context, w io.Writer) error {
		texts, err := d.cfg.Notes.Texts(ctx, c.ledger, nil)
		if err != nil {
			return err
		}
		return c.Export(ctx, w, texts)
	}}, nil
}
