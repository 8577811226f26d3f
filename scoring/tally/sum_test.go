package tally_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/scheme"
	"jiangtai/scoring/tally"
	"jiangtai/scoring/tally/tallytest"
)

func zh(s string) scheme.Text { return scheme.Text{Zh: s} }

func dec(s string) *scheme.Num {
	n := exact.Must(s)
	return &n
}

func drawRound(t *rapid.T) *scheme.Round {
	if rapid.Bool().Draw(t, "unrounded") {
		return nil
	}
	return &scheme.Round{
		Places: rapid.IntRange(0, 3).Draw(t, "places"),
		Mode:   rapid.SampledFrom([]string{"", "half_even", "floor", "ceiling"}).Draw(t, "mode"),
	}
}

// drawAspect draws an aspect of any sort that has a way of its own to the total.
func drawAspect(t *rapid.T, id string) scheme.Aspect {
	a := scheme.Aspect{ID: id, Name: zh("点"), Panel: "floor", Max: dec("10")}
	switch rapid.SampledFrom([]string{"points", "panel", "seconds", "linear", "relative", "penalty", "gate", "external"}).Draw(t, "sort") {
	case "points":
		a.Kind = scheme.PointsKind
		if rapid.Bool().Draw(t, "several") {
			a.Attempts = &scheme.Several{Count: 3, Take: rapid.SampledFrom([]string{"best", "mean", "middle"}).Draw(t, "take")}
		}
	case "panel":
		a.Kind, a.Panel = scheme.PanelKind, "judges"
		a.Policy = rapid.SampledFrom([]*scheme.Policy{
			nil,
			{Kind: scheme.Median},
			{Kind: scheme.SumAll},
			{Kind: scheme.Trimmed, High: 1},
			{Kind: scheme.Chief},
		}).Draw(t, "policy")
		if rapid.Bool().Draw(t, "agree") {
			a.Spread = dec("5")
		}
	case "seconds":
		a.Kind, a.Max, a.Mode = scheme.Time, nil, "seconds"
	case "linear":
		a.Kind, a.Mode, a.Limit, a.Best = scheme.Time, "linear", dec("10"), dec("2")
	case "relative":
		a.Kind, a.Better = scheme.Relative, rapid.SampledFrom([]string{"higher", "lower"}).Draw(t, "better")
	case "penalty":
		a.Kind, a.Max, a.Level = scheme.Penalty, nil, rapid.SampledFrom([]string{"criterion", "component", "total"}).Draw(t, "level")
		voids := rapid.SampledFrom([]string{"criterion", "component", "entry"}).Draw(t, "voids")
		a.Items = []scheme.Item{{ID: "p", Name: zh("扣"), From: dec("0"), To: dec("10")}, {ID: "v", Name: zh("重"), Voids: voids}}
		return a
	case "gate":
		a.Kind, a.Max, a.Voids = scheme.Gate, nil, rapid.SampledFrom([]string{"criterion", "component", "entry"}).Draw(t, "voids")
		return a
	case "external":
		a.Kind, a.Panel = scheme.External, ""
	}
	if rapid.Bool().Draw(t, "times") {
		a.Factor = dec(rapid.SampledFrom([]string{"0.125", "1.2", "3"}).Draw(t, "factor"))
	}
	if rapid.IntRange(0, 3).Draw(t, "optional") == 0 {
		no := false
		a.Required = &no
	}
	return a
}

func drawRules(t *rapid.T) *rules.Rules {
	s := &scheme.Scheme{
		Format: scheme.Format, Name: zh("随机"), Panels: []scheme.Panel{{ID: "floor", Name: zh("现场")}, {ID: "judges", Name: zh("评分")}},
		Rounding: scheme.Rounding{
			Panel: drawRound(t), Aspect: drawRound(t), Criterion: drawRound(t), Component: drawRound(t), Total: drawRound(t),
		},
	}
	n := 0
	for i := range rapid.IntRange(1, 2).Draw(t, "components") {
		c := scheme.Component{ID: fmt.Sprint("c", i), Name: zh("部")}
		for j := range rapid.IntRange(1, 2).Draw(t, "criteria") {
			k := scheme.Criterion{ID: fmt.Sprint("k", i, "-", j), Name: zh("块")}
			if rapid.Bool().Draw(t, "criterion times") {
				k.Factor = dec("0.3")
			}
			sub := scheme.SubCriterion{ID: k.ID, Name: zh("项")}
			for range rapid.IntRange(1, 3).Draw(t, "aspects") {
				sub.Aspects = append(sub.Aspects, drawAspect(t, fmt.Sprint("a", n)))
				n++
			}
			k.Subs = []scheme.SubCriterion{sub}
			c.Criteria = append(c.Criteria, k)
		}
		s.Components = append(s.Components, c)
	}
	if len(s.Components) == 2 && rapid.Bool().Draw(t, "weighted") {
		s.Components[0].Weight, s.Components[1].Weight = dec("0.35"), dec("0.65")
	}
	r, err := rules.Compile(s)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return r
}

