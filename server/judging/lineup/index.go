package lineup

import (
	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Index finds things in a setup by what people call them. It never changes.
type Index struct {
	Setup    *Setup
	Rules    *scoring.Rules // of the version in force; nil without one
	Chairs   map[scoring.ChairID]contest.Chair
	Aspects  map[string]Place // by aspect id
	Criteria map[string]Place // by criterion id
	Entries  map[scoring.EntryID]*Entrant
	Sealing  Identity // the strongest identity of the event
	byLabel  map[Identity]map[string]scoring.EntryID
	staffed  map[string]scoring.EntryID // by what staff may call them while sealed
	panels   map[string][]scoring.Sheet
}

// Identity is what judges of a module may know: open, seat or coded.
type Identity = string

// The identities, the strongest last.
const (
	Open  Identity = "open"
	Seat  Identity = "seat"
	Coded Identity = "coded"
)

// Place is where an aspect or criterion stands.
type Place struct {
	Panels    []string // whose chairs mark it; none: it comes from outside
	Criterion string
	Identity  Identity
	Each      bool // every chair gives a mark of its own
	Teams     bool // teams are marked in it, else persons
}

// OfTeams says whether teams are marked in a module.
func OfTeams(module *scoring.CriterionInfo) bool { return module.Of == scoring.OfTeam }

// Label is what an entry is called by an identity; "" where it has not been drawn.
func (e *Entrant) Label(by Identity) string {
	switch by {
	case Seat:
		return e.SeatNo
	case Coded:
		return e.WorkCode
	}
	return e.EntryNo
}

// New makes the index of a setup.
func New(s *Setup) *Index {
	x := &Index{
		Setup:    s,
		Rules:    s.Rules[s.Version],
		Chairs:   map[scoring.ChairID]contest.Chair{},
		Aspects:  map[string]Place{},
		Criteria: map[string]Place{},
		Entries:  map[scoring.EntryID]*Entrant{},
		byLabel:  map[Identity]map[string]scoring.EntryID{Open: {}, Seat: {}, Coded: {}},
		staffed:  map[string]scoring.EntryID{},
		panels:   map[string][]scoring.Sheet{},
		Sealing:  Open,
	}
	for _, c := range s.Chairs {
		x.Chairs[c.Number] = c
	}
	for i := range s.Entries {
		e := &s.Entries[i]
		x.Entries[e.Ordinal] = e
		for by, labels := range x.byLabel {
			if l := e.Label(by); l != "" {
				labels[l] = e.Ordinal
			}
		}
	}
	if x.Rules != nil {
		x.Sealing = string(x.Rules.Identity())
		x.outside()
		for _, p := range x.Rules.Panels() {
			x.panel(p.ID)
		}
	}
	for id, e := range x.Entries {
		if label := x.sealed(e); label != "" {
			x.staffed[label] = id
		}
	}
	return x
}

// outside are the aspects of no panel.
func (x *Index) outside() {
	for i := range x.Rules.Aspects {
		if a := &x.Rules.Aspects[i]; a.Panel < 0 {
			module := &x.Rules.Modules[a.Module]
			x.Aspects[a.Src.ID] = Place{Criterion: module.Src.ID, Identity: string(module.Identity), Teams: module.OfTeam}
		}
	}
}

func (x *Index) panel(id string) {
	x.panels[id] = x.Rules.Sheets(id)
	for _, sheet := range x.panels[id] {
		by := string(sheet.Criterion.Identity)
		crit := x.Criteria[sheet.Criterion.ID]
		crit.Criterion, crit.Identity, crit.Teams = sheet.Criterion.ID, by, OfTeams(&sheet.Criterion)
		crit.Panels = append(crit.Panels, id)
		x.Criteria[sheet.Criterion.ID] = crit
		for _, sub := range sheet.Subs {
			for _, pad := range sub.Aspects {
				x.Aspects[pad.ID] = Place{Panels: []string{id}, Criterion: sheet.Criterion.ID, Identity: by, Each: pad.Each, Teams: crit.Teams}
			}
		}
	}
}

// Entry finds an entry by a label of one identity.
func (x *Index) Entry(by Identity, label string) (scoring.EntryID, bool) {
	id, ok := x.byLabel[by][label]
	return id, ok
}

// Marked finds an entry that is marked at a place, by the label that it has there: a
// team in a module of teams, a person in the others.
func (x *Index) Marked(at Place, label string) (scoring.EntryID, bool) {
	id, ok := x.Entry(at.Identity, label)
	return id, ok && x.Entries[id].IsTeam == at.Teams
}

// StaffLabel is what staff without a code holder's right may call an entry: by
// the strongest identity while the event is sealed, else its entry number. Of a kind
// that is not marked by the strongest one it is the strongest of its own, after
// contest.Beside.
func (x *Index) StaffLabel(id scoring.EntryID, sealed bool) string {
	e, ok := x.Entries[id]
	if !ok {
		return ""
	}
	if sealed {
		return x.sealed(e)
	}
	return e.EntryNo
}

// StaffEntry finds an entry by what staff may call it.
func (x *Index) StaffEntry(label string, sealed bool) (scoring.EntryID, bool) {
	if sealed {
		id, ok := x.staffed[label]
		return id, ok
	}
	return x.Entry(Open, label)
}

// SealingOf is the strongest identity of the modules in which an entry is marked.
func (x *Index) SealingOf(id scoring.EntryID) Identity {
	if e, ok := x.Entries[id]; ok && x.Rules != nil {
		return Identity(x.Rules.IdentityOf(e.IsTeam))
	}
	return x.Sealing
}

// sealed is what staff may call an entry while the event is sealed.
func (x *Index) sealed(e *Entrant) string {
	by := x.SealingOf(e.Ordinal)
	label := e.Label(by)
	if by != x.Sealing && label != "" {
		return contest.Beside + label
	}
	return label
}

// Sheets are what a chair of a panel marks.
func (x *Index) Sheets(panel string) []scoring.Sheet {
	if s := x.panels[panel]; s != nil {
		return s
	}
	return []scoring.Sheet{}
}

// PanelName is a panel's name.
func (x *Index) PanelName(id string) string {
	if x.Rules != nil {
		for _, p := range x.Rules.Panels() {
			if p.ID == id {
				return p.Name
			}
		}
	}
	return ""
}
