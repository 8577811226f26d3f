package recusal

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"jiangtai/server/blind"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Desk (回避申报) is the door of ties. It is safe for concurrent use.
type Desk struct{ cfg Config }

// New makes a desk.
func New(cfg Config) *Desk { return &Desk{cfg} }

var (
	// Who declares; they know names and no labels.
	declarers = []contest.Role{contest.HostSecretary, contest.Organiser, contest.Supervisor}
	// Who may ask at all, and sees pairs once labels are open.
	viewers = append(slices.Clone(declarers), contest.ChiefJudge, contest.Administrator)
	// Who stands in as the second person.
	seconds     = []contest.Role{contest.Supervisor, contest.Organiser, contest.Administrator}
	chiefs      = []contest.Role{contest.ChiefJudge}
	supervisors = []contest.Role{contest.Supervisor}
)

func missing() error    { return fault.New(fault.Missing, "blind.missing") }
func forbidden() error  { return fault.New(fault.Forbidden, "blind.forbidden") }
func twoPersons() error { return fault.New(fault.Forbidden, "blind.two_persons") }

func refused(at, code string) error {
	return fault.New(fault.Refused, code, fault.At(at, code, ""))
}

// Event is an event as it stands for the desk.
type event struct {
	blind.Event
	stage   Stage
	entries []contest.Entry
	chairs  []contest.Chair
	ties    []Tie
}

// find finds an event for who may ask of it; nobody else learns that it is there.
func (d *Desk) find(ctx context.Context, a contest.Actor, id contest.ID, roles []contest.Role) (blind.Event, error) {
	e, err := d.cfg.Events.FindEvent(ctx, id)
	if err != nil && fault.Of(err).Kind != fault.Missing {
		return blind.Event{}, err
	}
	if err != nil || !a.Has(e.Contest, e.ID, viewers...) {
		return blind.Event{}, missing()
	}
	if !a.Has(e.Contest, e.ID, roles...) {
		return blind.Event{}, forbidden()
	}
	return e, nil
}

// stage is what may be done about an event's ties now.
func (d *Desk) stage(ctx context.Context, e blind.Event) (Stage, error) {
	seats, codes, err := d.cfg.Draws.Drawn(ctx, e.ID)
	if err != nil {
		return "", err
	}
	_, official, err := d.cfg.Judging.Standings(ctx, e.ID, nil)
	return stage(e, seats || codes, official), err
}

// read fills an event with what the desk knows of it.
func (d *Desk) read(ctx context.Context, e blind.Event, list func(context.Context, contest.ID) ([]contest.Entry, error)) (*event, error) {
	ev := &event{Event: e}
	var err error
	if ev.entries, err = list(ctx, e.ID); err != nil {
		return nil, err
	}
	if ev.chairs, err = d.cfg.Chairs.Chairs(ctx, e.ID); err != nil {
		return nil, err
	}
	ev.ties, err = d.cfg.Store.ListTies(ctx, e.ID)
	return ev, err
}

// work runs a use case of who declares, while ties may be declared and nobody can
// begin a draw.
func (d *Desk) work(ctx context.Context, a contest.Actor, id contest.ID, what string, fn func(ctx context.Context, ev *event) (map[string]string, error)) error {
	e, err := d.find(ctx, a, id, declarers)
	if err != nil {
		return err
	}
	return d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		ev, err := d.read(ctx, e, d.cfg.Entries.Lock)
		if err != nil {
			return err
		}
		// Again under the lock: a draw may have begun meanwhile.
		if ev.Event, err = d.cfg.Events.FindEvent(ctx, id); err != nil {
			return err
		}
		if ev.stage, err = d.stage(ctx, ev.Event); err != nil {
			return err
		}
		if ev.stage != Declaring {
			return fault.New(fault.Closed, "blind.ties_sealed")
		}
		detail, err := fn(ctx, ev)
		if err != nil {
			return err
		}
		return d.cfg.Audit.Record(ctx, a, what, "event/"+id.String(), detail)
	})
}

// second verifies the second person: another one, of one of the roles.
func (d *Desk) second(ctx context.Context, a contest.Actor, e blind.Event, s blind.Second, roles []contest.Role) (Person, error) {
	if s.User == "" {
		return Person{}, twoPersons()
	}
	two, err := d.cfg.Seconds.Second(ctx, s.User, s.Password)
	if err != nil {
		return Person{}, err
	}
	if two.Who() == a.Who() || !two.Has(e.Contest, e.ID, roles...) {
		return Person{}, twoPersons()
	}
	return person(two), nil
}

func person(a contest.Actor) Person { return Person{a.Who(), a.Name} }

// tie finds one that holds.
func (ev *event) tie(id contest.ID) (Tie, error) {
	i := slices.IndexFunc(ev.ties, func(t Tie) bool { return t.ID == id && t.Withdrawn == nil })
	if i < 0 {
		return Tie{}, fault.New(fault.Missing, "blind.tie_missing")
	}
	return ev.ties[i], nil
}

const (
	maxReason = 300
	maxName   = 60
)

// said checks a text that somebody typed: showable, not empty, not too long.
func said(at, text string, limit int) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "", refused(at, "blind.empty")
	case utf8.RuneCountInString(text) > limit:
		return "", refused(at, "blind.too_long")
	case !utf8.ValidString(text), strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }):
		return "", refused(at, "blind.not_showable")
	}
	return text, nil
}

// now is in the precision of the database, so that a time read back is equal.
func (d *Desk) now() time.Time { return d.cfg.Now().UTC().Truncate(time.Microsecond) }

func newID() contest.ID { return contest.ID(uuid.Must(uuid.NewV7())) }
