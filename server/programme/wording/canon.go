package wording

import (
	"regexp"
	"strings"
	"unicode"
)

// minute stands for 分钟, whose 分 is no mark.
const minute = "\ue000"

var spelling = strings.NewReplacer(
	"分钟", minute, "ｍ", "m", "㎜", "mm", "毫米", "mm", "厘米", "cm", "％", "%",
	"～", "~", "〜", "~", "∼", "~", "—", "~", "–", "~", "－", "-", "−", "-", "﹣", "-", "＋", "+",
	"≦", "≤", "⩽", "≤", "≧", "≥", "⩾", "≥", "＜", "<", "＞", ">", "＝", "=", "<=", "≤", ">=", "≥",
	"φ", "Φ", "Ф", "Φ", "ø", "Φ", "Ø", "Φ", "⌀", "Φ", "∅", "Φ", "＊", "×", "*", "×", "✕", "×", "╳", "×",
	",", "，", ";", "；", "(", "（", ")", "）", "［", "（", "］", "）", "[", "（", "]", "）", ":", "：", "？", "", "!", "。", "！", "。", "．", ".",
	"／", "/", "零分", "0分", "′", "′", "'", "′", "’", "′", "＂", "″", "\"", "″", "º", "°", "˚", "°", "˙", "",
)

var (
	numeralMarks = regexp.MustCompile(`(扣除?|扣减|得|给|记|减|罚)([一二两三四五六七八九十半])分`)
	openRange    = regexp.MustCompile(`(\d)(?:分)?至(\d)`)
	innerDash    = regexp.MustCompile(`(\d)-(\d+(?:\.\d+)?分)`)
	inlineNumber = regexp.MustCompile(`([分。；，止）])(\d{1,2}[.、）]|（\d{1,2}）|[①-⑳])([^\d~])`)
	spacedNumber = regexp.MustCompile(` (\d{1,2}[.、）]|（\d{1,2}）|[①-⑳])([^\d~])`)
	leadNumber   = regexp.MustCompile(`^(?:\d{1,2}[、）]|\d{1,2}\.(\D)|（\d{1,2}）|（[一二三四五六七八九十]）|[①-⑳]|[一二三四五六七八九十]{1,2}、|[·•●■◆★※*-])`)
	numerals     = map[string]string{"一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9", "十": "10", "半": "0.5"}
)

// canon is a text in one spelling: digits and letters of half width, marks of
// Chinese, one sign for each meaning, no spaces around Chinese.
func canon(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
			return r - '０' + '0'
		case r == '\n':
			return r
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s)
	s = closeUp(spelling.Replace(s))
	s = numeralMarks.ReplaceAllStringFunc(s, func(m string) string {
		r := []rune(m)
		n := len(r)
		return string(r[:n-2]) + numerals[string(r[n-2])] + "分"
	})
	s = openRange.ReplaceAllString(s, "$1~$2")
	s = innerDash.ReplaceAllString(s, "$1~$2")
	s = inlineNumber.ReplaceAllString(s, "$1\n$2$3")
	return spacedNumber.ReplaceAllString(s, "\n$1$2")
}

// closeUp takes out spaces next to Chinese and its marks; those between numbers
// and letters stay.
func closeUp(s string) string {
	r := []rune(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " "))
	var out []rune
	for i, c := range r {
		if c == ' ' && i > 0 && i < len(r)-1 {
			numbered := leadNumber.MatchString(string(r[i+1:]))
			if !numbered && (wide(r[i-1]) || wide(r[i+1])) {
				continue
			}
		}
		out = append(out, c)
	}
	return strings.TrimSpace(string(out))
}

func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || strings.ContainsRune("，。；：、（）\n\ue000", r)
}

// shown is a canonical text for people.
func shown(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(s, minute, "分钟"))
}

// sentences splits at ends and lines, without their numbers.
func sentences(s string) []string {
	var out []string
	for _, line := range strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '。' || r == '；' }) {
		line = strings.TrimSpace(line)
		if m := leadNumber.FindStringSubmatchIndex(line); m != nil {
			if m[2] >= 0 { // 1.甲: what follows the point is not of the number
				line = line[m[2]:]
			} else {
				line = line[m[1]:]
			}
		}
		if line = trim(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// trim takes marks off the ends, and brackets that have no other.
func trim(s string) string {
	s = strings.Trim(s, " ，。；：、\n→~")
	for {
		switch {
		case strings.HasPrefix(s, "）"), strings.HasPrefix(s, "（") && !strings.Contains(s, "）"):
			s = strings.Trim(s[len("（"):], " ，。；：、")
		case strings.HasSuffix(s, "（"), strings.HasSuffix(s, "）") && !strings.Contains(s, "（"):
			s = strings.Trim(s[:len(s)-len("（")], " ，。；：、")
		default:
			return s
		}
	}
}
