package blind_test

import (
	"strings"
	"testing"

	"jiangtai/server/blind"
	"jiangtai/server/blind/blindtest"
	"jiangtai/server/contest"
)

func TestDesk(t *testing.T) {
	blindtest.Conform(t, func(*testing.T) (blind.Store, blind.Work) {
		m := blindtest.NewMemory()
		return m, m
	})
}

func rig() *blindtest.Rig {
	m := blindtest.NewMemory()
	return blindtest.NewRig(m, m)
}

// Each use case asks at its door: whose event it is not is told that there is
// none, whose office it is not that he may not.
func TestWhoMay(t *testing.T) {
	r := rig()
	ctx := t.Context()
	acts := map[string]struct {
		do  func(a contest.Actor) error
		may string // names of those whom it does not answer with blind.forbidden
	}{
		"look": {func(a contest.Actor) error {
			_, err := r.Find(ctx, a, blindtest.Cook)
			return err
		}, "组委会 承办 加密甲 裁判长 监督 管理员"},
		"check in": {func(a contest.Actor) error {
			return r.CheckIn(ctx, a, blindtest.Cook, []blind.Arriving{{EntryNo: "001", State: blind.Present}})
		}, "组委会 承办 加密甲 管理员"},
		"close check-in": {func(a contest.Actor) error { return r.CloseCheckIn(ctx, a, blindtest.Cook, 0) }, "组委会 承办 加密甲 管理员"},
		"reopen check-in": {func(a contest.Actor) error {
			return r.ReopenCheckIn(ctx, a, blindtest.Cook, "早了", blindtest.With("watcher"))
		}, "组委会 承办 加密甲 管理员"},
		"begin": {func(a contest.Actor) error {
			return r.Begin(ctx, a, blindtest.Cook, blind.Start{Layer: blind.Codes, Method: blind.ByHand, Witness: "见证人"})
		}, "加密甲"},
		"key":   {func(a contest.Actor) error { return r.Key(ctx, a, blindtest.Cook, blind.Codes, "001", "001X") }, "加密甲"},
		"run":   {func(a contest.Actor) error { return r.Run(ctx, a, blindtest.Cook, blind.Codes, "") }, "加密甲"},
		"close": {func(a contest.Actor) error { return r.Close(ctx, a, blindtest.Cook, blind.Codes) }, "加密甲"},
		"strike": {func(a contest.Actor) error {
			return r.Strike(ctx, a, blindtest.Cook, blind.Codes, "001", "错", blindtest.With("watcher"))
		}, "加密甲"},
		"annul": {func(a contest.Actor) error {
			return r.Annul(ctx, a, blindtest.Cook, blind.Codes, "错", blindtest.With("watcher"))
		}, "加密甲"},
		"unseal": {func(a contest.Actor) error { return r.Unseal(ctx, a, blindtest.Cook, blind.Unsealing{}) }, "组委会 加密甲"},
	}
	for name, act := range acts {
		for _, a := range []contest.Actor{
			blindtest.Office, blindtest.Host, blindtest.Coder, blindtest.Chief, blindtest.Watcher, blindtest.Root, blindtest.Keyer, blindtest.Foreign, {},
		} {
			code := codeOf(act.do(a))
			want := ""
			switch {
			case a.Name == "录分" || a.Name == "外人" || a.Name == "":
				want = "blind.missing"
			case !strings.Contains(act.may, a.Name):
				want = "blind.forbidden"
			}
			if want != "" && code != want || want == "" && (code == "blind.missing" || code == "blind.forbidden") {
				t.Errorf("%s by %q: %q, want %q", name, a.Name, code, want)
			}
		}
	}
}

// Names stand in the list for those who made it, and for nobody who codes or
// judges.
func TestNamesAreForThoseWhoMadeTheList(t *testing.T) {
	r := rig()
	for _, a := range []contest.Actor{blindtest.Office, blindtest.Host, blindtest.Root, blindtest.Coder, blindtest.Chief, blindtest.Watcher} {
		v, err := r.Find(t.Context(), a, blindtest.Cook)
		if err != nil || len(v.Entries) != 6 {
			t.Fatal(v, err)
		}
		mayKnow := a.Name == "组委会" || a.Name == "承办" || a.Name == "管理员"
		if v.SeesNames != mayKnow || (v.Entries[0].Name != "") != mayKnow || (v.Entries[0].Unit != "") != mayKnow {
			t.Errorf("%s sees %+v", a.Name, v.Entries[0])
		}
	}
}

