package award

import (
	"jiangtai/scoring/exact"
	"jiangtai/scoring/record"
	"jiangtai/scoring/scheme"
)

// Winner is one entry's prize.
type Winner struct {
	Entry record.EntryID
	Prize string // the prize's id
}

// Prizes are what a rule gives to a field.
type Prizes struct {
	Base    int      // how many entries the shares are of
	TooFew  bool     // fewer than the rule's least: nobody wins
	Counts  []int    // by prize: how many the rule provides for
	Winners []Winner // by rank
	Open    []Cut    // cuts that wait for a decision; who is in one has no prize yet
}

var modes = map[string]exact.Mode{
	"": exact.HalfUp, "half_up": exact.HalfUp, "half_even": exact.HalfEven, "floor": exact.Floor, "ceiling": exact.Ceiling,
}

// Counts are how many of each prize the rule provides for among n entries.
func Counts(p *scheme.Prizes, n int) []int {
	counts := make([]int, len(p.List))
	shares, given := exact.Zero, 0
	for i := range p.List {
		share := p.List[i].Share
		switch {
		case share == nil:
			counts[i] = p.List[i].Number
		case p.Running:
			shares = shares.Add(*share)
			upTo := shares.Mul(exact.Int(n)).Whole(modes[p.Mode])
			counts[i], given = upTo-given, upTo
		default:
			counts[i] = share.Mul(exact.Int(n)).Whole(modes[p.Mode])
		}
	}
	return counts
}

// Give gives the prizes of a checked rule. It asks of the field who is ranked,
// may win, and has passed.
func Give(p *scheme.Prizes, field []Entry) Prizes {
	out := Prizes{}
	for i := range field {
		if field[i].Rank > 0 || p.Of == "started" && field[i].started() {
			out.Base++
		}
	}
	out.Counts = Counts(p, out.Base)
	if out.Base < p.Least {
		out.TooFew = true
		return out
	}
	list := inOrder(field, func(e *Entry) bool { return e.Flags&record.MayWin != 0 && (e.Passed || p.BelowPass) })
	border, start := 0, 0
	for i := range p.List {
		border += out.Counts[i]
		end, open := cutAt(list, max(border, start), start, p.Ties)
		for j := start; j < end; j++ {
			out.Winners = append(out.Winners, Winner{list[j].ID, p.List[i].ID})
		}
		start = end
		if open > end {
			out.Open = append(out.Open, Cut{p.List[i].ID, border - end, ids(list[end:open])})
			start = open
		}
	}
	return out
}

// cutAt is where the cut wanted before list[border] falls: [start, end) are
// inside; [end, open) wait for a decision where open is greater.
func cutAt(list []Entry, border, start int, ties string) (end, open int) {
	border = min(border, len(list))
	from, to := tied(list, border, ties == "decide")
	switch {
	case from == border:
		return border, border
	case ties == "narrow":
		return max(from, start), 0
	case ties == "decide":
		return max(from, start), to
	}
	return to, to
}

// Advancing are who goes on to the next stage.
type Advancing struct {
	Entries []record.EntryID // by rank
	Open    *Cut
}

// Advance says who goes on by a checked rule. ascending says that a total is
// enough when it is not above the line.
func Advance(a *scheme.Advance, field []Entry, ascending bool) Advancing {
	list := inOrder(field, func(e *Entry) bool {
		reaches := a.Line == nil || e.Total.Equal(*a.Line) || e.Total.Less(*a.Line) == ascending
		return e.Flags&record.MayAdvance != 0 && reaches
	})
	if a.First == 0 {
		return Advancing{Entries: ids(list)}
	}
	end, open := cutAt(list, a.First, 0, a.Ties)
	out := Advancing{Entries: ids(list[:end])}
	if open > end {
		out.Open = &Cut{"", a.First - end, ids(list[end:open])}
	}
	return out
}
