package clerk

import (
	"fmt"
	"slices"

	"jiangtai/scoring"
	"jiangtai/scoring/record"
	"jiangtai/server/contest"
	"jiangtai/server/ledger"
)

// book is a ledger's memory beside the board: hashes, the tree, what is needed
// to answer a mark id again, and the devices' numbers. It belongs to the clerk;
// others read it under the clerk's lock.
type book struct {
	id      contest.ID
	epoch   uint64
	hash    ledger.Hash // of the last line
	tree    ledger.Tree // of what the clerk is about to append, too
	lines   lines
	digests ledger.Hash // of the digests of the old lines; zero: nobody has seen them
	sizes   []uint64    // of the newest signed heads, ascending
	notes   map[uint64]string
	devices map[scoring.ID]*numbers
	counts  []*numbers // of the lines' senders, as far as somebody asked; nil of accounts
	refused []scoring.ID
	last    int64 // time of the last line
	reader  record.Reader
}

// notesKept is how many signed heads stay in memory; older ones, and at a start all
// but the last, are read again when somebody repeats an old mark.
const notesKept = 1024

func newBook(id contest.ID, epoch uint64) *book {
	return &book{
		id: id, epoch: epoch, hash: ledger.Genesis(ledger.ID(id)),
		lines: newLines(), notes: map[uint64]string{}, devices: map[scoring.ID]*numbers{},
	}
}

func (b *book) seq() uint64 { return b.lines.n }

// reaches says whether the head is the book's, or lies behind it: somebody may
// have written since the head was read.
func (b *book) reaches(head State) bool {
	switch {
	case head.Seq > b.seq() || 0 < head.Seq && head.Seq <= b.lines.old:
		return false
	case head.Seq == 0:
		return head.Hash == ledger.Genesis(ledger.ID(b.id))
	}
	return b.tree.Chain(head.Seq) == head.Hash
}

// add notes a line that is durable. Its hash is in the tree already.
func (b *book) add(c *scoring.Command, at int64, hash ledger.Hash, payload [16]byte) {
	from := b.lines.add(c, at, payload)
	b.hash, b.last = hash, at
	b.count(from, c.DeviceSeq, b.seq(), c.Kind == scoring.Late)
}

// addHead notes a durable signed head.
func (b *book) addHead(size uint64, note string) {
	b.sizes = append(b.sizes, size)
	b.notes[size] = note
	if len(b.sizes) > notesKept {
		delete(b.notes, b.sizes[0])
		b.sizes = b.sizes[1:]
	}
}

// read takes a stored line back into the book and gives its record.
func (b *book) read(l Line) (scoring.Record, error) {
	if l.Seq != b.seq()+1 {
		return scoring.Record{}, fmt.Errorf("ledger %s: record %d follows %d", b.id, l.Seq, b.seq())
	}
	rec, err := b.reader.Parse(l.Body)
	if err != nil {
		return rec, fmt.Errorf("ledger %s: record %d: %w", b.id, l.Seq, err)
	}
	if rec.Seq != l.Seq || ledger.Chain(b.hash, l.Body) != l.Hash {
		return rec, fmt.Errorf("ledger %s: record %d is not as it was written", b.id, l.Seq)
	}
	b.tree.Add(l.Hash)
	b.add(&rec.Command, rec.At, l.Hash, l.Payload)
	return rec, nil
}

// headOf is the signed head of the commit that record seq came with, if it is one
// of the newest.
func (b *book) headOf(seq uint64) (size uint64, note string, ok bool) {
	i, _ := slices.BinarySearch(b.sizes, seq)
	if i == len(b.sizes) || i == 0 && b.sizes[0] != seq {
		return 0, "", false
	}
	return b.sizes[i], b.notes[b.sizes[i]], true
}

// receipt builds the receipt of a record under a head.
func (b *book) receipt(seq, size uint64, note string) (ledger.Receipt, error) {
	path, err := b.tree.Path(seq, size)
	if err != nil {
		return ledger.Receipt{}, err
	}
	r := b.receiptOf(seq)
	r.Head, r.Path = note, path
	return r, nil
}
