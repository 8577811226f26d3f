package plantest

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/plan"
)

// Says is an error as a test reads it: code, then path=code of its fields.
func Says(err error) string {
	if err == nil {
		return ""
	}
	f := fault.Of(err)
	out := []string{f.Code}
	for _, at := range f.Fields {
		out = append(out, at.Path+"="+at.Code)
	}
	return strings.Join(out, " ")
}

// bench is a test with a rig.
type bench struct {
	*testing.T
	*Rig
}

func (b bench) want(err error, says string) {
	b.Helper()
	if got := Says(err); got != says {
		b.Fatalf("got %q, want %q (%v)", got, says, err)
	}
}

// act takes a step at the version that is there.
func (b bench) act(a contest.Actor, id contest.ID, kind plan.ActKind, more ...string) (plan.View, error) {
	b.Helper()
	act := plan.Act{Kind: kind, Version: b.version(id)}
	if len(more) > 0 {
		act.Reason = more[0]
	}
	if len(more) > 1 {
		act.Number = more[1]
	}
	return b.Act(b.Context(), a, id, act)
}

func (b bench) version(id contest.ID) int {
	b.Helper()
	return b.find(id).Filing.Version
}

func (b bench) find(id contest.ID) plan.View {
	b.Helper()
	v, err := b.Find(b.Context(), Admin, id)
	if err != nil {
		b.Fatal(err)
	}
	return v
}

// step takes a step that must be possible.
func (b bench) step(a contest.Actor, id contest.ID, kind plan.ActKind, to plan.State, more ...string) plan.View {
	b.Helper()
	v, err := b.act(a, id, kind, more...)
	if err != nil || v.Filing.State != to {
		b.Fatalf("%s: %s, %v", kind, v.Filing.State, err)
	}
	return v
}

func (b bench) change(a contest.Actor, id contest.ID, ch plan.Change) error {
	b.Helper()
	ch.Version = b.version(id)
	_, err := b.Change(b.Context(), a, id, ch)
	return err
}

// Ready makes an event ready to be applied for, by its host.
func Ready(t *testing.T, r *Rig, host contest.Actor, id contest.ID) {
	t.Helper()
	b := bench{t, r}
	class, month, budget := "city-1", 5, 80_000
	b.want(b.change(host, id, plan.Change{Class: &class, Month: &month, Budget: &budget}), "")
	if _, err := r.Attach(t.Context(), host, id, plan.TechnicalFile, "技术文件.pdf", PDF("技术")); err != nil {
		t.Fatal(err)
	}
	r.Fit(id, plan.Outfit{SchemeVersion: 1, SchemeSum: "s1", Judges: 5})
}

// Conform is a year of an office, which every store must pass.
func Conform(t *testing.T, open func(t *testing.T) *Rig) {
	for name, part := range map[string]func(b bench){
		"the way from plan to accepted": theWay,
		"acts at one version":           oneWins,
		"documents":                     documents,
		"numbers":                       numbers,
		"lists":                         lists,
		"contacts":                      contacts,
	} {
		t.Run(name, func(t *testing.T) { part(bench{t, open(t)}) })
	}
}

func theWay(b bench) {
	if v := b.find(Welder); v.Filing.State != plan.Planned || v.Filing.Version != 0 || v.Filing.Year != 2026 || len(v.Steps) != 0 {
		b.Fatalf("%+v", v.Filing)
	}
	_, err := b.act(PortHost, Welder, plan.ActApply)
	b.want(err, "plan.incomplete /class=plan.empty /month=plan.empty /files/technical=plan.document_needed /files/scheme=plan.document_needed /files/judges=plan.document_needed")
	Ready(b.T, b.Rig, PortHost, Welder)
	v := b.step(PortHost, Welder, plan.ActApply, plan.Applied)
	if v.Filing.Digest == "" || v.IsChanged || v.Filing.AppliedAt != b.Clock() {
		b.Errorf("%+v", v.Filing)
	}
	b.Fit(Welder, plan.Outfit{SchemeVersion: 2, SchemeSum: "s2", Judges: 5})
	if !b.find(Welder).IsChanged {
		b.Error("another scheme does not show")
	}
	b.step(Office, Welder, plan.ActReturn, plan.Returned, "请补充安全预案")
	if f := b.find(Welder).Filing; f.Reason != "请补充安全预案" {
		b.Errorf("%+v", f)
	}
	if v := b.step(PortHost, Welder, plan.ActApply, plan.Applied); v.IsChanged || v.Filing.Reason != "" {
		b.Errorf("%+v", v.Filing)
	}
	_, err = b.act(Office, Welder, plan.ActFile)
	b.want(err, "plan.incomplete /return_by=plan.empty")
	due, listed := "2026-06-30", true
	b.want(b.change(Office, Welder, plan.Change{ReturnBy: &due, IsListed: &listed, Reason: "列入计划"}), "")
	v = b.step(Office, Welder, plan.ActFile, plan.Filed)
	if v.Filing.Number != "2026-001" || !v.Filing.IsListed || v.Filing.ReturnBy != time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC) {
		b.Errorf("%+v", v.Filing)
	}
	_, err = b.act(PortHost, Welder, plan.ActReport, "", "纸-1")
	b.want(err, "plan.incomplete /files/result_list=plan.document_needed")
	if _, err := b.Attach(b.Context(), PortHost, Welder, plan.ListFile, "成绩单.pdf", PDF("成绩")); err != nil {
		b.Fatal(err)
	}
	b.step(PortHost, Welder, plan.ActReport, plan.Reported, "", "纸-1")
	b.step(Office, Welder, plan.ActSendBack, plan.SentBack, "缺监督签字")
	b.step(Office, Welder, plan.ActReport, plan.Reported, "", "纸-2")
	_, err = b.act(Office, Welder, plan.ActAccept)
	b.want(err, "plan.same_person")
	v = b.step(Second, Welder, plan.ActAccept, plan.Accepted)
	if v.Filing.ListNumber != "纸-2" || v.IsChanged || len(v.Steps) != 10 || v.Steps[len(v.Steps)-1].Detail["list"] != "纸-2" {
		b.Errorf("%+v", v.Steps)
	}
	s, err := b.Standing(b.Context(), Welder)
	if err != nil || s != (plan.Standing{HasFiling: true, Class: "city-1", IsListed: true, IsAccepted: true, ListNumber: "纸-2"}) {
		b.Errorf("%+v, %v", s, err)
	}
}

