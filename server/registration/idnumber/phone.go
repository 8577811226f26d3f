package idnumber

import "strings"

// Phone is a mobile number of eleven digits (手机号). The zero Phone is none.
type Phone struct{ digits string }

// ParsePhone reads a mobile number as people type it: +86 138-0000-1234. What is
// no mobile number of the mainland, such as a landline, is false.
func ParsePhone(text string) (Phone, bool) {
	s := strings.Map(func(r rune) rune {
		if strings.ContainsRune("-()（）·.", r) {
			return -1
		}
		return r
	}, Plain(text))
	s = strings.Replace(s, "＋", "+", 1)
	for _, prefix := range []string{"+86", "0086", "86"} {
		if rest, ok := strings.CutPrefix(s, prefix); ok && len(rest) == 11 {
			s = rest
			break
		}
	}
	if len(s) != 11 || s[0] != '1' || s[1] < '3' {
		return Phone{}, false
	}
	for _, c := range s {
		if c < '0' || c > '9' {
			return Phone{}, false
		}
	}
	return Phone{s}, true
}

// IsZero says that there is no number.
func (p Phone) IsZero() bool { return p.digits == "" }

// Reveal is the whole number, under the rule of ID.Reveal.
func (p Phone) Reveal() string { return p.digits }

// Plain takes out what people and office programs put between and around the
// characters of a number (spaces of all kinds, marks without width) and turns
// digits and letters of full width into plain ones.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '\t' || r == '\u00a0' || r == '\u3000' || r == '\ufeff' || r == '\u2060':
			return -1
		case r >= '\u2000' && r <= '\u200f', r >= '\u202a' && r <= '\u202f':
			return -1
		case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
			return r - '０' + '0'
		}
		return r
	}, s)
}
