package tally_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"jiangtai/scoring/record"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/scheme"
	"jiangtai/scoring/tally"
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

// of is an aspect of the sheet.
func (d *desk) of(id string) *tally.Aspect { return &d.Aspects[d.Rules.AspectAt[id]] }

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

// stored compiles one of the schemes of the test data.
func stored(t *testing.T, name string) *rules.Rules {
	t.Helper()
	text, err := os.ReadFile("../testdata/schemes/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return compile(t, string(text))
}

// dump is everything that computing writes into a sheet; of what is not settled no
// value, which nobody reads.
func dump(e *tally.Sheet) string {
	var b strings.Builder
	fmt.Fprintf(&b, "total %s of %s, open %d, %d of %d, blank %v, short %v, void %v\n", e.Total, e.Exact, e.Open, e.Done, e.Need, e.Blank, e.Short, e.Voided)
	for i := range e.Aspects {
		s := &e.Aspects[i]
		fmt.Fprintf(&b, "aspect %d: %s raw %s best %s, settled %v ready %v blank %v void %v untimed %v, %d of %d, voids %q\n",
			i, s.Mark, s.Raw, s.Best, s.Settled, s.Ready, s.Blank, s.Void, s.Settled && s.Untimed, s.Done, s.Need, s.Voids)
		for j := range s.Tries {
			t := &s.Tries[j]
			fmt.Fprintf(&b, " attempt %d: round %d, %d in, %d out, settled %v", j, t.Open, t.Done, t.Out, t.Settled)
			if t.Settled {
				fmt.Fprintf(&b, ": %s raw %s, blank %v", t.Value, t.Raw, t.Blank)
			}
			b.WriteByte('\n')
		}
	}
	for i := range e.Criteria {
		c := &e.Criteria[i]
		fmt.Fprintf(&b, "criterion %d: %s of %s, settled %v\n", i, c.Value, c.Exact, c.Settled)
	}
	for i, c := range e.Components {
		fmt.Fprintf(&b, "component %d: %s of %s, settled %v\n", i, c.Value, c.Exact, c.Settled)
	}
	return b.String()
}
