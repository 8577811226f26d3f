package numbering

import (
	"cmp"
	"slices"

	"jiangtai/server/contest"
)

// Number is the number that stands for a group, county or unit in an event's
// records (归属编号). A number keeps its key for ever.
type Number struct {
	By   string // group, county or unit
	N    int    // 1 to 9999
	Key  string // what is numbered: a name, or a unit's code
	Name string // as shown
}

// Words are the words by which an event may rank, in the order of scoring's
// Groups.
var Words = [...]string{"group", "county", "unit"}

// KeyOf is what an entry belongs to by a word, and how that is shown; "" for none.
func KeyOf(e contest.Entry, by string) (key, name string) {
	switch by {
	case "group":
		return e.Group, e.Group
	case "county":
		return e.InCounty(), e.InCounty()
	}
	return e.Unit.Code, e.Unit.Short
}

// Lacking are the numberings that entries need and a list does not have, in the
// order of their keys: numbers say nothing about the order of entries.
func Lacking(list []Number, entries []contest.Entry, words []string) []Number {
	known, last := map[Number]bool{}, map[string]int{}
	for _, n := range list {
		known[Number{By: n.By, Key: n.Key}] = true
		last[n.By] = max(last[n.By], n.N)
	}
	var out []Number
	for _, by := range words {
		for _, e := range entries {
			key, name := KeyOf(e, by)
			if at := (Number{By: by, Key: key}); key != "" && !known[at] {
				known[at] = true
				out = append(out, Number{By: by, Key: key, Name: name})
			}
		}
	}
	slices.SortFunc(out, func(a, b Number) int { return cmp.Or(cmp.Compare(a.By, b.By), cmp.Compare(a.Key, b.Key)) })
	for i := range out {
		last[out[i].By]++
		out[i].N = last[out[i].By]
	}
	return out
}
