package hub

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
)

// Topic is one stream of frames. Publish and Reset come from one goroutine at a
// time; everything else is safe for concurrent use.
type Topic struct {
	hub    *Hub
	name   string
	number uint32
	source Source

	mu    sync.RWMutex // guards now
	state topicState

	// One flag and one count a shard: a shard without readers is not woken, and
	// one that will look anyway is not told twice.
	dirty   []atomic.Bool
	members []atomic.Int32

	snapMu sync.Mutex // guards snap and the call of source
	snap   snapshot
	weight atomic.Int64 // of the last snapshot; 0: none was made yet
}

// topicState is copied out under the lock: entries never change, and append
// writes behind what anybody copied.
type topicState struct {
	ring  []entry // each entry's from is the one before's to
	bytes int
	epoch uint64
	head  uint64 // the last entry's to, or the n of the last Reset
	gen   uint32 // raised by Reset
}

type entry struct {
	from, to uint64
	wire     *wire
}

type snapshot struct {
	gen  uint32
	n    uint64
	wire *wire // nil: none was made yet
}

// NewTopic makes a topic that stands at n of the epoch. The hub keeps no list
// of topics: who publishes to it knows it.
func (h *Hub) NewTopic(name string, at At, source Source) *Topic {
	return &Topic{
		hub: h, name: name, number: h.topics.Add(1), source: source,
		state:   topicState{epoch: at.Epoch, head: at.N, gen: 1},
		dirty:   make([]atomic.Bool, len(h.shards)),
		members: make([]atomic.Int32, len(h.shards)),
	}
}

// Name is the topic's name.
func (t *Topic) Name() string { return t.name }

// Number stands for the name in frames, the same for all readers. No other topic of
// the hub has it; another process gives another.
func (t *Topic) Number() uint32 { return t.number }

// At is where the topic stands.
func (t *Topic) At() At {
	st := t.now()
	return At{Epoch: st.epoch, N: st.head}
}

// Publish adds the frame that leads from one n to the next and returns at once.
// The source must already answer with a state at least as new. A frame that
// does not continue the ring starts it anew: who is behind gets a snapshot.
func (t *Topic) Publish(from, to uint64, payload []byte) {
	e := entry{from: from, to: to, wire: newWire(t.hub, payload)}
	t.mu.Lock()
	st := &t.state
	if from != st.head {
		st.ring, st.bytes = nil, 0
	}
	st.ring = append(st.ring, e)
	st.bytes += len(e.wire.in(plain))
	st.head = to
	cut := 0
	for len(st.ring)-cut > t.hub.cfg.Frames || st.bytes > t.hub.cfg.Bytes && cut < len(st.ring)-1 {
		st.bytes -= len(st.ring[cut].wire.in(plain))
		cut++
	}
	// What was cut is freed when append moves the rest: readers may hold copies
	// of the slice, so nothing is overwritten in place.
	st.ring = st.ring[cut:]
	t.mu.Unlock()
	t.tell()
}

// Reset says that the whole state changed and where the topic now stands: every
// reader gets a snapshot.
func (t *Topic) Reset(at At) {
	t.mu.Lock()
	t.state = topicState{epoch: at.Epoch, head: at.N, gen: t.state.gen + 1}
	t.mu.Unlock()
	t.tell()
}

func (t *Topic) tell() {
	for i, s := range t.hub.shards {
		if t.members[i].Load() > 0 && !t.dirty[i].Swap(true) {
			s.touch(t)
		}
	}
}

func (t *Topic) now() topicState {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.state
}

// whole gives a snapshot that is as new as the topic was when asked.
func (t *Topic) whole() snapshot {
	t.snapMu.Lock()
	defer t.snapMu.Unlock()
	st := t.now()
	if t.snap.wire != nil && t.snap.gen == st.gen && t.snap.n >= st.head {
		return t.snap
	}
	n, payload := t.source.Snapshot()
	t.snap = snapshot{gen: st.gen, n: n, wire: newWire(t.hub, payload)}
	t.weight.Store(int64(len(t.snap.wire.in(plain))))
	return t.snap
}

// since gives the bytes that lead from n to head, with their number of frames;
// false when the ring does not reach back.
func (st topicState) since(n uint64, f form) ([]byte, int, bool) {
	i, found := slices.BinarySearchFunc(st.ring, n, func(e entry, n uint64) int { return cmp.Compare(e.from, n) })
	if !found {
		return nil, 0, false
	}
	missed := st.ring[i:]
	if len(missed) == 1 {
		return missed[0].wire.in(f), 1, true
	}
	size := 0
	for _, e := range missed {
		size += len(e.wire.in(f))
	}
	out := make([]byte, 0, size)
	for _, e := range missed {
		out = append(out, e.wire.in(f)...)
	}
	return out, len(missed), true
}