// Of twenty who file one application at once, one does, and one step is kept.
func oneWins(b bench) {
	Ready(b.T, b.Rig, OtherHost, Turner)
	due := "2026-06-30"
	b.want(b.change(Office, Turner, plan.Change{ReturnBy: &due}), "")
	b.step(OtherHost, Turner, plan.ActApply, plan.Applied)
	version := b.version(Turner)
	var wg sync.WaitGroup
	said := make(chan string, 20)
	for range 20 {
		wg.Go(func() {
			_, err := b.Act(b.Context(), Office, Turner, plan.Act{Kind: plan.ActFile, Version: version})
			said <- Says(err)
		})
	}
	wg.Wait()
	close(said)
	counts := map[string]int{}
	for s := range said {
		counts[s]++
	}
	if v := b.find(Turner); counts[""] != 1 || counts["plan.changed"] != 19 || v.Filing.Version != version+1 || v.Steps[len(v.Steps)-1].Act != "file" {
		b.Errorf("%v, %d steps", counts, len(v.Steps))
	}
}

func documents(b bench) {
	ctx := b.Context()
	first, err := b.Attach(ctx, PortHost, Welder, plan.TechnicalFile, `C:\文件\技术"文件.pdf`, PDF("一"))
	if err != nil || first.Name != "技术文件.pdf" || first.Media != "application/pdf" || first.Size != len(PDF("一")) {
		b.Fatalf("%+v, %v", first, err)
	}
	again, err := b.Attach(ctx, PortHost, Welder, plan.TechnicalFile, "other.pdf", PDF("一"))
	if err != nil || again.ID != first.ID {
		b.Errorf("the same again: %+v, %v", again, err)
	}
	got, err := b.Document(ctx, Watcher, Welder, first.ID)
	if err != nil || string(got.Body) != string(PDF("一")) || got.Sum != first.Sum {
		b.Errorf("%v", err)
	}
	_, err = b.Document(ctx, Admin, Turner, first.ID) // of another event
	b.want(err, "plan.file_missing")
	_, err = b.Attach(ctx, PortHost, Welder, plan.TechnicalFile, "a.exe", []byte("MZ\x90"))
	b.want(err, "plan.file_type =plan.file_type")
	_, err = b.Attach(ctx, PortHost, Welder, plan.FileKind("song"), "a.pdf", PDF("二"))
	b.want(err, "plan.invalid /kind=plan.kind_unknown")
	_, err = b.Attach(ctx, PortHost, Welder, plan.ListFile, "a.pdf", PDF("二"))
	b.want(err, "plan.step =plan.step") // there is nothing to report yet
	b.want(b.Detach(ctx, PortHost, Welder, first.ID), "")
	b.want(b.Detach(ctx, PortHost, Welder, first.ID), "plan.file_missing")
	Ready(b.T, b.Rig, PortHost, Welder)
	b.step(PortHost, Welder, plan.ActApply, plan.Applied)
	_, err = b.Attach(ctx, PortHost, Welder, plan.OtherFile, "b.pdf", PDF("三"))
	b.want(err, "plan.step =plan.step")
	b.want(b.Detach(ctx, PortHost, Welder, b.find(Welder).Files[0].ID), "plan.step =plan.step")
}

