package drill

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strconv"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/rehearsal"
)

// event is an event with how many tablets can sit down.
type event struct {
	rehearsal.Event
	chairs int
}

// check refuses what must not be rehearsed, and writes nothing. It gives the
// contest that was asked for; none when one is to be made.
func (r *run) check(ctx context.Context) (Contest, error) {
	if err := r.quiet(ctx); err != nil {
		return Contest{}, err
	}
	if r.Contest == "" {
		return Contest{}, r.mayMake(ctx)
	}
	at, err := r.find(ctx, r.Contest)
	if err != nil {
		return Contest{}, err
	}
	if contest.Kind(at.Kind) != contest.Rehearsal && contest.Kind(at.Kind) != contest.Demo {
		return Contest{}, fault.New(fault.Refused, "rehearse.real", fault.At("--contest", "rehearse.real", at.Name))
	}
	if r.events, err = r.waiting(ctx, at.ID); err != nil {
		return Contest{}, err
	}
	seats := 0
	for _, e := range r.events {
		seats += e.chairs
	}
	if seats < r.Judges {
		return Contest{}, fault.New(fault.Refused, "rehearse.seats", fault.At("--judges", "rehearse.seats", strconv.Itoa(seats)))
	}
	// A tablet that was paired before and stays silent would hold up the lock: panels sit
	// down whole.
	r.Judges = seats
	return at, nil
}

// quiet refuses a server on which a real contest is being marked now: its judges
// would feel it. It asks what everybody sees, and of what the staff sees every
// event, for the public's list may be some seconds old, and a contest hidden.
func (r *run) quiet(ctx context.Context) error {
	err := r.pages(ctx, r.Staff.As(""), "/api/v1/public/events", func(page page) error {
		for _, e := range page.Events {
			if e.Kind == contest.Real && e.Phase == running {
				return marking(e.ContestName)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.pages(ctx, r.Staff, "/api/v1/contests", func(page page) error {
		for _, c := range page.Contests {
			if contest.Kind(c.Kind) != contest.Real {
				continue
			}
			events, err := r.Staff.Events(ctx, c.ID)
			if err != nil {
				return err
			}
			for _, e := range events {
				if phase, err := r.phase(ctx, e.ID); err != nil || phase == running {
					return cmp.Or(err, marking(c.Name))
				}
			}
		}
		return nil
	})
}

const running = "running"

func marking(name string) error {
	return fault.New(fault.Refused, "rehearse.marking", fault.At("--against", "rehearse.marking", name))
}

// page is one answer of a list.
type page struct {
	Contests []Contest
	Events   []struct {
		Kind        contest.Kind
		Phase       string
		ContestName string `json:"contest_name"`
	}
	Total int
}

// pages reads a list to its end.
func (r *run) pages(ctx context.Context, as *rehearsal.Client, path string, look func(page) error) error {
	for offset := 0; ; {
		var p page
		if err := as.Do(ctx, http.MethodGet, path+"?limit=500&offset="+strconv.Itoa(offset), nil, &p); err != nil {
			return err
		}
		if err := look(p); err != nil {
			return err
		}
		n := len(p.Contests) + len(p.Events)
		if offset += n; n == 0 || offset >= p.Total {
			return nil
		}
	}
}

// phase is how far an event is.
func (r *run) phase(ctx context.Context, event string) (string, error) {
	var now struct{ Phase string }
	err := r.Staff.Do(ctx, http.MethodGet, "/api/v1/events/"+event+"/progress", nil, &now)
	return now.Phase, err
}

// mayMake refuses who may not have a contest made.
func (r *run) mayMake(ctx context.Context) error {
	var me struct {
		Account struct{ Grants []struct{ Role contest.Role } }
	}
	if err := r.Staff.Do(ctx, http.MethodGet, "/api/v1/sessions/current", nil, &me); err != nil {
		return err
	}
	for _, g := range me.Account.Grants {
		if g.Role == contest.Administrator {
			return nil
		}
	}
	return fault.New(fault.Forbidden, "rehearse.forbidden")
}

// find gives a contest by id or code.
func (r *run) find(ctx context.Context, name string) (Contest, error) {
	var found Contest
	err := r.pages(ctx, r.Staff, "/api/v1/contests", func(page page) error {
		for _, c := range page.Contests {
			if c.ID == name || c.Code == name {
				found = c
			}
		}
		return nil
	})
	if err == nil && found.ID == "" {
		err = fault.New(fault.Missing, "rehearse.no_contest", fault.At("--contest", "rehearse.no_contest", name))
	}
	return found, err
}

// waiting lists the contest's events that are marked on tablets, wait, and can be
// rehearsed, as many as the judges need.
func (r *run) waiting(ctx context.Context, id string) ([]event, error) {
	list, err := r.Staff.Events(ctx, id)
	if err != nil {
		return nil, err
	}
	var out []event
	seats := 0
	for _, e := range list {
		if seats >= r.Judges {
			break
		}
		phase, err := r.phase(ctx, e.ID)
		if err != nil {
			return nil, err
		}
		if e.Depth != "tablet" || phase != "waiting" {
			continue
		}
		plain, err := r.isPlain(ctx, e)
		if err != nil {
			return nil, err
		}
		if !plain {
			continue
		}
		var at struct{ Chairs []struct{} }
		if err := r.Staff.Do(ctx, http.MethodGet, "/api/v1/events/"+e.ID+"/chairs", nil, &at); err != nil {
			return nil, err
		}
		out = append(out, event{e, len(at.Chairs)})
		seats += len(at.Chairs)
	}
	return out, nil
}

// isPlain says whether an event can be opened as it is, and its ledger be read when
// it is locked: nothing is drawn before, and nothing is sealed afterwards.
func (r *run) isPlain(ctx context.Context, e rehearsal.Event) (bool, error) {
	if e.Chain == "full" {
		return false, nil
	}
	var scheme struct{ Seated, Coded bool }
	err := r.Staff.Do(ctx, http.MethodGet, "/api/v1/events/"+e.ID+"/scheme", nil, &scheme)
	var p *rehearsal.Problem
	if errors.As(err, &p) && p.Status == http.StatusNotFound { // it has none yet
		return false, nil
	}
	return err == nil && !scheme.Seated && !scheme.Coded, err
}
