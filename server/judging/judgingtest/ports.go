package judgingtest

import (
	"context"
	"slices"
	"sync"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/ledger"
)

// Events is programme's part.
type Events struct {
	mu     sync.Mutex // guards what follows
	setups map[contest.ID]*judging.Setup
	order  []contest.ID
	Holds  int   // how often Hold was called
	Held   bool  // and not released since
	Broken error // what Reseat answers
}

// Put adds or replaces an event.
func (e *Events) Put(s *judging.Setup) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.setups == nil {
		e.setups = map[contest.ID]*judging.Setup{}
	}
	if e.setups[s.Event.ID] == nil {
		e.order = append(e.order, s.Event.ID)
	}
	e.setups[s.Event.ID] = s
}

// Setup implements judging.Events.
func (e *Events) Setup(_ context.Context, id contest.ID) (*judging.Setup, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if s, ok := e.setups[id]; ok {
		return s, nil
	}
	return nil, fault.New(fault.Missing, "judging.missing")
}

// List implements judging.Events.
func (e *Events) List(_ context.Context, of contest.ID) ([]judging.Ref, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	var list []judging.Ref
	for _, id := range e.order {
		s := e.setups[id]
		if of.IsZero() || s.Event.Contest == of {
			list = append(list, judging.Ref{Event: id, Contest: s.Event.Contest, Ledger: s.Event.Ledger})
		}
	}
	return list, nil
}

// Hold implements judging.Events.
func (e *Events) Hold(context.Context, contest.ID) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.Holds++
	e.Held = true
	return nil
}

// Release implements judging.Events.
func (e *Events) Release(context.Context, contest.ID) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.Held = false
	return nil
}

// Reseat implements judging.Events.
func (e *Events) Reseat(_ context.Context, event contest.ID, chair scoring.ChairID, judge string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.Broken != nil {
		return e.Broken
	}
	now := *e.setups[event]
	now.Chairs = slices.Clone(now.Chairs)
	for i := range now.Chairs {
		if now.Chairs[i].Number == chair {
			now.Chairs[i].Judge = judge
		}
	}
	e.setups[event] = &now
	return nil
}

// Follower counts what it is told and holds it against the board.
type Follower struct {
	mu     sync.Mutex // guards what follows
	Seqs   map[contest.ID][]uint64
	Opens  map[contest.ID]int
	Epochs map[contest.ID]uint64
	Wrong  int
	Views  map[contest.ID]int // how often an audience's view changed
}

// Opened implements judging.Follower.
func (f *Follower) Opened(s *judging.Setup, epoch uint64, _ *scoring.Board) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.Opens == nil {
		f.Opens, f.Epochs, f.Seqs = map[contest.ID]int{}, map[contest.ID]uint64{}, map[contest.ID][]uint64{}
		f.Views = map[contest.ID]int{}
	}
	f.Opens[s.Event.ID]++
	f.Epochs[s.Event.ID] = epoch
}

// Applied implements judging.Follower.
func (f *Follower) Applied(event contest.ID, _ time.Time, c *scoring.Change, b *scoring.Board) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.Seqs[event] = append(f.Seqs[event], c.Seq)
	if b.Seq() != c.Seq {
		f.Wrong++
	}
	for _, touched := range c.Touched {
		if touched {
			f.Views[event]++
		}
	}
}

// Touched is how often the view of an audience of an event has changed.
func (f *Follower) Touched(event contest.ID) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.Views[event]
}

// Told is what was applied to an event, and how often the board was another.
func (f *Follower) Told(event contest.ID) (seqs []uint64, wrong int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]uint64(nil), f.Seqs[event]...), f.Wrong
}

// Seconds knows accounts by user; every password is "right".
type Seconds map[string]contest.Actor

// Second implements judging.Seconds.
func (s Seconds) Second(_ context.Context, user, password string) (contest.Actor, error) {
	a, ok := s[user]
	if !ok || password != "right" {
		return contest.Actor{}, fault.New(fault.Unauthenticated, "identity.credentials")
	}
	return a, nil
}

// Tablets are what was paired to the chairs of any event.
type Tablets struct {
	mu   sync.Mutex // guards list
	list []judging.Tablet
}

// Pair makes these the tablets.
func (p *Tablets) Pair(list ...judging.Tablet) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.list = list
}

// Tablets implements judging.Tablets.
func (p *Tablets) Tablets(context.Context, contest.ID) ([]judging.Tablet, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]judging.Tablet(nil), p.list...), nil
}

// Retire implements judging.Tablets.
func (p *Tablets) Retire(_ context.Context, _ contest.Actor, _ contest.ID, chair scoring.ChairID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range p.list {
		p.list[i].Replaced = p.list[i].Replaced || p.list[i].Chair == chair
	}
	return nil
}

// Audit keeps what was noted.
type Audit struct {
	mu   sync.Mutex // guards what
	what []string
}

// Record implements judging.Audit.
func (a *Audit) Record(_ context.Context, _ contest.Actor, what, _ string, detail map[string]string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.what = append(a.what, what+" "+detail["code"])
	return nil
}

// What lists what was noted.
func (a *Audit) What() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]string(nil), a.what...)
}

// Gates objects when Ask says so, and notes what it was asked.
type Gates struct {
	Ask func(s *judging.Setup, act judging.ActKind) error // nil: no objection

	mu    sync.Mutex // guards asked
	asked []judging.ActKind
}

// Before implements judging.Gates.
func (g *Gates) Before(_ context.Context, _ contest.Actor, s *judging.Setup, act judging.ActKind) error {
	g.mu.Lock()
	g.asked = append(g.asked, act)
	g.mu.Unlock()
	if g.Ask == nil {
		return nil
	}
	return g.Ask(s, act)
}

// Asked lists what it was asked.
func (g *Gates) Asked() []judging.ActKind {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]judging.ActKind(nil), g.asked...)
}

// Witness remembers in memory.
type Witness struct {
	mu   sync.Mutex // guards seen
	seen map[contest.ID]head
}

type head struct {
	size uint64
	hash ledger.Hash
}

// Seen implements judging.Witness.
func (w *Witness) Seen(id contest.ID) (uint64, ledger.Hash, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	h, ok := w.seen[id]
	return h.size, h.hash, ok
}

// Saw implements judging.Witness.
func (w *Witness) Saw(id contest.ID, size uint64, hash ledger.Hash) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.seen == nil {
		w.seen = map[contest.ID]head{}
	}
	w.seen[id] = head{size, hash}
}
