package marktable

import (
	"regexp"
	"strings"

	"jiangtai/scoring/exact"
	"jiangtai/server/programme/wording"
)

// line is a row of marks with all that belongs to it.
type line struct {
	grid                    *Grid
	row                     int
	at                      int // the column of the words that matter: the standard's, else the content's
	marksAt                 int
	name, requirement, says string
	marks                   wording.Marks
	isAlone                 bool // says something about the whole and stands in no section
}

// part is a section with its lines.
type part struct {
	name     string
	declared *exact.Num
	at       Place
	lines    []*line
}

func (p *part) sum() exact.Num {
	sum := exact.Zero
	for _, l := range p.lines {
		sum = sum.Add(l.marks.Sum())
	}
	return sum
}

// body reads the rows of one table.
type body struct {
	*header
	grid      *Grid
	sectioned bool
	parts     []*part
	out       *Result
	total     *Sum
	dotted    bool      // sections are numbered 1, their rows 1.1
	allAbove  exact.Num // marks of tables before this one
}

var (
	sumRow    = regexp.MustCompile(`^(合计|总计|总分|总得分|总成绩|合计得分|满分|总配分|合计总分|最终得分|合计分|总评)`)
	partSum   = regexp.MustCompile(`^(小计|分项合计|本项合计|本模块合计|小计分)`)
	anyDigits = regexp.MustCompile(`\d+(?:\.\d+)?`)
	signRow   = regexp.MustCompile(`^(评分人|裁判|考评|记分|核分|签[名字]|监考|日期|年月日|选手|考生|参赛|姓名|工位|赛位|审核|考件|开始时间|结束时间|考核时间|比赛时间|评委)[^。；]{0,60}$`)
	noteRow   = regexp.MustCompile(`^(备注|注|说明|评分说明|注意)[：:\d]*`)
	numbered  = regexp.MustCompile(`^([一二三四五六七八九十]{1,3}|[ⅠⅡⅢⅣⅤⅥ])([、.．]|$)|^(模块|第)[一二三四五六七八九十A-F]`)
	ending    = regexp.MustCompile(`否决|否定|扣分项|倒扣|违规|违纪|安全|一票|附加`)
)

func (b *body) read() {
	for row := b.row + 1; row < len(b.grid.Rows); row++ {
		b.readRow(row)
	}
}

// now is the section that a row without one belongs to.
func (b *body) now() *part {
	if len(b.parts) == 0 {
		b.open("", nil, b.grid.Place(b.row+1, 0))
	}
	return b.parts[len(b.parts)-1]
}

func (b *body) open(name string, declared *exact.Num, at Place) {
	b.parts = append(b.parts, &part{name: name, declared: declared, at: at})
}

func (b *body) unread(row, column int, text, why string) {
	b.out.Unread = append(b.out.Unread, Unread{Place: b.grid.Place(row, column), Text: text, Why: why, Aspects: []string{}})
}

func (b *body) readRow(row int) {
	g, at := b.grid, b.is(marks)[0]
	texts, columns := g.lines(row)
	mark := g.At(row, at)
	switch {
	case len(texts) == 0 && !mark.Up, mark.Up && mark.Text == g.At(b.row, at).Text:
		return // empty, or the header's second line
	case !mark.Up && mark.Text != "" && mark.Text == g.At(b.row, at).Text:
		return // the header again on a new page
	case len(texts) > 0 && sumRow.MatchString(closed(texts[0])), len(texts) > 1 && sumRow.MatchString(closed(texts[1])) && b.roles[columns[0]] == number:
		b.readSum(row, at, texts)
		return
	case len(texts) > 0 && partSum.MatchString(closed(texts[0])):
		b.readPartSum(row, at)
		return
	}
	if len(texts) == 1 && !mark.IsFormula && (mark.Text == "" || mark.Left) && b.readWide(row, columns[0], texts[0]) {
		return
	}
	if len(texts) > 0 && signRow.MatchString(closed(texts[0])) && mark.Text == "" {
		return
	}
	b.readMarks(row, texts)
}

func closed(s string) string {
	return strings.NewReplacer(" ", "", "\u3000", "", "\n", "").Replace(s)
}

