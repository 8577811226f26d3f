package plan

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// The longest texts, in characters.
const (
	maxReason = 500
	maxNote   = 2000
	maxNumber = 60
)

// The bounds of what is planned.
const (
	minYear, maxYear = 2000, 2100
	maxBudget        = 1_000_000_000
)

// Change is what somebody wants of an event's plans; nil leaves. A ReturnBy of ""
// takes the date away.
type Change struct {
	Version  int
	Year     *int
	IsListed *bool
	Class    *string
	Month    *int
	Budget   *int
	ReturnBy *string
	Note     *string
	Reason   string // needed once the event was applied for
}

// Change edits what an event is planned as. Its host while it puts the
// application together, and of the office's own only the class it applies for,
// month, budget and note; organisers until the result is accepted, with a reason
// once it was applied for. Stale plan.changed when somebody was first.
func (d *Desk) Change(ctx context.Context, a contest.Actor, id contest.ID, ch Change) (View, error) {
	var out View
	err := d.Work.Do(ctx, func(ctx context.Context) error {
		e, f, err := d.toWrite(ctx, a, id, ch.Version)
		if err != nil {
			return err
		}
		if err := mayChange(a, e, f, ch); err != nil {
			return err
		}
		was := f.Plans
		if wrong := d.apply(&f.Plans, ch); wrong != nil {
			return fault.New(fault.Refused, "plan.invalid", wrong...)
		}
		detail := differences(was, f.Plans)
		if len(detail) == 0 {
			out, err = d.view(ctx, a, e)
			return err
		}
		if err := d.save(ctx, a, f, "change", f.State, strings.TrimSpace(ch.Reason), detail); err != nil {
			return err
		}
		out, err = d.view(ctx, a, e)
		return err
	})
	return out, err
}

// toWrite finds an event and its filing for a change at a version, by who may
// write there.
func (d *Desk) toWrite(ctx context.Context, a contest.Actor, id contest.ID, version int) (Event, Filing, error) {
	e, err := d.eventFor(ctx, a, id)
	if err != nil {
		return e, Filing{}, err
	}
	if !mayWrite(a, e) {
		return e, Filing{}, forbidden()
	}
	if err := d.Store.HoldFiling(ctx, id); err != nil {
		return e, Filing{}, err
	}
	f, err := d.filingOf(ctx, e)
	if err == nil && f.Version != version {
		err = fault.New(fault.Stale, "plan.changed")
	}
	return e, f, err
}

// isOpen says that the application is being put together.
func (f Filing) isOpen() bool { return f.State == Planned || f.State == Returned }

func mayChange(a contest.Actor, e Event, f Filing, ch Change) error {
	decides := mayDecide(a, e)
	switch {
	case f.State == Accepted || f.State == Cancelled:
		return stepRefused(f.State)
	case !f.isOpen() && !decides:
		return stepRefused(f.State)
	case !decides && (ch.Year != nil || ch.IsListed != nil || ch.ReturnBy != nil):
		return forbidden() // the office's own
	case !f.isOpen() && strings.TrimSpace(ch.Reason) == "":
		return refused("/reason", "plan.empty", "")
	}
	return nil
}

// stepRefused says that a filing is not where the act begins.
func stepRefused(at State) error {
	return fault.New(fault.Refused, "plan.step", fault.At("", "plan.step", string(at)))
}

// apply puts a change onto plans and says what is wrong with it.
func (d *Desk) apply(p *Plans, ch Change) []fault.Field {
	var wrong []fault.Field
	number := func(path string, from *int, to *int, low, high int) {
		if from == nil {
			return
		}
		if *from < low || *from > high {
			wrong = append(wrong, fault.At(path, "plan.number_wrong", strconv.Itoa(low)+"–"+strconv.Itoa(high)))
			return
		}
		*to = *from
	}
	number("/year", ch.Year, &p.Year, minYear, maxYear)
	number("/month", ch.Month, &p.Month, 0, 12)
	number("/budget", ch.Budget, &p.Budget, 0, maxBudget)
	if ch.IsListed != nil {
		p.IsListed = *ch.IsListed
	}
	if ch.Class != nil {
		if *ch.Class != "" && !d.hasClass(*ch.Class) {
			wrong = append(wrong, fault.At("/class", "plan.class_unknown", strings.Join(append(slices.Clone(d.Classes), NoClass), ", ")))
		}
		p.Class = *ch.Class
	}
	if ch.ReturnBy != nil {
		day, ok := dateOf(*ch.ReturnBy)
		if !ok {
			wrong = append(wrong, fault.At("/return_by", "plan.date_wrong", *ch.ReturnBy))
		}
		p.ReturnBy = day
	}
	if ch.Note != nil {
		p.Note = strings.TrimSpace(*ch.Note)
		wrong = append(wrong, tooLong("/note", p.Note, maxNote)...)
	}
	return append(wrong, tooLong("/reason", ch.Reason, maxReason)...)
}

func tooLong(path, s string, most int) []fault.Field {
	if utf8.RuneCountInString(s) <= most {
		return nil
	}
	return []fault.Field{fault.At(path, "plan.too_long", strconv.Itoa(most))}
}

// dateOf reads 2026-05-18; "" is the zero time.
func dateOf(s string) (time.Time, bool) {
	if s == "" {
		return time.Time{}, true
	}
	t, err := time.Parse(time.DateOnly, s)
	return t, err == nil && t.Year() >= minYear && t.Year() <= maxYear
}

// dayText is 2026-05-18, "" for none.
func dayText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// differences are what changed, by field, as the step keeps it: the new values.
func differences(was, is Plans) map[string]string {
	out := map[string]string{}
	note := func(field, before, after string) {
		if before != after {
			out[field] = after
		}
	}
	note("year", strconv.Itoa(was.Year), strconv.Itoa(is.Year))
	note("listed", strconv.FormatBool(was.IsListed), strconv.FormatBool(is.IsListed))
	note("class", was.Class, is.Class)
	note("month", strconv.Itoa(was.Month), strconv.Itoa(is.Month))
	note("budget", strconv.Itoa(was.Budget), strconv.Itoa(is.Budget))
	note("return_by", dayText(was.ReturnBy), dayText(is.ReturnBy))
	note("note", was.Note, is.Note)
	return out
}

// save writes a filing with the step that led to it, and the audit.
func (d *Desk) save(ctx context.Context, a contest.Actor, f Filing, act string, from State, reason string, detail map[string]string) error {
	if err := d.Store.SaveFiling(ctx, f); err != nil {
		return err
	}
	err := d.Store.AppendStep(ctx, Step{
		Event: f.Event, At: d.now(), By: a.Who(), ByName: a.Name, Act: act, From: from, To: f.State, Reason: reason, Detail: detail,
	})
	if err != nil {
		return err
	}
	noted := map[string]string{"from": string(from), "to": string(f.State)}
	for k, v := range detail {
		if k != "note" {
			noted[k] = v
		}
	}
	if reason != "" {
		noted["reason"] = reason
	}
	return d.Audit.Record(ctx, a, "plan."+act, "event/"+f.Event.String(), noted)
}
