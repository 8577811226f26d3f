package judging

import (
	"context"
	"encoding/binary"
	"errors"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging/clerk"
	"jiangtai/server/judging/lineup"
	"jiangtai/server/ledger"
)

// persons are who an owed record is of.
type persons struct{ actor, second contest.ID }

// owed are the records that a setup and the other rooms ask for, whether they are
// there or not. None while they may not be written.
func (p *post) owed(ctx context.Context, s *Setup) ([]Owed, error) {
	st, done := p.Look()
	b := st.Board
	phase, rules := b.Phase(), b.Rules()
	isDue := rules != nil && phase != scoring.Waiting && phase != scoring.Official && !b.Sealed()
	done()
	if !isDue {
		return nil, nil
	}
	list := lineup.Belongings(s, rules)
	if p.desk.cfg.Owing == nil {
		return list, nil
	}
	more, err := p.desk.cfg.Owing.Owed(ctx, s)
	return append(list, more...), err
}

// lacking are those of a list that the ledger does not hold. They may have become
// unwritable in the meantime: then there are none.
func (p *post) lacking(list []Owed) (out []Owed, seq uint64, version uint16) {
	st, done := p.Look()
	defer done()
	b := st.Board
	if b.Sealed() || b.Phase() == scoring.Official {
		return nil, 0, 0
	}
	for i := range list {
		if b.Status(list[i].Entry) != "" && !list[i].IsHeld(b) {
			out = append(out, list[i])
		}
	}
	return out, st.Seq(), b.Version()
}

// follow writes what the event owes. It may be called at any time and by several:
// what the ledger holds is not written again. who is asked of the ledger where it is
// not known. The error is judging.owed with the engine's words for what it refuses,
// or what kept it from being written.
func (p *post) follow(ctx context.Context, who persons) error {
	list, err := p.owed(ctx, p.index.Load().Setup)
	if err != nil {
		return err
	}
	if missing, _, _ := p.lacking(list); len(missing) == 0 {
		return nil
	}
	if who == (persons{}) {
		if who, err = p.openers(ctx); err != nil {
			return err
		}
	}
	var items []clerk.Item
	_, err = p.Do(ctx, func() ([]clerk.Item, error) {
		missing, seq, version := p.lacking(list)
		items = make([]clerk.Item, 0, len(missing))
		for i := range missing {
			items = append(items, p.owedItem(&missing[i], who, seq, version))
		}
		return items, nil
	})
	if err != nil {
		return err
	}
	return clerk.Unsettled(items)
}

// owedItem is a record on its way. Its id follows from what it says and from where
// the ledger stands: the same is owed again when it was taken back in between.
func (p *post) owedItem(o *Owed, who persons, seq uint64, version uint16) clerk.Item {
	b := append([]byte("owed"), p.event[:]...)
	b = binary.BigEndian.AppendUint64(b, seq)
	b = append(b, byte(o.Kind))
	b = binary.BigEndian.AppendUint32(b, uint32(o.Entry))
	b = binary.BigEndian.AppendUint16(b, uint16(o.Chair))
	b = append(b, o.Aspect+"="+o.Value...)
	cmd := scoring.Command{
		Kind: o.Kind, MarkID: idOf(b), Entry: o.Entry, Chair: o.Chair, Aspect: o.Aspect, Value: o.Value, Version: version,
		Actor: o.Actor, Second: o.Second,
	}
	if o.Actor.IsZero() && o.Second.IsZero() {
		cmd.Actor = who.actor
		if o.Kind == scoring.Recuse {
			cmd.Second = who.second
		}
	}
	if o.Reason != "" {
		cmd.TextHash = ledger.TextHash(cmd.MarkID, o.Reason)
	}
	return clerk.NewItem(cmd, o.Reason)
}

// openers are the persons of the newest unsealing, or where there was none of the
// opening.
func (p *post) openers(ctx context.Context) (who persons, err error) {
	found := scoring.NoKind
	err = p.desk.cfg.Ledgers.Load(ctx, p.ledger, 0, func(l Line) error {
		rec, err := scoring.ParseRecord(l.Body)
		if err != nil {
			return err
		}
		if rec.Kind == scoring.Unseal || rec.Kind == scoring.Open && found != scoring.Unseal {
			found, who = rec.Kind, persons{rec.Actor, rec.Second}
		}
		return nil
	})
	return who, err
}

// settledUp refuses a publication while something is owed. It reads the setup anew
// in the clerk's goroutine: behind a publication nothing can be written any more.
func (p *post) settledUp(ctx context.Context) error {
	s, err := p.desk.cfg.Events.Setup(ctx, p.event)
	if err != nil {
		return err
	}
	list, err := p.owed(ctx, s)
	if err != nil {
		return err
	}
	if missing, _, _ := p.lacking(list); len(missing) > 0 {
		return later("judging.owed", errors.New("something is owed that was not when the publication began"))
	}
	return nil
}