func numbers(b bench) {
	due := "2026-06-30"
	for host, id := range map[*contest.Actor]contest.ID{&PortHost: Welder, &OtherHost: Turner} {
		Ready(b.T, b.Rig, *host, id)
		b.want(b.change(Office, id, plan.Change{ReturnBy: &due}), "")
		b.step(*host, id, plan.ActApply, plan.Applied)
	}
	b.step(Office, Welder, plan.ActFile, plan.Filed, "", "2026-017")
	_, err := b.act(Office, Turner, plan.ActFile, "", "2026-017")
	b.want(err, "plan.number_taken")
	b.step(Office, Turner, plan.ActFile, plan.Filed)
	if n := b.find(Turner).Filing.Number; n != "2026-018" {
		b.Error(n)
	}
	b.step(Office, Turner, plan.ActReturn, plan.Returned, "更正")
	b.step(OtherHost, Turner, plan.ActApply, plan.Applied)
	if v := b.step(Office, Turner, plan.ActFile, plan.Filed); v.Filing.Number != "2026-018" {
		b.Error("filed again under", v.Filing.Number)
	}
}

// Signed lists report by themselves; another list undoes the acceptance.
func lists(b bench) {
	follow := func(want int) {
		b.Helper()
		if n, err := b.Follow(b.Context()); n != want || err != nil {
			b.Fatalf("followed %d, %v; want %d", n, err, want)
		}
	}
	b.Sign(Turner, "turn-26-0001")
	follow(0) // not filed
	Ready(b.T, b.Rig, OtherHost, Turner)
	due := "2026-06-30"
	b.want(b.change(Office, Turner, plan.Change{ReturnBy: &due}), "")
	b.step(OtherHost, Turner, plan.ActApply, plan.Applied)
	b.step(Office, Turner, plan.ActFile, plan.Filed)
	_, err := b.act(OtherHost, Turner, plan.ActReport, "", "turn-26-0002")
	b.want(err, "plan.invalid /number=plan.other_list")
	follow(1)
	follow(0)
	v := b.find(Turner)
	if s := v.Steps[len(v.Steps)-1]; v.Filing.State != plan.Reported || !v.Filing.ReportedBy.IsZero() || s.Detail["list"] != "turn-26-0001" || !s.By.IsZero() {
		b.Errorf("%+v", v.Filing)
	}
	b.step(Office, Turner, plan.ActSendBack, plan.SentBack, "重签")
	follow(0) // the list that was sent back
	b.Sign(Turner, "turn-26-0002")
	follow(1)
	b.step(Office, Turner, plan.ActAccept, plan.Accepted)
	standing := func() bool {
		s, err := b.Standing(b.Context(), Turner)
		if err != nil {
			b.Fatal(err)
		}
		return s.IsAccepted
	}
	if !standing() {
		b.Error("accepted, and is not")
	}
	b.Void(Turner)
	if standing() {
		b.Error("a void list counts as accepted")
	}
	b.Sign(Turner, "turn-26-0003")
	if standing() {
		b.Error("another list counts as accepted")
	}
	follow(1)
	if v := b.find(Turner); v.Filing.State != plan.Reported || v.Filing.ListNumber != "turn-26-0003" {
		b.Errorf("%+v", v.Filing)
	}
	b.Void(Turner)
	_, err = b.act(Office, Turner, plan.ActAccept)
	b.want(err, "plan.list_void =plan.list_void")
	b.Sign(Turner, "turn-26-0003")
	b.step(Office, Turner, plan.ActSendBack, plan.SentBack, "再核")
	b.step(OtherHost, Turner, plan.ActReport, plan.Reported)
	b.step(Office, Turner, plan.ActAccept, plan.Accepted)
	b.Void(Turner)
	if standing() {
		b.Error("a list that the host handed in and that is void counts as accepted")
	}
}

func contacts(b bench) {
	ctx := b.Context()
	c := plan.Contact{Person: "江某", Phone: "027-8765 4321", Email: "a@example.cn", Note: "东门"}
	_, err := b.PutContact(ctx, PortHost, Town, School, c)
	b.want(err, "plan.host_missing")
	_, err = b.PutContact(ctx, Watcher, Town, Port, c)
	b.want(err, "plan.forbidden")
	_, err = b.PutContact(ctx, PortHost, Town, Port, plan.Contact{Phone: "call me", Email: "a@b@c"})
	b.want(err, "plan.invalid /phone=plan.phone_wrong /email=plan.email_wrong")
	for range 2 {
		if _, err := b.PutContact(ctx, PortHost, Town, Port, c); err != nil {
			b.Fatal(err)
		}
	}
	all, err := b.Hosts(ctx, Office, Town)
	if err != nil || len(all) != 2 || all[0].Contact != c || all[0].Events[0] != Welder || all[1].Contact != (plan.Contact{}) {
		b.Errorf("%+v, %v", all, err)
	}
	own, err := b.Hosts(ctx, OtherHost, Town)
	if err != nil || len(own) != 1 || own[0].ID != School {
		b.Errorf("%+v, %v", own, err)
	}
	_, err = b.Hosts(context.WithoutCancel(ctx), Chief, Town)
	b.want(err, "plan.contest_missing")
}
