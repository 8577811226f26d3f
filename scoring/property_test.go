package scoring_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring"
	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
)

func zh(s string) scheme.Text { return scheme.Text{Zh: s} }

func dec(s string) *scheme.Num {
	n := exact.Must(s)
	return &n
}

func drawRound(t *rapid.T, label string) *scheme.Round {
	if !rapid.Bool().Draw(t, label) {
		return nil
	}
	return &scheme.Round{
		Places: rapid.IntRange(0, 3).Draw(t, label+" places"),
		Mode:   rapid.SampledFrom([]string{"", "half_up", "half_even", "floor", "ceiling"}).Draw(t, label+" mode"),
	}
}

func drawPolicy(t *rapid.T) *scheme.Policy {
	return rapid.SampledFrom([]*scheme.Policy{
		nil,
		{Kind: scheme.Median},
		{Kind: scheme.SumAll},
		{Kind: scheme.Trimmed, High: 1, Low: 1},
		{Kind: scheme.Trimmed, High: 1},
		{Kind: scheme.Middle, High: 1, Low: 1},
		{Kind: scheme.Mean, Least: 2},
		{Kind: scheme.SumAll, Least: 1},
	}).Draw(t, "policy")
}

func drawAspect(t *rapid.T, id string) scheme.Aspect {
	a := scheme.Aspect{ID: id, Name: zh(id), Panel: "floor", Max: dec("10")}
	a.Kind = rapid.SampledFrom([]scheme.Kind{
		scheme.YesNo, scheme.Counted, scheme.PointsKind, scheme.PanelKind, scheme.PanelKind, scheme.Judgement, scheme.Penalty, scheme.Gate,
		scheme.Relative,
	}).Draw(t, "kind")
	switch a.Kind {
	case scheme.Counted:
		a.Per = dec("1.75")
	case scheme.PanelKind:
		a.Panel, a.Policy = "judges", drawPolicy(t)
		if rapid.Bool().Draw(t, "spread") {
			a.Spread = dec("6")
		}
	case scheme.Judgement:
		a.Panel, a.Max, a.Levels = "judges", dec("0.7"), []scheme.Text{zh("0"), zh("1"), zh("2"), zh("3")}
	case scheme.Penalty:
		a.Max, a.Level = nil, rapid.SampledFrom([]string{"", "criterion", "component", "total"}).Draw(t, "level")
		a.Items = []scheme.Item{{ID: "p", Name: zh("p"), From: dec("0"), To: dec("10")}}
	case scheme.Gate:
		a.Max, a.Voids = nil, "criterion"
	case scheme.Relative:
		a.Better = rapid.SampledFrom([]string{"", "higher", "lower"}).Draw(t, "better")
		if rapid.Bool().Draw(t, "by each") {
			a.Panel, a.By = "judges", "each"
		}
	}
	if a.Kind != scheme.Gate && a.Kind != scheme.Penalty {
		if rapid.Bool().Draw(t, "factor") {
			a.Factor = dec(rapid.SampledFrom([]string{"0.125", "1.2", "3"}).Draw(t, "by"))
		}
		if (a.Kind == scheme.PointsKind || a.Kind == scheme.Relative) && rapid.Bool().Draw(t, "attempts") {
			a.Attempts = &scheme.Several{Count: 3, Take: rapid.SampledFrom([]string{"best", "mean", "middle"}).Draw(t, "take")}
		}
		if rapid.IntRange(0, 4).Draw(t, "optional") == 0 {
			no := false
			a.Required = &no
		}
	}
	return a
}

