package registration

import (
	"context"
	"slices"
	"strconv"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/registration/idnumber"
)

// MaxRows is the longest list that is taken at once.
const MaxRows = 2000

// List gives a page of an event's applications to those who may see them. Limit 0
// means 50, at most 500.
func (d *Desk) List(ctx context.Context, a contest.Actor, event contest.ID, q Query) ([]Registration, int, error) {
	if _, err := d.eventFor(ctx, a, event); err != nil {
		return nil, 0, err
	}
	if q.Limit <= 0 {
		q.Limit = 50
	}
	q.Event, q.Limit, q.Offset, q.Numbers = event, min(q.Limit, 500), max(q.Offset, 0), nil
	return d.Store.ListRegistrations(ctx, q)
}

// Tally counts an event's applications by state, for those who may see them.
func (d *Desk) Tally(ctx context.Context, a contest.Actor, event contest.ID) (map[Status]int, error) {
	if _, err := d.eventFor(ctx, a, event); err != nil {
		return nil, err
	}
	return d.Store.CountRegistrations(ctx, event)
}

// All gives every application of an event, for exports.
func (d *Desk) All(ctx context.Context, a contest.Actor, event contest.ID) ([]Registration, error) {
	if _, err := d.eventFor(ctx, a, event); err != nil {
		return nil, err
	}
	list, _, err := d.Store.ListRegistrations(ctx, Query{Event: event, Limit: -1})
	return list, err
}

// Find shows one application to those who may see its event's.
func (d *Desk) Find(ctx context.Context, a contest.Actor, id contest.ID) (View, error) {
	r, err := d.Store.FindRegistration(ctx, id)
	if err != nil {
		return View{}, err
	}
	if _, err := d.eventFor(ctx, a, r.Event); err != nil {
		return View{}, missing(err)
	}
	return d.view(ctx, r)
}

// missing hides which of two things is not there.
func missing(err error) error {
	if fault.Of(err).Kind == fault.Missing {
		return fault.New(fault.Missing, "registration.missing")
	}
	return err
}

// Lookup finds the applications of an ID number in an event. An account may ask
// ten times, then once a minute, whatever the answer was.
func (d *Desk) Lookup(ctx context.Context, a contest.Actor, event contest.ID, number string) ([]Registration, error) {
	if _, err := d.eventToWrite(ctx, a, event); err != nil {
		return nil, err
	}
	if _, err := d.lookups.take("account "+a.Who().String(), d.Now()); err != nil {
		return nil, err
	}
	id, wrong := idnumber.Parse(number, d.today())
	if wrong != idnumber.Valid {
		return nil, fault.New(fault.Refused, "registration.invalid", fault.At("/id_number", numberCodes[wrong], ""))
	}
	list, _, err := d.Store.ListRegistrations(ctx, Query{Event: event, Numbers: []idnumber.ID{id}, Limit: -1})
	return list, err
}

// Enlistment is a list of people whom a unit's or host's staff puts down.
type Enlistment struct {
	Drafts []Draft
	// Place says where a field of a row stands; nil is /registrations/row/field.
	Place func(row int, field string) string
	// IsDraft keeps them as drafts, to be submitted later.
	IsDraft bool
	// IsPreview undoes everything at the end.
	IsPreview bool
}

func (l Enlistment) place(row int) place {
	return func(field string) string {
		if l.Place != nil {
			return l.Place(row, field)
		}
		return "/registrations/" + strconv.Itoa(row) + "/" + field
	}
}

// Enlist puts down all of a list or nothing. Refused registration.invalid with
// everything that is wrong: fields, rules, people twice, limits.
func (d *Desk) Enlist(ctx context.Context, a contest.Actor, event contest.ID, l Enlistment) ([]Registration, error) {
	e, err := d.eventToWrite(ctx, a, event)
	if err != nil {
		return nil, err
	}
	var made []Registration
	err = d.Work.Do(ctx, func(ctx context.Context) error {
		var err error
		made, err = d.enlist(ctx, a, e, l)
		return err
	})
	return made, undone(err)
}

