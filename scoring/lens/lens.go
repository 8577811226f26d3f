package lens

import (
	"jiangtai/scoring/rank"
	"jiangtai/scoring/record"
	"jiangtai/scoring/report"
)

// State is what of an event decides what is seen of it.
type State struct {
	Phase   report.Phase
	Frozen  bool
	Sealed  bool
	Release record.Release // the policy as it was set
}

// Look is how an audience sees an event, beside the counts. It changes by acts
// alone; equal looks see alike.
type Look struct {
	State // Release is what holds for the audience
	Lens  Lens
}

// Of is how an audience sees an event in this state.
func Of(a report.Audience, s State) Look {
	s.Release = s.release(a)
	l := Look{State: s}
	switch a {
	case report.DeskCount:
		l.Lens.None = true
	case report.Jury:
		l.Lens.Plain = s.Release == record.Progress
	default:
		l.Lens = Lens{None: !s.Release.HasRows(), NoMarks: s.Release == record.Ranks, top: s.Release.Top()}
	}
	return l
}

// release is what holds for an audience: a published result is whole; a sealed
// event shows progress at most, and its panels see no aggregates.
func (s State) release(a report.Audience) record.Release {
	switch {
	case a == report.Public && s.Phase == report.Official:
	case a == report.Public && s.Sealed && s.Release.HasRows(), a == report.Jury && s.Sealed:
		return record.Progress
	case a == report.Public:
		return s.Release
	}
	return record.Live
}

// Counts are what views count.
type Counts struct{ Entries, Done, Need int }

// Shows is what of the counts the audience may know.
func (l *Look) Shows(c Counts) Counts {
	if l.Release == record.Nothing {
		c.Done, c.Need = 0, 0
	}
	return c
}

// Lens is what an audience sees of rows.
type Lens struct {
	None    bool
	Plain   bool // only who, how far, status; in the order of ordinals
	NoMarks bool // places only
	top     int
}

// Sees says whether an entry that stands there has a row.
func (l *Lens) Sees(p rank.Place) bool {
	return !l.None && (l.top == 0 || p.Rank > 0 && p.Rank <= l.top)
}

// News is what of an entry looks different since it was shown last.
type News uint8

// What can be new.
const (
	Progress News = 1 << iota // status, how far
	Marks                     // total, parts
	Place                     // or team, or groups
)

// Shows says whether the lens shows any of what is new of an entry that stood at
// was and stands at now.
func (l *Lens) Shows(n News, was, now rank.Place) bool {
	before, after := l.Sees(was), l.Sees(now)
	switch {
	case !before || !after:
		return before != after
	case l.Plain:
		return n&Progress != 0
	case l.NoMarks:
		return n&^Marks != 0
	}
	return true
}
