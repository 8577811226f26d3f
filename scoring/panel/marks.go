package panel

import (
	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
)

// Marks are the votes of a small panel that are in, as hundredths and ascending:
// the way of nearly every mark of a contest, without a copy of a vote.
type Marks struct {
	n    int
	list [16]int64
}

// Add puts a mark of so many hundredths in its place; false says that there is no
// room for it. Sixteen of them must not overflow.
func (m *Marks) Add(hundredths int64) bool {
	if m.n == len(m.list) {
		return false
	}
	at := m.n
	for ; at > 0 && hundredths < m.list[at-1]; at-- {
		m.list[at] = m.list[at-1]
	}
	m.list[at] = hundredths
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
	sum, by := int64(0), 1
	for _, c := range m.list[low : m.n-high] {
		sum += c
	}
	if p.Kind != scheme.SumAll && p.Kind != scheme.Middle {
		by = m.n - low - high
	}
	return exact.Hundredths(sum, by), true
}
