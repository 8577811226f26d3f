package judging

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// maxBatch is the most records of one commit of a ledger.
const maxBatch = 512

// clerk (记录员) is the one writer of a ledger: a goroutine that takes jobs from
// its queue until the queue is closed and empty.
type clerk struct {
	desk   *Desk
	event  contest.ID
	ledger contest.ID
	queue  chan *job
	log    *slog.Logger
	index  atomic.Pointer[index] // replaced as a whole

	// gate guards the closing of queue against senders.
	gate   sync.RWMutex
	closed bool

	// mu guards what follows. The clerk's goroutine holds it while it checks and
	// while it applies; readers of the board and the book hold it to read.
	mu    sync.Mutex
	board *scoring.Board
	book  *book

	// Only the clerk's goroutine touches these.
	behind bool // the last append failed: read up before the next
	torn   bool // the board is of no use: load everything
	alone  int  // so many next items get a batch each
	todo   []*item
	jobs   []*job
	batch  pending
	change scoring.Change
}

// job is what one caller waits for.
type job struct {
	items []item
	// prepare makes the items in the clerk's goroutine, with nothing in flight
	// and without the lock: it may ask other rooms, and they may ask the desk.
	// It may be nil.
	prepare func() ([]item, error)
	err     error // why prepare made none
	done    chan struct{}
}

// give hands a job to the clerk and waits until it is answered. The caller's
// context ends the waiting in the queue's door only: what is in the queue is
// answered, within the store's own limits.
func (c *clerk) give(ctx context.Context, j *job) error {
	j.done = make(chan struct{}, 1)
	if err := c.send(ctx, j); err != nil {
		return err
	}
	<-j.done
	return j.err
}

func (c *clerk) send(ctx context.Context, j *job) error {
	c.gate.RLock()
	defer c.gate.RUnlock()
	if c.closed {
		return retry(fault.Unavailable, "judging.closing", nil)
	}
	select {
	case c.queue <- j:
		return nil
	case <-ctx.Done():
		return retry(fault.Unavailable, "judging.busy", ctx.Err())
	}
}

// close lets the clerk answer what waits and end.
func (c *clerk) close() {
	c.gate.Lock()
	defer c.gate.Unlock()
	if !c.closed {
		c.closed = true
		close(c.queue)
	}
}

// run is the clerk's goroutine.
func (c *clerk) run() {
	for j := range c.queue {
		c.jobs = append(c.jobs[:0], j)
		if j.prepare == nil {
			c.join()
		}
		c.work()
	}
}

// join takes the jobs that wait, up to one that wants the clerk for itself.
func (c *clerk) join() {
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
func (c *clerk) work() {
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

func (c *clerk) prepare(j *job) {
	if c.behind && c.readUp() != nil {
		j.err = retry(fault.Unavailable, "judging.behind", nil)
		return
	}
	j.items, j.err = j.prepare()
}

// answer brings every item of todo to its outcome, batch after batch.
func (c *clerk) answer() {
	left := c.todo
	for len(left) > 0 {
		if c.behind {
			if err := c.readUp(); err != nil {
				for _, it := range left {
					it.refuse(retry(fault.Unavailable, "judging.behind", err))
				}
				return
			}
		}
		c.mu.Lock()
		n := c.fill(left)
		c.mu.Unlock()
		if len(c.batch.items) > 0 {
			err := c.desk.cfg.Ledgers.Append(context.Background(), &c.batch.Batch)
			c.mu.Lock()
			again := c.settle(err)
			c.mu.Unlock()
			if again {
				continue
			}
		}
		left = left[n:]
	}
}

// settle answers the batch's items after the append. It asks for another try,
// one record at a time, when one mark id of several is known elsewhere.
func (c *clerk) settle(err error) (again bool) {
	if err == nil {
		c.keep()
		return false
	}
	c.book.tree.Cut(c.book.seq())
	f := fault.Of(err)
	if f.Code == ErrKnownMark.Code {
		if len(c.batch.items) > 1 && !c.batch.items[0].together {
			c.alone = len(c.batch.items)
			return true
		}
		f = errOwner
	} else {
		c.behind = true
		c.log.Warn("append failed", "event", c.event, "seq", c.batch.Seq, "records", len(c.batch.items), "error", err)
		f = afterAppend(f)
	}
	for _, it := range c.batch.items {
		it.refuse(f)
	}
	return false
}

// afterAppend is what the sender of a mark is told: a lost fence means that he
// should come again.
func afterAppend(f *fault.Error) *fault.Error {
	if f.Code == ErrMoved.Code {
		return retry(fault.Unavailable, "judging.behind", f)
	}
	return f
}

// keep makes the durable batch so: book, board, follower, receipts.
func (c *clerk) keep() {
	b := &c.batch
	at := time.Unix(0, b.at)
	for i, it := range b.items {
		c.book.add(&b.records[i].Command, b.at, b.Lines[i].Hash, it.payload, it.owner)
	}
	size := c.book.seq()
	c.book.addHead(size, b.Note)
	for i := range b.records {
		if err := c.board.Apply(b.records[i], &c.change); err != nil {
			// Check accepted it and it is durable, so this is the program's own
			// error. The receipts hold; the board is made anew before the next mark.
			c.log.Error("a checked record does not apply", "event", c.event, "seq", b.records[i].Seq, "error", err)
			c.behind, c.torn = true, true
			break
		}
		c.desk.cfg.Follower.Applied(c.event, at, &c.change, c.board)
	}
	for i, it := range b.items {
		it.out.Receipt, it.out.Fault = c.mustReceipt(b.Seq+uint64(i)+1, size, b.Note)
		it.out.Late = b.records[i].Kind == scoring.Late
		it.done = true
	}
	c.desk.cfg.Witness.Saw(c.ledger, size, c.book.hash)
}

func (c *clerk) mustReceipt(seq, size uint64, note string) (Receipt, *fault.Error) {
	r, err := c.book.receipt(seq, size, note)
	if err != nil {
		return r, fault.Of(err)
	}
	return r, nil
}
