package socket

import (
	"net"
	"sync"
	"time"

	"jiangtai/server/hub"
)

// The codes that we close with, beside the hub's.
const (
	CloseSignIn      = 4401 // the session ended: sign in again
	closeProtocol    = 1002
	closeBinary      = 1003
	closeNotUTF8     = 1007
	closePolicy      = 1008
	closeTooBig      = 1009
	closeServerError = 1011
	closeNoCode      = 1005 // never sent: a close without a code
	closeAbnormal    = 1006 // never sent: what the library calls a lost connection
)

// farewell is how long a peer has to answer a close.
const farewell = time.Second

// noFile stands for the descriptor of a connection that must not be written by one.
const noFile = -1

// sink is a connection as the hub's Sink. Safe for concurrent use.
type sink struct {
	mu      sync.Mutex // guards the rest, and is held over every write
	closing bool
	// file is the connection's descriptor, good until release: only then does its
	// owner close it, and the number may be another's.
	file int
	rest []byte   // of a frame that the kernel took in part
	conn net.Conn // nil once released
	out  *queued  // where there is no file
	now  func() time.Time
}

var _ hub.Sink = (*sink)(nil)

// newSink keeps the connection until release. Nobody may close it before.
func newSink(conn net.Conn, now func() time.Time) *sink {
	conn = bare(conn)
	s := &sink{now: now, conn: conn, file: fileOf(conn)}
	if s.file == noFile {
		s.out = newQueued(conn, now)
	}
	return s
}

// put takes the first n bytes of b, without waiting; n < len(b) without an error means
// that there is no room now. The lock is held.
func (s *sink) put(b []byte) (n int, err error) {
	if s.file != noFile {
		return send(s.file, b)
	}
	return s.out.write(b)
}

// TryWrite is the hub's.
func (s *sink) TryWrite(b []byte) hub.Result {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn == nil || s.closing {
		return hub.Gone
	}
	if len(s.rest) > 0 {
		n, err := s.put(s.rest)
		if err != nil {
			return hub.Gone
		}
		if s.rest = s.rest[n:]; len(s.rest) > 0 {
			if b == nil && n > 0 {
				return hub.Held
			}
			return hub.Full
		}
		s.rest = nil
	}
	if len(b) == 0 {
		return hub.Sent
	}
	n, err := s.put(b)
	switch {
	case err != nil:
		return hub.Gone
	case n == 0:
		return hub.Full
	case n < len(b):
		s.rest = b[n:]
		return hub.Held
	}
	return hub.Sent
}

// control writes a control frame if there is room for it now; false when not. A
// peer that does not read gets no pong.
func (s *sink) control(b []byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.writeControl(b)
}

func (s *sink) writeControl(b []byte) bool {
	if s.conn == nil || len(s.rest) > 0 {
		return false
	}
	n, err := s.put(b)
	if err != nil || n == 0 {
		return false
	}
	s.rest = b[n:]
	return n == len(b)
}

// Close says the code and lets the reading handler end: when the peer answers,
// after a second, or at once when the code could not be said.
func (s *sink) Close(code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn == nil || s.closing {
		return
	}
	s.closing = true
	wait := time.Duration(0)
	if code != closeNoCode && code != closeAbnormal && s.writeControl(closing(code)) {
		wait = farewell
	}
	// conn.Close does nothing while a reader blocks; a deadline ends the reader.
	_ = s.conn.SetReadDeadline(s.now().Add(wait))
}

// answerClose echoes the peer's close.
func (s *sink) answerClose(code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closing {
		s.closing = true
		if code == closeNoCode {
			s.writeControl(frame(opClose, nil))
		} else {
			s.writeControl(closing(code))
		}
	}
}

// readWithin limits the next reads; 0 takes the limit away. A sink that is
// closing keeps its own.
func (s *sink) readWithin(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn == nil || s.closing {
		return
	}
	var at time.Time
	if d > 0 {
		at = s.now().Add(d)
	}
	_ = s.conn.SetReadDeadline(at)
}

// readFarewell limits what is left to read, when the connection ends for a
// reason that Close did not hear of.
func (s *sink) readFarewell() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn != nil && !s.closing {
		s.closing = true
		_ = s.conn.SetReadDeadline(s.now().Add(farewell))
	}
}

// release lets go of the connection: when it returns nothing of the sink
// touches it any more, whatever the hub still does. The handler must not return
// before.
func (s *sink) release() {
	s.mu.Lock()
	out := s.out
	s.conn, s.file, s.out, s.rest = nil, noFile, nil, nil
	s.mu.Unlock()
	if out != nil {
		out.stop() // outside the lock: it may wait, and a shard must not
	}
}
