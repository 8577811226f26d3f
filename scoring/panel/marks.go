package panel

import (
	"slices"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
)

// Marks are the votes of a small panel that are in, as hundredths: the way of nearly
// every mark of a contest, without a copy of a vote.
type Marks struct {
	n       int
	sum     int64
	lowest  int64
	highest int64
	list    [16]int64
}

// Add takes a mark of so many hundredths; false says that there is no room for it.
// Sixteen of them must not overflow.
func (m *Marks) Add(hundredths int64) bool {
	if m.n == len(m.list) {
		return false
	}
	if m.n == 0 {
		m.lowest, m.highest = hundredths, hundredths
	}
	m.list[m.n] = hundredths
	m.n++
	m.sum += hundredths
	m.lowest, m.highest = min(m.lowest, hundredths), max(m.highest, hundredths)
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
func (m *Marks) between(low, high int) int64 {
	sum := m.sum
	if low <= 1 && high <= 1 {
		if low == 1 {
			sum -= m.lowest
		}
		if high == 1 {
			sum -= m.highest
		}
		return sum
	}
	marks := m.list[:m.n]
	slices.Sort(marks)
	sum = 0
	for _, c := range marks[low : m.n-high] {
		sum += c
	}
	return sum
}
