package marktable

import (
	"strconv"
	"strings"
)

// Cell is a square of a table, with merged cells resolved.
type Cell struct {
	Text      string
	Left, Up  bool // belongs to the cell left of it or above
	IsFormula bool
}

// Grid is one table.
type Grid struct {
	Name    string // of the sheet, or 表1
	Title   string // what stands above it
	Letters bool   // columns are named A, B, … and not 1, 2, …
	Rows    [][]Cell
}

// At is a cell; an empty one where there is none. Rows and columns are from 0.
func (g *Grid) At(row, column int) Cell {
	if row < 0 || row >= len(g.Rows) || column < 0 || column >= len(g.Rows[row]) {
		return Cell{}
	}
	return g.Rows[row][column]
}

// own is the text that stands in a square itself and not in a neighbour's cell.
func (g *Grid) own(row, column int) string {
	if c := g.At(row, column); !c.Left && !c.Up {
		return c.Text
	}
	return ""
}

// Place is where a cell stands.
type Place struct {
	Table  string `json:"table"`
	Row    int    `json:"row"` // from 1
	Column string `json:"column"`
}

// String is table:row:column.
func (p Place) String() string { return p.Table + ":" + strconv.Itoa(p.Row) + ":" + p.Column }

// PlaceOf reads table:row:column; what has no row or column has 0 and "".
func PlaceOf(s string) Place {
	table, rest, _ := strings.Cut(s, ":")
	row, column, _ := strings.Cut(rest, ":")
	n, _ := strconv.Atoi(row) // the place of a whole sheet has no row
	return Place{Table: table, Row: n, Column: column}
}

// Place says where a square stands; rows and columns are from 0.
func (g *Grid) Place(row, column int) Place {
	p := Place{Table: g.Name, Row: row + 1, Column: strconv.Itoa(column + 1)}
	if g.Letters {
		p.Column = letters(column + 1)
	}
	return p
}

func letters(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

// Unread is a cell that was not understood.
type Unread struct {
	Place
	Text string `json:"text"`
	Why  string `json:"why"` // a code
	Hint string `json:"hint,omitempty"`
	// Aspects are the ids of those that the cell became all the same; none where it
	// became none.
	Aspects []string `json:"aspects"`
}

// Sum is a sum that the table states.
type Sum struct {
	Place
	Name     string `json:"name"`
	Declared string `json:"declared"`
	Actual   string `json:"actual"`
}

// Taken is a row that became aspects.
type Taken struct {
	Place
	Section string   `json:"section"`
	Name    string   `json:"name"`
	Marks   string   `json:"marks"` // "" where it has none
	Kinds   []string `json:"kinds"`
	Unread  bool     `json:"unread"`
}

// Result is what was read.
type Result struct {
	Text    []byte // the scheme; it compiles
	Total   string
	Taken   []Taken
	Unread  []Unread
	Sums    []Sum
	Skipped []string // tables without a column of marks
	Notes   []Unread // understood, and no part of a scheme
}

// lines are the texts of a row's own cells, with their columns.
func (g *Grid) lines(row int) (texts []string, columns []int) {
	if row >= len(g.Rows) {
		return nil, nil
	}
	for column := range g.Rows[row] {
		if s := strings.TrimSpace(g.own(row, column)); s != "" {
			texts, columns = append(texts, s), append(columns, column)
		}
	}
	return texts, columns
}
