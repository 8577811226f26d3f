package swarm

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"jiangtai/server/rehearsal/pulse"
)

// Swarm is the crowd; Open it, Close it.
type Swarm struct {
	cfg    Config
	epoll  int
	peers  []*peer
	byFile sync.Map // int32 → *peer
	ready  atomic.Int64
	lost   atomic.Int64
	quit   atomic.Bool
	done   chan struct{}

	from, to atomic.Int64 // of what is counted, in planned nanoseconds

	mu      sync.Mutex // guards the rest
	delays  pulse.Spread
	bytes   int64
	answers int64 // messages with at least one stamp that counts
	seed    maphash.Seed
	known   map[uint64]string // compressed messages by their hash: what stands in them
}

type peer struct {
	file int
	rest []byte       // of a message that is not whole
	last atomic.Int64 // the newest stamp
	here atomic.Bool  // has got his first message
}

// Open connects all and waits until each has got a first message.
func Open(cfg Config, within time.Duration) (*Swarm, error) {
	if cfg.Together == 0 {
		cfg.Together = 64
	}
	epoll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return nil, err
	}
	s := &Swarm{cfg: cfg, epoll: epoll, done: make(chan struct{}), seed: maphash.MakeSeed(), known: map[uint64]string{}}
	go s.read()
	if err := s.connect(); err != nil {
		s.Close()
		return nil, err
	}
	for began := time.Now(); s.ready.Load() < int64(cfg.Clients); time.Sleep(5 * time.Millisecond) {
		if time.Since(began) > within {
			missing := int64(cfg.Clients) - s.ready.Load()
			s.Close()
			return nil, fmt.Errorf("swarm: %d of %d clients got nothing in %v", missing, cfg.Clients, within)
		}
	}
	return s, nil
}

func (s *Swarm) connect() error {
	var wg sync.WaitGroup
	turns := make(chan int)
	failed := make(chan error, s.cfg.Together)
	s.peers = make([]*peer, s.cfg.Clients)
	for range s.cfg.Together {
		wg.Go(func() {
			for i := range turns {
				if err := s.join(i); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	var err error
feeding:
	for i := range s.cfg.Clients {
		select {
		case turns <- i:
		case err = <-failed:
			break feeding
		}
	}
	close(turns)
	wg.Wait()
	select {
	case err = <-failed:
	default:
	}
	return err
}

// join connects one client. Addresses of their own keep the clients from running
// out of ports.
func (s *Swarm) join(i int) error {
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(11+i%8))}, Timeout: 20 * time.Second}
	conn, err := dialer.Dial("tcp", s.cfg.Address)
	if err != nil {
		return err
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	ask := "GET /live HTTP/1.1\r\nHost: " + s.cfg.Address + "\r\nOrigin: http://" + s.cfg.Address +
		"\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" +
		s.cfg.Header + "\r\n"
	if _, err := conn.Write([]byte(ask)); err != nil {
		return err
	}
	var head [1]byte
	var answer strings.Builder
	for !strings.HasSuffix(answer.String(), "\r\n\r\n") {
		if _, err := conn.Read(head[:]); err != nil {
			return fmt.Errorf("swarm: client %d: %w after %q", i, err, answer.String())
		}
		answer.WriteByte(head[0])
	}
	if !strings.HasPrefix(answer.String(), "HTTP/1.1 101") {
		return fmt.Errorf("swarm: client %d: %q", i, answer.String())
	}
	if _, err := conn.Write(masked(0x81, []byte(s.cfg.Subscribe(i)))); err != nil {
		return err
	}
	return s.watch(i, conn.(*net.TCPConn))
}

// watch takes the connection's descriptor away from Go's own poller.
func (s *Swarm) watch(i int, conn *net.TCPConn) error {
	raw, err := conn.SyscallConn()
	if err != nil {
		return err
	}
	var file int
	var fault error
	if err := raw.Control(func(fd uintptr) { file, fault = syscall.Dup(int(fd)) }); err != nil || fault != nil {
		return errors.Join(err, fault)
	}
	syscall.CloseOnExec(file)
	if err := syscall.SetNonblock(file, true); err != nil {
		return err
	}
	p := &peer{file: file}
	s.peers[i] = p
	s.byFile.Store(int32(file), p)
	return syscall.EpollCtl(s.epoll, syscall.EPOLL_CTL_ADD, file, &syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(file)})
}

func (s *Swarm) read() {
	defer close(s.done)
	events := make([]syscall.EpollEvent, 512)
	buf := make([]byte, 256<<10)
	for !s.quit.Load() {
		n, err := syscall.EpollWait(s.epoll, events, 50)
		if err != nil && !errors.Is(err, syscall.EINTR) {
			return
		}
		s.mu.Lock()
		for i := range max(n, 0) {
			if p, ok := s.byFile.Load(events[i].Fd); ok {
				s.take(p.(*peer), buf)
			}
		}
		s.mu.Unlock()
	}
}

func (s *Swarm) take(p *peer, buf []byte) {
	kept := copy(buf, p.rest)
	n, err := syscall.Read(p.file, buf[kept:])
	if errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EINTR) {
		return
	}
	if err != nil || n == 0 {
		s.drop(p)
		return
	}
	rest := s.messages(p, buf[:kept+n], time.Now().UnixNano())
	p.rest = append(p.rest[:0], rest...)
}

