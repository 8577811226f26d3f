package web_test

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"jiangtai/server/web"
)

// full is a listener on a machine without a free descriptor, for a while.
type full struct {
	net.Listener
	errors []error
}

func (f *full) Accept() (net.Conn, error) {
	if len(f.errors) > 0 {
		err := f.errors[0]
		f.errors = f.errors[1:]
		return nil, &net.OpError{Op: "accept", Err: err}
	}
	return f.Listener.Accept()
}

// F33: somebody opened connections until the process had no descriptor left. The
// framework took that for the end of the listener, and the program ended in the
// middle of the marking.
func TestNoRoomForAConnectionIsNotTheEnd(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	app := newApp(t, config())
	ended := make(chan error, 1)
	none := &full{Listener: ln, errors: []error{syscall.EMFILE, syscall.ENFILE, syscall.ECONNABORTED}}
	go func() { ended <- app.Listener(web.Patient(none, slog.New(slog.DiscardHandler))) }()
	if got := speak(t, ln.Addr().String(), "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.1 200 ") {
		t.Errorf("afterwards: %s", got)
	}
	if err := app.Shutdown(); err != nil {
		t.Error(err)
	}
	if err := <-ended; err != nil {
		t.Errorf("it ended with %v", err)
	}
	closed := web.Patient(&full{Listener: ln, errors: []error{errors.New("broken")}}, slog.New(slog.DiscardHandler))
	if _, err := closed.Accept(); err == nil || !strings.Contains(err.Error(), "broken") {
		t.Errorf("what does not pass: %v", err)
	}
}

// speak says something to an address and hears it out.
func speak(t *testing.T, address, text string) string {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(conn)
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}

// Connections that say nothing must not take the descriptors that the database
// needs.
func TestConnectionsAreLimited(t *testing.T) {
	cfg := config()
	cfg.Connections = 2
	address := strings.TrimPrefix(listen(t, newApp(t, cfg)), "http://")
	for range 2 {
		idle, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = idle.Close() })
	}
	if got := speak(t, address, ""); !strings.HasPrefix(got, "HTTP/1.1 503 ") {
		t.Errorf("the third: %s", got)
	}
}
