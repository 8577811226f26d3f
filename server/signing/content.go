package signing

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/scoring/working"
	"jiangtai/server/contest"
	"jiangtai/server/signing/form"
)

// work is an entry as one paper names it.
type work struct {
	id    scoring.EntryID
	label string
	team  bool
}

// compose makes the sheets of a reading. It holds no more than the reading does.
type compose struct {
	r       Reading
	contest string
	names   map[scoring.EntryID]Name  // nil while sealed
	groups  map[string]map[int]string // as Names.Groups; nil while sealed
	worked  map[scoring.EntryID]scoring.Working
}

// working is an entry's working, reckoned once.
func (c *compose) working(id scoring.EntryID) scoring.Working {
	w, ok := c.worked[id]
	if !ok {
		if c.worked == nil {
			c.worked = map[scoring.EntryID]scoring.Working{}
		}
		w = c.r.Board.Working(id)
		c.worked[id] = w
	}
	return w
}

// rules are those in force, and before the opening those of the newest scheme; nil
// while there is none.
func (c *compose) rules() *scoring.Rules {
	if rules := c.r.Board.Rules(); rules != nil {
		return rules
	}
	return c.r.Rules
}

func (c *compose) head(title, subtitle string) Sheet {
	e := c.r.Event
	event := strings.Join(slices.DeleteFunc([]string{e.Trade, e.Title, stages[e.Stage], e.Group}, func(s string) bool { return s == "" }), " · ")
	s := Sheet{Title: title, Subtitle: subtitle, Contest: c.contest, Event: event, Mark: marks[c.r.Kind]}
	if c.r.Version > 0 {
		s.Facts = append(s.Facts, Fact{"评分标准", fmt.Sprintf("第 %d 版", c.r.Version)})
	}
	if e.Hall != "" {
		s.Facts = append(s.Facts, Fact{"场地", e.Hall})
	}
	return s
}

var (
	stages = map[contest.Stage]string{contest.Preliminary: "初赛", contest.Selection: "选拔赛", contest.Final: "决赛"}
	marks  = map[contest.Kind]string{contest.Rehearsal: "演练", contest.Demo: "演示"}
)

// marked are the entries that a module is about, persons or teams, by the label
// that it may show.
func (c *compose) marked(m scoring.CriterionInfo) []work {
	team := m.Of == scheme.OfTeam
	return slices.DeleteFunc(c.works(string(m.Identity)), func(w work) bool { return w.team != team })
}

// works are all entries by the label that an identity may show.
func (c *compose) works(identity string) []work {
	var out []work
	for _, e := range c.r.Entries {
		label := e.label(identity)
		if label == "" {
			label = "—"
		}
		out = append(out, work{e.Ordinal, label, e.IsTeam})
	}
	slices.SortStableFunc(out, func(a, b work) int {
		return cmp.Or(cmp.Compare(len(a.label), len(b.label)), cmp.Compare(a.label, b.label))
	})
	return out
}

// label is what an identity calls an entry; "" where it has not been drawn.
func (e *Entrant) label(identity string) string {
	switch identity {
	case "seat":
		return e.SeatNo
	case "coded":
		return e.WorkCode
	}
	return e.EntryNo
}

// listed are all entries by the label that the list may show: each by the strongest
// of the modules in which it is marked.
func (c *compose) listed() map[scoring.EntryID]string {
	identity, out := c.identity(), map[scoring.EntryID]string{}
	for _, w := range c.works(identity) {
		out[w.id] = w.label
	}
	if !c.r.Board.Sealed() {
		return out
	}
	for i := range c.r.Entries {
		e := &c.r.Entries[i]
		if by := string(c.rules().IdentityOf(e.IsTeam)); by != identity && e.label(by) != "" {
			out[e.Ordinal] = contest.Beside + e.label(by)
		}
	}
	return out
}

// chair finds a chair of the event.
func (c *compose) chair(number scoring.ChairID) (contest.Chair, bool) {
	i := slices.IndexFunc(c.r.Chairs, func(ch contest.Chair) bool { return ch.Number == number })
	if i < 0 {
		return contest.Chair{}, false
	}
	return c.r.Chairs[i], true
}

func (c *compose) panelName(id string) string {
	for _, p := range c.rules().Panels() {
		if p.ID == id {
			return p.Name
		}
	}
	return id
}

// manyColumns is how many aspects stand beside each other on a page.
const manyColumns = 9

// chairFacts name a chair on its papers.
func (c *compose) chairFacts(s *Sheet, ch contest.Chair) {
	s.Facts = append(s.Facts, Fact{"裁判组", c.panelName(ch.Panel)}, Fact{"裁判席", fmt.Sprintf("第 %d 席", ch.Seat)}, Fact{"裁判", cmp.Or(ch.Judge, "—") + c.r.Before[ch.Number].Note()})
}

