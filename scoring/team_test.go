package scoring_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"jiangtai/scoring"
)

// teamScheme has a component of persons and one of teams; rule is the rule of
// teams, more what else the scheme says.
func teamScheme(rule, more string) string {
	return `{"format":"jiangtai.scheme/1","name":{"zh":"团体"},` + more + `
 "panels":[{"id":"floor","name":{"zh":"现场"}},{"id":"judges","name":{"zh":"评分"}}],"teams":{` + rule + `},
 "components":[
  {"id":"solo","name":{"zh":"个人"},"criteria":[{"id":"solo","name":{"zh":"个人"},"subs":[{"id":"solo","name":{"zh":"个人"},"aspects":[
   {"id":"run","name":{"zh":"单人"},"kind":"points","panel":"floor","max":"100"}]}]}]},
  {"id":"joint","name":{"zh":"协同"},"of":"team","factor":"0.5","criteria":[{"id":"joint","name":{"zh":"协同"},"subs":[{"id":"joint","name":{"zh":"协同"},"aspects":[
   {"id":"drill","name":{"zh":"协同"},"kind":"panel","panel":"judges","max":"100"}]}]}]}]}`
}

const aTeam = "ranked,prize,unit,advance,team"

// teamDesk has persons from 1 on and the team 9.
func teamDesk(t testing.TB, rule, more string, persons int) *desk {
	t.Helper()
	d := newDesk(t, compile(t, teamScheme(rule, more)), seating{{"floor", 1}, {"judges", 2}}, persons)
	d.must(scoring.Command{Kind: scoring.Admit, Entry: 9, Value: aTeam})
	return d
}

func belong(entry int, to, value string) scoring.Command {
	return scoring.Command{Kind: scoring.Belong, Entry: scoring.EntryID(entry), Aspect: to, Value: value}
}

// TestTeamTotals: the take of those members that count, rounded, and half of what
// the team was marked for, which is 80.
func TestTeamTotals(t *testing.T) {
	for _, c := range []struct{ rule, members, want string }{
		{`"take":"sum"`, "90 85 70", "285.00"},
		{`"take":"sum"`, "90 85 -", ""}, // all that belong to it must count
		{`"take":"sum","least":2`, "90 85 -", "215.00"},
		{`"take":"sum","size":3`, "90 85 70", "285.00"},
		{`"take":"sum","size":3`, "90 85", ""},
		{`"take":"sum","size":3,"least":2`, "90 85", "215.00"},
		{`"take":"mean"`, "90 85 70", "121.67"},
		{`"take":"mean","round":{"places":1}`, "90 85 70", "121.70"},
		{`"take":"mean","round":{"places":0,"mode":"floor"}`, "90 85 70", "121.00"},
		{`"take":"mean","size":4,"least":1`, "90 - -", "130.00"},
		{`"take":"best","best":2`, "70 85 90", "215.00"},
		{`"take":"best","best":2`, "70 - 90", "200.00"},
		{`"take":"best","best":2`, "70 - -", ""},
		{`"take":"best","best":2,"least":1`, "70 - -", "110.00"},
		{`"take":"best","best":1`, "", ""},
		{`"take":"sum"`, "", ""},                                // nobody is no team
		{`"take":"sum","size":3,"least":2`, "90! 85", ""},       // one who is not ranked does not count
		{`"take":"sum","size":3,"least":1`, "90! 85", "125.00"}, // nor is its total taken
	} {
		d := teamDesk(t, c.rule, "", 3)
		words := strings.Fields(c.members)
		for i, w := range words {
			d.must(belong(i+1, "team", "9"))
			if strings.HasSuffix(w, "!") {
				d.must(scoring.Command{Kind: scoring.Admit, Entry: scoring.EntryID(i + 1), Value: "prize"})
			}
		}
		d.act(scoring.Open, "")
		for i, w := range words {
			if w != "-" {
				d.mark(i+1, "run", 1, strings.TrimSuffix(w, "!"))
			}
		}
		d.mark(9, "drill", 2, "70")
		d.mark(9, "drill", 3, "90")
		if r := d.row(scoring.Chief, 9); r.Total != c.want || (r.Rank > 0) != (c.want != "") {
			t.Errorf("%s of %q: %+v, want %q", c.rule, c.members, r, c.want)
		}
	}
}

