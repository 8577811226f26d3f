package worldsheet

import (
	"regexp"
	"strings"

	"jiangtai/scoring/exact"
	"jiangtai/server/fault"
	"jiangtai/server/programme/programmeweb/marktable"
)

// The panels of a scheme that was read: the sheet names none.
const (
	measuring = "measurement"
	judging   = "judgement"
)

// aspect is an aspect's rows.
type aspect struct {
	grid        *marktable.Grid
	row         int
	at          columns
	isJudged    bool
	isOdd       bool // M or J was not understood
	name        string
	words       []string
	requirement string
	levels      map[int]string
	section     string
	max         exact.Num
}

// sub is a sub-criterion, and criterion what has its letter.
type sub struct {
	id, name string
	declared []stated
	aspects  []*aspect
}

type criterion struct {
	letter, name string
	declared     []stated
	subs         []*sub
}

// stated is a sum that the sheet gives.
type stated struct {
	at marktable.Place
	of exact.Num
}

// standard is a row of the table of sections.
type standard struct {
	number, name string
	declared     *stated
}

// reader reads the sheets of a book.
type reader struct {
	out       *marktable.Result
	name      string
	criteria  []*criterion
	standards []standard
	whole     []stated
	said      []standing

	// of the sheet that is being read
	grid *marktable.Grid
	at   columns
	used map[[2]int]bool // squares of the tables above and beside
	sub  *sub
	last *aspect
}

// standing is a total in the middle of the rows, with what stood above it.
type standing struct {
	stated
	of []exact.Num
}

// Read reads sheets into a scheme. Refused programme.columns_missing where none has
// the titles, programme.table_empty where no row has marks.
func Read(grids []*marktable.Grid) (*marktable.Result, error) {
	r := reader{out: &marktable.Result{}}
	found := false
	for _, g := range grids {
		switch {
		case Is([]*marktable.Grid{g}):
			found = true
			r.sheet(g)
		case len(g.Rows) > 0 && g.Name != lossSheet:
			r.out.Skipped = append(r.out.Skipped, g.Name)
		}
	}
	if !found {
		return nil, fault.New(fault.Refused, "programme.columns_missing")
	}
	return r.out, r.finish()
}

func (r *reader) sheet(g *marktable.Grid) {
	r.grid, r.used, r.sub, r.last = g, map[[2]int]bool{}, nil, nil
	for i := range r.at {
		r.at[i] = -1
	}
	r.tables()
	headed := false
	for row := range g.Rows {
		switch at, isHead := columnsOf(g, row); {
		case isHead:
			r.at, headed = at, true
			r.strange(row)
			r.criterionRow(row)
		case r.criterionRow(row):
		case !headed:
			r.above(row)
		default:
			r.row(row)
		}
	}
}

// own is the text of a square that belongs to no neighbour and to no table.
func (r *reader) own(row, column int) string {
	if c := r.grid.At(row, column); column >= 0 && !c.Left && !c.Up && !r.used[[2]int{row, column}] {
		return strings.TrimSpace(c.Text)
	}
	return ""
}

func (r *reader) cell(row int, of role) string { return r.own(row, r.at[of]) }

func (r *reader) unread(row, column int, why, hint string, words ...string) {
	text := strings.Join(words, "\n")
	if words == nil {
		text = r.grid.At(row, column).Text
	}
	r.out.Unread = append(r.out.Unread, marktable.Unread{Place: r.grid.Place(row, column), Text: text, Why: why, Hint: hint, Aspects: []string{}})
}

func (r *reader) note(row, column int, why string) {
	r.out.Notes = append(r.out.Notes, marktable.Unread{Place: r.grid.Place(row, column), Text: r.grid.At(row, column).Text, Why: why, Aspects: []string{}})
}

// above takes the first line as the name; others are told.
func (r *reader) above(row int) {
	for column := range r.grid.Rows[row] {
		switch text := r.own(row, column); {
		case text == "":
		case r.name == "":
			r.name = text
		default:
			r.note(row, column, "programme.columns_above")
		}
	}
}

// strange tells of titles that nobody knows and that have something below them.
func (r *reader) strange(row int) {
	for column := range r.grid.Rows[row] {
		text := r.own(row, column)
		if text == "" || r.at.has(column) || criterionWord.MatchString(oneLine(text)) || totalWord.MatchString(text) || isNumber(text) {
			continue
		}
		r.unread(row, column, "programme.table_column", "")
	}
}

var (
	criterionWord = regexp.MustCompile(`^(?i:(?:assessment )?criteri(?:on|a)) ?([A-Z]{1,2})?(?:$|[\s:.–-]+(.*)$)`)
	totalWord     = regexp.MustCompile(`(?i)^\s*(?:sub-?)?(?:total|合计|小计|总分)(?:\s+marks?)?\s*:?\s*$`)
	letterOnly    = regexp.MustCompile(`^[A-Z]{1,2}$`)
	subCode       = regexp.MustCompile(`^([A-Z]{1,2})\s*(\d{1,2})$`)
)

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func isNumber(s string) bool {
	_, ok := markOf(s)
	return ok
}

// markOf reads marks as people and spreadsheets write them.
func markOf(s string) (exact.Num, bool) {
	n, err := exact.Parse(commas.ReplaceAllString(strings.TrimSpace(s), "$1.$2"))
	return n, err == nil && n.Sign() >= 0
}

// criterionRow reads "Criterion A", a name, and the total of its marks; they stand
// alone or behind the titles.
func (r *reader) criterionRow(row int) bool {
	for column := range r.grid.Rows[row] {
		m := criterionWord.FindStringSubmatch(oneLine(r.own(row, column)))
		if m == nil || r.at.has(column) && r.at[subID] != column {
			continue
		}
		letter, next := m[1], column+1
		if letter == "" {
			if letter = r.next(row, &next); !letterOnly.MatchString(letter) {
				continue
			}
		}
		k := r.criterion(letter)
		if m[2] != "" && k.name == "" {
			k.name = m[2]
		}
		for text := r.next(row, &next); text != ""; text = r.next(row, &next) {
			n, isMark := markOf(text)
			switch {
			case isMark:
				k.declared = append(k.declared, stated{r.grid.Place(row, next-1), n})
			case k.name == "" && !totalWord.MatchString(text) && !r.isTitle(text):
				k.name = oneLine(text)
			}
		}
		r.sub, r.last = nil, nil
		return true
	}
	return false
}

func (r *reader) isTitle(text string) bool {
	for _, t := range titles {
		if t.form.MatchString(plain(text)) {
			return true
		}
	}
	return false
}

// next is the next text of a row from a column on, which it moves behind it.
func (r *reader) next(row int, column *int) string {
	for *column < len(r.grid.Rows[row]) {
		*column++
		if text := r.own(row, *column-1); text != "" {
			return text
		}
	}
	return ""
}

func (r *reader) criterion(letter string) *criterion {
	for _, k := range r.criteria {
		if k.letter == letter {
			return k
		}
	}
	k := &criterion{letter: letter}
	r.criteria = append(r.criteria, k)
	return k
}
