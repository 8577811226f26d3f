package calls

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Config is what the desk needs; all of it.
type Config struct {
	Store  Store
	Work   Work
	Events Events
	Audit  Audit
	Now    func() time.Time
}

// Desk is the door of this room. It is safe for concurrent use.
type Desk struct{ cfg Config }

// New makes a desk.
func New(cfg Config) *Desk { return &Desk{cfg} }

var (
	// Who works for an event and sees that somebody calls.
	staff = []contest.Role{
		contest.Administrator, contest.Organiser, contest.HostSecretary, contest.ChiefJudge, contest.Supervisor, contest.Clerk,
	}
	// Who answers.
	running = []contest.Role{contest.Administrator, contest.Organiser, contest.HostSecretary, contest.ChiefJudge}
)

// kept is how many calls a list holds: more than anybody scrolls through.
const kept = 200

func (d *Desk) now() time.Time { return d.cfg.Now().UTC().Truncate(time.Microsecond) }

// Make takes a call of a paired tablet and answers how it stands; a call that is
// known is answered again. Kinds: Missing for a work that the chair does not mark,
// Malformed, Refused, Stale.
func (d *Desk) Make(ctx context.Context, actor contest.Actor, c Call) (Call, error) {
	if actor.Device.IsZero() || actor.Chair == 0 {
		return Call{}, errRole
	}
	c.Event, c.Chair, c.Device, c.At, c.Said = actor.Event, actor.Chair, actor.Device, d.now(), nil
	c.ClientAt = c.ClientAt.UTC().Truncate(time.Millisecond)
	if err := read(&c); err != nil {
		return Call{}, err
	}
	if known, err := d.cfg.Store.FindCall(ctx, c.ID); err == nil {
		return same(known, c)
	} else if !errors.Is(err, errMissing) {
		return Call{}, err
	}
	if c.Work != "" {
		by, err := d.cfg.Events.Label(ctx, c.Event, c.Chair, c.Work)
		if err != nil {
			return Call{}, err
		}
		if by == "" {
			return Call{}, fault.New(fault.Missing, "calls.missing", fault.At("/work", "calls.no_such_work", ""))
		}
		c.WorkBy = by
	}
	err := d.cfg.Work.Do(ctx, func(ctx context.Context) error { return d.create(ctx, c) })
	return c, err
}

func (d *Desk) create(ctx context.Context, c Call) error {
	list, err := d.cfg.Store.ListCalls(ctx, c.Event, c.Chair, kept)
	if err != nil {
		return err
	}
	open := 0
	for i := range list {
		if !list[i].IsClosed() {
			open++
		}
	}
	if open >= MaxOpen {
		return fault.New(fault.Refused, "calls.too_many", fault.At("/call_id", "calls.too_many", strconv.Itoa(MaxOpen)))
	}
	return d.cfg.Store.CreateCall(ctx, c)
}

func read(c *Call) error {
	switch c.Words = strings.TrimSpace(c.Words); {
	case c.ID.IsZero():
		return malformed("/call_id", "calls.id")
	case !slices.Contains([]About{Help, Device, Dispute, Label}, c.About):
		return malformed("/about", "calls.about")
	case utf8.RuneCountInString(c.Words) > MaxWords:
		return fault.New(fault.Refused, "calls.words", fault.At("/text", "calls.words", strconv.Itoa(MaxWords)))
	case utf8.RuneCountInString(c.Work) > 20:
		return malformed("/work", "calls.no_such_work")
	}
	return nil
}

func malformed(path, code string) error {
	return fault.New(fault.Malformed, code, fault.At(path, code, ""))
}

// same answers a call again, if it is the one that is known.
func same(known, c Call) (Call, error) {
	if known.Event != c.Event || known.Chair != c.Chair {
		return Call{}, errMissing
	}
	if known.About != c.About || known.Work != c.Work || known.Words != c.Words {
		return Call{}, fault.New(fault.Refused, "calls.known")
	}
	return known, nil
}

