package socket_test

import (
	"bufio"
	"crypto/rand"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"jiangtai/server/hub"
)

// raw opens a socket by hand, to say what no client library says.
func (r *rig) raw() net.Conn {
	r.t.Helper()
	c, err := net.Dial("tcp", r.addr)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { _ = c.Close() })
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	_, err = c.Write([]byte("GET /live HTTP/1.1\r\nHost: " + r.addr + "\r\nOrigin: http://" + r.addr +
		"\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"))
	if err != nil {
		r.t.Fatal(err)
	}
	br := bufio.NewReaderSize(c, 1) // one byte: nothing of the frames is swallowed
	res, err := http.ReadResponse(br, nil)
	if err != nil || res.StatusCode != http.StatusSwitchingProtocols {
		r.t.Fatalf("upgrade: %v %v", res, err)
	}
	_ = res.Body.Close()
	return c
}

func masked(head byte, payload []byte) []byte {
	b := []byte{head}
	switch {
	case len(payload) < 126:
		b = append(b, 0x80|byte(len(payload)))
	default:
		b = append(b, 0x80|126, byte(len(payload)>>8), byte(len(payload)))
	}
	b = append(b, 0, 0, 0, 0)
	return append(b, payload...)
}

// ends reads frames until the close frame and gives its code, -1 without one.
func ends(c net.Conn) int {
	for {
		var h [2]byte
		if _, err := io.ReadFull(c, h[:]); err != nil {
			return -1
		}
		n := int(h[1])
		if n == 126 {
			var long [2]byte
			if _, err := io.ReadFull(c, long[:]); err != nil {
				return -1
			}
			n = int(binary.BigEndian.Uint16(long[:]))
		}
		body := make([]byte, n)
		if _, err := io.ReadFull(c, body); err != nil {
			return -1
		}
		if h[0] == 0x88 {
			if n < 2 {
				return 1005
			}
			return int(binary.BigEndian.Uint16(body))
		}
	}
}

func TestBrokenFramesEndTheConnection(t *testing.T) {
	r := start(t, nil)
	for name, tc := range map[string]struct {
		bytes []byte
		code  int
	}{
		"16 KiB and one byte":   {masked(0x81, make([]byte, 16<<10+1)), 1009},
		"in two fragments":      {append(masked(0x01, make([]byte, 16<<10)), masked(0x80, []byte("x"))...), 1009},
		"not masked":            {[]byte{0x81, 1, 'x'}, 1002},
		"reserved bit":          {masked(0xC1, []byte("{}")), 1002},
		"unknown opcode":        {masked(0x83, []byte("{}")), 1002},
		"fragmented ping":       {masked(0x09, nil), 1002},
		"continuation of none":  {masked(0x80, []byte("{}")), 1002},
		"binary":                {masked(0x82, []byte("{}")), 1003},
		"not UTF-8":             {masked(0x81, []byte{0xff, 0xfe}), 1007},
		"close with bad code":   {masked(0x88, []byte{0x03, 0xED}), 1002},
		"close is answered":     {masked(0x88, []byte{0x03, 0xE8}), 1000},
		"close without a code":  {masked(0x88, nil), 1005},
		"a million fragments":   {[]byte(strings.Repeat(string(masked(0x00, []byte("x"))), 20_000)), 1002},
		"flood of pings":        {[]byte(strings.Repeat(string(masked(0x89, nil)), 1000)), 1008},
		"flood of messages":     {[]byte(strings.Repeat(string(masked(0x81, []byte("{}"))), 1000)), 1008},
		"fragments of a whole":  {append(masked(0x01, []byte("{}")), []byte(strings.Repeat(string(masked(0x00, []byte(" "))), 17_000))...), 1009},
		"message after a close": {append(masked(0x88, []byte{0x03, 0xE8}), masked(0x81, []byte("{}"))...), 1000},
	} {
		t.Run(name, func(t *testing.T) {
			c := r.raw()
			go func() { _, _ = c.Write(tc.bytes) }()
			if code := ends(c); code != tc.code {
				t.Errorf("code %d, want %d", code, tc.code)
			}
		})
	}
	// Nobody else was hurt.
	c := r.dial("")
	say(t, c, `{"subscribe":["open"]}`)
	hear(t, c)
}

func TestMessagesThatMakeNoSense(t *testing.T) {
	r := start(t, nil)
	c := r.dial("")
	for _, text := range []string{
		``, `x`, `[]`, `{}x`, `{"publish":["open"]}`, `{"subscribe":"open"}`, `{"subscribe":["open"],"subscribe":["open"]}`,
		`{"subscribe":[1]}`, `{"subscribe":["open"],"from":{"epoch":"1"}}`, `{"subscribe":["open"],"from":{"epoch":1.5,"n":1}}`,
		`{"subscribe":["open"],"from":[1]}`, `{"subscribe":["open"],"from":{"epoch":1,"n":18446744073709551616}}`,
	} {
		say(t, c, text)
		if l := hear(t, c); l.Error.Code != "live.message" {
			t.Errorf("%s: %+v", text, l)
		}
	}
	say(t, c, `{"subscribe":["`+strings.Repeat("x", 2000)+`"]}`)
	if l := hear(t, c); l.Error.Code != "live.missing" || len(l.Error.Topic) > 100 {
		t.Errorf("long name: %+v", l)
	}
	say(t, c, `{"subscribe":["open"]}`)
	if l := hear(t, c); !l.Snap {
		t.Errorf("afterwards: %+v", l)
	}
}

