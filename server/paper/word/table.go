package word

import (
	"context"
	"strings"
)

// Cell is one square of a table's grid.
type Cell struct {
	Text string // of the cell that the square belongs to; lines end with \n
	// Left and Up say that the square belongs to the cell left of it or above.
	Left, Up bool
}

// Table is a table of a document: rows of squares, not all of one length.
type Table struct {
	Title string // the paragraph before it
	Rows  [][]Cell
}

// Tables reads the tables of a document, in order. What is wrong is an *Error with
// codes word.file_type (with IsType), word.archive, word.too_large, word.xml,
// word.tables, word.too_slow.
func Tables(ctx context.Context, data []byte, l Limits) ([]Table, error) {
	text, err := unpack(ctx, data, l)
	if err != nil {
		return nil, err
	}
	r := reader{limits: l}
	if err := walk(ctx, text, &r); err != nil {
		return nil, err
	}
	return r.out, nil
}

// endRow puts the cells of a row on the grid and joins what goes on from above.
func (r *reader) endRow() {
	t := &r.out[len(r.out)-1]
	if r.isGone {
		return
	}
	row := append([]Cell(nil), make([]Cell, r.before)...)
	for _, c := range r.row {
		at := len(row)
		if c.goesOn && len(t.Rows) > 0 {
			if above := t.Rows[len(t.Rows)-1]; at < len(above) {
				c.text = above[at].Text
			}
		}
		for i := range c.span {
			row = append(row, Cell{Text: c.text, Left: i > 0, Up: c.goesOn && len(t.Rows) > 0})
		}
	}
	if len(row) > r.limits.Columns || len(t.Rows) >= r.limits.Rows {
		r.fail()
		return
	}
	t.Rows = append(t.Rows, row)
}

// tidyLines takes out spaces around lines, and empty lines.
func tidyLines(s string) string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}
