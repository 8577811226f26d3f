package simulation

import (
	"fmt"

	"jiangtai/scoring"
	"jiangtai/scoring/session"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
	"jiangtai/server/judging/judgingtest"
)

// tablet is a model of the tablet: what its storage keeps through a crash, and what it
// only believes.
type tablet struct {
	actor    contest.Actor
	outbox   []judging.MarkCommand // durable, in order, until answered for good
	heads    map[string]scoring.ID // what stands in a cell, as it believes
	clocks   map[string]scoring.ID // the newest record of a work's clock, as it believes
	isDown   bool                  // no network
	delivery [][]judging.MarkCommand
}

// cells are what a chair of the test event marks: aspects with values that are right.
var cells = map[scoring.ChairID][]struct {
	aspect string
	values []string
}{
	1: {{"score", []string{"0", "50.5", "99.9", "100"}}},
	2: {{"piece", []string{"0", "60", "75.25", "88"}}, {"level", []string{"0", "1", "2", "3"}}},
	5: {{"finish", []string{"0", "4.5", "10"}}},
}

func cellsOf(chair scoring.ChairID) []struct {
	aspect string
	values []string
} {
	if chair == 3 || chair == 4 {
		chair = 2
	}
	return cells[chair]
}

var clockWords = []string{session.Start, "pause equipment", session.Resume, "add 60", session.HandIn, session.Missing, session.Undo}

// work is a label of an entry in a module.
func (s *sim) work(module string, entry int) string {
	by := s.identities[0]
	if module == "result" {
		by = s.identities[1]
	}
	switch by {
	case "seat":
		return fmt.Sprintf("S%03d", entry)
	case "coded":
		return judgingtest.WorkCode(entry)
	}
	return judgingtest.EntryNo(entry)
}

func moduleOf(aspect string) string {
	if aspect == "finish" || aspect == "result" {
		return "result"
	}
	return "work"
}

// tap is what a judge does; it is in the outbox at once.
func (s *sim) tap(t *tablet) {
	if t.actor.IsReplaced {
		return // it says so, and takes no new marks
	}
	entry := 1 + s.r.IntN(entries)
	switch s.r.IntN(10) {
	case 0, 1:
		s.tapClock(t, entry)
	case 2:
		module := moduleOf(cellsOf(t.actor.Chair)[0].aspect)
		m := s.w.Mark(t.actor, s.work(module, entry), module, "")
		m.Kind = scoring.Finish
		s.put(t, m)
	default:
		s.tapMark(t, entry)
	}
}

func (s *sim) tapMark(t *tablet, entry int) {
	cell := cellsOf(t.actor.Chair)[s.r.IntN(len(cellsOf(t.actor.Chair)))]
	m := s.w.Mark(t.actor, s.work(moduleOf(cell.aspect), entry), cell.aspect, cell.values[s.r.IntN(len(cell.values))])
	at := m.Work + " " + m.Aspect
	m.Supersedes = t.heads[at]
	t.heads[at] = m.MarkID
	switch chance := s.r.IntN(20); {
	case chance == 0:
		m.Value = "1000"
	case chance == 1:
		m.Work = "nobody"
	case chance < 4:
		m.Kind, m.Value = scoring.NotPerformed, ""
	case chance < 6 && !m.Supersedes.IsZero():
		m.Kind, m.Value = scoring.Withdraw, ""
		delete(t.heads, at)
	case chance < 8:
		m.Text = "倒角不足"
	}
	s.put(t, m)
}

func (s *sim) tapClock(t *tablet, entry int) {
	module := moduleOf(cellsOf(t.actor.Chair)[0].aspect)
	word := clockWords[s.r.IntN(len(clockWords))]
	m := s.w.Mark(t.actor, s.work(module, entry), module, word)
	m.Kind, m.ClientAt = scoring.Clock, int64(1+s.r.IntN(1<<40))
	if word == "add 60" {
		m.Text = "停电"
	}
	if word == session.Undo {
		if m.Supersedes = t.clocks[m.Work]; m.Supersedes.IsZero() {
			m.Supersedes = m.MarkID // it names what is not there
		}
	}
	s.put(t, m)
}

func (s *sim) put(t *tablet, m judging.MarkCommand) {
	t.outbox = append(t.outbox, m)
	s.tapped[m.MarkID] = m
	s.note("chair %d taps %d %s %s %q for %s", m.Chair, m.Kind, m.Work, m.Aspect, m.Value, m.Supersedes)
}

// restart is a tablet that dies and comes up again: it has its outbox, and believes
// what the server tells it and what it has not sent yet.
func (s *sim) restart(t *tablet) {
	t.heads, t.clocks = map[string]scoring.ID{}, map[string]scoring.ID{}
	if t.actor.IsReplaced || t.isDown {
		return
	}
	b, err := s.w.Desk.Bundle(s.t.Context(), t.actor)
	if err != nil {
		return
	}
	for _, m := range b.Marks {
		t.heads[m.Work+" "+m.Aspect] = m.MarkID
	}
	for i := range b.Sessions {
		t.clocks[b.Sessions[i].Work] = b.Sessions[i].Newest
	}
	for i := range t.outbox {
		m := &t.outbox[i]
		switch at := m.Work + " " + m.Aspect; m.Kind {
		case scoring.Mark, scoring.NotPerformed:
			t.heads[at] = m.MarkID
		case scoring.Withdraw:
			delete(t.heads, at)
		}
	}
}
