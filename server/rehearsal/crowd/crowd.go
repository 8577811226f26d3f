package crowd

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"jiangtai/server/rehearsal"
	"jiangtai/server/rehearsal/pulse"
	"jiangtai/server/rehearsal/wire"
)

// Config says who comes and how they behave.
type Config struct {
	Target wire.Target
	// Halls are followed in turn: phone i follows hall i modulo their number.
	Halls  []*Hall
	Phones int
	Now    func() time.Time
	Seed   uint64
	// Restless is the share of phones whose network breaks off about every CutEvery.
	Restless float64
	CutEvery time.Duration
	// Slow is the share of phones that get what came only every SlowFor.
	Slow    float64
	SlowFor time.Duration
	// Together is how many connect at once at the beginning; 0: 64.
	Together int
	// Local gives the i-th phone an address to come from, which a machine with more
	// phones than ports needs; nil: the system's choice.
	Local func(i int) net.Addr
	// Arrived is told when a mark was on a phone and how long it had been under way.
	// It must be quick. nil: nobody.
	Arrived func(at time.Time, way time.Duration)
}

// Stats is what happened until now.
type Stats struct {
	Here    int         // have a state and a connection
	Seated  int         // connections made
	Refused int         // tries to connect that failed
	Cut     int         // connections that broke off because the phone's network should
	Closed  map[int]int // connections that the server closed, by code
	Broken  int         // connections that ended without a word
	Silent  int         // connections on which nothing came for long
	Holes   int         // promises of the feed that were broken
	Frames  int64
	Bytes   int64        // of connections that have ended
	Back    pulse.Spread // from losing a connection to having a state again
}

// Crowd is the phones. Open it, Close it.
type Crowd struct {
	cfg    Config
	phones []*phone
	cancel context.CancelFunc
	gone   sync.WaitGroup
	gate   chan struct{}
	calm   atomic.Bool

	mu    sync.Mutex // guards stats
	stats Stats
}

// Open lets the phones come; Gather waits for them.
func Open(ctx context.Context, cfg Config) *Crowd {
	if cfg.Together == 0 {
		cfg.Together = 64
	}
	ctx, cancel := context.WithCancel(ctx)
	c := &Crowd{cfg: cfg, cancel: cancel, gate: make(chan struct{}, cfg.Together), stats: Stats{Closed: map[int]int{}}}
	restless := int(cfg.Restless * float64(cfg.Phones))
	slow := restless + int(cfg.Slow*float64(cfg.Phones))
	for i := range cfg.Phones {
		random := rand.New(rand.NewPCG(cfg.Seed, uint64(i)))
		// Spread over the halls: of each kind some in every one.
		kind := i * 7919 % max(1, cfg.Phones)
		p := &phone{
			crowd: c, hall: cfg.Halls[i%len(cfg.Halls)], target: cfg.Target, random: random,
			restless: kind < restless, slow: kind >= restless && kind < slow, fresh: true,
		}
		if cfg.Local != nil {
			p.target.Local = cfg.Local(i)
		}
		c.phones = append(c.phones, p)
		c.gone.Go(func() { p.live(ctx) })
	}
	return c
}

// turn lets a phone connect for the first time when it is its turn; visit calls
// seated when the next may.
func (c *Crowd) turn(ctx context.Context, visit func(seated func())) {
	select {
	case c.gate <- struct{}{}:
		seated := sync.OnceFunc(func() { <-c.gate })
		visit(seated)
		seated()
	case <-ctx.Done():
	}
}

func (c *Crowd) count(what func(*Stats)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	what(&c.stats)
}

// Stats is how it stands.
func (c *Crowd) Stats() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.stats
	s.Closed = maps.Clone(s.Closed)
	return s
}

// Here is how many have a state and a connection.
func (c *Crowd) Here() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stats.Here
}

// Gather waits until all are here, or as many as are steady when ctx ends: the
// restless are always away in part.
func (c *Crowd) Gather(ctx context.Context) error {
	for c.Here() < c.cfg.Phones {
		if !rehearsal.Pause(ctx, 50*time.Millisecond) {
			return fmt.Errorf("%d of %d phones are here: %w", c.Here(), c.cfg.Phones, ctx.Err())
		}
	}
	return nil
}

// CutAll breaks all connections off at once. Tries is how often the phones believe
// to have tried already: 0 as after a lost network, 3 as after a restart.
func (c *Crowd) CutAll(tries int) {
	now := c.cfg.Now()
	for _, p := range c.phones {
		p.mu.Lock()
		p.tries = tries
		if p.conn != nil {
			p.cut, p.lost = true, now
			p.conn.Cut()
		}
		p.mu.Unlock()
	}
}

// Calm lets the restless stay and the slow read, so that all may catch up.
func (c *Crowd) Calm() { c.calm.Store(true) }

// Behind is how many phones of a hall do not have the state of a snapshot: place,
// head and every row, byte by byte.
func (c *Crowd) Behind(hall *Hall, snapshot []byte) (int, error) {
	want, err := hall.open(wire.Message{Text: snapshot})
	if err != nil {
		return 0, err
	}
	rows := make(map[string]string, len(want.Rows))
	for _, r := range want.Rows {
		rows[r.K] = r.text
	}
	head := make(map[string]string, len(want.Head))
	for k, v := range want.Head {
		head[k] = string(v)
	}
	n := 0
	for _, p := range c.phones {
		if p.hall == hall && !p.has(want, head, rows) {
			n++
		}
	}
	return n, nil
}

func (p *phone) has(want *frame, head, rows map[string]string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.epoch != want.Epoch || p.n != want.To || len(p.rows) != len(rows) {
		return false
	}
	for k, r := range p.rows {
		if rows[k] != r.text {
			return false
		}
	}
	return maps.Equal(p.head, head)
}

// Close ends all connections and waits until the phones are gone.
func (c *Crowd) Close() {
	c.cancel()
	c.gone.Wait()
}
