package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/whatif"
)

func recuse(entry, chair int) scoring.Command {
	return scoring.Command{
		Kind: scoring.Recuse, Entry: scoring.EntryID(entry), Chair: scoring.ChairID(chair), Actor: scoring.ID{1}, Second: second, TextHash: [32]byte{1},
	}
}

const number = `"kind":"panel","panel":"judges","max":"100"`

// TestRecusal: the policy works with one fewer. Judges are chairs 2 and up; "-" has
// not marked, "x" is absent, "n" says not performed.
func TestRecusal(t *testing.T) {
	for _, c := range []struct {
		policy, marks string
		chair         int
		want          string // the total, else the refusal
	}{
		{"", "90 60 80", 3, "85.00"},
		{"", "90 60 80", 2, "70.00"},
		{`,"policy":{"kind":"mean","least":3}`, "90 60 80", 2, "judging.recusal_leaves_too_few"},
		{`,"policy":{"kind":"median"}`, "90 60 80 10", 5, "80.00"},
		{`,"policy":{"kind":"trimmed","high":1,"low":1}`, "90 60 80 70", 2, "70.00"},
		{`,"policy":{"kind":"trimmed","high":1,"low":1}`, "90 60 80", 2, "judging.recusal_leaves_too_few"},
		{`,"policy":{"kind":"sum"}`, "30 20 10", 2, "judging.recusal_leaves_too_few"}, // of fewer it is on another scale
		{`,"policy":{"kind":"sum","least":2}`, "30 20 10", 2, "30.00"},
		{`,"policy":{"kind":"chief"}`, "90 60 80", 3, "90.00"},
		{`,"policy":{"kind":"chief"}`, "90 60 80", 2, "judging.recusal_leaves_too_few"},
		{"", "90", 2, "judging.recusal_leaves_too_few"},
		{"", "90 x", 2, "judging.recusal_leaves_too_few"},
		{"", "90 n", 2, "0.00"},
		{"", "90 -", 3, "90.00"}, // who is recused is not waited for
		{"", "- 60", 3, ""},
		{`,"spread":"20"`, "90 60 80", 3, ""}, // which round counts was settled when they marked
	} {
		words := strings.Fields(c.marks)
		d := openDesk(t, single(t, "", number+c.policy), len(words), 1)
		for i, w := range words {
			m := mark(1, "a0", i+2, w)
			switch w {
			case "-":
				continue
			case "x":
				m.Kind, m.Value = scoring.Absent, ""
			case "n":
				m.Kind, m.Value = scoring.NotPerformed, ""
			}
			d.must(m)
		}
		before := len(d.board.Missing(1))
		_, refusal := d.give(recuse(1, c.chair))
		if refusal != nil {
			if refusal.Code != c.want || refusal.Hint != "A1.1" {
				t.Errorf("%s of %s without %d: %+v, want %s", c.policy, c.marks, c.chair, *refusal, c.want)
			}
			continue
		}
		if r := d.row(scoring.Chief, 1); r.Total != c.want || r.Done > r.Need || r.Need-r.Done != len(d.board.Missing(1)) || len(d.board.Missing(1)) > before {
			t.Errorf("%s of %s without %d: %+v, want %q", c.policy, c.marks, c.chair, r, c.want)
		}
	}
}

