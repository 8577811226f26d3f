package door

import (
	"strconv"

	"jiangtai/scoring/panel"
	"jiangtai/scoring/record"
	"jiangtai/scoring/report"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/scheme"
)

// Number reads a whole number from 1 to 9999 in its one spelling.
func Number(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 1 && n <= 9999 && strconv.Itoa(n) == s
}

// Decide asks that the scheme leaves some tie to a decision: of ranks, or at a cut
// of prizes or of who goes on.
func Decide(r *rules.Rules, c *record.Command) *Refusal {
	s := r.Scheme()
	decides := r.Decides || s.Advance != nil && s.Advance.Ties == "decide"
	for _, p := range []*scheme.Prizes{s.Prizes, s.TeamPrizes} {
		decides = decides || p != nil && p.Ties == "decide"
	}
	if !decides {
		return Refuse(Rule, "judging.ties_are_shared", "", "")
	}
	if _, ok := Number(c.Value); !ok {
		return Refuse(Malformed, "judging.malformed_value", "/value", c.Value)
	}
	return nil
}

// Seats asks for a chair in every panel that marks something, and for as many as
// the scheme declares; seats are the chairs by the rules' panels.
func Seats(r *rules.Rules, seats [][]record.ChairID) *Refusal {
	for i := range r.Aspects {
		a := &r.Aspects[i]
		if a.Panel < 0 {
			continue
		}
		p, seated := &r.PanelList[a.Panel], len(seats[a.Panel])
		if seated == 0 || p.Chairs > 0 && seated != p.Chairs {
			return Refuse(Rule, "judging.panel_not_seated", "", p.ID+": "+strconv.Itoa(seated)+"/"+strconv.Itoa(p.Chairs))
		}
		if least := panel.Least(a.Policy, seated); a.Each && seated < least {
			return Refuse(Rule, "judging.panel_not_seated", "", p.ID+": "+strconv.Itoa(seated)+"/"+strconv.Itoa(least))
		}
	}
	return nil
}

// Sit asks that the judges of a chair are counted without a hole: sat of them have
// taken it after the first one.
func Sit(c *record.Command, phase report.Phase, seated bool, sat int) *Refusal {
	next := strconv.Itoa(sat + 2)
	switch {
	case phase == report.Waiting:
		return Refuse(NotOpen, "judging.not_open", "", "")
	case phase == report.Official:
		return Refuse(Rule, "judging.published", "", "")
	case !seated:
		return Refuse(NotFound, "judging.no_such_chair", "/chair", "")
	case c.TextHash == [32]byte{}:
		return Refuse(Malformed, "judging.reason", "/text", "")
	case c.Value != next:
		return Refuse(Rule, "judging.sitting", "/value", next)
	}
	return nil
}
