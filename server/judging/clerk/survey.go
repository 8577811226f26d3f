package clerk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/fault"
	"jiangtai/server/judging/brief"
	"jiangtai/server/judging/snapshot"
	"jiangtai/server/ledger"
)

const (
	// surveyEvery is how soon what has grown gets a new snapshot.
	surveyEvery = time.Minute
	// worthAFile is from how many records on a ledger has a snapshot, and worthAnew how
	// many more make it worth another.
	worthAFile = 512
	worthAnew  = 2048
)

// errTampered says that the stored ledger is not what the clerk has told of.
var errTampered = errors.New("the stored ledger is not as it was written")

// surveyed is how far a ledger's surveys are.
type surveyed struct {
	isBad  atomic.Bool   // nothing is written any more
	isDone atomic.Bool   // the ledger as it was opened has been surveyed
	from   atomic.Uint64 // the records of its snapshot
}

// Survey reads the whole stored ledger while the clerk works, holds it and what
// follows from it against the clerk's memory, and makes a snapshot of it: at the first
// call, and again when the ledger has grown. A ledger that is not what the clerk has
// told of is written no more; that is logged and is the error, as is what kept it from
// being read.
func (c *Clerk) Survey(ctx context.Context) error {
	c.mu.Lock()
	at := c.book.seq()
	c.mu.Unlock()
	if c.survey.isBad.Load() || c.survey.isDone.Load() && (c.cfg.Snapshots == nil || at < c.survey.from.Load()+worthAnew) {
		return nil
	}
	err := c.inspect(ctx, worthAFile)
	if f := (*fault.Error)(nil); err == nil || errors.As(err, &f) || ctx.Err() != nil {
		return err // it was not read to its end: that is no news about it
	}
	c.survey.isBad.Store(true)
	c.log.Error("THE LEDGER IS NOT AS IT WAS WRITTEN: nothing is written to it any more", "error", err)
	return fmt.Errorf("%w: %w", errTampered, err)
}

// standstill is how a ledger stood when its survey began.
type standstill struct {
	book    *book
	seq     uint64
	hash    ledger.Hash
	old     uint64
	digests ledger.Hash // of the old lines
	told    [scoring.Audiences]uint64
	chief   scoring.Standings
}

func (c *Clerk) stop() standstill {
	c.mu.Lock()
	defer c.mu.Unlock()
	b := c.book
	return standstill{b, b.seq(), b.hash, b.lines.old, b.digests, c.board.Told(), c.board.View(scoring.Chief)}
}

