package worldsheet

import (
	"regexp"
	"strings"
)

var (
	idTitle      = regexp.MustCompile(`^(id|criteri(on|a)( id)?|标准编号)$`)
	nameTitle    = regexp.MustCompile(`^(name|criteri(on|a)( name)?|description|名称|wsss section|wsos section|section name|standards?)$`)
	markTitle    = regexp.MustCompile(`^((wsss|wsos|wses|wsess|cis|total|max)\.? )?(marks?|weight(ing)?)( ?\(?%\)?)?$|^分值$|^配分$`)
	sectionTitle = regexp.MustCompile(`^(section|wss[s]? section|wsos section|id)( no\.?)?$`)
	leadNumber   = regexp.MustCompile(`^(?:(?:wsss|wsos|wses|wsess|cis|section)\s*)?(\d{1,2})(?:\.\d+)*\b[ .:)-]*(.*)$`)
)

// tables finds the tables of criteria and of sections, above the rows or beside
// them, and takes their squares out.
func (r *reader) tables() {
	for row := range r.grid.Rows {
		if _, isHead := columnsOf(r.grid, row); isHead {
			r.besides(row, true)
			continue
		}
		r.besides(row, false)
	}
}

// besides reads the tables whose titles stand in a row.
func (r *reader) besides(row int, isHead bool) {
	at, _ := columnsOf(r.grid, row)
	for column := range r.grid.Rows[row] {
		text := plain(r.own(row, column))
		if text == "" || isHead && at.has(column) {
			continue
		}
		t := table{row: row, first: column, name: -1, marks: -1}
		for next := column + 1; next < len(r.grid.Rows[row]) && next <= column+12 && t.marks < 0; next++ {
			other := plain(r.own(row, next))
			switch {
			case isHead && at.has(next):
			case markTitle.MatchString(other):
				t.marks = next
			case nameTitle.MatchString(other) && t.name < 0:
				t.name = next
			}
		}
		if t.marks < 0 || sectionTitle.MatchString(text) && r.sectionRows(t) {
			continue
		}
		if idTitle.MatchString(text) {
			r.criterionRows(t)
		}
	}
}

// table is where a table's columns stand; name is -1 where it has no title.
type table struct{ row, first, name, marks int }

// nameOf is the name in a row of the table.
func (r *reader) nameOf(t table, row int) (string, int) {
	if t.name >= 0 {
		return oneLine(r.own(row, t.name)), t.name
	}
	for column := t.first + 1; column < t.marks; column++ {
		if text := r.own(row, column); text != "" {
			return oneLine(text), column
		}
	}
	return "", t.first
}

// use takes squares out of what is read later.
func (r *reader) use(row int, columns ...int) {
	for _, c := range columns {
		if c >= 0 {
			r.used[[2]int{row, c}] = true
		}
	}
}

func (r *reader) markAt(row, column int) *stated {
	if n, ok := markOf(r.own(row, column)); ok {
		return &stated{r.grid.Place(row, column), n}
	}
	return nil
}

// sectionRows reads the sections of the standard; false where the first row has no
// number.
func (r *reader) sectionRows(t table) bool {
	found := false
	for row := t.row + 1; row < len(r.grid.Rows); row++ {
		first := r.own(row, t.first)
		m := leadNumber.FindStringSubmatch(strings.ToLower(oneLine(first)))
		if m == nil {
			r.totalOf(t, row, found, nil)
			break
		}
		name, at := r.nameOf(t, row)
		if name == "" {
			name = strings.TrimSpace(oneLine(first)[len(oneLine(first))-len(m[2]):])
		}
		if name == "" {
			name = m[1]
		}
		mark := r.markAt(row, t.marks)
		if mark == nil {
			r.unread(row, t.first, "programme.table_marks", "")
		}
		r.standards = append(r.standards, standard{number: m[1], name: name, declared: mark})
		r.use(row, t.first, at, t.marks)
		r.useBetween(row, t)
		found = true
	}
	if found {
		r.use(t.row, t.first, t.name, t.marks)
		r.useBetween(t.row, t)
	}
	return found
}

// useBetween takes the sums that the sheet computes beside the declared ones.
func (r *reader) useBetween(row int, t table) {
	for column := t.first; column <= t.marks+2; column++ {
		if text := r.own(row, column); isNumber(text) || strings.HasPrefix(plain(text), "aspect mark") || plain(text) == "variance" {
			r.use(row, column)
		}
	}
}

// criterionRows reads the list of criteria with their marks.
func (r *reader) criterionRows(t table) {
	found := false
	for row := t.row + 1; row < len(r.grid.Rows); row++ {
		letter := r.own(row, t.first)
		if !letterOnly.MatchString(letter) {
			r.totalOf(t, row, found, &r.whole)
			break
		}
		k := r.criterion(letter)
		name, at := r.nameOf(t, row)
		if name != "" {
			k.name = name
		}
		if mark := r.markAt(row, t.marks); mark != nil {
			k.declared = append(k.declared, *mark)
		}
		r.use(row, t.first, at, t.marks)
		found = true
	}
	if found {
		r.use(t.row, t.first, t.name, t.marks)
	}
}

// totalOf takes the sum below a table.
func (r *reader) totalOf(t table, row int, found bool, into *[]stated) {
	mark := r.markAt(row, t.marks)
	if !found || mark == nil {
		return
	}
	for column := t.first; column < t.marks; column++ {
		if text := r.own(row, column); text != "" && !totalWord.MatchString(text) {
			return
		}
	}
	for column := t.first; column <= t.marks; column++ {
		r.use(row, column)
	}
	if into != nil {
		*into = append(*into, *mark)
	}
}
