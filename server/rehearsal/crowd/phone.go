package crowd

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"sync"
	"time"

	"jiangtai/server/rehearsal"
	"jiangtai/server/rehearsal/wire"
)

// phone is one spectator. Its goroutine alone writes what mu guards.
type phone struct {
	crowd    *Crowd
	hall     *Hall
	target   wire.Target
	restless bool // its network breaks off now and then
	slow     bool // reads seldom
	random   *rand.Rand

	mu    sync.Mutex // guards the rest
	conn  *wire.Conn // nil: away
	tries int
	cut   bool      // somebody outside cut it off
	lost  time.Time // when it was cut off; zero: it is here, or has never been
	epoch uint64
	n     uint64
	t     uint32 // what this connection calls the hall's topic; 0: it did not say
	head  map[string]string
	rows  map[string]*row
	fresh bool      // nothing of this connection came yet
	since time.Time // when this connection's first state came
}

const (
	// silence is after which a phone believes a connection dead; the server beats
	// each second.
	silence = 15 * time.Second
	// steady is after which a connection counts as good again.
	steady = 30 * time.Second
	// restarting is the close on which everybody comes back over the whole range.
	restarting = 1012
)

var (
	errHole = errors.New("a frame that does not continue where the phone is")
	errSays = errors.New("the server says")
)

// Delay is how long the public page waits before its next try: at least half a
// second, spread over ever more, at most eight; random is in [0, 1).
func Delay(tries int, random float64) time.Duration {
	most := min(8000, 1000*float64(int64(1)<<min(tries, 10)))
	return time.Duration((500 + random*(most-500)) * float64(time.Millisecond))
}

// live goes on until ctx is done.
func (p *phone) live(ctx context.Context) {
	p.crowd.turn(ctx, func(seated func()) { p.visit(ctx, seated) })
	for ctx.Err() == nil {
		p.mu.Lock()
		wait := Delay(p.tries, p.random.Float64())
		p.tries++
		p.mu.Unlock()
		if !rehearsal.Pause(ctx, wait) {
			return
		}
		p.visit(ctx, func() {})
	}
}

// visit is one connection; seated is called once it stands.
func (p *phone) visit(ctx context.Context, seated func()) {
	conn, err := wire.Dial(ctx, p.target)
	if err != nil {
		if ctx.Err() == nil {
			p.crowd.count(func(s *Stats) { s.Refused++ })
		}
		return
	}
	seated()
	p.crowd.count(func(s *Stats) { s.Seated++ })
	stop := context.AfterFunc(ctx, conn.Close)
	defer stop()
	began := p.crowd.cfg.Now()
	err = p.follow(ctx, conn, began)
	conn.Cut()
	p.ended(ctx, conn, began, err)
}

// follow reads until the connection ends, or the phone's network does.
func (p *phone) follow(ctx context.Context, conn *wire.Conn, began time.Time) error {
	p.mu.Lock()
	p.conn, p.fresh, p.t = conn, true, 0
	hello := p.hello()
	p.mu.Unlock()
	if err := conn.Write(hello); err != nil {
		return err
	}
	cut := time.Time{}
	if p.restless {
		cut = began.Add(time.Duration((0.5 + p.random.Float64()) * float64(p.crowd.cfg.CutEvery)))
	}
	for {
		now := p.crowd.cfg.Now()
		deadline := now.Add(silence)
		if !cut.IsZero() && cut.Before(deadline) && !p.crowd.calm.Load() {
			if !now.Before(cut) {
				return errCut
			}
			deadline = cut
		}
		err := conn.Next(deadline, func(m wire.Message) error { return p.hear(m) })
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded) && deadline.Equal(cut):
			return errCut
		case err != nil:
			return err
		}
		// A bad network delivers in bursts. One message a pause would leave the server's
		// pings unanswered for minutes, which is another phone's way: one that is gone.
		if p.slow && !p.crowd.calm.Load() && conn.Drained(p.crowd.cfg.Now().Add(time.Millisecond)) && !rehearsal.Pause(ctx, p.crowd.cfg.SlowFor) {
			return ctx.Err()
		}
	}
}

// hello subscribes from where the phone is. The lock is held.
func (p *phone) hello() []byte {
	type at struct {
		Epoch uint64 `json:"epoch"`
		N     uint64 `json:"n"`
	}
	b, _ := json.Marshal(map[string]any{"subscribe": []string{p.hall.Topic}, "from": at{p.epoch, p.n}}) // plain data
	return b
}

