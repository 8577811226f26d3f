package clerk

import (
	"encoding/binary"
	"hash/maphash"

	"jiangtai/scoring"
	"jiangtai/server/ledger"
)

// lines are what is kept of a ledger's lines beside their chain hashes: 24 bytes of
// each, 24 more of those that are not old, and 5 to 11 to find them by mark id once
// somebody asks. They lie in pages of bytes, so that growing copies none and the
// collector looks into none.
type lines struct {
	n       uint64
	old     uint64   // so many first lines have only what pages say
	pages   [][]byte // mark id, sender, number
	rest    [][]byte // digest and time, of those that are not old
	senders []sender
	who     map[origin]uint32 // places in senders
	lately  [16]origin        // by chair: most lines come from who sent one before
	places  [16]uint32        // of them in senders, from 1 on
	slots   []uint32          // seq by the mark id's hash, 0 none; a power of two
	filed   uint64            // so many are in slots
	seed    maphash.Seed
}

// origin is all that a sender follows from.
type origin struct {
	actor, device scoring.ID
	chair         scoring.ChairID
	isMark        bool
}

// sender is who lines came from.
type sender struct {
	owner  [8]byte
	device scoring.ID // zero: an account
}

// line is what is kept of one line that is not old.
type line struct {
	mark    scoring.ID
	payload [16]byte
	at      int64
}

const (
	lineSize  = 24
	restSize  = 24
	linesPage = 512
	restPage  = 128
	lateBit   = 1 << 31 // of the sender
)

func newLines() lines { return lines{who: map[origin]uint32{}, seed: maphash.MakeSeed()} }

// add appends a line and gives its sender's place.
func (l *lines) add(c *scoring.Command, at int64, payload [16]byte) (from uint32) {
	from = l.sender(c)
	b := l.room()
	copy(b[0:16], c.MarkID[:])
	mixed := from
	if c.Kind == scoring.Late {
		mixed |= lateBit
	}
	binary.LittleEndian.PutUint32(b[16:], mixed)
	binary.LittleEndian.PutUint32(b[20:], c.DeviceSeq)
	if l.n > l.old {
		l.addRest(l.n-l.old, at, payload)
	}
	return from
}

// room makes the next line's place.
func (l *lines) room() []byte {
	if l.n == uint64(len(l.pages))*linesPage {
		l.pages = append(l.pages, make([]byte, linesPage*lineSize))
	}
	l.n++
	return l.bytes(l.n)
}

// addRest puts the n-th rest behind those that are there.
func (l *lines) addRest(n uint64, at int64, payload [16]byte) {
	if n > uint64(len(l.rest))*restPage {
		l.rest = append(l.rest, make([]byte, restPage*restSize))
	}
	b := l.restOf(n)
	copy(b, payload[:])
	binary.LittleEndian.PutUint64(b[16:], uint64(at))
}

func (l *lines) restOf(n uint64) []byte {
	at := (n - 1) % restPage * restSize
	return l.rest[(n-1)/restPage][at : at+restSize]
}

// sender is the place of whoever sent a command.
func (l *lines) sender(c *scoring.Command) uint32 {
	o := origin{c.Actor, c.Device, c.Chair, isMark(c)}
	i := c.Chair % scoring.ChairID(len(l.lately))
	if l.places[i] > 0 && l.lately[i] == o {
		return l.places[i] - 1
	}
	at, ok := l.who[o]
	if !ok {
		at = uint32(len(l.senders))
		l.senders = append(l.senders, sender{ownerOf(c), c.Device})
		l.who[o] = at
	}
	l.lately[i], l.places[i] = o, at+1
	return at
}

func (l *lines) bytes(seq uint64) []byte {
	at := (seq - 1) % linesPage * lineSize
	return l.pages[(seq-1)/linesPage][at : at+lineSize]
}

// at is the line of a record that is there and not old.
func (l *lines) at(seq uint64) line {
	b := l.restOf(seq - l.old)
	return line{mark: l.mark(seq), payload: [16]byte(b), at: int64(binary.LittleEndian.Uint64(b[16:]))}
}

// mark is the mark id of a record that is there.
func (l *lines) mark(seq uint64) scoring.ID { return scoring.ID(l.bytes(seq)[0:16]) }

// file makes all records findable by their mark ids.
func (l *lines) file() {
	if 4*l.n > 3*uint64(len(l.slots)) {
		size := 64
		for 3*size < 4*int(l.n) {
			size *= 2
		}
		l.slots, l.filed = make([]uint32, size), 0
	}
	for l.filed < l.n {
		l.filed++
		l.put(l.filed)
	}
}

// put keeps the newest of several with one mark id.
func (l *lines) put(seq uint64) {
	mark := l.mark(seq)
	for i := l.slot(mark); ; i = (i + 1) & (len(l.slots) - 1) {
		if l.slots[i] == 0 || l.mark(uint64(l.slots[i])) == mark {
			l.slots[i] = uint32(seq)
			return
		}
	}
}

func (l *lines) slot(mark scoring.ID) int {
	return int(maphash.Bytes(l.seed, mark[:]) & uint64(len(l.slots)-1))
}

// find is the record of a mark id.
func (l *lines) find(mark scoring.ID) (seq uint64, ok bool) {
	l.file()
	if l.n == 0 {
		return 0, false
	}
	for i := l.slot(mark); l.slots[i] != 0; i = (i + 1) & (len(l.slots) - 1) {
		if l.mark(uint64(l.slots[i])) == mark {
			return uint64(l.slots[i]), true
		}
	}
	return 0, false
}

// receiptOf is what a receipt says of a record, which is not old, beside its head.
func (b *book) receiptOf(seq uint64) ledger.Receipt {
	x := b.lines.at(seq)
	return ledger.Receipt{MarkID: x.mark, Seq: seq, Hash: b.tree.Chain(seq), At: x.at}
}

// sentBy is who sent a record, under which number, and whether it was late.
func (l *lines) sentBy(seq uint64) (sender, number uint32, late bool) {
	b := l.bytes(seq)
	mixed := binary.LittleEndian.Uint32(b[16:])
	return mixed &^ lateBit, binary.LittleEndian.Uint32(b[20:]), mixed&lateBit != 0
}

// senderSize is a sender in a snapshot.
const senderSize = 8 + 16

func (l *lines) sendersBytes() []byte {
	out := make([]byte, 0, len(l.senders)*senderSize)
	for i := range l.senders {
		out = append(append(out, l.senders[i].owner[:]...), l.senders[i].device[:]...)
	}
	return out
}

// adopt takes lines that sendersBytes' senders sent, one behind the other; false when
// one of them names another sender. All of them are old. The bytes are its own from now
// on.
func (l *lines) adopt(raw, senders []byte) bool {
	for ; len(senders) > 0; senders = senders[senderSize:] {
		l.senders = append(l.senders, sender{[8]byte(senders), scoring.ID(senders[8:])})
	}
	l.n, l.pages = uint64(len(raw)/lineSize), ledger.Pages(raw, linesPage*lineSize)
	l.old = l.n
	for seq := uint64(1); seq <= l.n; seq++ {
		if from, _, _ := l.sentBy(seq); int(from) >= len(l.senders) {
			return false
		}
	}
	return true
}
