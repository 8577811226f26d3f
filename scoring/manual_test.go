package scoring_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/award"
	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
)

// manual reads docs/scoring.md as its reader does: from top to bottom, an example
// after the scheme that it is about.
type manual struct {
	t     *testing.T
	base  map[string]json.RawMessage
	text  string              // the scheme in force: a whole one, or the draft with parts of it replaced
	field map[string]string   // names of the last results, by ordinal
	board *scoring.Board      // of the last results
	kinds map[scheme.Kind]int // aspects by kind that have marks beside them
	has   map[string]int      // blocks by sort
}

// TestTheManualsExamples compiles every scheme of docs/scoring.md and computes every
// result that it shows.
func TestTheManualsExamples(t *testing.T) {
	text, err := os.ReadFile("../docs/scoring.md")
	if err != nil {
		t.Fatal(err)
	}
	m := &manual{t: t, kinds: map[scheme.Kind]int{}, has: map[string]int{}}
	for i, part := range strings.Split(string(text), "```") {
		if i%2 == 1 {
			sort, body, _ := strings.Cut(part, "\n")
			m.block(sort, strings.TrimSpace(body))
		}
	}
	if len(m.kinds) != 17 {
		t.Errorf("%d kinds of 17 have marks: %v", len(m.kinds), m.kinds)
	}
	for sort, least := range map[string]int{
		"json scheme": 3, "json base": 1, "json part": 14, "json aspect": 20, "marks": 20, "results": 14, "prizes": 3, "awards": 3,
		"medals": 1, "scale": 1, "unit table": 3, "faults": 1,
	} {
		if m.has[sort] < least {
			t.Errorf("%d blocks of %s, there were %d", m.has[sort], sort, least)
		}
	}
}

func (m *manual) block(sort, body string) {
	m.has[sort]++
	switch sort {
	case "json base":
		m.text = body
		if err := json.Unmarshal([]byte(body), &m.base); err != nil {
			m.t.Fatal(err)
		}
		compile(m.t, body)
	case "json scheme":
		m.text = body
		compile(m.t, body)
	case "json part":
		m.text = m.with(body)
		compile(m.t, m.text)
	case "json aspect":
		m.text = `{"format":"jiangtai.scheme/1","name":{"zh":"例"},"panels":[{"id":"floor","name":{"zh":"现场"}},{"id":"judges","name":{"zh":"评分"}}],
			"rounding":{"total":{"places":2}},"components":[{"id":"c","name":{"zh":"部"},"criteria":[{"id":"k","name":{"zh":"模块"},"subs":[{"id":"s","name":{"zh":"项"},"aspects":[` + body + `]}]}]}]}`
		compile(m.t, m.text)
	case "marks":
		m.marks(body)
	case "results":
		m.results(body)
	case "prizes":
		m.prizes(body)
	case "awards":
		m.awards(body)
	case "medals", "scale":
		m.scores(sort, body)
	case "unit table":
		m.unitTable(body)
	case "faults":
		m.faults(body)
	case "text", "sh", "csv":
	default:
		m.t.Errorf("a block of sort %q", sort)
	}
}

// with is the draft with some of its parts replaced.
func (m *manual) with(part string) string {
	whole, other := map[string]json.RawMessage{}, map[string]json.RawMessage{}
	if err := json.Unmarshal([]byte(part), &other); err != nil {
		m.t.Fatalf("%v\n%s", err, part)
	}
	for _, from := range []map[string]json.RawMessage{m.base, other} {
		for k, v := range from {
			whole[k] = v
		}
	}
	out, err := json.Marshal(whole)
	if err != nil {
		m.t.Fatal(err)
	}
	return string(out)
}

func lines(body string) [][2]string {
	var out [][2]string
	for line := range strings.SplitSeq(body, "\n") {
		left, right, _ := strings.Cut(line, "→")
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, [2]string{strings.TrimSpace(left), strings.TrimSpace(right)})
		}
	}
	return out
}

