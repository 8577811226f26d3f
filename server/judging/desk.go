package judging

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging/clerk"
	"jiangtai/server/judging/outbox"
	"jiangtai/server/judging/rising"
	"jiangtai/server/ledger"
)

// Config is what the desk needs: all of it, but for Gates, Owing, Keying, Meter and Snapshots.
type Config struct {
	Events   Events
	Ledgers  Ledgers
	Notes    Notes
	Follower Follower
	Seconds  Seconds
	Tablets  Tablets
	Audit    Audit
	Gates    Gates       // nil: nobody objects to an act
	Owing    Owing       // nil: no other room owes a record
	Keying   Keying      // nil: paper is keyed once
	Meter    clerk.Meter // nil: nobody is told how long commits take
	Witness  Witness
	// Snapshots make the next start short; nil: it reads all ledgers.
	Snapshots clerk.Snapshots
	Key       *ledger.Key
	Now       func() time.Time
	Log       *slog.Logger
}

// Desk (评分台) is the door of this room. It is safe for concurrent use.
type Desk struct {
	cfg    Config
	unsent *outbox.Reports

	mu       sync.Mutex // guards what follows
	posts    map[contest.ID]*post
	byLedger map[contest.ID]*post
	opening  map[contest.ID]chan struct{}
	closed   bool
	running  sync.WaitGroup
	surveys  *clerk.Surveys              // nil before Start
	isBusy   atomic.Bool                 // Start is opening ledgers: what they owe is written afterwards
	due      rising.Queue                // the events that it has not come to
	starts   map[contest.ID]*clerk.Start // by ledger, while it opens them
}

// NewDesk makes a desk; Start it.
func NewDesk(cfg Config) *Desk {
	return &Desk{
		cfg: cfg, unsent: outbox.New(),
		posts: map[contest.ID]*post{}, byLedger: map[contest.ID]*post{}, opening: map[contest.ID]chan struct{}{},
	}
}

// Start opens the ledgers of all events, so that every board stands and the follower
// knows it. One that cannot be opened keeps no other from it: the joined error names each.
func (d *Desk) Start(ctx context.Context) error {
	rise, err := d.Begin(ctx)
	if err != nil {
		return err
	}
	return rise(ctx)
}

// Begin is Start in two steps: when it returns the desk may be used, and whoever asks
// for an event waits until rise has opened it, before others that nobody asks for. Call
// rise once.
func (d *Desk) Begin(ctx context.Context) (rise func(ctx context.Context) error, err error) {
	list, err := d.cfg.Events.List(ctx, contest.ID{})
	if err != nil {
		return nil, err
	}
	events, ledgers := make([]contest.ID, len(list)), make([]contest.ID, len(list))
	for i, ref := range list {
		events[i], ledgers[i] = ref.Event, ref.Ledger
	}
	d.isBusy.Store(true)
	d.due.Expect(events)
	return func(ctx context.Context) error { return d.rise(ctx, ledgers) }, nil
}

func (d *Desk) rise(ctx context.Context, ledgers []contest.ID) error {
	starts := clerk.AskAhead(ctx, d.cfg.Ledgers, slices.Values(ledgers), d.cfg.Log)
	d.mu.Lock()
	d.starts = starts
	d.mu.Unlock()
	err := d.due.Run(4, func(event contest.ID) error {
		_, err := d.enter(ctx, event)
		return err
	})
	d.mu.Lock()
	defer d.mu.Unlock()
	d.isBusy.Store(false)
	d.starts = nil
	if d.closed {
		return nil
	}
	if d.surveys == nil {
		d.surveys = clerk.BeginSurveys(d.all, d.cfg.Log)
	}
	return err
}

// all are the posts that there are.
func (d *Desk) all() []*post {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Collect(maps.Values(d.posts))
}

// Close answers what waits and stops all clerks; later calls get Unavailable.
func (d *Desk) Close() {
	d.mu.Lock()
	d.closed = true
	for _, p := range d.posts {
		p.Close()
	}
	surveys := d.surveys
	d.mu.Unlock()
	if surveys != nil {
		surveys.Close()
	}
	d.running.Wait()
}

