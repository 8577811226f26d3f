package excel

import (
	"strings"
	"unicode"
)

// Escape makes a text that no program takes for a formula: where a line, after
// its spaces, begins with = + - @ or their forms of full width, or with a tab, a
// break or a zero, a quote is set before it. Characters that no sheet can hold
// are left out.
func Escape(s string) string {
	active := strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") || strings.HasPrefix(s, "\n") || strings.HasPrefix(s, "\x00")
	s = strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' {
			return r
		}
		if r == unicode.ReplacementChar || r == '\ufffe' || r == '\uffff' || unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if looksActive(line) || i == 0 && active {
			lines[i] = "'" + line
		}
	}
	return strings.Join(lines, "\n")
}

// looksActive says that a program may take a line for a formula.
func looksActive(line string) bool {
	if strings.HasPrefix(line, "\t") {
		return true
	}
	line = strings.TrimLeftFunc(line, func(r rune) bool {
		return unicode.IsSpace(r) || r >= '\u200b' && r <= '\u200f' || r == '\u2060' || r == '\ufeff'
	})
	return line != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(line)[0])
}
