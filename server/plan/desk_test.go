package plan_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/plan"
	"jiangtai/server/plan/plantest"
)

func rig() *plantest.Rig {
	m := plantest.NewMemory()
	return plantest.NewRig(m, m)
}

func TestDesk(t *testing.T) {
	plantest.Conform(t, func(*testing.T) *plantest.Rig { return rig() })
}

func codes(o plan.Overview) string {
	var out []string
	for _, l := range o.Lines {
		out = append(out, l.Event.Code)
	}
	return strings.Join(out, " ")
}

// Who sees which events of the plan.
func TestReaders(t *testing.T) {
	r := rig()
	for _, c := range []struct {
		who     contest.Actor
		sees    string
		decides bool
	}{
		{plantest.Admin, "weld turn cook", true},
		{plantest.Office, "weld turn", true},
		{plantest.PortHost, "weld", false},
		{plantest.OtherHost, "turn", false},
		{plantest.Watcher, "weld turn", false},
		{plantest.Union, "weld turn cook", false},
		{plantest.Chief, "", false},
		{plantest.Tablet, "", false},
		{contest.Actor{}, "", false},
	} {
		o, err := r.Plan(t.Context(), c.who, plan.Query{})
		if err != nil || codes(o) != c.sees || o.MayDecide != c.decides {
			t.Errorf("%s sees %q (%v), %v", c.who.Name, codes(o), o.MayDecide, err)
		}
		for _, id := range []contest.ID{plantest.Welder, plantest.Turner, plantest.Cook} {
			v, err := r.Find(t.Context(), c.who, id)
			seen := strings.Contains(" "+c.sees+" ", " "+v.Event.Code+" ") && v.Event.Code != ""
			if want := map[bool]string{true: "", false: "plan.event_missing"}[seen]; plantest.Says(err) != want {
				t.Errorf("%s and %s: %v", c.who.Name, id, err)
			}
		}
	}
	if _, err := r.Find(t.Context(), plantest.Admin, contest.ID{15: 99}); plantest.Says(err) != "plan.event_missing" {
		t.Error(err)
	}
}

// Who takes which step: each act by each person, where it is possible at all.
func TestWhoActs(t *testing.T) {
	people := map[string]contest.Actor{
		"office": plantest.Office, "host": plantest.PortHost, "other": plantest.OtherHost, "watcher": plantest.Watcher, "union": plantest.Union, "chief": plantest.Chief,
	}
	for act, may := range map[plan.ActKind]string{
		plan.ActApply: "host office", plan.ActWithdraw: "host office", plan.ActFile: "office", plan.ActReturn: "office",
		plan.ActReport: "host office", plan.ActAccept: "office", plan.ActSendBack: "office", plan.ActCancel: "office", plan.ActResume: "office",
	} {
		for name, who := range people {
			r := rig()
			_, err := r.Act(t.Context(), who, plantest.Welder, plan.Act{Kind: act, Reason: "x", Number: "1"})
			got := plantest.Says(err)
			want := "plan.forbidden"
			switch {
			case strings.Contains(may, name):
				want = "plan.step =plan.step"
				if act == plan.ActApply {
					want = "plan.incomplete"
				}
				if act == plan.ActCancel {
					want = ""
				}
			case name == "other" || name == "chief":
				want = "plan.event_missing"
			}
			if got, _, _ := strings.Cut(got, " /"); got != want {
				t.Errorf("%s by the %s: %q, want %q", act, name, got, want)
			}
		}
	}
	r := rig()
	if _, err := r.Act(t.Context(), plantest.Office, plantest.Welder, plan.Act{Kind: "dance"}); plantest.Says(err) != "plan.unknown_act /act=plan.unknown_act" {
		t.Error(err)
	}
	if _, err := r.Act(t.Context(), plantest.Office, plantest.Welder, plan.Act{Kind: plan.ActCancel, Reason: " "}); plantest.Says(err) != "plan.invalid /reason=plan.empty" {
		t.Error(err)
	}
	if _, err := r.Act(t.Context(), plantest.Office, plantest.Welder, plan.Act{Kind: plan.ActCancel, Reason: "x", Version: 3}); plantest.Says(err) != "plan.changed" {
		t.Error(err)
	}
}

