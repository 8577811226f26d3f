package record

import (
	"encoding/binary"
	"errors"
)

// codecVersion opens every encoded record.
const codecVersion = 1

const (
	maxRecordText  = 8192
	maxRecordBytes = 16384
)

// ErrCodec is what Parse answers for bytes that Append did not
// write.
var ErrCodec = errors.New("record: not a record")

// Append appends the one binary form of r: the body that a ledger's hash
// covers. Equal records have equal bytes.
func Append(b []byte, r Record) []byte {
	b = append(b, codecVersion, byte(r.Kind), byte(r.Of))
	b = binary.AppendUvarint(b, r.Seq)
	b = binary.BigEndian.AppendUint64(b, uint64(r.At))
	b = append(b, r.MarkID[:]...)
	var set byte
	for i, id := range []*ID{&r.Actor, &r.Second, &r.Device, &r.Supersedes} {
		if !id.IsZero() {
			set |= 1 << i
		}
	}
	if r.TextHash != [32]byte{} {
		set |= 1 << 4
	}
	b = append(b, set)
	for _, id := range []*ID{&r.Actor, &r.Second, &r.Device, &r.Supersedes} {
		if !id.IsZero() {
			b = append(b, id[:]...)
		}
	}
	if r.TextHash != [32]byte{} {
		b = append(b, r.TextHash[:]...)
	}
	b = binary.AppendUvarint(b, uint64(r.Chair))
	b = binary.AppendUvarint(b, uint64(r.DeviceSeq))
	b = binary.AppendVarint(b, r.ClientAt)
	b = binary.AppendUvarint(b, uint64(r.Entry))
	b = appendText(b, r.Aspect)
	b = append(b, r.Attempt, r.Round)
	b = appendText(b, r.Value)
	return binary.AppendUvarint(b, uint64(r.Version))
}

func appendText(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// Parse reads what Append wrote and nothing else: no other
// version, no longer spelling of a number, nothing behind the end.
func Parse(body []byte) (Record, error) { return (&Reader{}).parse(body) }

// Reader parses many records: texts that came before are not made again, since most
// of a million records have a few hundred different ones. The zero Reader is ready;
// it is not safe for concurrent use.
type Reader struct{ texts map[string]string }

// manyTexts is how many different texts a reader keeps, and longText how long they are.
const (
	manyTexts = 4096
	longText  = 64
)

// Parse is the package's Parse.
func (t *Reader) Parse(body []byte) (Record, error) {
	if t.texts == nil {
		t.texts = map[string]string{}
	}
	return t.parse(body)
}

// text is the text of some bytes.
func (t *Reader) text(b []byte) string {
	if t.texts == nil || len(b) > longText {
		return string(b)
	}
	s, ok := t.texts[string(b)]
	if !ok {
		s = string(b)
		if len(t.texts) < manyTexts {
			t.texts[s] = s
		}
	}
	return s
}

func (t *Reader) parse(body []byte) (r Record, err error) {
	if len(body) > maxRecordBytes {
		return Record{}, ErrCodec
	}
	p := parser{b: body}
	if p.byte() != codecVersion {
		return Record{}, ErrCodec
	}
	r.Kind, r.Of = Kind(p.byte()), Kind(p.byte())
	r.Seq = p.uvarint(1<<63 - 1)
	r.At = int64(p.fixed64())
	copy(r.MarkID[:], p.take(16))
	set := p.byte()
	for i, id := range []*ID{&r.Actor, &r.Second, &r.Device, &r.Supersedes} {
		if set&(1<<i) != 0 {
			copy(id[:], p.take(16))
			p.fail(id.IsZero())
		}
	}
	if set&(1<<4) != 0 {
		copy(r.TextHash[:], p.take(32))
		p.fail(r.TextHash == [32]byte{})
	}
	p.fail(set >= 1<<5)
	r.Chair = ChairID(p.uvarint(1<<16 - 1))
	r.DeviceSeq = uint32(p.uvarint(1<<32 - 1))
	r.ClientAt = p.varint()
	r.Entry = EntryID(p.uvarint(1<<32 - 1))
	r.Aspect = t.text(p.text())
	r.Attempt, r.Round = p.byte(), p.byte()
	r.Value = t.text(p.text())
	r.Version = uint16(p.uvarint(1<<16 - 1))
	if p.bad || len(p.b) != 0 {
		return Record{}, ErrCodec
	}
	return r, nil
}

type parser struct {
	b   []byte
	bad bool
}

func (p *parser) fail(when bool) { p.bad = p.bad || when }

func (p *parser) take(n int) []byte {
	if p.bad || n > len(p.b) {
		p.bad = true
		return nil
	}
	taken := p.b[:n]
	p.b = p.b[n:]
	return taken
}

func (p *parser) byte() byte {
	if len(p.b) == 0 {
		p.bad = true
		return 0
	}
	b := p.b[0]
	p.b = p.b[1:]
	return b
}

func (p *parser) fixed64() uint64 {
	if b := p.take(8); b != nil {
		return binary.BigEndian.Uint64(b)
	}
	return 0
}

func (p *parser) uvarint(most uint64) uint64 {
	if len(p.b) > 0 && p.b[0] < 0x80 && uint64(p.b[0]) <= most { // most numbers are small
		v := uint64(p.b[0])
		p.b = p.b[1:]
		return v
	}
	v, n := binary.Uvarint(p.b)
	p.fail(n <= 0 || v > most || n > 1 && p.b[n-1] == 0)
	p.take(max(n, 0))
	return v
}

func (p *parser) varint() int64 {
	v, n := binary.Varint(p.b)
	p.fail(n <= 0 || n > 1 && p.b[n-1] == 0)
	p.take(max(n, 0))
	return v
}

func (p *parser) text() []byte {
	n := p.uvarint(maxRecordText)
	return p.take(int(n))
}