// TestAMemberMovesItsTeam in the same record, and everybody is told of both.
func TestAMemberMovesItsTeam(t *testing.T) {
	d := teamDesk(t, `"take":"sum"`, "", 4)
	d.must(scoring.Command{Kind: scoring.Admit, Entry: 8, Value: aTeam})
	for e, team := range map[int]string{1: "9", 2: "9", 3: "8", 4: "8"} {
		d.must(belong(e, "team", team))
	}
	d.act(scoring.Open, "")
	for _, team := range []int{8, 9} {
		d.mark(team, "drill", 2, "80")
		d.mark(team, "drill", 3, "80")
	}
	for e, v := range []string{"50", "60", "55", "57"} {
		d.mark(e+1, "run", 1, v)
	}
	if r := d.row(scoring.Public, 8); r.Rank != 1 || r.Total != "152.00" {
		t.Fatalf("%+v", r)
	}
	c := mark(1, "run", 1, "53")
	old, _ := d.board.Cell(1, "run", 1, 1, 1)
	c.Supersedes = old.MarkID
	d.must(c)
	told := map[scoring.EntryID]scoring.Row{}
	for _, r := range d.change.Rows[scoring.Public] {
		told[r.Entry] = r
	}
	if len(told) != 3 || told[1].Total != "53.00" || told[9].Rank != 1 || told[9].Total != "153.00" || told[8].Rank != 2 || !told[8].Team || told[1].Of != 9 {
		t.Fatalf("told %+v", told)
	}
	d.must(scoring.Command{Kind: scoring.SetState, Entry: 2, Value: "dsq"})
	if r := d.row(scoring.Public, 9); r.Rank != 0 || r.Total != "" || r.Parts[0] != "53.00" {
		t.Fatalf("a team of two of whom one counts: %+v", r)
	}
	d.must(belong(2, "team", ""))
	if r := d.row(scoring.Public, 9); r.Rank != 2 || r.Total != "93.00" {
		t.Fatalf("alone: %+v", r)
	}
	d.must(belong(3, "team", "9"))
	if a, b := d.row(scoring.Public, 9), d.row(scoring.Public, 8); a.Total != "148.00" || b.Total != "97.00" || fmt.Sprint(d.board.Members(9), d.board.Members(8), d.board.Members(1)) != "[1 3] [4] []" {
		t.Fatalf("moved: %+v %+v", a, b)
	}
}

// TestAPersonOwesNothingInATeamsComponent, and the other way round.
func TestAPersonOwesNothingInATeamsComponent(t *testing.T) {
	d := teamDesk(t, `"take":"sum"`, "", 1)
	d.act(scoring.Open, "")
	d.refused(mark(1, "drill", 2, "80"), scoring.NotFound, "judging.no_such_aspect")
	d.refused(mark(9, "run", 1, "80"), scoring.NotFound, "judging.no_such_aspect")
	d.refused(scoring.Command{Kind: scoring.Finish, Entry: 1, Chair: 2, Aspect: "joint"}, scoring.NotFound, "judging.no_such_aspect")
	if len(d.board.Missing(1)) != 1 || len(d.board.Missing(9)) != 2 {
		t.Fatalf("%+v %+v", d.board.Missing(1), d.board.Missing(9))
	}
	for _, c := range d.board.Chairs() {
		if c.Need != 1 || c.Done != 0 {
			t.Errorf("%+v", c)
		}
	}
	if _, ok := d.board.Panel(1, "drill", 1); ok {
		t.Error("a person has a panel of teams")
	}
	if p, ok := d.board.Panel(9, "drill", 1); !ok || len(p.Chairs) != 2 {
		t.Errorf("%+v", p)
	}
	d.mark(1, "run", 1, "80")
	if r := d.row(scoring.Chief, 1); r.Need != 1 || r.Done != 1 || r.Rank != 1 || r.Parts[0] != "80.00" || r.Parts[1] != "" {
		t.Errorf("%+v", r)
	}
	if w := d.board.Working(1); len(w.Components) != 1 || w.Team != nil {
		t.Errorf("%+v", w)
	}
	for _, c := range d.board.Rules().Criteria() {
		if (c.Of == "team") != (c.ID == "joint") {
			t.Errorf("%+v", c)
		}
	}
}

