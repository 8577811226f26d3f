package watch

import (
	"slices"

	"jiangtai/scoring"
	"jiangtai/scoring/working"
	"jiangtai/server/judging/lineup"
)

// joins says whether a record under the strongest label would tell whose label it
// is: admissions and first statuses stand in the order of entries; and a mark of a
// module that names its works otherwise was seen, or is known, by that name.
func joins(x *lineup.Index, r *scoring.Record) bool {
	switch r.Kind {
	case scoring.Admit:
		return true
	case scoring.SetState, scoring.Decide:
		return r.TextHash == [32]byte{}
	}
	at, known := x.Aspects[r.Aspect]
	if !known {
		at, known = x.Criteria[r.Aspect]
	}
	return known && at.Identity != x.Sealing
}

// mixed says whether modules name their works differently.
func mixed(x *lineup.Index) bool {
	for _, module := range x.Rules.Criteria() {
		if string(module.Identity) != x.Sealing {
			return true
		}
	}
	return false
}

// owed is how far a work is in the modules that name it by its strongest label.
func owed(x *lineup.Index, b *scoring.Board, entry scoring.EntryID) (done, need int) {
	by := x.SealingOf(entry)
	return b.Owed(entry, func(module scoring.CriterionInfo) bool { return string(module.Identity) == by })
}

// withhold takes out of a working the ordinals, by which the list of entries could
// be counted off, and what the label does not stand for: modules that name their
// works otherwise, and every sum and place that they are part of.
func withhold(x *lineup.Index, v *WorkingView) {
	w := &v.Working
	by := x.SealingOf(w.Entry)
	w.Entry, w.Team = 0, nil // nobody belongs anywhere yet; members are ordinals
	for i := range w.TieBreak {
		at := scoring.EntryID(i + 1)
		v.Labels[at] = x.StaffLabel(w.TieBreak[i].With, true)
		w.TieBreak[i].With = at
	}
	if !mixed(x) {
		return
	}
	weaker := func(c working.Criterion) bool { return identityOf(x, c.ID) != by }
	for i := range w.Components {
		c := &w.Components[i]
		before := len(c.Criteria)
		if c.Criteria = slices.DeleteFunc(c.Criteria, weaker); len(c.Criteria) < before {
			c.Value, c.Exact, c.Shared, c.Complete, c.Void, c.Penalties = "", "", "", false, false, nil
		}
	}
	w.Total, w.Exact, w.Rank, w.Pos, w.Complete, w.Void = "", "", 0, 0, false, false
	w.Done, w.Need, w.Penalties, w.TieBreak = 0, 0, nil, nil
	clear(v.Labels)
}

func identityOf(x *lineup.Index, id string) lineup.Identity {
	at, ok := x.Rules.ModuleAt[id]
	if !ok {
		return ""
	}
	return string(x.Rules.Modules[at].Identity)
}
