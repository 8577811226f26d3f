package stages_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/stages"
	"jiangtai/server/stages/stagestest"
)

func places(err error) string {
	var out []string
	if f := fault.Of(err); f != nil {
		for _, at := range f.Fields {
			out = append(out, at.Path+" "+at.Code+" "+at.Hint)
		}
	}
	return strings.Join(out, "; ")
}

// An event names the one before it, and finds those before that one and after
// itself; what the actor may not read is not there.
func TestTheWayOfAnEvent(t *testing.T) {
	r := newRig(t)
	r.Publish(`{"first":1}`, "90")
	link(t, r, stagestest.Select, stagestest.Prelim)
	link(t, r, stagestest.Final, stagestest.Select)
	way, err := r.Way(t.Context(), stagestest.Chief, stagestest.Final)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(codes(way.Before)) != "[w-1 w-2]" || way.Follows == nil || way.Follows.Code != "w-2" || way.MayLink || way.Advances || len(way.Acts) != 1 {
		t.Errorf("%+v", way)
	}
	way, err = r.Way(t.Context(), stagestest.Office, stagestest.Select)
	if err != nil || fmt.Sprint(codes(way.After)) != "[w-3]" || way.Follows.ContestName != "县选拔" || !way.Advances || !way.MayLink || way.Follows.Phase != "official" {
		t.Errorf("%+v %v", way, err)
	}
	link(t, r, stagestest.Select, contest.ID{})
	if way, err = r.Way(t.Context(), stagestest.Office, stagestest.Select); err != nil || way.IsTied || len(way.Acts) != 2 {
		t.Errorf("untied: %+v %v", way, err)
	}
	_, err = r.Way(t.Context(), stagestest.Stranger, stagestest.Select)
	wantCode(t, err, fault.Missing, "stages.missing")
	_, err = r.Way(t.Context(), stagestest.Office, contest.ID{1})
	wantCode(t, err, fault.Missing, "stages.missing")
}

func codes(list []stages.Ref) (out []string) {
	for _, r := range list {
		out = append(out, r.Code)
	}
	return out
}

// All that speaks against a stage before comes at once: a circle, however long,
// and numbers that would be carried from themselves.
func TestStagesNeverLeadBack(t *testing.T) {
	r := newRig(t)
	for i, id := range []contest.ID{stagestest.Prelim, stagestest.Select, stagestest.Final} {
		most := fmt.Sprint(100 * (i + 2)) // more than the stage before can have
		r.SetScheme(id, stagestest.Scheme("", fmt.Sprintf(stagestest.Carries, most, "0.01", "total")))
	}
	link(t, r, stagestest.Final, stagestest.Select)
	_, err := r.Link(t.Context(), stagestest.Admin, stagestest.Select, stagestest.Prelim)
	if err != nil {
		t.Fatal(err)
	}
	_, err = r.Link(t.Context(), stagestest.Admin, stagestest.Prelim, stagestest.Final)
	wantCode(t, err, fault.Refused, "stages.link")
	want := "/follows stages.circle w-1 ← w-3 ← w-2 ← w-1; /components/1/criteria/0/subs/0/aspects/0/carried scheme.carry_circular total"
	if got := places(err); got != want {
		t.Errorf("%s", got)
	}
	_, err = r.Link(t.Context(), stagestest.Admin, stagestest.Prelim, stagestest.Prelim)
	if got := places(err); !strings.HasPrefix(got, "/follows stages.circle w-1 ← w-1") {
		t.Errorf("itself: %s %v", got, err)
	}
	list, err := r.Choices(t.Context(), stagestest.Admin, stagestest.Prelim, "焊工")
	if err != nil || len(list) != 2 || !list[0].IsCircle || !list[1].IsCircle {
		t.Errorf("%+v %v", list, err)
	}
}

// Only what the actor may read can be followed: his own contests' events, and
// those that everybody may see.
func TestWhatMayBeFollowed(t *testing.T) {
	r := newRig(t)
	list, err := r.Choices(t.Context(), stagestest.Host, stagestest.Final, "")
	if err != nil || fmt.Sprint(names(list)) != "[w-1 w-2]" {
		t.Errorf("%v %v", names(list), err)
	}
	_, err = r.Link(t.Context(), stagestest.Host, stagestest.Final, stagestest.Cook)
	if got := places(err); got != "/follows stages.no_such_event " {
		t.Errorf("%q %v", got, err)
	}
	_, err = r.Link(t.Context(), stagestest.Host, stagestest.Final, contest.ID{5})
	if got := places(err); got != "/follows stages.no_such_event " {
		t.Errorf("%q %v", got, err)
	}
	_, err = r.Link(t.Context(), stagestest.Host, stagestest.Select, stagestest.Prelim)
	wantCode(t, err, fault.Missing, "stages.missing") // not the host's
	_, err = r.Link(t.Context(), stagestest.Chief, stagestest.Final, stagestest.Prelim)
	wantCode(t, err, fault.Forbidden, "stages.role")
	all, err := r.Choices(t.Context(), stagestest.Admin, stagestest.Final, "")
	if err != nil || len(all) != 3 || all[2].Code != "cook" {
		t.Errorf("the same trade first: %v %v", names(all), err)
	}
}

func names(list []stages.Choice) (out []string) {
	for _, c := range list {
		out = append(out, c.Code)
	}
	return out
}

