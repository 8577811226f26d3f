package stages_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/stages"
	"jiangtai/server/stages/stagestest"
)

func newRig(t *testing.T) *stagestest.Rig {
	t.Helper()
	m := stagestest.NewMemory()
	return stagestest.New(t, m, m)
}

// tied is a rig whose final follows a published preliminary.
func tied(t *testing.T, advance string, marks ...string) *stagestest.Rig {
	t.Helper()
	r := newRig(t)
	r.Publish(advance, marks...)
	link(t, r, stagestest.Final, stagestest.Prelim)
	return r
}

func link(t *testing.T, r *stagestest.Rig, event, follows contest.ID) {
	t.Helper()
	if _, err := r.Link(t.Context(), stagestest.Admin, event, follows); err != nil {
		t.Fatal(err)
	}
}

func list(t *testing.T, r *stagestest.Rig) stages.Advance {
	t.Helper()
	a, err := r.Advance(t.Context(), stagestest.Office, stagestest.Final)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// words are the candidates as "001+first" for who goes and "002-behind" for others.
func words(a stages.Advance) string {
	var out []string
	for _, c := range a.Candidates {
		sign := "-"
		if c.Goes {
			sign = "+"
		}
		out = append(out, c.SourceNo+sign+string(c.Why))
	}
	return strings.Join(out, " ")
}

func take(t *testing.T, r *stagestest.Rig, reason string) stages.Taken {
	t.Helper()
	a := list(t, r)
	got, err := r.Take(t.Context(), stagestest.Office, stagestest.Final, stages.Taking{Publication: a.Publication, Digest: a.Difference.Digest, Reason: reason})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func decline(t *testing.T, r *stagestest.Rig, n int, declines bool) stages.Advance {
	t.Helper()
	a, err := r.Decline(t.Context(), stagestest.Host, stagestest.Final, stages.Declining{
		Source: list(t, r).Candidates[n-1].Source, Declines: declines, Reason: "出差",
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func wantCode(t *testing.T, err error, kind fault.Kind, code string) {
	t.Helper()
	if fault.Code(err) != code || fault.Of(err).Kind != kind {
		t.Errorf("%v, want %s", err, code)
	}
}

// Everybody of the published result is there, with the reason.
func TestWhoGoesOnAndWhy(t *testing.T) {
	for _, c := range []struct {
		name, rule string
		marks      string
		want       string
		waits      int
	}{
		{"the first so many", `{"first":2}`, "90 85 80", "001+first 002+first 003-behind", 0},
		{"a tie widens the cut", `{"first":2}`, "90 85 85 70", "001+first 002+tie 003+tie 004-behind", 0},
		{"or narrows it", `{"first":2,"ties":"narrow"}`, "90 85 85 70", "001+first 002-tie_out 003-tie_out 004-behind", 0},
		{"or waits for a person", `{"first":2,"ties":"decide"}`, "90 85 85 70", "001+first 002-waits 003-waits 004-behind", 2},
		{"a line", `{"line":"85"}`, "80 70", "001+line 002-below", 0},
		{"who did not come", `{"first":2}`, "90 - 80", "001+first 003+first 002-no_rank", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			marks := strings.Fields(c.marks)
			for i := range marks {
				marks[i] = strings.Trim(marks[i], "-")
			}
			a := list(t, tied(t, c.rule, marks...))
			if got := words(a); got != c.want || a.Waits != c.waits {
				t.Errorf("%s, %d wait; want %s", got, a.Waits, c.want)
			}
		})
	}
}

// Who declines is reckoned as if he had not the right to go on: the next moves up,
// and a tie at the new cut widens it as at the old one.
func TestSubstitutesMoveUp(t *testing.T) {
	r := tied(t, `{"first":2}`, "90", "85", "80", "80", "70")
	a := decline(t, r, 1, true)
	if got := words(a); got != "001-declined 002+first 003+substitute 004+substitute 005-behind" || a.Candidates[0].Reason != "出差" {
		t.Errorf("%s %q", got, a.Candidates[0].Reason)
	}
	if got := words(decline(t, r, 1, false)); got != "001+first 002+first 003-behind 004-behind 005-behind" {
		t.Errorf("after all: %s", got)
	}
	_, err := r.Decline(t.Context(), stagestest.Host, stagestest.Final, stages.Declining{Source: a.Candidates[4].Source, Declines: true, Reason: "x"})
	wantCode(t, err, fault.Refused, "stages.goes_not")
	_, err = r.Decline(t.Context(), stagestest.Host, stagestest.Final, stages.Declining{Source: a.Candidates[0].Source, Declines: true, Reason: " "})
	wantCode(t, err, fault.Refused, "stages.reason")
	_, err = r.Decline(t.Context(), stagestest.Host, stagestest.Final, stages.Declining{Source: contest.ID{9}, Declines: true, Reason: "x"})
	wantCode(t, err, fault.Missing, "stages.no_such_entry")
	_, err = r.Decline(t.Context(), stagestest.Chief, stagestest.Final, stages.Declining{Source: a.Candidates[0].Source, Declines: true, Reason: "x"})
	wantCode(t, err, fault.Forbidden, "stages.role")
}

// Taking over makes entries with their units in this contest, once.
func TestTakingOverOnce(t *testing.T) {
	r := tied(t, `{"first":3}`, "90", "85", "80", "70")
	a := list(t, r)
	if d := a.Difference; len(d.Joins) != 3 || d.NeedsReason || fmt.Sprint(d.Units) != "[江城机床厂]" {
		t.Errorf("%+v", d)
	}
	preview, err := r.Take(t.Context(), stagestest.Office, stagestest.Final, stages.Taking{Publication: a.Publication, Digest: a.Difference.Digest, IsPreview: true})
	if err != nil || preview != (stages.Taken{Joined: 3, Units: 1}) || len(r.Entries(stagestest.Final)) != 0 {
		t.Fatalf("%+v %v %v", preview, err, r.Entries(stagestest.Final))
	}
	if got := take(t, r, ""); got != preview {
		t.Errorf("%+v, and the preview said %+v", got, preview)
	}
	want := []string{"001 选手01 江城造船厂", "002 选手02 江城机床厂", "003 选手03 江城造船厂"}
	if got := r.Entries(stagestest.Final); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if !slices.Equal(r.Changed(), []contest.ID{stagestest.Final}) || !slices.Contains(r.Acts(), "stage.taken") {
		t.Errorf("%v %v", r.Changed(), r.Acts())
	}
	again, err := r.Take(t.Context(), stagestest.Office, stagestest.Final, stages.Taking{Publication: a.Publication, Digest: a.Difference.Digest})
	if err != nil || !again.IsRepeat || len(r.Entries(stagestest.Final)) != 3 {
		t.Errorf("once more: %+v %v", again, err)
	}
	before, from, err := r.Origins(t.Context(), stagestest.Final)
	if err != nil || before != stagestest.Prelim || len(from) != 3 {
		t.Errorf("who they were there: %v %v %v", before, from, err)
	}
	if a = list(t, r); a.Taken != a.Publication || a.Candidates[0].EntryNo != "001" || a.Candidates[0].ByHand {
		t.Errorf("%+v", a.Candidates[0])
	}
}

// Units are the organiser's: a host who would need new ones is told which, and
// nothing is half done.
func TestAHostMakesNoUnits(t *testing.T) {
	r := tied(t, `{"first":2}`, "90", "85")
	a := list(t, r)
	_, err := r.Take(t.Context(), stagestest.Host, stagestest.Final, stages.Taking{Publication: a.Publication, Digest: a.Difference.Digest, IsPreview: true})
	wantCode(t, err, fault.Forbidden, "stages.units")
	if hint := fault.Of(err).Fields[0].Hint; hint != "江城机床厂" || len(r.Entries(stagestest.Final)) > 0 {
		t.Errorf("%q %v", hint, r.Entries(stagestest.Final))
	}
}

// Whoever was entered by hand is found: by the person that registration knows,
// else by name and unit; equal names of different persons are two people.
func TestWhoIsThereByHandIsFound(t *testing.T) {
	r := tied(t, `{"first":3}`, "90", "85", "80")
	source := func(n int) contest.ID { return list(t, r).Candidates[n-1].Source }
	r.Admit(stagestest.Final, "选手 01", 0)            // as written by somebody else
	r.Know(r.Admit(stagestest.Final, "张三", 1), "p2") // renamed since, and the same person
	r.Know(source(2), "p2")
	r.Know(r.Admit(stagestest.Final, "选手03", 0), "somebody else") // the same name and unit
	r.Know(source(3), "p3")
	d := list(t, r).Difference
	if len(d.Finds) != 2 || d.Finds[0].EntryNo != "001" || d.Finds[1].EntryNo != "002" || len(d.Joins) != 1 || d.Joins[0].SourceNo != "003" {
		t.Fatalf("%+v", d)
	}
	if got := take(t, r, ""); got != (stages.Taken{Joined: 1, Found: 2}) || len(r.Entries(stagestest.Final)) != 4 {
		t.Errorf("%+v %v", got, r.Entries(stagestest.Final))
	}
}

// Two of one name and unit: nobody but a person can tell them apart.
func TestTwinsAreNotGuessed(t *testing.T) {
	r := tied(t, `{"first":3}`, "90", "85", "80")
	r.Rename(stagestest.Prelim, 3, "选手01")
	r.Admit(stagestest.Final, "选手01", 0)
	a := list(t, r)
	_, err := r.Take(t.Context(), stagestest.Office, stagestest.Final, stages.Taking{Publication: a.Publication, Digest: a.Difference.Digest})
	wantCode(t, err, fault.Refused, "stages.twins")
	if got := fmt.Sprint(a.Difference.Twins); got != "[001 003]" {
		t.Error(got)
	}
}

// A publication that is corrected changes nothing by itself; its difference is
// taken over with a reason.
func TestACorrectedPublicationIsTakenOverWithAReason(t *testing.T) {
	r := tied(t, `{"first":2}`, "90", "85", "80")
	r.Admit(stagestest.Final, "选手02", 1) // by hand, in a unit of the same name only later
	take(t, r, "")
	before := list(t, r)
	r.Reopen(stagestest.Prelim)
	a := list(t, r)
	if a.Published || len(a.Candidates) > 0 {
		t.Errorf("while it is corrected nothing is published: %+v", a)
	}
	_, err := r.Take(t.Context(), stagestest.Office, stagestest.Final, stages.Taking{Publication: before.Publication, Digest: before.Difference.Digest})
	wantCode(t, err, fault.Refused, "stages.not_published")
	r.Mark(stagestest.Prelim, 3, "99")
	r.Settle(stagestest.Prelim)
	a = list(t, r)
	if d := a.Difference; len(d.Joins) != 1 || d.Joins[0].SourceNo != "003" || len(d.Leaves) != 1 || d.Leaves[0].SourceNo != "002" || !d.NeedsReason {
		t.Fatalf("%+v", d)
	}
	_, err = r.Take(t.Context(), stagestest.Office, stagestest.Final, stages.Taking{Publication: before.Publication, Digest: a.Difference.Digest, Reason: "更正"})
	wantCode(t, err, fault.Stale, "stages.changed")
	_, err = r.Take(t.Context(), stagestest.Office, stagestest.Final, stages.Taking{Publication: a.Publication, Digest: before.Difference.Digest, Reason: "更正"})
	wantCode(t, err, fault.Stale, "stages.changed")
	_, err = r.Take(t.Context(), stagestest.Office, stagestest.Final, stages.Taking{Publication: a.Publication, Digest: a.Difference.Digest})
	wantCode(t, err, fault.Refused, "stages.reason")
	if got := take(t, r, "初赛成绩更正"); got.Joined != 1 || got.Left != 1 {
		t.Errorf("%+v", got)
	}
	way, err := r.Way(t.Context(), stagestest.Chief, stagestest.Final)
	if err != nil || len(way.Acts) != 3 || way.Acts[0].Reason != "初赛成绩更正" || way.Acts[0].Left != 1 {
		t.Errorf("%+v %v", way.Acts, err)
	}
}

// Who was entered by hand stays an entry when he does not go on any more.
func TestEntriesMadeByHandStay(t *testing.T) {
	r := tied(t, `{"first":1}`, "90", "85")
	r.Admit(stagestest.Final, "选手01", 0)
	take(t, r, "")
	decline(t, r, 1, true)
	d := list(t, r).Difference
	if len(d.Leaves) != 1 || !d.Leaves[0].Stays || len(d.Joins) != 1 {
		t.Fatalf("%+v", d)
	}
	take(t, r, "放弃")
	if got := r.Entries(stagestest.Final); len(got) != 2 {
		t.Errorf("%v", got)
	}
	if a := list(t, r); !a.Difference.IsEmpty() || !a.Candidates[0].ByHand {
		t.Errorf("%+v", a.Difference)
	}
}

// What the programme refuses is refused in the preview, and nothing is left of it.
func TestTheProgrammesRefusalUndoesAll(t *testing.T) {
	r := tied(t, `{"first":2}`, "90", "85")
	r.Refuse = fault.New(fault.Refused, "programme.drawn")
	a := list(t, r)
	for _, preview := range []bool{true, false} {
		_, err := r.Take(t.Context(), stagestest.Office, stagestest.Final, stages.Taking{Publication: a.Publication, Digest: a.Difference.Digest, IsPreview: preview})
		wantCode(t, err, fault.Refused, "programme.drawn")
	}
	if got := list(t, r).Difference.Units; fmt.Sprint(got) != "[江城机床厂]" {
		t.Errorf("the unit was made and undone: %v", got)
	}
}

// Nothing is taken over once the event is open, while a tie waits, or by a scheme
// that says nothing of going on.
func TestWhenNothingIsTakenOver(t *testing.T) {
	taking := stages.Taking{Publication: 1, Digest: "x"}
	r := newRig(t)
	_, err := r.Take(t.Context(), stagestest.Office, stagestest.Final, taking)
	wantCode(t, err, fault.Refused, "stages.follows_none")
	_, err = tied(t, "", "90").Take(t.Context(), stagestest.Office, stagestest.Final, taking)
	wantCode(t, err, fault.Refused, "stages.no_rule")
	r = tied(t, `{"first":1,"ties":"decide"}`, "90", "90")
	_, err = r.Take(t.Context(), stagestest.Office, stagestest.Final, taking)
	wantCode(t, err, fault.Refused, "stages.waits")
	r = tied(t, `{"first":1}`, "90", "80")
	r.SetScheme(stagestest.Final, stagestest.Scheme("", stagestest.Outside))
	r.Admit(stagestest.Final, "选手09", 0)
	r.Open(stagestest.Final)
	_, err = r.Take(t.Context(), stagestest.Office, stagestest.Final, taking)
	wantCode(t, err, fault.Refused, "stages.open")
	_, err = r.Take(t.Context(), stagestest.Chief, stagestest.Final, taking)
	wantCode(t, err, fault.Forbidden, "stages.role")
	_, err = r.Take(t.Context(), stagestest.Stranger, stagestest.Final, taking)
	wantCode(t, err, fault.Missing, "stages.missing")
}

// A tie that a person has decided lets the decided ones go on.
func TestADecidedTieGoesOn(t *testing.T) {
	r := newRig(t)
	r.Publish(`{"first":1,"ties":"decide"}`, "90", "90", "70")
	r.Reopen(stagestest.Prelim)
	r.Write(stagestest.Prelim, scoring.Command{Kind: scoring.Lock, Second: scoring.ID{2}})
	r.Write(stagestest.Prelim, scoring.Command{Kind: scoring.Decide, Entry: 2, Value: "1", TextHash: [32]byte{1}})
	r.Write(stagestest.Prelim, scoring.Command{Kind: scoring.Decide, Entry: 1, Value: "2", TextHash: [32]byte{1}})
	r.Write(stagestest.Prelim, scoring.Command{Kind: scoring.Publish, Second: scoring.ID{2}})
	link(t, r, stagestest.Final, stagestest.Prelim)
	a := list(t, r)
	if got := words(a); a.Waits != 0 || !strings.HasPrefix(got, "002+") || strings.Count(got, "+") != 1 {
		t.Errorf("%s, %d wait", got, a.Waits)
	}
}

// A chief judge sees who goes on, and not which number that is here.
func TestWhoKeepsNamesApartSeesNoNumbers(t *testing.T) {
	r := tied(t, `{"first":1}`, "90", "80")
	take(t, r, "")
	a, err := r.Advance(t.Context(), stagestest.Chief, stagestest.Final)
	if err != nil || len(a.Candidates) != 2 || a.Candidates[0].Name != "选手01" || a.Candidates[0].EntryNo != "" || a.MayTake {
		t.Errorf("%+v %v", a.Candidates, err)
	}
}

// Where each group is cut apart, the first of each go on, a tie in one of them
// widens that one, and who belongs to none goes nowhere.
func TestGroupsAreCutApart(t *testing.T) {
	r := newRig(t)
	r.SetScheme(stagestest.Prelim, strings.Replace(stagestest.Scheme(`{"first":1,"by":"group"}`, stagestest.Outside), `"components"`, `"rankings":["group"],"components"`, 1))
	for i := range 5 {
		r.Admit(stagestest.Prelim, fmt.Sprintf("选手%02d", i+1), 0)
	}
	r.Open(stagestest.Prelim)
	for i, group := range []string{"1", "2", "1", "2", ""} {
		if group != "" {
			r.Write(stagestest.Prelim, scoring.Command{Kind: scoring.Belong, Entry: scoring.EntryID(i + 1), Aspect: "group", Value: group})
		}
		r.Mark(stagestest.Prelim, i+1, []string{"90", "80", "85", "80", "95"}[i])
		r.Write(stagestest.Prelim, scoring.Command{Kind: scoring.Mark, Entry: scoring.EntryID(i + 1), Aspect: "paper", Value: "10"})
	}
	r.Settle(stagestest.Prelim)
	link(t, r, stagestest.Final, stagestest.Prelim)
	a := list(t, r)
	if got := words(a); got != "005-no_group 001+first 003-behind 002+tie 004+tie" || a.Rule.By != "group" {
		t.Errorf("%s by %q", got, a.Rule.By)
	}
	if got := words(decline(t, r, 2, true)); !strings.Contains(got, "003+substitute") {
		t.Errorf("the next of his own group moves up: %s", got)
	}
}
