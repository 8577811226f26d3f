package worldsheet

import (
	"regexp"
	"strings"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
)

const number = `\d+(?:\.\d+)?`

var (
	spelling  = strings.NewReplacer("＋", "+", "－", "-", "−", "-", "–", "-", "—", "-", "／", "/", "（", "(", "）", ")", "＜", "<", "＞", ">", "<=", "≤", ">=", "≥", "+/-", "±", "+-", "±", "％", "%")
	commas    = regexp.MustCompile(`(\d),(\d)`)
	unit      = `\s*([a-zA-Zµμ°%Ω][a-zA-Z0-9µμ°%Ω/²³]{0,7}|)`
	about     = regexp.MustCompile(`^(-?` + number + `)` + unit + `\s*\(?\s*±\s*(` + number + `)\s*\)?` + unit + `$`)
	unequal   = regexp.MustCompile(`^(-?` + number + `)` + unit + `\s*\(?\s*([+-]` + number + `|0)\s*[/ ,]\s*([+-]` + number + `|0)\s*\)?` + unit + `$`)
	between   = regexp.MustCompile(`^(-?` + number + `)\s*(?:-|…|\.\.\.|~|～|to|至)\s*(-?` + number + `)` + unit + `$`)
	atMost    = regexp.MustCompile(`^(?:≤|max\.?|不大于|不超过)\s*(-?` + number + `)` + unit + `$`)
	atLeast   = regexp.MustCompile(`^(?:≥|min\.?|不小于|不少于)\s*(-?` + number + `)` + unit + `$`)
	beforeAll = regexp.MustCompile(`^([ØøΦφ⌀□]|SR|Ra|R|M|L|H)\s*(\d)`)
	anySize   = regexp.MustCompile(`^[^\p{L}]{0,3}[A-Za-z⌀Øø]{0,2}\s*[-±<>≤≥]?\s*\d[\d.,/±+\-() ]*(?:[a-zA-Zµμ°%Ω/²³]{0,4}|[a-zA-Z]{1,2}\d{1,2})$`)
)

// size is a requirement that is measured.
type size struct {
	kind                    scheme.Kind
	nominal, tol, low, high *exact.Num
	unit                    string
	isBare                  bool // nothing stands before the number: all of the words are kept
}

func num(s string) *exact.Num {
	n, err := exact.Parse(strings.TrimPrefix(s, "+"))
	if err != nil {
		return nil
	}
	return &n
}

// sizeOf reads 20 ±0.05 mm, 18 0/-0.021, 9.5–10.2, ≤ 0.05; ok is false for other
// words.
func sizeOf(s string) (out size, ok bool) {
	s = commas.ReplaceAllString(spelling.Replace(strings.TrimSpace(s)), "$1.$2")
	out.isBare = !beforeAll.MatchString(s)
	s = beforeAll.ReplaceAllString(s, "$2")
	if m := about.FindStringSubmatch(s); m != nil && (m[2] == "" || m[4] == "" || m[2] == m[4]) {
		out.kind, out.nominal, out.tol, out.unit = scheme.Tolerance, num(m[1]), num(m[3]), m[2]+m[4]
		if m[2] != "" {
			out.unit = m[2]
		}
		return out, out.nominal != nil && out.tol != nil
	}
	out.kind = scheme.Limits
	if m := unequal.FindStringSubmatch(s); m != nil && (m[2] == "" || m[5] == "" || m[2] == m[5]) {
		out.nominal, out.high, out.low, out.unit = num(m[1]), num(m[3]), num(m[4]), m[5]
		if m[5] == "" {
			out.unit = m[2]
		}
		if out.nominal == nil || out.high == nil || out.low == nil {
			return out, false
		}
		if out.high.Less(*out.low) {
			out.high, out.low = out.low, out.high
		}
		return out, out.low.Less(*out.high)
	}
	if m := between.FindStringSubmatch(s); m != nil {
		out.low, out.high, out.unit = num(m[1]), num(m[2]), m[3]
		return out, out.low != nil && out.high != nil && out.low.Less(*out.high)
	}
	if m := atMost.FindStringSubmatch(s); m != nil {
		out.high, out.unit = num(m[1]), m[2]
		return out, out.high != nil
	}
	if m := atLeast.FindStringSubmatch(s); m != nil {
		out.low, out.unit = num(m[1]), m[2]
		return out, out.low != nil
	}
	return out, false
}

