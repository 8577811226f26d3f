package lineup

import (
	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Setup is an event as the desk needs it. It holds no name of a contestant. It
// is never changed after it was handed over.
type Setup struct {
	Event   contest.Event
	Kind    contest.Kind // of the contest
	Version uint16       // the newest scheme version; 0: none yet
	Digest  string       // SHA-256 of that version's text, hexadecimal
	Rules   scoring.RuleSet
	Release scoring.Release // what the opening sets; "" leaves the engine's default
	Chairs  []contest.Chair
	// Before are those who sat in chairs before, by chair in their order.
	Before map[scoring.ChairID][]Before
	// Left are the tablets of those, by device: whose each was.
	Left    map[contest.ID]string
	Entries []Entrant
}

// Entrant is an entry by its labels; what has not been drawn is empty.
type Entrant struct {
	Ordinal  scoring.EntryID
	EntryNo  string
	SeatNo   string
	WorkCode string
	Flags    string // for the Admit record; "" is a competing entry with all rights
	// Status is what the opening makes of the entry, such as 缺赛 for who did not
	// check in; "" is competing.
	Status scoring.Status
	IsTeam bool
	Team   scoring.EntryID // a member's team; 0: none
	In     scoring.Groups  // by what the scheme ranks by
	// Mover has said, while marking ran, that the entry belongs elsewhere, and why;
	// zero: nobody has.
	Mover  contest.ID
	Reason string
}

// Admission is what the record of an entry's admission says.
func (e *Entrant) Admission() string {
	if !e.IsTeam || e.Flags != "" {
		return e.Flags
	}
	return (scoring.AllFlags | scoring.Team).String()
}
