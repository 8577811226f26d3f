package registration

import (
	"context"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/registration/idnumber"
)

// MaxReveals is how many whole numbers one account may see in RevealSpan.
const (
	MaxReveals = 20
	RevealSpan = time.Hour
)

// Disclosure is that somebody saw a person's whole number (查看证件号码).
type Disclosure struct {
	Registration contest.ID
	By           contest.ID
	At           time.Time
	Reason       string
}

// Revealed is what was shown, once, to who asked for it.
type Revealed struct {
	IDNumber idnumber.ID
	Phone    idnumber.Phone
	At       time.Time
	Left     int // how many more the account may see now
}

// revealers are whose work needs a number: insurance and certificates are the
// office's and the host's. Who runs the machine or watches the contest sees none,
// unless he holds such a role as well.
var revealers = []contest.Role{contest.Organiser, contest.HostSecretary}

// Reveal shows the whole numbers of one application that takes a place. Forbidden
// registration.reveal_forbidden for other roles; Refused registration.reason;
// Busy registration.reveal_too_many after MaxReveals in RevealSpan, counted in the
// database, so that a restart forgets nothing. Every reveal, and every one that
// was one too many, is in the audit with its reason.
func (d *Desk) Reveal(ctx context.Context, a contest.Actor, id contest.ID, reason string) (Revealed, error) {
	r, err := d.Store.FindRegistration(ctx, id)
	if err != nil {
		return Revealed{}, err
	}
	if _, err := d.eventFor(ctx, a, r.Event); err != nil {
		return Revealed{}, missing(err)
	}
	reason = cleanReason(reason)
	switch {
	case !a.Has(r.Contest, r.Event, revealers...):
		return Revealed{}, fault.New(fault.Forbidden, "registration.reveal_forbidden")
	case reason == "":
		return Revealed{}, fault.New(fault.Refused, "registration.reason", fault.At("/reason", "registration.reason", ""))
	case !r.Status.Standing():
		return Revealed{}, stepRefused(string(r.Status))
	}
	out := Revealed{IDNumber: r.IDNumber, Phone: r.Phone, At: d.now()}
	what := "registrations.revealed"
	err = d.Work.Do(ctx, func(ctx context.Context) error {
		if err := d.Store.HoldDisclosures(ctx, a.Who()); err != nil {
			return err
		}
		// Two who look at one application at once write one after the other.
		if _, err := d.Store.LockRegistration(ctx, id); err != nil {
			return err
		}
		seen, err := d.Store.CountDisclosures(ctx, a.Who(), out.At.Add(-RevealSpan))
		if err != nil {
			return err
		}
		if out.Left = MaxReveals - seen - 1; out.Left < 0 {
			what = "registrations.reveal_refused"
		} else if err := d.Store.AppendDisclosure(ctx, Disclosure{r.ID, a.Who(), out.At, reason}); err != nil {
			return err
		}
		return d.Audit.Record(ctx, a, what, "registration/"+r.ID.String(), map[string]string{"event": r.Event.String(), "reason": reason})
	})
	if err == nil && out.Left < 0 {
		busy := fault.New(fault.Busy, "registration.reveal_too_many")
		busy.RetryAfter = int(RevealSpan / time.Second / MaxReveals)
		err = busy
	}
	if err != nil {
		return Revealed{}, err
	}
	return out, nil
}
