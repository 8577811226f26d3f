package judgingstore

import "encoding/hex"

// array builds the text of a PostgreSQL array.
type array struct{ b []byte }

func (a *array) reset() { a.b = append(a.b[:0], '{') }

func (a *array) next() {
	if len(a.b) > 1 {
		a.b = append(a.b, ',')
	}
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

// value is the array for the driver.
func (a *array) value() string { return string(append(a.b, '}')) }
