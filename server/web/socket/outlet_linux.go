package socket

import (
	"net"
	"syscall"
	"time"
	"unsafe"
)

func newOutlet(conn net.Conn, now func() time.Time) outlet {
	conn = bare(conn)
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return newQueued(conn, now)
	}
	rc, err := tcp.SyscallConn()
	if err != nil {
		return newQueued(conn, now)
	}
	limitBuffer(tcp)
	d := &direct{rc: rc}
	d.send = d.sendOnce
	return d
}

// direct sends from the caller's goroutine. It is not safe for concurrent use:
// the sink's lock is held.
type direct struct {
	rc   syscall.RawConn // refuses a closed connection, whose number may be another's
	send func(fd uintptr) bool
	b    []byte
	n    int
	err  error
}

func (d *direct) write(b []byte) (int, error) {
	d.b, d.n, d.err = b, 0, nil
	if err := d.rc.Write(d.send); err != nil {
		return 0, err
	}
	d.b = nil
	return d.n, d.err
}

func (d *direct) stop() {}

// sendOnce always answers true: "done", so that RawConn never waits. The raw
// call tells the scheduler nothing, which a call that cannot block need not.
func (d *direct) sendOnce(fd uintptr) bool {
	for {
		n, _, errno := syscall.RawSyscall6(syscall.SYS_SENDTO, fd,
			uintptr(unsafe.Pointer(unsafe.SliceData(d.b))), uintptr(len(d.b)),
			syscall.MSG_DONTWAIT|syscall.MSG_NOSIGNAL, 0, 0)
		switch errno {
		case 0:
			d.n = int(n)
		case syscall.EINTR:
			continue
		case syscall.EAGAIN:
		default:
			d.err = errno
		}
		return true
	}
}
