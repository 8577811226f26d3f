package reading

import (
	"slices"

	"jiangtai/scoring/panel"
	"jiangtai/scoring/record"
	"jiangtai/scoring/tally"
)

// DoesWithout says whether an aspect can do without a chair: no mark
// that stands for the panel is the chair's, and the policy works with the marks
// that the others gave or may still give.
func (s Sheet) DoesWithout(aspect int, chair record.ChairID) bool {
	a, is := &s.Rules.Aspects[aspect], &s.Of.Aspects[aspect]
	seats := s.Seats[a.Panel]
	left := func(c record.ChairID) bool { return c != chair && !slices.Contains(s.Recused, c) }
	if !a.Each {
		for j := range is.Tries {
			if rounds := is.Tries[j].Rounds; len(rounds) > 0 && rounds[0][0].Chair == chair && rounds[0][0].Kind != record.NoKind {
				return false
			}
		}
		return slices.ContainsFunc(seats, left)
	}
	for j := range a.Tries {
		var cells []tally.Cell
		if is.Tries != nil && is.Tries[j].Open < len(is.Tries[j].Rounds) {
			cells = is.Tries[j].Rounds[is.Tries[j].Open]
		}
		votes := make([]panel.Vote, len(seats))
		for slot, c := range seats {
			votes[slot].In = left(c) && (cells == nil || cells[slot].Kind != record.Absent)
		}
		if _, ok := panel.Value(a.Policy, votes); !ok {
			return false
		}
	}
	return true
}
