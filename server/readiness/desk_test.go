package readiness_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/readiness"
	"jiangtai/server/readiness/readinesstest"
)

func newRig() *readinesstest.Rig {
	m := &readinesstest.Memory{}
	return readinesstest.New(m, m)
}

// standings are the chairs' in one line.
func standings(t *testing.T, r *readinesstest.Rig) string {
	t.Helper()
	w, err := r.Wall(t.Context(), readinesstest.Chief, readinesstest.Event)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range w.Places {
		out = append(out, string(p.Standing))
	}
	return strings.Join(out, "/")
}

func TestTheWall(t *testing.T) {
	r := newRig()
	report := func(a contest.Actor, lines []readiness.Line) readiness.Standing {
		t.Helper()
		got, err := r.Report(t.Context(), a, lines)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	want := func(text string) {
		t.Helper()
		if got := standings(t, r); got != text {
			t.Errorf("%s, want %s", got, text)
		}
	}
	want("unchecked/unchecked/unchecked/no_tablet")
	if got := report(readinesstest.Tablet(1, 1), readinesstest.Good()); got != readiness.Ready {
		t.Error(got)
	}
	report(readinesstest.Tablet(2, 1), readinesstest.With(readiness.Battery, readiness.Attention))
	report(readinesstest.Tablet(3, 1), readinesstest.With(readiness.Storage, readiness.Fail))
	want("ready/attention/not_ready/no_tablet")
	// A tablet that was replaced says nothing for its chair any more.
	r.Hold(1, 2)
	report(readinesstest.Tablet(1, 1), readinesstest.Good())
	want("unchecked/attention/not_ready/no_tablet")
	report(readinesstest.Tablet(1, 2), readinesstest.Good())
	want("ready/attention/not_ready/no_tablet")
	w, err := r.Wall(t.Context(), readinesstest.Clerk, readinesstest.Event)
	if err != nil || w.Places[0].IsSilent || w.Places[0].Tablet.Name != "P-2" || w.Places[3].Tablet != nil || w.Places[3].Report != nil {
		t.Errorf("%v %+v", err, w.Places)
	}
	r.Pass(3 * time.Minute)
	if w, err = r.Wall(t.Context(), readinesstest.Clerk, readinesstest.Event); err != nil || !w.Places[0].IsSilent {
		t.Error("a tablet that is not heard of is not called silent")
	}
	// Yesterday's check is none, but what failed has failed.
	r.Pass(12 * time.Hour)
	want("old/old/not_ready/no_tablet")
}

// What marks depend on has to be known; a battery need not.
func TestWhatMustBeTold(t *testing.T) {
	r := newRig()
	for check, want := range map[readiness.Check]readiness.Standing{
		readiness.Storage: readiness.NotReady, readiness.Offline: readiness.NotReady, readiness.Server: readiness.NotReady,
		readiness.Battery: readiness.Ready, readiness.Camera: readiness.Ready, readiness.Clock: readiness.Ready,
	} {
		got, err := r.Report(t.Context(), readinesstest.Tablet(1, 1), readinesstest.With(check, readiness.Untold))
		if err != nil || got != want {
			t.Errorf("%s untold: %s %v", check, got, err)
		}
	}
}

func TestReportsAreRefused(t *testing.T) {
	r := newRig()
	good := readinesstest.Good()
	for _, c := range []struct {
		name  string
		lines []readiness.Line
		want  string // place and code of the only fault
	}{
		{"unknown", append(slices.Clone(good), readiness.Line{Check: "mood", State: readiness.OK}), "/checks/11/check readiness.unknown_check"},
		{"twice", append(slices.Clone(good), good[2]), "/checks/11/check readiness.check_twice"},
		{"state", readinesstest.With(readiness.Touch, "great"), "/checks/10/state readiness.unknown_state"},
		{"missing", slices.Clone(good)[1:], "/checks readiness.check_missing"},
		{"long", append(slices.Clone(good), readiness.Line{Check: readiness.Camera, State: readiness.OK, Detail: strings.Repeat("好", 61)}), "/checks/11/detail readiness.detail"},
		{"controls", append(slices.Clone(good), readiness.Line{Check: readiness.Camera, State: readiness.OK, Detail: "a\nb"}), "/checks/11/detail readiness.detail"},
	} {
		_, err := r.Report(t.Context(), readinesstest.Tablet(1, 1), c.lines)
		f := fault.Of(err)
		if fault.Code(err) != "readiness.report" || len(f.Fields) != 1 || f.Fields[0].Path+" "+f.Fields[0].Code != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := r.Report(t.Context(), readinesstest.Tablet(1, 1), nil); len(fault.Of(err).Fields) != 7 {
		t.Errorf("an empty report: %v", err)
	}
	if got := standings(t, r); got != "unchecked/unchecked/unchecked/no_tablet" {
		t.Errorf("a refused report was kept: %s", got)
	}
}

func TestWhoMay(t *testing.T) {
	r := newRig()
	for _, c := range []struct {
		who  contest.Actor
		want string
	}{
		{contest.Actor{}, "web.sign_in"},
		{readinesstest.Chief, "readiness.tablet_only"},
		{readinesstest.Tablet(1, 1), ""},
	} {
		if _, err := r.Report(t.Context(), c.who, readinesstest.Good()); fault.Code(err) != c.want {
			t.Errorf("%+v: %v", c.who, err)
		}
	}
	for _, c := range []struct {
		who   contest.Actor
		event contest.ID
		want  string
	}{
		{contest.Actor{}, readinesstest.Event, "web.sign_in"},
		{readinesstest.Tablet(1, 1), readinesstest.Event, "readiness.missing"},
		{readinesstest.Coder, readinesstest.Event, "readiness.missing"},
		{readinesstest.Stranger, readinesstest.Event, "readiness.missing"},
		{readinesstest.Chief, contest.ID{5}, "readiness.missing"},
		{readinesstest.Chief, readinesstest.Event, ""},
		{readinesstest.Clerk, readinesstest.Event, ""},
	} {
		if _, err := r.Wall(t.Context(), c.who, c.event); fault.Code(err) != c.want {
			t.Errorf("%+v: %v", c.who, err)
		}
	}
}

func TestMemoryConforms(t *testing.T) {
	m := &readinesstest.Memory{}
	readinesstest.Conform(t, m, m)
}
