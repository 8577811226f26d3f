package web

import (
	"bytes"

	"github.com/valyala/fasthttp"
)

// packing is a form of content; the later the better where a reader likes several
// alike.
type packing int

const (
	plainly packing = iota
	gzipped
	brotlied
	packings = 3
)

// String is what Content-Encoding says.
func (e packing) String() string {
	return [packings]string{"identity", "gzip", "br"}[e]
}

func (e packing) pack(plain []byte) []byte {
	switch e {
	case gzipped:
		return fasthttp.AppendGzipBytesLevel(nil, plain, fasthttp.CompressDefaultCompression)
	case brotlied:
		return fasthttp.AppendBrotliBytesLevel(nil, plain, liveBrotli)
	default:
		return plain
	}
}

// likes is how much a reader wants each form, in thousandths.
type likes [packings]int

// best is the form that the reader wants most. Who refuses all there are gets plain
// bytes: an answer that he may not have asked for helps him more than none.
func (l likes) best() packing {
	best := plainly
	for e := gzipped; e < packings; e++ {
		if l[e] > 0 && l[e] >= l[best] {
			best = e
		}
	}
	return best
}

const (
	unsaid = -1
	wholly = 1000
)

// parseLikes reads an Accept-Encoding (RFC 9110, 12.5.3). Without one only plain
// bytes are sure to be understood. A weight that is none refuses.
func parseLikes(header []byte) likes {
	l, others := likes{unsaid, unsaid, unsaid}, unsaid
	for len(header) > 0 {
		var part []byte
		part, header, _ = bytes.Cut(header, []byte(","))
		name, param, _ := bytes.Cut(part, []byte(";"))
		name = bytes.TrimSpace(name)
		q := weight(bytes.TrimSpace(param))
		switch {
		case is(name, "br"):
			l[brotlied] = q
		case is(name, "gzip"), is(name, "x-gzip"):
			l[gzipped] = q
		case is(name, "identity"):
			l[plainly] = q
		case is(name, "*"):
			others = q
		}
	}
	for e := range l {
		switch {
		case l[e] != unsaid:
		case others != unsaid:
			l[e] = others
		case packing(e) == plainly:
			l[e] = 1 // allowed, and wanted least
		default:
			l[e] = 0
		}
	}
	return l
}

func is(name []byte, word string) bool { return bytes.EqualFold(name, []byte(word)) }

// weight reads "q=0.5"; nothing is the whole weight.
func weight(param []byte) int {
	if len(param) == 0 {
		return wholly
	}
	name, value, _ := bytes.Cut(param, []byte("="))
	value = bytes.TrimSpace(value)
	if !is(bytes.TrimSpace(name), "q") || len(value) == 0 || len(value) > len("0.000") || value[0] > '1' || value[0] < '0' {
		return 0
	}
	q, unit := int(value[0]-'0')*wholly, wholly/10
	for i, digit := range value[1:] {
		switch {
		case i == 0 && digit == '.':
		case i > 0 && digit >= '0' && digit <= '9':
			q += int(digit-'0') * unit
			unit /= 10
		default:
			return 0
		}
	}
	if q > wholly {
		return 0
	}
	return q
}
