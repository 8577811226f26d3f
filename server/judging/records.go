package judging

import (
	"context"
	"errors"
	"io"

	"jiangtai/scoring"
	"jiangtai/scoring/session"
	"jiangtai/server/contest"
	"jiangtai/server/judging/watch"
)

// What staff read of an event, package watch makes.
type (
	// RecordView is a record as staff read it (流水).
	RecordView = watch.RecordView
	// WorkingView is how a total came to be (算给你看).
	WorkingView = watch.WorkingView
)

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
		list = append(list, watch.RecordOf(x.Index, &rec, l.Hash, sealed))
		if rec.TextHash != [32]byte{} && !isSignature(&rec) {
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

// isSignature says whether the text of a record is a contestant's signature, which is
// a name and no reason; see Sessions.
func isSignature(r *scoring.Record) bool {
	return (r.Kind == scoring.Clock || r.Of == scoring.Clock) && r.Value == session.Signed
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
	entry, ok := x.StaffEntry(work, st.Board.Sealed())
	if !ok || st.Board.Status(entry) == "" {
		return WorkingView{}, errMissing
	}
	return watch.WorkingOf(st.Board, x.Index, entry, work), nil
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
