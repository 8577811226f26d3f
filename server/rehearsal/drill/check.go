package drill

import (
	"context"
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
	return at, nil
}

// quiet refuses a server on which a real contest is being marked now: its judges
// would feel it.
func (r *run) quiet(ctx context.Context) error {
	for offset := 0; ; {
		var page struct {
			Events []struct {
				Kind        contest.Kind
				Phase       string
				Trade       string
				ContestName string `json:"contest_name"`
			}
			Total int
		}
		path := "/api/v1/public/events?limit=500&offset=" + strconv.Itoa(offset)
		if err := r.Staff.As("").Do(ctx, http.MethodGet, path, nil, &page); err != nil {
			return err
		}
		for _, e := range page.Events {
			if e.Kind == contest.Real && e.Phase == "running" {
				return fault.New(fault.Refused, "rehearse.marking", fault.At(e.Trade, "rehearse.marking", e.ContestName))
			}
		}
		if offset += len(page.Events); len(page.Events) == 0 || offset >= page.Total {
			return nil
		}
	}
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
	for offset := 0; ; {
		var page struct {
			Contests []Contest
			Total    int
		}
		if err := r.Staff.Do(ctx, http.MethodGet, "/api/v1/contests?limit=500&offset="+strconv.Itoa(offset), nil, &page); err != nil {
			return Contest{}, err
		}
		for _, c := range page.Contests {
			if c.ID == name || c.Code == name {
				return c, nil
			}
		}
		if offset += len(page.Contests); len(page.Contests) == 0 || offset >= page.Total {
			return Contest{}, fault.New(fault.Missing, "rehearse.no_contest", fault.At("--contest", "rehearse.no_contest", name))
		}
	}
}

// waiting lists the contest's events that are marked on tablets and not yet open,
// as many as the judges need.
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
		var now struct{ Phase string }
		if err := r.Staff.Do(ctx, http.MethodGet, "/api/v1/events/"+e.ID+"/progress", nil, &now); err != nil {
			return nil, err
		}
		if e.Depth != "tablet" || now.Phase != "waiting" {
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
