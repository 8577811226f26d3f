package excel

import (
	"context"
	"encoding/xml"
	"strings"
)

// Square is one square of a sheet, with merged cells resolved.
type Square struct {
	Text string // of the cell that the square belongs to; lines end with \n
	// Left and Up say that the square belongs to the cell left of it or above.
	Left, Up bool
	// IsFormula says that the text is what the program that saved the book got;
	// it may have got nothing.
	IsFormula bool
}

// Squares reads a sheet as people see it, without a layout: row n of the sheet is
// the n-th, from the first; the rows are not all of one length. The error is about
// the file or its size.
func (b *Book) Squares(ctx context.Context, sheet string) ([][]Square, error) {
	for _, s := range b.sheets {
		if s.name != sheet {
			continue
		}
		g, err := b.read(ctx, s)
		if err != nil {
			return nil, err
		}
		return b.squares(g), nil
	}
	return nil, nil
}

// join is a range of merged cells.
type join struct{ top, left, bottom, right int }

// maxJoins is more than any sheet merges.
const maxJoins = 20_000

func (p *sheetReader) join(attrs []xml.Attr) {
	for _, a := range attrs {
		if a.Name.Local != "ref" {
			continue
		}
		from, to, _ := strings.Cut(a.Value, ":")
		top, left, ok1 := reference(from)
		bottom, right, ok2 := reference(to)
		if !ok1 || !ok2 || bottom < top || right < left || len(p.grid.joins) >= maxJoins {
			p.fault = badXML(p.name)
			return
		}
		p.grid.joins = append(p.grid.joins, join{top, left, bottom, right})
	}
}

func (b *Book) squares(g *grid) [][]Square {
	if len(g.rows) == 0 {
		return nil
	}
	last, wide := g.rows[len(g.rows)-1], 0
	if last > b.limits.Rows {
		last = b.limits.Rows
	}
	for _, row := range g.cells {
		for column := range row {
			wide = max(wide, column)
		}
	}
	out := make([][]Square, last)
	for _, n := range g.rows {
		if n > last {
			break
		}
		out[n-1] = make([]Square, wide)
		for column, c := range g.cells[n] {
			out[n-1][column-1] = squareOf(c, b.is1904)
		}
	}
	// What a join covers beyond the last row and column has nothing to say.
	budget := b.limits.Cells
	for _, j := range g.joins {
		if j.top > last || j.left > wide {
			continue
		}
		j.bottom, j.right = min(j.bottom, last), min(j.right, wide)
		if budget -= (j.bottom - j.top + 1) * (j.right - j.left + 1); budget < 0 {
			break
		}
		j.fill(out, wide)
	}
	return out
}

// fill sets what the join covers.
func (j join) fill(out [][]Square, wide int) {
	var first Square
	if row := out[j.top-1]; row != nil {
		first = row[j.left-1]
	}
	for r := j.top; r <= j.bottom; r++ {
		if out[r-1] == nil {
			out[r-1] = make([]Square, wide)
		}
		for c := j.left; c <= j.right; c++ {
			s := first
			s.Left, s.Up = c > j.left, r > j.top
			out[r-1][c-1] = s
		}
	}
}

func squareOf(c cell, is1904 bool) Square {
	switch c.kind {
	case formula:
		return Square{Text: plainOr(c.cached), IsFormula: true}
	case date:
		if day, ok := serial(c.value, is1904); ok {
			return Square{Text: day.Format("2006-01-02")}
		}
	case number:
		return Square{Text: plainOr(c.value)}
	}
	var lines []string
	for line := range strings.SplitSeq(strings.ReplaceAll(c.value, "\r\n", "\n"), "\n") {
		if line, _ = tidy(line); line != "" {
			lines = append(lines, line)
		}
	}
	return Square{Text: strings.Join(lines, "\n")}
}

// plainOr writes a number plainly, and leaves what is none.
func plainOr(s string) string {
	if plain, ok := plainNumber(s); ok {
		return strings.TrimSuffix(plain, ".")
	}
	return s
}
