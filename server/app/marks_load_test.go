//go:build linux

package app_test

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/rehearsal"
	"jiangtai/server/rehearsal/pulse"
)

// presser is a tablet that marks cell after cell, and corrects when all are marked.
// It sends its next request when the last one is answered.
type presser struct {
	token, event string
	chair        int
	cells        []string // work and aspect as JSON
	newest       []uuid.UUID
	markAt, seq  int
	random       *rand.PCG

	fd        int
	out, in   []byte
	body      []byte
	have      int
	began     time.Time
	remaining int // requests still to send; negative: until told to stop
}

func newPresser(t *rehearsal.Tablet) *presser {
	p := &presser{
		token: t.Client.Token, event: t.Bundle.Event.ID, chair: t.Bundle.Chair.Number, fd: -1,
		random: rand.NewPCG(rand.Uint64(), rand.Uint64()), in: make([]byte, 64<<10),
	}
	for w := range worksOfMany {
		for a := range markAspects {
			p.cells = append(p.cells, fmt.Sprintf(`"work":%q,"aspect":"a%d"`, entryNo(w+1), a+1))
		}
	}
	p.newest = make([]uuid.UUID, len(p.cells))
	return p
}

// id is a random UUID without asking the kernel for it.
func (p *presser) id() (id uuid.UUID) {
	binary.BigEndian.PutUint64(id[:], p.random.Uint64())
	binary.BigEndian.PutUint64(id[8:], p.random.Uint64())
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return id
}

func appendID(to []byte, id uuid.UUID) []byte {
	const digits = "0123456789abcdef"
	for i, c := range id {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			to = append(to, '-')
		}
		to = append(to, digits[c>>4], digits[c&15])
	}
	return to
}

// next appends the body of a request with so many marks.
func (p *presser) next(to []byte, batch int) []byte {
	to = append(to, `{"marks":[`...)
	for i := range batch {
		if i > 0 {
			to = append(to, ',')
		}
		p.seq++
		at, id := p.markAt%len(p.cells), p.id()
		p.markAt++
		to = appendID(append(to, `{"mark_id":"`...), id)
		to = append(append(append(to, `","event":"`...), p.event...), `","chair":`...)
		to = append(strconv.AppendInt(to, int64(p.chair), 10), ',')
		to = append(append(to, p.cells[at]...), `,"attempt":1,"round":1,"kind":"mark","value":"`...)
		to = append(strconv.AppendInt(to, int64(p.seq%100), 10), `","version":1,"device_seq":`...)
		to = append(strconv.AppendInt(to, int64(p.seq), 10), `,"client_at":1764000000000`...)
		if p.newest[at] != uuid.Nil {
			to = append(appendID(append(to, `,"supersedes":"`...), p.newest[at]), '"')
		}
		p.newest[at] = id
		to = append(to, '}')
	}
	return append(to, `]}`...)
}

// request makes the bytes of the next request.
func (p *presser) request(batch int) []byte {
	p.body = p.next(p.body[:0], batch)
	to := append(p.out[:0], "POST /api/v1/marks HTTP/1.1\r\nHost: hall\r\nContent-Type: application/json\r\nX-Jiangtai: 1\r\nAuthorization: Bearer "...)
	to = append(append(to, p.token...), "\r\nContent-Length: "...)
	to = append(strconv.AppendInt(to, int64(len(p.body)), 10), "\r\n\r\n"...)
	p.out = append(to, p.body...)
	return p.out
}

func (p *presser) send(batch int) error {
	if p.remaining > 0 {
		p.remaining--
	}
	b := p.request(batch)
	p.began, p.have = time.Now(), 0
	for len(b) > 0 {
		n, err := syscall.Write(p.fd, b)
		if err != nil && !errors.Is(err, syscall.EAGAIN) {
			return err
		}
		b = b[max(n, 0):]
	}
	return nil
}

