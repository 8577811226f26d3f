package scoring

import (
	"strconv"

	"jiangtai/scoring/door"
	"jiangtai/scoring/rules"

	"jiangtai/scoring/record"
)

// checkCount asks for a late record that waits and still fits.
func (b *Board) checkCount(c *Command) *Refusal {
	l := b.late[c.Supersedes]
	switch {
	case l == nil:
		return door.Refuse(NotFound, "judging.no_such_late_mark", "/supersedes", "")
	case l.counted:
		return &Refusal{Class: Stale, Code: "judging.already_counted", Path: "/supersedes", Head: c.Supersedes}
	case c.Second.IsZero() || c.Second == c.Actor:
		return door.Refuse(Rule, "judging.second_missing", "/second", "")
	case b.phase == Official:
		return door.Refuse(Rule, "judging.published", "", "")
	case b.Recused(l.record.Chair, l.record.Entry):
		return door.Refuse(Rule, "judging.recused", "/supersedes", "")
	}
	late := l.record.Command
	switch late.Kind = late.Of; late.Kind {
	case Finish:
		_, refusal := b.checkFinish(late, b.rules, false)
		return refusal
	case Clock:
		return b.sessions.Check(&late)
	}
	i, ok := b.rules.AspectAt[late.Aspect]
	old := b.set[late.Version]
	if !ok || old == nil || b.entries[late.Entry] == nil || !b.marks(late.Chair, b.rules, i) {
		return door.Refuse(NotFound, "judging.no_such_aspect", "/supersedes", "")
	}
	if j, was := old.AspectAt[late.Aspect]; !was || !rules.KeepsMarks(&b.rules.Aspects[i], &old.Aspects[j]) {
		return door.Refuse(Rule, "judging.aspect_changed", "/supersedes", strconv.Itoa(int(late.Version)))
	}
	s := &b.entries[late.Entry].Aspects[i]
	open := 0
	if s.Tries != nil {
		open = s.Tries[late.Attempt-1].Open
	}
	if int(late.Round)-1 != open {
		return door.Refuse(Rule, "judging.round_closed", "/supersedes", strconv.Itoa(open+1))
	}
	return nil
}

// checkAct asks whether an act fits the phase.
func (b *Board) checkAct(c *Command) *Refusal {
	switch c.Kind {
	case Adopt:
		return b.checkAdopt(c)
	case Seat, Admit:
		return b.checkPrelude(c)
	case SetState, Decide, Belong, Recuse:
		return b.checkEntryAct(c)
	case Sit:
		return door.Sit(c, b.phase, b.chairs[c.Chair] != "", len(b.sits[c.Chair]))
	case SetRule:
		if !Release(c.Value).Valid() {
			return door.Refuse(Malformed, "judging.unknown_policy", "/value", c.Value)
		}
		return nil
	case Open, Freeze, Unfreeze, Lock, Reopen, Unseal, Publish:
		no := door.Phase(c.Kind, b.phase, b.frozen, b.Sealed())
		if no == nil && c.Kind == Open {
			return door.Seats(b.rules, b.tally.Seats)
		}
		return no
	}
	return door.Refuse(Malformed, "judging.unknown_kind", "/kind", strconv.Itoa(int(c.Kind)))
}

func (b *Board) checkAdopt(c *Command) *Refusal {
	switch {
	case b.set[c.Version] == nil:
		return door.Refuse(NotFound, "judging.no_such_version", "/version", strconv.Itoa(int(c.Version)))
	case c.Version <= b.version:
		return door.Refuse(Rule, "judging.version_not_newer", "/version", strconv.Itoa(int(b.version)))
	case b.set[c.Version].Teams == nil && len(b.lists[1].Items()) > 0:
		return door.Refuse(Rule, "judging.no_teams", "/version", "")
	case b.phase == Provisional || b.phase == Official:
		return door.Refuse(Rule, "judging.locked", "", string(b.phase))
	case b.phase == Running && (c.Second.IsZero() || c.Second == c.Actor):
		return door.Refuse(Rule, "judging.second_missing", "/second", "")
	}
	return nil
}

func (b *Board) checkPrelude(c *Command) *Refusal {
	if c.Kind == Seat {
		_, known := b.rules.PanelAt[c.Aspect]
		switch {
		case !known || c.Chair == 0:
			return door.Refuse(NotFound, "judging.no_such_panel", "/aspect", "")
		case b.phase != Waiting:
			return door.Refuse(Rule, "judging.already_open", "", "")
		}
		return nil
	}
	flags, known := ParseFlags(c.Value)
	e, team := b.entries[c.Entry], flags&Team != 0
	switch {
	case !known:
		return door.Refuse(Malformed, "judging.unknown_flag", "/value", c.Value)
	case c.Entry == 0:
		return door.Refuse(Malformed, "judging.no_such_entry", "/entry", "")
	case team && b.rules.Teams == nil:
		return door.Refuse(Rule, "judging.no_teams", "/value", c.Value)
	case e != nil && e.Team != team:
		return door.Refuse(Rule, "judging.team_fixed", "/value", c.Value)
	case b.phase == Official:
		return door.Refuse(Rule, "judging.published", "", "")
	}
	return nil
}

func (b *Board) checkEntryAct(c *Command) *Refusal {
	e := b.entries[c.Entry]
	switch {
	case e == nil:
		return door.Refuse(NotFound, "judging.no_such_entry", "/entry", "")
	case b.phase == Official:
		return door.Refuse(Rule, "judging.published", "", "")
	}
	switch c.Kind {
	case Belong:
		return b.checkBelong(c, e)
	case Recuse:
		return b.checkRecuse(c, e)
	case Decide:
		return door.Decide(b.rules, c)
	}
	if !Status(c.Value).Valid() {
		return door.Refuse(Malformed, "judging.unknown_status", "/value", c.Value)
	}
	return nil
}

// checkBelong refuses while something is sealed: a unit's number would tell who
// stands behind a code.
func (b *Board) checkBelong(c *Command, e *entry) *Refusal {
	n, ok := door.Number(c.Value)
	switch {
	case c.Aspect != OfTeam && record.GroupAt(c.Aspect) < 0:
		return door.Refuse(Malformed, "judging.unknown_belonging", "/aspect", c.Aspect)
	case c.Value != "" && !ok:
		return door.Refuse(Malformed, "judging.malformed_value", "/value", c.Value)
	case b.Sealed():
		return door.Refuse(Rule, "judging.sealed", "", string(b.phase))
	case c.Aspect != OfTeam:
		return nil
	case e.Team:
		return door.Refuse(Rule, "judging.team_of_teams", "/entry", "")
	case c.Value == "":
		return nil
	}
	t := b.entries[EntryID(n)]
	if t == nil || !t.Team {
		return door.Refuse(NotFound, "judging.no_such_team", "/value", c.Value)
	}
	size, ranked := b.rules.Teams.Size, 0
	for _, m := range t.members {
		if m != e && m.flags&Ranked != 0 {
			ranked++
		}
	}
	if size > 0 && ranked >= size && e.flags&Ranked != 0 {
		return door.Refuse(Rule, "judging.team_full", "/value", strconv.Itoa(size))
	}
	return nil
}
