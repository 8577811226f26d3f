package results

import (
	"cmp"
	"slices"

	"jiangtai/scoring"
)

// Why says why a sheet is to be checked.
type Why string

// The reasons, the strongest first.
const (
	WhyTop     Why = "top"     // drawn: among the best
	WhyDrawn   Why = "drawn"   // drawn by lot
	WhyRisen   Why = "risen"   // among the best since a correction
	WhyRecusal Why = "recusal" // a recusal has changed it
	WhyChanged Why = "changed" // its marks changed after the draw
	WhyAll     Why = "all"     // too many sheets were wrong
)

// Look (复核项) is one sheet that is to be checked, as it stands.
type Look struct {
	Entry   scoring.EntryID
	Why     Why
	Finding *Finding // the last one; nil: nobody has looked
	Stale   bool     // its marks have changed since the last finding
}

// IsDone says whether the sheet was found right as it is now.
func (l *Look) IsDone() bool { return l.Finding != nil && l.Finding.Right && !l.Stale }

// IsWrong says whether it was found wrong and nothing has changed since.
func (l *Look) IsWrong() bool { return l.Finding != nil && !l.Finding.Right && !l.Stale }

// Checked is a recheck held against the board as it is now.
type Checked struct {
	Looks     []Look // by rank at the draw, then those that came later
	Base      int    // sheets that the rate is of: the sample, and others that were looked at
	Wrong     int    // of these, ever found wrong
	Tolerated int    // how many of Base may be wrong
	Full      bool   // more were: everything is to be checked
	Left      int    // looks that are not done
}

// IsDone says whether everything that is to be checked was found right.
func (c *Checked) IsDone() bool { return c.Left == 0 }

// check holds a recheck against the board as it is.
func check(r *Recheck, f *facts) Checked {
	k := &checking{r: r, f: f, last: map[scoring.EntryID]*Finding{}, why: map[scoring.EntryID]Why{}}
	top, rest := r.Sample()
	k.add(WhyTop, top...)
	k.add(WhyDrawn, rest...)
	out := k.findings()
	now := Recheck{Rule: r.Rule, Field: f.field}
	top, _ = now.Sample()
	k.add(WhyRisen, top...)
	for _, d := range f.field {
		if f.moved[d.Entry] {
			k.add(WhyRecusal, d.Entry)
		}
	}
	for _, d := range r.Field {
		if f.sheets[d.Entry] != d.Sheet {
			k.add(WhyChanged, d.Entry)
		} else if out.Full && d.Sheet != blank {
			k.add(WhyAll, d.Entry)
		}
	}
	out.Looks = k.looks()
	for i := range out.Looks {
		if !out.Looks[i].IsDone() {
			out.Left++
		}
	}
	return out
}

// checking is one check under way.
type checking struct {
	r    *Recheck
	f    *facts
	last map[scoring.EntryID]*Finding
	why  map[scoring.EntryID]Why
	list []scoring.EntryID
}

func (k *checking) add(why Why, list ...scoring.EntryID) {
	for _, id := range list {
		if _, known := k.why[id]; !known {
			k.why[id] = why
			k.list = append(k.list, id)
		}
	}
}

// findings folds what was found, in its order: once too many were wrong among
// what had been looked at by then, everything is to be checked for good.
func (k *checking) findings() (out Checked) {
	base := map[scoring.EntryID]bool{}
	for _, id := range k.list {
		base[id] = true
	}
	wrong := map[scoring.EntryID]bool{}
	rule := k.r.Rule.rule()
	for i := range k.r.Findings {
		found := &k.r.Findings[i]
		k.last[found.Entry], base[found.Entry] = found, true
		if !found.Right {
			wrong[found.Entry] = true
		}
		out.Full = out.Full || rule.Full(len(wrong), len(base))
	}
	out.Base, out.Wrong, out.Tolerated = len(base), len(wrong), rule.Tolerated(len(base))
	return out
}

func (k *checking) looks() []Look {
	out := make([]Look, 0, len(k.list))
	for _, id := range k.list {
		l := Look{Entry: id, Why: k.why[id], Finding: k.last[id]}
		l.Stale = l.Finding != nil && l.Finding.Sheet != k.f.sheets[id]
		out = append(out, l)
	}
	// By rank and label: the order of ordinals would tell whose labels they are.
	ranks := map[scoring.EntryID]int{}
	for _, d := range k.r.Field {
		ranks[d.Entry] = d.Rank
	}
	slices.SortStableFunc(out, func(a, b Look) int {
		return cmp.Or(
			cmp.Compare(weight(a.Why), weight(b.Why)), cmp.Compare(ranks[a.Entry], ranks[b.Entry]),
			cmp.Compare(k.f.labels[a.Entry], k.f.labels[b.Entry]),
		)
	})
	return out
}

func weight(w Why) int {
	return slices.Index([]Why{WhyTop, WhyDrawn, WhyRisen, WhyRecusal, WhyChanged, WhyAll}, w)
}