func drawScheme(t *rapid.T) *scheme.Scheme {
	s := &scheme.Scheme{
		Format: scheme.Format, Name: zh("随机"),
		Panels: []scheme.Panel{{ID: "floor", Name: zh("现场")}, {ID: "judges", Name: zh("评分"), Policy: drawPolicy(t)}},
		Rounding: scheme.Rounding{
			Panel: drawRound(t, "panel"), Aspect: drawRound(t, "aspect"), Criterion: drawRound(t, "criterion"),
			Component: drawRound(t, "component"), Total: drawRound(t, "total"),
		},
		Identity:    rapid.SampledFrom([]scheme.Identity{"", scheme.Open, scheme.Seat, scheme.Coded}).Draw(t, "identity"),
		Provisional: rapid.SampledFrom([]scheme.Provisional{"", scheme.Complete, scheme.Points}).Draw(t, "provisional"),
		Ranking:     scheme.Ranking{Order: rapid.SampledFrom([]string{"", "ascending"}).Draw(t, "order"), Ties: "decision"},
	}
	aspects := 0
	for i := range rapid.IntRange(1, 2).Draw(t, "components") {
		c := scheme.Component{ID: "c" + strconv.Itoa(i), Name: zh("部")}
		for j := range rapid.IntRange(1, 2).Draw(t, "criteria") {
			k := scheme.Criterion{ID: fmt.Sprintf("k%d%d", i, j), Name: zh("模块")}
			if rapid.Bool().Draw(t, "criterion factor") {
				k.Factor = dec("0.3")
			}
			sub := scheme.SubCriterion{ID: k.ID, Name: zh("项")}
			for range rapid.IntRange(1, 3).Draw(t, "aspects") {
				sub.Aspects = append(sub.Aspects, drawAspect(t, "a"+strconv.Itoa(aspects)))
				aspects++
			}
			k.Subs = []scheme.SubCriterion{sub}
			c.Criteria = append(c.Criteria, k)
		}
		s.Components = append(s.Components, c)
	}
	if len(s.Components) == 2 && rapid.Bool().Draw(t, "weighted") {
		s.Components[0].Weight, s.Components[1].Weight = dec("0.35"), dec("0.65")
		s.Rounding.Weighted = drawRound(t, "weighted stage")
	}
	keys := []scheme.Key{{By: "component", ID: "c0"}, {By: "firsts"}, {By: "aspect", ID: "a0", Order: "ascending"}, {By: "firsts", ID: "c0"}}
	s.Ranking.Keys = rapid.Permutation(keys).Draw(t, "keys")[:rapid.IntRange(0, 4).Draw(t, "how many")]
	drawTeams(t, s, aspects)
	return s
}

func eachAspect(s *scheme.Scheme, visit func(*scheme.Aspect)) {
	for i := range s.Components {
		for j := range s.Components[i].Criteria {
			for k := range s.Components[i].Criteria[j].Subs[0].Aspects {
				visit(&s.Components[i].Criteria[j].Subs[0].Aspects[k])
			}
		}
	}
}

func drawValue(t *rapid.T, a *scheme.Aspect) string {
	switch a.Kind {
	case scheme.YesNo, scheme.Gate:
		return rapid.SampledFrom([]string{"0", "1"}).Draw(t, "value")
	case scheme.Judgement:
		return strconv.Itoa(rapid.IntRange(0, 3).Draw(t, "level"))
	case scheme.Penalty:
		return rapid.SampledFrom([]string{"", "p=0.5", "p=3"}).Draw(t, "penalty")
	case scheme.Counted:
		return strconv.Itoa(rapid.IntRange(0, 7).Draw(t, "count"))
	}
	return rapid.SampledFrom([]string{"0", "0.005", "3.333333", "5", "7.25", "9.995", "10"}).Draw(t, "number")
}

// world is a random event under way.
type world struct {
	*desk
	s       *scheme.Scheme
	aspects []*scheme.Aspect
	judges  int
	persons int
	entries int // persons, then teams
	places  []scoring.Command
}

func drawWorld(t *rapid.T, tb testing.TB) *world {
	s := drawScheme(t)
	rules, err := scoring.Compile(s)
	if err != nil {
		t.Fatalf("random scheme: %v", err)
	}
	w := &world{s: s, judges: rapid.IntRange(3, 5).Draw(t, "judges"), persons: rapid.IntRange(1, 5).Draw(t, "entries")}
	w.desk = newDesk(tb, rules, seating{{"floor", 1}, {"judges", w.judges}}, w.persons)
	w.entries = w.persons
	w.drawPlaces(t)
	w.act(scoring.Open, "")
	eachAspect(s, func(a *scheme.Aspect) { w.aspects = append(w.aspects, a) })
	return w
}

