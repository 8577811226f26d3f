package recusaltest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/blind"
	"jiangtai/server/blind/blindtest"
	"jiangtai/server/blind/recusal"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Rig is a desk of ties beside a coding desk. Each event has three judges, 江一 to
// 江三, in chairs 1 to 3; entries are of units 1, 2, 1, 2 and so on.
type Rig struct {
	*recusal.Desk
	Coding *blindtest.Rig

	mu       sync.Mutex // guards the rest
	chairs   map[contest.ID][]contest.Chair
	applied  map[recusal.Pair]bool
	marks    map[recusal.Pair][]scoring.ID
	refuses  map[recusal.Pair]string
	official bool
	acts     []string
}

// UnitOf is the n-th unit of the rig's entries.
func UnitOf(n int) contest.ID { return contest.ID{0: 9, 15: byte(n)} }

// NewRig makes a desk on stores.
func NewRig(store recusal.Store, draws blind.Store, work blind.Work) *Rig {
	r := &Rig{
		Coding: blindtest.NewRig(draws, work), chairs: map[contest.ID][]contest.Chair{}, applied: map[recusal.Pair]bool{},
		marks: map[recusal.Pair][]scoring.ID{}, refuses: map[recusal.Pair]string{},
	}
	for _, id := range []contest.ID{blindtest.Cook, blindtest.Weld, blindtest.Plain} {
		for n := range 3 {
			r.chairs[id] = append(r.chairs[id], contest.Chair{
				Event: id, Number: scoring.ChairID(n + 1), Panel: "judges", Seat: n + 1, Judge: "江" + string([]rune("一二三")[n]),
			})
		}
		r.Coding.Tamper(id, func(list []contest.Entry) {
			for i := range list {
				list[i].Unit = contest.Unit{ID: UnitOf(i%2 + 1), Name: fmt.Sprintf("第%d机械厂", i%2+1), Short: fmt.Sprintf("%d厂", i%2+1)}
			}
		})
	}
	r.Desk = recusal.New(recusal.Config{
		Store: store, Work: work, Events: r.Coding, Entries: r.Coding, Chairs: r, Draws: r.Coding.Desk, Judging: r, Seconds: r.Coding,
		Audit: r, Now: r.Coding.Clock,
	})
	return r
}

// Chairs is recusal.Chairs.
func (r *Rig) Chairs(_ context.Context, event contest.ID) ([]contest.Chair, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.chairs[event]), nil
}

// Reseat is recusal.Chairs; supervisors may not.
func (r *Rig) Reseat(_ context.Context, a contest.Actor, event contest.ID, chair scoring.ChairID, judge string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if a.Has(blindtest.Town, event, contest.Supervisor) {
		return fault.New(fault.Forbidden, "programme.role")
	}
	for i := range r.chairs[event] {
		if r.chairs[event][i].Number == chair {
			r.chairs[event][i].Judge = judge
		}
	}
	return nil
}

func cell(p recusal.Pair) recusal.Pair { return recusal.Pair{Chair: p.Chair, Entry: p.Entry} }

// Standings is recusal.Judging.
func (r *Rig) Standings(_ context.Context, _ contest.ID, pairs []recusal.Pair) ([]recusal.Standing, bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make([]recusal.Standing, len(pairs))
	for i, p := range pairs {
		out[i] = recusal.Standing{Applied: r.applied[cell(p)], Code: r.refuses[cell(p)], Marks: r.marks[cell(p)]}
	}
	return out, r.official, nil
}

// Settle is recusal.Judging: what is owed and not refused is applied.
func (r *Rig) Settle(ctx context.Context, event contest.ID) error {
	owed, err := r.Owed(ctx, event)
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range owed {
		if r.refuses[cell(p)] == "" {
			r.applied[cell(p)] = true
		}
	}
	return err
}

// Refuse lets the ledger refuse a pair; "" lets it have it.
func (r *Rig) Refuse(chair scoring.ChairID, entry scoring.EntryID, code string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refuses[recusal.Pair{Chair: chair, Entry: entry}] = code
}

// Mark says which marks of a chair for an entry there are.
func (r *Rig) Mark(chair scoring.ChairID, entry scoring.EntryID, marks ...scoring.ID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.marks[recusal.Pair{Chair: chair, Entry: entry}] = marks
}

// Publish makes the result official.
func (r *Rig) Publish() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.official = true
}

// Record is blind.Audit.
func (r *Rig) Record(_ context.Context, a contest.Actor, what, object string, detail map[string]string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.acts = append(r.acts, fmt.Sprint(a.Name, " ", what, " ", object, " ", detail))
	return nil
}

// Audited is what was audited, as text.
func (r *Rig) Audited() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.acts, "\n")
}

// Seal draws the codes of an event by hand and opens it.
func (r *Rig) Seal(t *testing.T, event contest.ID) {
	t.Helper()
	ctx := t.Context()
	var all []blind.Arriving
	for n := range 6 {
		all = append(all, blind.Arriving{EntryNo: fmt.Sprintf("%03d", n+1), State: blind.Present})
	}
	blindtest.Want(t, "", r.Coding.Begin(ctx, blindtest.Coder, event, blind.Start{Layer: blind.Codes, Method: blind.AtOnce, Witness: "见证"}))
	blindtest.Want(t, "", r.Coding.CheckIn(ctx, blindtest.Host, event, all))
	blindtest.Want(t, "", r.Coding.CloseCheckIn(ctx, blindtest.Host, event, 0))
	blindtest.Want(t, "", r.Coding.Run(ctx, blindtest.Coder, event, blind.Codes, ""))
	blindtest.Want(t, "", r.Coding.Close(ctx, blindtest.Coder, event, blind.Codes))
	r.Coding.Change(event, func(e *blind.Event) { e.IsOpen = true })
}

// Unseal opens an event's labels and has written what it owes.
func (r *Rig) Unseal(t *testing.T, event contest.ID) {
	t.Helper()
	r.Coding.Change(event, func(e *blind.Event) { e.IsUnsealed = true })
	blindtest.Want(t, "", r.Settle(t.Context(), event))
}
