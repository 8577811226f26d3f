package socket

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"time"
	"unicode/utf8"
)

const (
	finBit, maskBit = 0x80, 0x80
	codeContinue    = 0x0
	codeText        = 0x1
	codeBinary      = 0x2
	codeClose       = 0x8
	codePing        = 0x9
	codePong        = 0xA
	maxControl      = 125
)

// ended is why reading is over: the code that we close with, or bye when the
// peer has said goodbye and heard ours.
type ended struct {
	code int
	bye  bool
}

func (e ended) Error() string { return "socket: ended" }

// incoming reads a client's frames. It is not safe for concurrent use.
//
// Almost everything that a client sends is a pong or one short subscription, so
// what waits for it is as small as that; a longer message gets bytes of its own
// until it is read.
type incoming struct {
	conn net.Conn
	// within limits the next reads, 0 takes the limit away.
	within  func(time.Duration)
	limited bool
	packs   bool // both sides may compress

	small [128]byte
	have  []byte // read and not yet used, in small or what came with the request
}

// header is a frame's head.
type header struct {
	fin  bool
	pack bool
	op   byte
	mask [4]byte
	size int
}

// frame reads the next frame; the payload is good until the next call. A frame
// that has begun must be whole within the patience.
func (in *incoming) frame(room int) (header, []byte, error) {
	h, err := in.head(room)
	if err != nil {
		return h, nil, err
	}
	var payload []byte
	switch {
	case h.size <= len(in.have):
		payload, in.have = in.have[:h.size], in.have[h.size:]
	case h.size <= len(in.small):
		if err := in.need(h.size); err != nil {
			return h, nil, err
		}
		payload, in.have = in.have[:h.size], in.have[h.size:]
	default:
		payload = make([]byte, h.size)
		n := copy(payload, in.have)
		in.have = nil
		in.hurry()
		if _, err := io.ReadFull(in.conn, payload[n:]); err != nil {
			return h, nil, lost(err)
		}
	}
	for i := range payload {
		payload[i] ^= h.mask[i&3]
	}
	return h, payload, nil
}

// head reads and checks a frame's head; the payload may have room bytes.
func (in *incoming) head(room int) (header, error) {
	var h header
	if err := in.need(2); err != nil {
		return h, err
	}
	first, second := in.have[0], in.have[1]
	h.fin, h.op = first&finBit != 0, first&0x0F
	size := uint64(second &^ maskBit)
	more := 0
	switch size {
	case 126:
		more = 2
	case 127:
		more = 8
	}
	h.pack = first&packedBit != 0
	if first&0x30 != 0 || h.pack && (!in.packs || h.op != codeText && h.op != codeBinary) || second&maskBit == 0 || h.op >= codeClose && (!h.fin || size > maxControl) {
		return h, ended{code: closeProtocol}
	}
	if err := in.need(2 + more + 4); err != nil {
		return h, err
	}
	switch more {
	case 2:
		size = uint64(binary.BigEndian.Uint16(in.have[2:]))
	case 8:
		size = binary.BigEndian.Uint64(in.have[2:])
	}
	copy(h.mask[:], in.have[2+more:])
	in.have = in.have[2+more+4:]
	if h.op < codeClose && size > uint64(room) {
		return h, ended{code: closeTooBig}
	}
	h.size = int(size)
	return h, nil
}

// need waits until n bytes are there, n ≤ len(small). It waits for ever for the
// first byte of a frame.
func (in *incoming) need(n int) error {
	for len(in.have) < n {
		if len(in.have) > 0 {
			in.hurry()
		}
		// What is there moves to the front. It may be in small already: copy may overlap.
		kept := copy(in.small[:], in.have)
		got, err := in.conn.Read(in.small[kept:])
		in.have = in.small[:kept+got]
		if err != nil && len(in.have) < n {
			return lost(err)
		}
	}
	return nil
}

// hurry limits the rest of what has begun.
func (in *incoming) hurry() {
	if !in.limited {
		in.limited = true
		in.within(patience)
	}
}

// done says that a message is whole.
func (in *incoming) done() {
	if in.limited {
		in.limited = false
		in.within(0)
	}
}

// message reads until a text message is whole; control frames on the way go to
// control, which may end it.
func (in *incoming) message(control func(op byte, payload []byte) error) ([]byte, error) {
	var whole []byte
	begun, packed := false, false
	for {
		h, payload, err := in.frame(maxMessage - len(whole))
		if err != nil {
			return nil, err
		}
		if h.op >= codeClose {
			if err := control(h.op, payload); err != nil {
				return nil, err
			}
			if !begun {
				in.done()
			}
			continue
		}
		switch {
		case h.op == codeBinary && !begun:
			return nil, ended{code: closeBinary}
		case h.op == codeText && begun, h.op == codeContinue && !begun, h.op > codeText:
			return nil, ended{code: closeProtocol}
		}
		begun, packed = true, packed || h.pack
		if !h.fin || whole != nil {
			whole = append(whole, payload...)
			payload = whole
		}
		if !h.fin {
			in.hurry()
			continue
		}
		in.done()
		if packed {
			if payload, err = unpack(payload, maxMessage); err != nil {
				return nil, err
			}
		}
		if !utf8.Valid(payload) {
			return nil, ended{code: closeNotUTF8}
		}
		return payload, nil
	}
}

// goodbye reads a close's payload: the code to answer with.
func goodbye(payload []byte) (int, error) {
	if len(payload) == 0 {
		return closeNoCode, nil
	}
	if len(payload) == 1 {
		return 0, ended{code: closeProtocol}
	}
	code := int(binary.BigEndian.Uint16(payload))
	switch {
	case code < 1000, code >= 1004 && code <= 1006, code >= 1015 && code < 3000, code >= 5000:
		return 0, ended{code: closeProtocol}
	case !utf8.Valid(payload[2:]):
		return 0, ended{code: closeNotUTF8}
	}
	return code, nil
}

// lost is a read that failed: too slow, or nobody there any more.
func lost(err error) error {
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return ended{code: closePolicy}
	}
	return ended{}
}

// readAhead takes what came together with the request and lies in the library's
// buffer, without waiting for more: a deadline that has passed leaves alone what
// is still in the kernel.
func readAhead(conn net.Conn) ([]byte, error) {
	var early []byte
	var buf [512]byte
	if err := conn.SetReadDeadline(time.Unix(1, 0)); err != nil {
		return nil, err
	}
	for {
		n, err := conn.Read(buf[:])
		early = append(early, buf[:n]...)
		if err != nil {
			var timeout net.Error
			if !errors.As(err, &timeout) || !timeout.Timeout() {
				return nil, err
			}
			return early, conn.SetReadDeadline(time.Time{})
		}
		if len(early) > maxMessage {
			return nil, errFlood
		}
	}
}
