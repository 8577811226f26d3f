package registration

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/registration/eligibility"
)

// Rung is a step of the approval ladder (审核层级).
type Rung string

// The rungs, in their order.
const (
	HostRung   Rung = "host"
	OfficeRung Rung = "office"
)

// Terms are who may apply, when and how (报名通知).
type Terms struct {
	OpensAt  time.Time `json:"opens_at"`
	ClosesAt time.Time `json:"closes_at"`
	// CorrectUntil is until when a returned application may be corrected; zero is
	// ClosesAt.
	CorrectUntil time.Time `json:"correct_until,omitzero"`
	// IsPublic opens the form for everybody; otherwise units' lists only.
	IsPublic bool   `json:"is_public"`
	Ladder   []Rung `json:"ladder"`
	// EventsPerPerson is in how many events of the contest one person may stand.
	EventsPerPerson int `json:"events_per_person"`
	// PerUnit is how many of one unit may stand in the event; 0 is any number.
	PerUnit int                `json:"per_unit"`
	Notice  Notice             `json:"notice"`
	Rules   []eligibility.Rule `json:"rules"`
}

// Notice is what people are told about the use of their data (个人信息告知书).
type Notice struct {
	Version string `json:"version"`
	Text    string `json:"text"`
}

// TermsVersion is one version of the terms of an event or a contest. Versions
// are 1 and up without holes.
type TermsVersion struct {
	Scope   contest.ID
	Version int
	Terms   Terms
	Reason  string
	By      contest.ID
	At      time.Time
}

const maxNotice = 20_000

// check tells all that is wrong with terms.
func (t Terms) check() error {
	var fields []fault.Field
	wrong := func(is bool, at, code, hint string) {
		if is {
			fields = append(fields, fault.At(at, code, hint))
		}
	}
	wrong(t.OpensAt.IsZero(), "/opens_at", "registration.empty", "")
	wrong(t.ClosesAt.IsZero(), "/closes_at", "registration.empty", "")
	wrong(!t.ClosesAt.After(t.OpensAt), "/closes_at", "registration.dates_reversed", cityTime(t.OpensAt))
	wrong(!t.CorrectUntil.IsZero() && t.CorrectUntil.Before(t.ClosesAt), "/correct_until", "registration.dates_reversed", cityTime(t.ClosesAt))
	ladder := slices.Equal(t.Ladder, []Rung{HostRung, OfficeRung}) || slices.Equal(t.Ladder, []Rung{OfficeRung})
	wrong(!ladder, "/ladder", "registration.not_one_of", "host, office; office")
	wrong(t.EventsPerPerson < 1 || t.EventsPerPerson > 100, "/events_per_person", "registration.bounds", "1…100")
	wrong(t.PerUnit < 0 || t.PerUnit > 10_000, "/per_unit", "registration.bounds", "0…10000")
	wrong(strings.TrimSpace(t.Notice.Version) == "" || len(t.Notice.Version) > 40, "/notice/version", "registration.bounds", "1…40")
	wrong(strings.TrimSpace(t.Notice.Text) == "", "/notice/text", "registration.empty", "")
	wrong(utf8.RuneCountInString(t.Notice.Text) > maxNotice, "/notice/text", "registration.too_long", strconv.Itoa(maxNotice))
	for _, f := range eligibility.Check(t.Rules) {
		wrong(true, "/rules/"+strconv.Itoa(f.Index)+"/"+f.Field, "registration.rule_wrong", f.Hint)
	}
	if fields != nil {
		return fault.New(fault.Refused, "registration.terms_invalid", fields...)
	}
	return nil
}

// cityTime is a moment on the clocks of the city, as people read it.
func cityTime(at time.Time) string { return at.In(contest.Zone).Format("2006-01-02 15:04") }

// CorrectsUntil is the last moment of corrections.
func (t Terms) CorrectsUntil() time.Time {
	if t.CorrectUntil.IsZero() {
		return t.ClosesAt
	}
	return t.CorrectUntil
}

