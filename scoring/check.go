package scoring

import (
	"strconv"

	"jiangtai/scoring/door"
	"jiangtai/scoring/exact"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/session"
	"jiangtai/scoring/tally"
)

// Check says whether the command may become the next record. It changes
// nothing. Who may give it was asked before. A command of kind Late is what Of says,
// to be kept and not counted whenever it came.
func (b *Board) Check(c Command) (Draft, *Refusal) {
	switch {
	case c.MarkID.IsZero():
		return Draft{}, door.Refuse(Malformed, "judging.mark_id_missing", "/mark_id", "")
	case b.rules == nil && c.Kind != Adopt:
		return Draft{}, door.Refuse(NotOpen, "judging.not_open", "", "")
	}
	switch c.Kind {
	case Mark, NotPerformed, Absent, Withdraw, Finish, Clock:
		return b.checkMark(c, b.phase == Provisional || b.phase == Official)
	case Late:
		switch c.Kind, c.Of = c.Of, NoKind; c.Kind {
		case Mark, NotPerformed, Withdraw, Finish, Clock:
			return b.checkMark(c, true)
		}
		return Draft{}, door.Refuse(Malformed, "judging.unknown_kind", "/kind", "late")
	case Count:
		return Draft{Command: c}, b.checkCount(&c)
	}
	return Draft{Command: c}, b.checkAct(&c)
}

// checkMark reads a mark strictly, and then asks whether it is in time: a late
// mark must be a good one to be kept.
func (b *Board) checkMark(c Command, late bool) (Draft, *Refusal) {
	if b.phase == Waiting {
		return Draft{}, door.Refuse(NotOpen, "judging.not_open", "", "")
	}
	rules := b.rules
	if c.Version != b.version {
		if rules = b.set[c.Version]; rules == nil {
			return Draft{}, door.Refuse(NotFound, "judging.no_such_version", "/version", strconv.Itoa(int(c.Version)))
		}
	}
	e := b.entries[c.Entry]
	switch {
	case e == nil:
		return Draft{}, door.Refuse(NotFound, "judging.no_such_entry", "/entry", "")
	case e.isRecused(c.Chair):
		return Draft{}, door.Refuse(Rule, "judging.recused", "/entry", "")
	}
	c.Attempt, c.Round = max(c.Attempt, 1), max(c.Round, 1)
	late = late || rules != b.rules && c.Kind != Clock
	switch c.Kind {
	case Finish:
		return b.checkFinish(c, rules, late)
	case Clock:
		return b.checkClock(c, late)
	}
	i, ok := rules.AspectAt[c.Aspect]
	if !ok || !b.marks(c.Chair, rules, i) || !e.marked(&rules.Aspects[i]) {
		return Draft{}, door.Refuse(NotFound, "judging.no_such_aspect", "/aspect", "")
	}
	a := &rules.Aspects[i]
	if refusal := door.Value(&c, a); refusal != nil {
		return Draft{}, refusal
	}
	if int(c.Attempt) > a.Tries {
		return Draft{}, door.Refuse(Rule, "judging.no_such_attempt", "/attempt", strconv.Itoa(a.Tries))
	}
	if late {
		c.Of, c.Kind = c.Kind, Late
		return Draft{Command: c}, nil
	}
	if !e.counted() {
		return Draft{}, door.Refuse(Rule, "judging.entry_not_competing", "/entry", string(e.status))
	}
	return Draft{Command: c}, b.checkCell(&c, a, i)
}

// marks says whether the chair marks aspect i of the rules.
func (b *Board) marks(chair ChairID, rules *Rules, i int) bool {
	panel := rules.Aspects[i].Panel
	if panel < 0 {
		return chair == 0
	}
	return chair != 0 && b.chairs[chair] == rules.PanelList[panel].ID
}

