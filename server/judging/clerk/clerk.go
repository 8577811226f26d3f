package clerk

import (
	"context"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/ledger"
)

// maxBatch is the most records of one commit of a ledger.
const maxBatch = 512

// Config is what a clerk needs: all of it, but for Meter.
type Config struct {
	Ledger   contest.ID
	Ledgers  Ledgers
	Refusals Refusals
	Witness  Witness
	Follower Follower
	Key      *ledger.Key
	// Rules are the rules by version, as they are now.
	Rules func() scoring.RuleSet
	// Each says whether every chair gives a mark of its own for an aspect.
	Each func(aspect string) bool
	Now  func() time.Time
	Log  *slog.Logger
	// Meter is told of every commit; nil: nobody is.
	Meter Meter
	// Snapshots make the next start short; nil: it reads the whole ledger.
	Snapshots Snapshots
	// Start is how the ledger stands, if it was asked for a moment ago; nil: Open asks.
	Start *Start
}

// Clerk (记录员) is the one writer of a ledger: a goroutine that takes jobs from
// its queue until the queue is closed and empty. Its methods are safe for
// concurrent use, but for those that say otherwise.
type Clerk struct {
	cfg   Config
	queue chan *job
	log   *slog.Logger

	// gate guards the closing of queue against senders.
	gate   sync.RWMutex
	closed bool

	// mu guards what follows. The clerk's goroutine holds it while it checks and
	// while it applies; readers of the board and the book hold it to read.
	mu    sync.Mutex
	board *scoring.Board
	book  *book

	survey surveyed

	// Only the clerk's goroutine touches these.
	behind bool // the last append failed: read up before the next
	torn   bool // the board is of no use: load everything
	alone  int  // so many next items get a batch each
	todo   []*Item
	jobs   []*job
	batch  pending
	change scoring.Change
	turn   Turn // in the next commit, nil: none
}

// job is what one caller waits for.
type job struct {
	items []Item
	// prepare makes the items; nil when they are there. It runs without the lock:
	// it may ask other rooms, and they may look at the board.
	prepare func() ([]Item, error)
	err     error // why prepare made none
	at      time.Time
	done    chan struct{}
}

// Open loads a ledger and stands ready; Run it. A ledger whose chain does not
// hold is an error, and the follower is not told of it.
func Open(ctx context.Context, cfg Config) (*Clerk, error) {
	c := &Clerk{cfg: cfg, queue: make(chan *job, 64), log: cfg.Log.With("ledger", cfg.Ledger.String())}
	start := cfg.Start
	c.cfg.Start = nil // it is of this moment
	return c, c.open(ctx, start)
}

// Give hands items to the clerk and waits until each has its outcome. The
// context ends the waiting in the queue's door only: what is in the queue is
// answered, within the store's own limits.
func (c *Clerk) Give(ctx context.Context, items []Item) error {
	return c.give(ctx, &job{items: items})
}

// Do runs prepare in the clerk's goroutine, with nothing in flight and without
// the clerk's lock, and then writes the items that it made. The outcome is the
// last one's; the zero Outcome for none.
func (c *Clerk) Do(ctx context.Context, prepare func() ([]Item, error)) (Outcome, error) {
	j := &job{prepare: prepare}
	if err := c.give(ctx, j); err != nil || len(j.items) == 0 {
		return Outcome{}, err
	}
	return j.items[len(j.items)-1].Outcome, nil
}

func (c *Clerk) give(ctx context.Context, j *job) error {
	j.done = make(chan struct{}, 1)
	if c.cfg.Meter != nil {
		j.at = c.cfg.Now()
	}
	if err := c.send(ctx, j); err != nil {
		return err
	}
	<-j.done
	return j.err
}

func (c *Clerk) send(ctx context.Context, j *job) error {
	c.gate.RLock()
	defer c.gate.RUnlock()
	if c.closed {
		return later("judging.closing", nil)
	}
	select {
	case c.queue <- j:
		return nil
	default: // only now somebody waits, and asks the context
	}
	select {
	case c.queue <- j:
		return nil
	case <-ctx.Done():
		return later("judging.busy", ctx.Err())
	}
}

// Close lets the clerk answer what waits and end; it does not wait for Run.
func (c *Clerk) Close() {
	c.gate.Lock()
	defer c.gate.Unlock()
	if !c.closed {
		c.closed = true
		close(c.queue)
	}
}

// Run is the clerk's goroutine; it ends after Close.
func (c *Clerk) Run() {
	for j := range c.queue {
		c.jobs = append(c.jobs[:0], j)
		if j.prepare == nil {
			c.takeTurn()
			// Whoever is ready to run may have a mark for this batch, or a batch for
			// this commit. Where nobody is, this is no wait.
			runtime.Gosched()
			c.join()
		}
		c.work()
	}
}

// join takes the jobs that wait, up to one that wants the clerk for itself.
func (c *Clerk) join() {
	for n := len(c.jobs[0].items); n < maxBatch; {
		select {
		case j, ok := <-c.queue:
			if !ok {
				return
			}
			c.jobs = append(c.jobs, j)
			n += len(j.items)
			if j.prepare != nil {
				return
			}
		default:
			return
		}
	}
}

