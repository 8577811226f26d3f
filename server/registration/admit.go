package registration

import (
	"context"
	"strconv"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// admit gives an application its person and holds it against the limits, inside
// a transaction. The locks last until its end, so that what was counted stays
// true; they are always taken in the order unit, person. It gives what is against it.
func (d *Desk) admit(ctx context.Context, r *Registration, t Terms, at place) ([]fault.Field, error) {
	if key := r.Unit.Key(); t.PerUnit > 0 && key != "" {
		if err := d.Store.LockUnit(ctx, r.Event, key); err != nil {
			return nil, err
		}
	}
	var err error
	if r.Person, err = d.Store.LockPerson(ctx, r.IDNumber, newID(), r.ChangedAt); err != nil {
		return nil, err
	}
	n, err := d.Store.Count(ctx, *r)
	if err != nil {
		return nil, err
	}
	var out []fault.Field
	switch {
	case n.InEvent > 0:
		out = append(out, fault.At(at("id_number"), "registration.duplicate", ""))
	case n.InContest >= t.EventsPerPerson:
		out = append(out, fault.At(at("id_number"), "registration.limit_person", strconv.Itoa(t.EventsPerPerson)))
	}
	if t.PerUnit > 0 && r.Unit.Key() != "" && n.OfUnit >= t.PerUnit {
		out = append(out, fault.At(at("unit"), "registration.limit_unit", strconv.Itoa(t.PerUnit)))
	}
	return out, nil
}

// single is the error of what admit found about one application.
func single(found []fault.Field, err error) error {
	if err != nil || found == nil {
		return err
	}
	return fault.New(fault.Stale, found[0].Code, found...)
}

// keep writes an application with its step and the audit.
func (d *Desk) keep(ctx context.Context, a contest.Actor, r Registration, from, to Status, what string) error {
	if err := d.Store.SaveRegistration(ctx, r); err != nil {
		return err
	}
	step := Step{Registration: r.ID, At: d.now(), By: a.Who(), From: from, To: to}
	if to == Returned || to == Refused || to == Withdrawn {
		step.Reason = r.Reason
	}
	if err := d.Store.AppendStep(ctx, step); err != nil {
		return err
	}
	return d.Audit.Record(ctx, a, what, "registration/"+r.ID.String(), map[string]string{"event": r.Event.String(), "from": string(from), "to": string(to)})
}

// correct fills an application anew and submits it, inside a transaction.
func (d *Desk) correct(ctx context.Context, a contest.Actor, r Registration, in Draft) (Registration, error) {
	e, err := d.Events.FindEvent(ctx, r.Event)
	if err != nil {
		return r, err
	}
	t, err := d.termsOf(ctx, e)
	if err != nil {
		return r, err
	}
	if until := t.Terms.CorrectsUntil(); !d.Now().Before(until) {
		return r, fault.New(fault.Closed, "registration.closed")
	}
	list, err := d.Events.ListUnits(ctx, e.Contest)
	if err != nil {
		return r, err
	}
	was := r.Status
	if err := d.read(&r, in, t, unitsOf(list)); err != nil {
		return r, err
	}
	r.Status, r.Reason, r.ChangedAt, r.SubmittedAt = Submitted, "", d.now(), d.now()
	r.HostBy, r.OfficeBy = contest.ID{}, contest.ID{}
	if err := single(d.admit(ctx, &r, t.Terms, inDocument)); err != nil {
		return r, err
	}
	if err := d.keep(ctx, a, r, was, Submitted, "registrations.corrected"); err != nil {
		return r, err
	}
	r.Version++
	return r, nil
}

func stepRefused(hint string) error {
	return fault.New(fault.Refused, "registration.step", fault.At("status", "registration.step", hint))
}
