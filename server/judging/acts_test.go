package judging_test

import (
	"slices"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	. "jiangtai/server/judging/judgingtest"
)

func TestWhoMayDoWhat(t *testing.T) {
	all := []judging.ActKind{
		judging.ActFreeze, judging.ActUnfreeze, judging.ActStatus, judging.ActPolicy, judging.ActAbsent, judging.ActLock,
		judging.ActReopen, judging.ActCount, judging.ActPublish, judging.ActUnseal, judging.ActDecide, judging.ActOpen,
	}
	none := map[judging.ActKind]bool{}
	heads := map[judging.ActKind]bool{}
	for _, k := range all {
		heads[k] = k != judging.ActAbsent
	}
	chief := map[judging.ActKind]bool{}
	for _, k := range all {
		chief[k] = true
	}
	cases := []struct {
		name  string
		actor contest.Actor
		may   map[judging.ActKind]bool
		kind  fault.Kind
		code  string
	}{
		{"the public", contest.Actor{}, none, fault.Missing, "judging.missing"},
		{"a tablet", Tablet(1, First), none, fault.Missing, "judging.missing"},
		{"another contest's organiser", contest.Actor{Account: ID('a', 9), Grants: []contest.Grant{{Role: contest.Organiser, Contest: ID('c', 2)}}}, none, fault.Missing, "judging.missing"},
		{"another event's chief", contest.Actor{Account: ID('a', 9), Grants: []contest.Grant{{Role: contest.ChiefJudge, Event: ID('e', 2)}}}, none, fault.Missing, "judging.missing"},
		{"a spectator", Staff(9, contest.Spectator), none, fault.Forbidden, "judging.role"},
		{"a clerk", Staff(9, contest.Clerk), none, fault.Forbidden, "judging.role"},
		{"a supervisor", Staff(9, contest.Supervisor), none, fault.Forbidden, "judging.role"},
		{"a host", Staff(9, contest.HostSecretary), map[judging.ActKind]bool{judging.ActOpen: true}, fault.Forbidden, "judging.role"},
		{"an organiser", Staff(9, contest.Organiser), heads, fault.Forbidden, "judging.role"},
		{"an administrator", Staff(9, contest.Administrator), heads, fault.Forbidden, "judging.role"},
		{"a chief judge", Staff(9, contest.ChiefJudge), chief, fault.Forbidden, "judging.role"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := New(t)
			w.Open(t, 1)
			before := len(w.Memory.Lines(ID('l', 1)))
			for _, k := range all {
				_, err := w.Desk.Act(t.Context(), c.actor, ID('e', 1), judging.Act{ID: w.MarkID(), Kind: k})
				f := fault.Of(err)
				refused := f != nil && f.Code == c.code && f.Kind == c.kind
				if refused == c.may[k] {
					t.Errorf("%s: %v", k, err)
				}
			}
			if len(c.may) == 0 && len(w.Memory.Lines(ID('l', 1))) != before {
				t.Error("something was written")
			}
		})
	}
}

func TestTwoPersons(t *testing.T) {
	right := func(user string) *judging.Second { return &judging.Second{User: user, Password: "right"} }
	cases := []struct {
		name   string
		kind   contest.Kind
		act    judging.ActKind
		second *judging.Second
		code   string
	}{
		{"publish a rehearsal alone", contest.Rehearsal, judging.ActPublish, nil, ""},
		{"publish a real one alone", contest.Real, judging.ActPublish, nil, "judging.two_persons"},
		{"publish a real one with oneself", contest.Real, judging.ActPublish, right("organiser"), "judging.two_persons"},
		{"publish a real one with a spectator", contest.Real, judging.ActPublish, right("spectator"), "judging.two_persons"},
		{"publish a real one with a wrong password", contest.Real, judging.ActPublish, &judging.Second{User: "supervisor", Password: "x"}, "identity.credentials"},
		{"publish a real one by two", contest.Real, judging.ActPublish, right("supervisor"), ""},
		{"reopen a real one alone", contest.Real, judging.ActReopen, nil, "judging.two_persons"},
		{"reopen a rehearsal alone", contest.Rehearsal, judging.ActReopen, nil, ""},
		{"count in a rehearsal alone", contest.Rehearsal, judging.ActCount, nil, "judging.two_persons"},
		{"unseal a rehearsal alone", contest.Rehearsal, judging.ActUnseal, nil, "judging.two_persons"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := New(t)
			w.Events.Put(Setup(1, 3, c.kind, "open", "open"))
			w.Open(t, 1)
			w.Act(t, 1, judging.Act{Kind: judging.ActLock})
			_, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), judging.Act{
				ID: w.MarkID(), Kind: c.act, Reason: "因为", Second: c.second,
			})
			if fault.Code(err) != c.code {
				t.Errorf("%v, want %q", err, c.code)
			}
		})
	}
}