// checkCell asks for the round and for what the mark replaces.
func (b *Board) checkCell(c *Command, a *rules.Aspect, i int) *Refusal {
	s := &b.entries[c.Entry].Aspects[i]
	var t tally.Try
	if s.Tries != nil {
		t = s.Tries[c.Attempt-1]
	}
	switch at := int(c.Round) - 1; {
	case at > t.Open:
		return door.Refuse(Rule, "judging.round_not_open", "/round", strconv.Itoa(t.Open+1))
	case at < t.Open && (c.Supersedes.IsZero() || markedBehind(&t, at)):
		return door.Refuse(Rule, "judging.round_closed", "/round", strconv.Itoa(t.Open+1))
	case c.Round > 200:
		return door.Refuse(Rule, "judging.round_closed", "/round", "200")
	}
	slot, _ := b.tally.Slot(a, c.Chair)
	var head ID
	if at := int(c.Round) - 1; at < len(t.Rounds) {
		head = t.Rounds[at][slot].Mark()
	}
	switch {
	case c.Kind == Withdraw && head.IsZero():
		return &Refusal{Class: Stale, Code: "judging.nothing_to_withdraw", Path: "/supersedes"}
	case head != c.Supersedes && c.Supersedes.IsZero():
		return &Refusal{Class: Stale, Code: "judging.already_marked", Path: "/supersedes", Head: head}
	case head != c.Supersedes:
		return &Refusal{Class: Stale, Code: "judging.stale", Path: "/supersedes", Head: head}
	}
	return nil
}

// markedBehind says whether a later round has a mark: then this one is history,
// and correcting it would make what came after it as if it had not been.
func markedBehind(t *tally.Try, round int) bool {
	for _, cells := range t.Rounds[min(round+1, len(t.Rounds)):] {
		if tally.Filled(cells) > 0 {
			return true
		}
	}
	return false
}

// checkFinish asks that nothing required is missing on the chair's sheet.
func (b *Board) checkFinish(c Command, rules *Rules, late bool) (Draft, *Refusal) {
	e := b.entries[c.Entry]
	i, ok := b.sheet(&c, rules)
	switch {
	case !ok:
		return Draft{}, door.Refuse(NotFound, "judging.no_such_aspect", "/aspect", "")
	case c.Value != "":
		return Draft{}, door.Refuse(Malformed, "judging.value_not_wanted", "/value", "")
	case late:
		c.Of, c.Kind = Finish, Late
		return Draft{Command: c}, nil
	}
	if n := b.missingOn(c.Chair, e, i); n > 0 {
		return Draft{}, door.Refuse(Rule, "judging.sheet_incomplete", "/aspect", exact.Int(n).String())
	}
	return Draft{Command: c}, nil
}

// sheet is the module that a command names, when the chair marks something of the
// entry in it.
func (b *Board) sheet(c *Command, rules *Rules) (module int, ok bool) {
	i, known := rules.ModuleAt[c.Aspect]
	for j := range rules.Aspects {
		a := &rules.Aspects[j]
		ok = ok || known && a.Module == i && b.marks(c.Chair, rules, j) && b.entries[c.Entry].marked(a)
	}
	return i, ok
}

// checkClock asks whether a clock's record fits its session. What happened on the
// floor is so under every version of the scheme and whatever the entry's status; a
// late one may fit or not, that is asked when it is counted.
func (b *Board) checkClock(c Command, late bool) (Draft, *Refusal) {
	if _, ok := b.sheet(&c, b.rules); !ok {
		return Draft{}, door.Refuse(NotFound, "judging.no_such_aspect", "/aspect", "")
	}
	if !late {
		return Draft{Command: c}, b.sessions.Check(&c)
	}
	no := session.Spelled(&c)
	c.Of, c.Kind = Clock, Late
	return Draft{Command: c}, no
}

// missingOn counts the required marks that a chair still owes in a module.
func (b *Board) missingOn(chair ChairID, e *entry, criterion int) int {
	n, c := 0, &b.rules.Modules[criterion]
	for j := c.First; j < c.End; j++ {
		if a := &b.rules.Aspects[j]; a.Required && e.marked(a) && b.marks(chair, b.rules, j) && !b.tally.IsVoided(&e.Sheet, j) {
			done, need := b.reading(e).Owed(chair, j)
			n += need - done
		}
	}
	return n
}