// seated is a board of the scheme in force, with the chairs that its panels name, else
// one for floor and three for others.
func (m *manual) seated(entries int) (*desk, map[string]int) {
	rules := compile(m.t, m.text)
	var seats seating
	first, next := map[string]int{}, 1
	for _, p := range rules.Panels() {
		chairs := p.Chairs
		if chairs == 0 {
			if chairs = 3; p.ID == "floor" {
				chairs = 1
			}
		}
		first[p.ID] = next
		next += chairs
		seats = append(seats, struct {
			panel  string
			chairs int
		}{p.ID, chairs})
	}
	return newDesk(m.t, rules, seats, entries), first
}

// give gives an aspect's values: by chair where each marks, else by attempt.
func (m *manual) give(d *desk, first map[string]int, entry int, words []string) {
	r := d.board.Rules()
	id, attempt, _ := strings.Cut(words[0], "/")
	at, ok := r.AspectAt[id]
	if !ok {
		m.t.Fatalf("no aspect %s in %s", id, m.text)
	}
	a := &r.Aspects[at]
	values := words[1:]
	if values == nil {
		values = []string{""}
	}
	for i, v := range values {
		c := mark(entry, id, 0, v)
		if a.Panel >= 0 {
			c.Chair = scoring.ChairID(first[a.Src.Panel])
		}
		if a.Each {
			c.Chair += scoring.ChairID(i)
			if attempt != "" {
				c.Attempt = attempt[0] - '0'
			}
		} else {
			c.Attempt = uint8(i + 1)
		}
		switch v {
		case "-":
			c.Kind, c.Value = scoring.NotPerformed, ""
		case "x":
			c.Kind, c.Value = scoring.Absent, ""
		case "none":
			c.Value = ""
		}
		d.must(c)
	}
}

// marks: "values → mark" of the aspect in force, an entry a line; "-" is not
// performed, "x" an absent judge, "none" an empty list.
func (m *manual) marks(body string) {
	all := lines(body)
	d, first := m.seated(len(all))
	d.act(scoring.Open, "")
	a := d.board.Rules().Aspects[0]
	m.kinds[a.Src.Kind]++
	for i, line := range all {
		for n, round := range strings.Split(line[0], "|") {
			values := strings.Fields(round)
			if n > 0 { // a second round, or a second attempt of all chairs
				m.again(d, first, i+1, n, values)
				continue
			}
			m.give(d, first, i+1, append([]string{a.Src.ID}, values...))
		}
	}
	for i, line := range all {
		got, want := d.board.Working(scoring.EntryID(i+1)).Total, line[1]
		if n, err := exact.Parse(want); err == nil {
			want = n.Fixed(2)
		}
		if got == "" || d.board.Working(scoring.EntryID(i+1)).Done < d.board.Working(scoring.EntryID(i+1)).Need {
			got = "–"
		}
		if got != want {
			m.t.Errorf("%s: %s → %s, computed %s", a.Src.ID, line[0], want, got)
		}
	}
}

// again gives the values of the n-th attempt where there are attempts, else of a new
// round.
func (m *manual) again(d *desk, first map[string]int, entry, n int, values []string) {
	a := d.board.Rules().Aspects[0]
	if a.Src.Attempts != nil {
		m.give(d, first, entry, append([]string{fmt.Sprintf("%s/%d", a.Src.ID, n+1)}, values...))
		return
	}
	for i, v := range values {
		c := mark(entry, a.Src.ID, first[a.Src.Panel]+i, v)
		c.Round = uint8(n + 1)
		d.must(c)
	}
}

var entryLine = regexp.MustCompile(`^(\S+?)(?:\((\S+)\))?[:：]\s*(.*)$`)

