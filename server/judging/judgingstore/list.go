package judgingstore

import "encoding/binary"

// kind is an array's element type in PostgreSQL.
type kind uint32

const (
	int4s  kind = 23
	int8s  kind = 20
	uuids  kind = 2950
	byteas kind = 17
	texts  kind = 25
)

// list builds a PostgreSQL array of one dimension in its binary form: the server reads
// it without parsing.
type list struct {
	b []byte
	n uint32
}

// listHead is what stands before the elements: dimensions, whether one is null, the
// type, the length, and the first place.
const listHead = 20

func (l *list) reset(of kind) {
	l.n = 0
	if cap(l.b) < listHead {
		l.b = make([]byte, listHead, 1<<10)
	}
	l.b = l.b[:listHead]
	binary.BigEndian.PutUint32(l.b[0:], 1)
	binary.BigEndian.PutUint32(l.b[4:], 0)
	binary.BigEndian.PutUint32(l.b[8:], uint32(of))
	binary.BigEndian.PutUint32(l.b[16:], 1)
}

// next begins an element of so many bytes.
func (l *list) next(length int) {
	l.n++
	l.b = binary.BigEndian.AppendUint32(l.b, uint32(length))
}

func (l *list) int4(v uint32) {
	l.next(4)
	l.b = binary.BigEndian.AppendUint32(l.b, v)
}

func (l *list) int8(v uint64) {
	l.next(8)
	l.b = binary.BigEndian.AppendUint64(l.b, v)
}

// bytes adds a bytea or a uuid.
func (l *list) bytes(v []byte) {
	l.next(len(v))
	l.b = append(l.b, v...)
}

func (l *list) text(v string) {
	l.next(len(v))
	l.b = append(l.b, v...)
}

// value is the array for the driver, good until reset.
func (l *list) value() []byte {
	binary.BigEndian.PutUint32(l.b[12:], l.n)
	return l.b
}
