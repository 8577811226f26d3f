package hub

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Result is what a sink did with bytes.
type Result uint8

// What TryWrite answers.
const (
	Sent Result = iota // taken, nothing waits in the sink
	Held               // taken; a part waits in the sink until the next TryWrite
	Full               // not taken
	Gone               // the sink is closed
)

// Sink is a connection as the hub sees it.
type Sink interface {
	// TryWrite takes b whole or not at all and never waits. b is shared and must
	// not be changed, but may be kept. TryWrite(nil) only moves what waits: Held
	// says that it moved and there is more, Full that nothing moved.
	TryWrite(b []byte) Result
	// Close says goodbye with the code and makes the sink's owner Leave soon. It
	// does not wait and may be called more than once.
	Close(code int)
}

// The codes that the hub closes with.
const (
	CloseRestart = 1012 // the server stops: come back with jitter
	CloseSilent  = 4408 // not heard from for Config.Silence
)

// Source gives a topic's whole state. It is called by shards, never by two at
// once for one topic, and must not call the hub.
type Source interface {
	// Snapshot is the state at n; the caller keeps the bytes. It tells the topic's
	// number, where frames go by that.
	Snapshot() (n uint64, payload []byte)
}

// Mark is a place in a topic.
type Mark struct {
	Topic string
	N     uint64
}

// At is where a reader says that he is. The zero At is nowhere.
type At struct {
	Epoch uint64
	N     uint64
}

// Config is what a hub is made with; only Now must be set.
type Config struct {
	// Now is the clock; never nil.
	Now func() time.Time
	// Wrap frames a payload for the wire, once for all readers; nil: as it is.
	Wrap func(payload []byte) []byte
	// Pack is Wrap for readers who take packed frames; nil: they get what the others
	// get. It is called once a frame, when the first of them is written to.
	Pack func(payload []byte) []byte
	// Beat makes the payload of a heartbeat; nil: no heartbeats.
	Beat func(now time.Time, at []Mark) []byte
	// Name makes the payload that tells a reader a topic's number. Who goes on from a
	// place that he brought gets it first: the snapshot that told him came by another
	// connection, maybe of another process. nil: nothing.
	Name func(topic string, number uint32, epoch uint64) []byte
	// Ping is what is written as it is every 20th second, to see who lives; nil:
	// nothing.
	Ping []byte
	// Lag hears, once a topic and round, how long its oldest new frame took to the last
	// reader of a shard who takes it; nil: nobody does. It is called by shards.
	Lag func(time.Duration)
	// Busy says that somebody waits for something more urgent than a frame: a round
	// makes way for it, a little. nil: nobody ever does.
	Busy func() bool
	// Shards write; 0: one a core, and where there are several one core stays free.
	Shards int
	// Frames and Bytes bound a topic's ring; 0: 256 frames, 32 KiB.
	Frames, Bytes int
	// Second is the distance of heartbeats; 0: 1 s.
	Second time.Duration
	// Silence closes who was not heard from; 0: 60 s.
	Silence time.Duration
}

// ErrClosing is what Join answers after Shutdown.
var ErrClosing = errors.New("hub: closing")

// Hub is safe for concurrent use.
type Hub struct {
	cfg    Config
	shards []*shard
	next   atomic.Uint32
	topics atomic.Uint32 // the last number that was given

	mu      sync.RWMutex // guards closing: no reader joins after Shutdown looked
	closing bool
	wg      sync.WaitGroup
	quit    sync.Once
}

// New starts the shards; Shutdown ends them.
func New(cfg Config) *Hub {
	if cfg.Wrap == nil {
		cfg.Wrap = func(p []byte) []byte { return p }
	}
	if cfg.Pack == nil {
		cfg.Pack = cfg.Wrap
	}
	if cfg.Busy == nil {
		cfg.Busy = func() bool { return false }
	}
	if cfg.Lag == nil {
		cfg.Lag = func(time.Duration) {}
	}
	setDefault(&cfg.Shards, max(1, runtime.GOMAXPROCS(0)-1))
	setDefault(&cfg.Frames, 256)
	setDefault(&cfg.Bytes, 32<<10)
	setDefault(&cfg.Second, time.Second)
	setDefault(&cfg.Silence, time.Minute)
	h := &Hub{cfg: cfg}
	for i := range cfg.Shards {
		s := newShard(h, i)
		h.shards = append(h.shards, s)
		h.wg.Go(s.run)
	}
	return h
}

func setDefault[T comparable](v *T, d T) {
	var zero T
	if *v == zero {
		*v = d
	}
}

// Join makes sink a reader without topics, who takes packed frames or not. The
// error is ErrClosing.
func (h *Hub) Join(sink Sink, packed bool) (*Reader, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if h.closing {
		return nil, ErrClosing
	}
	i := h.next.Add(1)
	s := h.shards[int(i)%len(h.shards)]
	r := &Reader{sink: sink, shard: s, form: plain, slot: uint8(i / uint32(len(h.shards)) % slots)}
	if packed {
		r.form = packedForm
	}
	r.Alive()
	s.order(order{kind: orderJoin, reader: r})
	return r, nil
}

// Shutdown lets nobody join any more, delivers what was published before, closes
// every sink with CloseRestart and waits until all readers have left or ctx
// ends; the error is ctx's.
func (h *Hub) Shutdown(ctx context.Context) error {
	h.mu.Lock()
	h.closing = true
	h.mu.Unlock()
	for _, s := range h.shards {
		s.order(order{kind: orderClose})
	}
	done := make(chan struct{})
	go func() {
		h.wg.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		h.quit.Do(func() {
			for _, s := range h.shards {
				close(s.quit)
			}
		})
		<-done
		return ctx.Err()
	}
}

// Stats are counts since the start, but Readers and Waiting, which are now.
type Stats struct {
	Readers   int64 // sinks that joined and did not leave
	Waiting   int64 // sinks that are full
	Frames    int64 // frames delivered: one for each reader
	Writes    int64 // writes they took: fewer, when frames were joined
	Snapshots int64 // snapshots delivered
	Beats     int64
	Bytes     int64
	Rounds    int64         // walks of a shard over what was published
	Walked    time.Duration // what they took together
}

// Stats adds up the shards' counts.
func (h *Hub) Stats() Stats {
	var t Stats
	for _, s := range h.shards {
		t.Readers += s.stats.readers.Load()
		t.Waiting += s.stats.waiting.Load()
		t.Frames += s.stats.frames.Load()
		t.Writes += s.stats.writes.Load()
		t.Snapshots += s.stats.snapshots.Load()
		t.Beats += s.stats.beats.Load()
		t.Bytes += s.stats.bytes.Load()
		t.Rounds += s.stats.rounds.Load()
		t.Walked += time.Duration(s.stats.walked.Load())
	}
	return t
}
