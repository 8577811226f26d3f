package rescore

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// The kinds of record, as docs/ledger.md and stored ledgers number them.
const (
	kindMark         = 1
	kindNotPerformed = 2
	kindWithdraw     = 3
	kindFinish       = 4
	kindLate         = 5
	kindCount        = 6
	kindAbsent       = 7
	kindAdopt        = 16
	kindSeat         = 17
	kindAdmit        = 18
	kindState        = 19
	kindOpen         = 20
	kindLock         = 23
	kindReopen       = 24
	kindPublish      = 26
	kindDecide       = 28
	kindBelong       = 29
	kindRecuse       = 30
	kindClock        = 31 // it makes no result, and neither does 32, who took a chair
)

// Line is one record of a ledger: what of it makes results, and its bytes.
type Line struct {
	Seq     uint64
	Body    []byte
	kind    byte
	of      byte
	id      [16]byte
	old     [16]byte // what it replaces or counts
	chair   uint64
	entry   uint64
	aspect  string
	attempt byte
	round   byte
	value   string
	version uint64
}

var (
	errExport = errors.New("rescore: not an export of a ledger")
	errBody   = errors.New("rescore: not a record")
)

// Read reads the records of an export, which stand in order from 1.
func Read(r io.Reader) ([]Line, error) {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 64<<10), 4<<20)
	var list []Line
	for n := 0; in.Scan(); n++ {
		var l struct {
			Jiangtai string `json:"jiangtai"`
			Seq      uint64 `json:"seq"`
			Body     []byte `json:"body"`
		}
		if err := json.Unmarshal(in.Bytes(), &l); err != nil || (n == 0) != (l.Jiangtai == "ledger") {
			return nil, fmt.Errorf("%w: line %d", errExport, n+1)
		}
		if l.Seq == 0 {
			continue // the opening, a head or a remark
		}
		line, err := decode(l.Body)
		if err != nil || line.Seq != l.Seq || line.Seq != uint64(len(list)+1) {
			return nil, fmt.Errorf("%w: line %d", errBody, n+1)
		}
		list = append(list, line)
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("read export: %w", err)
	}
	return list, nil
}

// body takes a record's fields off its front.
type body struct {
	b   []byte
	bad bool
}

func (p *body) take(n uint64) []byte {
	if p.bad || n > uint64(len(p.b)) {
		p.bad = true
		return make([]byte, 16)
	}
	front := p.b[:n]
	p.b = p.b[n:]
	return front
}

func (p *body) number() uint64 {
	v, n := binary.Uvarint(p.b)
	if n <= 0 {
		p.bad = true
		return 0
	}
	p.take(uint64(n))
	return v
}

// decode reads a body: version, kind, kind of a late one, number, time, id,
// which optional ids there are, those, and the cell.
func decode(b []byte) (Line, error) {
	p := body{b: b}
	l := Line{Body: b}
	version := p.take(1)[0]
	l.kind, l.of = p.take(1)[0], p.take(1)[0]
	l.Seq = p.number()
	p.take(8)
	copy(l.id[:], p.take(16))
	set := p.take(1)[0]
	for i := range 4 { // actor, second, device, supersedes
		if set&(1<<i) != 0 {
			if id := p.take(16); i == 3 {
				copy(l.old[:], id)
			}
		}
	}
	if set&(1<<4) != 0 {
		p.take(32)
	}
	l.chair = p.number()
	p.number() // the device's number
	p.number() // the device's time
	l.entry = p.number()
	l.aspect = string(p.take(p.number()))
	l.attempt, l.round = max(p.take(1)[0], 1), max(p.take(1)[0], 1)
	l.value = string(p.take(p.number()))
	l.version = p.number()
	if p.bad || version != 1 || len(p.b) > 0 {
		return Line{}, errBody
	}
	return l, nil
}