// sizeText is the requirement of an aspect that is measured; "" where the sheet has
// no words for it.
func sizeText(a *scheme.Aspect) string {
	s := ""
	switch {
	case a.Kind == scheme.Tolerance:
		s = a.Nominal.String() + " ±" + a.Tol.String()
	case a.Nominal != nil && a.Low != nil && a.High != nil:
		s = a.Nominal.String() + " " + signed(*a.High) + "/" + signed(*a.Low)
	case a.Nominal != nil:
		return ""
	case a.Low != nil && a.High != nil:
		s = a.Low.String() + " … " + a.High.String()
	case a.High != nil:
		s = "≤ " + a.High.String()
	case a.Low != nil:
		s = "≥ " + a.Low.String()
	}
	return strings.TrimSpace(s + " " + a.Unit)
}

func signed(n exact.Num) string {
	if n.Sign() > 0 {
		return "+" + n.String()
	}
	return n.String()
}

var (
	markLine   = regexp.MustCompile(`^Mark from (-?` + number + `) to (` + number + `)(?: in steps of (` + number + `))?\.?$`)
	deductLine = regexp.MustCompile(`^Deduct (` + number + `) for each\.?$`)
	deducts    = regexp.MustCompile(`(?i)(?:deduct|minus|subtract|lose|每(?:处|个|项|次|件|根|条|少|漏|错|缺)[^\d，。；;]{0,12}扣)s?\s*(` + number + `)\s*(?:marks?|points?|pts?|分)?`)
	anyNumber  = regexp.MustCompile(number)
	foreach    = regexp.MustCompile(`(?i)\b(each|every|per)\b|每`)
	ofParts    = regexp.MustCompile(`(?i)\b(deduct\w*|minus|subtract\w*|partial\w*|lose[sd]?|pro.?rata)\b|\b` + number + `\s*(marks?|points?|pts?)\b|扣|酌情|` + number + `\s*分`)
)

// how is what the words of a measurement make of it.
type how struct {
	kind    scheme.Kind
	per     *exact.Num
	min     *exact.Num
	step    *exact.Num
	words   string // what stays as the help
	guessed bool   // parts of the marks are given in a way that is not understood
}

// howOf reads the words of a measurement worth so many marks.
func howOf(words string, whole exact.Num) how {
	first, rest, _ := strings.Cut(words, "\n")
	if m := markLine.FindStringSubmatch(first); m != nil && num(m[2]) != nil && num(m[2]).Equal(whole) {
		out := how{kind: scheme.PointsKind, words: rest, step: num(m[3])}
		if low := num(m[1]); low != nil && low.Sign() != 0 {
			out.min = low
		}
		return out
	}
	if m := deductLine.FindStringSubmatch(first); m != nil && usable(num(m[1]), whole) {
		return how{kind: scheme.Counted, per: num(m[1]), words: rest}
	}
	if !ofParts.MatchString(words) {
		return how{kind: scheme.YesNo, words: words}
	}
	if all := deducts.FindAllStringSubmatch(words, -1); len(all) == 1 && foreach.MatchString(words) && len(anyNumber.FindAllString(words, -1)) == 1 && usable(num(all[0][1]), whole) {
		return how{kind: scheme.Counted, per: num(all[0][1]), words: words}
	}
	return how{kind: scheme.PointsKind, words: words, guessed: true}
}

func usable(per *exact.Num, whole exact.Num) bool {
	return per != nil && per.Sign() > 0 && !whole.Less(*per)
}

// howText is the line that says what howOf reads: on the scale of the sheet, where
// the aspect is worth whole.
func howText(a *scheme.Aspect, whole exact.Num) string {
	if a.Kind == scheme.Counted {
		return "Deduct " + onSheet(*a.Per, a, whole).String() + " for each"
	}
	low := exact.Zero
	if a.Min != nil {
		low = onSheet(*a.Min, a, whole)
	}
	s := "Mark from " + low.String() + " to " + whole.String()
	if a.Step == nil {
		return s
	}
	if step := onSheet(*a.Step, a, whole); step.Sign() > 0 && whole.IsMultipleOf(step) && low.IsMultipleOf(step) {
		s += " in steps of " + step.String()
	}
	return s
}

// onSheet is a number of marks of an aspect where the sheet makes it worth whole, in
// the places that a sheet can say.
func onSheet(n exact.Num, a *scheme.Aspect, whole exact.Num) exact.Num {
	if a.Max == nil || a.Max.Sign() <= 0 {
		return n
	}
	return n.Mul(whole).Div(*a.Max).Round(6, exact.HalfUp)
}