func (s *Swarm) drop(p *peer) {
	if _, was := s.byFile.LoadAndDelete(int32(p.file)); was {
		s.lost.Add(1)
		_ = syscall.Close(p.file)
	}
}

// messages reads the whole frames of b and gives what is left.
func (s *Swarm) messages(p *peer, b []byte, now int64) []byte {
	for len(b) >= 2 {
		size, head := int(b[1]), 2
		switch size {
		case 126:
			if len(b) < 4 {
				return b
			}
			size, head = int(binary.BigEndian.Uint16(b[2:])), 4
		case 127:
			if len(b) < 10 {
				return b
			}
			size, head = int(binary.BigEndian.Uint64(b[2:])), 10
		}
		if len(b) < head+size {
			return b
		}
		switch b[0] & 0x0F {
		case 0x1:
			text := b[head : head+size]
			if b[0]&0x40 != 0 {
				s.message(p, []byte(s.unpack(text)), size, now)
			} else {
				s.message(p, text, size, now)
			}
		case 0x8:
			s.drop(p)
			return nil
		case 0x9:
			_, _ = syscall.Write(p.file, masked(0x8A, b[head:head+size]))
		}
		b = b[head+size:]
	}
	return b
}

// unpack opens a compressed message; all clients get the same one, so it is done
// once.
func (s *Swarm) unpack(packed []byte) string {
	key := maphash.Bytes(s.seed, packed)
	if text, ok := s.known[key]; ok {
		return text
	}
	end := []byte{0, 0, 0xff, 0xff, 1, 0, 0, 0xff, 0xff}
	text, _ := io.ReadAll(flate.NewReader(io.MultiReader(bytes.NewReader(packed), bytes.NewReader(end))))
	if len(s.known) > 1000 {
		clear(s.known)
	}
	s.known[key] = string(text)
	return string(text)
}

func (s *Swarm) message(p *peer, text []byte, size int, now int64) {
	if !p.here.Swap(true) {
		s.ready.Add(1)
	}
	i := bytes.LastIndex(text, []byte(Stamp))
	if i < 0 {
		return
	}
	var stamp int64
	for _, c := range text[i+len(Stamp):] {
		if c < '0' || c > '9' {
			break
		}
		stamp = stamp*10 + int64(c-'0')
	}
	p.last.Store(stamp)
	if stamp >= s.from.Load() && stamp < s.to.Load() {
		s.delays.Add(time.Duration(now - stamp))
		s.bytes += int64(size)
		s.answers++
	}
}

// Count begins to count what is planned between two moments.
func (s *Swarm) Count(from, to time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.delays.Reset()
	s.bytes, s.answers = 0, 0
	s.from.Store(from.UnixNano())
	s.to.Store(to.UnixNano())
}

// Counted is what came in of what counts.
func (s *Swarm) Counted() (deliveries, size int64, delays pulse.Spread) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.answers, s.bytes, s.delays
}

// Lost is how many connections ended.
func (s *Swarm) Lost() int { return int(s.lost.Load()) }

// Behind is how many clients have not got what was planned at the moment.
func (s *Swarm) Behind(stamp time.Time) int {
	n := 0
	for _, p := range s.peers {
		if p.last.Load() < stamp.UnixNano() {
			n++
		}
	}
	return n
}

// Close ends all connections.
func (s *Swarm) Close() {
	s.quit.Store(true)
	<-s.done
	s.byFile.Range(func(_, p any) bool {
		_ = syscall.Close(p.(*peer).file)
		return true
	})
	_ = syscall.Close(s.epoll)
}

// masked frames a client's message. The mask is of zeros: it hides nothing from
// anybody here.
func masked(op byte, payload []byte) []byte {
	b := []byte{op}
	if len(payload) < 126 {
		b = append(b, 0x80|byte(len(payload)))
	} else {
		b = append(b, 0x80|126)
		b = binary.BigEndian.AppendUint16(b, uint16(len(payload)))
	}
	b = append(b, 0, 0, 0, 0)
	return append(b, payload...)
}
