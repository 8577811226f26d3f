package reading

import (
	"slices"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/record"
	"jiangtai/scoring/report"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/tally"
)

// Sheet is one entry's sheet.
type Sheet struct {
	*tally.Counter
	Of      *tally.Sheet
	Entry   record.EntryID
	Recused []record.ChairID
}

// Cell is the current mark of one cell, attempt and round from 1; false when
// there is none. A mark that stands for a whole panel is found under each of its
// chairs.
func (s Sheet) Cell(aspect int, attempt, round uint8, chair record.ChairID) (report.CellMark, bool) {
	slot, ok := s.Slot(&s.Rules.Aspects[aspect], chair)
	if !ok || int(attempt) > len(s.Of.Aspects[aspect].Tries) {
		return report.CellMark{}, false
	}
	rounds := s.Of.Aspects[aspect].Tries[attempt-1].Rounds
	if int(round) > len(rounds) || rounds[round-1][slot].Kind == record.NoKind {
		return report.CellMark{}, false
	}
	return s.mark(aspect, attempt, round, &rounds[round-1][slot]), true
}

func (s Sheet) mark(aspect int, attempt, round uint8, c *tally.Cell) report.CellMark {
	return report.CellMark{
		Entry: s.Entry, Aspect: s.Rules.Aspects[aspect].Src.ID, Attempt: attempt, Round: round,
		Chair: c.Chair, MarkID: c.Mark(), Value: c.Value(), Kind: c.Kind, Seq: c.Seq(),
	}
}

// Marks appends what a chair sees as its own, by aspect, attempt and round.
func (s Sheet) Marks(chair record.ChairID, list []report.CellMark) []report.CellMark {
	for i := range s.Of.Aspects {
		slot, ok := s.Slot(&s.Rules.Aspects[i], chair)
		if !ok {
			continue
		}
		for at := range s.Of.Aspects[i].Tries {
			for round, cells := range s.Of.Aspects[i].Tries[at].Rounds {
				if cells[slot].Kind != record.NoKind {
					list = append(list, s.mark(i, uint8(at+1), uint8(round+1), &cells[slot]))
				}
			}
		}
	}
	return list
}

// try is an attempt of an aspect, an empty one where nothing was marked yet.
func (s Sheet) try(aspect, at int) (t tally.Try) {
	if tries := s.Of.Aspects[aspect].Tries; tries != nil {
		t = tries[at]
	}
	return t
}

// Owed is how many marks of an aspect a chair has given and should give: none of
// an entry that it is recused from.
func (s Sheet) Owed(chair record.ChairID, aspect int) (done, need int) {
	if slices.Contains(s.Recused, chair) {
		return 0, 0
	}
	a := &s.Rules.Aspects[aspect]
	slot, _ := s.Slot(a, chair)
	for i := range s.Of.Aspects[aspect].Tries {
		t := &s.Of.Aspects[aspect].Tries[i]
		if t.Open < len(t.Rounds) && t.Rounds[t.Open][slot].Kind != record.NoKind {
			done++
		}
	}
	return done, a.Tries
}

// Missing are the missing marks in the scheme's order.
func (s Sheet) Missing() []report.MissingMark {
	var list []report.MissingMark
	for i := range s.Rules.Aspects {
		a := &s.Rules.Aspects[i]
		if !a.Required || s.IsVoided(s.Of, i) || s.Of.Aspects[i].Settled {
			continue
		}
		for at := range a.Tries {
			if t := s.try(i, at); !t.Settled {
				list = append(list, s.missingIn(a, at, &t)...)
			}
		}
	}
	return list
}

func (s Sheet) missingIn(a *rules.Aspect, at int, t *tally.Try) []report.MissingMark {
	m := report.MissingMark{Aspect: a.Src.ID, Code: a.Code, Attempt: uint8(at + 1), Round: uint8(t.Open + 1)}
	if t.Done+t.Out == s.Width(a) {
		m.Short = true
		return []report.MissingMark{m}
	}
	var list []report.MissingMark
	for slot := range s.Width(a) {
		if t.Open < len(t.Rounds) && t.Rounds[t.Open][slot].Kind != record.NoKind {
			continue
		}
		if m.Chair = 0; a.Each && slot < len(s.Seats[a.Panel]) {
			m.Chair = s.Seats[a.Panel][slot]
		}
		if !slices.Contains(s.Recused, m.Chair) {
			list = append(list, m)
		}
	}
	return list
}

// Panel is what the chairs of an aspect's panel may see of each other, in the
// round that counts or is being marked.
func (s Sheet) Panel(aspect int, attempt uint8) report.PanelView {
	a, t := &s.Rules.Aspects[aspect], s.try(aspect, int(attempt)-1)
	v := report.PanelView{
		Round: uint8(t.Open + 1), Complete: t.Open < len(t.Rounds) && t.Done+t.Out == s.Width(a), Repeated: t.Open > 0,
	}
	if t.Settled {
		v.Value = t.Value.String()
	}
	for _, chair := range s.Seats[a.Panel] {
		in := report.ChairIn{Chair: chair}
		slot, _ := s.Slot(a, chair)
		if t.Open < len(t.Rounds) {
			c := &t.Rounds[t.Open][slot]
			in.In = c.Kind != record.NoKind
			if v.Complete {
				in.Kind, in.Value = c.Kind, c.Value()
			}
		}
		v.Chairs = append(v.Chairs, in)
	}
	return v
}

// Spread is where an attempt's panel does not agree now: its last whole round was
// too wide while the next is not whole, or its marks so far already are. False
// where it agrees so far.
func (s Sheet) Spread(a *rules.Aspect, at int, t *tally.Try) (report.OpenSpread, bool) {
	if a.Spread == nil || t.Settled {
		return report.OpenSpread{}, false
	}
	for round := min(t.Open, len(t.Rounds)-1); round >= 0 && round >= t.Open-1; round-- {
		if low, high := ends(t.Rounds[round]); a.Spread.Less(high.Sub(low)) {
			return report.OpenSpread{
				Entry: s.Entry, Aspect: a.Src.ID, Attempt: uint8(at + 1), Round: uint8(round + 1),
				Low: low.String(), High: high.String(), Allowed: a.Spread.String(), Again: round < t.Open,
			}, true
		}
	}
	return report.OpenSpread{}, false
}

func ends(cells []tally.Cell) (low, high exact.Num) {
	first := true
	for i := range cells {
		if !cells[i].Said() {
			continue
		}
		if n := cells[i].Num(); first {
			low, high, first = n, n, false
		} else {
			low, high = exact.Min(low, n), exact.Max(high, n)
		}
	}
	return low, high
}