// A host puts its application together and no more: what is the office's own it
// may not touch, and nothing once it has applied.
func TestWhoChanges(t *testing.T) {
	r := rig()
	ctx := t.Context()
	change := func(a contest.Actor, ch plan.Change) string {
		t.Helper()
		v, err := r.Find(ctx, plantest.Admin, plantest.Welder)
		if err != nil {
			t.Fatal(err)
		}
		ch.Version = v.Filing.Version
		_, err = r.Change(ctx, a, plantest.Welder, ch)
		return plantest.Says(err)
	}
	year, month, budget, wrong, class, date, day, yes := 2027, 13, -1, "x", "city-2", "30.6.2026", "2026-06-30", true
	for _, c := range []struct {
		who  contest.Actor
		ch   plan.Change
		says string
	}{
		{plantest.PortHost, plan.Change{Year: &year}, "plan.forbidden"},
		{plantest.PortHost, plan.Change{IsListed: &yes}, "plan.forbidden"},
		{plantest.PortHost, plan.Change{ReturnBy: &day}, "plan.forbidden"},
		{plantest.Watcher, plan.Change{Class: &class}, "plan.forbidden"},
		{plantest.OtherHost, plan.Change{Class: &class}, "plan.event_missing"},
		{
			plantest.Office,
			plan.Change{Month: &month, Budget: &budget, Class: &wrong, ReturnBy: &date},
			"plan.invalid /month=plan.number_wrong /budget=plan.number_wrong /class=plan.class_unknown /return_by=plan.date_wrong",
		},
		{plantest.PortHost, plan.Change{Class: &class}, ""},
		{plantest.Office, plan.Change{Year: &year, IsListed: &yes, ReturnBy: &day}, ""},
	} {
		if got := change(c.who, c.ch); got != c.says {
			t.Errorf("%s: %q, want %q", c.who.Name, got, c.says)
		}
	}
	plantest.Ready(t, r, plantest.PortHost, plantest.Welder)
	v, _ := r.Find(ctx, plantest.Admin, plantest.Welder)
	if _, err := r.Act(ctx, plantest.PortHost, plantest.Welder, plan.Act{Kind: plan.ActApply, Version: v.Filing.Version}); err != nil {
		t.Fatal(err)
	}
	if got := change(plantest.PortHost, plan.Change{Class: &class}); got != "plan.step =plan.step" {
		t.Error(got)
	}
	if got := change(plantest.Office, plan.Change{Class: &class}); got != "plan.invalid /reason=plan.empty" {
		t.Error(got)
	}
	before, _ := r.Find(ctx, plantest.Admin, plantest.Welder)
	if got := change(plantest.Office, plan.Change{Class: &class, Reason: "经研究"}); got != "" {
		t.Error(got)
	}
	after, _ := r.Find(ctx, plantest.Admin, plantest.Welder)
	last := after.Steps[len(after.Steps)-1]
	if last.Reason != "经研究" || last.Detail["class"] != "city-2" || len(last.Detail) != 1 || !after.IsChanged || after.Filing.Year != 2027 {
		t.Errorf("%+v", last)
	}
	if got := change(plantest.Office, plan.Change{Class: &class, Reason: "x"}); got != "" {
		t.Error(got)
	}
	if same, _ := r.Find(ctx, plantest.Admin, plantest.Welder); same.Filing.Version != after.Filing.Version || after.Filing.Version == before.Filing.Version {
		t.Error("a change of nothing is a version")
	}
}