// step tries one random command; a refusal changes nothing and is fine.
func (w *world) step(t *rapid.T) {
	c := scoring.Command{Entry: scoring.EntryID(rapid.IntRange(1, w.entries).Draw(t, "entry"))}
	a := w.aspects[rapid.IntRange(0, len(w.aspects)-1).Draw(t, "aspect")]
	what := rapid.IntRange(0, 38).Draw(t, "what")
	switch {
	case what < 25:
		w.drawMark(t, &c, a, what)
	case what == 25:
		c.Kind, c.Value = scoring.SetState, string(rapid.SampledFrom([]scoring.Status{
			scoring.Competing, scoring.DidNotFinish, scoring.OutOfContest, scoring.Disqualified,
		}).Draw(t, "status"))
	case what == 26:
		c.Kind, c.Value = scoring.SetRule, rapid.SampledFrom([]string{"live", "ranks", "top:1", "top:2", "progress", "none"}).Draw(t, "rule")
	case what == 27:
		c.Kind, c.Value = scoring.Decide, strconv.Itoa(rapid.IntRange(1, 3).Draw(t, "place"))
	case what == 28:
		late := w.board.LateMarks()
		if len(late) == 0 {
			return
		}
		c = scoring.Command{Kind: scoring.Count, Actor: scoring.ID{1}, Second: second}
		c.Supersedes = late[rapid.IntRange(0, len(late)-1).Draw(t, "late")].MarkID
	case what == 29:
		c.Kind, c.Value = scoring.Admit, rapid.SampledFrom([]string{"", "none", "ranked"}).Draw(t, "flags")
		if int(c.Entry) > w.persons {
			c.Value = rapid.SampledFrom([]string{"team", "ranked,team"}).Draw(t, "team's flags")
		}
	case what >= 36:
		c = w.drawRecuse(t, c.Entry)
	case what >= 33:
		c = w.drawBelong(t, c.Entry)
	default:
		c = scoring.Command{Kind: rapid.SampledFrom([]scoring.Kind{
			scoring.Freeze, scoring.Unfreeze, scoring.Lock, scoring.Reopen, scoring.Publish, scoring.Unseal,
		}).Draw(t, "act")}
	}
	w.give(c)
}

func (w *world) drawMark(t *rapid.T, c *scoring.Command, a *scheme.Aspect, what int) {
	c.Aspect, c.Chair = a.ID, 1
	if a.Panel == "judges" {
		c.Chair = scoring.ChairID(2 + rapid.IntRange(0, w.judges-1).Draw(t, "judge"))
	}
	c.Attempt = uint8(rapid.IntRange(1, a.Tries()).Draw(t, "attempt"))
	c.Round = 1
	if view, ok := w.board.Panel(c.Entry, a.ID, c.Attempt); ok && rapid.IntRange(0, 9).Draw(t, "old round") > 0 {
		c.Round = view.Round
	}
	switch {
	case what < 18:
		c.Kind, c.Value = scoring.Mark, drawValue(t, a)
	case what < 21:
		c.Kind = scoring.NotPerformed
	case what < 23:
		c.Kind = scoring.Absent
	default:
		c.Kind = scoring.Withdraw
	}
	if old, ok := w.board.Cell(c.Entry, c.Aspect, c.Attempt, c.Round, c.Chair); ok {
		c.Supersedes = old.MarkID
	}
}

// naive reads the marks that stand out of the board.
func (w *world) naive() *naive {
	n := &naive{
		s: w.s, chairs: map[string][]scoring.ChairID{"floor": {1}}, cells: map[naiveCell]naiveMark{}, placed: map[scoring.EntryID]int{},
	}
	for _, e := range w.board.Entries() {
		if w.board.Status(e) == scoring.Competing && w.board.Flags(e)&scoring.Ranked != 0 {
			n.field = append(n.field, e)
		}
	}
	for i := range w.records {
		if r := &w.records[i]; r.Kind == scoring.Decide {
			n.placed[r.Entry], _ = strconv.Atoi(r.Value)
		}
	}
	n.naiveTeams = w.naiveTeams()
	for j := range w.judges {
		n.chairs["judges"] = append(n.chairs["judges"], scoring.ChairID(j+2))
	}
	for chair := 1; chair <= w.judges+1; chair++ {
		for _, m := range w.board.Marks(scoring.ChairID(chair)) {
			cell := naiveCell{m.Entry, m.Aspect, m.Attempt, m.Round, scoring.ChairID(chair)}
			if chair == 1 {
				cell.chair = 0
			}
			n.cells[cell] = naiveMark{m.Kind, m.Value}
		}
	}
	return n
}

