package wiring

import (
	"context"
	"encoding/hex"
	"fmt"
	"sync"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity"
	"jiangtai/server/judging"
	"jiangtai/server/programme"
)

// eventsForJudging is judging's Events: the programme's directory, with schemes
// compiled once for all events that share one.
type eventsForJudging struct {
	directory *programme.Directory
	statuses  func(ctx context.Context, event contest.ID) (map[contest.ID]scoring.Status, error)

	mu       sync.Mutex // guards compiled
	compiled map[[32]byte]*scoring.Rules
}

func newEventsForJudging(d *programme.Directory, statuses func(context.Context, contest.ID) (map[contest.ID]scoring.Status, error)) *eventsForJudging {
	return &eventsForJudging{directory: d, statuses: statuses, compiled: map[[32]byte]*scoring.Rules{}}
}

// Setup is the event as it stands, without a contestant's name.
func (p *eventsForJudging) Setup(ctx context.Context, id contest.ID) (*judging.Setup, error) {
	e, err := p.directory.Event(ctx, id)
	if fault.Code(err) == "programme.event_missing" {
		// To judging's callers it must be like an event that is not theirs.
		return nil, fault.Wrap(err, fault.Missing, "judging.missing")
	}
	if err != nil {
		return nil, err
	}
	out := &judging.Setup{Event: e.Event, Kind: e.Kind, Rules: scoring.RuleSet{}}
	versions, err := p.directory.Schemes(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		rules, err := p.rules(v)
		if err != nil {
			return nil, fmt.Errorf("scheme version %d of event %s: %w", v.Version, id, err)
		}
		out.Rules[v.Version] = rules
		out.Version, out.Digest = v.Version, hex.EncodeToString(v.Sum[:])
	}
	if out.Chairs, err = p.directory.Chairs(ctx, id); err != nil {
		return nil, err
	}
	entries, err := p.directory.Entries(ctx, id)
	if err != nil {
		return nil, err
	}
	statuses, err := p.statuses(ctx, id)
	if err != nil {
		return nil, err
	}
	out.Entries = make([]judging.Entrant, len(entries))
	for i, en := range entries {
		out.Entries[i] = judging.Entrant{
			Ordinal: en.Ordinal, EntryNo: en.EntryNo, SeatNo: en.SeatNo, WorkCode: en.WorkCode, Status: statuses[en.ID],
			IsTeam: en.Kind == contest.Team,
		}
	}
	return out, p.belong(ctx, out, entries)
}

// belong tells by numbers what the entries belong to, of what the scheme asks for.
func (p *eventsForJudging) belong(ctx context.Context, s *judging.Setup, entries []contest.Entry) error {
	rules := s.Rules[s.Version]
	if rules == nil || rules.Teams == nil && len(rules.Scheme().Rankings) == 0 {
		return nil
	}
	all, err := p.directory.Belongings(ctx, s.Event.ID, entries, rules.Scheme().Rankings)
	for i, en := range entries {
		b, e := all[en.ID], &s.Entries[i]
		e.Team, e.In, e.Mover, e.Reason = b.Team, b.In, b.By, b.Reason
	}
	return err
}

func (p *eventsForJudging) rules(v programme.SchemeVersion) (*scoring.Rules, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r, ok := p.compiled[v.Sum]; ok {
		return r, nil
	}
	s, err := scheme.Parse(v.Text)
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	r, err := scoring.Compile(s)
	if err != nil {
		return nil, fmt.Errorf("compile: %w", err)
	}
	p.compiled[v.Sum] = r
	return r, nil
}

// Reseat says who sits in a chair now.
func (p *eventsForJudging) Reseat(ctx context.Context, event contest.ID, chair scoring.ChairID, judge string) error {
	return p.directory.Reseat(ctx, event, chair, judge)
}

// List gives the events of a contest; all for the zero id.
func (p *eventsForJudging) List(ctx context.Context, id contest.ID) ([]judging.Ref, error) {
	list, err := p.directory.Events(ctx, id)
	if err != nil {
		return nil, err
	}
	out := make([]judging.Ref, len(list))
	for i, e := range list {
		out[i] = judging.Ref{Event: e.ID, Contest: e.Contest, Ledger: e.Ledger}
	}
	return out, nil
}

// Hold keeps the event's facts as they are while its opening is written.
func (p *eventsForJudging) Hold(ctx context.Context, id contest.ID) error {
	_, err := p.directory.Hold(ctx, id)
	return err
}

// Release lets edits in again.
func (p *eventsForJudging) Release(ctx context.Context, id contest.ID) error {
	return p.directory.Release(ctx, id)
}

// tabletsForJudging is judging's Tablets.
type tabletsForJudging struct{ desk *identity.Desk }

// Tablets gives an event's tablets, in use or not.
func (p tabletsForJudging) Tablets(ctx context.Context, event contest.ID) ([]judging.Tablet, error) {
	list, err := p.desk.Devices.ListDevices(ctx, event)
	out := make([]judging.Tablet, 0, len(list))
	for _, d := range list {
		out = append(out, judging.Tablet{
			Device: d.ID, Chair: d.Chair, PairedAt: d.PairedAt, Pending: d.Pending, SeenAt: d.SeenAt,
			Replaced: !d.FrozenAt.IsZero(),
		})
	}
	return out, err
}

// Retire takes a chair's tablet out of use.
func (p tabletsForJudging) Retire(ctx context.Context, actor contest.Actor, event contest.ID, chair scoring.ChairID) error {
	return p.desk.RetireChair(ctx, actor, event, chair)
}

// opennessForProgramme is programme's Openness: how far judging is.
type opennessForProgramme struct{ desk *judging.Desk }

// Openness tells whether marking was opened and names may be joined.
func (p *opennessForProgramme) Openness(ctx context.Context, ledger contest.ID) (programme.Openings, error) {
	isOpen, isUnsealed, err := p.desk.Openness(ctx, ledger)
	return programme.Openings{Open: isOpen, Unsealed: isUnsealed, Official: p.desk.IsOfficial(ledger)}, err
}

// handed is what identity tells of replaced tablets.
func (a *Rooms) handed(ctx context.Context, event contest.ID) (map[contest.ID]int, error) {
	return a.Desk.Handed(ctx, event)
}
