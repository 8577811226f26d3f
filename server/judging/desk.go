package judging

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/ledger"
)

// Config is what the desk needs; all of it.
type Config struct {
	Events   Events
	Ledgers  Ledgers
	Notes    Notes
	Follower Follower
	Seconds  Seconds
	Audit    Audit
	Witness  Witness
	Key      *ledger.Key
	Now      func() time.Time
	Log      *slog.Logger
}

// Desk (评分台) is the door of this room. It is safe for concurrent use.
type Desk struct {
	cfg    Config
	unsent *unsent

	mu       sync.Mutex // guards what follows
	clerks   map[contest.ID]*clerk
	byLedger map[contest.ID]*clerk
	opening  map[contest.ID]chan struct{}
	closed   bool
	running  sync.WaitGroup
}

// NewDesk makes a desk; Start it.
func NewDesk(cfg Config) *Desk {
	return &Desk{
		cfg: cfg, unsent: newUnsent(),
		clerks: map[contest.ID]*clerk{}, byLedger: map[contest.ID]*clerk{}, opening: map[contest.ID]chan struct{}{},
	}
}

// Start opens the ledgers of all events, so that every board stands and the
// follower knows it. An event that cannot be opened does not keep the others
// from starting: the joined error names each.
func (d *Desk) Start(ctx context.Context) error {
	list, err := d.cfg.Events.List(ctx, contest.ID{})
	if err != nil {
		return err
	}
	var mu sync.Mutex // guards failed
	var failed []error
	var group errgroup.Group
	group.SetLimit(4)
	for _, ref := range list {
		group.Go(func() error {
			if _, err := d.clerk(ctx, ref.Event); err != nil {
				mu.Lock()
				defer mu.Unlock()
				failed = append(failed, err)
			}
			return nil
		})
	}
	_ = group.Wait()
	return errors.Join(failed...)
}

// Close answers what waits and stops all clerks; later calls get Unavailable.
func (d *Desk) Close() {
	d.mu.Lock()
	d.closed = true
	for _, c := range d.clerks {
		c.close()
	}
	d.mu.Unlock()
	d.running.Wait()
}

// Refresh reads an event's setup again, after names, labels, chairs, entries or
// the scheme have changed. An event that nobody has asked for yet is opened.
func (d *Desk) Refresh(ctx context.Context, event contest.ID) error {
	c, err := d.clerk(ctx, event)
	if err != nil {
		return err
	}
	return c.give(ctx, &job{prepare: func() ([]item, error) { return nil, c.refresh(ctx) }})
}

// refresh replaces the setup. A board without records is made anew, with the
// newest rules; one with records keeps the rules that its ledger names.
func (c *clerk) refresh(ctx context.Context) error {
	setup, err := c.desk.cfg.Events.Setup(ctx, c.event)
	if err != nil {
		return err
	}
	x := newIndex(setup)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.index.Store(x)
	if c.board.Seq() == 0 {
		c.board = scoring.NewBoard(setup.Rules)
	}
	c.desk.cfg.Follower.Opened(setup, c.book.epoch, c.board)
	return nil
}

// clerk finds the clerk of an event, and opens its ledger at the first time.
func (d *Desk) clerk(ctx context.Context, event contest.ID) (*clerk, error) {
	for {
		d.mu.Lock()
		if d.closed {
			d.mu.Unlock()
			return nil, retry(fault.Unavailable, "judging.closing", nil)
		}
		if c, ok := d.clerks[event]; ok {
			d.mu.Unlock()
			return c, nil
		}
		wait, busy := d.opening[event]
		if !busy {
			d.opening[event] = make(chan struct{})
		}
		d.mu.Unlock()
		if !busy {
			return d.openClerk(ctx, event)
		}
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, retry(fault.Unavailable, "judging.busy", ctx.Err())
		}
	}
}

func (d *Desk) openClerk(ctx context.Context, event contest.ID) (*clerk, error) {
	c, err := d.load(ctx, event)
	d.mu.Lock()
	defer d.mu.Unlock()
	close(d.opening[event])
	delete(d.opening, event)
	if err != nil {
		return nil, err
	}
	if d.closed {
		return nil, retry(fault.Unavailable, "judging.closing", nil)
	}
	d.clerks[event], d.byLedger[c.ledger] = c, c
	d.running.Go(c.run)
	return c, nil
}

func (d *Desk) load(ctx context.Context, event contest.ID) (*clerk, error) {
	setup, err := d.cfg.Events.Setup(ctx, event)
	if err != nil {
		return nil, err
	}
	c := &clerk{
		desk: d, event: event, ledger: setup.Event.Ledger, queue: make(chan *job, 64),
		log: d.cfg.Log.With("ledger", setup.Event.Ledger.String()),
	}
	c.index.Store(newIndex(setup))
	return c, c.load(ctx)
}

// Openness says how far a ledger is, for programme: whether marking was opened,
// and whether names may be joined to marks. Of a ledger that no clerk could open
// it is only known that it has records: it counts as open and sealed.
func (d *Desk) Openness(ctx context.Context, ledger contest.ID) (isOpen, isUnsealed bool, err error) {
	d.mu.Lock()
	c, ok := d.byLedger[ledger]
	d.mu.Unlock()
	if !ok {
		state, err := d.cfg.Ledgers.Begin(ctx, ledger)
		return state.Seq > 0, false, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.board.Phase() != scoring.Waiting, c.board.Seq() > 0 && !c.board.Sealed(), nil
}
