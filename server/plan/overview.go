package plan

import (
	"context"
	"slices"

	"jiangtai/server/contest"
)

// Query asks for a part of the plan. Year 0 is this year, or the newest that has
// events; a zero contest is any.
type Query struct {
	Year    int
	Contest contest.ID
}

// Overview is a year of the plan, as far as the reader has a part in it.
type Overview struct {
	Year    int
	Years   []int // that have events, newest first
	Lines   []Line
	Classes []string
	// MayDecide says that some of the contests are the reader's to organise.
	MayDecide bool
}

// Plan gives a year of the plan (年度计划): organisers see their contests, a host
// its own events, and who has no part in any event sees none.
func (d *Desk) Plan(ctx context.Context, a contest.Actor, q Query) (Overview, error) {
	all, err := d.Events.ListEvents(ctx)
	if err != nil {
		return Overview{}, err
	}
	mine := slices.DeleteFunc(all, func(e Event) bool {
		return !mayRead(a, e) || !q.Contest.IsZero() && e.Contest != q.Contest
	})
	lines, err := d.lines(ctx, mine)
	if err != nil {
		return Overview{}, err
	}
	out := Overview{Year: q.Year, Lines: []Line{}, Classes: append(slices.Clone(d.Classes), NoClass)}
	this := d.Now().In(contest.Zone).Year()
	for _, l := range lines {
		out.MayDecide = out.MayDecide || mayDecide(a, l.Event)
		if !slices.Contains(out.Years, l.Filing.Year) {
			out.Years = append(out.Years, l.Filing.Year)
		}
	}
	slices.Sort(out.Years)
	slices.Reverse(out.Years)
	if out.Year == 0 {
		out.Year = this
		if len(out.Years) > 0 && !slices.Contains(out.Years, this) {
			out.Year = out.Years[0]
		}
	}
	for _, l := range lines {
		if l.Filing.Year == out.Year {
			out.Lines = append(out.Lines, l)
		}
	}
	return out, nil
}

// lines joins events and their filings.
func (d *Desk) lines(ctx context.Context, events []Event) ([]Line, error) {
	ids := make([]contest.ID, len(events))
	for i, e := range events {
		ids[i] = e.ID
	}
	stored, err := d.Store.ListFilings(ctx, ids...)
	if err != nil {
		return nil, err
	}
	by := make(map[contest.ID]Filing, len(stored))
	for _, f := range stored {
		by[f.Event] = f
	}
	now := d.Now()
	out := make([]Line, 0, len(events))
	for _, e := range events {
		f, ok := by[e.ID]
		if !ok {
			f = fresh(e)
		}
		out = append(out, Line{Event: e, Filing: f, IsLate: f.IsLate(now)})
	}
	return out, nil
}

// View is a filing with all that a person needs to take its next step.
type View struct {
	Line
	Files  []File
	Steps  []Step // oldest first
	Needs  []Need
	Outfit Outfit
	// IsChanged says that class, scheme, documents or judges are no longer what
	// was applied with.
	IsChanged bool
	List      List // signed now; zero when there is none
	MayWrite  bool
	MayDecide bool
	Classes   []string
}

// Find gives the filing of an event; Missing plan.event_missing for others' as
// well.
func (d *Desk) Find(ctx context.Context, a contest.Actor, id contest.ID) (View, error) {
	e, err := d.eventFor(ctx, a, id)
	if err != nil {
		return View{}, err
	}
	return d.view(ctx, a, e)
}

func (d *Desk) view(ctx context.Context, a contest.Actor, e Event) (View, error) {
	f, err := d.filingOf(ctx, e)
	if err != nil {
		return View{}, err
	}
	v := View{
		Line: Line{Event: e, Filing: f, IsLate: f.IsLate(d.Now())}, MayWrite: mayWrite(a, e), MayDecide: mayDecide(a, e),
		Classes: append(slices.Clone(d.Classes), NoClass),
	}
	if v.Files, err = d.Store.ListFiles(ctx, e.ID); err != nil {
		return View{}, err
	}
	if v.Steps, err = d.Store.ListSteps(ctx, e.ID); err != nil {
		return View{}, err
	}
	if v.Outfit, err = d.Events.Outfit(ctx, e.ID); err != nil {
		return View{}, err
	}
	if v.List, _, err = d.signedList(ctx, e.ID); err != nil {
		return View{}, err
	}
	v.Needs = needsOf(v.Files, v.Outfit)
	v.IsChanged = f.Digest != "" && f.Digest != digestOf(f, v.Files, v.Outfit)
	return v, nil
}

func (d *Desk) signedList(ctx context.Context, event contest.ID) (List, bool, error) {
	if d.Lists == nil {
		return List{}, false, nil
	}
	return d.Lists.SignedList(ctx, event)
}
