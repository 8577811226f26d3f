package signing_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/signing"
	"jiangtai/server/signing/signingtest"
)

func printed(t testing.TB, r *signingtest.Rig, who contest.Actor, of signing.Of) signing.Sheet {
	t.Helper()
	doc, err := r.Desk.Print(t.Context(), who, signingtest.Event, of)
	if err != nil {
		t.Fatal(err)
	}
	return r.Printed[doc.Number]
}

// table is a part as its reader sees it.
func table(p signing.Part) []string {
	heads := make([]string, len(p.Columns))
	for i, c := range p.Columns {
		heads[i] = c.Head
	}
	out := []string{p.Heading + ": " + strings.Join(heads, "|")}
	for _, row := range p.Rows {
		out = append(out, strings.Join(row, "|"))
	}
	return out
}

func newTeams(t testing.TB) *signingtest.Rig {
	t.Helper()
	store := signingtest.NewMemory()
	return signingtest.New(t, store, store, signingtest.Options{Teams: true})
}

func TestAResultListOfTeamsAndGroups(t *testing.T) {
	r := newTeams(t)
	r.MarkAll()
	r.Write(scoring.Command{Kind: scoring.SetState, Entry: 4, Value: string(scoring.DidNotFinish)})
	s := printed(t, r, signingtest.Chief, signing.Of{Kind: signing.ResultList})
	want := [][]string{
		{
			"个人名次: 名次|参赛号|姓名|单位|实操|总分|组别名次|单位名次|备注",
			"1|001|选手1|江城造船厂|98.00|98.00|职工组 1|1|",
			"2|002|选手2|江城造船厂|96.00|96.00|职工组 2|—|",
			"3|003|选手3|江城造船厂|94.00|94.00|第 2 组 1|—|",
			"—|004|选手4|江城造船厂|||第 2 组 —|—|未完成",
		},
		{
			"团体名次: 名次|参赛号|队名|单位|实操|协作|总分|组别名次|单位名次|备注",
			"1|T02|联队2|江城造船厂|98.00|6.00|104.00|—|—|",
			"2|T01|联队1|江城造船厂|96.00|5.00|101.00|—|—|",
		},
		{
			"团体成绩构成（最好 1 名队员总分之和）: 团体名次|队|队员|个人总分|计入|队员成绩合计|团体总分",
			"1|T02 联队2|||1 人|98|104.00",
			"||001 选手1|98.00|计入||",
			"||003 选手3|94.00|—||",
			"2|T01 联队1|||1 人|96|101.00",
			"||002 选手2|96.00|计入||",
			"||004 选手4|92.00|未完成||",
		},
	}
	var got [][]string
	for _, p := range s.Parts {
		got = append(got, table(p))
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if !s.Wide || !s.Parts[1].Page {
		t.Error("two rankings want a wide page, and teams one of their own")
	}
	if d := cmp.Diff([]signing.Fact{{Name: "评分标准", Value: "第 1 版"}, {Name: "参赛", Value: "4"}, {Name: "参赛队", Value: "2"}}, s.Facts[:3]); d != "" {
		t.Error(d)
	}
}

// A chair that marks persons and teams has each of them on the sheets of their own
// modules, and nobody twice.
func TestSheetsNameWhoIsMarked(t *testing.T) {
	r := newTeams(t)
	r.MarkAll()
	s := printed(t, r, signingtest.Chief, signing.Of{Kind: signing.MarkSheet, Chair: 1})
	if got := s.Parts[0]; len(got.Rows) != 4 || got.Rows[0][0] != "001" {
		t.Errorf("persons: %v", table(got))
	}
	if got := s.Parts[2]; len(got.Rows) != 2 || got.Rows[1][0] != "T02" || got.Rows[1][1] != "6" {
		t.Errorf("teams: %v", table(got))
	}
	if s := printed(t, r, signingtest.Host, signing.Of{Kind: signing.BlankSheet, Chair: 2}); len(s.Parts[0].Rows) != 4 {
		t.Errorf("blank: %v", table(s.Parts[0]))
	}
}

// A list is another one when somebody stands in another group: what was signed no
// longer holds.
func TestAnotherGroupIsAnotherList(t *testing.T) {
	r := newTeams(t)
	r.MarkAll()
	printed(t, r, signingtest.Chief, signing.Of{Kind: signing.ResultList})
	state := func() signing.State {
		t.Helper()
		steps, err := r.Steps(t.Context(), signingtest.Event)
		if err != nil {
			t.Fatal(err)
		}
		return steps[len(steps)-1].State
	}
	if state() != signing.Printed {
		t.Errorf("it is %s", state())
	}
	r.Write(scoring.Command{Kind: scoring.Belong, Entry: 2, Aspect: "group", Value: "2"})
	if state() != signing.Voided {
		t.Errorf("after a move it is %s", state())
	}
}
