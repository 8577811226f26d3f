package plan_test

import (
	"context"
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/plan"
	"jiangtai/server/plan/plantest"
)

// counting counts the questions to a store.
type counting struct {
	*plantest.Memory
	asked int
}

func (c *counting) ListFilings(ctx context.Context, events ...contest.ID) ([]plan.Filing, error) {
	c.asked++
	return c.Memory.ListFilings(ctx, events...)
}

func (c *counting) ListInStates(ctx context.Context, states ...plan.State) ([]plan.Filing, error) {
	c.asked++
	return c.Memory.ListInStates(ctx, states...)
}

// Following asked the signing room for every filing, every five seconds, for ever.
// However many are filed, it is one question to each room, and none to the signing
// room while nothing is filed.
func TestAQuietCityCostsNothing(t *testing.T) {
	store := &counting{Memory: plantest.NewMemory()}
	r := plantest.NewRig(store, store.Memory)
	quiet := func(what string, lists int) {
		t.Helper()
		store.asked, r.Asked.One, r.Asked.All = 0, 0, 0
		for range 10 {
			if n, err := r.Follow(t.Context()); n != 0 || err != nil {
				t.Fatalf("%s: followed %d, %v", what, n, err)
			}
		}
		if store.asked != 10 || r.Asked.One != 0 || r.Asked.All != lists {
			t.Errorf("%s: ten looks took %d questions to the store, %+v to the signing room", what, store.asked, r.Asked)
		}
	}
	quiet("nothing filed", 0)
	due := "2026-06-30"
	for host, id := range map[*contest.Actor]contest.ID{&plantest.PortHost: plantest.Welder, &plantest.OtherHost: plantest.Turner} {
		plantest.Ready(t, r, *host, id)
		for _, do := range []func() error{
			func() error {
				v, err := r.Find(t.Context(), plantest.Office, id)
				if err == nil {
					_, err = r.Change(t.Context(), plantest.Office, id, plan.Change{Version: v.Filing.Version, ReturnBy: &due})
				}
				return err
			},
			act(t, r, *host, id, plan.ActApply), act(t, r, plantest.Office, id, plan.ActFile),
		} {
			if err := do(); err != nil {
				t.Fatal(plantest.Says(err))
			}
		}
	}
	quiet("two filed", 10)
	r.Sign(plantest.Turner, "turn-26-0001")
	if n, err := r.Follow(t.Context()); n != 1 || err != nil {
		t.Fatalf("followed %d, %v", n, err)
	}
	quiet("one reported", 10)
}

func act(t *testing.T, r *plantest.Rig, a contest.Actor, id contest.ID, kind plan.ActKind) func() error {
	return func() error {
		v, err := r.Find(t.Context(), plantest.Office, id)
		if err == nil {
			_, err = r.Act(t.Context(), a, id, plan.Act{Kind: kind, Version: v.Filing.Version})
		}
		return err
	}
}
