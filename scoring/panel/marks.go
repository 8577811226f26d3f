package panel

import (
	"math"
	"slices"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
)

// Marks are the votes of a small panel that are in, as hundredths: the way of nearly
// every mark of a contest, without a copy of a vote.
type Marks struct {
	n    int
	list [16]int64
}

// Add takes a mark of so many hundredths; false says that there is no room for it.
// Sixteen of them must not overflow.
func (m *Marks) Add(hundredths int64) bool {
	if m.n >= len(m.list) {
		return false
	}
	m.list[m.n] = hundredths
	m.n++
	return true
}

// Value is Value of the votes that were added, of a panel of so many chairs. The
// policy must not be the chief's, who is not found among sorted marks.
func (m *Marks) Value(p *scheme.Policy, chairs int) (v exact.Num, ok bool) {
	low, high := 0, 0
	switch p.Kind {
	case scheme.Median:
		low = (m.n - 1) / 2
		high = low
	case scheme.Trimmed, scheme.Middle:
		low, high = p.Low, p.High
	}
	if m.n < Least(*p, chairs) {
		return v, false
	}
	sum, by := m.between(low, high), 1
	if p.Kind != scheme.SumAll && p.Kind != scheme.Middle {
		by = m.n - low - high
	}
	return exact.Hundredths(sum, by), true
}

// between is the sum without so many of the lowest and of the highest. One at each
// end is the rule of most contests, and wants no order.
func (m *Marks) between(low, high int) (sum int64) {
	marks := m.list[:m.n]
	if low > 1 || high > 1 {
		slices.Sort(marks)
		marks, low, high = marks[low:len(marks)-high], 0, 0
	}
	lowest, highest := int64(math.MaxInt64), int64(math.MinInt64)
	for _, c := range marks {
		sum, lowest, highest = sum+c, min(lowest, c), max(highest, c)
	}
	if low == 1 {
		sum -= lowest
	}
	if high == 1 {
		sum -= highest
	}
	return sum
}
