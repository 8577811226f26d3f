package clerk

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"strconv"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/ledger"
)

// load makes book and board of the ledger: of its snapshot and what came since, or
// of all of it. A ledger whose chain does not hold is not opened: nothing is appended
// to it and nothing shown. What the snapshot stands for is held against the ledger
// later, see Survey.
func (c *Clerk) load(ctx context.Context) error { return c.open(ctx, nil) }

// open is load with what is known already; nil: nothing is.
func (c *Clerk) open(ctx context.Context, start *Start) error {
	start, err := c.asked(ctx, start)
	if err != nil {
		return err
	}
	book, board, err := c.resume(ctx, start.State)
	if book != nil {
		err = c.proven(ctx, book, start)
	}
	if err != nil {
		c.log.Warn("the snapshot is not used", "reason", err)
		c.survey.from.Store(0)
	}
	if book == nil || err != nil {
		if book, board, err = c.whole(ctx, start); err != nil {
			return err
		}
	}
	for _, r := range start.Refused {
		book.refuse(r.Device, r.DeviceSeq, r.MarkID)
	}
	if err := c.compare(ctx, book); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.book, c.board, c.behind, c.torn = book, board, false, false
	c.cfg.Follower.Opened(book.epoch, board)
	return nil
}

// whole makes book and board of all records: of their bodies, whose chain must come to
// what was signed. If it does not, everything is read anew, and the first record that
// is not as it was is named.
func (c *Clerk) whole(ctx context.Context, start *Start) (book *book, board *scoring.Board, err error) {
	for _, read := range []func() error{
		func() error { return c.bodies(ctx, before(start.State.Seq), book, board) },
		func() error { return nil },
	} {
		book, board = newBook(c.cfg.Ledger, start.State.Epoch), scoring.NewBoard(c.cfg.Rules())
		if err = read(); err == nil {
			err = c.replay(ctx, book, board, nil)
		}
		if err == nil {
			err = c.proven(ctx, book, start)
		}
		if err == nil || ctx.Err() != nil {
			break
		}
		c.log.Warn("the ledger does not come of what was read", "reason", err)
	}
	return book, board, err
}

// bodies adds the first n records by their bodies alone.
func (c *Clerk) bodies(ctx context.Context, n uint64, b *book, board *scoring.Board) error {
	store, ok := c.cfg.Ledgers.(Bodies)
	if !ok || n == 0 {
		return nil
	}
	b.lines.old = n
	return store.Bodies(ctx, c.cfg.Ledger, n, func(seq uint64, body []byte) error {
		rec, err := b.reader.Parse(body)
		if err != nil || rec.Seq != seq || seq != b.seq()+1 {
			return fmt.Errorf("ledger %s: record %d: %w", b.id, seq, errors.Join(errTampered, err))
		}
		hash := ledger.Chain(b.hash, body)
		b.tree.Add(hash)
		b.add(&rec.Command, rec.At, hash, [16]byte{})
		return board.Apply(rec, nil)
	})
}

// proven says that the book is what its head names and what was signed.
func (c *Clerk) proven(ctx context.Context, book *book, start *Start) error {
	if !book.reaches(start.State) {
		return fmt.Errorf("ledger %s: its head is record %d, and that is not there as it was written", c.cfg.Ledger, start.State.Seq)
	}
	if size := book.seq(); size > 0 && start.Size == size {
		book.sizes, book.notes = nil, map[uint64]string{}
		book.addHead(size, start.Note)
	} else if err := c.heads(ctx, book); err != nil {
		return err
	}
	return c.signed(book)
}

// replay adds to book and board what follows them, up to where each says stop with
// errEnough; nil never does.
func (c *Clerk) replay(ctx context.Context, book *book, board *scoring.Board, each func(l Line, r *scoring.Record) error) error {
	var unfit error // of the board; what the ledger itself says goes before
	err := c.cfg.Ledgers.Load(ctx, c.cfg.Ledger, book.seq(), func(l Line) error {
		rec, err := book.read(l)
		if err == nil && unfit == nil {
			unfit = board.Apply(rec, nil)
		}
		if err == nil && each != nil {
			err = each(l, &rec)
		}
		return err
	})
	if err != nil && !errors.Is(err, errEnough) {
		return fmt.Errorf("load ledger %s: %w", c.cfg.Ledger, err)
	}
	if unfit != nil {
		return fmt.Errorf("rebuild the board of ledger %s: %w", c.cfg.Ledger, unfit)
	}
	return nil
}

