package judging

import (
	"context"
	"slices"

	"jiangtai/server/contest"
	"jiangtai/server/judging/clerk"
	"jiangtai/server/judging/watch"
)

// What staff read of an event's progress, package watch makes.
type (
	// Progress is how far an event is (进度).
	Progress = watch.Progress
	// ChairProgress is how far a chair is.
	ChairProgress = watch.ChairProgress
	// EntryProgress is how far an entry is.
	EntryProgress = watch.EntryProgress
	// DeviceState is what is known of a tablet's outbox.
	DeviceState = watch.DeviceState
	// Row is one event of the organisers' desk.
	Row = watch.Row
)

// Progress is for all who work for the event.
func (d *Desk) Progress(ctx context.Context, actor contest.Actor, event contest.ID) (Progress, error) {
	c, err := d.staff(ctx, actor, event)
	if err != nil {
		return Progress{}, err
	}
	x := c.index.Load()
	st, done := c.Look()
	defer done()
	p := watch.ProgressOf(st.Board, x.Index)
	p.LastAt, p.Devices = st.LastAt(), d.devices(st)
	return p, nil
}

// Handed is how many marks of each device of an event are kept and do not count: what
// replaced tablets have handed over, and what came late. It asks for no permission.
func (d *Desk) Handed(ctx context.Context, event contest.ID) (map[contest.ID]int, error) {
	p, err := d.post(ctx, event)
	if err != nil {
		return nil, err
	}
	st, done := p.Look()
	defer done()
	out := map[contest.ID]int{}
	for _, id := range st.Devices() {
		if n := st.Late(id); n > 0 {
			out[id] = n
		}
	}
	return out, nil
}

// devices lists the tablets that have sent to the ledger.
func (d *Desk) devices(st clerk.Standing) []DeviceState {
	list := []DeviceState{}
	for _, id := range st.Devices() {
		s := DeviceState{Device: id, Late: st.Late(id)}
		s.Highest, s.Holes = st.Count(id, maxHoles)
		if u, ok := d.Outbox(id); ok {
			at := u.At.UTC()
			s.Pending, s.Signatures, s.SaidAt = u.Pending, u.Signatures, &at
		}
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b DeviceState) int { return slices.Compare(a.Device[:], b.Device[:]) })
	return list
}

// Matrix is the organisers' desk of a contest (总控台): a row for each event
// that the actor works for. Missing when there is none.
func (d *Desk) Matrix(ctx context.Context, actor contest.Actor, id contest.ID) ([]Row, error) {
	if actor.IsPublic() || len(actor.Grants) == 0 {
		return nil, errMissing
	}
	list, err := d.cfg.Events.List(ctx, id)
	if err != nil {
		return nil, err
	}
	rows := []Row{}
	for _, ref := range list {
		if !actor.Has(ref.Contest, ref.Event, actRoles...) {
			continue
		}
		c, err := d.post(ctx, ref.Event)
		if err != nil {
			return nil, err
		}
		rows = append(rows, d.row(c))
	}
	if len(rows) == 0 && !actor.Has(id, contest.ID{}, actRoles...) {
		return nil, errMissing
	}
	return rows, nil
}

func (d *Desk) row(c *post) Row {
	st, done := c.Look()
	defer done()
	r := watch.RowOf(st.Board, c.index.Load().Index)
	r.LastAt = st.LastAt()
	for _, id := range st.Devices() {
		if u, ok := d.Outbox(id); ok {
			r.Pending += u.Pending
		}
		_, holes := st.Count(id, 1)
		r.Holes += len(holes)
	}
	return r
}
