package demo

import (
	"context"

	"jiangtai/server/rehearsal"
)

// scenes are the events, by code, that a visitor finds at a step of the way; all
// but the one on paper have the full chain.
var scenes = map[string]func(*Marking, context.Context, rehearsal.Event) error{
	"mould-maker": (*Marking).drawing,
	"turner":      (*Marking).owing,
	"cnc-milling": (*Marking).halfKeyed,
	"milling":     (*Marking).unsigned,
	"grinder":     (*Marking).sealed,
	"fitter":      (*Marking).finished,
}

// drawing is at the coding desk: half have come, some have drawn their seats.
func (d *Marking) drawing(ctx context.Context, e rehearsal.Event) error {
	c, err := d.coding(ctx, e)
	if err != nil {
		return err
	}
	half := (len(c.entries) + 1) / 2
	if err := c.arrive(ctx, c.entries[:half], "present"); err != nil {
		return err
	}
	return c.drawSeats(ctx, c.entries[:half/2+1])
}

// owing is a chief judge's evening: some marks are missing, and a panel does not
// agree.
func (d *Marking) owing(ctx context.Context, e rehearsal.Event) error {
	return d.marked(ctx, e, func(t *rehearsal.Tablet, c rehearsal.Cell) (string, bool) {
		var works []string // of those who came
		for _, w := range t.Bundle.Works {
			if w.Status == "competing" {
				works = append(works, w.Work)
			}
		}
		first, beforeLast, last := works[0], works[max(0, len(works)-2)], works[len(works)-1]
		switch chair := t.Bundle.Chair; {
		case chair.Panel == "judges" && c.Pad.ID == "look" && c.Work == first:
			return []string{"8.5", "8", "4"}[(chair.Seat-1)%3], true
		case chair.Panel == "judges" && chair.Seat == 2 && c.Pad.ID == "finish" && c.Work == last:
			return "", false
		case chair.Panel == "measure" && c.Work == beforeLast:
			return "", false
		}
		return "", true
	})
}

// unsigned is locked: one judge's sheet is not signed, and half of the recheck is
// to be done.
func (d *Marking) unsigned(ctx context.Context, e rehearsal.Event) error {
	if err := d.markedAll(ctx, e); err != nil {
		return err
	}
	printed := func(s paper) bool { return s.Kind == "mark_sheet" || s.Kind == "panel_summary" && s.Panel != "judges" }
	signed := func(s paper) bool { return s.Panel != "judges" || s.Chair%2 == 0 } // of three judges two
	if err := d.papers(ctx, e, printed, signed); err != nil {
		return err
	}
	return d.recheck(ctx, e, 50)
}

// sealed waits for its unsealing: everything before is done.
func (d *Marking) sealed(ctx context.Context, e rehearsal.Event) error {
	if err := d.markedAll(ctx, e); err != nil {
		return err
	}
	below := func(s paper) bool { return s.Kind != "result_list" }
	if err := d.papers(ctx, e, below, below); err != nil {
		return err
	}
	return d.recheck(ctx, e, 100)
}

// finished has the whole way behind it: its list is signed, published, and on
// notice.
func (d *Marking) finished(ctx context.Context, e rehearsal.Event) error {
	if err := d.sealed(ctx, e); err != nil {
		return err
	}
	if err := d.unseal(ctx, e); err != nil {
		return err
	}
	all := func(s paper) bool { return s.Kind == "result_list" }
	if err := d.papers(ctx, e, all, all); err != nil {
		return err
	}
	if err := d.act(ctx, e, "publish", d.second()); err != nil {
		return err
	}
	return d.announce(ctx, e)
}

// markedAll marks everything and locks.
func (d *Marking) markedAll(ctx context.Context, e rehearsal.Event) error {
	if err := d.marked(ctx, e, func(*rehearsal.Tablet, rehearsal.Cell) (string, bool) { return "", true }); err != nil {
		return err
	}
	return d.lock(ctx, e)
}

// marked draws and opens an event; its judges mark what they are asked for, and
// the clerk keys in what comes from outside.
func (d *Marking) marked(ctx context.Context, e rehearsal.Event, ask func(*rehearsal.Tablet, rehearsal.Cell) (string, bool)) error {
	if err := d.code(ctx, e); err != nil {
		return err
	}
	tablets, err := d.seat(ctx, e)
	if err != nil {
		return err
	}
	if err := d.act(ctx, e, "open", nil); err != nil {
		return err
	}
	for _, t := range tablets {
		if err := t.Load(ctx); err != nil {
			return err
		}
		if len(t.Bundle.Works) == 0 {
			continue
		}
		if err := d.give(ctx, e, t, func(c rehearsal.Cell) (string, bool) { return ask(t, c) }); err != nil {
			return err
		}
	}
	return d.keyAll(ctx, e, 100)
}