// results: "name: aspect v; aspect v w → total rank"; lines that begin with # are
// acts: team, belong, status, recuse, decide. Acts and entries come in their order;
// (队) after a name makes it a team.
func (m *manual) results(body string) {
	all := lines(body)
	ordinal := map[string]int{}
	m.field = map[string]string{}
	for _, line := range all {
		if w := entryLine.FindStringSubmatch(line[0]); w != nil && !strings.HasPrefix(line[0], "#") {
			ordinal[w[1]] = len(ordinal) + 1
			m.field[fmt.Sprint(len(ordinal))] = w[1]
		}
	}
	d, first := m.seated(0)
	for _, line := range all {
		if w := entryLine.FindStringSubmatch(line[0]); w != nil && !strings.HasPrefix(line[0], "#") {
			flags := ""
			switch w[2] {
			case "队":
				flags = "ranked,prize,unit,advance,team"
			case "客":
				flags = "ranked,unit"
			}
			d.must(scoring.Command{Kind: scoring.Admit, Entry: scoring.EntryID(ordinal[w[1]]), Value: flags})
		}
	}
	d.act(scoring.Open, "")
	for _, line := range all {
		if strings.HasPrefix(line[0], "#") {
			m.act(d, first, ordinal, strings.Fields(line[0][1:]))
			continue
		}
		w := entryLine.FindStringSubmatch(line[0])
		for marks := range strings.SplitSeq(w[3], ";") {
			if words := strings.Fields(marks); len(words) > 0 {
				m.give(d, first, ordinal[w[1]], words)
			}
		}
	}
	m.board = d.board
	for _, row := range d.board.View(scoring.Chief).Rows {
		name := m.field[fmt.Sprint(row.Entry)]
		got := "–"
		if row.Total != "" && row.Rank > 0 {
			got = fmt.Sprintf("%s 第%d", row.Total, row.Rank)
		}
		for _, line := range all {
			if w := entryLine.FindStringSubmatch(line[0]); w != nil && w[1] == name && line[1] != got {
				m.t.Errorf("%s → %s, computed %s", line[0], line[1], got)
			}
		}
	}
}

// act is a line of results that is no entry.
func (m *manual) act(d *desk, first, ordinal map[string]int, w []string) {
	entry := scoring.EntryID(ordinal[w[1]])
	two := scoring.Command{Entry: entry, Actor: scoring.ID{15: 1}, Second: scoring.ID{15: 2}, TextHash: [32]byte{1}}
	switch c := two; w[0] {
	case "team":
		c.Kind, c.Aspect, c.Value = scoring.Belong, "team", fmt.Sprint(ordinal[w[2]])
		d.must(c)
	case "belong":
		c.Kind, c.Aspect, c.Value = scoring.Belong, w[2], w[3]
		d.must(c)
	case "status":
		c.Kind, c.Value = scoring.SetState, w[2]
		d.must(c)
	case "decide":
		c.Kind, c.Value = scoring.Decide, w[2]
		d.must(c)
	case "recuse":
		c.Kind, c.Chair = scoring.Recuse, scoring.ChairID(first[w[2]])+scoring.ChairID(w[3][0]-'1')
		d.must(c)
	default:
		m.t.Fatalf("no act %v", w)
	}
}

// prizes: "n → 1 2 3": how many of each prize n entries have.
func (m *manual) prizes(body string) {
	p := compile(m.t, m.text).Scheme().Prizes
	for _, line := range lines(body) {
		var n int
		if _, err := fmt.Sscan(line[0], &n); err != nil {
			m.t.Fatal(err)
		}
		if got := strings.Trim(fmt.Sprint(award.Counts(p, n)), "[]"); got != line[1] {
			m.t.Errorf("prizes of %d: %s, computed %s", n, line[1], got)
		}
	}
}

// awards: "prize → names" or "advance → names" of the last results; what is open is
// "待裁定".
func (m *manual) awards(body string) {
	s := compile(m.t, m.text).Scheme()
	field := m.board.Results()
	got := map[string][]string{}
	tell := func(out award.Prizes) {
		for _, w := range out.Winners {
			got[w.Prize] = append(got[w.Prize], m.field[fmt.Sprint(w.Entry)])
		}
		for _, c := range out.Open {
			for _, e := range c.Group {
				got[c.Prize+" 待裁定"] = append(got[c.Prize+" 待裁定"], m.field[fmt.Sprint(e)])
			}
		}
	}
	if s.Prizes != nil {
		tell(award.Give(s.Prizes, field))
	}
	if s.TeamPrizes != nil {
		tell(award.GiveTeams(s.TeamPrizes, field))
	}
	if s.Advance != nil {
		for _, e := range award.Advance(s.Advance, field, s.Ranking.Order == "ascending").Entries {
			got["advance"] = append(got["advance"], m.field[fmt.Sprint(e)])
		}
	}
	for _, line := range lines(body) {
		if is := strings.Join(got[line[0]], " "); is != line[1] {
			m.t.Errorf("%s → %s, computed %s", line[0], line[1], is)
		}
		delete(got, line[0])
	}
	if len(got) > 0 {
		m.t.Errorf("also given: %v", got)
	}
}

