package worldsheet

import (
	"regexp"
	"strconv"
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

// row reads a row below the titles.
func (r *reader) row(row int) {
	code, word, words := r.cell(row, subID), r.cell(row, kind), r.cell(row, extra)
	switch {
	case code != "":
		if !r.startSub(row, code) {
			return
		}
		if word == "" {
			if n, ok := markOf(r.cell(row, marks)); ok {
				r.sub.declared = append(r.sub.declared, stated{r.grid.Place(row, r.at[marks]), n})
				r.leftovers(row, subID, subName, day, marks)
				return
			}
			r.leftovers(row, subID, subName, day)
			return
		}
		fallthrough
	case word != "":
		r.startAspect(row, word)
	case r.isSum(row):
	case r.cell(row, score) != "":
		r.level(row)
	case (words != "" || r.cell(row, requirement) != "") && r.last != nil:
		r.last.words = appendLine(r.last.words, words)
		if s := r.cell(row, requirement); s != "" {
			r.last.requirement = strings.TrimSpace(r.last.requirement + "\n" + s)
		}
		r.leftovers(row, extra, requirement)
	default:
		r.leftovers(row)
	}
}

func appendLine(to []string, s string) []string {
	if s == "" {
		return to
	}
	return append(to, s)
}

// leftovers tells of the cells of a row that nothing was made of.
func (r *reader) leftovers(row int, taken ...role) {
	for column := range r.grid.Rows[row] {
		if r.own(row, column) == "" || r.at[calculation] == column {
			continue
		}
		known := false
		for _, t := range taken {
			known = known || r.at[t] == column
		}
		if !known {
			r.unread(row, column, "programme.columns_row", "")
		}
	}
}

func (r *reader) startSub(row int, code string) bool {
	m := subCode.FindStringSubmatch(code)
	if m == nil {
		r.unread(row, r.at[subID], "programme.columns_id", "A1")
		r.leftovers(row, subID)
		return false
	}
	k := r.criterion(m[1])
	r.sub, r.last = nil, nil
	for _, s := range k.subs {
		if s.id == m[1]+m[2] {
			r.sub = s
		}
	}
	if r.sub == nil {
		r.sub = &sub{id: m[1] + m[2]}
		k.subs = append(k.subs, r.sub)
	}
	if name := r.cell(row, subName); name != "" {
		r.sub.name = oneLine(name)
	}
	if r.cell(row, day) != "" {
		r.note(row, r.at[day], "programme.columns_day")
	}
	return true
}

// isSum reads a row that says what stands above it adds up to.
func (r *reader) isSum(row int) bool {
	column := 0
	if !totalWord.MatchString(r.next(row, &column)) {
		return false
	}
	n, ok := markOf(r.cell(row, marks))
	if !ok {
		for text := r.next(row, &column); text != "" && !ok; text = r.next(row, &column) {
			n, ok = markOf(text)
		}
	}
	if ok {
		r.said = append(r.said, standing{stated{r.grid.Place(row, r.at[marks]), n}, r.sumsAbove()})
	}
	return true
}

// sumsAbove is what the sub-criterion, the criterion and all together add up to.
func (r *reader) sumsAbove() []exact.Num {
	var all, ofK exact.Num
	own := exact.Zero
	for _, k := range r.criteria {
		ofK = k.sum()
		all = all.Add(ofK)
	}
	if len(r.criteria) > 0 && r.sub != nil {
		own = r.sub.sum()
	}
	return []exact.Num{ofK, own, all}
}

func (s *sub) sum() exact.Num {
	sum := exact.Zero
	for _, a := range s.aspects {
		sum = sum.Add(a.max)
	}
	return sum
}

func (k *criterion) sum() exact.Num {
	sum := exact.Zero
	for _, s := range k.subs {
		sum = sum.Add(s.sum())
	}
	return sum
}

var (
	measured = regexp.MustCompile(`(?i)^(m|meas\w*|o|obj\w*|b|测量|客观|m ?= ?meas)$`)
	judged   = regexp.MustCompile(`(?i)^(j|judg\w*|评价|主观|j ?= ?judg)$`)
)

// startAspect reads the row of an aspect; one without marks is told and is none.
func (r *reader) startAspect(row int, word string) {
	a := &aspect{
		grid: r.grid, row: row, at: r.at, isJudged: judged.MatchString(word), name: oneLine(r.cell(row, description)),
		requirement: r.cell(row, requirement), section: r.cell(row, section), levels: map[int]string{},
	}
	r.last = nil
	if !a.isJudged && !measured.MatchString(word) {
		a.isOdd = true
	}
	mark := r.grid.At(row, r.at[marks])
	n, ok := markOf(mark.Text)
	switch {
	case r.sub == nil:
		r.unread(row, r.at[kind], "programme.columns_sub", "", a.name)
		return
	case a.name == "":
		r.unread(row, r.at[description], "programme.table_words", "", word)
		return
	case !ok || n.Sign() == 0:
		why := "programme.table_marks"
		if mark.IsFormula && mark.Text == "" {
			why = "programme.table_formula"
		}
		r.unread(row, r.at[marks], why, a.name)
		return
	}
	a.max = n
	words := r.cell(row, extra)
	if s := r.cell(row, score); s != "" {
		r.levelOf(a, row, s, words)
	} else {
		a.words = appendLine(a.words, words)
	}
	r.sub.aspects = append(r.sub.aspects, a)
	r.last = a
	for column := range r.grid.Rows[row] {
		if r.own(row, column) != "" && !r.at.has(column) {
			r.unread(row, column, "programme.columns_row", "")
		}
	}
}

// level reads a line that says what a score means.
func (r *reader) level(row int) {
	words := r.cell(row, extra)
	taken := extra
	if words == "" {
		words, taken = r.cell(row, description), description
	}
	if r.last == nil || !r.last.isJudged && !r.last.isOdd {
		r.unread(row, r.at[score], "programme.columns_score", "")
		return
	}
	r.levelOf(r.last, row, r.cell(row, score), words)
	r.leftovers(row, score, taken)
}

func (r *reader) levelOf(a *aspect, row int, level, words string) {
	n, err := strconv.Atoi(level)
	switch _, twice := a.levels[n]; {
	case err != nil || n < 0 || n > 9 || twice:
		r.unread(row, r.at[score], "programme.columns_score", "0–3")
	default:
		a.levels[n] = oneLine(words)
	}
}
