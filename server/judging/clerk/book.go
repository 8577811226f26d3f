package clerk

import (
	"cmp"
	"fmt"
	"slices"

	"jiangtai/scoring"
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
	tree    ledger.Tree
	lines   []entry // by seq-1
	index   map[scoring.ID]uint64
	sizes   []uint64 // of the signed heads, ascending
	notes   map[uint64]string
	devices map[scoring.ID]*numbers
	last    int64 // time of the last line
}

// entry is what is kept of a line: 80 bytes, not the body.
type entry struct {
	mark    scoring.ID
	hash    ledger.Hash
	at      int64
	payload [16]byte
	owner   [8]byte
	late    bool
}

// notesKept is how many signed heads stay in memory; older ones are read again
// when somebody repeats an old mark.
const notesKept = 1024

func newBook(id contest.ID, epoch uint64) *book {
	return &book{
		id: id, epoch: epoch, hash: ledger.Genesis(ledger.ID(id)),
		index: map[scoring.ID]uint64{}, notes: map[uint64]string{}, devices: map[scoring.ID]*numbers{},
	}
}

func (b *book) seq() uint64 { return uint64(len(b.lines)) }

// reaches says whether the head is the book's, or lies behind it: somebody may
// have written since the head was read.
func (b *book) reaches(head State) bool {
	switch {
	case head.Seq > b.seq():
		return false
	case head.Seq == 0:
		return head.Hash == ledger.Genesis(ledger.ID(b.id))
	}
	return b.lines[head.Seq-1].hash == head.Hash
}

// add notes a line that is durable. Its hash is in the tree already.
func (b *book) add(c *scoring.Command, at int64, hash ledger.Hash, payload [16]byte, owner [8]byte) {
	b.lines = append(b.lines, entry{
		mark: c.MarkID, hash: hash, at: at, payload: payload, owner: owner, late: c.Kind == scoring.Late,
	})
	b.index[c.MarkID] = b.seq()
	b.hash, b.last = hash, at
	if !c.Device.IsZero() {
		d := b.device(c.Device)
		d.take(c.DeviceSeq, c.MarkID)
		if c.Kind == scoring.Late {
			d.late++
		}
	}
}

// addHead notes a durable signed head.
func (b *book) addHead(size uint64, note string) {
	b.sizes = append(b.sizes, size)
	b.notes[size] = note
	if old := len(b.sizes) - 1 - notesKept; old >= 0 {
		delete(b.notes, b.sizes[old])
	}
}

// read takes a stored line back into the book and gives its record.
func (b *book) read(l Line) (scoring.Record, error) {
	if l.Seq != b.seq()+1 {
		return scoring.Record{}, fmt.Errorf("ledger %s: record %d follows %d", b.id, l.Seq, b.seq())
	}
	rec, err := scoring.ParseRecord(l.Body)
	if err != nil {
		return rec, fmt.Errorf("ledger %s: record %d: %w", b.id, l.Seq, err)
	}
	if rec.Seq != l.Seq || ledger.Chain(b.hash, l.Body) != l.Hash {
		return rec, fmt.Errorf("ledger %s: record %d is not as it was written", b.id, l.Seq)
	}
	b.tree.Add(l.Hash)
	b.add(&rec.Command, rec.At, l.Hash, l.Payload, ownerOf(&rec.Command))
	return rec, nil
}

// headOf is the size of the commit that record seq came with.
func (b *book) headOf(seq uint64) (uint64, bool) {
	i, _ := slices.BinarySearchFunc(b.sizes, seq, cmp.Compare[uint64])
	if i == len(b.sizes) {
		return 0, false
	}
	return b.sizes[i], true
}

// receipt builds the receipt of a record under a head.
func (b *book) receipt(seq, size uint64, note string) (ledger.Receipt, error) {
	e := &b.lines[seq-1]
	path, err := b.tree.Path(seq, size)
	if err != nil {
		return ledger.Receipt{}, err
	}
	return ledger.Receipt{MarkID: e.mark, Seq: seq, Hash: e.hash, At: e.at, Head: note, Path: path}, nil
}

func (b *book) device(id scoring.ID) *numbers {
	d, ok := b.devices[id]
	if !ok {
		d = &numbers{}
		b.devices[id] = d
	}
	return d
}
