package outline

import (
	"errors"
	"slices"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Outline is what the office must know of a marking scheme: its panels and by
// what the judges of each know the work.
type Outline struct {
	Panels []Panel
	Seated bool // some module is marked by seat number
	Coded  bool // some module is marked by work code
	// Teams says that teams compete; IsWritten that there is a scheme at all, so
	// that none of them can.
	Teams     bool
	IsWritten bool
	Rankings  []string // of group, county, unit: what is ranked beside the whole
	persons   Labels
	teams     Labels
}

// Labels are the labels that entries of a kind need.
type Labels struct{ Seated, Coded bool }

// Labels are what an entry of a kind is marked by: persons only in their modules,
// teams in theirs.
func (o Outline) Labels(kind contest.EntryKind) Labels {
	switch {
	case !o.Teams:
		return Labels{o.Seated, o.Coded}
	case kind == contest.Team:
		return o.teams
	}
	return o.persons
}

// Ranks says whether the event ranks by a word: group, county or unit.
func (o Outline) Ranks(by string) bool { return slices.Contains(o.Rankings, by) }

// Panel is a 裁判组 of a scheme.
type Panel struct {
	ID     string
	Chairs int // declared; 0: as many as the event seats
	Seated bool
	Coded  bool
}

// Sealed says that names and marks must be kept apart until unsealing.
func (o Outline) Sealed() bool { return o.Seated || o.Coded }

// Find finds a panel by its id.
func (o Outline) Find(id string) (Panel, bool) {
	for _, p := range o.Panels {
		if p.ID == id {
			return p, true
		}
	}
	return Panel{}, false
}

// Read reads and compiles a scheme. The fields are all that is wrong with it,
// each below root ("schemes/x.json#" or "").
func Read(text []byte, root string) (Outline, []fault.Field) {
	s, err := scheme.Parse(text)
	if err == nil {
		_, err = scoring.Compile(s)
	}
	if err != nil {
		return Outline{}, schemeFields(err, root)
	}
	o := Outline{Teams: s.Teams != nil, IsWritten: true, Rankings: s.Rankings}
	at := map[string]int{}
	for i, p := range s.Panels {
		o.Panels = append(o.Panels, Panel{ID: p.ID, Chairs: p.Chairs})
		at[p.ID] = i
	}
	for _, c := range s.Components {
		for _, cr := range c.Criteria {
			identity := cr.Identity
			if identity == "" {
				identity = s.Identity
			}
			o.Seated = o.Seated || identity == scheme.Seat
			o.Coded = o.Coded || identity == scheme.Coded
			whose := &o.persons
			if c.Of == scheme.OfTeam {
				whose = &o.teams
			}
			whose.Seated = whose.Seated || identity == scheme.Seat
			whose.Coded = whose.Coded || identity == scheme.Coded
			for _, sub := range cr.Subs {
				for _, a := range sub.Aspects {
					if i, ok := at[a.Panel]; ok {
						o.Panels[i].Seated = o.Panels[i].Seated || identity == scheme.Seat
						o.Panels[i].Coded = o.Panels[i].Coded || identity == scheme.Coded
					}
				}
			}
		}
	}
	return o, nil
}

// schemeFields turns a scheme's faults into ours.
func schemeFields(err error, root string) []fault.Field {
	var list scheme.Faults
	if !errors.As(err, &list) {
		return []fault.Field{fault.At(root, "programme.scheme_unreadable", "")}
	}
	out := make([]fault.Field, 0, len(list))
	for _, f := range list {
		out = append(out, fault.At(root+f.Path, f.Code, f.Hint))
	}
	return out
}
