package working_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/tally"
	"jiangtai/scoring/tally/tallytest"
	"jiangtai/scoring/working"
)

// contest has every step of a derivation: panels that drop marks and that meet
// again, factors, roundings, weights, and penalties at each level.
func contest(t *testing.T) *rules.Rules {
	violation := func(id, level string) string {
		return tallytest.Aspect(id, "penalty", `"panel": "floor", "level": "`+level+`", "items": [{"id": "p", "name": {"zh": "扣"}, "from": "0", "to": "30"}]`)
	}
	part := func(id, rest string, aspects ...string) string {
		return `{"id": "` + id + `", "name": {"zh": "` + id + `"}, ` + rest + ` "subs": [{"id": "` + id + `", "name": {"zh": "项"}, "aspects": [` +
			strings.Join(aspects, ",") + `]}]}`
	}
	return tallytest.Compile(t, `{"format": "jiangtai.scheme/1", "name": {"zh": "算分"}, "panels": [{"id": "floor", "name": {"zh": "现场"}}, {"id": "judges", "name": {"zh": "评分"}}],
 "rounding": {"panel": {"places": 2}, "aspect": {"places": 2, "mode": "half_even"}, "criterion": {"places": 1}, "component": {"places": 1, "mode": "floor"},
  "weighted": {"places": 3, "mode": "ceiling"}, "total": {"places": 2}},
 "components": [
  {"id": "a", "name": {"zh": "甲"}, "weight": "0.35", "criteria": [`+
		part("k1", `"factor": "0.7",`, tallytest.Aspect("grade", "panel", `"panel": "judges", "max": "10", "factor": "1.5", "spread": "6"`),
			tallytest.Aspect("lift", "points", `"panel": "floor", "max": "10", "attempts": {"count": 2, "take": "mean"}`), violation("late", "criterion"))+`,`+
		part("k2", ``, tallytest.Aspect("trim", "panel", `"panel": "judges", "max": "10", "policy": {"kind": "trimmed", "high": 1}`), violation("dirt", "component"))+`]},
  {"id": "b", "name": {"zh": "乙"}, "weight": "0.65", "criteria": [`+
		part("k3", ``, tallytest.Aspect("arc", "yes_no", `"panel": "floor", "max": "5"`), tallytest.Aspect("exam", "external", `"max": "100"`), violation("harm", "total"))+`]}]}`)
}

func number(t tallytest.Fataler, text string) exact.Num {
	t.Helper()
	n, err := exact.ParseText(text)
	if err != nil {
		t.Fatalf("%q is no number: %v", text, err)
	}
	return n
}

// without is a sum less its penalties: they do not take it below 0.
func without(t tallytest.Fataler, sum exact.Num, list []working.Penalty) exact.Num {
	off := exact.Zero
	for _, p := range list {
		off = off.Add(number(t, p.Takes))
	}
	return exact.Max(sum.Sub(off), exact.Min(sum, exact.Zero))
}

// addUp adds the derivation up again from what it shows: aspects to criteria, these
// to components and those to the total, and compares with each number shown.
func addUp(t tallytest.Fataler, d *desk) exact.Num {
	t.Helper()
	total, r := exact.Zero, d.Rules
	module := 0
	for i := range r.Components {
		c := d.shows().Component(i)
		sum := exact.Zero
		for _, k := range c.Criteria {
			marks, takes := exact.Zero, map[string]bool{}
			for j := range r.Aspects {
				takes[r.Aspects[j].Src.ID] = r.Aspects[j].Level != ""
			}
			for _, a := range k.Aspects {
				if a.Mark != "" && !takes[a.ID] {
					marks = marks.Add(number(t, a.Mark))
				}
			}
			if k.Factor != "" {
				marks = marks.Mul(number(t, k.Factor))
			}
			marks = without(t, marks, k.Penalties)
			if marks.String() != k.Exact || r.Modules[module].Round.Apply(marks).String() != k.Value {
				t.Fatalf("criterion %s is %s of %s, its parts make %s", k.ID, k.Value, k.Exact, marks)
			}
			sum, module = sum.Add(number(t, k.Value)), module+1
		}
		sum = without(t, sum, c.Penalties)
		if sum.String() != c.Exact || r.Components[i].Round.Apply(sum).String() != c.Value {
			t.Fatalf("component %s is %s of %s, its parts make %s", c.ID, c.Value, c.Exact, sum)
		}
		shared := number(t, c.Value).Mul(number(t, c.Share))
		if r.Components[i].Shared.Apply(shared).String() != c.Shared {
			t.Fatalf("component %s adds %s, its share is %s", c.ID, c.Shared, shared)
		}
		total = total.Add(number(t, c.Shared))
	}
	return without(t, total, d.shows().Penalties(r.Penalties))
}

