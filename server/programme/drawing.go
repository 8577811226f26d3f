package programme

import (
	"context"
	"fmt"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme/labels"
	"jiangtai/server/programme/outline"
	"jiangtai/server/programme/workcode"
)

// Shape says by what the modules of an event are marked, from its newest scheme;
// the zero Outline where there is none yet.
func (d *Directory) Shape(ctx context.Context, event contest.ID) (Outline, error) {
	list, err := d.store.ListSchemes(ctx, event)
	if err != nil || len(list) == 0 {
		return Outline{}, err
	}
	out, wrong := outline.Read(list[len(list)-1].Text, "")
	if wrong != nil {
		return Outline{}, fault.New(fault.Internal, "programme.scheme_unreadable", wrong...)
	}
	return out, nil
}

// LockEntries gives an event's entries by entry number and keeps them still until
// the transaction ends. Busy programme.event_opening while an opening reads them.
func (d *Directory) LockEntries(ctx context.Context, event contest.ID) ([]contest.Entry, error) {
	e, err := d.store.LockEvent(ctx, event)
	if err != nil {
		return nil, err
	}
	if d.now().Before(e.HeldUntil) {
		f := fault.New(fault.Busy, "programme.event_opening")
		f.RetryAfter = int(holding.Seconds())
		return nil, f
	}
	return d.store.ListEntries(ctx, event)
}

// SeatNumbers are the seat numbers of n seats, in their order.
func SeatNumbers(n int) []string { return labels.Serial(n)[:n] }

// AllWorkCodes are the work codes that there are, in their order.
func AllWorkCodes() []string {
	out := make([]string, workcode.Codes)
	for n := range out {
		out[n] = workcode.Code(n)
	}
	return out
}

// AssignSeats gives entries the seat numbers that were drawn; AssignCodes work
// codes. Within the transaction of LockEntries. With renumber all entries get new
// ordinals by chance; the answer is the ordinals that they have. Every entry must
// get a label whose kind is marked by it, and no other one.
func (d *Directory) AssignSeats(ctx context.Context, event contest.ID, labels map[contest.ID]string, renumber bool) (map[contest.ID]scoring.EntryID, error) {
	return d.assign(ctx, event, labels, renumber, func(l outline.Labels, e *contest.Entry) (*string, bool) { return &e.SeatNo, l.Seated })
}

// AssignCodes is AssignSeats for work codes.
func (d *Directory) AssignCodes(ctx context.Context, event contest.ID, labels map[contest.ID]string, renumber bool) (map[contest.ID]scoring.EntryID, error) {
	return d.assign(ctx, event, labels, renumber, func(l outline.Labels, e *contest.Entry) (*string, bool) { return &e.WorkCode, l.Coded })
}

func (d *Directory) assign(ctx context.Context, event contest.ID, labels map[contest.ID]string, renumber bool, at func(outline.Labels, *contest.Entry) (*string, bool)) (map[contest.ID]scoring.EntryID, error) {
	list, err := d.LockEntries(ctx, event)
	if err != nil {
		return nil, err
	}
	shape, err := d.Shape(ctx, event)
	if err != nil {
		return nil, err
	}
	order, out := workcode.Shuffled(len(list)), map[contest.ID]scoring.EntryID{}
	for i := range list {
		label := labels[list[i].ID]
		place, draws := at(shape.Labels(list[i].Kind), &list[i])
		if (label != "") != draws {
			return nil, fmt.Errorf("entry %s of event %s: a label that it was not to draw, or none", list[i].ID, event) //nolint:err113 // for the log
		}
		*place = label
		if renumber {
			list[i].Ordinal = scoring.EntryID(order[i] + 1)
		}
		out[list[i].ID] = list[i].Ordinal
	}
	return out, d.store.SaveEntries(ctx, event, list)
}