// work answers the jobs in hand.
func (c *Clerk) work() {
	next := c.jobs
	for len(next) > 0 {
		n := 0
		c.todo = c.todo[:0]
		for n < len(next) && (n == 0 || next[n].prepare == nil) {
			j := next[n]
			n++
			if j.prepare != nil {
				c.prepare(j)
			}
			for i := range j.items {
				c.todo = append(c.todo, &j.items[i])
			}
			if j.prepare != nil {
				break
			}
		}
		c.answer()
		for _, j := range next[:n] {
			j.done <- struct{}{}
		}
		next = next[n:]
	}
	clear(c.todo)
	clear(c.jobs)
}

func (c *Clerk) prepare(j *job) {
	if c.survey.isBad.Load() {
		j.err = later("judging.behind", errTampered)
		return
	}
	if c.behind && c.readUp() != nil {
		j.err = later("judging.behind", nil)
		return
	}
	j.items, j.err = j.prepare()
}

// takeTurn waits for a place in the next commit, where the store gives any.
func (c *Clerk) takeTurn() {
	if t, ok := c.cfg.Ledgers.(Turns); ok && c.turn == nil {
		c.turn = t.Turn()
	}
}

func (c *Clerk) passTurn() {
	if c.turn != nil {
		c.turn.Pass()
		c.turn = nil
	}
}

// append ends the turn with the batch in hand.
func (c *Clerk) append() error {
	if c.turn == nil {
		return c.cfg.Ledgers.Append(context.Background(), &c.batch.Batch)
	}
	defer func() { c.turn = nil }()
	return c.turn.Append(context.Background(), &c.batch.Batch)
}

// answer brings every item of todo to its outcome, batch after batch.
func (c *Clerk) answer() {
	defer c.passTurn()
	left := c.todo
	if c.survey.isBad.Load() {
		for _, it := range left {
			it.Refuse(later("judging.behind", errTampered))
		}
		return
	}
	for len(left) > 0 {
		if c.behind {
			c.passTurn() // nobody waits while this ledger is read
			if err := c.readUp(); err != nil {
				c.log.Warn("the ledger cannot be read up", "error", err)
				for _, it := range left {
					it.Refuse(later("judging.behind", err))
				}
				return
			}
		}
		c.takeTurn()
		watch := c.watch()
		c.mu.Lock()
		n := c.fill(left)
		c.mu.Unlock()
		if len(c.batch.items) > 0 {
			watch.lap(&watch.Checked)
			err := c.append()
			watch.lap(&watch.Stored)
			c.mu.Lock()
			again := c.settle(err)
			c.mu.Unlock()
			if again {
				continue
			}
			watch.lap(&watch.Applied)
			watch.tell(len(c.batch.items))
		}
		left = left[n:]
	}
}

// settle answers the batch's items after the append. It asks for another try,
// one record at a time, when one mark id of several is known elsewhere.
func (c *Clerk) settle(err error) (again bool) {
	if err == nil {
		c.keep()
		return false
	}
	c.book.tree.Cut(c.book.seq())
	f := fault.Of(err)
	if f.Code == ErrKnownMark.Code {
		if len(c.batch.items) > 1 && !c.batch.items[0].Together {
			c.alone = len(c.batch.items)
			return true
		}
		f = errOwner
	} else {
		c.behind = true
		c.log.Warn("append failed", "seq", c.batch.Seq, "records", len(c.batch.items), "error", err)
		if f.Code == ErrMoved.Code {
			f = later("judging.behind", f) // the fence is lost: he should come again
		}
	}
	for _, it := range c.batch.items {
		it.Refuse(f)
	}
	return false
}

// keep makes the durable batch so: book, board, follower, receipts.
func (c *Clerk) keep() {
	b := &c.batch
	at := time.Unix(0, b.at)
	for i, it := range b.items {
		c.book.add(&b.records[i].Command, b.at, b.Lines[i].Hash, it.payload)
	}
	size := c.book.seq()
	c.book.addHead(size, b.Note)
	for i := range b.records {
		if err := c.board.Apply(b.records[i], &c.change); err != nil {
			// Check accepted it and it is durable, so this is the program's own
			// error. The receipts hold; the board is made anew before the next mark.
			c.log.Error("a checked record does not apply", "seq", b.records[i].Seq, "error", err)
			c.behind, c.torn = true, true
			break
		}
		c.cfg.Follower.Applied(at, &c.change, c.board)
	}
	for i, it := range b.items {
		it.Outcome.Receipt, it.Outcome.Fault = c.mustReceipt(b.Seq+uint64(i)+1, size, b.Note)
		it.Outcome.Late = b.records[i].Kind == scoring.Late
		it.done = true
	}
	c.cfg.Witness.Saw(c.cfg.Ledger, size, c.book.hash)
}

func (c *Clerk) mustReceipt(seq, size uint64, note string) (ledger.Receipt, *fault.Error) {
	r, err := c.book.receipt(seq, size, note)
	return r, fault.Of(err)
}