// markSheet is what one chair has given, by work and aspect.
func (c *compose) markSheet(ch contest.Chair) Sheet {
	s := c.head("评分表", c.panelName(ch.Panel)+" 第 "+strconv.Itoa(ch.Seat)+" 席")
	s.Anchored = true
	c.chairFacts(&s, ch)
	for _, sheet := range c.rules().Sheets(ch.Panel) {
		aspects := aspectsOf(sheet)
		works := c.marked(sheet.Criterion)
		for i, group := range chunks(aspects, manyColumns) {
			heading := sheet.Criterion.Code + " " + sheet.Criterion.Name
			if i > 0 {
				heading += "（续）"
			}
			p := Part{Heading: heading, Columns: []Column{{Head: labelHead(string(sheet.Criterion.Identity)), Bold: true}}}
			for _, a := range group {
				p.Columns = append(p.Columns, Column{Head: a.Code, Weight: 1, Number: true})
			}
			for _, w := range works {
				row, cells := []string{w.label}, []form.Cell{{}}
				for _, a := range group {
					row = append(row, c.cells(w.id, a.ID, ch.Number))
					cells = append(cells, form.Cell{Work: w.label, Aspect: a.ID})
				}
				p.Rows, p.Cells = append(p.Rows, row), append(p.Cells, cells)
			}
			s.Parts = append(s.Parts, p)
		}
		s.Parts = append(s.Parts, legend(sheet, aspects))
	}
	s.Text = "以上评分由本人独立给出，核对无误。"
	s.Signers = []Signer{{Role: "评分裁判", Name: ch.Judge}}
	s.Initials = []string{"评分裁判"}
	return s
}

// cells are a chair's marks of one aspect: its attempts in order, each with the
// newest round that has one.
func (c *compose) cells(id scoring.EntryID, aspect string, chair scoring.ChairID) string {
	var out []string
	for attempt := uint8(1); ; attempt++ {
		text, found := c.cell(id, aspect, attempt, chair)
		if !found {
			break
		}
		out = append(out, text)
	}
	return strings.Join(out, " / ")
}

func (c *compose) cell(id scoring.EntryID, aspect string, attempt uint8, chair scoring.ChairID) (string, bool) {
	text, found := "", false
	for round := uint8(1); round < 200; round++ {
		m, ok := c.r.Board.Cell(id, aspect, attempt, round, chair)
		if !ok {
			break
		}
		found = true
		switch m.Kind {
		case scoring.Mark:
			text = m.Value + c.r.Before[chair].Star(m.Seq, c.r.Board.SentLate(m.MarkID))
		case scoring.NotPerformed:
			text = "未做" + c.r.Before[chair].Star(m.Seq, c.r.Board.SentLate(m.MarkID))
		case scoring.Absent:
			text = "缺席"
		}
	}
	return text, found
}

// legend says what the codes of a module are.
func legend(sheet scoring.Sheet, aspects []scoring.Pad) Part {
	p := Part{Heading: sheet.Criterion.Code + " 评分点", Columns: []Column{{Head: "代码"}, {Head: "评分点", Weight: 1}, {Head: "配分", Number: true}}}
	for _, a := range aspects {
		p.Rows = append(p.Rows, []string{a.Code, a.Name, a.Max})
	}
	return p
}

// few is how many aspects stand beside each other on a blank sheet for all works;
// with more, each work has a page of its own.
const few = 4

// blankSheet is what a chair marks on by hand.
func (c *compose) blankSheet(ch contest.Chair) Sheet {
	s := c.head("评分表（空白）", c.panelName(ch.Panel)+" 第 "+strconv.Itoa(ch.Seat)+" 席")
	s.Anchored = true
	c.chairFacts(&s, ch)
	for _, sheet := range c.rules().Sheets(ch.Panel) {
		works, aspects := c.marked(sheet.Criterion), aspectsOf(sheet)
		if places := form.Places(aspects); len(places) <= few {
			s.Parts = append(s.Parts, blankList(sheet, works, places), legend(sheet, aspects))
			continue
		}
		for _, w := range works {
			p := blankPage(sheet, w, form.Places(aspects))
			p.Page = len(s.Parts) > 0
			s.Parts = append(s.Parts, p)
		}
	}
	s.Initials = []string{"评分裁判"}
	return s
}