// An open event owes no draw, and a light one none either.
func TestWhatNeedsNoDraw(t *testing.T) {
	r := rig()
	for _, event := range []contest.ID{blindtest.Plain, blindtest.Cook} {
		blindtest.Want(t, "", r.BeforeOpening(t.Context(), event))
		blindtest.Want(t, "", r.BeforeUnsealing(t.Context(), event))
	}
	err := r.Begin(t.Context(), blindtest.Coder, blindtest.Plain, blind.Start{Layer: blind.Codes, Method: blind.ByHand, Witness: "见证人"})
	blindtest.Want(t, "blind.no_layer", err)
}

// Two wrong lines of a check-in list come both, and nothing of it is noted.
func TestACheckInListIsAllOrNothing(t *testing.T) {
	r := rig()
	err := r.CheckIn(t.Context(), blindtest.Host, blindtest.Cook, []blind.Arriving{
		{EntryNo: "001", State: blind.Present}, {EntryNo: "099", State: blind.Present}, {EntryNo: "002", State: "asleep"},
	})
	if f := faultOf(err); len(f.Fields) != 2 || f.Fields[0].Path != "/arrivals/1" || f.Fields[1].Code != "blind.unknown_state" {
		t.Fatal(err)
	}
	v, err := r.Find(t.Context(), blindtest.Host, blindtest.Cook)
	if err != nil || v.Entries[0].State != "" {
		t.Error(v.Entries, err)
	}
}

// Who came into the list after the check-in is neither in nor absent, and must be
// one of both before a layer is closed.
func TestNobodyIsForgotten(t *testing.T) {
	r := rig()
	ctx := t.Context()
	r.Arrive(t, blindtest.Cook, blind.Present, "001")
	blindtest.Want(t, "", r.Begin(ctx, blindtest.Coder, blindtest.Cook, blind.Start{Layer: blind.Codes, Method: blind.ByHand, Witness: "见证人"}))
	blindtest.Want(t, "", r.Key(ctx, blindtest.Coder, blindtest.Cook, blind.Codes, "001", "001X"))
	blindtest.Want(t, "", r.CloseCheckIn(ctx, blindtest.Host, blindtest.Cook, 0))
	r.Join(blindtest.Cook)
	blindtest.Want(t, "blind.unaccounted", r.Close(ctx, blindtest.Coder, blindtest.Cook, blind.Codes))
	r.Arrive(t, blindtest.Cook, blind.Late, "007")
	blindtest.Want(t, "", r.Key(ctx, blindtest.Coder, blindtest.Cook, blind.Codes, "007", "002X"))
	blindtest.Want(t, "", r.Close(ctx, blindtest.Coder, blindtest.Cook, blind.Codes))
}

// A check-in that was closed too soon goes on, until the draw is closed.
func TestReopening(t *testing.T) {
	r := rig()
	ctx := t.Context()
	blindtest.Want(t, "blind.check_in_open", r.ReopenCheckIn(ctx, blindtest.Host, blindtest.Cook, "早了", blindtest.With("watcher")))
	blindtest.Want(t, "", r.CloseCheckIn(ctx, blindtest.Host, blindtest.Cook, 0))
	blindtest.Want(t, "blind.check_in_closed", r.CloseCheckIn(ctx, blindtest.Host, blindtest.Cook, 0))
	blindtest.Want(t, "blind.two_persons", r.ReopenCheckIn(ctx, blindtest.Host, blindtest.Cook, "早了", blindtest.With("host")))
	blindtest.Want(t, "", r.ReopenCheckIn(ctx, blindtest.Host, blindtest.Cook, "早了", blindtest.With("watcher")))
	r.Arrive(t, blindtest.Cook, blind.Present, "001")
	if list, err := r.Absentees(ctx, blindtest.Cook); err != nil || list != nil {
		t.Error("absentees of an open check-in:", list, err)
	}
	blindtest.Want(t, "blind.late_minutes", r.CloseCheckIn(ctx, blindtest.Host, blindtest.Cook, 181))
}
