package rescore

import (
	"fmt"
	"math/big"
	"slices"
)

// tableKinds are the tables of units that are held against each other: the best
// three, points for prizes (8, 4, 2, 1 from the highest), fixed teams.
var tableKinds = []string{"best", "points", "team"}

// account is one unit of a table.
type account struct {
	number    uint64
	whole     bool // it has a rank
	score     *big.Rat
	places    []int // how many firsts, seconds, …
	practical *big.Rat
	seconds   *big.Rat
}

// table ranks units, or counties, by what their persons did.
func (f *final) table(facts Facts, by, kind string, persons []*sheet, won map[*sheet]string) {
	units := map[uint64][]*sheet{}
	for _, sh := range persons {
		if n := sh.who.in[by]; n > 0 && sh.who.may("unit") {
			units[n] = append(units[n], sh)
		}
	}
	accounts := make([]*account, 0, len(units))
	for n, list := range units {
		accounts = append(accounts, f.account(n, kind, list, won))
	}
	for _, a := range accounts {
		rank := 1
		for _, o := range accounts {
			if o.whole && f.richer(o, a, kind) {
				rank++
			}
		}
		if !a.whole {
			rank = 0
		}
		facts.say(fmt.Sprint(by, " ", a.number), "table "+kind, fmt.Sprint("rank ", rank, ", score ", a.score.RatString()))
	}
}

func (f *final) account(number uint64, kind string, list []*sheet, won map[*sheet]string) *account {
	a := &account{number: number, score: zero(), practical: zero(), seconds: zero(), whole: true}
	slices.SortFunc(list, func(x, y *sheet) int {
		if c := f.ranks[x] - f.ranks[y]; c != 0 {
			return c
		}
		return int(x.entry) - int(y.entry)
	})
	named, counted := 0, 0
	for _, sh := range list {
		points := f.points(won[sh])
		if sh.who.in["team"] > 0 {
			named++
		} else if kind == "team" {
			continue
		}
		if f.ranks[sh] == 0 || kind == "best" && counted == 3 || kind == "points" && points == 0 {
			continue
		}
		counted++
		if kind == "points" {
			a.score = add(a.score, big.NewRat(points, 1))
		} else {
			a.score = add(a.score, sh.total)
		}
		a.places = append(a.places, f.ranks[sh])
		a.practical = add(a.practical, f.practical(sh))
		a.seconds = add(a.seconds, f.seconds(sh))
	}
	switch {
	case kind == "team":
		a.whole = counted > 0 && counted == named
	case kind == "best" && f.lower():
		a.whole = counted > 0 // nobody's time is not the best time
	}
	return a
}

// points are 8, 4, 2, 1 for the prizes in their order.
func (f *final) points(prize string) int64 {
	if f.st.now.Prizes == nil {
		return 0
	}
	for i, p := range f.st.now.Prizes.List {
		if p.ID == prize {
			return 8 >> i
		}
	}
	return 0
}

// practical is the last component of persons: theory stands before it.
func (f *final) practical(sh *sheet) *big.Rat {
	value := zero()
	for i := range f.st.now.Components {
		if c := &f.st.now.Components[i]; sh.owns(c) {
			value = sh.comps[c.ID]
		}
	}
	return value
}

// seconds are the time that the first key of time reads; 0 without one.
func (f *final) seconds(sh *sheet) *big.Rat {
	for i := range f.st.now.Ranking.Keys {
		if k := &f.st.now.Ranking.Keys[i]; k.By == "time" {
			if v := f.st.keyOf(k, sh, nil); v != nil {
				return v
			}
		}
	}
	return zero()
}

// richer says whether a stands strictly before b: by the score, by more firsts,
// seconds and so on, by the practical part, by less time.
func (f *final) richer(a, b *account, kind string) bool {
	if c := a.score.Cmp(b.score); c != 0 {
		return c > 0 == (kind == "points" || !f.lower())
	}
	for place := 1; place <= len(f.sheets); place++ {
		if x, y := has(a.places, place), has(b.places, place); x != y {
			return x > y
		}
	}
	if c := a.practical.Cmp(b.practical); c != 0 {
		return c > 0
	}
	return a.seconds.Cmp(b.seconds) < 0
}

// lower says whether totals are such that less is better.
func (f *final) lower() bool { return f.st.now.Ranking.Order == "ascending" }

func has(places []int, place int) (n int) {
	for _, p := range places {
		if p == place {
			n++
		}
	}
	return n
}
