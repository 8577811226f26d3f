package socket

import (
	"bytes"
	"compress/flate"
	"io"
	"sync"
)

// packedBit says that a message is compressed (RFC 7692).
const packedBit = 0x40

// worthPacking is the shortest payload that is compressed: below it a message does
// not get smaller by enough.
const worthPacking = 128

// tail is what a sender of permessage-deflate leaves away and a reader puts back,
// and behind it the end of the stream.
var (
	tail = []byte{0x00, 0x00, 0xff, 0xff}
	ends = []byte{0x00, 0x00, 0xff, 0xff, 0x01, 0x00, 0x00, 0xff, 0xff}
)

// A packer has windows of 600 KB, so there are as few as there are publishers at
// one moment.
var packers = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, flate.BestSpeed) // the level is a constant that is allowed
	return w
}}

// PackedText is Text for connections that have agreed on permessage-deflate. Each
// message stands alone, so that all readers get the same bytes.
func PackedText(payload []byte) []byte {
	if len(payload) < worthPacking {
		return Text(payload)
	}
	var out bytes.Buffer
	w, _ := packers.Get().(*flate.Writer)
	defer packers.Put(w)
	w.Reset(&out)
	_, _ = w.Write(payload) // a Buffer takes everything
	_ = w.Flush()
	packed := bytes.TrimSuffix(out.Bytes(), tail)
	if len(packed) >= len(payload) {
		return Text(payload)
	}
	return frame(opText|packedBit, packed)
}

var unpackers = sync.Pool{New: func() any { return flate.NewReader(nil) }}

// unpack gives back what a client compressed, at most room bytes of it.
func unpack(packed []byte, room int) ([]byte, error) {
	r, _ := unpackers.Get().(io.ReadCloser)
	defer unpackers.Put(r)
	if err := r.(flate.Resetter).Reset(io.MultiReader(bytes.NewReader(packed), bytes.NewReader(ends)), nil); err != nil {
		return nil, ended{code: closeServerError}
	}
	out, err := io.ReadAll(io.LimitReader(r, int64(room)+1))
	switch {
	case len(out) > room:
		return nil, ended{code: closeTooBig}
	case err != nil:
		return nil, ended{code: closeNotUTF8} // data that is no message
	}
	return out, nil
}
