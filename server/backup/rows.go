package backup

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
)

// appendRow adds a row as PostgreSQL's COPY writes it: values with tabs between
// and a line feed behind, \N for none.
func appendRow(b []byte, values [][]byte) []byte {
	for i, v := range values {
		if i > 0 {
			b = append(b, '\t')
		}
		if v == nil {
			b = append(b, `\N`...)
			continue
		}
		b = appendValue(b, v)
	}
	return append(b, '\n')
}

// escaped are the bytes that COPY's text form writes in another way.
const escaped = "\b\f\n\r\t\v\\"

func appendValue(b, v []byte) []byte {
	for {
		i := bytes.IndexAny(v, escaped)
		// bytea is a backslash and hexadecimal digits: most values have one at
		// the front or none at all.
		if i < 0 {
			return append(b, v...)
		}
		b = append(b, v[:i]...)
		switch v[i] {
		case '\b':
			b = append(b, `\b`...)
		case '\f':
			b = append(b, `\f`...)
		case '\n':
			b = append(b, `\n`...)
		case '\r':
			b = append(b, `\r`...)
		case '\t':
			b = append(b, `\t`...)
		case '\v':
			b = append(b, `\v`...)
		case '\\':
			b = append(b, `\\`...)
		}
		v = v[i+1:]
	}
}

// rowSum is the sum of hashes of rows, modulo 2^256: equal rows in another order
// give the same sum. The zero rowSum is that of no rows.
type rowSum [4]uint64

func (s *rowSum) add(line []byte) {
	h := sha256.Sum256(line)
	var carry uint64
	for i := range s {
		s[i], carry = bits.Add64(s[i], binary.LittleEndian.Uint64(h[8*i:]), carry)
	}
}

func (s *rowSum) String() string {
	var b [32]byte
	for i, v := range s {
		binary.LittleEndian.PutUint64(b[8*i:], v)
	}
	return hex.EncodeToString(b[:])
}
