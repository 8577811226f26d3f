package tallytest

import (
	"fmt"
	"strings"

	"jiangtai/scoring/record"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/scheme"
	"jiangtai/scoring/tally"
)

// Fataler is what of a test the desk needs.
type Fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// Desk is one entry and who marks it: the panel "floor" is chair 1, "judges" are
// the chairs 2, 3 and 4.
type Desk struct {
	Fataler
	tally.Counter
	tally.Sheet
}

// New seats the panels at an empty sheet.
func New(t Fataler, r *rules.Rules) *Desk {
	d := &Desk{Fataler: t, Counter: tally.Counter{Rules: r, Fields: make([]tally.Field, len(r.Relatives))}}
	for i := range r.PanelList {
		d.Seats = append(d.Seats, map[string][]record.ChairID{"floor": {1}, "judges": {2, 3, 4}}[r.PanelList[i].ID])
	}
	d.Sheet = d.Empty()
	d.RefreshAll(&d.Sheet)
	return d
}

// Empty is a sheet that nobody has marked.
func (d *Desk) Empty() tally.Sheet {
	return tally.Sheet{
		Aspects: make([]tally.Aspect, len(d.Rules.Aspects)), Criteria: make([]tally.Criterion, len(d.Rules.Modules)),
		Components: make([]tally.Part, len(d.Rules.Components)),
	}
}

// Say puts words into the cells of an attempt's open round, by chair where each
// gives a mark: a value, "-" not performed, "x" absent, "." nothing.
func (d *Desk) Say(id string, attempt int, words ...string) {
	d.Helper()
	at := d.Rules.AspectAt[id]
	for slot, word := range words {
		if word != "." {
			d.Put(&d.Sheet, at, attempt, slot, word)
		}
	}
	d.Refresh(&d.Sheet, at)
}

// Put puts one word into a cell of an attempt's open round, and settles the attempt.
func (d *Desk) Put(e *tally.Sheet, aspect, attempt, slot int, word string) {
	d.Helper()
	a, s := &d.Rules.Aspects[aspect], &e.Aspects[aspect]
	if s.Tries == nil {
		s.Tries = make([]tally.Try, a.Tries)
	}
	t := &s.Tries[attempt-1]
	if t.Open == len(t.Rounds) {
		t.Rounds = append(t.Rounds, make([]tally.Cell, d.Width(a)))
	}
	d.Fill(a, &t.Rounds[t.Open][slot], slot, word)
	d.SettleTry(a, t)
}

// Fill puts a word into a cell.
func (d *Desk) Fill(a *rules.Aspect, c *tally.Cell, slot int, word string) {
	d.Helper()
	kind := record.Mark
	switch word {
	case "-":
		kind = record.NotPerformed
	case "x":
		kind = record.Absent
	}
	var chair record.ChairID
	if a.Panel >= 0 {
		chair = d.Seats[a.Panel][slot]
	}
	var room *tally.Source
	if c.Bare() {
		room = new(tally.Source)
	}
	c.Put(kind, chair, record.ID{byte(slot + 1)}, uint64(slot+1), room)
	if kind == record.Mark {
		reading, no := a.Pad.Read(word)
		if no != nil {
			d.Fatalf("%s does not read %q: %+v", a.Src.ID, word, no)
		}
		c.Give(&tally.Said{Value: reading.Value, Num: reading.Mark.Cents()})
	}
}

// Of is an aspect of the sheet.
func (d *Desk) Of(id string) *tally.Aspect { return &d.Aspects[d.Rules.AspectAt[id]] }

// Scale compiles a scheme of one component with one criterion of these aspects.
func Scale(t Fataler, rest string, aspects ...string) *rules.Rules {
	t.Helper()
	return Compile(t, `{"format": "jiangtai.scheme/1", "name": {"zh": "项目"}, `+rest+`
 "panels": [{"id": "floor", "name": {"zh": "现场"}}, {"id": "judges", "name": {"zh": "评分"}}],
 "components": [{"id": "c", "name": {"zh": "部"}, "criteria": [{"id": "k", "name": {"zh": "块"}, "subs": [{"id": "s", "name": {"zh": "项"},
  "aspects": [`+strings.Join(aspects, ",\n")+`]}]}]}]}`)
}

// Aspect writes an aspect with these fields.
func Aspect(id, kind, rest string) string {
	return fmt.Sprintf(`{"id": %q, "name": {"zh": "点"}, "kind": %q, %s}`, id, kind, rest)
}

// Compile compiles a scheme's text.
func Compile(t Fataler, text string) *rules.Rules {
	t.Helper()
	s, err := scheme.Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	r, err := rules.Compile(s)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return r
}