// enlist is Enlist inside a transaction. A preview ends in errUndo.
func (d *Desk) enlist(ctx context.Context, a contest.Actor, e Event, l Enlistment) ([]Registration, error) {
	switch {
	case len(l.Drafts) == 0:
		return nil, fault.New(fault.Refused, "registration.empty_list")
	case len(l.Drafts) > MaxRows:
		return nil, fault.New(fault.TooLarge, "registration.too_many_rows", fault.At("registrations", "registration.too_many_rows", strconv.Itoa(MaxRows)))
	}
	t, err := d.termsOf(ctx, e)
	if err != nil {
		return nil, err
	}
	if err := t.Terms.open(d.Now()); err != nil {
		return nil, err
	}
	list, err := d.Events.ListUnits(ctx, e.Contest)
	if err != nil {
		return nil, err
	}
	known, status := unitsOf(list), Submitted
	if l.IsDraft {
		status = Drafted
	}
	var made []Registration
	var wrong []fault.Field
	seen := map[idnumber.ID]bool{}
	for i, draft := range l.Drafts {
		r := d.fresh(e, UnitDoor, a.Who())
		if r.Status = status; status == Submitted {
			r.SubmittedAt = r.CreatedAt
		}
		found, err := d.row(ctx, a, &r, draft, t, known, l.place(i), seen)
		if err != nil {
			return nil, err
		}
		wrong, made = append(wrong, found...), append(made, r)
	}
	switch {
	case wrong != nil:
		return made, fault.New(fault.Refused, "registration.invalid", wrong...)
	case l.IsPreview:
		return made, errUndo
	}
	return made, nil
}

// row writes one row of a list, or tells what is wrong with it.
func (d *Desk) row(ctx context.Context, a contest.Actor, r *Registration, in Draft, t TermsVersion, u units, at place, seen map[idnumber.ID]bool) ([]fault.Field, error) {
	c := &checker{at: at, today: d.today(), units: u}
	c.fill(r, in, t, d.now())
	if c.fields == nil {
		c.ask(*r, t.Terms)
	}
	switch {
	case r.IDNumber.IsZero():
		return c.fields, nil
	case seen[r.IDNumber]: // the row before may not be stored, being faulty itself
		c.add("id_number", "registration.twice", "")
		return c.fields, nil
	}
	seen[r.IDNumber] = true
	found, err := d.admit(ctx, r, t.Terms, at)
	if c.fields = append(c.fields, found...); err != nil || c.fields != nil {
		return c.fields, err
	}
	if err := d.keep(ctx, a, *r, "", r.Status, "registrations.enlisted"); err != nil {
		return nil, err
	}
	r.Version = 1
	return nil, nil
}

// errUndo rolls a preview back.
var errUndo = fault.New(fault.Internal, "server.internal")

func undone(err error) error {
	if err == errUndo { //nolint:errorlint // this very value: its code is everybody's
		return nil
	}
	return err
}

// Change fills a draft or a returned application anew and submits it, by staff.
// version is the one that was read; Stale registration.changed.
func (d *Desk) Change(ctx context.Context, a contest.Actor, id contest.ID, version int, in Draft) (View, error) {
	var v View
	err := d.Work.Do(ctx, func(ctx context.Context) error {
		r, err := d.Store.LockRegistration(ctx, id)
		if err != nil {
			return err
		}
		if _, err := d.eventToWrite(ctx, a, r.Event); err != nil {
			return missing(err)
		}
		switch {
		case r.Version != version:
			return fault.New(fault.Stale, "registration.changed")
		case !slices.Contains([]Status{Drafted, Returned}, r.Status):
			return stepRefused(string(r.Status))
		}
		again, err := d.correct(ctx, a, r, in)
		if err != nil {
			return err
		}
		v, err = d.view(ctx, again)
		return err
	})
	return v, err
}
