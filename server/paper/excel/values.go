package excel

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// taken is what became of a cell: a value, or a code that says why not.
type taken struct {
	value, code, hint string
	changed           bool
}

// take reads a cell as the column's kind.
func (c Column) take(in cell, is1904 bool) taken {
	switch in.kind {
	case formula:
		return taken{code: "excel.formula"}
	case mistake:
		return taken{code: "excel.cell_error", hint: cut(in.value)}
	case empty:
		return taken{}
	}
	switch {
	case c.Kind == Date:
		return takeDate(in, is1904)
	case c.Kind == Number && in.kind != text:
		// The digits behind the fifteenth are gone, and nobody knows which they were.
		return taken{code: "excel.id_as_number"}
	case in.kind == number || in.kind == date:
		plain, ok := plainNumber(in.value)
		if !ok {
			return taken{code: "excel.number"}
		}
		in.value = plain
	}
	value, changed := tidy(in.value)
	switch c.Kind {
	case Integer:
		n, err := strconv.Atoi(value)
		if value != "" && (err != nil || n < 0) {
			return taken{code: "excel.integer", hint: cut(value)}
		}
	case Choice:
		return c.choose(value, changed)
	}
	return taken{value: value, changed: changed}
}

func (c Column) choose(value string, changed bool) taken {
	if value == "" {
		return taken{}
	}
	var words []string
	for _, o := range c.Options {
		if value == o.Word || value == o.Value {
			return taken{value: o.Value, changed: changed}
		}
		words = append(words, o.Word)
	}
	return taken{code: "excel.choice", hint: cut(strings.Join(words, "、"))}
}

// plainNumber writes a whole number as its digits. 1E+300 is no text that anyone
// meant; neither is what has more digits than Excel keeps.
func plainNumber(s string) (string, bool) {
	_, exponent, _ := strings.Cut(strings.ToUpper(s), "E")
	if n, err := strconv.Atoi(exponent); len(s) > 30 || exponent != "" && (err != nil || n > 15 || n < -15) {
		return "", false
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return "", false
	}
	if !r.IsInt() {
		return strings.TrimRight(r.FloatString(6), "0"), true
	}
	digits := r.Num().String()
	return digits, len(digits) <= 15
}

// tidy takes out what nobody sees or means: marks without width, controls, odd
// spaces, digits and letters of full width, the quote before a text that looks
// like a formula.
func tidy(s string) (string, bool) {
	out := strings.Map(func(r rune) rune {
		switch {
		case r >= '\u200b' && r <= '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u2069', r == '\ufeff':
			return -1
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r):
			return -1
		case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
			return r - '０' + '0'
		}
		return r
	}, s)
	out = strings.Join(strings.Fields(out), " ")
	if rest, ok := strings.CutPrefix(out, "'"); ok && looksActive(rest) {
		out = rest
	}
	return out, out != s
}

var dateForm = regexp.MustCompile(`^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$`)

func takeDate(in cell, is1904 bool) taken {
	if in.kind == number || in.kind == date {
		day, ok := serial(in.value, is1904)
		if !ok {
			return taken{code: "excel.date", hint: cut(in.value)}
		}
		return taken{value: day.Format(time.DateOnly)}
	}
	value, changed := tidy(in.value)
	if value == "" {
		return taken{}
	}
	m := dateForm.FindStringSubmatch(strings.ReplaceAll(value, " ", ""))
	if m == nil {
		return taken{code: "excel.date", hint: cut(value)}
	}
	day, err := time.Parse("2006-1-2", m[1]+"-"+strings.TrimPrefix(m[2]+m[4], "0")+"-"+strings.TrimPrefix(m[3]+m[5], "0"))
	if err != nil {
		return taken{code: "excel.date", hint: cut(value)}
	}
	return taken{value: day.Format(time.DateOnly), changed: changed}
}

// serial is the day of Excel's count: 1 is 1900-01-01, 60 a 29 February that never
// was, or in books of the other kind 0 is 1904-01-01. Hours are left out.
func serial(s string, is1904 bool) (time.Time, bool) {
	whole, _, _ := strings.Cut(s, ".")
	n, err := strconv.Atoi(whole)
	if err != nil || n < 0 || n > 2_958_465 || !is1904 && (n == 0 || n == 60) {
		return time.Time{}, false
	}
	switch {
	case is1904:
		return time.Date(1904, 1, 1+n, 0, 0, 0, 0, time.UTC), true
	case n < 60:
		return time.Date(1900, 1, n, 0, 0, 0, 0, time.UTC), true
	}
	return time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC), true
}
