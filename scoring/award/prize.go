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
	In    int    // the group that it is won in; 0 where the rule is of all together
}

// Prizes are what a rule gives to a field.
type Prizes struct {
	Base    int      // how many entries the shares are of
	TooFew  bool     // fewer than the rule's least, in each of its groups: nobody wins
	Counts  []int    // by prize: how many the rule provides for, in all groups together
	Winners []Winner // by group and rank
	Open    []Cut    // cuts that wait for a decision; who is in one has no prize yet
	Groups  []Group  // of a rule that cuts each apart, ascending; else nil
}

// Group is what the rule provides for in one of them.
type Group struct {
	Number int
	Base   int
	TooFew bool
	Counts []int
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

// Give gives the prizes of a checked rule to the persons of a field. It asks of
// them who is ranked, may win, and has passed.
func Give(p *scheme.Prizes, field []Entry) Prizes { return give(p, side(field, false)) }

// GiveTeams gives the prizes of a checked rule to the teams of a field.
func GiveTeams(p *scheme.Prizes, field []Entry) Prizes { return give(p, side(field, true)) }

func give(p *scheme.Prizes, field []Entry) Prizes {
	out := Prizes{Counts: make([]int, len(p.List)), TooFew: true}
	for _, g := range groups(field, p.By) {
		one := out.giveIn(p, g)
		out.Base += one.Base
		out.TooFew = out.TooFew && one.TooFew
		for i, n := range one.Counts {
			out.Counts[i] += n
		}
		if p.By != "" {
			out.Groups = append(out.Groups, one)
		}
	}
	return out
}

// giveIn gives the prizes in one group.
func (out *Prizes) giveIn(p *scheme.Prizes, g group) Group {
	one := Group{Number: g.number}
	for i := range g.field {
		if e := &g.field[i]; e.Rank > 0 || p.Of == "started" && e.started() {
			one.Base++
		}
	}
	one.Counts = Counts(p, one.Base)
	if one.TooFew = one.Base < p.Least; one.TooFew {
		return one
	}
	list := inOrder(g.field, func(e *Entry) bool { return e.Flags&record.MayWin != 0 && (e.Passed || p.BelowPass) })
	border, start := 0, 0
	for i := range p.List {
		border += one.Counts[i]
		end, open := cutAt(list, max(border, start), start, p.Ties)
		for j := start; j < end; j++ {
			out.Winners = append(out.Winners, Winner{list[j].ID, p.List[i].ID, g.number})
		}
		start = end
		if open > end {
			out.Open = append(out.Open, Cut{p.List[i].ID, border - end, ids(list[end:open]), g.number})
			start = open
		}
	}
	return one
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
	Entries []record.EntryID // by group and rank
	Open    []Cut            // cuts that wait for a decision
}

// Advance says who of the persons of a field goes on by a checked rule. ascending
// says that a total is enough when it is not above the line.
func Advance(a *scheme.Advance, field []Entry, ascending bool) Advancing {
	out := Advancing{}
	for _, g := range groups(side(field, false), a.By) {
		list := inOrder(g.field, func(e *Entry) bool {
			reaches := a.Line == nil || e.Total.Equal(*a.Line) || e.Total.Less(*a.Line) == ascending
			return e.Flags&record.MayAdvance != 0 && reaches
		})
		if a.First == 0 {
			out.Entries = append(out.Entries, ids(list)...)
			continue
		}
		end, open := cutAt(list, a.First, 0, a.Ties)
		out.Entries = append(out.Entries, ids(list[:end])...)
		if open > end {
			out.Open = append(out.Open, Cut{"", a.First - end, ids(list[end:open]), g.number})
		}
	}
	return out
}