// TestFoldEqualsNaive: whatever happens, the board shows what the naive
// computation says, every client that follows changes sees what a fresh view
// shows (the desk checks that after each record), and a rebuilt board is equal.
func TestFoldEqualsNaive(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt, t)
		for range rapid.IntRange(1, 120).Draw(rt, "steps") {
			w.step(rt)
		}
		if rapid.Bool().Draw(rt, "to the end") {
			w.finish(rt)
		}
		w.holdNaive(rt)
		again, err := scoring.Rebuild(w.set, w.records)
		if err != nil {
			rt.Fatal(err)
		}
		for a := range scoring.Audiences {
			if got, want := asText(t, again.View(a)), asText(t, w.board.View(a)); got != want {
				rt.Fatalf("rebuilt view %d:\n%s\nwant\n%s", a, got, want)
			}
		}
		for e := 1; e <= w.entries; e++ {
			if got, want := asText(t, again.Working(scoring.EntryID(e))), asText(t, w.board.Working(scoring.EntryID(e))); got != want {
				rt.Fatalf("rebuilt working:\n%s\nwant\n%s", got, want)
			}
		}
	})
}

func (w *world) holdNaive(t *rapid.T) {
	n := w.naive()
	for _, row := range w.board.View(scoring.Chief).Rows {
		sheet := n.sheet(row.Entry)
		total, complete := sheet.total, sheet.complete
		if row.Status != scoring.Competing && row.Status != scoring.OutOfContest {
			if row.Total != "" || row.Rank != 0 {
				t.Fatalf("status %s shows %+v", row.Status, row)
			}
			continue
		}
		want := ""
		if complete {
			want = total.FloatString(w.board.Rules().Places())
		}
		if row.Total != want {
			t.Fatalf("entry %d: total %q, naive %q (complete %v)", row.Entry, row.Total, want, complete)
		}
		if complete != (row.Done == row.Need) && complete {
			t.Fatalf("entry %d complete with %d of %d", row.Entry, row.Done, row.Need)
		}
	}
	w.holdRanks(t, n)
}

// marksByRound are the marks that stand: a round opens when the one before is
// whole, so that only marks of one round may come in any order.
func (w *world) marksByRound() (rounds [][]scoring.CellMark) {
	for chair := 1; chair <= w.judges+1; chair++ {
		for _, m := range w.board.Marks(scoring.ChairID(chair)) {
			for len(rounds) < int(m.Round) {
				rounds = append(rounds, nil)
			}
			rounds[m.Round-1] = append(rounds[m.Round-1], m)
		}
	}
	return rounds
}

// TestOrderAndCorrectionsDoNotMatter: the marks that stand, given once and in
// any order, make the same standings as all that was given, corrected and
// taken back on the way.
func TestOrderAndCorrectionsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt, t)
		for range rapid.IntRange(1, 80).Draw(rt, "steps") {
			c := scoring.Command{Entry: scoring.EntryID(rapid.IntRange(1, w.entries).Draw(rt, "entry"))}
			w.drawMark(rt, &c, w.aspects[rapid.IntRange(0, len(w.aspects)-1).Draw(rt, "aspect")], rapid.IntRange(0, 24).Draw(rt, "what"))
			w.give(c)
		}
		straight := newDesk(t, w.board.Rules(), seating{{"floor", 1}, {"judges", w.judges}}, w.persons)
		for _, c := range w.places {
			straight.must(c)
		}
		straight.act(scoring.Open, "")
		rounds := w.marksByRound()
		seed := rapid.Uint64().Draw(rt, "order")
		for _, marks := range rounds {
			rand.New(rand.NewPCG(seed, 1)).Shuffle(len(marks), func(i, j int) { marks[i], marks[j] = marks[j], marks[i] })
			for _, m := range marks {
				straight.must(scoring.Command{
					Kind: m.Kind, Entry: m.Entry, Aspect: m.Aspect, Attempt: m.Attempt, Round: m.Round, Chair: m.Chair, Value: m.Value,
				})
			}
		}
		got, want := straight.board.View(scoring.Chief), w.board.View(scoring.Chief)
		if asText(t, got.Rows) != asText(t, want.Rows) || got.Done != want.Done {
			rt.Fatalf("straight:\n%s\nas it went:\n%s", asText(t, got.Rows), asText(t, want.Rows))
		}
	})
}