var (
	endOfHead   = []byte("\r\n\r\n")
	lengthField = []byte("Content-Length: ")
	aReceipt    = []byte(`"receipt"`)
)

// receive reads what has come and says whether it is the whole answer.
func (p *presser) receive(batch int) (bool, error) {
	n, err := syscall.Read(p.fd, p.in[p.have:])
	switch {
	case errors.Is(err, syscall.EAGAIN):
		return false, nil
	case err != nil:
		return false, err
	case n == 0:
		return false, errors.New("the program hung up")
	}
	p.have += n
	head, body, ok := bytes.Cut(p.in[:p.have], endOfHead)
	if !ok {
		return false, nil
	}
	_, length, _ := bytes.Cut(head, lengthField)
	length, _, _ = bytes.Cut(length, endOfHead[:2])
	if want, err := strconv.Atoi(string(length)); err != nil || len(body) < want {
		return false, err
	}
	if n := bytes.Count(body, aReceipt); n != batch {
		return false, fmt.Errorf("only %d receipts: %s", n, p.in[:min(p.have, 900)])
	}
	return true, nil
}

// crowd is pressers whose connections one goroutine serves, so that the clients take
// little of the processors that they share with the program.
type crowd struct {
	tablets []*presser
	poll    int
	busy    int // tablets that wait for an answer
	delays  pulse.Spread
}

// newCrowd connects the tablets; close it.
func newCrowd(addr string, tablets []*presser) (*crowd, error) {
	at, err := net.ResolveTCPAddr("tcp4", addr)
	if err != nil {
		return nil, err
	}
	to := &syscall.SockaddrInet4{Port: at.Port, Addr: [4]byte(at.IP.To4())}
	c := &crowd{tablets: tablets}
	if c.poll, err = syscall.EpollCreate1(syscall.EPOLL_CLOEXEC); err != nil {
		return nil, err
	}
	for i, p := range tablets {
		if p.fd, err = syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0); err != nil {
			return nil, err
		}
		event := syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(i)}
		if err = errors.Join(syscall.Connect(p.fd, to), syscall.SetNonblock(p.fd, true),
			syscall.SetsockoptInt(p.fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1),
			syscall.EpollCtl(c.poll, syscall.EPOLL_CTL_ADD, p.fd, &event)); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *crowd) close() {
	for _, p := range c.tablets {
		_ = syscall.Close(p.fd)
	}
	_ = syscall.Close(c.poll)
}

// press has each tablet send requests of so many marks, one after another, until the
// time is over or, if requests is not 0, until it has sent that many. What was sent is
// answered.
func (c *crowd) press(limit time.Duration, batch, requests int) error {
	end := time.Now().Add(limit)
	for _, p := range c.tablets {
		if p.remaining = -1; requests > 0 {
			p.remaining = requests
		}
		c.busy++
		if err := p.send(batch); err != nil {
			return err
		}
	}
	var events [256]syscall.EpollEvent
	for c.busy > 0 {
		n, err := syscall.EpollWait(c.poll, events[:], 20_000)
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if err != nil || n == 0 {
			return fmt.Errorf("no answer for 20 s (%w)", err)
		}
		for _, e := range events[:n] {
			if err := c.turn(c.tablets[e.Fd], end, batch); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *crowd) turn(p *presser, end time.Time, batch int) error {
	done, err := p.receive(batch)
	if err != nil || !done {
		return err
	}
	now := time.Now()
	c.delays.Add(now.Sub(p.began))
	if p.remaining == 0 || now.After(end) {
		c.busy--
		return nil
	}
	return p.send(batch)
}

// count reads one of the program's metrics.
func (p *press) count(t testing.TB, name string) float64 {
	t.Helper()
	res, err := http.Get("http://" + p.counts + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		if rest, ok := strings.CutPrefix(lines.Text(), name+" "); ok {
			v, err := strconv.ParseFloat(rest, 64)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
	}
	t.Fatalf("no metric %s", name)
	return 0
}
