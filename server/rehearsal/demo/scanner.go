package demo

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math/rand/v2"
	"regexp"
	"strconv"
)

// The scanner's page: A4 at 150 dots an inch, in greys.
const (
	dots   = 150
	point  = 72
	across = 595 * dots / point
	down   = 842 * dots / point
)

var (
	greys = color.Palette{color.Gray{250}, color.Gray{20}, color.Gray{165}, color.Gray{70}, color.Gray{228}}

	errNoPage = errors.New("the printed paper has no page to scan")

	// What is read of a page: rectangles, lines, and where a text begins, with its size.
	shapes = regexp.MustCompile(`(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) re (f|S|B)|` +
		`(-?[\d.]+) (-?[\d.]+) m (-?[\d.]+) (-?[\d.]+) l S|` +
		`/F\w+ ([\d.]+) Tf|(-?[\d.]+) (-?[\d.]+) Td (\((?s:.*?[^\\])\)) Tj`)
)

const (
	paperInk = iota
	blackInk
	letterInk
	penInk
	shadeInk
)

// scanOf is the scan of the first page of a printed paper that was signed: its
// code and its lines are the paper's, letters are bars, signatures scribbles.
func scanOf(pdf []byte, r *rand.Rand) ([]byte, error) {
	page, err := pageOf(pdf)
	if err != nil {
		return nil, err
	}
	s := &scanner{picture: image.NewPaletted(image.Rect(0, 0, across, down), greys), size: 10}
	for _, m := range shapes.FindAllSubmatch(page, -1) {
		s.draw(m)
	}
	for n := range 3 {
		s.scribble(across*(1+n*3)/10+r.IntN(20), down-150-r.IntN(12), r)
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, s.picture); err != nil {
		return nil, fmt.Errorf("write the scan: %w", err)
	}
	return out.Bytes(), nil
}

// pageOf is the drawing of the first page: the first stream that draws rectangles.
func pageOf(pdf []byte) ([]byte, error) {
	for rest := pdf; ; {
		_, after, ok := bytes.Cut(rest, []byte("stream\n"))
		if !ok {
			return nil, errNoPage
		}
		body, next, _ := bytes.Cut(after, []byte("endstream"))
		rest = next
		z, err := zlib.NewReader(bytes.NewReader(body))
		if err != nil {
			continue // no page: a font
		}
		// What is longer than a page is a font; the checksum is the reader's.
		page, err := io.ReadAll(io.LimitReader(z, 4<<20))
		if err == nil && bytes.Contains(page, []byte(" re f")) {
			return page, nil
		}
	}
}

type scanner struct {
	picture *image.Paletted
	size    float64 // of letters, in points
}

func (s *scanner) draw(m [][]byte) {
	num := func(i int) float64 { f, _ := strconv.ParseFloat(string(m[i]), 64); return f }
	switch {
	case m[5] != nil && m[5][0] == 'f' && max(num(3), -num(3)) < 120:
		s.fill(num(1), num(2), num(1)+num(3), num(2)+num(4), blackInk)
	case m[5] != nil && m[5][0] == 'f':
		s.fill(num(1), num(2), num(1)+num(3), num(2)+num(4), shadeInk)
	case m[6] != nil:
		s.fill(num(6), num(7)+0.4, num(8), num(9)-0.4, letterInk)
	case m[10] != nil:
		s.size = num(10)
	case m[13] != nil:
		// A letter of the paper is two bytes, and of our script about as wide as high.
		s.fill(num(11), num(12)+s.size*0.65, num(11)+s.size*0.8*float64(len(m[13])-2)/2, num(12), letterInk)
	}
}

// fill paints a rectangle given by points, from the page's lower left.
func (s *scanner) fill(x1, y1, x2, y2 float64, ink uint8) {
	place := func(x, y float64) image.Point {
		return image.Pt(int(x*dots/point+0.5), down-int(y*dots/point+0.5))
	}
	r := image.Rectangle{Min: place(x1, y1), Max: place(x2, y2)}.Canon()
	r.Max = r.Max.Add(image.Pt(boolDot(r.Dx() == 0), boolDot(r.Dy() == 0)))
	r = r.Intersect(s.picture.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			s.picture.SetColorIndex(x, y, ink)
		}
	}
}

// boolDot keeps a line that is thinner than a dot.
func boolDot(is bool) int {
	if is {
		return 1
	}
	return 0
}

// scribble is somebody's signature.
func (s *scanner) scribble(x, y int, r *rand.Rand) {
	up := 0
	for n := range 130 {
		if up += r.IntN(7) - 3; up > 22 || up < -22 {
			up /= 2
		}
		for dy := range 9 {
			s.picture.SetColorIndex(x+n, y+up+dy/3, penInk)
		}
	}
}