func blankList(sheet scoring.Sheet, works []work, aspects []form.Place) Part {
	p := Part{Heading: sheet.Criterion.Code + " " + sheet.Criterion.Name, Columns: []Column{{Head: labelHead(string(sheet.Criterion.Identity)), Bold: true}}, Tall: true}
	for _, a := range aspects {
		p.Columns = append(p.Columns, Column{Head: a.Title() + "（" + a.Max + "）", Weight: 2})
	}
	p.Columns = append(p.Columns, Column{Head: "备注", Weight: 3})
	for _, w := range works {
		cells := []form.Cell{{}}
		for _, a := range aspects {
			cells = append(cells, form.Cell{Work: w.label, Aspect: a.ID, Attempt: a.Attempt})
		}
		p.Rows, p.Cells = append(p.Rows, []string{w.label}), append(p.Cells, cells)
	}
	return p
}

func blankPage(sheet scoring.Sheet, w work, aspects []form.Place) Part {
	p := Part{
		Heading: labelHead(string(sheet.Criterion.Identity)) + " " + w.label + "　" + sheet.Criterion.Code + " " + sheet.Criterion.Name,
		Columns: []Column{{Head: "代码"}, {Head: "评分点", Weight: 3}, {Head: "配分", Number: true}, {Head: "得分", Weight: 1}, {Head: "备注", Weight: 1}},
		Tall:    true,
	}
	for _, a := range aspects {
		p.Rows = append(p.Rows, []string{a.Title(), a.Name, a.Max, "", ""})
		p.Cells = append(p.Cells, []form.Cell{{}, {}, {}, {Work: w.label, Aspect: a.ID, Attempt: a.Attempt}, {}})
	}
	return p
}

// panelSummary is what a panel's marks came to, by work.
func (c *compose) panelSummary(panel string) Sheet {
	s := c.head("裁判组汇总表", c.panelName(panel))
	s.Facts = append(s.Facts, Fact{"裁判组", c.panelName(panel)})
	for _, sheet := range c.rules().Sheets(panel) {
		aspects := aspectsOf(sheet)
		works := c.marked(sheet.Criterion)
		for i, group := range chunks(aspects, manyColumns-1) {
			last := (i+1)*(manyColumns-1) >= len(aspects)
			s.Parts = append(s.Parts, c.summaryPart(sheet, works, group, i > 0, last))
		}
	}
	s.Text = "以上为本组评分的汇总，核对无误。"
	for _, ch := range c.r.Chairs {
		if ch.Panel == panel {
			s.Signers = append(s.Signers, Signer{Role: "评分裁判", Name: ch.Judge})
		}
	}
	s.Signers = append(s.Signers, Signer{Role: "裁判组长"}, Signer{Role: "记分员"})
	s.Initials = []string{"裁判组长", "记分员"}
	return s
}

func (c *compose) summaryPart(sheet scoring.Sheet, works []work, group []scoring.Pad, more, last bool) Part {
	heading := sheet.Criterion.Code + " " + sheet.Criterion.Name
	if more {
		heading += "（续）"
	}
	p := Part{Heading: heading, Columns: []Column{{Head: labelHead(string(sheet.Criterion.Identity)), Bold: true}}}
	for _, a := range group {
		p.Columns = append(p.Columns, Column{Head: a.Code, Weight: 1, Number: true})
	}
	if last {
		p.Columns = append(p.Columns, Column{Head: "模块得分", Number: true, Bold: true})
	}
	for _, w := range works {
		crit := criterionOf(c.working(w.id), sheet.Criterion.ID)
		row := []string{w.label}
		for _, a := range group {
			row = append(row, markOf(crit, a.ID))
		}
		if last {
			row = append(row, valueOf(crit))
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

func criterionOf(w scoring.Working, id string) *working.Criterion {
	for i := range w.Components {
		for j := range w.Components[i].Criteria {
			if c := &w.Components[i].Criteria[j]; c.ID == id {
				return c
			}
		}
	}
	return nil
}

func markOf(c *working.Criterion, aspect string) string {
	if c != nil {
		for i := range c.Aspects {
			if c.Aspects[i].ID == aspect {
				return c.Aspects[i].Mark
			}
		}
	}
	return ""
}

func valueOf(c *working.Criterion) string {
	if c == nil || !c.Complete {
		return "缺项"
	}
	return c.Value
}

func aspectsOf(sheet scoring.Sheet) []scoring.Pad {
	var out []scoring.Pad
	for _, sub := range sheet.Subs {
		out = append(out, sub.Aspects...)
	}
	return out
}

func chunks[T any](list []T, n int) [][]T { return slices.Collect(slices.Chunk(list, n)) }

func labelHead(identity string) string {
	switch identity {
	case "seat":
		return "赛位号"
	case "coded":
		return "评审号"
	}
	return "参赛号"
}
