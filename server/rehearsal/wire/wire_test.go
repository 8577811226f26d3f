package wire_test

import (
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"jiangtai/server/rehearsal/wire"
)

// host is a server with the library of everybody else; talk is its side.
func host(t *testing.T, secure bool, talk func(*websocket.Conn)) wire.Target {
	t.Helper()
	up := websocket.Upgrader{EnableCompression: true}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/live" {
			http.NotFound(w, r)
			return
		}
		c, err := up.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer c.Close()
		talk(c)
	})
	if !secure {
		s := httptest.NewServer(handler)
		t.Cleanup(s.Close)
		return wire.Target{Base: s.URL}
	}
	s := httptest.NewTLSServer(handler)
	t.Cleanup(s.Close)
	trusted, _ := s.Client().Transport.(*http.Transport)
	return wire.Target{Base: s.URL, TLS: &tls.Config{RootCAs: trusted.TLSClientConfig.RootCAs, MinVersion: tls.VersionTLS12}}
}

// hear reads one message as text.
func hear(t *testing.T, c *wire.Conn) (text string, packed bool) {
	t.Helper()
	err := c.Next(time.Now().Add(5*time.Second), func(m wire.Message) error {
		text, packed = string(m.Text), m.Packed
		if m.Packed {
			b, err := wire.Unpack(m.Text)
			text = string(b)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return text, packed
}

// TestConversation holds our end against the library's: short and long messages,
// plain and packed, a ping between them, and a close with its code.
func TestConversation(t *testing.T) {
	long := strings.Repeat("分数一个不少 ", 9_000) // needs the long form of a length
	for name, c := range map[string]struct{ secure, plain bool }{"plain": {false, true}, "packed": {false, false}, "through TLS": {true, false}} {
		ponged := make(chan string, 1)
		to := host(t, c.secure, func(conn *websocket.Conn) {
			conn.SetPongHandler(func(s string) error { ponged <- s; return nil })
			_, said, err := conn.ReadMessage()
			if err != nil {
				t.Error(err)
			}
			for _, text := range []string{string(said), long} {
				if err := conn.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
					t.Error(err)
				}
			}
			deadline := time.Now().Add(5 * time.Second)
			_ = conn.WriteControl(websocket.PingMessage, []byte("still there?"), deadline)
			_ = conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(1012, ""), deadline)
			for err == nil {
				_, _, err = conn.ReadMessage()
			}
		})
		to.Plain = c.plain
		line, err := wire.Dial(t.Context(), to)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := line.Write([]byte(`{"subscribe":["x"]}`)); err != nil {
			t.Fatal(err)
		}
		if text, _ := hear(t, line); text != `{"subscribe":["x"]}` {
			t.Errorf("%s: came back as %q", name, text)
		}
		if text, packed := hear(t, line); text != long || packed == c.plain {
			t.Errorf("%s: %d bytes, packed %v", name, len(text), packed)
		}
		var closed *wire.Closed
		err = line.Next(time.Now().Add(5*time.Second), func(wire.Message) error { return nil })
		if !errors.As(err, &closed) || closed.Code != 1012 {
			t.Errorf("%s: ended with %v", name, err)
		}
		if got := <-ponged; got != "still there?" {
			t.Errorf("%s: ponged %q", name, got)
		}
		line.Close()
	}
}

// TestDrained: who has read one of many messages has more to read, though TLS gives one
// record at a time; and to have looked for more spoils nothing.
func TestDrained(t *testing.T) {
	for name, secure := range map[string]bool{"plain": false, "through TLS": true} {
		more := make(chan struct{})
		line, err := wire.Dial(t.Context(), host(t, secure, func(conn *websocket.Conn) {
			for range 20 {
				if err := conn.WriteMessage(websocket.TextMessage, []byte("rows")); err != nil {
					t.Error(err)
				}
			}
			<-more
			if err := conn.WriteMessage(websocket.TextMessage, []byte("last")); err != nil {
				t.Error(err)
			}
			_, _, _ = conn.ReadMessage()
		}))
		if err != nil {
			t.Fatal(err)
		}
		for i := range 20 {
			if line.Drained(time.Now().Add(5 * time.Second)) {
				t.Errorf("%s: drained after %d of 20", name, i)
			}
			if text, _ := hear(t, line); text != "rows" {
				t.Fatalf("%s: %q", name, text)
			}
		}
		if !line.Drained(time.Now().Add(time.Millisecond)) {
			t.Errorf("%s: there is more than was sent", name)
		}
		close(more)
		if text, _ := hear(t, line); text != "last" {
			t.Errorf("%s: %q", name, text)
		}
		line.Close()
	}
}

// TestDialSaysWhy: no server, a server that is none of ours, and one that is silent.
func TestDialSaysWhy(t *testing.T) {
	away := httptest.NewServer(http.NotFoundHandler())
	defer away.Close()
	for _, base := range []string{"http://127.0.0.1:1", "ftp://hall", away.URL} {
		if c, err := wire.Dial(t.Context(), wire.Target{Base: base}); err == nil {
			c.Close()
			t.Errorf("%s: connected", base)
		}
	}
	let := make(chan struct{})
	silent := host(t, false, func(*websocket.Conn) { <-let })
	defer close(let)
	c, err := wire.Dial(t.Context(), silent)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Cut()
	err = c.Next(time.Now().Add(20*time.Millisecond), func(wire.Message) error { return nil })
	if !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("silence is %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if c, err := wire.Dial(ended, silent); err == nil {
		c.Close()
		t.Error("connected after the end")
	}
}
