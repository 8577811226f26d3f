package recheck

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"sort"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/record"
)

// Rule is how much is checked; the zero Rule checks nothing.
type Rule struct {
	Top    exact.Num // share of the ranked entries that is checked whole, 0.3; extended over ties
	First  int       // or a fixed number of them, when Top is 0
	Rest   exact.Num // least share of the others, 0.15
	Errors exact.Num // when a greater share of the checked sheets is wrong, everything is checked: 0.05
}

// Usual is the rule of most contests: the best 30 %, 15 % of the rest, 5 %
// errors.
func Usual() Rule {
	return Rule{Top: exact.Must("0.3"), Rest: exact.Must("0.15"), Errors: exact.Must("0.05")}
}

// Ranked is an entry with its rank; 0 is not ranked and is never checked.
type Ranked struct {
	Entry record.EntryID
	Rank  int
}

// Sample is what is checked, each list by rank and ordinal.
type Sample struct {
	Top  []record.EntryID
	Rest []record.EntryID // drawn
}

// Sizes are how many of n ranked entries are checked before ties extend the top.
func (r Rule) Sizes(n int) (top, rest int) {
	top = r.First
	if !r.Top.IsZero() {
		top = above(r.Top, n)
	}
	top = min(top, n)
	return top, above(r.Rest, n-top)
}

// above is the least whole number that is a share of n or more.
func above(share exact.Num, n int) int { return share.Mul(exact.Int(n)).Whole(exact.Ceiling) }

// Draw chooses what is checked. Equal entries and an equal seed give an equal
// sample, in whatever order they come.
func (r Rule) Draw(entries []Ranked, seed []byte) Sample {
	var list []Ranked
	for _, e := range entries {
		if e.Rank > 0 {
			list = append(list, e)
		}
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].Rank != list[j].Rank {
			return list[i].Rank < list[j].Rank
		}
		return list[i].Entry < list[j].Entry
	})
	top, _ := r.Sizes(len(list))
	for top > 0 && top < len(list) && list[top].Rank == list[top-1].Rank {
		top++
	}
	rest := list[top:]
	drawn := lots(rest, seed)[:above(r.Rest, len(rest))]
	chosen := map[record.EntryID]bool{}
	for _, e := range drawn {
		chosen[e.Entry] = true
	}
	s := Sample{}
	for i, e := range list {
		switch {
		case i < top:
			s.Top = append(s.Top, e.Entry)
		case chosen[e.Entry]:
			s.Rest = append(s.Rest, e.Entry)
		}
	}
	return s
}

// lots are the entries in the order of their lots.
func lots(rest []Ranked, seed []byte) []Ranked {
	lot := map[record.EntryID][]byte{}
	for _, e := range rest {
		sum := sha256.Sum256(binary.BigEndian.AppendUint32(append([]byte(nil), seed...), uint32(e.Entry)))
		lot[e.Entry] = sum[:]
	}
	list := append([]Ranked(nil), rest...)
	sort.Slice(list, func(i, j int) bool { return bytes.Compare(lot[list[i].Entry], lot[list[j].Entry]) < 0 })
	return list
}

// Tolerated is the greatest number of wrong sheets among so many checked ones
// that does not make everything be checked.
func (r Rule) Tolerated(checked int) int { return r.Errors.Mul(exact.Int(checked)).Whole(exact.Floor) }

// Full says whether everything is to be checked: the share of wrong sheets is
// strictly above the rule's.
func (r Rule) Full(wrong, checked int) bool { return wrong > r.Tolerated(checked) }
