package idnumber

import "strings"

const (
	creditLength   = 18
	creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY" // no I, O, S, V, Z
)

// ParseCredit reads a unified social credit code (统一社会信用代码) and gives it
// in its plain form; false when it has another form or its check character is
// wrong.
func ParseCredit(text string) (string, bool) {
	s := strings.ToUpper(Plain(text))
	if len(s) != creditLength {
		return "", false
	}
	for i := 2; i < 8; i++ { // the place of registration
		if s[i] < '0' || s[i] > '9' {
			return "", false
		}
	}
	sum, weight := 0, 1
	for _, c := range s[:creditLength-1] {
		value := strings.IndexRune(creditAlphabet, c)
		if value < 0 {
			return "", false
		}
		sum += value * weight
		weight = weight * 3 % 31
	}
	if creditAlphabet[(31-sum%31)%31] != s[creditLength-1] {
		return "", false
	}
	return s, true
}