// heads takes the newest signed head.
func (c *Clerk) heads(ctx context.Context, book *book) error {
	if book.seq() == 0 {
		return nil
	}
	return c.cfg.Ledgers.Heads(ctx, c.cfg.Ledger, book.seq(), 1, func(size uint64, note string) error {
		if size == book.seq() {
			book.sizes, book.notes = nil, map[uint64]string{}
			book.addHead(size, note)
		}
		return nil
	})
}

// signed holds the records against their newest signed head: whoever holds the
// database can make hashes anew, but not a signature. Another key than ours is no
// proof of either: keys are lost with machines.
func (c *Clerk) signed(book *book) error {
	size := book.seq()
	if size == 0 {
		return nil
	}
	head, err := ledger.OpenHead(book.notes[size], c.cfg.Key.Verifiers())
	if errors.Is(err, ledger.ErrForeignKey) {
		c.log.Error("the ledger's head was signed with another key than this program's", "seq", size)
		return nil
	}
	if err != nil {
		return fmt.Errorf("ledger %s: its signed head of %d records cannot be read: %w", c.cfg.Ledger, size, err)
	}
	// The chain hash covers every record; the root over the same hashes is asked for
	// when there is time, see Survey. Of old records there is nothing else.
	root := head.Root
	if book.tree.Base() > 0 {
		if root, err = book.tree.Root(size); err != nil {
			return err
		}
	}
	if head != (ledger.Head{Ledger: ledger.ID(c.cfg.Ledger), Size: size, Root: root, Chain: book.hash}) {
		return fmt.Errorf("ledger %s: its %d records are not those that were signed", c.cfg.Ledger, size)
	}
	return nil
}

// AskAhead asks how ledgers stand, all at once, where their store can say; without an
// answer each is asked for itself.
func AskAhead(ctx context.Context, ledgers Ledgers, ids iter.Seq[contest.ID], log *slog.Logger) map[contest.ID]*Start {
	store, ok := ledgers.(Starts)
	if !ok {
		return nil
	}
	all, err := store.Starts(ctx, slices.Collect(ids))
	if err != nil {
		log.Warn("each ledger is asked for itself", "error", err)
	}
	return all
}

// asked is how the ledger stands, if that is not known. A ledger that is not there is
// made.
func (c *Clerk) asked(ctx context.Context, start *Start) (*Start, error) {
	if start != nil {
		return start, nil
	}
	state, err := c.cfg.Ledgers.Begin(ctx, c.cfg.Ledger)
	if err != nil {
		return nil, err
	}
	refused, err := c.cfg.Refusals.Refusals(ctx, c.cfg.Ledger)
	return &Start{State: state, Refused: refused}, err
}

// compare holds the ledger against what was told before the start: if that was
// more, or something else, a backup was restored, and nobody's numbers go on.
func (c *Clerk) compare(ctx context.Context, book *book) error {
	size, hash, ok := c.cfg.Witness.Seen(c.cfg.Ledger)
	if !ok || size == 0 {
		return nil
	}
	if size <= book.seq() {
		here, err := c.chainAt(ctx, book, size)
		if err == nil && here == hash && size < book.seq() {
			c.cfg.Witness.Saw(c.cfg.Ledger, book.seq(), book.hash) // whoever looks is told this
		}
		if err != nil || here == hash {
			return err
		}
	}
	book.epoch++
	c.log.Error("history is another than the one that was told: a new epoch begins", "told", size, "here", book.seq(), "epoch", book.epoch)
	if err := c.cfg.Ledgers.Raise(ctx, c.cfg.Ledger, book.epoch); err != nil {
		return err
	}
	c.cfg.Witness.Saw(c.cfg.Ledger, book.seq(), book.hash)
	return nil
}

