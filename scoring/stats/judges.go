package stats

import (
	"sort"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/record"
)

// Round is one complete round of a panel: one aspect of one entry, one attempt.
type Round struct {
	Entry   record.EntryID
	Aspect  string
	Attempt uint8
	Panel   string
	Max     exact.Num // the most that a mark can be; 0: marks are taken as they are
	Marks   []Mark    // by chair, only of chairs that gave one
}

// Mark is one chair's mark.
type Mark struct {
	Chair   record.ChairID
	Sitting int // which of the chair's judges gave it: 0 the first one
	Value   exact.Num
}

// share is a mark as a share of what it could be.
func (r *Round) share(i int) exact.Num {
	if r.Max.Sign() <= 0 {
		return r.Marks[i].Value
	}
	return r.Marks[i].Value.Div(r.Max)
}

// others is the mean of all shares but one, and how far they lie from it on
// average; there must be another.
func (r *Round) others(but int) (mean, spread exact.Num) {
	n := exact.Int(len(r.Marks) - 1)
	for i := range r.Marks {
		if i != but {
			mean = mean.Add(r.share(i))
		}
	}
	mean = mean.Div(n)
	for i := range r.Marks {
		if i != but {
			spread = spread.Add(r.share(i).Sub(mean).Abs())
		}
	}
	return mean, spread.Div(n)
}

// Judge is how one judge marks beside the others of the panel.
type Judge struct {
	Chair    record.ChairID
	Sitting  int       // where another one has taken the chair: which of them, from 0
	Marks    int       // how many were held against others
	Severity exact.Num // mean distance from the others' mean, as a share: below 0 is severe (偏严), above lenient (偏松)
	Spread   exact.Num // mean distance of those distances from Severity: how much the judge wavers
}

// Judges are all who marked beside others, by chair and in the order in which they sat
// there.
func Judges(rounds []Round) []Judge {
	type who struct {
		chair   record.ChairID
		sitting int
	}
	away := map[who][]exact.Num{}
	for i := range rounds {
		r := &rounds[i]
		if len(r.Marks) < 2 {
			continue
		}
		for j := range r.Marks {
			mean, _ := r.others(j)
			by := who{r.Marks[j].Chair, r.Marks[j].Sitting}
			away[by] = append(away[by], r.share(j).Sub(mean))
		}
	}
	list := make([]Judge, 0, len(away))
	for by, distances := range away {
		mean := meanOf(distances)
		spread := exact.Zero
		for _, d := range distances {
			spread = spread.Add(d.Sub(mean).Abs())
		}
		list = append(list, Judge{by.chair, by.sitting, len(distances), mean, spread.Div(exact.Int(len(distances)))})
	}
	sort.Slice(list, func(i, j int) bool {
		return list[i].Chair < list[j].Chair || list[i].Chair == list[j].Chair && list[i].Sitting < list[j].Sitting
	})
	return list
}

func meanOf(list []exact.Num) exact.Num {
	sum := exact.Zero
	for _, n := range list {
		sum = sum.Add(n)
	}
	return sum.Div(exact.Int(len(list)))
}

// Limits say when a mark stands apart.
type Limits struct {
	Times exact.Num // more than so many times the others' mean deviation from their mean
	Least exact.Num // and more than this share of the maximum, so that 9.0 beside 9.1 and 9.1 is nothing
}

// Usual is three times the others' deviation and at least a tenth of the
// maximum.
func Usual() Limits { return Limits{Times: exact.Int(3), Least: exact.Must("0.1")} }

// Outlier is a mark that stands apart from the others of its round.
type Outlier struct {
	Entry   record.EntryID
	Aspect  string
	Attempt uint8
	Chair   record.ChairID
	Value   exact.Num
	Away    exact.Num // from the others' mean, as a share of the maximum
}

// Outliers are the marks that stand apart, the farthest first; equal ones in the
// order of rounds. A round needs three marks: of two nobody knows which one.
func Outliers(rounds []Round, l Limits) []Outlier {
	var list []Outlier
	for i := range rounds {
		r := &rounds[i]
		if len(r.Marks) < 3 {
			continue
		}
		for j := range r.Marks {
			mean, spread := r.others(j)
			away := r.share(j).Sub(mean)
			if l.Least.Less(away.Abs()) && l.Times.Mul(spread).Less(away.Abs()) {
				list = append(list, Outlier{r.Entry, r.Aspect, r.Attempt, r.Marks[j].Chair, r.Marks[j].Value, away})
			}
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[j].Away.Abs().Less(list[i].Away.Abs()) })
	return list
}
