package judging

import (
	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// index finds things in a setup by what people call them. It never changes.
type index struct {
	setup    *Setup
	rules    *scoring.Rules // of the version in force; nil without one
	chairs   map[scoring.ChairID]contest.Chair
	aspects  map[string]place // by aspect id
	criteria map[string]place // by criterion id
	entries  map[scoring.EntryID]*Entrant
	byLabel  map[identity]map[string]scoring.EntryID
	panels   map[string][]scoring.Sheet
	sealing  identity // the strongest identity of the event
}

// identity is what judges of a module may know: open, seat or coded.
type identity = string

const (
	open  identity = "open"
	seat  identity = "seat"
	coded identity = "coded"
)

// place is where an aspect or criterion stands.
type place struct {
	panels    []string // whose chairs mark it; none: it comes from outside
	criterion string
	identity  identity
	each      bool // every chair gives a mark of its own
	teams     bool // teams are marked in it, else persons
}

// isTeams says whether teams are marked in a module.
func isTeams(module *scoring.CriterionInfo) bool { return module.Of == scoring.OfTeam }

func (e *Entrant) label(by identity) string {
	switch by {
	case seat:
		return e.SeatNo
	case coded:
		return e.WorkCode
	}
	return e.EntryNo
}

func newIndex(s *Setup) *index {
	x := &index{
		setup:    s,
		rules:    s.Rules[s.Version],
		chairs:   map[scoring.ChairID]contest.Chair{},
		aspects:  map[string]place{},
		criteria: map[string]place{},
		entries:  map[scoring.EntryID]*Entrant{},
		byLabel:  map[identity]map[string]scoring.EntryID{open: {}, seat: {}, coded: {}},
		panels:   map[string][]scoring.Sheet{},
		sealing:  open,
	}
	for _, c := range s.Chairs {
		x.chairs[c.Number] = c
	}
	for i := range s.Entries {
		e := &s.Entries[i]
		x.entries[e.Ordinal] = e
		for by, labels := range x.byLabel {
			if l := e.label(by); l != "" {
				labels[l] = e.Ordinal
			}
		}
	}
	if x.rules != nil {
		x.sealing = string(x.rules.Identity())
		x.outside()
		for _, p := range x.rules.Panels() {
			x.panel(p.ID)
		}
	}
	return x
}

// outside are the aspects of no panel.
func (x *index) outside() {
	for i := range x.rules.Aspects {
		if a := &x.rules.Aspects[i]; a.Panel < 0 {
			module := &x.rules.Modules[a.Module]
			x.aspects[a.Src.ID] = place{criterion: module.Src.ID, identity: string(module.Identity), teams: module.OfTeam}
		}
	}
}

func (x *index) panel(id string) {
	x.panels[id] = x.rules.Sheets(id)
	for _, sheet := range x.panels[id] {
		by := string(sheet.Criterion.Identity)
		crit := x.criteria[sheet.Criterion.ID]
		crit.criterion, crit.identity, crit.teams = sheet.Criterion.ID, by, isTeams(&sheet.Criterion)
		crit.panels = append(crit.panels, id)
		x.criteria[sheet.Criterion.ID] = crit
		for _, sub := range sheet.Subs {
			for _, pad := range sub.Aspects {
				x.aspects[pad.ID] = place{panels: []string{id}, criterion: sheet.Criterion.ID, identity: by, each: pad.Each, teams: crit.teams}
			}
		}
	}
}

// entry finds an entry by a label of one identity.
func (x *index) entry(by identity, label string) (scoring.EntryID, bool) {
	id, ok := x.byLabel[by][label]
	return id, ok
}

// marked finds an entry that is marked at a place, by the label that it has there: a
// team in a module of teams, a person in the others.
func (x *index) marked(at place, label string) (scoring.EntryID, bool) {
	id, ok := x.entry(at.identity, label)
	return id, ok && x.entries[id].IsTeam == at.teams
}

// staffLabel is what staff without a code holder's right may call an entry: by
// the strongest identity while the event is sealed, else its entry number.
func (x *index) staffLabel(id scoring.EntryID, sealed bool) string {
	e, ok := x.entries[id]
	if !ok {
		return ""
	}
	if sealed {
		return e.label(x.sealing)
	}
	return e.EntryNo
}

// staffEntry finds an entry by what staff may call it.
func (x *index) staffEntry(label string, sealed bool) (scoring.EntryID, bool) {
	if sealed {
		return x.entry(x.sealing, label)
	}
	return x.entry(open, label)
}
