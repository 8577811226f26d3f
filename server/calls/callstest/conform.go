package callstest

import (
	"fmt"
	"testing"

	"jiangtai/server/calls"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Conform holds a store to the room's contract, by way of its desk. fresh makes an
// empty one.
func Conform(t *testing.T, fresh func(*testing.T) (calls.Store, calls.Work)) {
	t.Helper()
	t.Run("a call and its answer", func(t *testing.T) { answered(t, fresh) })
	t.Run("the same call twice", func(t *testing.T) { twice(t, fresh) })
	t.Run("whose", func(t *testing.T) { whose(t, fresh) })
	t.Run("bounds", func(t *testing.T) { bounds(t, fresh) })
}

func begin(t *testing.T, fresh func(*testing.T) (calls.Store, calls.Work)) *Rig {
	t.Helper()
	s, w := fresh(t)
	return New(t, s, w)
}

// want fails unless err carries the code; "" wants none.
func want(t *testing.T, code string, err error) {
	t.Helper()
	if err == nil && code == "" {
		return
	}
	if err == nil || fault.Code(err) != code {
		t.Errorf("got %v, want %q", err, code)
	}
}

func answered(t *testing.T, fresh func(*testing.T) (calls.Store, calls.Work)) {
	r, ctx := begin(t, fresh), t.Context()
	c, err := r.Make(ctx, Expert, r.Call(1, calls.Dispute, "274X", " 表面划伤怎么算 "))
	want(t, "", err)
	if c.Words != "表面划伤怎么算" || c.WorkBy != "coded" || c.Chair != 2 || c.At.IsZero() {
		t.Errorf("%+v", c)
	}
	want(t, "calls.no_words", r.Say(ctx, Chief, Event, c.ID, calls.Said{Words: "  "}))
	want(t, "", r.Say(ctx, Chief, Event, c.ID, calls.Said{Words: "按 C3 扣"}))
	want(t, "", r.Say(ctx, Chief, Event, c.ID, calls.Said{Closes: true}))
	want(t, "calls.closed", r.Say(ctx, Chief, Event, c.ID, calls.Said{Words: "还有"}))
	want(t, "", r.TakeBack(ctx, Expert, c.ID)) // it is over, as was asked
	own, err := r.Own(ctx, Expert)
	want(t, "", err)
	if len(own) != 1 || !own[0].IsClosed() || len(own[0].Said) != 2 || own[0].Said[0].Words != "按 C3 扣" || !own[0].Said[1].At.After(own[0].Said[0].At) {
		t.Errorf("%+v", own)
	}
	if !own[0].ClientAt.Equal(c.ClientAt) || own[0].Said[0].ByName != "官员" {
		t.Errorf("%+v", own[0])
	}
	if len(r.Audited) != 2 {
		t.Errorf("audited %v", r.Audited)
	}
}

func twice(t *testing.T, fresh func(*testing.T) (calls.Store, calls.Work)) {
	r, ctx := begin(t, fresh), t.Context()
	first, err := r.Make(ctx, Floor, r.Call(1, calls.Help, "S01", ""))
	want(t, "", err)
	again, err := r.Make(ctx, Floor, r.Call(1, calls.Help, "S01", ""))
	want(t, "", err)
	if !again.At.Equal(first.At) {
		t.Errorf("made at %v, and at %v", first.At, again.At)
	}
	_, err = r.Make(ctx, Floor, r.Call(1, calls.Help, "S01", "快"))
	want(t, "calls.known", err)
	_, err = r.Make(ctx, Expert, r.Call(1, calls.Help, "", ""))
	want(t, "calls.missing", err)
	list, _, err := r.List(ctx, Chief, Event)
	want(t, "", err)
	if len(list) != 1 {
		t.Errorf("%d calls", len(list))
	}
}

func whose(t *testing.T, fresh func(*testing.T) (calls.Store, calls.Work)) {
	r, ctx := begin(t, fresh), t.Context()
	c, err := r.Make(ctx, Floor, r.Call(1, calls.Help, "S01", ""))
	want(t, "", err)
	_, err = r.Make(ctx, Expert, r.Call(2, calls.Label, "S01", ""))
	want(t, "calls.missing", err) // not a label that this chair knows
	_, err = r.Make(ctx, Chief, r.Call(3, calls.Help, "", ""))
	want(t, "calls.role", err)
	own, err := r.Own(ctx, Expert)
	want(t, "", err)
	if len(own) != 0 {
		t.Errorf("another chair's calls: %+v", own)
	}
	want(t, "calls.missing", r.TakeBack(ctx, Expert, c.ID))
	want(t, "calls.role", r.Say(ctx, Supervisor, Event, c.ID, calls.Said{Words: "x"}))
	want(t, "calls.missing", r.Say(ctx, Stranger, Event, c.ID, calls.Said{Words: "x"}))
	want(t, "calls.missing", r.Say(ctx, Chief, contest.ID{1}, c.ID, calls.Said{Words: "x"}))
	want(t, "calls.missing", r.Say(ctx, Chief, Event, contest.ID{1}, calls.Said{Words: "x"}))
	// While work codes are what staff know, a seat is not told.
	r.ShownBy = "coded"
	list, _, err := r.List(ctx, Supervisor, Event)
	want(t, "", err)
	if len(list) != 1 || list[0].Work != "" {
		t.Errorf("%+v", list)
	}
	want(t, "", r.TakeBack(ctx, Floor, c.ID))
}

func bounds(t *testing.T, fresh func(*testing.T) (calls.Store, calls.Work)) {
	r, ctx := begin(t, fresh), t.Context()
	long := make([]rune, calls.MaxWords+1)
	for i := range long {
		long[i] = '长'
	}
	for code, c := range map[string]calls.Call{
		"calls.id": {About: calls.Help}, "calls.about": r.Call(1, "tea", "", ""), "calls.words": r.Call(1, calls.Help, "", string(long)),
		"calls.no_such_work": r.Call(1, calls.Help, fmt.Sprintf("%021d", 1), ""),
	} {
		_, err := r.Make(ctx, Floor, c)
		want(t, code, err)
	}
	for i := range calls.MaxOpen {
		_, err := r.Make(ctx, Floor, r.Call(byte(i+1), calls.Help, "", ""))
		want(t, "", err)
	}
	_, err := r.Make(ctx, Floor, r.Call(99, calls.Help, "", ""))
	want(t, "calls.too_many", err)
	want(t, "", r.TakeBack(ctx, Floor, r.Call(1, calls.Help, "", "").ID))
	_, err = r.Make(ctx, Floor, r.Call(99, calls.Help, "", ""))
	want(t, "", err)
}