// readSum holds the whole against what it states.
func (b *body) readSum(row, at int, texts []string) {
	s := b.grid.At(row, at).Text
	if b.grid.At(row, at).Left || anyDigits.FindString(s) == "" {
		s = strings.Join(texts, " ")
	}
	n, err := exact.Parse(anyDigits.FindString(s))
	if err != nil || n.Sign() <= 0 {
		return // the place for the sum of what was got
	}
	b.total = &Sum{Place: b.grid.Place(row, at), Name: "合计", Declared: n.String()}
}

func (b *body) readPartSum(row, at int) {
	n, err := exact.Parse(anyDigits.FindString(b.grid.At(row, at).Text))
	if err == nil && n.Sign() > 0 && len(b.parts) > 0 {
		b.now().declared, b.now().at = &n, b.grid.Place(row, at)
	}
}

// readWide reads a row of one text: a heading, a note, a rule about the whole;
// false where it is the row of an aspect that has one column only.
func (b *body) readWide(row, column int, text string) bool {
	next := b.grid.At(row, column+1)
	words := b.words()
	isWide := next.Left || column <= 1 && len(words) > 0 && column <= words[0] || !next.Left && numbered.MatchString(text)
	if !isWide {
		return false
	}
	plain := noteRow.ReplaceAllString(closed(text), "")
	isNote := plain != closed(text)
	read := wording.Read(wording.Row{Name: plain, Standalone: true})
	switch {
	case read.Unread == "":
		l := &line{grid: b.grid, row: row, at: column, name: plain, isAlone: true}
		b.now().lines = append(b.now().lines, l)
	case isNote || signRow.MatchString(closed(text)):
		if strings.Contains(plain, "扣") || strings.Contains(plain, "取消") || strings.Contains(plain, "0分") {
			b.unread(row, column, text, "programme.table_note")
		}
	case strings.Contains(plain, "扣") || strings.Contains(plain, "取消") || ending.MatchString(plain) && len([]rune(plain)) > 20:
		b.unread(row, column, text, "programme.table_note")
	default:
		name, declared := wording.Declared(text)
		b.open(name, declared, b.grid.Place(row, column))
	}
	return true
}

// words joins the texts of columns, each cell once.
func (b *body) joined(row int, columns []int) string {
	var out []string
	for _, column := range columns {
		c := b.grid.At(row, column)
		if c.Left && column > columns[0] || c.Left && column > 0 && b.roles[column-1] != unknown {
			continue
		}
		if c.Text != "" {
			out = append(out, b.withTitle(column, c.Text))
		}
	}
	return strings.Join(out, "\n")
}

var bareLimit = regexp.MustCompile(`^±?\d+(?:\.\d+)?$`)

// withTitle is a bare number of a column 允许偏差（mm） with what it is.
func (b *body) withTitle(column int, text string) string {
	title := closed(b.grid.At(b.row, column).Text)
	if !bareLimit.MatchString(closed(text)) || !strings.Contains(title, "差") {
		return text
	}
	unit := ""
	if strings.Contains(title, "mm") || strings.Contains(title, "毫米") {
		unit = "mm"
	}
	return "允许偏差" + closed(text) + unit
}

// readMarks reads a row of marks, or what goes on from the row above.
func (b *body) readMarks(row int, texts []string) {
	g, at := b.grid, b.is(marks)[0]
	cells := b.words()
	name, requirement := "", ""
	if b.sectioned {
		b.startSection(row, cells[0])
		if c := g.At(row, cells[0]); g.At(row, cells[1]).Left {
			name = c.Text
		}
		cells = cells[1:]
	}
	if len(cells) > 0 {
		if c := g.At(row, cells[0]); !c.Left || name == "" {
			name = c.Text
		}
		requirement = b.joined(row, cells[1:])
	}
	if name == "" && requirement == "" && b.sectioned && len(b.parts) > 0 {
		name = b.now().name
	}
	l := &line{grid: g, row: row, marksAt: at, name: name, requirement: requirement, says: b.says(row), at: b.wordsAt(row, cells)}
	mark := g.At(row, at)
	if mark.Left {
		mark = Cell{} // words over several columns
	}
	if b.goesOn(row, l, mark) {
		b.goOn(row)
		return
	}
	m, ok := wording.MarksOf(mark.Text)
	switch {
	case mark.IsFormula && mark.Text == "":
		b.unread(row, at, "=", "programme.table_formula")
		return
	case !ok:
		b.unread(row, at, mark.Text, "programme.table_marks")
		return
	case name == "" && requirement == "" && l.says == "":
		if len(texts) > 0 && len(m.Parts) > 0 {
			b.unread(row, at, mark.Text, "programme.table_words")
		}
		return
	}
	l.marks = m
	if b.isHeading(row, l) {
		sum := m.Sum()
		b.open(wording.Heading(name), &sum, g.Place(row, at))
		return
	}
	if len(m.Parts) == 0 && len(l.says) == 0 && len(texts) == 1 && !strings.Contains(name, "扣") {
		b.open(wording.Heading(name), nil, g.Place(row, l.at))
		return
	}
	if n := b.numberOf(row); b.dotted && n != "" && !strings.Contains(n, ".") && len(m.Parts) > 0 {
		b.open(wording.Heading(name), nil, g.Place(row, at))
	}
	b.now().lines = append(b.now().lines, l)
}