func TestPanicEndsOneConnection(t *testing.T) {
	r := start(t, nil)
	c, other := r.dial(""), r.dial("")
	say(t, c, `{"subscribe":["panic"]}`)
	if code := closeCode(c); code != 1011 {
		t.Errorf("code %d", code)
	}
	say(t, other, `{"subscribe":["open"]}`)
	hear(t, other)
}

// A reader that does not read holds up nobody, is not closed for it, and gets
// the newest state when he reads again.
func TestSlowReaderOverTCP(t *testing.T) {
	r := start(t, nil)
	r.open.size = 8 << 10
	slow := r.raw()
	_ = slow.(*net.TCPConn).SetReadBuffer(64 << 10)
	if _, err := slow.Write(masked(0x81, []byte(`{"subscribe":["open"]}`))); err != nil {
		t.Fatal(err)
	}
	quick := r.dial("")
	say(t, quick, `{"subscribe":["open"]}`)
	hear(t, quick)
	const last = 2000
	for n := uint64(1); n <= last; n++ {
		r.open.publish()
		for l := hear(t, quick); l.To < n; l = hear(t, quick) {
		}
	}
	if r.hub.Stats().Waiting != 1 {
		t.Fatalf("nobody waits: %+v", r.hub.Stats())
	}
	got, frames := uint64(0), 0
	for c := newClient(slow); got < last; frames++ {
		l := c.next(t)
		if l.Beat == 0 && !l.Snap && l.From != got {
			t.Fatalf("a hole: at %d, from %d", got, l.From)
		}
		if l.Beat == 0 {
			got = l.To
		}
	}
	if frames > last/2 {
		t.Errorf("read %d frames instead of the newest state", frames)
	}
}

// client reads server frames off a plain connection.
type client struct{ br *bufio.Reader }

func newClient(c net.Conn) *client { return &client{br: bufio.NewReader(c)} }

func (c *client) next(t *testing.T) line {
	t.Helper()
	op, body := c.frame(t)
	if op != 0x81 {
		return line{Beat: 1}
	}
	return parseLine(t, body)
}

func (c *client) frame(t *testing.T) (byte, []byte) {
	t.Helper()
	var h [2]byte
	if _, err := io.ReadFull(c.br, h[:]); err != nil {
		t.Fatal(err)
	}
	n := int(h[1])
	if n == 126 {
		var long [2]byte
		if _, err := io.ReadFull(c.br, long[:]); err != nil {
			t.Fatal(err)
		}
		n = int(binary.BigEndian.Uint16(long[:]))
	}
	if n >= 127 && h[1] == 127 {
		t.Fatal("a frame longer than any here")
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(c.br, body); err != nil {
		t.Fatal(err)
	}
	return h[0], body
}

// A client that never answers pings is closed, one that does is not.
func TestSilentClientIsClosed(t *testing.T) {
	r := start(t, func(c *hub.Config) { c.Silence, c.Second = 600*time.Millisecond, 8*time.Millisecond })
	silent := r.raw()
	alive := r.dial("")
	go func() { // the library answers pings while it reads
		for {
			if _, _, err := alive.ReadMessage(); err != nil {
				return
			}
		}
	}()
	if code := ends(silent); code != hub.CloseSilent {
		t.Errorf("code %d", code)
	}
	eventually(t, "one left", func() bool { return r.hub.Stats().Readers == 1 })
}

// Pongs must not land between the halves of a frame that the kernel took in
// part: a reader that pauses while he pings still reads whole frames.
func TestPongsDoNotCutFrames(t *testing.T) {
	r := start(t, nil)
	r.open.size = 60 << 10
	c := r.raw()
	_ = c.(*net.TCPConn).SetReadBuffer(64 << 10)
	if _, err := c.Write(masked(0x81, []byte(`{"subscribe":["open"]}`))); err != nil {
		t.Fatal(err)
	}
	reader := newClient(c)
	var noise [20]byte
	for range 30 {
		r.open.publish()
		_, _ = rand.Read(noise[:])
		if _, err := c.Write(masked(0x89, noise[:])); err != nil {
			t.Fatal(err)
		}
	}
	for got := uint64(0); got < 30; {
		op, body := reader.frame(t)
		switch op {
		case 0x81:
			if l := parseLine(t, body); l.To > got {
				got = l.To
			}
		case 0x89, 0x8A:
		default:
			t.Fatalf("opcode %x", op)
		}
	}
}
