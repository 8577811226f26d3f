package printing

import "strings"

const (
	cellSide = 1.4 // between a cell's text and its border
	cellTop  = 0.9
	tableEnd = 3.0 // of space below a table
)

// grid is a table with its columns measured.
type grid struct {
	l     *layout
	t     *Table
	x, w  []float64
	body  style
	head  [][]string // the head's lines by column
	headH float64
}

func (t Table) place(l *layout, next Block) {
	g := newGrid(l, &t)
	if l.err != nil {
		return
	}
	keep := 0.0
	if s, ok := next.(Signatures); ok {
		keep = s.height(l) + tableEnd
		if keep > l.bottom()-l.top()-g.headH-30 {
			keep = 0 // taller than what a page leaves: it goes where it fits
		}
	}
	l.need(g.headH + g.least())
	g.putHead()
	for i, row := range t.Rows {
		if len(row.Cells) > len(t.Columns) {
			l.fail(ErrTooLong)
			return
		}
		cells, h := g.wrapRow(row)
		want := h
		if i == len(t.Rows)-1 {
			want += keep
		}
		if want > l.room()+1e-6 && l.y > l.top()+g.headH+1e-6 {
			l.newPage()
			g.putHead()
		}
		for h > l.room()+1e-6 && l.err == nil { // taller than a page: on over pages, as much as fits on each
			cells, h = g.putPart(row, cells)
		}
		g.putRow(row, cells, h)
	}
	l.y += tableEnd
}

func newGrid(l *layout, t *Table) *grid {
	g := &grid{l: l, t: t, body: style{size: t.Size}}
	if g.body.size == 0 {
		g.body.size = 9
	}
	shares, rest := 0.0, l.inner()
	for _, c := range t.Columns {
		shares += share(c)
		rest -= c.Min
	}
	x := l.left()
	for _, c := range t.Columns {
		w := c.Min + max(rest, 0)*share(c)/shares
		g.x, g.w = append(g.x, x), append(g.w, w)
		x += w
	}
	bold := g.headStyle()
	for i, c := range t.Columns {
		lines := l.wrap(c.Head, bold, g.w[i]-2*cellSide)
		g.head = append(g.head, lines)
		g.headH = max(g.headH, float64(len(lines))*bold.leading()+2*cellTop+0.6)
	}
	return g
}

func share(c Column) float64 {
	if c.Share == 0 {
		return 1
	}
	return c.Share
}

func (g *grid) headStyle() style { return style{size: g.body.size, bold: true} }

// least is the height of one row.
func (g *grid) least() float64 { return max(g.t.Height, g.body.leading()+2*cellTop) }

func (g *grid) putHead() {
	headless := true
	for _, c := range g.t.Columns {
		headless = headless && c.Head == ""
	}
	l := g.l
	if headless {
		l.line(l.left(), l.y, l.right(), l.y)
		g.headH = 0
		return
	}
	l.add(mark{kind: markShade, x: l.left(), y: l.y, w: l.inner(), h: g.headH})
	bold := g.headStyle()
	for i, lines := range g.head {
		align := g.t.Columns[i].Align
		g.putLines(lines, bold, i, l.y, g.headH, align)
	}
	l.line(l.left(), l.y, l.right(), l.y)
	g.sides(l.y, g.headH)
	l.y += g.headH
	l.line(l.left(), l.y, l.right(), l.y)
}

func (g *grid) styleOf(row Row, column int) style {
	s := g.body
	s.bold = row.Bold || g.t.Columns[column].Bold
	return s
}

// wrapRow cuts every cell into lines and says how tall the row is.
func (g *grid) wrapRow(row Row) ([][]string, float64) {
	cells := make([][]string, len(g.t.Columns))
	most := 1
	for i, text := range row.Cells {
		cells[i] = g.l.wrap(text, g.styleOf(row, i), g.w[i]-2*cellSide)
		most = max(most, len(cells[i]))
	}
	return cells, max(g.t.Height, float64(most)*g.body.leading()+2*cellTop)
}

func (g *grid) putRow(row Row, cells [][]string, h float64) {
	l := g.l
	if row.Shade {
		l.add(mark{kind: markShade, x: l.left(), y: l.y, w: l.inner(), h: h})
	}
	for i, lines := range cells {
		g.putLines(lines, g.styleOf(row, i), i, l.y, h, g.t.Columns[i].Align)
	}
	for i, name := range row.Names {
		if name != "" && i < len(g.x) {
			l.page().fields = append(l.page().fields, Field{Box: [4]float64{g.x[i], l.y, g.w[i], h}, Name: name})
		}
	}
	g.sides(l.y, h)
	l.y += h
	l.line(l.left(), l.y, l.right(), l.y)
}

// putPart fills this page with the row's first lines, and returns what is left of it.
func (g *grid) putPart(row Row, cells [][]string) (left [][]string, h float64) {
	n := max(1, int((g.l.room()-2*cellTop)/g.body.leading()))
	first, left := make([][]string, len(cells)), make([][]string, len(cells))
	most := 1
	for i, lines := range cells {
		cut := min(n, len(lines))
		first[i], left[i] = lines[:cut], lines[cut:]
		most = max(most, len(left[i]))
	}
	g.putRow(row, first, g.l.room())
	g.l.newPage()
	g.putHead()
	return left, max(g.t.Height, float64(most)*g.body.leading()+2*cellTop)
}

func (g *grid) putLines(lines []string, s style, column int, y, h float64, a Align) {
	y += (h - float64(len(lines))*s.leading()) / 2
	for i, line := range lines {
		g.l.text(line, s, g.x[column]+cellSide, y+float64(i)*s.leading(), g.w[column]-2*cellSide, a)
	}
}

// sides are the lines between columns.
func (g *grid) sides(y, h float64) {
	for _, x := range g.x {
		g.l.line(x, y, x, y+h)
	}
	g.l.line(g.l.right(), y, g.l.right(), y+h)
}

// flat is a text on one line, to be measured.
func flat(text string) string { return strings.ReplaceAll(clean(text), "\n", " ") }
