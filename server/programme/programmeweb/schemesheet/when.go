package schemesheet

import (
	"regexp"
	"strings"
)

// The signs of conditions, by their names in a scheme.
var signs = []struct{ name, sign, plain string }{{"ge", "≥", ">="}, {"le", "≤", "<="}, {"gt", ">", ">"}, {"lt", "<", "<"}}

// anyValue is a condition that always holds.
const anyValue = "任意"

// whenText writes the conditions of a row: ≥0.5 <1；任意.
func whenText(when []node) string {
	out := make([]string, len(when))
	for i, c := range when {
		var parts []string
		for _, s := range signs {
			if v := at(c, s.name); v != "" {
				parts = append(parts, s.sign+v)
			}
		}
		out[i] = strings.Join(parts, " ")
		if out[i] == "" {
			out[i] = anyValue
		}
	}
	return strings.Join(out, "；")
}

var (
	condition = regexp.MustCompile(`(≥|≤|>=|<=|>|<) ?(-?[0-9.]+)`)
	between   = regexp.MustCompile(`^[ ，、,且和]*$`)
)

// whenOf reads conditions; false where something stands there that is none.
func whenOf(s string) ([]any, bool) {
	s = strings.NewReplacer("；", ";", "＞", ">", "＜", "<", "＝", "=", "≧", "≥", "≦", "≤").Replace(s)
	out := []any{}
	for part := range strings.SplitSeq(s, ";") {
		c := node{}
		if part = strings.TrimSpace(part); part != anyValue && part != "any" && part != "" {
			if !between.MatchString(condition.ReplaceAllString(part, "")) {
				return nil, false
			}
			for _, m := range condition.FindAllStringSubmatch(part, -1) {
				for _, sign := range signs {
					if m[1] == sign.sign || m[1] == sign.plain {
						if _, twice := c[sign.name]; twice {
							return nil, false
						}
						c[sign.name] = m[2]
					}
				}
			}
		}
		out = append(out, c)
	}
	return out, true
}
