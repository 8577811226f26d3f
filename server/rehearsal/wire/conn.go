package wire

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"time"
)

// Conn is an open connection. One goroutine reads and writes; Cut and Close may
// come from anywhere.
type Conn struct {
	raw  net.Conn
	in   *bufio.Reader
	read int64
}

// Message is a text message as it came. Text is valid inside the call only.
type Message struct {
	Text   []byte
	Packed bool // compressed; Unpack opens it
	Wire   int  // bytes that it took, its frame's head among them
}

// Closed is how the server ended a connection.
type Closed struct{ Code int }

// Error gives the code.
func (c *Closed) Error() string { return "closed by the server with " + strconv.Itoa(c.Code) }

const (
	opText, opClose, opPing, opPong = 1, 8, 9, 10

	last, packedBit, maskBit = 0x80, 0x40, 0x80

	// most is the longest message that is believed.
	most = 16 << 20
)

var (
	errFrame  = errors.New("a frame that no server of this program sends")
	rooms     = sync.Pool{New: func() any { return new([]byte) }}
	unpackers = sync.Pool{New: func() any { return flate.NewReader(nil) }}
	ends      = []byte{0, 0, 0xff, 0xff, 1, 0, 0, 0xff, 0xff}
)

// Next waits for a message until the deadline (none when zero) and hands it over.
// Pings are answered meanwhile, but do not put the deadline off.
func (c *Conn) Next(deadline time.Time, take func(Message) error) error {
	if err := c.raw.SetReadDeadline(deadline); err != nil {
		return err
	}
	for {
		op, size, head, err := c.head()
		if err != nil {
			return err
		}
		took, err := c.payload(op, size, head, take)
		if took || err != nil {
			return err
		}
	}
}

// Drained says that nothing waits for Next, and that nothing comes until by. The network
// has to be asked: one read of TLS gives one record, however many are there.
func (c *Conn) Drained(by time.Time) bool {
	if c.in.Buffered() > 0 {
		return false
	}
	if c.raw.SetReadDeadline(by) != nil {
		return true // what is wrong Next will say
	}
	_, err := c.in.Peek(1)
	return err != nil
}

// head reads the beginning of a frame.
func (c *Conn) head() (op byte, size, head int, err error) {
	var b [8]byte
	if _, err := io.ReadFull(c.in, b[:2]); err != nil {
		return 0, 0, 0, err
	}
	op, size, head = b[0], int(b[1]), 2
	switch {
	case op&last == 0 || b[1]&maskBit != 0:
		return 0, 0, 0, errFrame
	case size == 126:
		head = 4
		_, err = io.ReadFull(c.in, b[:2])
		size = int(binary.BigEndian.Uint16(b[:2]))
	case size == 127:
		head = 10
		_, err = io.ReadFull(c.in, b[:8])
		size = int(min(binary.BigEndian.Uint64(b[:8]), most+1))
	}
	if size > most {
		err = errFrame
	}
	return op, size, head, err
}

func (c *Conn) payload(op byte, size, head int, take func(Message) error) (took bool, err error) {
	room, _ := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	if cap(*room) < size {
		*room = make([]byte, size)
	}
	b := (*room)[:size]
	if _, err := io.ReadFull(c.in, b); err != nil {
		return false, err
	}
	c.read += int64(head + size)
	switch op & 0xf {
	case opText:
		return true, take(Message{Text: b, Packed: op&packedBit != 0, Wire: head + size})
	case opPing:
		return false, c.say(opPong, b)
	case opClose:
		closed := &Closed{}
		if size >= 2 {
			closed.Code = int(binary.BigEndian.Uint16(b))
		}
		return false, closed
	}
	return false, nil
}

// Write sends a text message.
func (c *Conn) Write(text []byte) error { return c.say(opText, text) }

// say frames a client's message. The mask is of zeros: it protects proxies from
// pages, and there is no page here.
func (c *Conn) say(op byte, payload []byte) error {
	b := []byte{last | op}
	switch n := len(payload); {
	case n < 126:
		b = append(b, maskBit|byte(n))
	case n < 1<<16:
		b = append(b, maskBit|126)
		b = binary.BigEndian.AppendUint16(b, uint16(n))
	default:
		return errFrame
	}
	b = append(b, 0, 0, 0, 0)
	if err := c.raw.SetWriteDeadline(time.Time{}); err != nil {
		return err
	}
	_, err := c.raw.Write(append(b, payload...))
	return err
}

// Read is how many bytes of frames came in.
func (c *Conn) Read() int64 { return c.read }

// Narrow lets the system keep only so many bytes that came and were not read, so that
// who does not read is felt at the other end soon. Plain connections only.
func (c *Conn) Narrow(bytes int) {
	if tcp, is := c.raw.(*net.TCPConn); is {
		_ = tcp.SetReadBuffer(bytes)
	}
}

// Cut breaks the connection off as a lost network does: nothing more is said.
func (c *Conn) Cut() {
	if tcp, is := c.raw.(*net.TCPConn); is {
		_ = tcp.SetLinger(0)
	}
	_ = c.raw.Close()
}

// Close ends the connection.
func (c *Conn) Close() { _ = c.raw.Close() }

// Unpack opens a compressed message.
func Unpack(packed []byte) ([]byte, error) {
	r, _ := unpackers.Get().(io.ReadCloser)
	defer unpackers.Put(r)
	if err := r.(flate.Resetter).Reset(io.MultiReader(bytes.NewReader(packed), bytes.NewReader(ends)), nil); err != nil {
		return nil, fmt.Errorf("unpack a message: %w", err)
	}
	out, err := io.ReadAll(io.LimitReader(r, most))
	if err != nil {
		return nil, fmt.Errorf("unpack a message: %w", err)
	}
	return out, nil
}