// scores: lists of scores of the standard scale and their medals, or of totals and
// their scores.
func (m *manual) scores(sort, body string) {
	letters := map[award.Medal]string{award.Gold: "金", award.Silver: "银", award.Bronze: "铜", award.Medallion: "优", "": "无"}
	for _, line := range lines(body) {
		var got []string
		var totals []exact.Num
		var scores []int
		for f := range strings.FieldsSeq(line[0]) {
			totals = append(totals, exact.Must(f))
			scores = append(scores, exact.Must(f).Whole(exact.Floor))
		}
		if sort == "scale" {
			got = strings.Fields(strings.Trim(fmt.Sprint(award.Standard(totals).Scores), "[]"))
		} else {
			for _, medal := range award.Medals(scores) {
				got = append(got, letters[medal])
			}
		}
		if is := strings.Join(got, " "); is != line[1] {
			m.t.Errorf("%s → %s, computed %s", line[0], line[1], is)
		}
	}
}

// unitTable: "best 3" or "points 一等奖=8" or "team 3", then a unit a line with the
// totals (and prizes) of its members, and what it comes to.
func (m *manual) unitTable(body string) {
	all := lines(body)
	head := strings.Fields(all[0][0])
	rule := award.Table{Kind: award.TableKind(head[0])}
	for _, w := range head[1:] {
		if prize, n, ok := strings.Cut(w, "="); ok {
			if rule.Points == nil {
				rule.Points = map[string]int{}
			}
			rule.Points[prize] = exact.Must(n).Whole(exact.Floor)
			continue
		}
		rule.Best, rule.Team = exact.Must(w).Whole(exact.Floor), exact.Must(w).Whole(exact.Floor)
	}
	var members []award.Member
	for _, line := range all[1:] {
		unit, list, _ := strings.Cut(line[0], ":")
		for w := range strings.FieldsSeq(list) {
			total, prize, _ := strings.Cut(w, "/")
			members = append(members, award.Member{
				Unit: unit, Event: "e", Entry: scoring.EntryID(len(members) + 1), Rank: 1, Flags: scoring.AllFlags, Total: exact.Must(total), Prize: prize, Fixed: true,
			})
		}
	}
	for _, l := range rule.Rank(members) {
		got := fmt.Sprintf("%s 第%d", l.Score.String(), l.Rank)
		if l.Rank == 0 {
			got = "–"
		}
		for _, line := range all[1:] {
			if unit, _, _ := strings.Cut(line[0], ":"); unit == l.Unit && line[1] != got {
				m.t.Errorf("%s → %s, computed %s", line[0], line[1], got)
			}
		}
	}
}

// faults: "path code" of the scheme above with what stands before → replaced by what
// stands behind.
func (m *manual) faults(body string) {
	for _, line := range lines(body) {
		was, is, _ := strings.Cut(line[0], " ⇒ ")
		text := strings.Replace(m.text, was, is, 1)
		if text == m.text {
			m.t.Fatalf("%s is not in the scheme", was)
		}
		_, err := scheme.Parse([]byte(text))
		var faults scheme.Faults
		if !errors.As(err, &faults) {
			m.t.Errorf("%s: %v", line[0], err)
		}
		var got []string
		for _, f := range faults {
			got = append(got, f.Path+" "+f.Code)
		}
		if !slices.Contains(got, line[1]) {
			m.t.Errorf("%s: %v, want %s", line[0], got, line[1])
		}
	}
}