var errCut = errors.New("the phone's network broke off")

// ended counts how a connection ended.
func (p *phone) ended(ctx context.Context, conn *wire.Conn, began time.Time, err error) {
	now := p.crowd.cfg.Now()
	var closed *wire.Closed
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Sub(began) > steady {
		p.tries = 0
	}
	isHere := !p.fresh
	cut := p.cut
	p.conn, p.fresh, p.cut = nil, true, false
	if p.lost.IsZero() {
		p.lost = now
	}
	p.crowd.count(func(s *Stats) {
		s.Bytes += conn.Read()
		if isHere {
			s.Here--
		}
		switch {
		case ctx.Err() != nil:
		case errors.Is(err, errHole), errors.Is(err, errSays): // counted where they came
		case errors.Is(err, errCut), cut:
			s.Cut++
		case errors.As(err, &closed):
			s.Closed[closed.Code]++
			if closed.Code == restarting {
				p.tries = 3
			}
		case errors.Is(err, os.ErrDeadlineExceeded):
			s.Silent++
		default:
			s.Broken++
		}
	})
}

// hear takes one message.
func (p *phone) hear(m wire.Message) error {
	at := p.crowd.cfg.Now()
	f, err := p.hall.open(m)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case f.Error != nil:
		p.crowd.count(func(s *Stats) { s.Holes++ })
		return errors.Join(errSays, errors.New(f.Error.Code)) //nolint:err113 // what the server said, for the log
	case f.Beat != 0:
		err = p.beat(f, at)
	default:
		err = p.take(f, at)
	}
	if errors.Is(err, errHole) {
		p.crowd.count(func(s *Stats) { s.Holes++ })
	}
	return err
}

// beat holds the server's number against ours. What a subscription has not answered
// yet is not ours to compare.
func (p *phone) beat(f *frame, at time.Time) error {
	n, told := f.N[p.hall.Topic]
	switch {
	case !told || p.fresh && n != p.n:
		return nil
	case n != p.n:
		return errHole
	case p.fresh:
		p.here(at)
	}
	return nil
}

// take applies a frame: the later row wins.
func (p *phone) take(f *frame, at time.Time) error {
	before := p.rows
	switch {
	case f.Topic != "" && f.Topic != p.hall.Topic:
		return errHole
	case f.Snapshot:
		p.t, p.epoch = f.T, f.Epoch
		p.head, p.rows = map[string]string{}, make(map[string]*row, len(f.Rows))
	case f.Topic != "": // a name
		if p.t = f.T; f.Epoch != p.epoch {
			return errHole
		}
		return nil
	case f.T == 0 || f.T != p.t || !f.continues(p.n):
		return errHole
	}
	p.n = f.To
	for k, v := range f.Head {
		p.head[k] = string(v)
	}
	for _, k := range f.Gone {
		delete(p.rows, k)
	}
	for _, r := range f.Rows {
		if was := before[r.K]; was != nil && !p.fresh && !p.slow {
			p.arrived(r, was.Done, at)
		}
		p.rows[r.K] = r
	}
	if p.fresh {
		p.here(at)
	}
	p.crowd.count(func(s *Stats) { s.Frames++ })
	return nil
}

// continues says whether the frame begins at n.
func (f *frame) continues(n uint64) bool {
	if f.From != nil {
		return *f.From == n
	}
	return f.To == n+1
}

// arrived counts the marks by which a row is further than it was.
func (p *phone) arrived(r *row, done int, at time.Time) {
	if p.crowd.cfg.Arrived == nil || p.hall.Taps == nil {
		return
	}
	for _, sent := range p.hall.Taps.between(r.K, done, r.Done) {
		if sent.After(p.since) { // else it was away when the mark was sent
			p.crowd.cfg.Arrived(at, at.Sub(sent))
		}
	}
}

// here says that the phone has its state again.
func (p *phone) here(at time.Time) {
	p.fresh, p.since = false, at
	lost := p.lost
	p.lost = time.Time{}
	p.crowd.count(func(s *Stats) {
		s.Here++
		if !lost.IsZero() {
			s.Back.Add(at.Sub(lost))
		}
	})
}