// drawWord draws what a chair says of an aspect: mostly a value that fits.
func drawWord(t *rapid.T, a *rules.Aspect) string {
	if a.Src.Kind == scheme.Gate {
		return rapid.SampledFrom([]string{"0", "1", "-"}).Draw(t, "found")
	}
	if a.Src.Kind == scheme.Penalty {
		return rapid.SampledFrom([]string{"", "p=2", "p=7.5", "v=1", "-"}).Draw(t, "violated")
	}
	words := []string{"0", "1", "2", "3.25", "5", "7.75", "9", "10", "-"}
	if a.Each {
		words = append(words, "x")
	}
	return rapid.SampledFrom(words).Draw(t, "says")
}

// again is the sheet that the same cells make, filled and computed from nothing.
func again(d *tallytest.Desk) tally.Sheet {
	e := d.Empty()
	for i := range d.Aspects {
		a := &d.Rules.Aspects[i]
		if d.Aspects[i].Tries == nil {
			continue
		}
		e.Aspects[i].Tries = make([]tally.Try, a.Tries)
		for j := range d.Aspects[i].Tries {
			t := &e.Aspects[i].Tries[j]
			for _, cells := range d.Aspects[i].Tries[j].Rounds {
				t.Rounds = append(t.Rounds, append([]tally.Cell(nil), cells...))
			}
			d.SettleTry(a, t)
		}
	}
	d.RefreshAll(&e)
	return e
}

// TestOneAspectIsAsGoodAsAll: after each mark, given, changed or taken back, and
// after each recusal, computing the one aspect gives the sheet that computing all
// of it from nothing gives.
func TestOneAspectIsAsGoodAsAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := tallytest.New(t, drawRules(t))
		for i := range d.Fields {
			d.Fields[i] = rapid.SampledFrom([]tally.Field{{}, {Known: true}, known("5"), known("10")}).Draw(t, "field")
		}
		for range rapid.IntRange(1, 40).Draw(t, "marks") {
			at := rapid.IntRange(0, len(d.Rules.Aspects)-1).Draw(t, "aspect")
			a, s := &d.Rules.Aspects[at], &d.Aspects[at]
			try, slot := rapid.IntRange(1, a.Tries).Draw(t, "attempt"), rapid.IntRange(0, d.Width(a)-1).Draw(t, "slot")
			act := rapid.SampledFrom([]string{"say", "say", "say", "say", "say", "take back", "recuse"}).Draw(t, "act")
			begun := s.Tries != nil && len(s.Tries[try-1].Rounds) > 0
			switch {
			case act == "take back" && begun:
				rounds := s.Tries[try-1].Rounds
				rounds[len(rounds)-1][slot].Empty()
				d.SettleTry(a, &s.Tries[try-1])
			case act == "recuse" && begun && a.Each:
				for _, cells := range s.Tries[try-1].Rounds {
					cells[slot].Out = true
				}
				d.SettleTry(a, &s.Tries[try-1])
			default:
				d.Put(&d.Sheet, at, try, slot, drawWord(t, a))
			}
			d.Refresh(&d.Sheet, at)
			anew := again(d)
			if got, want := dump(&d.Sheet), dump(&anew); got != want {
				t.Fatalf("after %s %s:\n%s\nfrom nothing:\n%s", act, a.Src.ID, got, want)
			}
		}
	})
}