// used is the mean of the marks of a round that are shown as used.
func used(t tallytest.Fataler, r working.Round) (mean *big.Rat, n int) {
	mean = new(big.Rat)
	for _, m := range r.Marks {
		if (m.Kind == "mark" || m.Kind == "not_performed") && !m.Dropped && !m.Recused {
			mean.Add(mean, number(t, m.Mark).Rat())
			n++
		}
	}
	if n > 0 {
		mean.Quo(mean, big.NewRat(int64(n), 1))
	}
	return mean, n
}

// TestTheNumbersAddUp: whatever is marked so far, the numbers of the derivation
// make its total, and the marks shown as used make the value of their round.
func TestTheNumbersAddUp(t *testing.T) {
	r := contest(t)
	rapid.Check(t, func(t *rapid.T) {
		d := newDesk(t, r)
		for range rapid.IntRange(0, 30).Draw(t, "marks") {
			at := rapid.IntRange(0, len(r.Aspects)-1).Draw(t, "aspect")
			a := &r.Aspects[at]
			words := []string{"0", "1", "-"}
			switch {
			case a.Level != "":
				words = []string{"", "p=1", "p=7.5", "p=30", "-"}
			case a.Each:
				words = []string{"0", "2.5", "7", "8.25", "10", "-", "x"}
			case a.Src.ID != "arc":
				words = append(words, "3.5", "9.75")
			}
			word := rapid.SampledFrom(words).Draw(t, "says")
			d.Put(&d.Sheet, at, rapid.IntRange(1, a.Tries).Draw(t, "attempt"), rapid.IntRange(0, d.Width(a)-1).Draw(t, "slot"), word)
			d.Refresh(&d.Sheet, at)
		}
		if sum := addUp(t, d); !sum.Equal(d.Exact) || !r.Total.Apply(sum).Equal(d.Total) {
			t.Fatalf("the derivation makes %s, the sheet %s of %s", sum, d.Total, d.Exact)
		}
		for i := range r.Components {
			for _, k := range d.shows().Component(i).Criteria {
				for _, a := range k.Aspects {
					for _, try := range a.Attempts {
						agrees(t, d, &a, &try)
					}
				}
			}
		}
	})
}

// agrees says that an attempt's rounds are shown as they are used: the rejected
// ones make nothing, the last one its value.
func agrees(t tallytest.Fataler, d *desk, a *working.Aspect, try *working.Attempt) {
	t.Helper()
	for i, round := range try.Rounds {
		last := i == len(try.Rounds)-1
		if last && round.Rejected && try.Value != "" || !last && !round.Rejected || round.Rejected && (round.Used > 0 || round.Exact != "") {
			t.Fatalf("round %d of %d of %s: %+v", i+1, len(try.Rounds), a.ID, round)
		}
		if a.Policy == "" || round.Exact == "" {
			continue
		}
		mean, n := used(t, round)
		if n != round.Used || number(t, round.Exact).Rat().Cmp(mean) != 0 || d.Rules.PanelRound.Apply(number(t, round.Exact)).String() != try.Value {
			t.Fatalf("%s: %d marks make %s, shown %d %s, rounded %s", a.ID, n, mean.RatString(), round.Used, round.Exact, try.Value)
		}
	}
}

// shown writes a round's marks: dropped ones in brackets, recused ones struck.
func shown(r working.Round) string {
	var words []string
	for _, m := range r.Marks {
		word := fmt.Sprintf("%d:%s%s", m.Chair, m.Kind[:4], m.Mark)
		if m.Dropped {
			word = "(" + word + ")"
		}
		if m.Recused {
			word = "~" + word + "~"
		}
		words = append(words, word)
	}
	return fmt.Sprintf("%s = %s of %d, rejected %v", strings.Join(words, " "), r.Exact, r.Used, r.Rejected)
}

