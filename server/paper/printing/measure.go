package printing

import (
	"strings"
	"unicode"
)

const mmPerPoint = 25.4 / 72

// style is how a text looks.
type style struct {
	size float64 // points
	bold bool
	grey bool
}

// leading is the height of a line in millimetres.
func (s style) leading() float64 { return s.size * mmPerPoint * 1.42 }

// clean takes out what has no look of its own: tabs become spaces, marks that only choose a variant go, so that the
// character itself is printed in its common form.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\u00a0' || r == '\u202f':
			return ' '
		case r == '\r', r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0100 && r <= 0xE01EF, r == '\u200b', r == '\u200c', r == '\u200d', r == '\ufeff':
			return -1
		}
		return r
	}, text)
}

// width is how long a line is, in millimetres.
func (p *Press) width(text string, s style) (float64, error) {
	ems := 0.0
	for _, r := range text {
		_, g, err := p.find(r, s.bold)
		if err != nil {
			return 0, err
		}
		ems += g.advance
	}
	return ems * s.size * mmPerPoint, nil
}

// wrap cuts a text into lines that fit. Chinese breaks between characters, other writing between words, and a word
// that is longer than a line wherever the line ends. No line starts with closing punctuation.
func (p *Press) wrap(text string, s style, limit float64) ([]string, error) {
	var lines []string
	for paragraph := range strings.SplitSeq(clean(text), "\n") {
		more, err := p.wrapOne([]rune(strings.TrimRight(paragraph, " ")), s, limit)
		if err != nil {
			return nil, err
		}
		lines = append(lines, more...)
	}
	return lines, nil
}

func (p *Press) wrapOne(text []rune, s style, limit float64) ([]string, error) {
	if len(text) == 0 {
		return []string{""}, nil
	}
	unit := s.size * mmPerPoint
	var lines []string
	start, length := 0, 0.0
	for i := 0; i < len(text); i++ {
		_, g, err := p.find(text[i], s.bold)
		if err != nil {
			return nil, err
		}
		if wide := g.advance * unit; length+wide <= limit+1e-6 || i == start {
			length += wide
			continue
		}
		end := breakBefore(text, start, i)
		lines = append(lines, strings.TrimRight(string(text[start:end]), " "))
		for end < len(text) && text[end] == ' ' {
			end++
		}
		start, length, i = end, 0, end-1
	}
	return append(lines, string(text[start:])), nil
}

// breakBefore finds the last place at or before i where a line may end; i itself where there is none.
func breakBefore(text []rune, start, i int) int {
	for end := i; end > start; end-- {
		if mayBreak(text[end-1], text[end]) {
			return end
		}
	}
	return i
}

func mayBreak(before, after rune) bool {
	switch {
	case strings.ContainsRune("，。、；：！？）》」』】〕”’％,.;:!?)]}%°℃", after), strings.ContainsRune("（《「『【〔“‘([{", before):
		return false
	case before == ' ' || after == ' ' || before == '-' || before == '/':
		return true
	}
	return wide(before) || wide(after)
}

func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x30FF || r >= 0xFF00 && r <= 0xFFEF
}
