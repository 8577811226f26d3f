package watch

import (
	"jiangtai/scoring"
	"jiangtai/server/judging/lineup"
)

// WorkingView is how a total came to be (算给你看), with the labels of the entries
// that the tie-break names.
type WorkingView struct {
	Work   string                     `json:"work"`
	Labels map[scoring.EntryID]string `json:"labels"`
	// Judges are who sat in chairs before another judge took them, until which record.
	Judges map[scoring.ChairID][]lineup.Before `json:"judges,omitempty"`
	scoring.Working
}

// WorkingOf shows how the total of an entry that is on the board came to be; work is
// what staff call it.
func WorkingOf(b *scoring.Board, x *lineup.Index, entry scoring.EntryID, work string) WorkingView {
	v := WorkingView{Work: work, Labels: map[scoring.EntryID]string{}, Judges: x.Setup.Before, Working: b.Working(entry)}
	if b.Sealed() {
		withhold(x, &v)
		return v
	}
	for _, t := range v.TieBreak {
		v.Labels[t.With] = x.StaffLabel(t.With, false)
	}
	if v.Team != nil {
		for _, m := range v.Team.Members {
			v.Labels[m.Entry] = x.StaffLabel(m.Entry, false)
		}
	}
	return v
}
