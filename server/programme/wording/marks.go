package wording

import (
	"regexp"

	"jiangtai/scoring/exact"
)

var (
	oneMark   = regexp.MustCompile(`^` + num + `分?$`)
	times     = regexp.MustCompile(`^` + num + `分?×(\d{1,2})(?:处|个|项)?$`)
	splitMark = regexp.MustCompile(`^` + num + `分?[/+]` + num + `分?$`)
	noMark    = regexp.MustCompile(`^(?:[-/\\~]+|无|倒扣|扣分项?|否决项?|否定项|0)$`)
)

// Marks is what a cell 配分 says.
type Marks struct {
	Parts []exact.Num // one, or two for 8/4; none where the row has no marks
	Times int         // of 4×2; else 1
}

// Sum is all of them.
func (m Marks) Sum() exact.Num {
	sum := exact.Zero
	for _, p := range m.Parts {
		sum = sum.Add(p)
	}
	return sum.Mul(exact.Int(max(m.Times, 1)))
}

// MarksOf reads 10, 10分, 4×2, 8/4, 倒扣 and an empty cell; false for what is none
// of these.
func MarksOf(s string) (Marks, bool) {
	s = trim(canon(s))
	if s == "" || noMark.MatchString(s) {
		return Marks{Times: 1}, true
	}
	if m := times.FindStringSubmatch(s); m != nil {
		a, n := numOf(m[1]), numOf(m[2])
		if a == nil || n == nil || n.Whole(exact.Floor) < 1 || n.Whole(exact.Floor) > 50 || a.Sign() <= 0 {
			return Marks{}, false
		}
		return Marks{Parts: []exact.Num{*a}, Times: n.Whole(exact.Floor)}, true
	}
	var parts []exact.Num
	m := oneMark.FindStringSubmatch(s)
	if m == nil {
		m = splitMark.FindStringSubmatch(s)
	}
	if m == nil {
		return Marks{}, false
	}
	for _, p := range m[1:] {
		n := numOf(p)
		if n == nil || n.Sign() <= 0 {
			return Marks{}, false
		}
		parts = append(parts, *n)
	}
	return Marks{Parts: parts, Times: 1}, true
}

var declared = regexp.MustCompile(`[（ ]?(?:共|满分|合计|总分|计|分值|配分)?：?` + num + `分[）]?$`)

// Declared takes the marks out of a heading: 一、准备工作（20分）.
func Declared(s string) (name string, marks *exact.Num) {
	s = trim(canon(s))
	if m := declared.FindStringSubmatchIndex(s); m != nil {
		return Heading(s[:m[0]]), numOf(s[m[2]:m[3]])
	}
	return Heading(s), nil
}

// Heading is a heading without its number.
func Heading(s string) string {
	s = trim(canon(s))
	if m := leadNumber.FindStringSubmatchIndex(s); m != nil && m[2] < 0 {
		s = trim(s[m[1]:])
	}
	return shown(s)
}