// S26 and promise A 29: numbers that never came, and outboxes that are said not
// to be empty, hold up the lock until two persons take it upon them.
func TestTheLockWaitsForOutboxes(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	judge := Tablet(1, First)
	lock := func() error {
		_, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), judging.Act{ID: w.MarkID(), Kind: judging.ActLock})
		return err
	}
	one := w.Mark(judge, "001", "piece", "80")
	w.Must(t, judge, one)
	lost := w.Mark(judge, "002", "piece", "81")
	refused := w.Mark(judge, "003", "piece", "101")
	w.Give(t, judge, refused)
	w.Must(t, judge, w.Mark(judge, "003", "piece", "82"))

	for _, restarted := range []bool{false, true} {
		if restarted {
			w.Restart(t)
		}
		b, err := w.Desk.Bundle(t.Context(), judge)
		if err != nil || !slices.Equal(b.Device.Holes, []uint32{2}) || b.Device.Highest != 4 {
			t.Fatalf("restarted %v: the device is told %+v, %v", restarted, b.Device, err)
		}
		if err := lock(); fault.Code(err) != "judging.outbox" || len(fault.Of(err).Fields) != 1 {
			t.Fatalf("restarted %v: locked over a hole: %v", restarted, err)
		}
	}
	w.Must(t, judge, lost)
	w.Desk.Pending(judge, 2)
	if err := lock(); fault.Code(err) != "judging.outbox" {
		t.Fatalf("locked over an outbox: %v", err)
	}
	p, err := w.Desk.Progress(t.Context(), w.Organiser(), ID('e', 1))
	if err != nil || len(p.Devices) != 1 || p.Devices[0].Pending != 2 || len(p.Devices[0].Holes) != 0 {
		t.Fatalf("devices %+v, %v", p.Devices, err)
	}
	w.Act(t, 1, judging.Act{Kind: judging.ActLock, Second: &judging.Second{User: "supervisor", Password: "right"}})
	list, err := w.Desk.Records(t.Context(), w.Organiser(), ID('e', 1), 0)
	if err != nil {
		t.Fatal(err)
	}
	last := list[len(list)-1]
	if last.Kind != "lock" || last.Second != ID('a', 2) {
		t.Errorf("the lock's record %+v", last)
	}
}

// A tablet was paired at the door, lost the network and took forty marks. The
// ledger had never heard of it, and one person locked the event over its outbox.
// After a restart of the server the same was so for every tablet that had said
// how many marks it held.
func TestTheLockWaitsForTabletsNeverHeardOf(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	chair := Tablet(1, First)
	for _, c := range []struct {
		name   string
		tablet judging.Tablet
		field  string
	}{
		{"seen just now, nothing held", judging.Tablet{SeenAt: w.Now()}, ""},
		{"says that it holds marks", judging.Tablet{SeenAt: w.Now(), Pending: 3}, "judging.outbox"},
		{"replaced, with marks in it", judging.Tablet{SeenAt: w.Now(), Pending: 3, Replaced: true}, "judging.outbox"},
		{"replaced and silent", judging.Tablet{SeenAt: w.Now().Add(-time.Hour), Replaced: true}, ""},
		{"silent, and its chair has marks to give", judging.Tablet{SeenAt: w.Now().Add(-time.Hour)}, "judging.tablet_silent"},
	} {
		c.tablet.Device, c.tablet.Chair = chair.Device, chair.Chair
		w.Tablets.Pair(c.tablet)
		_, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), judging.Act{ID: w.MarkID(), Kind: judging.ActLock})
		if got := fault.Code(err); (got == "") != (c.field == "") || got != "" && (got != "judging.outbox" || fault.Of(err).Fields[0].Code != c.field) {
			t.Errorf("%s: %v", c.name, err)
		}
		if err == nil {
			w.Act(t, 1, judging.Act{Kind: judging.ActReopen, Reason: "补分"})
		}
	}
	// Once all its marks are in, a tablet may be switched off.
	for _, work := range []string{"001", "002", "003"} {
		w.Must(t, chair, w.Mark(chair, work, "piece", "80"))
		w.Must(t, chair, w.Mark(chair, work, "level", "2"))
	}
	_, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), judging.Act{ID: w.MarkID(), Kind: judging.ActLock})
	if err != nil {
		t.Errorf("all is in: %v", err)
	}
}

