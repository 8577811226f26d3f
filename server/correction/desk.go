package correction

import (
	"context"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Config is what the desk needs. Papers and Built may be nil; nothing else may.
type Config struct {
	Store    Store
	Work     Work
	Boards   Boards
	Papers   Papers
	Rechecks Rechecks
	Built    Built
	Seconds  Seconds
	Audit    Audit
	Now      func() time.Time
}

// Desk is the door of this room. It is safe for concurrent use.
type Desk struct{ cfg Config }

// New makes a desk.
func New(cfg Config) *Desk { return &Desk{cfg} }

var (
	// Who works for an event, and hears that something is not for him.
	staff = []contest.Role{
		contest.Administrator, contest.Organiser, contest.HostSecretary, contest.ChiefJudge, contest.Supervisor, contest.Clerk,
		contest.Spectator,
	}
	// Who sees marks, and what a correction would touch.
	readers = []contest.Role{contest.Administrator, contest.Organiser, contest.ChiefJudge, contest.Supervisor}
	// Who writes a report.
	chiefs = []contest.Role{contest.ChiefJudge}
	// Who signs it: in a real contest the supervisors.
	supervisors = []contest.Role{contest.Supervisor}
	witnesses   = []contest.Role{contest.Supervisor, contest.Organiser, contest.Administrator}
)

var (
	errMissing = fault.New(fault.Missing, "correction.missing")
	errRole    = fault.New(fault.Forbidden, "correction.role")
	errMoved   = fault.New(fault.Stale, "correction.moved")
)

// MinReason and MaxReason bound a report's text, in characters.
const (
	MinReason = 5
	MaxReason = 1000
)

// Change is a mark as it should be.
type Change struct {
	Work    string // as staff call it
	Chair   scoring.ChairID
	Aspect  string
	Attempt uint8 // 0 is read as 1
	Kind    scoring.Kind
	Value   string
}

// read shows an event to use when the actor has one of the roles.
func (d *Desk) read(ctx context.Context, actor contest.Actor, event contest.ID, roles []contest.Role, use func(Reading) error) error {
	if actor.IsPublic() || len(actor.Grants) == 0 {
		return errMissing
	}
	there := false
	err := d.cfg.Boards.Read(ctx, event, func(r Reading) error {
		there = true
		switch {
		case !actor.Has(r.Event.Contest, r.Event.ID, staff...):
			return errMissing
		case !actor.Has(r.Event.Contest, r.Event.ID, roles...):
			return errRole
		}
		return use(r)
	})
	if err != nil && !there && fault.Of(err).Kind == fault.Missing {
		return errMissing
	}
	return err
}

// place finds what a change is about; the round is the one that counts now.
func place(r Reading, c Change) (cmd scoring.Command, err error) {
	cmd = scoring.Command{
		Kind: c.Kind, Chair: c.Chair, Aspect: c.Aspect, Attempt: max(c.Attempt, 1), Round: 1, Value: c.Value, Version: r.Board.Version(),
	}
	var ok bool
	switch cmd.Entry, ok = r.Find(c.Work); {
	case !ok, r.Board.Rules() == nil, r.Board.Status(cmd.Entry) == "":
		return cmd, errMissing
	case !r.Shown(c.Aspect, cmd.Entry):
		return cmd, errMissing
	case c.Kind != scoring.Mark && c.Kind != scoring.NotPerformed:
		return cmd, fault.New(fault.Malformed, "correction.kind", fault.At("/kind", "correction.kind", ""))
	case r.Board.Phase() == scoring.Waiting, r.Board.Phase() == scoring.Running:
		return cmd, fault.New(fault.Refused, "correction.running")
	}
	if seen, panel := r.Board.Panel(cmd.Entry, c.Aspect, cmd.Attempt); panel {
		cmd.Round = seen.Round
	}
	if old, there := r.Board.Cell(cmd.Entry, cmd.Aspect, cmd.Attempt, cmd.Round, cmd.Chair); there {
		cmd.Supersedes = old.MarkID
	}
	return cmd, nil
}
