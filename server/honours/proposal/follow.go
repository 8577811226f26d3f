package proposal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours/rule"
)

// Follow reads the publications that came since the cursors and proposes by the
// honour rules of their filings. It says how many publications it read. One that
// fails does not keep the others back: the joined error names each. It is called
// again and again, by as many processes as like to.
func (d *Desk) Follow(ctx context.Context) (int, error) {
	heads, err := d.Publications.Heads(ctx)
	if err != nil || len(heads) == 0 {
		return 0, err
	}
	filings, err := d.Store.ListFilings(ctx)
	if err != nil {
		return 0, err
	}
	read := 0
	var failed []error
	for _, h := range heads {
		f, ok := filed(filings, h.Contest, h.Event)
		if !ok {
			continue
		}
		did, err := d.follow(ctx, h, f)
		if did {
			read++
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("honours of event %s: %w", h.Event, err))
		}
	}
	return read, errors.Join(failed...)
}

// filed finds the filing of an event: its own, else its contest's.
func filed(list []Filing, of, event contest.ID) (Filing, bool) {
	found, ok := Filing{}, false
	for _, f := range list {
		switch {
		case f.Event == event && !event.IsZero():
			return f, true
		case f.Event.IsZero() && f.Contest == of:
			found, ok = f, true
		}
	}
	return found, ok
}

func (d *Desk) follow(ctx context.Context, h Head, f Filing) (bool, error) {
	profile := d.profile(f.Profile, f.Version)
	if profile == nil {
		return false, fault.New(fault.Unavailable, "honours.profile_missing")
	}
	did := false
	err := d.Work.Do(ctx, func(ctx context.Context) error {
		did = false
		cursor, err := d.Store.LockCursor(ctx, h.Contest, h.Event)
		if err != nil || cursor >= h.Seq {
			return err
		}
		p, ok, err := d.Publications.Published(ctx, h.Event, cursor)
		if err != nil {
			return err
		}
		if !ok || p.Kind == contest.Rehearsal {
			return d.Store.Propose(ctx, h.Event, max(h.Seq, p.Read), 0, nil)
		}
		if p.Plan != nil {
			if !p.Plan.Accepted {
				return nil // the cursor waits
			}
			f.Class, f.Planned = p.Plan.Class, p.Plan.Planned
		}
		list, err := d.propose(ctx, p, f, profile)
		if err != nil {
			return err
		}
		did = true
		return d.Store.Propose(ctx, h.Event, p.Read, p.Seq, list)
	})
	return did && err == nil, err
}

// propose asks the rules about every entry of a publication.
func (d *Desk) propose(ctx context.Context, p Publication, f Filing, profile *rule.Profile) ([]Proposal, error) {
	if err := d.Store.ReleasePromotions(ctx, p.Event); err != nil {
		return nil, err
	}
	persons, err := d.persons(ctx, p)
	if err != nil {
		return nil, err
	}
	ranked := map[bool]int{} // persons and teams are two lists
	for _, e := range p.Placed {
		if e.Rank > 0 {
			ranked[e.Team > 1]++
		}
	}
	on, at := contest.DayOf(p.At), d.now()
	var out []Proposal
	for _, e := range p.Placed {
		who := persons[e.Entry]
		made := profile.Recommend(rule.Facts{
			Class: f.Class, Planned: f.Planned, Team: e.Team, Rank: e.Rank, Ranked: ranked[e.Team > 1], Passed: e.Passed,
			Identity: who.Identity, Employment: who.Employment, Level: who.Level, Sex: who.Sex, Born: who.Born, On: on,
		})
		pr := Proposal{
			ID: newID(), Contest: p.Contest, Event: p.Event, Publication: p.Seq, Entry: e.Entry, Name: e.Name, Unit: e.Unit,
			PersonKey: who.Key, Year: on.Year(), Profile: profile.ID, Version: profile.Version, Outcome: made, State: Proposed, At: at,
			Evidence: Evidence{
				Trade: p.Trade, Kind: p.Kind, Rank: e.Rank, Ranked: ranked[e.Team > 1], Total: e.Total, Status: e.Status, Working: e.Working,
				List: p.List, Record: p.Record, Signed: p.Signed, At: p.At,
			},
		}
		if err := d.claim(ctx, &pr, profile); err != nil {
			return nil, err
		}
		if len(pr.Outcome.Recommended)+len(pr.Outcome.Open)+len(pr.Outcome.Dropped) > 0 {
			out = append(out, pr)
		}
	}
	return out, nil
}

func (d *Desk) persons(ctx context.Context, p Publication) (map[contest.ID]Person, error) {
	if d.Persons == nil || len(p.Placed) == 0 {
		return map[contest.ID]Person{}, nil
	}
	ids := make([]contest.ID, len(p.Placed))
	for i, e := range p.Placed {
		ids[i] = e.Entry
	}
	return d.Persons.Persons(ctx, p.Event, ids)
}

// claim takes the person's promotion of the year, or drops it from the
// recommendations: a person is raised once a year, and the first publication has
// it. Of a person that nobody knows it cannot be said and is left to whoever
// takes the proposal up.
func (d *Desk) claim(ctx context.Context, p *Proposal, profile *rule.Profile) error {
	if p.PersonKey == "" {
		return nil
	}
	for _, award := range slices.Clone(p.Outcome.Recommended) {
		if profile.Awards[award].Kind != rule.Promotion {
			continue
		}
		mine, err := d.Store.ClaimPromotion(ctx, Promotion{p.PersonKey, p.Year, award, p.Event, p.Entry})
		if err != nil {
			return err
		}
		if !mine {
			p.Outcome.Recommended = slices.DeleteFunc(p.Outcome.Recommended, func(a string) bool { return a == award })
			p.Outcome.Dropped = append(p.Outcome.Dropped, rule.Dropped{Award: award, Reason: rule.Reason{Code: "honours.why_once_a_year", Want: "1", Have: "1"}})
		}
	}
	return nil
}

// Proposals gives those that the actor may see, newest first: the office all, an
// organiser those of his contests.
func (d *Desk) Proposals(ctx context.Context, a contest.Actor, state State, p Page) ([]Proposal, int, error) {
	q := Query{State: state, Page: p}
	if !a.Has(contest.ID{}, contest.ID{}, contest.UnionOffice, contest.Administrator) {
		for _, g := range a.Grants {
			if g.Role == contest.Organiser {
				q.Contests = append(q.Contests, g.Contest)
			}
		}
		if q.Contests == nil {
			return nil, 0, forbidden()
		}
	}
	return d.Store.ListProposals(ctx, q)
}

// maxText is the longest reason, in characters.
const maxText = 2000

// Dismiss lays a proposal aside, with a reason in the audit. The office only.
func (d *Desk) Dismiss(ctx context.Context, a contest.Actor, id contest.ID, reason string) (Proposal, error) {
	if err := office(a); err != nil {
		return Proposal{}, err
	}
	if reason == "" || utf8.RuneCountInString(reason) > maxText {
		return Proposal{}, refused("/reason", "honours.needed", "")
	}
	var out Proposal
	err := d.Work.Do(ctx, func(ctx context.Context) error {
		p, err := d.Store.FindProposal(ctx, id)
		if err != nil {
			return err
		}
		if p.State != Proposed {
			return fault.New(fault.Stale, "honours.proposal_taken")
		}
		p.State = Dismissed
		out = p
		if err := d.Store.ChangeProposal(ctx, p); err != nil {
			return err
		}
		return d.audit(ctx, a, "proposal.dismissed", "proposal", p.ID, map[string]string{"reason": reason})
	})
	return out, err
}