// Once it is open the way is settled.
func TestAnOpenEventKeepsItsStages(t *testing.T) {
	r := tied(t, `{"first":1}`, "90")
	r.SetScheme(stagestest.Final, stagestest.Scheme("", stagestest.Outside))
	r.Admit(stagestest.Final, "选手01", 0)
	r.Open(stagestest.Final)
	_, err := r.Link(t.Context(), stagestest.Office, stagestest.Final, contest.ID{})
	wantCode(t, err, fault.Refused, "stages.open")
	way, err := r.Way(t.Context(), stagestest.Office, stagestest.Final)
	if err != nil || way.MayLink || way.MayTake || way.Follows == nil {
		t.Errorf("%+v %v", way, err)
	}
}

// Following another event begins anew.
func TestAnotherStageBeforeBeginsAnew(t *testing.T) {
	r := tied(t, `{"first":1}`, "90", "80")
	take(t, r, "")
	link(t, r, stagestest.Final, stagestest.Select)
	link(t, r, stagestest.Final, stagestest.Prelim)
	a := list(t, r)
	if a.Taken != 0 || !a.Candidates[0].ByHand || len(a.Difference.Finds) != 1 || a.Difference.NeedsReason {
		t.Errorf("%+v", a)
	}
}

// A scheme that carries numbers over is held against the stage before: all that
// is wrong, with places in its document.
func TestSchemesThatCarryFromNowhere(t *testing.T) {
	r := newRig(t)
	r.Publish(`{"first":1}`, "90")
	at := "/components/1/criteria/0/subs/0/aspects/0/carried "
	check := func(second, want string) {
		t.Helper()
		fields, err := r.CheckScheme(t.Context(), stagestest.Final, []byte(stagestest.Scheme("", second)))
		if err != nil {
			t.Fatal(err)
		}
		if got := places(fault.New(fault.Refused, "x", fields...)); got != want {
			t.Errorf("%s: %q, want %q", second, got, want)
		}
	}
	carries := func(most, from string) string { return fmt.Sprintf(stagestest.Carries, most, "0.01", from) }
	check(stagestest.Outside, "")
	check(carries("200", "total"), at+"scheme.carry_without_stage total")
	link(t, r, stagestest.Final, stagestest.Prelim)
	check(carries("200", "total"), "")
	check(carries("150", "total"), "")
	check(carries("100", "total"), at+"scheme.carry_max 150")
	check(carries("50", "theory"), "")
	check(carries("49", "theory"), at+"scheme.carry_max 50")
	check(carries("100", "speech"), at+"scheme.carry_unknown speech")
	sealed := strings.Replace(stagestest.Scheme("", carries("200", "nothing")), `{"id":"t","name":{"zh":"理论"},"subs"`, `{"id":"t","name":{"zh":"理论"},"identity":"coded","subs"`, 1)
	fields, err := r.CheckScheme(t.Context(), stagestest.Final, []byte(sealed))
	if got := places(fault.New(fault.Refused, "x", fields...)); err != nil || got != at+"scheme.carry_sealed coded; "+at+"scheme.carry_unknown nothing" {
		t.Errorf("what is published is known by name: %q %v", got, err)
	}
}

// The opening asks again: the scheme may have come with a package.
func TestAnOpeningWithNothingToCarryFrom(t *testing.T) {
	r := newRig(t)
	r.Publish(`{"first":1}`, "90.5", "80")
	carries := stagestest.Scheme("", fmt.Sprintf(stagestest.Carries, "200", "0.5", "total"))
	if err := r.BeforeOpen(t.Context(), stagestest.Final); err != nil {
		t.Errorf("no scheme, nothing to carry: %v", err)
	}
	r.SetScheme(stagestest.Final, carries)
	r.Admit(stagestest.Final, "选手01", 0)
	r.Admit(stagestest.Final, "选手02", 1)
	err := r.BeforeOpen(t.Context(), stagestest.Final)
	wantCode(t, err, fault.Refused, "stages.carry")
	link(t, r, stagestest.Final, stagestest.Prelim)
	if err := r.BeforeOpen(t.Context(), stagestest.Final); err != nil {
		t.Errorf("%v %s", err, places(err))
	}
	r.SetScheme(stagestest.Final, stagestest.Scheme("", fmt.Sprintf(stagestest.Carries, "200", "1", "total")))
	err = r.BeforeOpen(t.Context(), stagestest.Final)
	if got := places(err); got != "/entries/001/paper judging.off_step 100.50" {
		t.Errorf("a number that the scheme does not take: %q", got)
	}
}

// What everybody may know: the way through visible contests, and who goes on once
// it is published.
func TestWhatThePublicIsTold(t *testing.T) {
	r := tied(t, `{"first":2}`, "90", "85", "80")
	way, err := r.PublicWay(t.Context(), stagestest.Prelim)
	if err != nil || !slices.Equal(way.Advanced, []string{"001", "002"}) || fmt.Sprint(codes(way.After)) != "[w-3]" {
		t.Errorf("%+v %v", way, err)
	}
	decline(t, r, 1, true)
	if way, err = r.PublicWay(t.Context(), stagestest.Prelim); err != nil || !slices.Equal(way.Advanced, []string{"002", "003"}) {
		t.Errorf("a substitute: %+v %v", way, err)
	}
	r.Reopen(stagestest.Prelim)
	r.Pass(fresh)
	if way, err = r.PublicWay(t.Context(), stagestest.Prelim); err != nil || way.Advanced != nil {
		t.Errorf("not published: %+v %v", way, err)
	}
	if way, err = r.PublicWay(t.Context(), stagestest.Final); err != nil || fmt.Sprint(codes(way.Before)) != "[w-1]" {
		t.Errorf("%+v %v", way, err)
	}
	_, err = r.PublicWay(t.Context(), stagestest.Cook)
	wantCode(t, err, fault.Missing, "stages.missing")
}
