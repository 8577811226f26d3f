package pinyin

import (
	"slices"
	"strings"
	"unicode"

	reading "github.com/mozillazg/go-pinyin"
)

// Name spells a person's or team's name: initials and full spelling, twice
// where the surname is read in two ways. "梁志远" → "lzy liangzhiyuan".
func Name(name string) string {
	runes := []rune(strings.TrimSpace(name))
	for _, n := range []int{2, 1} {
		if len(runes) < n {
			continue
		}
		if ways, ok := surnames[string(runes[:n])]; ok {
			rest := syllables(string(runes[n:]))
			var words []string
			for _, way := range ways {
				all := append(strings.Fields(way), rest...)
				words = append(words, initials(all), strings.Join(all, ""))
			}
			return join(words)
		}
	}
	return Text(name)
}

// Text spells any other text. "数控车工" → "skcg shukongchegong".
func Text(s string) string {
	all := syllables(s)
	return join([]string{initials(all), strings.Join(all, "")})
}

// Fold makes a text comparable for search: lower case, full-width Latin narrow,
// space single. What is stored and what is asked for go through it alike.
func Fold(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		return unicode.ToLower(r)
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// syllables cuts a text into syllables of Han characters and words of Latin
// letters and digits; anything else separates.
func syllables(s string) []string {
	var out []string
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			out = append(out, word.String())
			word.Reset()
		}
	}
	args := reading.NewArgs()
	runes := []rune(Fold(s))
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		if i+1 < len(runes) {
			if way, ok := words[string(runes[i:i+2])]; ok {
				flush()
				out = append(out, strings.Fields(way)...)
				i++
				continue
			}
		}
		way, special := characters[r]
		switch {
		case special:
			flush()
			out = append(out, way)
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			word.WriteRune(r)
		case unicode.Is(unicode.Han, r):
			flush()
			if ways := reading.SinglePinyin(r, args); len(ways) > 0 {
				out = append(out, ways[0])
			}
		default:
			flush()
		}
	}
	flush()
	return out
}

// initials are the first letters of syllables; a number stays whole.
func initials(all []string) string {
	var b strings.Builder
	for _, s := range all {
		if s[0] >= '0' && s[0] <= '9' {
			b.WriteString(s)
			continue
		}
		b.WriteByte(s[0])
	}
	return b.String()
}

// join drops empty and repeated words; ü is written v, as it is typed.
func join(words []string) string {
	var out []string
	for _, w := range words {
		if w = strings.ReplaceAll(w, "ü", "v"); w != "" && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}