// TestTheTotal is the plain sum: marks, times the criterion's factor, without its
// penalties and not below 0, rounded, times the component's weight.
func TestTheTotal(t *testing.T) {
	points := func(id string) string { return tallytest.Aspect(id, "points", `"panel": "floor", "max": "100"`) }
	penalty := tallytest.Aspect("late", "penalty", `"panel": "floor", "items": [{"id": "p", "name": {"zh": "扣"}, "from": "0", "to": "100"}]`)
	r := tallytest.Compile(t, `{"format": "jiangtai.scheme/1", "name": {"zh": "和"}, "panels": [{"id": "floor", "name": {"zh": "现场"}}],
  "rounding": {"criterion": {"places": 1}, "total": {"places": 2}}, "components": [
  {"id": "a", "name": {"zh": "甲"}, "weight": "0.35", "criteria": [{"id": "a", "name": {"zh": "甲"}, "factor": "0.3", "subs": [{"id": "a", "name": {"zh": "甲"},
   "aspects": [`+points("one")+`,`+points("two")+`,`+penalty+`]}]}]},
  {"id": "b", "name": {"zh": "乙"}, "weight": "0.65", "criteria": [{"id": "b", "name": {"zh": "乙"}, "subs": [{"id": "b", "name": {"zh": "乙"},
   "aspects": [`+points("three")+`]}]}]}]}`)
	rapid.Check(t, func(t *rapid.T) {
		d := tallytest.New(t, r)
		mark := func(id string, item string) *big.Rat {
			n := rapid.Int64Range(0, 10000).Draw(t, id)
			d.Say(id, 1, item+exact.Frac(int(n), 100).String())
			return big.NewRat(n, 100)
		}
		first := new(big.Rat).Add(mark("one", ""), mark("two", ""))
		first.Mul(first, big.NewRat(3, 10)).Sub(first, mark("late", "p="))
		if first.Sign() < 0 {
			first.SetInt64(0)
		}
		want := new(big.Rat).Add(
			new(big.Rat).Mul(rounded(first, 1), big.NewRat(35, 100)),
			new(big.Rat).Mul(rounded(mark("three", ""), 1), big.NewRat(65, 100)),
		)
		if d.Exact.Rat().Cmp(want) != 0 || d.Total.Rat().Cmp(rounded(want, 2)) != 0 || !d.Complete() {
			t.Fatalf("%s of %s, plainly %s\n%s", d.Total, d.Exact, want.RatString(), dump(&d.Sheet))
		}
	})
}

// rounded is a number that is not negative, half up.
func rounded(x *big.Rat, places int) *big.Rat {
	n, _ := new(big.Rat).SetString(x.FloatString(places))
	return n
}

// TestVoids: what a finding voids is 0 and not waited for, and comes back when the
// finding is taken back.
func TestVoids(t *testing.T) {
	for _, c := range []struct {
		id, word string
		void     string
		zero     string // the component's value
	}{
		{"crack", "1", "quality", ""},
		{"crack", "0", "", ""},
		{"safety", "stop=1", "theory practical paper size quality work", "0"},
		{"safety", "", "", ""},
	} {
		d := tallytest.New(t, stored(t, "welding"))
		d.Seats[d.Rules.PanelAt["eyes"]] = d.Seats[d.Rules.PanelAt["judges"]]
		d.RefreshAll(&d.Sheet)
		need := d.Need
		d.Say("start", 1, "1")
		d.Say("exam", 1, "80")
		before := d.Total
		d.Say(c.id, 1, c.word)
		var void []string
		for i := range d.Rules.Components {
			if d.VoidedComponent(&d.Sheet, i) {
				void = append(void, d.Rules.Components[i].Src.ID)
			}
		}
		for i := range d.Rules.Modules {
			if d.VoidedCriterion(&d.Sheet, i) {
				void = append(void, d.Rules.Modules[i].Src.ID)
			}
		}
		if got := strings.Join(void, " "); got != c.void {
			t.Errorf("%s %q voids %q, want %q", c.id, c.word, got, c.void)
		}
		if (d.Need < need) != (c.void != "") || c.zero != "" && (d.Total.String() != c.zero || !d.Complete()) {
			t.Errorf("%s %q: %d of %d wanted, total %s", c.id, c.word, d.Need, need, d.Total)
		}
		at := d.Rules.AspectAt[c.id]
		d.Aspects[at].Tries[0].Rounds[0][0].Empty()
		d.SettleTry(&d.Rules.Aspects[at], &d.Aspects[at].Tries[0])
		if d.Refresh(&d.Sheet, at); !d.Total.Equal(before) || d.Need != need {
			t.Errorf("%s taken back: total %s, before %s; %d of %d wanted", c.id, d.Total, before, d.Need, need)
		}
	}
}

