package clerk

import (
	"context"
	"fmt"

	"jiangtai/scoring"
	"jiangtai/server/fault"
	"jiangtai/server/ledger"
)

// pending is the batch that a clerk fills; its buffers are used again.
type pending struct {
	Batch
	items   []*Item
	records []scoring.Record
	at      int64
	bodies  []byte
	cells   map[cell]struct{}
	inside  map[scoring.ID]*Item
	numbers map[number]struct{}
}

// number is what two marks of a device must not share.
type number struct {
	device scoring.ID
	seq    uint32
}

func (p *pending) reset(c *Clerk) {
	p.Ledger, p.Seq, p.Hash, p.Note = c.cfg.Ledger, c.book.seq(), c.book.hash, ""
	p.Lines, p.Texts = p.Lines[:0], p.Texts[:0]
	p.items, p.records, p.bodies = p.items[:0], p.records[:0], p.bodies[:0]
	if p.cells == nil {
		p.cells, p.inside, p.numbers = map[cell]struct{}{}, map[scoring.ID]*Item{}, map[number]struct{}{}
	}
	clear(p.cells)
	clear(p.inside)
	clear(p.numbers)
}

// fill makes one batch of the first items and says how many of them it has
// used: those in the batch and those that were answered on the way. The lock is
// held.
func (c *Clerk) fill(left []*Item) int {
	p := &c.batch
	p.reset(c)
	n := 0
	for n < len(left) && (len(p.items) < maxBatch || left[n].Whole) {
		it := left[n]
		if it.done {
			n++
			continue
		}
		if it.Together {
			if len(p.items) > 0 {
				break
			}
			n = c.opening(left)
			break
		}
		if c.replayed(it) {
			n++
			continue
		}
		if len(p.items) > 0 && (c.ends(it) || c.alone > 0) {
			break
		}
		n++
		if c.accept(it) && (isShy(&it.command) || c.alone > 0) {
			c.alone = max(0, c.alone-1)
			break
		}
	}
	if len(p.items) > 0 {
		if err := c.seal(); err != nil {
			for _, it := range p.items {
				it.Refuse(fault.Of(err))
			}
			c.book.tree.Cut(c.book.seq())
			p.items = p.items[:0]
		}
	}
	return n
}

// ends says whether a command must wait for the batch that is being filled. A
// mark id or a device's number that is in it waits too, and finds its record
// there.
func (c *Clerk) ends(it *Item) bool {
	p := &c.batch
	if isShy(&it.command) {
		return true
	}
	if _, twice := p.inside[it.command.MarkID]; twice {
		return true
	}
	if _, used := p.numbers[number{it.command.Device, it.command.DeviceSeq}]; used {
		return true
	}
	_, same := p.cells[c.cellOf(&it.command)]
	return same
}

// replayed answers a mark id that the ledger has.
func (c *Clerk) replayed(it *Item) bool {
	seq, known := c.book.lines.find(it.command.MarkID)
	if !known {
		return false
	}
	from, _, late := c.book.lines.sentBy(seq)
	if c.book.lines.senders[from].owner != it.owner {
		it.Refuse(errOwner)
		return true
	}
	if err := c.remember(seq); err != nil {
		it.Refuse(fault.Of(err))
		return true
	}
	if c.book.lines.at(seq).payload != it.payload {
		it.Refuse(errPayload)
		return true
	}
	it.Outcome.Receipt, it.Outcome.Fault = c.again(seq)
	it.Outcome.Late = late
	it.done = true
	return true
}

// again is the receipt that was given for a record, byte for byte.
func (c *Clerk) again(seq uint64) (ledger.Receipt, *fault.Error) {
	size, note, ok := c.book.headOf(seq)
	if !ok {
		err := c.cfg.Ledgers.Heads(context.Background(), c.cfg.Ledger, seq, 1, func(at uint64, text string) error {
			size, note, ok = at, text, true
			return nil
		})
		if err != nil {
			return ledger.Receipt{}, fault.Of(err)
		}
	}
	if !ok {
		return ledger.Receipt{}, fault.Of(fmt.Errorf("judging: no head covers record %d of %s", seq, c.cfg.Ledger))
	}
	return c.mustReceipt(seq, size, note)
}

// accept checks an item against the board and puts it into the batch.
func (c *Clerk) accept(it *Item) bool {
	if d := it.command.Device; !d.IsZero() && !c.book.isFree(d, it.command.DeviceSeq, it.command.MarkID) {
		it.Refuse(errSeqReuse)
		return false
	}
	draft, no := c.board.Check(it.command)
	if no != nil {
		it.Refuse(refused(no))
		if d := it.command.Device; !d.IsZero() {
			c.book.refuse(d, it.command.DeviceSeq, it.command.MarkID)
		}
		return false
	}
	c.put(it, draft.Command)
	return true
}

// put appends a checked command to the batch.
func (c *Clerk) put(it *Item, cmd scoring.Command) {
	p := &c.batch
	p.items = append(p.items, it)
	p.records = append(p.records, scoring.Record{Command: cmd, Seq: p.Seq + uint64(len(p.items))})
	p.cells[c.cellOf(&it.command)] = struct{}{}
	p.inside[it.command.MarkID] = it
	if !it.command.Device.IsZero() {
		p.numbers[number{it.command.Device, it.command.DeviceSeq}] = struct{}{}
	}
	if it.text != "" {
		p.Texts = append(p.Texts, Text{Hash: cmd.TextHash, MarkID: cmd.MarkID, Text: it.text})
	}
}

// seal gives the batch its time, bodies, hashes and signed head.
func (c *Clerk) seal() error {
	p := &c.batch
	p.at = c.cfg.Now().UnixNano()
	hash := p.Hash
	for i := range p.records {
		p.records[i].At = p.at
		from := len(p.bodies)
		p.bodies = scoring.AppendRecord(p.bodies, p.records[i])
		// A later append may move the buffer; what this slice saw stays as it is.
		body := p.bodies[from:len(p.bodies):len(p.bodies)]
		hash = ledger.Chain(hash, body)
		c.book.tree.Add(hash)
		p.Lines = append(p.Lines, Line{
			Seq: p.records[i].Seq, MarkID: p.records[i].MarkID, Payload: p.items[i].payload, Body: body, Hash: hash,
		})
	}
	size := c.book.tree.Size()
	root, err := c.book.tree.Root(size)
	if err != nil {
		return err
	}
	p.Note, err = ledger.Head{Ledger: ledger.ID(c.cfg.Ledger), Size: size, Root: root, Chain: hash}.Sign(c.cfg.Key)
	return err
}