// open is nil while applications are taken.
func (t Terms) open(now time.Time) error {
	switch {
	case now.Before(t.OpensAt):
		return fault.New(fault.Closed, "registration.not_open", fault.At("opens_at", "registration.not_open", cityTime(t.OpensAt)))
	case !now.Before(t.ClosesAt):
		return fault.New(fault.Closed, "registration.closed", fault.At("closes_at", "registration.closed", cityTime(t.ClosesAt)))
	}
	return nil
}

// termsOf are the terms in force for an event: its own, else its contest's.
// Closed registration.not_open where nobody has written any.
func (d *Desk) termsOf(ctx context.Context, e Event) (TermsVersion, error) {
	all, err := d.Store.NewestTerms(ctx, e.ID, e.Contest)
	if err != nil {
		return TermsVersion{}, err
	}
	for _, scope := range []contest.ID{e.ID, e.Contest} {
		if t, ok := all[scope]; ok {
			return t, nil
		}
	}
	return TermsVersion{}, fault.New(fault.Closed, "registration.not_open")
}

// EventTerms are the terms in force for an event, for those who see its
// applications.
func (d *Desk) EventTerms(ctx context.Context, a contest.Actor, event contest.ID) (TermsVersion, error) {
	e, err := d.eventFor(ctx, a, event)
	if err != nil {
		return TermsVersion{}, err
	}
	t, err := d.termsOf(ctx, e)
	if fault.Code(err) == "registration.not_open" {
		err = fault.New(fault.Missing, "registration.terms_missing")
	}
	return t, err
}

// ContestTerms are a contest's own terms, for its office.
func (d *Desk) ContestTerms(ctx context.Context, a contest.Actor, id contest.ID) (TermsVersion, error) {
	if err := d.contestFor(ctx, a, id); err != nil {
		return TermsVersion{}, err
	}
	all, err := d.Store.NewestTerms(ctx, id)
	if err != nil {
		return TermsVersion{}, err
	}
	t, ok := all[id]
	if !ok {
		return t, fault.New(fault.Missing, "registration.terms_missing")
	}
	return t, nil
}

// PutEventTerms writes a new version of an event's own terms, by the office.
func (d *Desk) PutEventTerms(ctx context.Context, a contest.Actor, event contest.ID, t Terms, reason string) (TermsVersion, error) {
	e, err := d.eventFor(ctx, a, event)
	if err != nil {
		return TermsVersion{}, err
	}
	if !a.Has(e.Contest, contest.ID{}, contest.Administrator, contest.Organiser) {
		return TermsVersion{}, forbidden()
	}
	return d.putTerms(ctx, a, event, "event/", t, reason)
}

// PutContestTerms writes a new version of a contest's terms, by the office.
func (d *Desk) PutContestTerms(ctx context.Context, a contest.Actor, id contest.ID, t Terms, reason string) (TermsVersion, error) {
	if err := d.contestFor(ctx, a, id); err != nil {
		return TermsVersion{}, err
	}
	return d.putTerms(ctx, a, id, "contest/", t, reason)
}

func (d *Desk) putTerms(ctx context.Context, a contest.Actor, scope contest.ID, kind string, t Terms, reason string) (TermsVersion, error) {
	if err := t.check(); err != nil {
		return TermsVersion{}, err
	}
	made := TermsVersion{Scope: scope, Terms: t, Reason: cleanReason(reason), By: a.Who(), At: d.now()}
	err := d.Work.Do(ctx, func(ctx context.Context) error {
		was, err := d.Store.NewestTerms(ctx, scope)
		if err != nil {
			return err
		}
		if made.Version = was[scope].Version + 1; made.Version > 1 && made.Reason == "" {
			return fault.New(fault.Refused, "registration.reason", fault.At("/reason", "registration.reason", ""))
		}
		if err := d.Store.AppendTerms(ctx, made); err != nil {
			return err
		}
		return d.Audit.Record(ctx, a, "registrations.terms", kind+scope.String(), map[string]string{"version": strconv.Itoa(made.Version)})
	})
	return made, err
}