// A signature lies on a tablet as marks do: the lock waits for it, names the tablet, and
// two persons need not wait. Of a replaced tablet it counts no more.
func TestTheLockWaitsForSignatures(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	judge := Tablet(1, First)
	w.Must(t, judge, w.Mark(judge, "001", "piece", "80"))
	tablet := judging.Tablet{Device: judge.Device, Chair: First, SeenAt: w.Now()}
	lock := func(second *judging.Second) error {
		_, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), judging.Act{ID: w.MarkID(), Kind: judging.ActLock, Second: second})
		if err == nil {
			w.Act(t, 1, judging.Act{Kind: judging.ActReopen, Reason: "补分"})
		}
		return err
	}
	w.Tablets.Pair(tablet)
	w.Desk.Signatures(judge, 1)
	w.Desk.Pending(judge, 0)
	f := fault.Of(lock(nil))
	if f == nil || f.Code != "judging.outbox" || len(f.Fields) != 1 || f.Fields[0].Code != "judging.signature_unsent" || f.Fields[0].Path != judge.Device.String() {
		t.Fatalf("locked over a signature: %v", f)
	}
	if p, err := w.Desk.Progress(t.Context(), w.Organiser(), ID('e', 1)); err != nil || len(p.Devices) != 1 || p.Devices[0].Signatures != 1 {
		t.Errorf("%+v (%v)", p.Devices, err)
	}
	if err := lock(&judging.Second{User: "supervisor", Password: "right"}); err != nil {
		t.Errorf("two persons: %v", err)
	}
	tablet.Replaced = true
	w.Tablets.Pair(tablet)
	if err := lock(nil); err != nil {
		t.Errorf("of a replaced tablet: %v", err)
	}
	tablet.Replaced = false
	w.Tablets.Pair(tablet)
	w.Desk.Signatures(judge, 0)
	if err := lock(nil); err != nil {
		t.Errorf("it has come: %v", err)
	}
}

func TestANumberBelongsToOneMark(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	judge := Tablet(1, First)
	w.Must(t, judge, w.Mark(judge, "001", "piece", "80"))
	refused := w.Mark(judge, "002", "piece", "101")
	w.Give(t, judge, refused)
	for _, restarted := range []bool{false, true} {
		if restarted {
			w.Restart(t)
		}
		for number := uint32(1); number <= 2; number++ {
			m := w.Mark(judge, "003", "piece", "82")
			m.DeviceSeq = number
			if got := code(w.Give(t, judge, m)); got != "judging.seq_reuse" {
				t.Errorf("restarted %v: number %d given to another mark: %q", restarted, number, got)
			}
		}
	}
	refused.Value = "99"
	w.Must(t, judge, refused) // the number is its own
}

// A tablet whose storage was copied back sent two marks of one number in one
// delivery. Neither was in the book yet, so both were taken, and of the two the
// later one hid the first from the counting.
func TestANumberBelongsToOneMarkOfADelivery(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	judge := Tablet(1, First)
	one, other := w.Mark(judge, "001", "piece", "80"), w.Mark(judge, "002", "piece", "81")
	other.DeviceSeq = one.DeviceSeq
	out, err := w.Desk.Give(t.Context(), judge, []judging.MarkCommand{one, other})
	if err != nil || code(out[0]) != "" || code(out[1]) != "judging.seq_reuse" {
		t.Fatalf("%q and %q, %v", code(out[0]), code(out[1]), err)
	}
}

