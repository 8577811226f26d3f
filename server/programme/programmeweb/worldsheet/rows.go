package worldsheet

import (
	"regexp"
	"strconv"
	"strings"

	"jiangtai/scoring/exact"
)

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
