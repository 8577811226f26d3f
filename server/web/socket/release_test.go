package socket

import (
	"io"
	"net"
	"testing"
	"time"

	"jiangtai/server/hub"
)

// TestWhatWasReleasedIsNotWritten: a hub that still writes while a connection ends
// reaches nobody who comes after, and a descriptor's next owner least of all.
func TestWhatWasReleasedIsNotWritten(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	meet := func() (client, server net.Conn) {
		if client, err = net.Dial("tcp", ln.Addr().String()); err != nil {
			t.Fatal(err)
		}
		if server, err = ln.Accept(); err != nil {
			t.Fatal(err)
		}
		return client, server
	}
	for range 300 {
		gone, conn := meet()
		s := newSink(conn, time.Now)
		begun, enough, ended := make(chan struct{}), make(chan struct{}), make(chan hub.Result)
		go func() {
			s.TryWrite([]byte("for the first"))
			close(begun)
			for {
				select {
				case <-enough:
					ended <- s.TryWrite([]byte("for the first"))
					return
				default:
					s.TryWrite([]byte("for the first"))
				}
			}
		}()
		<-begun
		s.release()
		_ = conn.Close()
		_ = gone.Close()
		stranger, his := meet()
		close(enough)
		if r := <-ended; r != hub.Gone {
			t.Fatalf("a sink that was released answers %d", r)
		}
		if _, err := his.Write([]byte("for the second")); err != nil {
			t.Fatal(err)
		}
		_ = his.Close()
		got, err := io.ReadAll(stranger)
		_ = stranger.Close()
		if err != nil || string(got) != "for the second" {
			t.Fatalf("a stranger got %q: %v", got, err)
		}
	}
}