// readUp catches up with the ledger after an append that failed: somebody else
// may have written, or the outcome was unknown and it was written after all.
func (c *Clerk) readUp() error {
	ctx := context.Background()
	if c.torn {
		return c.load(ctx)
	}
	led := c.cfg.Ledgers
	state, err := led.Begin(ctx, c.cfg.Ledger)
	if err != nil {
		return err
	}
	c.mu.Lock()
	same := state.Epoch == c.book.epoch && state.Seq == c.book.seq() && state.Hash == c.book.hash
	other := state.Epoch != c.book.epoch || state.Seq < c.book.seq()
	c.mu.Unlock()
	if same {
		c.behind = false
		return nil
	}
	if other || c.catchUp(ctx, state) != nil {
		return c.load(ctx)
	}
	c.behind = false
	return nil
}

func (c *Clerk) catchUp(ctx context.Context, state State) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	err := c.cfg.Ledgers.Load(ctx, c.cfg.Ledger, c.book.seq(), func(l Line) error {
		rec, err := c.book.read(l)
		if err != nil {
			return err
		}
		if err := c.board.Apply(rec, &c.change); err != nil {
			return err
		}
		c.cfg.Follower.Applied(time.Unix(0, rec.At), &c.change, c.board)
		return nil
	})
	if err != nil {
		return err
	}
	if !c.book.reaches(state) {
		return errMissingRecords
	}
	return c.heads(ctx, c.book)
}

// errMissingRecords makes readUp load everything, which says what is wrong.
var errMissingRecords = errors.New("the head names records that are not there")

// Intact reads the stored ledger and holds it against the chain in memory: what
// somebody has changed in the database since must not be locked in. It is
// called from a function that Do was given. Refused judging.tampered names the
// first record that differs; of old ones that were made anew with hashes that fit each
// other, the first of their commit.
func (c *Clerk) Intact(ctx context.Context) error {
	b := c.book
	prev, seen := ledger.Genesis(ledger.ID(c.cfg.Ledger)), uint64(0)
	var all []ledger.Hash
	tampered := func() error {
		c.log.Error("the stored ledger is not as it was written", "seq", seen)
		return fault.New(fault.Refused, "judging.tampered", fault.At("seq", "judging.tampered", strconv.FormatUint(seen, 10)))
	}
	err := c.cfg.Ledgers.Load(ctx, c.cfg.Ledger, 0, func(l Line) error {
		seen++
		if seen > b.seq() || l.Seq != seen || ledger.Chain(prev, l.Body) != l.Hash {
			return tampered()
		}
		prev, all = l.Hash, append(all, l.Hash)
		if differs, isFirst := c.knows(b, seen, l.Hash); differs {
			if isFirst {
				seen = c.anew(ctx, all[:seen-1], seen)
			}
			return tampered()
		}
		return nil
	})
	if err == nil && seen < b.seq() {
		seen++
		return tampered()
	}
	return err
}

// knows says whether a record's hash is another than the tree's, and whether the record
// is the first one behind those that the tree knows together only. A survey may make
// more of them old at any time; the chain holds what was not compared.
func (c *Clerk) knows(b *book, seq uint64, h ledger.Hash) (differs, isFirst bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return seq > b.lines.old && b.tree.Chain(seq) != h, seq == b.lines.old+1
}

// anew is the first record of the first commit whose signed head is of another chain
// than these; otherwise where there is none.
func (c *Clerk) anew(ctx context.Context, chains []ledger.Hash, otherwise uint64) uint64 {
	first := uint64(1)
	err := c.cfg.Ledgers.Heads(ctx, c.cfg.Ledger, 1, 0, func(size uint64, note string) error {
		if size > uint64(len(chains)) {
			first = otherwise
			return errEnough
		}
		head, err := ledger.OpenHead(note, c.cfg.Key.Verifiers())
		if err == nil && head.Size == size && head.Chain != chains[size-1] {
			return errEnough
		}
		first = size + 1
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return otherwise
	}
	return min(first, otherwise)
}
