package readiness

import (
	"context"
	"strconv"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Config is what the desk needs; nothing may be nil.
type Config struct {
	Store   Store
	Work    Work
	Events  Events
	Tablets Tablets
	Now     func() time.Time
}

// Desk (就绪) takes reports and shows the wall. It is safe for concurrent use.
type Desk struct{ cfg Config }

// New makes a desk.
func New(cfg Config) *Desk { return &Desk{cfg} }

// watchers are those who may see which tablets are in use.
var watchers = []contest.Role{
	contest.Administrator, contest.Organiser, contest.HostSecretary, contest.ChiefJudge, contest.Supervisor, contest.Clerk,
}

// Report takes what a tablet found out about itself and gives how its chair stands
// now. Forbidden readiness.tablet_only for an account; Malformed readiness.report
// with every place that is wrong.
func (d *Desk) Report(ctx context.Context, a contest.Actor, lines []Line) (Standing, error) {
	if a.IsPublic() {
		return "", fault.New(fault.Unauthenticated, "web.sign_in")
	}
	if a.Device.IsZero() {
		return "", fault.New(fault.Forbidden, "readiness.tablet_only")
	}
	if f := faults(lines); len(f) > 0 {
		return "", fault.New(fault.Malformed, "readiness.report", f...)
	}
	now := d.cfg.Now()
	r := Report{Device: a.Device, Event: a.Event, Chair: a.Chair, At: now, Lines: lines}
	if err := d.cfg.Work.Do(ctx, func(ctx context.Context) error { return d.cfg.Store.Put(ctx, r) }); err != nil {
		return "", err
	}
	return standingOf(r, now), nil
}

// Wall shows the event's chairs. Missing readiness.missing for who does not work
// there, as for an event that is none.
func (d *Desk) Wall(ctx context.Context, a contest.Actor, event contest.ID) (Wall, error) {
	if a.IsPublic() {
		return Wall{}, fault.New(fault.Unauthenticated, "web.sign_in")
	}
	e, err := d.cfg.Events.FindEvent(ctx, event)
	if err != nil && fault.Of(err).Kind != fault.Missing {
		return Wall{}, err
	}
	if err != nil || !a.Has(e.Contest, e.ID, watchers...) {
		return Wall{}, fault.New(fault.Missing, "readiness.missing")
	}
	chairs, err := d.cfg.Events.ListChairs(ctx, event)
	if err != nil {
		return Wall{}, err
	}
	tablets, err := d.cfg.Tablets.Holding(ctx, event)
	if err != nil {
		return Wall{}, err
	}
	reports, err := d.cfg.Store.List(ctx, event)
	if err != nil {
		return Wall{}, err
	}
	holds := make(map[scoring.ChairID]*Tablet, len(tablets))
	for i, t := range tablets {
		holds[t.Chair] = &tablets[i]
	}
	found := make(map[contest.ID]*Report, len(reports))
	for i, r := range reports {
		found[r.Device] = &reports[i]
	}
	now := d.cfg.Now()
	w := Wall{Event: e, At: now, Places: make([]Place, len(chairs))}
	for i, c := range chairs {
		var report *Report
		tablet := holds[c.Number]
		if tablet != nil {
			report = found[tablet.Device]
		}
		w.Places[i] = placeOf(c, tablet, report, now)
	}
	return w, nil
}

func itoa(n int) string { return strconv.Itoa(n) }
