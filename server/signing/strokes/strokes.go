package strokes

import (
	"math"
	"strconv"
	"strings"

	"jiangtai/server/fault"
)

// The bounds of strokes: characters of the text, pixels of an edge, milliseconds.
const (
	Most    = 16_384
	edge    = 10_000
	longest = 3_600_000
)

// share is which part of the pad's width a signature is long at least.
const share = 8

// Point is a point of a stroke: pixels of the pad, from its left upper corner, and
// milliseconds since the first point.
type Point struct{ X, Y, T int }

// Strokes (笔迹) are what was drawn on a pad of Width × Height pixels, in the order
// of drawing. No stroke is without a point.
type Strokes struct {
	Width, Height int
	Lines         [][]Point
}

func malformed(code, hint string) error {
	return fault.New(fault.Malformed, code, fault.At("/strokes", code, hint))
}

// Read reads strokes. Malformed signing.strokes_length, signing.strokes_form where
// the text has another shape, signing.strokes_bounds for a size, a place or a time
// out of bounds; the hint is the part in question.
func Read(text string) (Strokes, error) {
	if len(text) > Most {
		return Strokes{}, malformed("signing.strokes_length", strconv.Itoa(Most))
	}
	size, rest, drawn := strings.Cut(text, ";")
	w, h, ok := strings.Cut(size, " ")
	s := Strokes{Width: number(w, 5), Height: number(h, 5)}
	switch {
	case !ok || s.Width < 0 || s.Height < 0:
		return Strokes{}, malformed("signing.strokes_form", clip(size))
	case s.Width < 1 || s.Height < 1 || s.Width > edge || s.Height > edge:
		return Strokes{}, malformed("signing.strokes_bounds", clip(size))
	}
	for drawn {
		var line string
		line, rest, drawn = strings.Cut(rest, ";")
		points, err := s.line(line)
		if err != nil {
			return Strokes{}, err
		}
		s.Lines = append(s.Lines, points)
	}
	return s, nil
}

func (s *Strokes) line(text string) ([]Point, error) {
	var out []Point
	for part := range strings.SplitSeq(text, " ") {
		three := strings.Split(part, ",")
		if len(three) != 3 {
			return nil, malformed("signing.strokes_form", clip(part))
		}
		p := Point{number(three[0], 5), number(three[1], 5), number(three[2], 7)}
		switch {
		case p.X < 0 || p.Y < 0 || p.T < 0:
			return nil, malformed("signing.strokes_form", clip(part))
		case p.X > s.Width || p.Y > s.Height || p.T > longest:
			return nil, malformed("signing.strokes_bounds", clip(part))
		}
		out = append(out, p)
	}
	return out, nil
}

// number reads 1 to digits decimal digits; -1 for anything else.
func number(text string, digits int) int {
	if text == "" || len(text) > digits {
		return -1
	}
	n := 0
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return -1
		}
		n = 10*n + int(text[i]-'0')
	}
	return n
}

// clip keeps a hint short and free of what is not ASCII.
func clip(text string) string {
	var out strings.Builder
	for i := 0; i < len(text) && out.Len() < 24; i++ {
		if c := text[i]; c >= ' ' && c <= '~' {
			out.WriteByte(c)
		} else {
			out.WriteByte('?')
		}
	}
	return out.String()
}

// IsSigned says whether this can be a signature and is no dot that a finger left.
func (s Strokes) IsSigned() bool {
	sum := 0.0
	for _, line := range s.Lines {
		for i := 1; i < len(line); i++ {
			sum += math.Hypot(float64(line[i].X-line[i-1].X), float64(line[i].Y-line[i-1].Y))
		}
	}
	return sum*share >= float64(s.Width)
}

// ReadSigned is Read for a signature: Refused signing.strokes_empty for what nobody
// can call one.
func ReadSigned(text string) (Strokes, error) {
	s, err := Read(text)
	if err == nil && !s.IsSigned() {
		err = fault.New(fault.Refused, "signing.strokes_empty", fault.At("/strokes", "signing.strokes_empty", ""))
	}
	return s, err
}