func TestActsAboutEntries(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	ctx, boss := t.Context(), w.Organiser()
	act := func(a judging.Act) error {
		a.ID = w.MarkID()
		_, err := w.Desk.Act(ctx, boss, ID('e', 1), a)
		return err
	}
	for _, c := range []struct {
		name string
		act  judging.Act
		code string
	}{
		{"no reason", judging.Act{Kind: judging.ActStatus, EntryNo: "001", Value: "dns"}, "judging.reason"},
		{"no such entry", judging.Act{Kind: judging.ActStatus, EntryNo: "009", Value: "dns", Reason: "缺赛"}, "judging.missing"},
		{"no such status", judging.Act{Kind: judging.ActStatus, EntryNo: "001", Value: "lost", Reason: "缺赛"}, "judging.unknown_status"},
		{"absent from the race", judging.Act{Kind: judging.ActStatus, EntryNo: "003", Value: "dns", Reason: "缺赛"}, ""},
		{"absent judge, no such aspect", judging.Act{Kind: judging.ActAbsent, Work: "001", Aspect: "x", Chair: First, Reason: "生病"}, "judging.missing"},
		{"absent judge", judging.Act{Kind: judging.ActAbsent, Work: "001", Aspect: "piece", Chair: First, Reason: "生病"}, ""},
		{"no such policy", judging.Act{Kind: judging.ActPolicy, Value: "all"}, "judging.unknown_policy"},
		{"policy", judging.Act{Kind: judging.ActPolicy, Value: "top:10"}, ""},
		{"ties are shared", judging.Act{Kind: judging.ActDecide, EntryNo: "001", Value: "1", Reason: "抽签"}, "judging.ties_are_shared"},
		{"no such act", judging.Act{Kind: "dance"}, "judging.unknown_kind"},
	} {
		if err := act(c.act); fault.Code(err) != c.code {
			t.Errorf("%s: %v, want %q", c.name, err, c.code)
		}
	}
	v, err := w.Desk.Panel(ctx, boss, ID('e', 1), "001", "piece", 1)
	if err != nil || !v.Chairs[0].In || v.Complete {
		t.Errorf("the panel with an absent judge: %+v, %v", v, err)
	}
	list, err := w.Desk.Records(ctx, boss, ID('e', 1), 0)
	if err != nil {
		t.Fatal(err)
	}
	if i := slices.IndexFunc(list, func(r judging.RecordView) bool { return r.Kind == "status" }); i < 0 || list[i].Text != "缺赛" || list[i].Work != "003" {
		t.Errorf("the status' record: %+v", list)
	}
	if _, err := w.Desk.Records(ctx, Staff(9, contest.Spectator), ID('e', 1), 0); fault.Code(err) != "judging.role" {
		t.Errorf("a spectator reads records: %v", err)
	}
	w.Must(t, Tablet(1, First+1), w.Mark(Tablet(1, First+1), "001", "piece", "80"))
	w.Must(t, Tablet(1, First+2), w.Mark(Tablet(1, First+2), "001", "piece", "90"))
	if v, err = w.Desk.Panel(ctx, Tablet(1, First+1), ID('e', 1), "001", "piece", 1); err != nil || !v.Complete || v.Chairs[2].Value != "90" {
		t.Errorf("the panel when all are in: %+v, %v", v, err)
	}
	if _, err = w.Desk.Panel(ctx, Tablet(1, Floor), ID('e', 1), "001", "piece", 1); fault.Code(err) != "judging.missing" {
		t.Errorf("another panel's marks: %v", err)
	}
	wk, err := w.Desk.Working(ctx, boss, ID('e', 1), "001")
	if err != nil || wk.Entry != scoring.EntryID(1) || len(wk.Components) != 1 {
		t.Errorf("the working: %+v, %v", wk, err)
	}
}