// TestTheWorkingShowsWhoIsLeftOut, the mark itself stays on record.
func TestTheWorkingShowsWhoIsLeftOut(t *testing.T) {
	d := openDesk(t, single(t, "", number+`,"policy":{"kind":"trimmed","high":1}`), 4, 1)
	for i, v := range []string{"90", "60", "80", "70"} {
		d.mark(1, "a0", i+2, v)
	}
	d.must(recuse(1, 4))
	w := d.board.Working(1).Components[0].Criteria[0].Aspects[0].Attempts[0]
	var marks []string
	for _, m := range w.Rounds[0].Marks {
		how := map[bool]string{true: " dropped"}[m.Dropped] + map[bool]string{true: " recused"}[m.Recused]
		marks = append(marks, fmt.Sprint(m.Chair, " ", m.Mark, how))
	}
	if got := strings.Join(marks, ", "); got != "2 90 dropped, 3 60, 4 80 recused, 5 70" || w.Rounds[0].Used != 2 || w.Value != "65" {
		t.Errorf("%s: %+v", got, w)
	}
	if v, ok := d.board.Panel(1, "a0", 1); !ok || !v.Complete || v.Value != "65" {
		t.Errorf("%+v", v)
	}
	if r := d.board.Rounds(); len(r) != 1 || len(r[0].Marks) != 3 {
		t.Errorf("%+v", r)
	}
	if !d.board.Recused(4, 1) || d.board.Recused(3, 1) || d.board.Recused(4, 9) {
		t.Error("who is recused")
	}
}

// TestARecusedChairIsOutOfLaterRoundsToo, owes nothing and may give nothing.
func TestARecusedChairIsOutOfLaterRoundsToo(t *testing.T) {
	d := openDesk(t, single(t, "", number+`,"spread":"5","policy":{"kind":"mean","least":2}`, `"kind":"points","panel":"floor","max":"10"`), 3, 2)
	d.must(recuse(1, 4))
	for i, v := range []string{"90", "60"} {
		d.mark(1, "a0", i+2, v)
	}
	if v, _ := d.board.Panel(1, "a0", 1); v.Round != 2 {
		t.Fatalf("%+v", v)
	}
	d.refused(mark(1, "a0", 4, "70"), scoring.Rule, "judging.recused")
	for i, v := range []string{"70", "72"} {
		m := mark(1, "a0", i+2, v)
		m.Round = 2
		d.must(m)
	}
	if got := d.board.Working(1).Components[0].Criteria[0].Aspects[0].Mark; got != "71" {
		t.Error(got)
	}
	if m := d.board.Missing(1); len(m) != 1 || m[0].Aspect != "a1" {
		t.Errorf("%+v", m)
	}
	for _, c := range d.board.Chairs() {
		if want := map[scoring.ChairID]int{1: 2, 2: 2, 3: 2, 4: 1}[c.Chair]; c.Need != want {
			t.Errorf("%+v, want %d", c, want)
		}
	}
	// A new version in which the aspect is another one: the chair stays out.
	d.set[2] = single(t, "", number+`,"policy":{"kind":"mean","least":2}`, `"kind":"points","panel":"floor","max":"10"`)
	d.must(scoring.Command{Kind: scoring.Adopt, Version: 2, Actor: scoring.ID{1}, Second: second})
	if m := d.board.Missing(1); len(m) != 3 || m[0].Chair != 2 || m[1].Chair != 3 || m[2].Chair != 0 {
		t.Errorf("%+v", m)
	}
	again, err := scoring.Rebuild(d.set, d.records)
	if err != nil || asText(t, again.View(scoring.Chief)) != asText(t, d.board.View(scoring.Chief)) {
		t.Error("rebuilt otherwise", err)
	}
}

