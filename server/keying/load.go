package keying

import (
	"context"

	"jiangtai/server/contest"
)

// held is a sheet with its two passes and all that was keyed and decided.
type held struct {
	of     Of
	sheet  Sheet
	passes [2]*Pass
	cells  []Compared
}

// beside is what the store knows of an event.
type beside struct {
	passes    []Pass
	keyed     map[contest.ID][]Keyed
	decisions []Decision
}

// load reads what was keyed in an event; of one sheet when it is named.
func (d *Desk) load(ctx context.Context, event contest.ID, only *Of) (beside, error) {
	var b beside
	all, err := d.cfg.Store.ListPasses(ctx, event)
	if err != nil {
		return b, err
	}
	var ids []contest.ID
	for _, p := range all {
		if only == nil || p.Of == *only {
			b.passes, ids = append(b.passes, p), append(ids, p.ID)
		}
	}
	keyed, err := d.cfg.Store.ListKeyed(ctx, ids)
	if err != nil {
		return b, err
	}
	b.keyed = map[contest.ID][]Keyed{}
	for _, k := range keyed {
		b.keyed[k.Pass] = append(b.keyed[k.Pass], k)
	}
	b.decisions, err = d.cfg.Store.ListDecisions(ctx, event)
	return b, err
}

// hold puts a sheet together.
func (b *beside) hold(of Of, s Sheet) held {
	h := held{of: of, sheet: s}
	two, decided := keyings{}, map[At][]Decision{}
	for i := range b.passes {
		p := &b.passes[i]
		if p.Of != of || p.Place < 1 || p.Place > 2 {
			continue
		}
		h.passes[p.Place-1] = p
		for _, k := range b.keyed[p.ID] {
			pair := two[k.At]
			pair[p.Place-1] = k
			two[k.At] = pair
		}
	}
	for _, dec := range b.decisions {
		if dec.Of == of {
			decided[dec.At] = append(decided[dec.At], dec)
		}
	}
	h.cells = compare(&h.sheet, two, decided)
	return h
}

// sheet reads one sheet with all that belongs to it.
func (d *Desk) sheet(ctx context.Context, event contest.ID, of Of) (held, error) {
	s, err := d.cfg.Sheets.Sheet(ctx, event, of)
	if err != nil {
		return held{}, err
	}
	b, err := d.load(ctx, event, &of)
	if err != nil {
		return held{}, err
	}
	return b.hold(of, s), nil
}

// mine is the actor's own place on the sheet; -1 when he has none.
func (h *held) mine(a contest.Actor) int {
	for i, p := range h.passes {
		if p != nil && p.By == a.Who() {
			return i
		}
	}
	return -1
}

// of is what a pass has keyed in a cell; the zero Keyed is nothing yet.
func (c *Compared) of(place int) Keyed {
	if place == 0 {
		return c.First
	}
	return c.Second
}

// find finds an open cell of the sheet.
func (h *held) find(at At) (*Compared, bool) {
	for i := range h.cells {
		if h.cells[i].At == at {
			return &h.cells[i], true
		}
	}
	return nil, false
}
