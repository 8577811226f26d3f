package clerk

import (
	"context"
	"errors"
	"io"

	"jiangtai/scoring"
	"jiangtai/server/ledger"
)

var errEnough = errors.New("enough")

// Export writes the ledger with its signed heads and these remarks, in the form of
// package ledger. It ends at the head that stands when it begins.
func (c *Clerk) Export(ctx context.Context, w io.Writer, texts map[scoring.ID]string) error {
	st, done := c.Look()
	size := st.Seq()
	done()
	e, err := ledger.NewExport(w, ledger.Opening{Ledger: ledger.ID(c.cfg.Ledger), Size: size, Key: c.cfg.Key.Public})
	if err != nil {
		return err
	}
	heads := map[uint64]string{}
	if err := c.cfg.Ledgers.Heads(ctx, c.cfg.Ledger, 1, 0, func(at uint64, note string) error {
		heads[at] = note
		return nil
	}); err != nil {
		return err
	}
	err = c.cfg.Ledgers.Load(ctx, c.cfg.Ledger, 0, func(l Line) error {
		if l.Seq > size {
			return errEnough
		}
		rec, err := scoring.ParseRecord(l.Body)
		if err != nil {
			return err
		}
		err = e.Record(l.Seq, l.Hash, l.Body)
		if text, ok := texts[rec.MarkID]; ok && err == nil {
			err = e.Text(rec.MarkID, text)
		}
		if note, ok := heads[l.Seq]; ok {
			err = errors.Join(err, e.Head(note))
		}
		return err
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	return e.Close()
}
