package programmetest

import (
	"context"
	"errors"
	"maps"
	"sync"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/programme"
)

// Rig is an office with the other subjects' ends in the test's hands.
type Rig struct {
	*programme.Office
	Directory *programme.Directory

	mu      sync.Mutex // guards the rest
	at      time.Time
	ledgers map[contest.ID]programme.Openings
	acts    []Act
	counts  map[contest.ID]programme.Count
	failing bool
	drawn   map[contest.ID]bool
}

// Act is one entry of the audit.
type Act struct {
	Who    contest.ID
	What   string
	Object string
	Detail map[string]string
}

// NewRig makes an office on a store.
func NewRig(store programme.Store, work programme.Work) *Rig {
	r := &Rig{
		at:      time.Date(2026, 5, 18, 9, 0, 0, 0, time.UTC),
		ledgers: map[contest.ID]programme.Openings{}, counts: map[contest.ID]programme.Count{}, drawn: map[contest.ID]bool{},
	}
	r.Office = programme.New(programme.Config{
		Store: store, Work: work, Ledgers: r, Openness: r, Audit: r, Counts: r, Draws: r, Now: r.Clock,
	})
	r.Directory = programme.NewDirectory(store, work, r.Clock)
	return r
}

// InMemory is a rig on a new Memory.
func InMemory() *Rig {
	m := NewMemory()
	return NewRig(m, m)
}

// Clock is the rig's time.
func (r *Rig) Clock() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at
}

// Pass lets time go by.
func (r *Rig) Pass(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = r.at.Add(d)
}

// Create is programme.Ledgers.
func (r *Rig) Create(_ context.Context, ledger contest.ID) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failing {
		return errors.New("the disk of ledgers is full")
	}
	r.ledgers[ledger] = programme.Openings{}
	return nil
}

// FailLedgers makes Create fail.
func (r *Rig) FailLedgers() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failing = true
}

// Ledgers are the ledgers that were made.
func (r *Rig) Ledgers() map[contest.ID]programme.Openings {
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.ledgers)
}

// Openness is programme.Openness.
func (r *Rig) Openness(_ context.Context, ledger contest.ID) (programme.Openings, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ledgers[ledger], nil
}

// SetOpenness says how far a ledger is.
func (r *Rig) SetOpenness(ledger contest.ID, o programme.Openings) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ledgers[ledger] = o
}

// IsDrawn is programme.Draws.
func (r *Rig) IsDrawn(_ context.Context, event contest.ID) (bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.drawn[event], nil
}

// SetDrawn says that a draw of the event has begun, or is void.
func (r *Rig) SetDrawn(event contest.ID, is bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.drawn[event] = is
}

// Record is programme.Audit.
func (r *Rig) Record(_ context.Context, a contest.Actor, what, object string, detail map[string]string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.acts = append(r.acts, Act{a.Who(), what, object, detail})
	return nil
}

// Acts are what was audited.
func (r *Rig) Acts() []Act {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]Act{}, r.acts...)
}

// Counts is programme.Counts.
func (r *Rig) Counts(_ context.Context, events []contest.ID) (map[contest.ID]programme.Count, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := map[contest.ID]programme.Count{}
	for _, id := range events {
		if n, ok := r.counts[id]; ok {
			out[id] = n
		}
	}
	return out, nil
}

// SetCount says how an event stands.
func (r *Rig) SetCount(event contest.ID, n programme.Count) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.counts[event] = n
}

// Administrator may do everything.
func Administrator() contest.Actor { return Account(contest.Grant{Role: contest.Administrator}) }

// Account is an account with grants.
func Account(grants ...contest.Grant) contest.Actor {
	return contest.Actor{Account: contest.ID{15: 7}, Name: "江某", Grants: grants}
}
