package wiring

import (
	"context"
	"fmt"
	"io/fs"
	"slices"

	"jiangtai/schemas"
	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours"
	"jiangtai/server/honours/honoursstore"
	"jiangtai/server/honours/material"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/honours/reading"
	"jiangtai/server/identity"
	"jiangtai/server/judging"
	"jiangtai/server/programme"
)

// openHonours makes the room of honours, with the rules, sequences and calendars
// that the program carries.
func (a *Rooms) openHonours() error {
	folder, err := fs.Sub(schemas.Honours, "honours")
	if err != nil {
		return fmt.Errorf("files of honours: %w", err)
	}
	data, err := honours.Load(folder)
	if err != nil {
		return err
	}
	kept := honoursstore.New(a.DB)
	a.Honours = honours.New(honours.Config{
		Store: kept, Work: a.DB, Audit: a.Audit, Sequences: data.Sequences, Calendar: data.Calendar, Now: a.Now,
	})
	a.Papers = material.New(material.Config{Files: kept, Work: a.DB, Audit: a.Audit, Nominees: a.Honours, Now: a.Now})
	a.Proposals = proposal.New(proposal.Config{
		Store: kept, Work: a.DB, Publications: publicationsForHonours{a.Desk, a.Directory, a.planned, listsForPlan{a}}, Persons: personsForHonours{a}, Audit: a.Audit, Profiles: data.Profiles, Now: a.Now,
	})
	return nil
}

// Propose follows the publications that came since it last did.
func (a *Rooms) Propose(ctx context.Context) error {
	_, err := a.Proposals.Follow(ctx)
	return err
}

// publicationsForHonours is honours' Publications: judging's official results with
// the programme's names.
type publicationsForHonours struct {
	desk      *judging.Desk
	directory *programme.Directory
	planned   func(ctx context.Context, e contest.Event) (*proposal.Plan, error)
	lists     listsForPlan
}

// Heads names the events whose result is official.
func (p publicationsForHonours) Heads(ctx context.Context) ([]proposal.Head, error) {
	list, err := p.desk.Officials(ctx)
	out := make([]proposal.Head, len(list))
	for i, o := range list {
		out[i] = proposal.Head{Contest: o.Contest, Event: o.Event, Seq: o.Seq}
	}
	return out, err
}

// Published is an event's newest publication after a record.
func (p publicationsForHonours) Published(ctx context.Context, event contest.ID, after uint64) (proposal.Publication, bool, error) {
	of, err := p.directory.Event(ctx, event)
	if err != nil {
		return proposal.Publication{}, false, err
	}
	planned, err := p.planned(ctx, of.Event)
	if err != nil || planned != nil && !planned.Accepted { // it is asked for again and again: what nobody accepted is not read
		return proposal.Publication{Contest: of.Contest, Event: event, Plan: planned}, err == nil, err
	}
	r, ok, err := p.desk.Published(ctx, event, after)
	if err != nil || !ok {
		return proposal.Publication{}, false, err
	}
	entries, err := p.directory.Entries(ctx, event)
	if err != nil {
		return proposal.Publication{}, false, err
	}
	by := make(map[scoring.EntryID]contest.Entry, len(entries))
	for _, e := range entries {
		by[e.Ordinal] = e
	}
	list, _, err := p.lists.SignedList(ctx, event)
	if err != nil {
		return proposal.Publication{}, false, err
	}
	out := proposal.Publication{
		Contest: r.Event.Contest, Event: event, Seq: r.Seq, Read: r.Read, Kind: r.Kind, Trade: r.Event.Trade, At: r.At, List: r.List, Record: r.Hash,
		Plan: planned, Signed: list.Number,
	}
	for _, row := range r.Rows {
		e, known := by[row.Entry]
		if !known {
			return out, false, fmt.Errorf("entry %d of event %s has no name", row.Entry, event) //nolint:err113 // for the log
		}
		out.Placed = append(out.Placed, proposal.Placed{
			Entry: e.ID, Name: e.Name, Unit: e.Unit.Name, Rank: row.Rank, Total: row.Total, Status: row.Status, Passed: row.Passed, Team: max(row.Team, 1),
			Working: row.Working,
		})
	}
	return out, true, nil
}

// People tells honours' readers what accounts are called.
func (a *Rooms) People() reading.People { return peopleForHonours{a.Identity} }

// peopleForHonours is honours' People: identity's accounts.
type peopleForHonours struct{ identity *identity.Desk }

// ListPeople gives the accounts with one of the roles.
func (p peopleForHonours) ListPeople(ctx context.Context, roles []contest.Role) ([]reading.Account, error) {
	var out []reading.Account
	for offset := 0; ; {
		list, total, err := p.identity.Accounts.ListAccounts(ctx, identity.AccountFilter{Limit: 500, Offset: offset})
		if err != nil {
			return nil, err
		}
		for _, a := range list {
			found := reading.Account{ID: a.ID, User: a.User, Name: a.Name}
			for _, g := range a.Grants {
				if slices.Contains(roles, g.Role) && !slices.Contains(found.Roles, g.Role) {
					found.Roles = append(found.Roles, g.Role)
				}
			}
			if len(found.Roles) > 0 && !a.Disabled() {
				out = append(out, found)
			}
		}
		if offset += len(list); offset >= total || len(list) == 0 {
			return out, nil
		}
	}
}

// Names are what accounts are called.
func (p peopleForHonours) Names(ctx context.Context, ids []contest.ID) (map[contest.ID]string, error) {
	out := make(map[contest.ID]string, len(ids))
	for _, id := range ids {
		a, err := p.identity.Accounts.FindAccount(ctx, id)
		if fault.Of(err) != nil && fault.Of(err).Kind == fault.Missing {
			continue
		}
		if err != nil {
			return nil, err
		}
		out[id] = a.Name
	}
	return out, nil
}
