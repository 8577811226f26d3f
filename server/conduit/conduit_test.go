package conduit_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"jiangtai/server/conduit"
)

// connected gives both ends of a connection, both direct.
func connected(t testing.TB, network string) (near, far net.Conn) {
	t.Helper()
	at := "127.0.0.1:0"
	if network == "unix" {
		at = filepath.Join(t.TempDir(), "s")
	}
	ln, err := net.Listen(network, at)
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	accepted := make(chan net.Conn, 1)
	go func() {
		c, err := ln.Accept()
		if err != nil {
			t.Error(err)
		}
		accepted <- c
	}()
	near, err = net.Dial(network, ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	near, far = conduit.Direct(near), conduit.Direct(<-accepted)
	t.Cleanup(func() { _, _ = near.Close(), far.Close() })
	return near, far
}

func each(t *testing.T, try func(t *testing.T, near, far net.Conn)) {
	for _, network := range []string{"tcp", "unix"} {
		t.Run(network, func(t *testing.T) {
			near, far := connected(t, network)
			deadline := time.AfterFunc(5*time.Second, func() { _, _ = near.Close(), far.Close() })
			defer deadline.Stop()
			try(t, near, far)
		})
	}
}

// More than any buffer holds goes both ways at once, in pieces that fit nowhere.
func TestWhatIsWrittenIsRead(t *testing.T) {
	each(t, func(t *testing.T, near, far net.Conn) {
		sent := make([]byte, 5<<20)
		for i := range sent {
			sent[i] = byte(rand.Uint32())
		}
		write := func(c net.Conn, done chan<- error) {
			for rest := sent; len(rest) > 0; {
				n, err := c.Write(rest[:min(len(rest), 1<<20+7)])
				if err != nil {
					done <- err
					return
				}
				rest = rest[n:]
			}
			done <- nil
		}
		read := func(c net.Conn, done chan<- error) {
			got := make([]byte, len(sent))
			_, err := io.ReadFull(c, got)
			if err == nil && !bytes.Equal(got, sent) {
				err = errors.New("other bytes came than were written")
			}
			done <- err
		}
		done := make(chan error, 4)
		go write(near, done)
		go write(far, done)
		go read(near, done)
		go read(far, done)
		for range cap(done) {
			if err := <-done; err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestEndOfWhatComes(t *testing.T) {
	each(t, func(t *testing.T, near, far net.Conn) {
		if n, err := far.Read(nil); n != 0 || err != nil {
			t.Fatalf("nothing to read into: %d, %v", n, err)
		}
		if _, err := near.Write([]byte("last")); err != nil {
			t.Fatal(err)
		}
		if err := near.Close(); err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(far)
		if string(got) != "last" || err != nil {
			t.Fatalf("%q, %v", got, err)
		}
		if n, err := far.Read(make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) {
			t.Fatalf("behind the end: %d, %v", n, err)
		}
	})
}

func TestDeadlines(t *testing.T) {
	much := make([]byte, 64<<20)
	each(t, func(t *testing.T, near, far net.Conn) {
		for name, try := range map[string]func() (int, error){
			"read": func() (int, error) {
				_ = near.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
				return near.Read(make([]byte, 1))
			},
			"write": func() (int, error) {
				_ = near.SetWriteDeadline(time.Now().Add(20 * time.Millisecond))
				return near.Write(much) // nobody reads
			},
		} {
			n, err := try()
			var op *net.OpError
			if !errors.Is(err, os.ErrDeadlineExceeded) || !errors.As(err, &op) || !op.Timeout() || op.Op != name {
				t.Errorf("%s: %v", name, err)
			}
			if name == "write" && (n == 0 || n == len(much)) {
				t.Errorf("%d bytes were written until the deadline", n)
			}
			if _, err := try(); !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("once more, %s: %v", name, err)
			}
		}
		// A deadline that is taken back is none.
		_ = near.SetReadDeadline(time.Time{})
		if _, err := far.Write([]byte("x")); err != nil {
			t.Fatal(err)
		}
		if n, err := near.Read(make([]byte, 8)); n != 1 || err != nil {
			t.Fatalf("%d, %v", n, err)
		}
	})
}

func TestCloseWakesWhoWaits(t *testing.T) {
	each(t, func(t *testing.T, near, _ net.Conn) {
		ended := make(chan error)
		go func() {
			_, err := near.Read(make([]byte, 1))
			ended <- err
		}()
		go func() {
			_, err := near.Write(make([]byte, 64<<20))
			ended <- err
		}()
		_ = near.Close()
		for range 2 {
			if err := <-ended; !errors.Is(err, net.ErrClosed) {
				t.Errorf("%v", err)
			}
		}
	})
}

// Writing to who has gone is an error and no signal.
func TestWhoHasGone(t *testing.T) {
	each(t, func(t *testing.T, near, far net.Conn) {
		if err := far.Close(); err != nil {
			t.Fatal(err)
		}
		var err error
		for err == nil {
			_, err = near.Write(make([]byte, 1<<10))
		}
		var op *net.OpError
		if !errors.As(err, &op) || op.Op != "write" || op.Timeout() || !errors.Is(err, syscall.EPIPE) && !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("%v", err)
		}
	})
}

func TestBare(t *testing.T) {
	a, b := net.Pipe()
	defer a.Close()
	defer b.Close()
	if conduit.Direct(a) != a || conduit.Bare(a) != a {
		t.Error("a pipe is not as it was")
	}
	near, _ := connected(t, "tcp")
	bare, ok := conduit.Bare(near).(*net.TCPConn)
	if !ok || bare.LocalAddr().String() != near.LocalAddr().String() {
		t.Errorf("%T is not what was made direct", conduit.Bare(near))
	}
	if _, ok := near.(interface{ SetWriteBuffer(bytes int) error }); !ok {
		t.Error("a direct connection can less than it could")
	}
}

func TestNothingIsAllocated(t *testing.T) {
	near, far := connected(t, "tcp")
	b := make([]byte, 100)
	if n := testing.AllocsPerRun(100, func() {
		_, _ = near.Write(b)
		_, _ = io.ReadFull(far, b)
	}); n > 0 {
		t.Errorf("%v allocations for a write and a read", n)
	}
}
