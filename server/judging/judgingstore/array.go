package judgingstore

import (
	"encoding/hex"
	"strconv"
)

// array builds the text of a PostgreSQL array.
type array struct{ b []byte }

func (a *array) reset() { a.b = append(a.b[:0], '{') }

func (a *array) next() {
	if len(a.b) > 1 {
		a.b = append(a.b, ',')
	}
}

func (a *array) int(v uint64) {
	a.next()
	a.b = strconv.AppendUint(a.b, v, 10)
}

// bytes adds a bytea.
func (a *array) bytes(v []byte) {
	a.next()
	a.b = append(a.b, `"\\x`...)
	a.b = hex.AppendEncode(a.b, v)
	a.b = append(a.b, '"')
}

func (a *array) uuid(v [16]byte) {
	a.next()
	a.b = hex.AppendEncode(a.b, v[:])
}

func (a *array) text(v string) {
	a.next()
	a.b = append(a.b, '"')
	for i := range len(v) {
		if v[i] == '"' || v[i] == '\\' {
			a.b = append(a.b, '\\')
		}
		a.b = append(a.b, v[i])
	}
	a.b = append(a.b, '"')
}

// value is the array for the driver.
func (a *array) value() string { return string(append(a.b, '}')) }