// TestRecusalIsChecked: every refusal by name.
func TestRecusalIsChecked(t *testing.T) {
	r := single(t, "", number+`,"policy":{"kind":"mean","least":1}`, `"kind":"points","panel":"judges","max":"10"`)
	d := newDesk(t, r, seating{{"floor", 1}, {"judges", 3}}, 2)
	d.refused(recuse(1, 2), scoring.NotOpen, "judging.not_open")
	d.act(scoring.Open, "")
	d.mark(1, "a0", 4, "50")
	late := recuse(1, 4)
	d.refused(recuse(7, 2), scoring.NotFound, "judging.no_such_entry")
	d.refused(recuse(1, 9), scoring.NotFound, "judging.no_such_chair")
	late.Second = late.Actor
	d.refused(late, scoring.Rule, "judging.second_missing")
	late.Second, late.TextHash = second, [32]byte{}
	d.refused(late, scoring.Malformed, "judging.reason")
	d.mark(1, "a1", 3, "5")
	d.refused(recuse(1, 3), scoring.Rule, "judging.recusal_leaves_too_few") // its mark stands for the panel
	d.must(recuse(1, 2))
	d.refused(recuse(1, 2), scoring.Rule, "judging.recused")
	d.act(scoring.Lock, "")
	m := mark(2, "a0", 4, "50")
	kept := d.must(m)
	d.must(recuse(2, 4))
	count := scoring.Command{Kind: scoring.Count, Supersedes: kept, Actor: scoring.ID{1}, Second: second}
	d.refused(count, scoring.Rule, "judging.recused")
	d.act(scoring.Publish, "")
	d.refused(recuse(1, 4), scoring.Rule, "judging.published")

	sealed := newDesk(t, compile(t, strings.Replace(bench, `"total":"100"`, `"identity":"coded","total":"100"`, 1)), seating{{"floor", 1}, {"judges", 4}}, 1)
	sealed.act(scoring.Open, "")
	sealed.refused(recuse(1, 2), scoring.Rule, "judging.sealed")
}

// TestDecidedPlaces: where ranks are shared a decision gives the place for a cut
// and no rank.
func TestDecidedPlaces(t *testing.T) {
	const prizes = `"prizes":{"list":[{"id":"gold","name":{"zh":"金"},"number":1}],"ties":"WAY"},`
	for _, c := range []struct{ more, rank string }{
		{`"ranking":{"ties":"decision"},`, "2"},
		{strings.Replace(prizes, "WAY", "decide", 1), "1"},
		{`"advance":{"first":1,"ties":"decide"},`, "1"},
		{strings.Replace(strings.Replace(prizes, "WAY", "decide", 1), `"prizes"`, `"team_prizes"`, 1), "1"},
		{`"ranking":{"ties":"shared"},` + strings.Replace(prizes, "WAY", "widen", 1), "refused"},
		{`"advance":{"first":1,"ties":"narrow"},`, "refused"},
	} {
		d := teamDesk(t, `"take":"sum"`, c.more, 2)
		d.act(scoring.Open, "")
		d.mark(1, "run", 1, "80")
		d.mark(2, "run", 1, "80")
		decide := scoring.Command{Kind: scoring.Decide, Entry: 2, Value: "1"}
		if c.rank == "refused" {
			d.refused(decide, scoring.Rule, "judging.ties_are_shared")
			continue
		}
		d.must(decide)
		d.must(scoring.Command{Kind: scoring.Decide, Entry: 1, Value: "2"})
		results := d.board.Results()
		if fmt.Sprint(results[0].Rank) != c.rank || results[1].Rank != 1 || results[0].Place != 2 || results[1].Place != 1 {
			t.Errorf("%s: %+v", c.more, results[:2])
		}
	}
}

// TestWhatIfWithoutTeams: what the other scheme has no place for is named.
func TestWhatIfWithoutTeams(t *testing.T) {
	d := teamDesk(t, `"take":"sum"`, `"rankings":["unit"],`, 2)
	d.must(belong(1, "team", "9"))
	d.must(belong(1, "unit", "3"))
	d.act(scoring.Open, "")
	d.mark(1, "run", 1, "80")
	d.mark(9, "drill", 2, "80")
	d.must(recuse(9, 3))
	same, left, err := whatif.Replay(d.set[1], d.records)
	if err != nil || left != nil || asText(t, same.View(scoring.Chief)) != asText(t, d.board.View(scoring.Chief)) {
		t.Fatalf("%v %+v", err, left)
	}
	other, left, err := whatif.Replay(compile(t, strings.Replace(bench, `"id":"score"`, `"id":"run"`, 1)), d.records)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, l := range left {
		codes = append(codes, l.Code)
	}
	if got := strings.Join(codes, ", "); got != "judging.no_teams, judging.no_such_team, judging.no_such_entry, judging.no_such_entry" || len(other.View(scoring.Chief).Rows) != 2 {
		t.Error(got)
	}
}
