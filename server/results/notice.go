package results

import (
	"context"
	"strconv"
	"strings"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Notice (公示) is the public notice of a published result.
type Notice struct {
	Event    contest.ID
	Number   int       // 1 and up; the last one holds
	List     Sum       // of the list that it covers
	Place    string    // where it hangs: a page, a board
	StartsOn time.Time // days, UTC midnight
	EndsOn   time.Time // the last day
	By       contest.ID
	ByName   string
	At       time.Time
}

// MaxNotice is how many days a notice may run at most.
const MaxNotice = 60

// Announce begins the public notice of a published result: from today to the day
// given. Kinds: Missing, Forbidden; Refused when nothing is published, the day is
// past or too far, or a notice of this list runs or ran already; Stale when
// somebody was first.
func (d *Desk) Announce(ctx context.Context, actor contest.Actor, event contest.ID, endsOn time.Time, place string) (Status, error) {
	f, err := d.look(ctx, actor, event, office)
	if err != nil {
		return Status{}, err
	}
	n := Notice{
		Event: event, List: f.list, StartsOn: d.today(), EndsOn: endsOn, By: actor.Who(), ByName: actor.Name, At: d.now(),
	}
	if n.Place, err = readReason(strings.TrimSpace(place)); err != nil {
		return Status{}, err
	}
	switch {
	case f.phase != scoring.Official:
		return Status{}, fault.New(fault.Refused, "results.not_published")
	case n.Place == "":
		return Status{}, fault.New(fault.Refused, "results.place", fault.At("/place", "results.place", ""))
	case endsOn.Before(n.StartsOn) || endsOn.After(n.StartsOn.AddDate(0, 0, MaxNotice)):
		return Status{}, fault.New(fault.Refused, "results.day", fault.At("/ends_on", "results.day", strconv.Itoa(MaxNotice)))
	}
	err = d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		last, _, err := d.cfg.Store.NewestNotice(ctx, event)
		if err != nil {
			return err
		}
		if last.Number > 0 && last.List == n.List {
			return fault.New(fault.Refused, "results.notice_given")
		}
		n.Number = last.Number + 1
		if err := d.cfg.Store.AppendNotice(ctx, n); err != nil {
			return err
		}
		return d.cfg.Audit.Record(ctx, actor, "result.notice", event.String(), map[string]string{
			"ends_on": n.EndsOn.Format(time.DateOnly), "place": n.Place,
		})
	})
	if err != nil {
		return Status{}, err
	}
	return d.Status(ctx, actor, event)
}
