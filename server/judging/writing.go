package judging

import (
	"context"
	"fmt"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging/clerk"
)

// Noted is a command with the text whose hash it carries.
type Noted struct {
	Command scoring.Command
	Text    string
}

// Replay gives another room all records of an event's ledger, in order. It asks for
// no permission and does not hold the clerk up; the error is the reader's own.
func (d *Desk) Replay(ctx context.Context, event contest.ID, each func(scoring.Record) error) error {
	p, err := d.post(ctx, event)
	if err != nil {
		return err
	}
	return d.cfg.Ledgers.Load(ctx, p.ledger, 0, func(l Line) error {
		rec, err := scoring.ParseRecord(l.Body)
		if err != nil {
			return err
		}
		return each(rec)
	})
}

// Write has the clerk write what another room composes of the event as it stands: in
// one turn, in order, nothing in between. Ids that the ledger knows are answered
// again. It asks for no permission: the room that calls it does. The error is compose's
// own, or that of the first command that was refused; those before it stand.
func (d *Desk) Write(ctx context.Context, event contest.ID, compose func(Reading) ([]Noted, error)) error {
	p, err := d.post(ctx, event)
	if err != nil {
		return err
	}
	var items []clerk.Item
	_, err = p.Do(ctx, func() ([]clerk.Item, error) {
		s, done := p.Look()
		defer done()
		list, err := compose(p.reading(s))
		for _, n := range list {
			items = append(items, clerk.NewItem(n.Command, n.Text))
		}
		return items, err
	})
	if err != nil {
		return err
	}
	for i := range items {
		if f := items[i].Outcome.Fault; f != nil {
			return fmt.Errorf("write to the ledger of event %s: %w", event, f)
		}
	}
	return nil
}