// TestWorkingOfATeam names its members, who counted, and what they make.
func TestWorkingOfATeam(t *testing.T) {
	d := teamDesk(t, `"take":"best","best":2,"round":{"places":0}`, "", 4)
	for e := 1; e <= 4; e++ {
		d.must(belong(e, "team", "9"))
	}
	d.act(scoring.Open, "")
	for e, v := range []string{"70.25", "60", "70.5"} {
		d.mark(e+1, "run", 1, v)
	}
	d.mark(9, "drill", 2, "70")
	d.mark(9, "drill", 3, "80")
	w := d.board.Working(9)
	var members []string
	for _, m := range w.Team.Members {
		members = append(members, fmt.Sprint(m.Entry, " ", m.Total, " ", m.Counted))
	}
	if got := strings.Join(members, ", "); got != "1 70.25 true, 2 60.00 false, 3 70.50 true, 4  false" {
		t.Error(got)
	}
	if w.Team.Take != "best" || w.Team.Best != 2 || w.Team.Counted != 2 || w.Team.Least != 2 || w.Team.Exact != "140.75" || w.Team.Value != "141" {
		t.Errorf("%+v", w.Team)
	}
	if w.Total != "178.50" || w.Rank != 1 || len(w.Components) != 1 || w.Components[0].Shared != "37.5" {
		t.Errorf("%+v", w)
	}
}

// TestWhatBelongsIsChecked: every refusal by name.
func TestWhatBelongsIsChecked(t *testing.T) {
	d := teamDesk(t, `"take":"sum","size":2`, "", 4)
	for _, c := range []struct {
		entry     int
		to, value string
		class     scoring.Class
		code      string
	}{
		{7, "unit", "1", scoring.NotFound, "judging.no_such_entry"},
		{1, "family", "1", scoring.Malformed, "judging.unknown_belonging"},
		{1, "unit", "0", scoring.Malformed, "judging.malformed_value"},
		{1, "unit", "10000", scoring.Malformed, "judging.malformed_value"},
		{1, "unit", "x", scoring.Malformed, "judging.malformed_value"},
		{1, "team", "2", scoring.NotFound, "judging.no_such_team"},
		{1, "team", "7", scoring.NotFound, "judging.no_such_team"},
		{9, "team", "9", scoring.Rule, "judging.team_of_teams"},
	} {
		d.refused(belong(c.entry, c.to, c.value), c.class, c.code)
	}
	d.must(belong(1, "team", "9"))
	d.must(belong(2, "team", "9"))
	d.must(belong(2, "team", "9")) // as it is
	d.refused(belong(3, "team", "9"), scoring.Rule, "judging.team_full")
	d.must(scoring.Command{Kind: scoring.Admit, Entry: 3, Value: "prize"})
	d.must(belong(3, "team", "9")) // a reserve
	if team, in := d.board.Belongs(3); team != 9 || in != (scoring.Groups{}) {
		t.Error(team, in)
	}
	if team, in := d.board.Belongs(77); team != 0 || in != (scoring.Groups{}) {
		t.Error(team, in)
	}
	d.refused(scoring.Command{Kind: scoring.Admit, Entry: 1, Value: aTeam}, scoring.Rule, "judging.team_fixed")
	d.refused(scoring.Command{Kind: scoring.Admit, Entry: 9}, scoring.Rule, "judging.team_fixed")
	d.set[2] = compile(t, bench)
	d.refused(scoring.Command{Kind: scoring.Adopt, Version: 2}, scoring.Rule, "judging.no_teams")
	d.act(scoring.Open, "")
	d.act(scoring.Lock, "")
	d.must(belong(1, "unit", "3"))
	d.act(scoring.Publish, "")
	d.refused(belong(1, "unit", "4"), scoring.Rule, "judging.published")

	plain := benchDesk(t, 1)
	plain.refused(scoring.Command{Kind: scoring.Admit, Entry: 9, Value: aTeam}, scoring.Rule, "judging.no_teams")
	sealed := teamDesk(t, `"take":"sum"`, `"identity":"seat",`, 1)
	sealed.refused(belong(1, "unit", "1"), scoring.Rule, "judging.sealed")
	sealed.act(scoring.Open, "")
	sealed.act(scoring.Lock, "")
	sealed.act(scoring.Unseal, "")
	sealed.must(belong(1, "unit", "1"))
}