// numberOf is the row's own number.
func (b *body) numberOf(row int) string {
	for _, column := range b.is(number) {
		return closed(b.grid.own(row, column))
	}
	return ""
}

// says is the standard, from its columns or those of grades.
func (b *body) says(row int) string {
	s := b.joined(row, b.is(standard))
	var grades []string
	for _, column := range b.is(grade) {
		title, text := closed(b.grid.At(b.row, column).Text), closed(b.grid.At(row, column).Text)
		if text == "" {
			continue
		}
		name, within, _ := strings.Cut(strings.NewReplacer("（", "(", "）", ")").Replace(title), "(")
		within = strings.TrimSuffix(strings.TrimSuffix(within, ")"), "分")
		if within == "" {
			grades = append(grades, name+"（"+strings.TrimSuffix(text, "分")+"分）")
		} else {
			grades = append(grades, name+"（"+within+"分）："+text)
		}
	}
	if len(grades) > 0 {
		return strings.TrimSpace(s + "\n" + strings.Join(grades, "\n"))
	}
	return s
}

func (b *body) wordsAt(row int, cells []int) int {
	for _, columns := range [][]int{b.is(standard), b.is(grade), cells} {
		for _, column := range columns {
			if b.grid.At(row, column).Text != "" {
				return column
			}
		}
	}
	return b.is(marks)[0]
}

func (b *body) startSection(row, column int) {
	c := b.grid.At(row, column)
	if c.Up || c.Text == "" {
		return
	}
	name, declared := wording.Declared(c.Text)
	if len(b.parts) > 0 && b.now().name == name {
		return
	}
	b.open(name, declared, b.grid.Place(row, column))
}

// goesOn says that a row belongs to the one above: its marks are one cell with
// those above, or only its standard is filled in.
func (b *body) goesOn(row int, l *line, mark Cell) bool {
	if len(b.parts) == 0 || len(b.now().lines) == 0 {
		return false
	}
	if mark.Up {
		return true
	}
	words := b.words()
	lead := ""
	for _, column := range words {
		lead += b.grid.own(row, column)
	}
	lead += b.numberOf(row)
	return mark.Text == "" && !mark.IsFormula && lead == "" && l.says != ""
}

func (b *body) goOn(row int) {
	lines := b.now().lines
	last := lines[len(lines)-1]
	for _, column := range b.is(standard) {
		if s := b.grid.own(row, column); s != "" {
			last.says = strings.TrimSpace(last.says + "\n" + s)
		}
	}
	if words := b.words(); len(words) > 0 {
		for _, column := range words[len(words)-1:] {
			if s := b.grid.own(row, column); s != "" && s != last.name {
				last.requirement = strings.TrimSpace(last.requirement + "\n" + s)
			}
		}
	}
}

// isHeading says that a row numbered 一、 has the marks of those that follow.
func (b *body) isHeading(row int, l *line) bool {
	if len(l.marks.Parts) != 1 || l.says != "" {
		return false
	}
	lead := b.numberOf(row)
	if n := b.numberOf(row + 1); lead != "" && strings.HasPrefix(n, lead+".") {
		b.dotted = true
		return true
	}
	if !numbered.MatchString(closed(lead)) && !numbered.MatchString(closed(l.name)) {
		return false
	}
	follow := exact.Zero
	for next := row + 1; next < len(b.grid.Rows) && follow.Less(l.marks.Sum()); next++ {
		if m, ok := wording.MarksOf(b.grid.own(next, l.marksAt)); ok {
			follow = follow.Add(m.Sum())
		}
	}
	return follow.Equal(l.marks.Sum())
}