// TestATeam is marked in its own components only, and its members' part is in its
// total; with too few members it has no result.
func TestATeam(t *testing.T) {
	d := tallytest.New(t, stored(t, "teams"))
	d.Team = true
	d.RefreshAll(&d.Sheet)
	if d.Need != 3 || d.Open != 1 {
		t.Errorf("a team wants %d marks, %d open", d.Need, d.Open)
	}
	d.Say("report", 1, "15", "16", "17")
	d.Gather(&d.Sheet, exact.Must("71.5"), true)
	if d.Total.String() != "79.5" || d.Complete() {
		t.Errorf("%s, complete %v", d.Total, d.Complete())
	}
	d.Gather(&d.Sheet, exact.Must("81.5"), false)
	if d.Total.String() != "89.5" || !d.Complete() {
		t.Errorf("%s, complete %v", d.Total, d.Complete())
	}
	if d.Say("fair", 1, "1"); !d.Total.IsZero() {
		t.Errorf("a voided team has %s", d.Total)
	}
	p := tallytest.New(t, d.Rules)
	if p.Need != 3 || p.Of("report").Need != 0 || !p.Of("report").Settled {
		t.Errorf("a person wants %d marks, %d of them in a team's", p.Need, p.Of("report").Need)
	}
}

// TestKeys: what each tie-break key reads, and that there is nothing to read while
// its mark is not in.
func TestKeys(t *testing.T) {
	r := tallytest.Scale(t, `"ranking": {"keys": [{"by": "component", "id": "c"}, {"by": "criterion", "id": "k"}, {"by": "aspect", "id": "lift"},
 {"by": "best", "id": "lift"}, {"by": "time", "id": "clock"}]},`,
		tallytest.Aspect("lift", "points", `"panel": "floor", "max": "10", "factor": "2", "attempts": {"count": 2, "take": "mean"}`),
		tallytest.Aspect("clock", "time", `"panel": "floor", "mode": "tiebreak"`))
	d := tallytest.New(t, r)
	read := func() string {
		var list []string
		for i := range r.Keys {
			if n, ok := d.Key(&r.Keys[i]); ok {
				list = append(list, r.Keys[i].By+" "+n.String())
			}
		}
		return strings.Join(list, ", ")
	}
	if got := read(); got != "component 0, criterion 0" {
		t.Errorf("nothing is in: %s", got)
	}
	d.Say("lift", 1, "4")
	d.Say("lift", 2, "7")
	d.Say("clock", 1, "61.5")
	if got := read(); got != "component 11, criterion 11, aspect 11, best 7, time 61.5" {
		t.Errorf("all is in: %s", got)
	}
	d.Say("lift", 1, "-")
	d.Say("lift", 2, "-")
	d.Say("clock", 1, "-")
	if got := read(); got != "component 0, criterion 0, aspect 0" {
		t.Errorf("nothing was performed: %s", got)
	}
}

// TestAVoidedAspect adds nothing and is not waited for; the others of its
// criterion count on.
func TestAVoidedAspect(t *testing.T) {
	d := tallytest.New(t, tallytest.Scale(t, "", tallytest.Aspect("found", "gate", `"panel": "floor", "voids": "aspect", "target": "lift"`),
		tallytest.Aspect("lift", "points", `"panel": "floor", "max": "10"`), tallytest.Aspect("pull", "points", `"panel": "floor", "max": "10"`)))
	d.Say("pull", 1, "4")
	for _, c := range []struct {
		found, total string
		open         int
	}{{"0", "4", 1}, {"1", "4", 0}, {"0", "4", 1}} {
		if d.Say("found", 1, c.found); d.Total.String() != c.total || d.Open != c.open {
			t.Errorf("found %s: total %s, open %d", c.found, d.Total, d.Open)
		}
	}
	d.Say("lift", 1, "9")
	if d.Total.String() != "13" {
		t.Errorf("both: %s", d.Total)
	}
	if d.Say("found", 1, "1"); d.Total.String() != "4" || !d.IsVoided(&d.Sheet, 1) || d.IsVoided(&d.Sheet, 2) || d.VoidedCriterion(&d.Sheet, 0) {
		t.Errorf("a marked one is voided: %s", d.Total)
	}
}
