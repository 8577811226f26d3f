package results

import (
	"cmp"
	"slices"

	"jiangtai/scoring"
	"jiangtai/scoring/award"
	"jiangtai/scoring/scheme"
)

// maxCells is how many missing marks of one chair are named one by one: at the
// end of the day there are few, and before it nobody reads them.
const maxCells = 60

// marking are the lines of the board itself, in the order of LineKind.
func marking(r Reading, f *facts, mayRead bool) []Line {
	if f.phase == scoring.Waiting {
		return []Line{{Kind: LineOpen, Opens: OpensOpen, Count: 1}}
	}
	m := &marks{r: r, f: f, by: map[owner]*Line{}, works: map[owner]map[string]*Owed{}}
	m.begun = f.begun()
	for _, row := range f.rows {
		if row.Status == scoring.Competing || row.Status == scoring.OutOfContest {
			m.entry(row)
		}
	}
	lines := m.lines()
	lines = append(lines, m.spreads(mayRead)...)
	if n := len(r.Board.LateMarks()); n > 0 {
		lines = append(lines, Line{Kind: LineLate, Opens: OpensLate, Count: n})
	}
	return lines
}

// marks gathers what is missing.
type marks struct {
	r     Reading
	f     *facts
	order []owner
	by    map[owner]*Line
	works map[owner]map[string]*Owed
	sums  map[scoring.EntryID]Sum // once they are asked for
	begun bool                    // most marks are in, so that a work without one stands out
	blank []Owed
}

// owner is who owes marks: a chair, or any chair of a panel; neither for marks
// that come from outside.
type owner struct {
	chair   scoring.ChairID
	panel   string
	short   bool
	carried bool // from the stage before
}

func (m *marks) entry(row scoring.Row) {
	if row.Done == 0 && row.Need > 0 && m.begun && m.isBlank(row.Entry) {
		label := m.f.labels[row.Entry]
		m.blank = append(m.blank, Owed{Work: label, Label: label, Count: row.Need})
	}
	for _, miss := range m.r.Board.Missing(row.Entry) {
		m.miss(row.Entry, miss)
	}
}

// isBlank says whether the sheet holds no mark at all: one that is marked again
// has none that counts.
func (m *marks) isBlank(entry scoring.EntryID) bool {
	if m.sums == nil {
		m.sums = sheets(m.r.Board)
	}
	return m.sums[entry] == blank
}

func (f *facts) begun() bool {
	done, need := 0, 0
	for _, row := range f.rows {
		done, need = done+row.Done, need+row.Need
	}
	return 2*done > need
}

func (m *marks) miss(entry scoring.EntryID, miss scoring.MissingMark) {
	rules := m.r.Board.Rules()
	a := &rules.Aspects[rules.AspectAt[miss.Aspect]]
	who := owner{chair: miss.Chair, short: miss.Short, carried: a.Src.Carried != ""}
	if a.Panel >= 0 {
		who.panel = rules.PanelList[a.Panel].ID
	}
	line := m.by[who]
	if line == nil {
		line = m.line(who)
		m.by[who], m.works[who] = line, map[string]*Owed{}
		m.order = append(m.order, who)
	}
	line.Count++
	owed := m.owed(entry, rules.Modules[a.Module].Identity)
	kept := m.works[who][owed.Work]
	if kept == nil {
		kept = &owed
		m.works[who][owed.Work] = kept
	}
	kept.Count++
	if owed.Work != "" {
		kept.Cells = append(kept.Cells, m.cell(miss.Aspect, miss.Attempt, miss.Round))
	}
}

func (m *marks) line(who owner) *Line {
	l := &Line{Kind: LineMarks, Opens: OpensAbsent, Panel: who.panel, Chair: who.chair}
	switch {
	case who.carried:
		l.Kind, l.Opens = LineCarried, OpensStages
	case who.short:
		l.Kind, l.Opens = LineShort, OpensPanel
	case who.chair == 0:
		l.Opens = OpensPanel
	}
	c := m.f.chairs[who.chair]
	l.Judge, l.Seat = c.Judge, c.Seat
	return l
}

