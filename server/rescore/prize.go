package rescore

import (
	"fmt"
	"math/big"
	"slices"
	"sort"
)

// row is an entry as it stands for prizes: in a group it has the group's rank.
type row struct {
	*sheet
	rank int
}

// tier is a run of entries of equal rank, at the places [from, to) of who may
// win.
type tier struct {
	from, to int
	rows     []row
}

// tiers cuts who may win into ties. Where a cut is decided by persons a decided
// place makes a tie of its own.
func tiers(rows []row, decided bool) []tier {
	sort.Slice(rows, func(i, j int) bool {
		a, b := rows[i], rows[j]
		switch {
		case a.rank != b.rank:
			return a.rank < b.rank
		case a.who.decided != b.who.decided:
			return sooner(a.who.decided, b.who.decided)
		}
		return a.entry < b.entry
	})
	var list []tier
	for i, r := range rows {
		if n := len(list); n > 0 {
			last := list[n-1].rows[0]
			if last.rank == r.rank && (!decided || last.who.decided == r.who.decided) {
				list[n-1].rows, list[n-1].to = append(list[n-1].rows, r), i+1
				continue
			}
		}
		list = append(list, tier{i, i + 1, []row{r}})
	}
	return list
}

// share gives each tier its prize: upTo are the places up to and with each
// prize. No tie is split: where a border runs through one it has the prize of its
// first place, with narrow that of its last, and with decide it waits.
func share(list []tier, upTo []int, ties string, give func(tier, int), wait func(t tier, prize, room int)) {
	prizeAt := func(place int) int {
		return sort.Search(len(upTo), func(i int) bool { return place < upTo[i] })
	}
	for _, t := range list {
		first, last := prizeAt(t.from), prizeAt(t.to-1)
		switch {
		case first == len(upTo):
			return // behind the last prize
		case first != last && ties == "decide":
			wait(t, first, upTo[first]-t.from)
		case ties == "narrow":
			if last < len(upTo) {
				give(t, last)
			}
		default:
			give(t, first)
		}
	}
}

// groups are the parts of a list that a rule goes through apart, "" for the
// whole list; who belongs to none is in no part.
func (f *final) groups(list []*sheet, by string, visit func(name string, in []*sheet, rank func(*sheet) int)) {
	if by == "" {
		visit("", list, func(sh *sheet) int { return f.ranks[sh] })
		return
	}
	parts := map[uint64][]*sheet{}
	for _, sh := range list {
		if n := sh.who.in[by]; n > 0 {
			parts[n] = append(parts[n], sh)
		}
	}
	for n, in := range parts {
		visit(fmt.Sprintf(" in %s %d", by, n), in, func(sh *sheet) int { return f.within(sh, by) })
	}
}

// counts are the places of each prize among n.
func (r *prizeRule) counts(n int) []int {
	list := make([]int, len(r.List))
	shares, given := zero(), 0
	whole := func(x *big.Rat) int {
		rounding := round{Mode: r.Mode}
		return int(rounding.rounded(mul(x, big.NewRat(int64(n), 1))).Num().Int64())
	}
	for i := range r.List {
		p := &r.List[i]
		if p.Share == nil {
			list[i] = p.Number
			continue
		}
		if list[i] = whole(p.Share.Rat); r.Running {
			shares = add(shares, p.Share.Rat)
			list[i] = whole(shares) - given
			given += list[i]
		}
	}
	return list
}

// prizes says what a rule gives to a list of entries (all of persons, or all of
// teams), and answers each winner's prize.
func (f *final) prizes(facts Facts, what string, r *prizeRule, entries []*sheet) map[*sheet]string {
	won := map[*sheet]string{}
	f.groups(entries, r.By, func(name string, in []*sheet, rank func(*sheet) int) {
		base := 0
		var rows []row
		for _, sh := range in {
			at := rank(sh)
			if at > 0 || r.Of == "started" && !slices.Contains([]string{"dns", "withdrawn", "out"}, sh.who.status) {
				base++
			}
			if at > 0 && sh.who.may("prize") && (r.BelowPass || f.passes(sh)) {
				rows = append(rows, row{sh, at})
			}
		}
		facts.say(what+name, "base", base)
		counts, upTo := r.counts(base), 0
		borders := make([]int, len(counts))
		for i, n := range counts {
			upTo += n
			borders[i] = upTo
			facts.say(what+" "+r.List[i].ID+name, "places", n)
		}
		if base < r.Least {
			facts.say(what+name, "state", "too few")
			return
		}
		share(tiers(rows, r.Ties == "decide"), borders, r.Ties, func(t tier, prize int) {
			for _, w := range t.rows {
				won[w.sheet] = r.List[prize].ID
				facts.say(entryName(w.entry), what, r.List[prize].ID)
			}
		}, func(t tier, prize, room int) {
			facts.say(what+" "+r.List[prize].ID+name, "undecided", fmt.Sprint(room, " for ", t.entries()))
		})
	})
	return won
}

func (t *tier) entries() []uint64 {
	list := make([]uint64, len(t.rows))
	for i, r := range t.rows {
		list[i] = r.entry
	}
	slices.Sort(list)
	return list
}

// passes says whether an entry reaches the declared pass marks: of a team those
// of its own components.
func (f *final) passes(sh *sheet) bool {
	ok := sh.complete
	if p := f.st.now.Pass; p != nil && !sh.who.team() {
		ok = ok && f.reaches(sh, p)
	}
	for i := range f.st.now.Components {
		if c := &f.st.now.Components[i]; sh.owns(c) && c.Pass != nil {
			ok = ok && sh.comps[c.ID].Cmp(c.Pass.Rat) >= 0
		}
	}
	return ok
}

// reaches says whether a total is enough.
func (f *final) reaches(sh *sheet, line *number) bool {
	c := sh.total.Cmp(line.Rat)
	return c == 0 || c < 0 == (f.st.now.Ranking.Order == "ascending")
}

// advance says who goes on to the next stage.
func (f *final) advance(facts Facts, r *advanceRule) {
	f.groups(f.lists[0], r.By, func(name string, in []*sheet, rank func(*sheet) int) {
		var rows []row
		for _, sh := range in {
			if sh.who.may("advance") && (r.Line == nil || f.reaches(sh, r.Line)) {
				rows = append(rows, row{sh, rank(sh)})
			}
		}
		first := r.First
		if first == 0 {
			first = len(rows)
		}
		share(tiers(rows, r.Ties == "decide"), []int{first}, r.Ties, func(t tier, _ int) {
			for _, w := range t.rows {
				facts.say(entryName(w.entry), "advances", "yes")
			}
		}, func(t tier, _, room int) {
			facts.say("advancing"+name, "undecided", fmt.Sprint(room, " for ", t.entries()))
		})
	})
}
