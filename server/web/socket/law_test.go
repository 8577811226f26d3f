package socket_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/gofiber/fiber/v2"
	pooled "github.com/gofiber/websocket/v2"

	"jiangtai/server/hub"
	"jiangtai/server/web"
	"jiangtai/server/web/socket"
)

const (
	lawTries = 50
	secret   = "for the first visitor only"
)

// TestLawOfTheSocket tells the story of the law. The library's Conn goes back
// to a pool when the handler returns; whoever still holds it then holds the
// next visitor's. First the usual way (a writer goroutine that may outlive its
// handler), where messages reach strangers; then ours, where none does.
func TestLawOfTheSocket(t *testing.T) {
	crossed := 0
	for range probeTries {
		if usualWayCrosses(t) {
			crossed++
		}
	}
	if crossed == 0 && probeTries > 0 {
		t.Errorf("the probe shows nothing: 0 of %d messages reached a stranger the usual way", probeTries)
	}
	t.Logf("the usual way: %d of %d messages reached a stranger", crossed, probeTries)
	r := start(t, nil)
	for i := range lawTries {
		if ourWayCrosses(t, r, uint64(i)) {
			t.Fatalf("try %d: a stranger got %q", i, secret)
		}
	}
}

// usualWayCrosses: one visitor leaves while his writer waits, another comes,
// the writer writes.
func usualWayCrosses(t *testing.T) bool {
	t.Helper()
	write, wrote, left := make(chan struct{}), make(chan struct{}), make(chan struct{})
	first := true
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/live", pooled.New(func(c *pooled.Conn) {
		if first {
			first = false
			go func() {
				defer close(wrote)
				defer func() { _ = recover() }() // cleared and not yet taken again: nil
				<-write
				_ = c.WriteMessage(websocket.TextMessage, []byte(secret))
			}()
			_, _, _ = c.ReadMessage()
			defer close(left)
			return
		}
		_, _, _ = c.ReadMessage()
	}))
	addr := serve(t, app)
	one, res, err := websocket.DefaultDialer.Dial("ws://"+addr+"/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	_ = one.Close()
	<-left
	two, res, err := websocket.DefaultDialer.Dial("ws://"+addr+"/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	defer two.Close()
	close(write)
	<-wrote
	_ = two.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	_, body, err := two.ReadMessage()
	return err == nil && string(body) == secret
}

// ourWayCrosses: a signed-in visitor subscribes to what is his and leaves at
// the moment of a publication; a stranger takes the place.
func ourWayCrosses(t *testing.T, r *rig, n uint64) bool {
	t.Helper()
	one := r.dial("account")
	say(t, one, `{"subscribe":["closed"]}`)
	hear(t, one)
	go r.closed.publish()
	_ = one.Close()
	two := r.dial("")
	r.closed.publish()
	say(t, two, `{"subscribe":["open"]}`)
	for {
		l := hear(t, two)
		if l.Topic == "closed" {
			return true
		}
		if l.Topic == "open" && l.To >= n {
			_ = two.Close()
			r.open.publish()
			return false
		}
	}
}

// The ordinary write path: over TLS there is no write that does not wait.
func TestOverTLS(t *testing.T) {
	h := hub.New(hub.Config{Now: time.Now, Wrap: socket.Text, Second: 80 * time.Millisecond})
	r := &rig{t: t, hub: h, open: &feed{size: 4 << 10}, closed: &feed{}}
	r.open.topic = h.NewTopic("open", hub.At{Epoch: 1}, r.open)
	r.closed.topic = h.NewTopic("closed", hub.At{Epoch: 1}, r.closed)
	r.server = socket.New(socket.Config{Hub: h, Topics: r, Now: time.Now})
	app := web.New(web.Config{Now: time.Now})
	r.server.Mount(app)
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = app.Listener(tls.NewListener(plain, &tls.Config{Certificates: []tls.Certificate{certificate(t)}, MinVersion: tls.VersionTLS12}))
	}()
	t.Cleanup(func() {
		_ = app.Shutdown()
		<-done
	})
	t.Cleanup(r.stop)
	addr := plain.Addr().String()
	dialer := websocket.Dialer{NetDial: narrow, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	open := func() *websocket.Conn {
		c, res, err := dialer.Dial("wss://"+addr+"/live", http.Header{"Origin": {"https://" + addr}})
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		t.Cleanup(func() { _ = c.Close() })
		_ = c.SetReadDeadline(time.Now().Add(20 * time.Second))
		say(t, c, `{"subscribe":["open"]}`)
		return c
	}
	quick, slow := open(), open()
	hear(t, quick)
	const last = 3000
	for n := uint64(1); n <= last; n++ {
		r.open.publish()
		if n%10 == 0 {
			for l := hear(t, quick); l.To < n; l = hear(t, quick) {
			}
		}
	}
	eventually(t, "the slow one waits", func() bool { return h.Stats().Waiting == 1 })
	for got := uint64(0); got < last; {
		got = max(got, hear(t, slow).To)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	go func() { _ = h.Shutdown(ctx) }()
	if code := closeCode(quick); code != hub.CloseRestart {
		t.Errorf("code %d", code)
	}
}

// narrow dials with little room for what is not read.
func narrow(network, addr string) (net.Conn, error) {
	c, err := net.Dial(network, addr)
	if err == nil {
		err = c.(*net.TCPConn).SetReadBuffer(16 << 10)
	}
	return c, err
}

func certificate(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func TestFrameLengths(t *testing.T) {
	for size, head := range map[int]string{0: "8100", 125: "817d", 126: "817e007e", 65535: "817effff", 65536: "817f0000000000010000"} {
		got := socket.Text(bytes.Repeat([]byte("x"), size))
		if h := fmt.Sprintf("%x", got[:len(got)-size]); h != head {
			t.Errorf("%d: %s, want %s", size, h, head)
		}
	}
}