// TestRounds: each mark is shown with what became of it.
func TestRounds(t *testing.T) {
	d := newDesk(t, contest(t))
	d.Say("grade", 1, "1", "9", "-")
	d.Say("grade", 1, "6", "x", ".")
	d.Say("trim", 1, "7", "9", "8")
	var got []string
	for _, k := range d.shows().Component(0).Criteria {
		for _, r := range k.Aspects[0].Attempts[0].Rounds {
			got = append(got, shown(r))
		}
	}
	want := []string{
		"2:mark1 3:mark9 4:not_0 =  of 0, rejected true",
		"2:mark6 3:abse 4:miss =  of 0, rejected false",
		"2:mark7 (3:mark9) 4:mark8 = 7.5 of 2, rejected false",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("shown\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	at := d.Rules.AspectAt["trim"]
	d.Aspects[at].Tries[0].Rounds[0][0].Out = true
	d.Say("trim", 1, ".", ".", "6")
	a := d.shows().Component(0).Criteria[1].Aspects[0]
	if s := shown(a.Attempts[0].Rounds[0]); s != "~2:mark7~ (3:mark9) 4:mark6 = 6 of 1, rejected false" || a.Policy != "trimmed" || a.Mark != "6" {
		t.Errorf("without chair 2: %s, %+v", s, a)
	}
	if m := a.Attempts[0].Rounds[0].Marks[2]; m.Value != "6" || m.Seq != 3 || m.MarkID[0] != 3 {
		t.Errorf("where the mark came from: %+v", m)
	}
}

// TestRelative shows what was measured, and the best of the field once it is known.
func TestRelative(t *testing.T) {
	r := tallytest.Scale(t, "", tallytest.Aspect("yield", "relative", `"panel": "floor", "max": "10"`))
	for _, c := range []struct {
		word  string
		field tally.Field
		want  [3]string // measured, best, mark
	}{
		{"30", tally.Field{}, [3]string{"30", "", ""}},
		{"30", tally.Field{Known: true, Any: true, Best: exact.Int(60)}, [3]string{"30", "60", "5"}},
		{"-", tally.Field{Known: true, Any: true, Best: exact.Int(60)}, [3]string{"", "", "0"}},
	} {
		d := newDesk(t, r)
		d.Fields[0] = c.field
		d.Say("yield", 1, c.word)
		a := d.shows().Component(0).Criteria[0].Aspects[0]
		if got := [3]string{a.Measured, a.Best, a.Mark}; got != c.want {
			t.Errorf("%s in %+v: %q, want %q", c.word, c.field, got, c.want)
		}
	}
}

// TestVoided: what a finding voids says so on its line and on those below, and a
// penalty in it takes nothing.
func TestVoided(t *testing.T) {
	penalty := tallytest.Aspect("late", "penalty", `"panel": "floor", "items": [{"id": "p", "name": {"zh": "扣"}, "from": "0", "to": "5"}]`)
	d := newDesk(t, tallytest.Scale(t, "", tallytest.Aspect("arc", "yes_no", `"panel": "floor", "max": "5"`), penalty,
		tallytest.Aspect("crack", "gate", `"panel": "floor", "voids": "criterion"`)))
	lines := func() string {
		c := d.shows().Component(0)
		k := c.Criteria[0]
		void := fmt.Sprintf("component %v, criterion %v, aspect %v", c.Void, k.Void, k.Aspects[0].Void)
		return fmt.Sprintf("%s: %s adds %s %v", void, k.Value, c.Shared, k.Penalties)
	}
	d.Say("arc", 1, "1")
	d.Say("late", 1, "p=2")
	if got := lines(); got != "component false, criterion false, aspect false: 3 adds 3 [{late 2}]" {
		t.Errorf("before: %s", got)
	}
	if d.Say("crack", 1, "1"); lines() != "component false, criterion true, aspect true: 0 adds 0 []" {
		t.Errorf("voided: %s", lines())
	}
}
