package blind

import (
	"context"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// BeforeOpening refuses the opening of an event whose draws are not done: in a
// full chain every layer that its scheme needs must be closed, in a light one no
// draw may be half done. Permission was asked.
func (d *Desk) BeforeOpening(ctx context.Context, event contest.ID) error {
	e, err := d.Events.FindEvent(ctx, event)
	if err != nil {
		return err
	}
	draws, err := d.Store.ListDraws(ctx, event)
	if err != nil {
		return err
	}
	entries, err := d.Labels.Entries(ctx, event)
	if err != nil {
		return err
	}
	s := &sheet{Event: e, entries: entries, draws: draws}
	var open []fault.Field
	for _, l := range s.layers() {
		dr, ok := s.draw(l)
		switch {
		case ok && dr.Phase == Open:
			open = append(open, fault.At(string(l), "blind.draw_open", ""))
		case !ok && e.isFull():
			open = append(open, fault.At(string(l), "blind.undrawn", ""))
		}
	}
	if open != nil {
		return fault.New(fault.Refused, open[0].Code, open...)
	}
	return nil
}

// BeforeUnsealing refuses an unsealing whose pairs are not those that were sealed,
// and, of an event with the full chain that has draws, one that did not come
// through this room's door.
func (d *Desk) BeforeUnsealing(ctx context.Context, event contest.ID) error {
	e, err := d.Events.FindEvent(ctx, event)
	if err != nil {
		return err
	}
	seats, codes, err := d.Drawn(ctx, event)
	if err != nil {
		return err
	}
	if came, _ := ctx.Value(door{}).(bool); (seats || codes) && e.isFull() && !came {
		return fault.New(fault.Forbidden, "blind.at_the_desk")
	}
	_, err = d.verify(ctx, e)
	return err
}

// Drawn says which layers of an event have a draw, open or closed, that is not
// void. Permission is not asked.
func (d *Desk) Drawn(ctx context.Context, event contest.ID) (seats, codes bool, err error) {
	draws, err := d.Store.ListDraws(ctx, event)
	if err != nil {
		return false, false, err
	}
	s := &sheet{draws: draws}
	_, seats = s.draw(Seats)
	_, codes = s.draw(Codes)
	return seats, codes, nil
}

// Absentees are the entries that the check-in has found absent, once it is
// closed. Permission is not asked.
func (d *Desk) Absentees(ctx context.Context, event contest.ID) ([]contest.ID, error) {
	c, err := d.Store.FindCheckIn(ctx, event)
	if err != nil || !c.closed() {
		return nil, err
	}
	list, err := d.Store.ListArrivals(ctx, event)
	var out []contest.ID
	for _, v := range list {
		if v.State == Absent {
			out = append(out, v.Entry)
		}
	}
	return out, err
}
