package working_test

import (
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring/record"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/scheme"
	"jiangtai/scoring/tally"
	"jiangtai/scoring/working"
)

// fataler is what of a test the desk needs.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// desk is one entry and who marks it: the panel "floor" is chair 1, "judges" are
// the chairs 2, 3 and 4.
type desk struct {
	fataler
	tally.Counter
	tally.Sheet
}

func newDesk(t fataler, r *rules.Rules) *desk {
	d := &desk{fataler: t, Counter: tally.Counter{Rules: r, Fields: make([]tally.Field, len(r.Relatives))}}
	for i := range r.PanelList {
		d.Seats = append(d.Seats, map[string][]record.ChairID{"floor": {1}, "judges": {2, 3, 4}}[r.PanelList[i].ID])
	}
	d.Sheet = d.empty()
	d.RefreshAll(&d.Sheet)
	return d
}

// empty is a sheet that nobody has marked.
func (d *desk) empty() tally.Sheet {
	return tally.Sheet{
		Aspects: make([]tally.Aspect, len(d.Rules.Aspects)), Criteria: make([]tally.Criterion, len(d.Rules.Modules)),
		Components: make([]tally.Part, len(d.Rules.Components)),
	}
}

// say puts words into the cells of an attempt's open round, by chair where each
// gives a mark: a value, "-" not performed, "x" absent, "." nothing.
func (d *desk) say(id string, attempt int, words ...string) {
	d.Helper()
	at := d.Rules.AspectAt[id]
	for slot, word := range words {
		if word != "." {
			d.put(&d.Sheet, at, attempt, slot, word)
		}
	}
	d.Refresh(&d.Sheet, at)
}

func (d *desk) put(e *tally.Sheet, aspect, attempt, slot int, word string) {
	d.Helper()
	a, s := &d.Rules.Aspects[aspect], &e.Aspects[aspect]
	if s.Tries == nil {
		s.Tries = make([]tally.Try, a.Tries)
	}
	t := &s.Tries[attempt-1]
	if t.Open == len(t.Rounds) {
		t.Rounds = append(t.Rounds, make([]tally.Cell, d.Width(a)))
	}
	d.fill(a, &t.Rounds[t.Open][slot], slot, word)
	d.SettleTry(a, t)
}

func (d *desk) fill(a *rules.Aspect, c *tally.Cell, slot int, word string) {
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
		c.Give(reading.Value, reading.Mark.Cents())
	}
}

// shows is the derivation of the sheet.
func (d *desk) shows() working.Sheet { return working.Sheet{Counter: &d.Counter, Of: &d.Sheet} }

// scale compiles a scheme of one component with one criterion of these aspects.
func scale(t *testing.T, rest string, aspects ...string) *rules.Rules {
	t.Helper()
	return compile(t, `{"format": "jiangtai.scheme/1", "name": {"zh": "项目"}, `+rest+`
 "panels": [{"id": "floor", "name": {"zh": "现场"}}, {"id": "judges", "name": {"zh": "评分"}}],
 "components": [{"id": "c", "name": {"zh": "部"}, "criteria": [{"id": "k", "name": {"zh": "块"}, "subs": [{"id": "s", "name": {"zh": "项"},
  "aspects": [`+strings.Join(aspects, ",\n")+`]}]}]}]}`)
}

// aspect writes an aspect with these fields.
func aspect(id, kind, rest string) string {
	return fmt.Sprintf(`{"id": %q, "name": {"zh": "点"}, "kind": %q, %s}`, id, kind, rest)
}

func compile(t *testing.T, text string) *rules.Rules {
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