// owed names a work of a module with this identity. While the event is sealed it
// is named only where the module's label is the one that staff know.
func (m *marks) owed(entry scoring.EntryID, identity scheme.Identity) Owed {
	e := m.f.entrants[entry]
	if m.f.sealed && identity != m.f.identityOf(m.r.Board, e) {
		return Owed{}
	}
	return Owed{Work: m.f.labels[entry], Label: e.label(identity)}
}

func (m *marks) cell(aspect string, attempt, round uint8) CellView {
	rules := m.r.Board.Rules()
	a := &rules.Aspects[rules.AspectAt[aspect]]
	return CellView{
		Aspect: aspect, Code: a.Code, Name: a.Src.Name.Zh, NameEn: a.Src.Name.En, Attempt: int(attempt), Round: int(round),
	}
}

func (m *marks) lines() []Line {
	slices.SortFunc(m.order, func(a, b owner) int {
		return cmp.Or(boolCompare(a.short, b.short), boolCompare(a.carried, b.carried), cmp.Compare(a.chair, b.chair), cmp.Compare(a.panel, b.panel))
	})
	var lines, short []Line
	for _, who := range m.order {
		l := m.by[who]
		for _, w := range m.works[who] {
			if l.Count > maxCells {
				w.Cells = nil
			}
			l.Works = append(l.Works, *w)
		}
		slices.SortFunc(l.Works, func(a, b Owed) int { return cmp.Compare(a.Work, b.Work) })
		if who.short {
			short = append(short, *l)
		} else {
			lines = append(lines, *l)
		}
	}
	if len(m.blank) > 0 {
		slices.SortFunc(m.blank, func(a, b Owed) int { return cmp.Compare(a.Work, b.Work) })
		lines = append(lines, Line{Kind: LineNoMarks, Opens: OpensStatus, Count: len(m.blank), Works: m.blank})
	}
	return append(lines, short...)
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// spreads are the panels that do not agree, a line each.
func (m *marks) spreads(mayRead bool) []Line {
	var lines []Line
	rules := m.r.Board.Rules()
	for _, s := range m.r.Board.OpenSpreads() {
		a := &rules.Aspects[rules.AspectAt[s.Aspect]]
		owed := m.owed(s.Entry, rules.Modules[a.Module].Identity)
		l := Line{
			Kind: LineSpread, Opens: OpensPanel, Count: 1, Panel: rules.PanelList[a.Panel].ID, Works: []Owed{owed},
			Spread: &SpreadView{CellView: m.cell(s.Aspect, s.Attempt, s.Round), Allowed: s.Allowed, Again: s.Again},
		}
		if mayRead {
			l.Spread.Low, l.Spread.High = s.Low, s.High
		}
		lines = append(lines, l)
	}
	slices.SortStableFunc(lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.Works[0].Work, b.Works[0].Work), cmp.Compare(a.Spread.Code, b.Spread.Code))
	})
	return lines
}

// ties are the cuts of prizes and of going on that wait for a decision. Once a
// result is published none can be taken: a full chain waits for them.
func ties(r Reading, f *facts) []Line {
	s := r.Board.Rules().Scheme()
	field := r.Board.Results()
	var lines []Line
	tell := func(of *scheme.Prizes, cuts []award.Cut) {
		for _, c := range cuts {
			l := Line{Kind: LineTie, Opens: OpensDecide, Count: len(c.Group), Places: c.Places}
			if f.full() {
				l.Stops = stopsPublish
			}
			l.Prize, l.PrizeEn = prizeName(of, c.Prize)
			for _, work := range f.works(c.Group) {
				l.Works = append(l.Works, Owed{Work: work, Label: work})
			}
			lines = append(lines, l)
		}
	}
	if s.Prizes != nil {
		tell(s.Prizes, award.Give(s.Prizes, field).Open)
	}
	if s.TeamPrizes != nil {
		tell(s.TeamPrizes, award.GiveTeams(s.TeamPrizes, field).Open)
	}
	if s.Advance != nil {
		tell(nil, award.Advance(s.Advance, field, r.Board.Rules().Ascending).Open)
	}
	return lines
}

// prizeName is "" of a cut of who goes on.
func prizeName(p *scheme.Prizes, id string) (zh, en string) {
	if p == nil {
		return "", ""
	}
	for i := range p.List {
		if p.List[i].ID == id {
			return p.List[i].Name.Zh, p.List[i].Name.En
		}
	}
	return "", ""
}
