package plan

import (
	"context"
	"slices"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// readers see a filing of an event that they have a part in.
var readers = []contest.Role{
	contest.Administrator, contest.Organiser, contest.HostSecretary, contest.Supervisor, contest.UnionOffice,
}

// writers put an application together; deciders take the office's steps.
var (
	writers  = []contest.Role{contest.Administrator, contest.Organiser, contest.HostSecretary}
	deciders = []contest.Role{contest.Administrator, contest.Organiser}
)

func forbidden() error { return fault.New(fault.Forbidden, "plan.forbidden") }

func missing() error { return fault.New(fault.Missing, "plan.event_missing") }

// refused tells of one place.
func refused(path, code, hint string) error {
	return fault.New(fault.Refused, "plan.invalid", fault.At(path, code, hint))
}

// mayRead says that the filing of an event is the actor's to see. The public and
// tablets never.
func mayRead(a contest.Actor, e Event) bool {
	return a.Device.IsZero() && a.Has(e.Contest, e.ID, readers...)
}

func mayWrite(a contest.Actor, e Event) bool { return a.Has(e.Contest, e.ID, writers...) }

func mayDecide(a contest.Actor, e Event) bool { return a.Has(e.Contest, e.ID, deciders...) }

// eventFor finds an event that the actor may see in the plan.
func (d *Desk) eventFor(ctx context.Context, a contest.Actor, id contest.ID) (Event, error) {
	e, err := d.Events.FindEvent(ctx, id)
	if f := fault.Of(err); f != nil && f.Kind == fault.Missing {
		return Event{}, missing()
	}
	if err != nil {
		return Event{}, err
	}
	if !mayRead(a, e) {
		return Event{}, missing()
	}
	return e, nil
}

// filingOf is the stored filing of an event, or a fresh one.
func (d *Desk) filingOf(ctx context.Context, e Event) (Filing, error) {
	list, err := d.Store.ListFilings(ctx, e.ID)
	if err != nil || len(list) == 0 {
		return fresh(e), err
	}
	return list[0], nil
}

// hasClass says that a class is one of the rules'.
func (d *Desk) hasClass(class string) bool {
	return class == NoClass || slices.Contains(d.Classes, class)
}