// Refresh reads an event's setup again, after names, labels, chairs, entries or
// the scheme have changed, and has written what has become owed by that. An event
// that nobody has asked for yet is opened.
func (d *Desk) Refresh(ctx context.Context, event contest.ID) error {
	p, err := d.post(ctx, event)
	if err != nil {
		return err
	}
	if _, err = p.Do(ctx, func() ([]clerk.Item, error) { return nil, p.refresh(ctx) }); err != nil {
		return err
	}
	return p.follow(ctx, persons{})
}

// post finds the post of an event, and opens its ledger at the first time.
func (d *Desk) post(ctx context.Context, event contest.ID) (*post, error) {
	if err := d.Await(ctx, event); err != nil {
		return nil, err
	}
	return d.enter(ctx, event)
}

// Await waits until a start that is under way has come to the event, or to all for the
// zero id: it stands then, unless it cannot be opened.
func (d *Desk) Await(ctx context.Context, event contest.ID) error {
	if err := d.due.Await(ctx, event); err != nil {
		return later("judging.busy", err)
	}
	return nil
}

func (d *Desk) enter(ctx context.Context, event contest.ID) (*post, error) {
	for {
		d.mu.Lock()
		if d.closed {
			d.mu.Unlock()
			return nil, later("judging.closing", nil)
		}
		if p, ok := d.posts[event]; ok {
			d.mu.Unlock()
			return p, nil
		}
		wait, busy := d.opening[event]
		if !busy {
			d.opening[event] = make(chan struct{})
		}
		d.mu.Unlock()
		if !busy {
			return d.open(ctx, event)
		}
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, later("judging.busy", ctx.Err())
		}
	}
}

// open opens a post and has written what a program that has died still owed.
func (d *Desk) open(ctx context.Context, event contest.ID) (*post, error) {
	owes := d.isBusy.Load()
	p, err := d.stand(ctx, event, owes)
	if err == nil && !owes {
		p.catchUp(ctx)
	}
	return p, err
}

func (p *post) catchUp(ctx context.Context) {
	if err := p.follow(ctx, persons{}); err != nil && ctx.Err() == nil {
		p.desk.cfg.Log.Warn("what the event owes is not written yet", "event", p.event, "error", err)
	}
}

// Survey has what is owed written after a start, and then is the clerk's own.
func (p *post) Survey(ctx context.Context) error {
	if p.owes {
		p.owes = false
		p.catchUp(ctx)
	}
	return p.Clerk.Survey(ctx)
}

func (d *Desk) stand(ctx context.Context, event contest.ID, owes bool) (*post, error) {
	p, err := d.newPost(ctx, event)
	d.mu.Lock()
	defer d.mu.Unlock()
	close(d.opening[event])
	delete(d.opening, event)
	if err != nil {
		return nil, err
	}
	if d.closed {
		return nil, later("judging.closing", nil)
	}
	p.owes, d.posts[event], d.byLedger[p.ledger] = owes, p, p
	d.running.Go(p.Run)
	return p, nil
}

// Openness says how far a ledger is, for programme: whether marking was opened,
// and whether names may be joined to marks. Of a ledger that no clerk could open
// it is only known that it has records: it counts as open and sealed.
func (d *Desk) Openness(ctx context.Context, ledger contest.ID) (isOpen, isUnsealed bool, err error) {
	if err := d.Await(ctx, contest.ID{}); err != nil {
		return false, false, err
	}
	d.mu.Lock()
	p, ok := d.byLedger[ledger]
	d.mu.Unlock()
	if !ok {
		state, err := d.cfg.Ledgers.Begin(ctx, ledger)
		return state.Seq > 0, false, err
	}
	s, done := p.Look()
	defer done()
	return s.Board.Phase() != scoring.Waiting, s.Seq() > 0 && !s.Board.Sealed(), nil
}

// IsOfficial says whether a ledger's result is published; of one that does not stand yet,
// see Await, it does not know.
func (d *Desk) IsOfficial(ledger contest.ID) bool {
	d.mu.Lock()
	p, ok := d.byLedger[ledger]
	d.mu.Unlock()
	if !ok {
		return false
	}
	s, done := p.Look()
	defer done()
	return s.Board.Phase() == scoring.Official
}