// TestWhatBelongsHasNoOtherText: a board that is given a record which was never
// checked says so.
func TestWhatBelongsHasNoOtherText(t *testing.T) {
	for _, c := range []scoring.Command{
		belong(7, "unit", "1"), belong(1, "family", "1"), belong(1, "unit", "0"), belong(1, "team", "2"), belong(9, "team", "9"),
		{Kind: scoring.Admit, Entry: 1, Value: aTeam},
		{Kind: scoring.Admit, Entry: 9},
		{Kind: scoring.Recuse, Entry: 7, Chair: 1},
		{Kind: scoring.Recuse, Entry: 1},
		{Kind: scoring.Mark, Entry: 1, Aspect: "drill", Chair: 2, Value: "1", Version: 1},
	} {
		d := teamDesk(t, `"take":"sum"`, "", 2)
		c.MarkID = scoring.ID{1}
		if err := d.board.Apply(scoring.Record{Command: c, Seq: d.board.Seq() + 1}, nil); err == nil {
			t.Errorf("applied %+v", c)
		}
	}
	d := teamDesk(t, `"take":"sum"`, "", 2)
	again := recuse(9, 2)
	again.MarkID = scoring.ID{1}
	for i := range 2 {
		if err := d.board.Apply(scoring.Record{Command: again, Seq: d.board.Seq() + 1}, nil); (err == nil) != (i == 0) {
			t.Errorf("recused for the %d. time: %v", i+1, err)
		}
	}
}

// TestRanksInGroups: the order of the whole list, counted anew in each group;
// who belongs to none has none, and ranks are as the scheme orders them.
func TestRanksInGroups(t *testing.T) {
	d := teamDesk(t, `"take":"sum"`, `"rankings":["county","group"],`, 6)
	for e, county := range []string{"2", "1", "2", "1", "", "2"} {
		d.must(belong(e+1, "county", county))
		d.must(belong(e+1, "group", strconv.Itoa(1+e/3)))
		d.must(belong(e+1, "unit", "7"))
	}
	d.act(scoring.Open, "")
	for e, v := range []string{"80", "90", "80", "70", "99", "60"} {
		d.mark(e+1, "run", 1, v)
	}
	in := func(a scoring.Audience) string {
		var out []string
		for _, r := range d.board.View(a).Rows {
			words := fmt.Sprint(r.Entry, ":", r.Rank)
			for _, w := range r.In {
				words += fmt.Sprintf(" %d/%d", w.Rank, w.Group)
			}
			out = append(out, words)
		}
		return strings.Join(out, ", ")
	}
	want := "5:1 0/0 1/2, 2:2 1/1 1/1, 1:3 1/2 2/1, 3:3 1/2 2/1, 4:5 2/1 2/2, 6:6 3/2 3/2, 9:0 0/0 0/0"
	if got := in(scoring.Chief); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	d.must(belong(3, "county", "1"))
	want = "5:1 0/0 1/2, 2:2 1/1 1/1, 1:3 1/2 2/1, 3:3 2/1 2/1, 4:5 3/1 2/2, 6:6 2/2 3/2, 9:0 0/0 0/0"
	if got := in(scoring.Public); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	v := d.board.View(scoring.Public)
	if h := d.board.Head(scoring.Public); fmt.Sprint(v.Rankings, h.Rankings) != "[county group] [county group]" {
		t.Error(v.Rankings, h.Rankings)
	}
	d.act(scoring.SetRule, "ranks")
	if got := in(scoring.Public); got != want {
		t.Errorf("places only: %s", got)
	}
	d.act(scoring.SetRule, "progress")
	if v := d.board.View(scoring.Public); v.Rankings != nil || v.Rows != nil {
		t.Errorf("%+v", v)
	}
	if v := d.board.View(scoring.DeskCount); v.Rankings != nil {
		t.Errorf("%+v", v)
	}
	d.set[2] = compile(t, teamScheme(`"take":"sum"`, `"rankings":["unit"],`))
	d.must(scoring.Command{Kind: scoring.Adopt, Version: 2, Actor: scoring.ID{1}, Second: second})
	want = "5:1 1/7, 2:2 2/7, 1:3 3/7, 3:3 3/7, 4:5 5/7, 6:6 6/7, 9:0 0/0"
	if got := in(scoring.Chief); got != want {
		t.Errorf("by unit: %s", got)
	}
}

// TestPlainViewsTellNothingOfGroups: while an event is sealed a panel sees who is
// how far, in the order of ordinals.
func TestPlainViewsTellNothingOfGroups(t *testing.T) {
	d := teamDesk(t, `"take":"sum"`, `"identity":"seat","rankings":["unit"],`, 2)
	d.act(scoring.Open, "")
	v := d.board.View(scoring.Jury)
	if v.Rankings != nil || len(v.Rows) != 3 {
		t.Fatalf("%+v", v)
	}
	for i, r := range v.Rows {
		if r.Team || r.Of != 0 || r.In != nil || r.Pos != i+1 {
			t.Errorf("%+v", r)
		}
	}
	if v := d.board.View(scoring.Chief); len(v.Rankings) != 1 || !v.Rows[2].Team {
		t.Errorf("%+v", v)
	}
}