// Own are a tablet's own chair's calls, the newest first.
func (d *Desk) Own(ctx context.Context, actor contest.Actor) ([]Call, error) {
	if actor.Device.IsZero() || actor.Chair == 0 {
		return nil, errRole
	}
	return d.cfg.Store.ListCalls(ctx, actor.Event, actor.Chair, 30)
}

// List are an event's calls for staff, the newest first, with the event's chairs.
// Labels that staff may not read now are left out.
func (d *Desk) List(ctx context.Context, actor contest.Actor, event contest.ID) ([]Call, Event, error) {
	e, err := d.event(ctx, actor, event, staff)
	if err != nil {
		return nil, e, err
	}
	list, err := d.cfg.Store.ListCalls(ctx, event, 0, kept)
	for i := range list {
		if list[i].WorkBy != e.ShownBy && e.ShownBy != "open" {
			list[i].Work = ""
		}
	}
	return list, e, err
}

func (d *Desk) event(ctx context.Context, actor contest.Actor, event contest.ID, roles []contest.Role) (Event, error) {
	if actor.IsPublic() || len(actor.Grants) == 0 {
		return Event{}, errMissing
	}
	e, err := d.cfg.Events.Event(ctx, event)
	switch {
	case err != nil && fault.Of(err).Kind == fault.Missing:
		return e, errMissing
	case err != nil:
		return e, err
	case !actor.Has(e.Contest, event, staff...):
		return e, errMissing
	case !actor.Has(e.Contest, event, roles...):
		return e, errRole
	}
	return e, nil
}

// Say answers a call, or closes it. Kinds: Missing, Forbidden by role, Refused
// without words or for a call that is over.
func (d *Desk) Say(ctx context.Context, actor contest.Actor, event, call contest.ID, s Said) error {
	if _, err := d.event(ctx, actor, event, running); err != nil {
		return err
	}
	return d.say(ctx, actor, call, s, func(c *Call) bool { return c.Event == event })
}

// TakeBack closes a tablet's own chair's call.
func (d *Desk) TakeBack(ctx context.Context, actor contest.Actor, call contest.ID) error {
	if actor.Device.IsZero() || actor.Chair == 0 {
		return errRole
	}
	own := func(c *Call) bool { return c.Event == actor.Event && c.Chair == actor.Chair }
	return d.say(ctx, actor, call, Said{Closes: true}, own)
}

func (d *Desk) say(ctx context.Context, actor contest.Actor, call contest.ID, s Said, isHis func(*Call) bool) error {
	s.Words = strings.TrimSpace(s.Words)
	switch {
	case utf8.RuneCountInString(s.Words) > MaxWords:
		return fault.New(fault.Refused, "calls.words", fault.At("/text", "calls.words", strconv.Itoa(MaxWords)))
	case !s.Closes && s.Words == "":
		return fault.New(fault.Refused, "calls.no_words", fault.At("/text", "calls.no_words", ""))
	}
	s.By, s.ByName, s.At = actor.Who(), actor.Name, d.now()
	return d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		c, err := d.cfg.Store.FindCall(ctx, call)
		switch {
		case err != nil:
			return err
		case !isHis(&c):
			return errMissing
		case c.IsClosed() && s.Closes && s.Words == "":
			return nil // it is over, as was asked
		case c.IsClosed():
			return fault.New(fault.Refused, "calls.closed")
		}
		s.Number = len(c.Said) + 1
		if err := d.cfg.Store.Say(ctx, call, s); err != nil || !actor.Device.IsZero() {
			return err
		}
		return d.cfg.Audit.Record(ctx, actor, "calls.said", c.Event.String(), map[string]string{
			"call": call.String(), "chair": strconv.Itoa(int(c.Chair)), "closes": strconv.FormatBool(s.Closes),
		})
	})
}

// ChairOf finds a chair of the event.
func (e *Event) ChairOf(n scoring.ChairID) contest.Chair {
	for _, c := range e.Chairs {
		if c.Number == n {
			return c
		}
	}
	return contest.Chair{Number: n}
}
