package wiring

import (
	"context"
	"encoding/hex"
	"slices"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/honours/rule"
	"jiangtai/server/live"
	"jiangtai/server/plan"
	"jiangtai/server/plan/planstore"
	"jiangtai/server/programme"
	"jiangtai/server/programme/programmestore"
)

// openPlan makes the desk of the year's plan. Its classes are the words of the
// honour rules that the program carries.
func (a *Rooms) openPlan(records *programmestore.Store, profiles []*rule.Profile) {
	a.Plan = plan.New(plan.Config{
		Store: planstore.New(a.DB), Work: a.DB, Audit: a.Audit, Now: a.Now, Changed: a.Refresh,
		Events:    eventsForPlan{a.Directory, records, a.Live},
		Programme: programmeForPlan{a.Office},
		Classes:   classesOf(profiles), Lists: listsForPlan{a},
	})
}

// classesOf are the classes that any rules read, in the rules' order.
func classesOf(profiles []*rule.Profile) []string {
	var out []string
	for _, p := range profiles {
		for _, c := range p.Classes {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// eventsForPlan is plan's Events.
type eventsForPlan struct {
	directory *programme.Directory
	records   *programmestore.Store
	live      *live.Live
}

// ListEvents gives all events with their contests' dates and their hosts' names.
func (p eventsForPlan) ListEvents(ctx context.Context) ([]plan.Event, error) {
	all, err := p.directory.Events(ctx, contest.ID{})
	if err != nil {
		return nil, err
	}
	contests, _, err := p.records.ListContests(ctx, programme.ContestQuery{Scope: programme.Scope{All: true}, Page: programme.Page{Limit: -1}})
	if err != nil {
		return nil, err
	}
	dates := map[contest.ID]contest.Contest{}
	for _, c := range contests {
		dates[c.ID] = c.Contest
	}
	names := map[contest.ID]string{}
	out := make([]plan.Event, 0, len(all))
	for _, e := range all {
		if _, known := names[e.Host]; !known && !e.Host.IsZero() {
			hosts, err := p.records.ListHosts(ctx, e.Contest)
			if err != nil {
				return nil, err
			}
			for _, h := range hosts {
				names[h.ID] = h.Name
			}
		}
		out = append(out, p.event(e, dates[e.Contest], names[e.Host]))
	}
	return out, nil
}

func (p eventsForPlan) event(e programme.Event, of contest.Contest, host string) plan.Event {
	out := plan.Event{
		Event: e.Event, Position: e.Position, ContestCode: e.ContestCode, ContestName: e.ContestName, Kind: e.Kind,
		StartsOn: of.StartsOn, EndsOn: of.EndsOn, CreatedAt: e.CreatedAt, HostCode: e.HostCode, HostName: host,
	}
	if c, ok := p.live.Counts(e.ID); ok {
		out.Phase, out.Entries = string(c.Phase), c.Entries
	}
	return out
}

// FindEvent finds an event by its id.
func (p eventsForPlan) FindEvent(ctx context.Context, id contest.ID) (plan.Event, error) {
	e, err := p.directory.Event(ctx, id)
	if err != nil {
		return plan.Event{}, err
	}
	of, err := chairsForIdentity{p.directory, p.records}.FindContest(ctx, e.Contest)
	if err != nil {
		return plan.Event{}, err
	}
	name := ""
	hosts, err := p.records.ListHosts(ctx, e.Contest)
	for _, h := range hosts {
		if h.ID == e.Host {
			name = h.Name
		}
	}
	return p.event(e, of, name), err
}

// Outfit is the event's newest scheme and its named judges.
func (p eventsForPlan) Outfit(ctx context.Context, id contest.ID) (plan.Outfit, error) {
	var out plan.Outfit
	schemes, err := p.directory.Schemes(ctx, id)
	if err != nil {
		return out, err
	}
	if n := len(schemes); n > 0 {
		out.SchemeVersion, out.SchemeSum = int(schemes[n-1].Version), hex.EncodeToString(schemes[n-1].Sum[:])
	}
	chairs, err := p.directory.Chairs(ctx, id)
	for _, c := range chairs {
		if c.Judge != "" {
			out.Judges++
		}
	}
	return out, err
}

// ListHosts gives a contest's hosts by code.
func (p eventsForPlan) ListHosts(ctx context.Context, id contest.ID) ([]plan.Host, error) {
	list, err := p.records.ListHosts(ctx, id)
	out := make([]plan.Host, 0, len(list))
	for _, h := range list {
		out = append(out, plan.Host{ID: h.ID, Contest: id, Code: h.Code, Name: h.Name})
	}
	return out, err
}

// programmeForPlan is plan's Programme. It runs inside the plan's transactions;
// what desks and boards must know they are told by the plan's own Changed.
type programmeForPlan struct{ office *programme.Office }

// ContestOf finds a contest that the actor has a part in.
func (p programmeForPlan) ContestOf(ctx context.Context, a contest.Actor, code string) (contest.ID, error) {
	list, _, err := p.office.ListContests(ctx, a, programme.Page{Q: code, Limit: programme.MaxPage})
	for _, c := range list {
		if c.Code == code {
			return c.ID, err
		}
	}
	if err == nil {
		err = fault.New(fault.Missing, "programme.contest_missing")
	}
	return contest.ID{}, err
}

// CreateHost makes a host.
func (p programmeForPlan) CreateHost(ctx context.Context, a contest.Actor, of contest.ID, code, name string) error {
	_, err := p.office.CreateHost(ctx, a, of, programme.HostDraft{Code: code, Name: name})
	return err
}

// CreateEvent makes an event with its ledger.
func (p programmeForPlan) CreateEvent(ctx context.Context, a contest.Actor, of contest.ID, d plan.EventDraft) (contest.ID, error) {
	made, err := p.office.CreateEvent(ctx, a, of, programme.EventDraft{
		Code: d.Code, Trade: d.Trade, Title: d.Title, Stage: d.Stage, Group: d.Group, Host: d.Host, Depth: d.Depth, Chain: d.Chain,
	})
	return made.ID, err
}

// ChangeEvent changes what the sheet has; what is empty in depth, stage and chain
// stays.
func (p programmeForPlan) ChangeEvent(ctx context.Context, a contest.Actor, id contest.ID, d plan.EventDraft) error {
	given := func(s *string) *string {
		if *s == "" {
			return nil
		}
		return s
	}
	_, err := p.office.ChangeEvent(ctx, a, id, programme.EventChange{
		Trade: &d.Trade, Title: &d.Title, Group: &d.Group, Host: &d.Host, Stage: given(&d.Stage), Depth: given(&d.Depth), Chain: given(&d.Chain),
	})
	return err
}

// FollowLists reports the result lists that were signed since it last did.
func (a *Rooms) FollowLists(ctx context.Context) error {
	_, err := a.Plan.Follow(ctx)
	return err
}

// planned is what the plan says of an event to honours. A full chain demands an
// accepted result, filed or not; a light one demands nothing, and says its class
// where somebody accepted one all the same.
func (a *Rooms) planned(ctx context.Context, e contest.Event) (*proposal.Plan, error) {
	s, err := a.Plan.Standing(ctx, e.ID)
	if err != nil || e.Chain != contest.FullChain && !s.IsAccepted {
		return nil, err
	}
	return &proposal.Plan{Class: s.Class, Planned: s.IsListed, Accepted: s.IsAccepted}, nil
}