// inspect does it; from worth records on a snapshot is made.
func (c *Clerk) inspect(ctx context.Context, worth uint64) error {
	was := c.stop()
	if was.seq == 0 {
		c.survey.isDone.Store(true)
		return nil
	}
	fresh, board, text, digests := newBook(c.cfg.Ledger, was.book.epoch), scoring.NewBoard(c.cfg.Rules()), &brief.Brief{}, newDigester()
	var theirs ledger.Hash // of the lines that are old to the clerk
	err := c.replay(ctx, fresh, board, func(l Line, r *scoring.Record) error {
		text.Add(l.Body, r)
		if l.Seq <= max(was.old, before(was.seq)) {
			digests.add(l)
		}
		if l.Seq == was.old {
			theirs = digests.sum()
		}
		if l.Seq == before(was.seq) {
			fresh.digests = digests.sum()
		}
		if l.Seq == was.seq {
			return errEnough
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	if err := c.rooted(ctx, fresh); err != nil {
		return err
	}
	if was.digests != (ledger.Hash{}) && was.digests != theirs {
		return fmt.Errorf("the digests of the first %d records are others", was.old)
	}
	fresh.forget(fresh.tree.Brief(before(was.seq)), fresh.digests)
	isOld, err := c.agrees(&was, fresh, board)
	if isOld || err != nil {
		return err
	}
	c.survey.isDone.Store(true)
	if c.cfg.Snapshots == nil || was.seq < worth {
		return nil
	}
	s := fresh.snapshot(text)
	s.Told = was.told
	if err := c.cfg.Snapshots.Write(s); err != nil {
		c.log.Warn("no snapshot is written", "error", err)
		return nil
	}
	c.survey.from.Store(was.seq)
	return nil
}

// rooted holds the root over the records against the signed head.
func (c *Clerk) rooted(ctx context.Context, fresh *book) error {
	if err := c.heads(ctx, fresh); err != nil {
		return err
	}
	if err := c.signed(fresh); err != nil {
		return err
	}
	size := fresh.seq()
	head, err := ledger.OpenHead(fresh.notes[size], c.cfg.Key.Verifiers())
	if errors.Is(err, ledger.ErrForeignKey) {
		return nil // signed has said so
	}
	root, rootErr := fresh.tree.Root(size)
	if err = errors.Join(err, rootErr); err == nil && root != head.Root {
		err = fmt.Errorf("the root of its %d records is not the one that was signed", size)
	}
	return err
}

// agrees holds what was read against the clerk's memory. isOld says that the clerk
// has another book by now, and nothing was compared.
func (c *Clerk) agrees(was *standstill, fresh *book, board *scoring.Board) (isOld bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.book != was.book {
		return true, nil
	}
	if fresh.seq() != was.seq || fresh.hash != was.hash {
		return false, fmt.Errorf("record %d is another", was.seq)
	}
	if seq := c.book.differs(fresh, was.seq); seq > 0 {
		return false, fmt.Errorf("record %d is another", seq)
	}
	if board.Told() != was.told || !reflect.DeepEqual(board.View(scoring.Chief), was.chief) {
		return false, fmt.Errorf("the standings of its %d records are others", was.seq)
	}
	if fresh.lines.old >= c.book.lines.old {
		c.book.forget(fresh.tree, fresh.digests)
	}
	return false, nil
}

// differs is the first of n records of which two books know something else; 0 for
// none.
func (b *book) differs(o *book, n uint64) uint64 {
	for seq := uint64(1); seq <= n; seq++ {
		from, number, late := b.lines.sentBy(seq)
		to, other, isLate := o.lines.sentBy(seq)
		if b.lines.mark(seq) != o.lines.mark(seq) || b.lines.senders[from] != o.lines.senders[to] || number != other || late != isLate {
			return seq
		}
		if seq > max(b.lines.old, o.lines.old) && (b.lines.at(seq) != o.lines.at(seq) || b.tree.Chain(seq) != o.tree.Chain(seq)) {
			return seq
		}
	}
	return 0
}

// snapshot is the book with its records in brief.
func (b *book) snapshot(text *brief.Brief) *snapshot.Snapshot {
	s := &snapshot.Snapshot{Ledger: b.id, Epoch: b.epoch, Seq: b.seq(), Hash: b.hash, Digests: b.digests}
	s.Parts[snapshot.Lines] = bytes.Join(b.lines.pages, nil)[:b.seq()*lineSize]
	s.Parts[snapshot.Recent] = b.recents()
	for _, h := range b.tree.Peaks() {
		s.Parts[snapshot.Peaks] = append(s.Parts[snapshot.Peaks], h[:]...)
	}
	s.Parts[snapshot.Senders] = b.lines.sendersBytes()
	s.Parts[snapshot.Cells], s.Parts[snapshot.Words], s.Parts[snapshot.Others] = text.Cells, text.Words, text.Others
	return s
}

// Surveys survey ledgers one after the other, behind everything else.
type Surveys struct {
	stop context.CancelFunc
	done sync.WaitGroup
}

// BeginSurveys surveys the clerks that there are, or who stands for them, now and again
// until Close.
func BeginSurveys[T interface {
	Survey(ctx context.Context) error
}](all func() []T, log *slog.Logger) *Surveys {
	ctx, stop := context.WithCancel(context.Background())
	s := &Surveys{stop: stop}
	s.done.Go(func() {
		tick := time.NewTicker(surveyEvery)
		defer tick.Stop()
		for {
			for _, c := range all() {
				if ctx.Err() != nil {
					return
				}
				if err := c.Survey(ctx); err != nil && !errors.Is(err, errTampered) && ctx.Err() == nil {
					log.Warn("a ledger was not surveyed", "error", err)
				}
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
		}
	})
	return s
}

// Close ends them and waits.
func (s *Surveys) Close() {
	s.stop()
	s.done.Wait()
}
