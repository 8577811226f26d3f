package correction

import (
	"context"
	"errors"
	"fmt"

	"jiangtai/scoring"
	"jiangtai/scoring/working"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Preview (更正预览) is everything that a correction would touch.
type Preview struct {
	Seq     uint64          `json:"seq"` // of the ledger that it was reckoned on: what the confirmation names
	Sealed  bool            `json:"sealed"`
	Blocked string          `json:"blocked,omitempty"` // the code by which it would be refused now
	Work    string          `json:"work"`
	Chair   scoring.ChairID `json:"chair"`
	Seat    int             `json:"seat,omitempty"`
	Judge   string          `json:"judge,omitempty"`
	Panel   string          `json:"panel,omitempty"`
	Aspect  string          `json:"aspect"`
	Code    string          `json:"code"`
	Name    string          `json:"name"`
	NameEn  string          `json:"name_en,omitempty"`
	Attempt int             `json:"attempt"`
	Round   int             `json:"round"`
	Old     Mark            `json:"old"`
	New     Mark            `json:"new"`
	// Value is the aspect's mark, old and new; empty while it is not settled.
	Value    [2]string `json:"value"`
	Rows     []Row     `json:"rows"`
	Papers   []Paper   `json:"papers"`
	Looks    []Look    `json:"looks"`
	Built    []Rest    `json:"built"`
	Withheld bool      `json:"withheld"` // totals and ranks are not told while labels are sealed and mixed
	Same     bool      `json:"same"`     // nothing would change
}

// Mark is what a chair gave.
type Mark struct {
	Kind  string `json:"kind"` // mark, not_performed, absent; empty: none
	Value string `json:"value,omitempty"`
	Mark  string `json:"mark,omitempty"` // what it is worth
}

var kindWords = map[scoring.Kind]string{scoring.Mark: "mark", scoring.NotPerformed: "not_performed", scoring.Absent: "absent"}

// Preview reckons what a change would touch; nothing is written. Kinds: Missing,
// Forbidden by role, Refused while marking runs and by the aspect's own range.
func (d *Desk) Preview(ctx context.Context, actor contest.Actor, event contest.ID, c Change) (Preview, error) {
	p, _, err := d.reckon(ctx, actor, event, c, readers)
	return p, err
}

// trial is a private board with the event that it is of.
type trial struct {
	reading Reading // its Board is the copy
	cmd     scoring.Command
}

var errEnough = errors.New("enough")

// reckon makes the preview, and the command that would make it so.
func (d *Desk) reckon(ctx context.Context, actor contest.Actor, event contest.ID, c Change, roles []contest.Role) (Preview, scoring.Command, error) {
	t, err := d.copy(ctx, actor, event, c, roles)
	if err != nil {
		return Preview{}, t.cmd, err
	}
	r := t.reading
	p := t.describe(c)
	before, worth := standings(r.Board), aspectOf(r.Board, t.cmd)
	p.Old.Mark, p.Value[0] = worth.mark, worth.value
	if err := d.try(r.Board, t.cmd); err != nil {
		return p, t.cmd, err
	}
	worth = aspectOf(r.Board, t.cmd)
	if now, ok := r.Board.Cell(t.cmd.Entry, t.cmd.Aspect, t.cmd.Attempt, t.cmd.Round, t.cmd.Chair); ok {
		p.New = Mark{kindWords[now.Kind], now.Value, worth.mark}
	}
	p.Value[1] = worth.value
	p.Same = p.Old.Kind == p.New.Kind && p.Old.Value == p.New.Value
	var touched []scoring.EntryID
	p.Rows, touched = differences(r, t.cmd.Entry, before, standings(r.Board))
	if p.Withheld = r.Mixed; p.Withheld {
		p.Rows = []Row{}
	}
	p.Papers, p.Looks, p.Built = []Paper{}, []Look{}, []Rest{}
	if d.cfg.Papers != nil {
		if p.Papers, err = d.cfg.Papers.Falls(ctx, event, r.Board); err != nil {
			return p, t.cmd, err
		}
	}
	if d.cfg.Rechecks != nil && !p.Same {
		list, err := d.cfg.Rechecks.Reopens(ctx, event, r.Board)
		if err != nil {
			return p, t.cmd, err
		}
		for _, l := range list {
			l.Work = r.Label(l.Entry)
			p.Looks = append(p.Looks, l)
		}
	}
	if d.cfg.Built != nil && !p.Sealed {
		p.Built, err = d.cfg.Built.On(ctx, event, touched)
	}
	return p, t.cmd, err
}

// copy folds the ledger into a board of its own, up to where it stood.
func (d *Desk) copy(ctx context.Context, actor contest.Actor, event contest.ID, c Change, roles []contest.Role) (t trial, err error) {
	if err = d.read(ctx, actor, event, roles, func(r Reading) error {
		t.reading = r
		t.cmd, err = place(r, c)
		return err
	}); err != nil {
		return t, err
	}
	b := scoring.NewBoard(t.reading.Rules)
	err = d.cfg.Boards.Replay(ctx, event, func(rec scoring.Record) error {
		if rec.Seq > t.reading.Seq {
			return errEnough
		}
		return b.Apply(rec, nil)
	})
	if err != nil && !errors.Is(err, errEnough) {
		return t, fmt.Errorf("fold the ledger of event %s for a correction: %w", event, err)
	}
	t.reading.Board = b
	return t, nil
}

// describe says what the change is about. Old is what stands there.
func (t *trial) describe(c Change) Preview {
	r, cmd := t.reading, t.cmd
	p := Preview{
		Seq: r.Seq, Sealed: r.Board.Sealed(), Work: c.Work, Chair: cmd.Chair, Aspect: cmd.Aspect, Attempt: int(cmd.Attempt), Round: int(cmd.Round),
	}
	if r.Board.Phase() == scoring.Official {
		p.Blocked = "correction.published"
	}
	for _, sat := range r.Chairs {
		if sat.Number == cmd.Chair {
			p.Seat, p.Judge, p.Panel = sat.Seat, sat.Judge, sat.Panel
		}
	}
	rules := r.Board.Rules()
	if i, ok := rules.AspectAt[cmd.Aspect]; ok {
		a := &rules.Aspects[i]
		p.Code, p.Name, p.NameEn = a.Code, a.Src.Name.Zh, a.Src.Name.En
	}
	if old, ok := r.Board.Cell(cmd.Entry, cmd.Aspect, cmd.Attempt, cmd.Round, cmd.Chair); ok {
		p.Old = Mark{Kind: kindWords[old.Kind], Value: old.Value}
	}
	return p
}

// try makes the change on a private board: the mark late, and counted by two
// persons. An official board is taken back first, as the persons would have to.
func (d *Desk) try(b *scoring.Board, cmd scoring.Command) error {
	one, two := scoring.ID{15: 1}, scoring.ID{15: 2}
	give := func(c scoring.Command, n byte) error {
		c.MarkID, c.Actor, c.Second = scoring.ID{0xff, 14: 0xff, 15: n}, one, two
		draft, no := b.Check(c)
		if no != nil {
			return d.cfg.Boards.Refused(no)
		}
		return b.Apply(scoring.Record{Command: draft.Command, Seq: b.Seq() + 1}, nil)
	}
	if b.Phase() == scoring.Official {
		for n, kind := range []scoring.Kind{scoring.Reopen, scoring.Lock} {
			if err := give(scoring.Command{Kind: kind, Version: b.Version()}, byte(n+1)); err != nil {
				return err
			}
		}
	}
	if err := give(cmd, 3); err != nil {
		return err
	}
	return give(scoring.Command{Kind: scoring.Count, Supersedes: scoring.ID{0xff, 14: 0xff, 15: 3}, Version: b.Version()}, 4)
}

// worth is what a mark and its aspect come to.
type worth struct{ mark, value string }

// aspectOf finds an aspect and a chair's mark in the working.
func aspectOf(b *scoring.Board, cmd scoring.Command) (out worth) {
	w := b.Working(cmd.Entry)
	for i := range w.Components {
		for j := range w.Components[i].Criteria {
			c := &w.Components[i].Criteria[j]
			for k := range c.Aspects {
				if a := &c.Aspects[k]; a.ID == cmd.Aspect {
					return worth{markOf(a, cmd), a.Mark}
				}
			}
		}
	}
	return out
}

func markOf(a *working.Aspect, cmd scoring.Command) string {
	if int(cmd.Attempt) > len(a.Attempts) {
		return ""
	}
	rounds := a.Attempts[cmd.Attempt-1].Rounds
	if int(cmd.Round) > len(rounds) {
		return ""
	}
	for _, m := range rounds[cmd.Round-1].Marks {
		if m.Chair == cmd.Chair || len(rounds[cmd.Round-1].Marks) == 1 {
			return m.Mark
		}
	}
	return ""
}

// published is the refusal after a publication.
func published() error { return fault.New(fault.Refused, "correction.published") }
