package intake

import (
	"context"
	"encoding/hex"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/live"
	"jiangtai/server/plan"
	"jiangtai/server/programme"
	"jiangtai/server/programme/programmestore"
)

// PlanEvents is plan's Events.
type PlanEvents struct {
	Directory *programme.Directory
	Records   *programmestore.Store
	// Counts tells how an event stands; false where it cannot be opened.
	Counts func(ctx context.Context, event contest.ID) (live.Counts, bool, error)
}

// ListEvents gives all events with their contests' dates and their hosts' names.
func (p PlanEvents) ListEvents(ctx context.Context) ([]plan.Event, error) {
	all, err := p.Directory.Events(ctx, contest.ID{})
	if err != nil {
		return nil, err
	}
	contests, _, err := p.Records.ListContests(ctx, programme.ContestQuery{Scope: programme.Scope{All: true}, Page: programme.Page{Limit: -1}})
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
			hosts, err := p.Records.ListHosts(ctx, e.Contest)
			if err != nil {
				return nil, err
			}
			for _, h := range hosts {
				names[h.ID] = h.Name
			}
		}
		one, err := p.event(ctx, e, dates[e.Contest], names[e.Host])
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func (p PlanEvents) event(ctx context.Context, e programme.Event, of contest.Contest, host string) (plan.Event, error) {
	out := plan.Event{
		Event: e.Event, Position: e.Position, ContestCode: e.ContestCode, ContestName: e.ContestName, Kind: e.Kind,
		StartsOn: of.StartsOn, EndsOn: of.EndsOn, CreatedAt: e.CreatedAt, HostCode: e.HostCode, HostName: host,
	}
	c, ok, err := p.Counts(ctx, e.ID)
	if ok {
		out.Phase, out.Entries = string(c.Phase), c.Entries
	}
	return out, err
}

// FindEvent finds an event by its id.
func (p PlanEvents) FindEvent(ctx context.Context, id contest.ID) (plan.Event, error) {
	e, err := p.Directory.Event(ctx, id)
	if err != nil {
		return plan.Event{}, err
	}
	of, err := IdentityChairs{p.Directory, p.Records}.FindContest(ctx, e.Contest)
	if err != nil {
		return plan.Event{}, err
	}
	name := ""
	hosts, err := p.Records.ListHosts(ctx, e.Contest)
	if err != nil {
		return plan.Event{}, err
	}
	for _, h := range hosts {
		if h.ID == e.Host {
			name = h.Name
		}
	}
	return p.event(ctx, e, of, name)
}

// Outfit is the event's newest scheme and its named judges.
func (p PlanEvents) Outfit(ctx context.Context, id contest.ID) (plan.Outfit, error) {
	var out plan.Outfit
	schemes, err := p.Directory.Schemes(ctx, id)
	if err != nil {
		return out, err
	}
	if n := len(schemes); n > 0 {
		out.SchemeVersion, out.SchemeSum = int(schemes[n-1].Version), hex.EncodeToString(schemes[n-1].Sum[:])
	}
	chairs, err := p.Directory.Chairs(ctx, id)
	for _, c := range chairs {
		if c.Judge != "" {
			out.Judges++
		}
	}
	return out, err
}

// ListHosts gives a contest's hosts by code.
func (p PlanEvents) ListHosts(ctx context.Context, id contest.ID) ([]plan.Host, error) {
	list, err := p.Records.ListHosts(ctx, id)
	out := make([]plan.Host, 0, len(list))
	for _, h := range list {
		out = append(out, plan.Host{ID: h.ID, Contest: id, Code: h.Code, Name: h.Name})
	}
	return out, err
}

// PlanProgramme is plan's Programme. It runs inside the plan's transactions;
// what desks and boards must know they are told by the plan's own Changed.
type PlanProgramme struct{ Office *programme.Office }

// ContestOf finds a contest that the actor has a part in.
func (p PlanProgramme) ContestOf(ctx context.Context, a contest.Actor, code string) (contest.ID, error) {
	list, _, err := p.Office.ListContests(ctx, a, programme.Page{Q: code, Limit: programme.MaxPage})
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
func (p PlanProgramme) CreateHost(ctx context.Context, a contest.Actor, of contest.ID, code, name string) error {
	_, err := p.Office.CreateHost(ctx, a, of, programme.HostDraft{Code: code, Name: name})
	return err
}

// CreateEvent makes an event with its ledger.
func (p PlanProgramme) CreateEvent(ctx context.Context, a contest.Actor, of contest.ID, d plan.EventDraft) (contest.ID, error) {
	made, err := p.Office.CreateEvent(ctx, a, of, programme.EventDraft{
		Code: d.Code, Trade: d.Trade, Title: d.Title, Stage: d.Stage, Group: d.Group, Host: d.Host, Depth: d.Depth, Chain: d.Chain,
	})
	return made.ID, err
}

// ChangeEvent changes what the sheet has; what is empty in depth, stage and chain
// stays.
func (p PlanProgramme) ChangeEvent(ctx context.Context, a contest.Actor, id contest.ID, d plan.EventDraft) error {
	given := func(s *string) *string {
		if *s == "" {
			return nil
		}
		return s
	}
	_, err := p.Office.ChangeEvent(ctx, a, id, programme.EventChange{
		Trade: &d.Trade, Title: &d.Title, Group: &d.Group, Host: &d.Host, Stage: given(&d.Stage), Depth: given(&d.Depth), Chain: given(&d.Chain),
	})
	return err
}
