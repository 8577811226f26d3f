package socket

import (
	"net"
	"sync/atomic"
	"time"

	"jiangtai/server/conduit"
)

// sendBuffer bounds what the kernel keeps for who does not read.
const sendBuffer = 64 << 10

// bare takes off what fasthttp wraps around a connection that it gives away, and what
// the listener does.
func bare(conn net.Conn) net.Conn {
	if h, ok := conn.(interface{ UnsafeConn() net.Conn }); ok {
		conn = h.UnsafeConn()
	}
	return conduit.Bare(conn)
}

func limitBuffer(conn net.Conn) {
	if c, ok := conn.(interface{ SetWriteBuffer(bytes int) error }); ok {
		_ = c.SetWriteBuffer(sendBuffer)
	}
}

// queued writes to connections without a write that does not wait: one
// goroutine, room for one piece. Its writes have a deadline, because a write to
// TLS that was given up cannot be taken up again.
type queued struct {
	conn net.Conn
	now  func() time.Time
	room chan []byte // holds one
	done chan struct{}
	busy atomic.Bool
	fail atomic.Pointer[error]
}

// Who takes nothing for this long is gone, where a write has to wait.
const stuck = time.Minute

func newQueued(conn net.Conn, now func() time.Time) *queued {
	limitBuffer(conn)
	if c, ok := conn.(interface{ NetConn() net.Conn }); ok {
		limitBuffer(c.NetConn()) // below TLS
	}
	q := &queued{conn: conn, now: now, room: make(chan []byte, 1), done: make(chan struct{})}
	go q.run()
	return q
}

func (q *queued) run() {
	defer close(q.done)
	for b := range q.room {
		_ = q.conn.SetWriteDeadline(q.now().Add(stuck))
		if _, err := q.conn.Write(b); err != nil {
			q.fail.Store(&err)
		}
		q.busy.Store(false)
	}
}

// write takes all of b or nothing, and says why when it never will again.
func (q *queued) write(b []byte) (int, error) {
	if err := q.fail.Load(); err != nil {
		return 0, *err
	}
	if q.busy.Swap(true) {
		return 0, nil
	}
	q.room <- b
	return len(b), nil
}

// stop returns when nothing touches the connection any more.
func (q *queued) stop() {
	close(q.room)
	select {
	case <-q.done: // nearly always: what was written last is out
		return
	default:
	}
	// It may be the close that is being written, so a moment more.
	_ = q.conn.SetWriteDeadline(q.now().Add(farewell))
	<-q.done
}
