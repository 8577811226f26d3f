package socket_test

import (
	"bufio"
	"bytes"
	"compress/flate"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
)

const offer = "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover; server_no_context_takeover\r\n"

// packing is a client of the library that compresses both ways.
func (r *rig) packing(token string) (*websocket.Conn, *http.Response) {
	r.t.Helper()
	dialer := websocket.Dialer{EnableCompression: true, HandshakeTimeout: 10 * time.Second}
	c, res, err := dialer.Dial("ws://"+r.addr+"/live", r.header(token))
	if err != nil {
		r.t.Fatal(err)
	}
	_ = res.Body.Close()
	r.t.Cleanup(func() { _ = c.Close() })
	_ = c.SetReadDeadline(time.Now().Add(20 * time.Second))
	return c, res
}

// One reader compresses, the other does not: both get every frame and the same.
func TestCompressionIsAgreedOnByEachConnection(t *testing.T) {
	r := start(t, nil)
	r.open.size = 3000
	packed, res := r.packing("")
	if got := res.Header.Get("Sec-WebSocket-Extensions"); !strings.Contains(got, "server_no_context_takeover") {
		t.Fatalf("agreed on %q", got)
	}
	open := r.dial("")
	for _, c := range []*websocket.Conn{packed, open} {
		say(t, c, `{"subscribe":["open"]}`)
		hear(t, c)
	}
	for n := uint64(1); n <= 50; n++ {
		r.open.publish()
		for _, c := range []*websocket.Conn{packed, open} {
			for at := n - 1; at < n; {
				l := hear(t, c)
				if l.From != at && !l.Snap || len(l.Pad) != 3000 {
					t.Fatalf("at %d: from %d to %d with %d", at, l.From, l.To, len(l.Pad))
				}
				at = l.To
			}
		}
	}
}

// agreed opens a socket by hand that has agreed on compression.
func (r *rig) agreed() net.Conn {
	r.t.Helper()
	c, err := net.Dial("tcp", r.addr)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { _ = c.Close() })
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	_, err = c.Write([]byte("GET /live HTTP/1.1\r\nHost: " + r.addr + "\r\nOrigin: http://" + r.addr + "\r\n" + offer +
		"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"))
	if err != nil {
		r.t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReaderSize(c, 1), nil)
	if err != nil {
		r.t.Fatal(err)
	}
	_ = res.Body.Close()
	return c
}

func pack(t *testing.T, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write(text)
	_ = w.Flush()
	return bytes.TrimSuffix(b.Bytes(), []byte{0, 0, 0xff, 0xff})
}

func TestBrokenCompressionEndsTheConnection(t *testing.T) {
	r := start(t, nil)
	subscribe := []byte(`{"subscribe":["` + strings.Repeat("x", 200) + `"]}`)
	half := pack(t, subscribe)
	for name, tc := range map[string]struct {
		bytes []byte
		code  int
	}{
		"a bomb":                    {masked(0xC1, pack(t, make([]byte, 16<<20))), 1009},
		"one byte too much":         {masked(0xC1, pack(t, bytes.Repeat([]byte(" "), 16<<10+1))), 1009},
		"no deflate":                {masked(0xC1, []byte{0xff, 0xff, 0xff, 0xff}), 1007},
		"not UTF-8 inside":          {masked(0xC1, pack(t, []byte{0xff, 0xfe})), 1007},
		"a compressed ping":         {masked(0xC9, nil), 1002},
		"a compressed continuation": {append(masked(0x41, half[:8]), masked(0xC0, half[8:])...), 1002},
		"another reserved bit":      {masked(0xA1, []byte("{}")), 1002},
	} {
		t.Run(name, func(t *testing.T) {
			c := r.agreed()
			go func() { _, _ = c.Write(tc.bytes) }()
			if code := ends(c); code != tc.code {
				t.Errorf("code %d, want %d", code, tc.code)
			}
		})
	}
	// A message in two fragments is one stream.
	c := r.agreed()
	if _, err := c.Write(append(masked(0x41, half[:8]), masked(0x80, half[8:])...)); err != nil {
		t.Fatal(err)
	}
	if l := newClient(c).next(t); l.Error.Code != "live.missing" {
		t.Errorf("%+v", l)
	}
}
