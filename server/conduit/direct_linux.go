//go:build !race

package conduit

import (
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"unsafe"
)

// most is how many bytes one call moves.
const most = 64 << 10

// What a connection can beside net.Conn it still can.
type (
	tcp struct {
		*net.TCPConn
		ways
	}
	unix struct {
		*net.UnixConn
		ways
	}
)

func direct(c net.Conn) net.Conn {
	switch c := c.(type) {
	case *net.TCPConn:
		if d := (&tcp{TCPConn: c}); d.open(c, c) {
			return d
		}
	case *net.UnixConn:
		if d := (&unix{UnixConn: c}); d.open(c, c) {
			return d
		}
	}
	return c
}

// ways are the two directions of a connection. Its methods lie less deep than those of
// the connection, and hide them.
type ways struct {
	conn    net.Conn
	in, out way
}

func (w *ways) open(c net.Conn, s syscall.Conn) bool {
	raw, err := s.SyscallConn()
	if err != nil {
		return false
	}
	w.conn = c
	w.in.wait, w.in.step = raw.Read, w.in.receive
	w.out.wait, w.out.step = raw.Write, w.out.send
	return true
}

func (w *ways) bare() net.Conn { return w.conn }

// Read implements net.Conn.
func (w *ways) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	switch n, err := w.in.over(b); {
	case err != nil:
		return n, w.told("read", err)
	case n == 0:
		return 0, io.EOF
	default:
		return n, nil
	}
}

// Write implements net.Conn.
func (w *ways) Write(b []byte) (int, error) {
	switch n, err := w.out.over(b); {
	case err != nil:
		return n, w.told("write", err)
	case n < len(b):
		return n, io.ErrUnexpectedEOF
	default:
		return n, nil
	}
}

// told is an error as the connection itself tells it.
func (w *ways) told(what string, err error) error {
	var op *net.OpError
	var no syscall.Errno
	switch {
	case errors.As(err, &op):
		op.Op = what
	case errors.As(err, &no):
		local := w.conn.LocalAddr()
		return &net.OpError{Op: what, Net: local.Network(), Source: local, Addr: w.conn.RemoteAddr(), Err: os.NewSyscallError(what, no)}
	}
	return err
}

// way is one direction.
type way struct {
	wait func(step func(fd uintptr) bool) error // calls it until it says that it need not wait
	step func(fd uintptr) bool

	mu   sync.Mutex // guards what follows, while one is on his way
	rest []byte
	done int
	no   syscall.Errno
}

func (w *way) over(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rest, w.done, w.no = b, 0, 0
	err := w.wait(w.step)
	w.rest = nil
	if err == nil && w.no != 0 {
		err = w.no
	}
	return w.done, err
}

func (w *way) receive(fd uintptr) bool {
	n, waits := w.call(syscall.SYS_RECVFROM, fd, 0)
	w.done = n
	return !waits
}

func (w *way) send(fd uintptr) bool {
	for len(w.rest) > 0 {
		n, waits := w.call(syscall.SYS_SENDTO, fd, syscall.MSG_NOSIGNAL)
		if w.rest, w.done = w.rest[n:], w.done+n; n == 0 {
			return !waits
		}
	}
	return true
}

// call says too whether it would have had to wait.
func (w *way) call(trap, fd, flags uintptr) (n int, waits bool) {
	for {
		n, _, no := syscall.RawSyscall6(trap, fd, uintptr(unsafe.Pointer(unsafe.SliceData(w.rest))), uintptr(min(len(w.rest), most)),
			flags|syscall.MSG_DONTWAIT, 0, 0)
		switch no {
		case 0:
			return int(n), false
		case syscall.EINTR:
		case syscall.EAGAIN:
			return 0, true
		default:
			w.no = no
			return 0, false
		}
	}
}
