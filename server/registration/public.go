package registration

import (
	"context"
	"slices"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Call is what everybody may know of an event's registration (报名通知).
type Call struct {
	Event  Event
	Terms  Terms
	IsOpen bool
	Units  []contest.Unit // to choose from
}

// Call tells of an event's registration. Missing where the event is not public or
// takes no applications by the form.
func (d *Desk) Call(ctx context.Context, event contest.ID) (Call, error) {
	e, t, err := d.publicEvent(ctx, event)
	if err != nil {
		return Call{}, err
	}
	list, err := d.Events.ListUnits(ctx, e.Contest)
	return Call{Event: e, Terms: t.Terms, IsOpen: t.Terms.open(d.Now()) == nil, Units: list}, err
}

// Calls are the calls that are open or will open, the first to close first, of
// events that everybody may see. Their units are left out.
func (d *Desk) Calls(ctx context.Context) ([]Call, error) {
	list, err := d.Events.ListEvents(ctx)
	if err != nil {
		return nil, err
	}
	var scopes []contest.ID
	for _, e := range list {
		if e.IsVisible {
			scopes = append(scopes, e.ID, e.Contest)
		}
	}
	terms, err := d.Store.NewestTerms(ctx, scopes...)
	if err != nil {
		return nil, err
	}
	var out []Call
	for _, e := range list {
		t, ok := terms[e.ID]
		if !ok {
			t, ok = terms[e.Contest]
		}
		if ok && e.IsVisible && t.Terms.IsPublic && d.Now().Before(t.Terms.ClosesAt) {
			out = append(out, Call{Event: e, Terms: t.Terms, IsOpen: t.Terms.open(d.Now()) == nil})
		}
	}
	slices.SortStableFunc(out, func(x, y Call) int { return x.Terms.ClosesAt.Compare(y.Terms.ClosesAt) })
	return out, nil
}

func (d *Desk) publicEvent(ctx context.Context, event contest.ID) (Event, TermsVersion, error) {
	missing := fault.New(fault.Missing, "registration.event_missing")
	e, err := d.Events.FindEvent(ctx, event)
	if err != nil && fault.Of(err).Kind != fault.Missing {
		return Event{}, TermsVersion{}, err
	}
	if err != nil || !e.IsVisible {
		return Event{}, TermsVersion{}, missing
	}
	t, err := d.termsOf(ctx, e)
	if fault.Code(err) == "registration.not_open" || err == nil && !t.Terms.IsPublic {
		return Event{}, TermsVersion{}, missing
	}
	return e, t, err
}

// Register takes a person's own application at the public form. from is the
// client's address. Refused registration.invalid with all that is wrong; Stale
// registration.duplicate, registration.limit_person, registration.limit_unit;
// Closed outside of the terms' time; Busy for an address that sends too many.
func (d *Desk) Register(ctx context.Context, from string, event contest.ID, in Draft) (Receipt, error) {
	if _, err := d.forms.take(addressKey(from), d.Now()); err != nil {
		return Receipt{}, err
	}
	e, t, err := d.publicEvent(ctx, event)
	if err != nil {
		return Receipt{}, err
	}
	if err := t.Terms.open(d.Now()); err != nil {
		return Receipt{}, err
	}
	list, err := d.Events.ListUnits(ctx, e.Contest)
	if err != nil {
		return Receipt{}, err
	}
	made, receipt := d.fresh(e, PersonDoor, contest.ID{}), newReceipt()
	made.Number, made.Secret, made.Status, made.SubmittedAt = receipt.Number, hashOf(receipt.Secret), Submitted, made.CreatedAt
	if err := d.read(&made, in, t, unitsOf(list)); err != nil {
		return Receipt{}, err
	}
	// That somebody is registered already is an answer about them: it is rationed.
	back, err := d.lookups.take("address "+addressKey(from), d.Now())
	if err != nil {
		return Receipt{}, err
	}
	err = d.Work.Do(ctx, func(ctx context.Context) error {
		kept := made
		if err := single(d.admit(ctx, &kept, t.Terms, inDocument)); err != nil {
			return err
		}
		return d.keep(ctx, contest.Actor{}, kept, "", Submitted, "registrations.received")
	})
	if code := fault.Code(err); code != "registration.duplicate" && code != "registration.limit_person" {
		back()
	}
	if err != nil {
		return Receipt{}, err
	}
	return receipt, nil
}

// fresh is a new application without a person yet.
func (d *Desk) fresh(e Event, door Door, by contest.ID) Registration {
	now := d.now()
	return Registration{
		ID: newID(), Contest: e.Contest, Event: e.ID, Number: chance(numberLength), Door: door, Status: Drafted,
		CreatedBy: by, CreatedAt: now, ChangedAt: now,
	}
}

// inDocument places a field in the document that was sent.
func inDocument(field string) string { return "/" + field }

// read fills one application and answers with all that is wrong with it: first
// the fields, and once they can be read, the rules.
func (d *Desk) read(r *Registration, in Draft, t TermsVersion, u units) error {
	c := &checker{at: inDocument, today: d.today(), units: u}
	c.fill(r, in, t, d.now())
	code := "registration.invalid"
	if c.fields == nil {
		code = "registration.ineligible"
		c.ask(*r, t.Terms)
	}
	if c.fields != nil {
		return fault.New(fault.Refused, code, c.fields...)
	}
	return nil
}

// View is an application with what the rules find and the steps it went.
type View struct {
	Registration Registration
	Event        Event
	// CorrectUntil is until when it may be corrected once it is returned; zero
	// without terms.
	CorrectUntil time.Time
	Findings     []Finding
	Steps        []Step
	// Disclosures are who saw the whole number: the person may know it too.
	Disclosures []Disclosure
}

// Open shows an application to who holds its receipt.
func (d *Desk) Open(ctx context.Context, from string, given Receipt) (View, error) {
	var v View
	err := d.opened(ctx, from, given, func(ctx context.Context, r Registration) error {
		var err error
		v, err = d.view(ctx, r)
		return err
	})
	return v, err
}

func (d *Desk) view(ctx context.Context, r Registration) (View, error) {
	e, err := d.Events.FindEvent(ctx, r.Event)
	if err != nil {
		return View{}, err
	}
	v := View{Registration: r, Event: e}
	if v.Steps, err = d.Store.ListSteps(ctx, r.ID); err != nil {
		return View{}, err
	}
	if v.Disclosures, err = d.Store.ListDisclosures(ctx, r.ID); err != nil {
		return View{}, err
	}
	t, err := d.termsOf(ctx, e)
	if err == nil {
		v.CorrectUntil = t.Terms.CorrectsUntil()
		v.Findings = findings(r, t.Terms)
	} else if fault.Code(err) != "registration.not_open" {
		return View{}, err
	}
	return v, nil
}

// Correct sends a returned application again, by who holds its receipt.
// Refused registration.step where it was not returned; Closed
// registration.closed after the terms' last moment.
func (d *Desk) Correct(ctx context.Context, from string, given Receipt, in Draft) (View, error) {
	var v View
	err := d.opened(ctx, from, given, func(ctx context.Context, r Registration) error {
		if r.Status != Returned {
			return stepRefused(string(r.Status))
		}
		again, err := d.correct(ctx, contest.Actor{}, r, in)
		if err != nil {
			return err
		}
		v, err = d.view(ctx, again)
		return err
	})
	return v, err
}

// Withdraw ends an application that is not an entry yet, by who holds its
// receipt.
func (d *Desk) Withdraw(ctx context.Context, from string, given Receipt) (View, error) {
	var v View
	err := d.opened(ctx, from, given, func(ctx context.Context, r Registration) error {
		if r.Status == Approved || !r.Status.Standing() {
			return stepRefused(string(r.Status))
		}
		was := r.Status
		r.Status, r.Reason, r.ChangedAt = Withdrawn, "", d.now()
		if err := d.keep(ctx, contest.Actor{}, r, was, Withdrawn, "registrations.withdrawn"); err != nil {
			return err
		}
		r.Version++
		var err error
		v, err = d.view(ctx, r)
		return err
	})
	return v, err
}