// What is due on 30 June is late from midnight in the city.
func TestLate(t *testing.T) {
	due := plan.Filing{State: plan.Filed, Plans: plan.Plans{ReturnBy: time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)}}
	minute := func(day, hour, minute int) time.Time { return time.Date(2026, 6, day, hour, minute, 0, 0, time.UTC) }
	reported, cancelled := due, due
	reported.ReportedAt, cancelled.State = minute(30, 15, 59), plan.Cancelled
	late := reported
	late.ReportedAt = minute(30, 16, 0)
	for _, c := range []struct {
		name string
		f    plan.Filing
		now  time.Time
		want bool
	}{
		{"the last minute", due, minute(30, 15, 59), false},
		{"midnight", due, minute(30, 16, 0), true},
		{"reported in time, asked later", reported, minute(30, 23, 0), false},
		{"reported late", late, minute(30, 23, 0), true},
		{"does not take place", cancelled, minute(30, 23, 0), false},
		{"no date", plan.Filing{State: plan.Filed}, minute(30, 23, 0), false},
	} {
		if got := c.f.IsLate(c.now); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestYears(t *testing.T) {
	r := rig()
	year := 2025
	if _, err := r.Change(t.Context(), plantest.Office, plantest.Turner, plan.Change{Year: &year}); err != nil {
		t.Fatal(err)
	}
	o, err := r.Plan(t.Context(), plantest.Office, plan.Query{})
	if err != nil || o.Year != 2026 || !slices.Equal(o.Years, []int{2026, 2025}) || codes(o) != "weld" {
		t.Errorf("%+v, %v", o, err)
	}
	if o, _ = r.Plan(t.Context(), plantest.Office, plan.Query{Year: 2025}); codes(o) != "turn" {
		t.Errorf("%+v", o)
	}
	if o, _ = r.Plan(t.Context(), plantest.OtherHost, plan.Query{}); o.Year != 2025 || codes(o) != "turn" {
		t.Errorf("a host whose events are all of another year: %+v", o)
	}
	if o, _ = r.Plan(t.Context(), plantest.Admin, plan.Query{Contest: plantest.Far}); codes(o) != "cook" {
		t.Errorf("%+v", o)
	}
}

func place(row int, field string) string { return string(rune('1'+row)) + ":" + field }

func row(code string, change func(*plan.SheetRow)) plan.SheetRow {
	year, month := 2026, 5
	r := plan.SheetRow{
		Contest: "town", EventDraft: plan.EventDraft{Code: code, Trade: "焊工", Host: "port"}, Change: plan.Change{Year: &year, Month: &month},
	}
	if change != nil {
		change(&r)
	}
	return r
}

// All faults of a sheet at once, and nothing written.
func TestFaultySheet(t *testing.T) {
	r := rig()
	class := "city-9"
	_, err := r.Import(t.Context(), plantest.Office, []plan.SheetRow{
		row("weld", func(r *plan.SheetRow) { r.Depth = "paper" }),
		row("new", nil),
		row("new", nil),
		row("a", func(r *plan.SheetRow) { r.Contest = "far" }),
		row("b", func(r *plan.SheetRow) { r.Contest = "nowhere" }),
		row("c", func(r *plan.SheetRow) { r.Host = "mill" }),
		row("d", func(r *plan.SheetRow) { r.HostName = "别的名" }),
		row("e", func(r *plan.SheetRow) { r.Host, r.HostName = "m 1", "面粉厂" }),
		row("f", func(r *plan.SheetRow) { r.Depth = "deep" }),
	}, plan.Upload{Place: place})
	want := "plan.invalid 1:depth=programme.event_open 3:code=plan.row_twice 4:contest=plan.forbidden 5:contest=plan.contest_missing " +
		"6:host=plan.host_missing 7:host_name=plan.host_other_name 8:host=programme.code_wrong 9:depth=programme.not_one_of"
	if got := plantest.Says(err); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	_, err = r.Import(t.Context(), plantest.Office, []plan.SheetRow{row("g", func(r *plan.SheetRow) { r.Class = &class })}, plan.Upload{Place: place})
	if got := plantest.Says(err); got != "plan.invalid 1:class=plan.class_unknown" {
		t.Error(got)
	}
	if r.Acts() != "" && strings.Contains(r.Acts(), "plan.imported") || len(r.Told()) > 0 {
		t.Error(r.Acts())
	}
}

func TestSheet(t *testing.T) {
	r := rig()
	ctx := t.Context()
	class, due := "city-2", "2026-07-31"
	rows := []plan.SheetRow{
		row("weld", func(r *plan.SheetRow) { r.Class, r.ReturnBy = &class, &due }),
		row("mill", func(r *plan.SheetRow) { r.Trade, r.Host, r.HostName = "磨工", "mill", "面粉厂" }),
		row("turn", func(r *plan.SheetRow) { r.Trade, r.Host = "数控车工", "school" }),
	}
	up := plan.Upload{Place: place, IsPreview: true}
	out, err := r.Import(ctx, plantest.Office, rows[:1], up)
	if err != nil || !slices.Equal(out.Rows, []plan.Outcome{plan.RowChanged}) || len(r.Told()) > 0 {
		t.Fatalf("%+v, %v", out, err)
	}
	if v, _ := r.Find(ctx, plantest.Office, plantest.Welder); v.Filing.Version != 0 {
		t.Error("a preview was written")
	}
	up.IsPreview = false
	out, err = r.Import(ctx, plantest.Office, rows, up)
	if err != nil || !slices.Equal(out.Rows, []plan.Outcome{plan.RowChanged, plan.RowNew, plan.RowChanged}) || len(r.Told()) != 3 {
		t.Fatalf("%+v, %v", out, err)
	}
	v, _ := r.Find(ctx, plantest.Office, plantest.Welder)
	if v.Filing.Class != "city-2" || v.Filing.Month != 5 || v.Filing.ReturnBy.Format(time.DateOnly) != due || v.Event.Trade != "焊工" {
		t.Errorf("%+v", v.Filing)
	}
	if v, _ = r.Find(ctx, plantest.Office, out.Events[1]); v.Event.Trade != "磨工" || v.Event.HostName != "面粉厂" || v.Filing.Month != 5 {
		t.Errorf("%+v", v)
	}
	out, err = r.Import(ctx, plantest.Office, rows, up)
	if err != nil || !slices.Equal(out.Rows, []plan.Outcome{plan.RowSame, plan.RowSame, plan.RowSame}) {
		t.Errorf("the same again: %+v, %v", out, err)
	}
	// What was applied for is settled on its own page.
	plantest.Ready(t, r, plantest.PortHost, plantest.Welder)
	v, _ = r.Find(ctx, plantest.Office, plantest.Welder)
	if _, err = r.Act(ctx, plantest.PortHost, plantest.Welder, plan.Act{Kind: plan.ActApply, Version: v.Filing.Version}); err != nil {
		t.Fatal(err)
	}
	_, err = r.Import(ctx, plantest.Office, rows[:1], up)
	if got := plantest.Says(err); got != "plan.invalid 1:class=plan.settled" {
		t.Error(got)
	}
}

// Without the signing room lists are reported by hand alone.
func TestWithoutSigning(t *testing.T) {
	r := rig()
	r.Lists = nil
	if n, err := r.Follow(context.Background()); n != 0 || err != nil {
		t.Error(n, err)
	}
	if s, err := r.Standing(t.Context(), plantest.Welder); s != (plan.Standing{}) || err != nil {
		t.Errorf("%+v, %v", s, err)
	}
}
