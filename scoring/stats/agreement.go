package stats

import (
	"sort"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/record"
)

// Agreement is how far the judges of a panel put the entries in the same order
// (肯德尔和谐系数): W is 1 when all orders are equal and 0 when they have nothing in
// common.
type Agreement struct {
	Panel   string
	Judges  int
	Entries int
	W       exact.Num
	Known   bool // two judges and two entries at least, and not everything equal
}

// Agreements are Kendall's W of each panel, by panel, over the sums of each
// judge's marks for each entry. Judges and entries count who have a mark in
// every round that the panel marked for any of them.
func Agreements(rounds []Round) []Agreement {
	panels := map[string][]Round{}
	for i := range rounds {
		panels[rounds[i].Panel] = append(panels[rounds[i].Panel], rounds[i])
	}
	list := make([]Agreement, 0, len(panels))
	for panel, of := range panels {
		a := Agreement{Panel: panel}
		columns := table(of)
		if a.Judges = len(columns); a.Judges > 0 {
			a.Entries = len(columns[0])
		}
		a.W, a.Known = Kendall(columns)
		list = append(list, a)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Panel < list[j].Panel })
	return list
}

// table is a column of sums for each judge, entries in one order.
func table(rounds []Round) [][]exact.Num {
	type cell struct {
		aspect  string
		attempt uint8
	}
	chairs, cells := map[record.ChairID]bool{}, map[cell]bool{}
	for i := range rounds {
		cells[cell{rounds[i].Aspect, rounds[i].Attempt}] = true
		for _, m := range rounds[i].Marks {
			chairs[m.Chair] = true
		}
	}
	whole := map[record.EntryID]int{}
	sums := map[record.EntryID]map[record.ChairID]exact.Num{}
	for i := range rounds {
		r := &rounds[i]
		if sums[r.Entry] == nil {
			sums[r.Entry] = map[record.ChairID]exact.Num{}
		}
		if len(r.Marks) == len(chairs) {
			whole[r.Entry]++
		}
		for j := range r.Marks {
			chair := r.Marks[j].Chair
			sums[r.Entry][chair] = sums[r.Entry][chair].Add(r.share(j))
		}
	}
	var entries []record.EntryID
	for e, n := range whole {
		if n == len(cells) {
			entries = append(entries, e)
		}
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i] < entries[j] })
	var columns [][]exact.Num
	for chair := range chairs {
		column := make([]exact.Num, len(entries))
		for i, e := range entries {
			column[i] = sums[e][chair]
		}
		columns = append(columns, column)
	}
	return columns
}

// Kendall is W of judges' columns of equal length, with mid-ranks and the
// correction for ties: 12 S ÷ (m² (n³ − n) − m ΣT). It is not known for fewer
// than two judges or entries, or when every judge finds all equal.
func Kendall(columns [][]exact.Num) (w exact.Num, known bool) {
	m := len(columns)
	if m < 2 || len(columns[0]) < 2 {
		return exact.Zero, false
	}
	n := len(columns[0])
	sums, ties := make([]exact.Num, n), exact.Zero
	for _, column := range columns {
		ranks, t := midRanks(column)
		ties = ties.Add(t)
		for i := range ranks {
			sums[i] = sums[i].Add(ranks[i])
		}
	}
	mean, s := meanOf(sums), exact.Zero
	for _, r := range sums {
		d := r.Sub(mean)
		s = s.Add(d.Mul(d))
	}
	whole := exact.Int(m * m).Mul(exact.Int(n*n*n - n)).Sub(exact.Int(m).Mul(ties))
	if whole.IsZero() {
		return exact.Zero, false
	}
	return exact.Int(12).Mul(s).Div(whole), true
}

// midRanks are ranks from the least up, equal values sharing the mean of their
// places; ties is Σ(t³ − t) over groups of t equal values.
func midRanks(column []exact.Num) (ranks []exact.Num, ties exact.Num) {
	ranks = make([]exact.Num, len(column))
	for i := range column {
		less, equal := 0, 0
		for j := range column {
			switch column[j].Cmp(column[i]) {
			case -1:
				less++
			case 0:
				equal++
			}
		}
		ranks[i] = exact.Int(less).Add(exact.Frac(equal+1, 2))
		ties = ties.Add(exact.Int(equal*equal - 1)) // each of t members adds t² − 1
	}
	return ranks, ties
}
