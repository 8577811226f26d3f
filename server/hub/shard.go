package hub

import (
	"sync"
	"sync/atomic"
	"time"
)

const (
	// slots spread heartbeats over the second.
	slots = 8
	// A reader's own messages (errors) that may wait; more is a flood.
	maxPending = 64
	pingEvery  = 20 // visits, one a second
)

type orderKind uint8

const (
	orderJoin orderKind = iota
	orderSubscribe
	orderUnsubscribe
	orderSend
	orderLeave
	orderClose
)

type order struct {
	kind   orderKind
	reader *Reader
	topic  *Topic
	at     At
	bytes  []byte
}

type shard struct {
	hub   *Hub
	id    int
	wake  chan struct{} // holds one: there is something to do
	quit  chan struct{}
	stats struct{ readers, waiting, frames, writes, snapshots, beats, bytes, rounds, walked atomic.Int64 }

	mu    sync.Mutex // guards inbox and dirty
	inbox []order
	dirty []touched

	// The rest belongs to the goroutine.
	orders  []order
	topics  []touched
	later   []touched // their groups rest
	groups  map[*Topic]*group
	manner  manner
	slots   [slots][]*Reader
	full    []*Reader
	tick    uint32
	joined  memo
	beats   beatMemo
	armed   bool // the retry timer runs
	closing bool
}

// touched is a topic with the moment of the first frame that nobody has yet.
type touched struct {
	topic *Topic
	since time.Time
}

func newShard(h *Hub, id int) *shard {
	return &shard{
		hub: h, id: id, wake: make(chan struct{}, 1), quit: make(chan struct{}),
		groups: map[*Topic]*group{},
	}
}

func (s *shard) order(o order) {
	s.mu.Lock()
	s.inbox = append(s.inbox, o)
	s.mu.Unlock()
	s.poke()
}

func (s *shard) touch(t *Topic) {
	at := s.hub.cfg.Now()
	s.mu.Lock()
	s.dirty = append(s.dirty, touched{topic: t, since: at})
	s.mu.Unlock()
	s.poke()
}

func (s *shard) poke() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *shard) run() {
	beat := time.NewTicker(s.hub.cfg.Second / slots)
	defer beat.Stop()
	retry := time.NewTimer(time.Hour)
	defer retry.Stop()
	rested := time.NewTimer(time.Hour)
	defer rested.Stop()
	for !s.closing || s.stats.readers.Load() > 0 {
		select {
		case <-s.wake:
			s.round()
		case <-rested.C:
			s.round()
		case <-beat.C:
			s.tick++
			s.visit(s.slots[s.tick%slots])
		case <-retry.C:
			s.armed = false
			s.retryFull()
		case <-s.quit:
			return
		}
		if len(s.full) > 0 && !s.armed {
			s.armed = true
			retry.Reset(s.hub.cfg.Second / 100)
		}
		if len(s.later) > 0 {
			rested.Reset(s.untilRested())
		}
	}
}

// round carries out orders and delivers what was published since the last one, but
// to groups that rest.
func (s *shard) round() {
	began := s.hub.cfg.Now()
	s.manner.way = 0
	s.mu.Lock()
	s.inbox, s.orders = s.orders[:0], s.inbox
	s.dirty, s.topics = s.topics[:0], s.dirty
	s.mu.Unlock()
	s.topics = append(s.topics, s.later...)
	clear(s.later)
	s.later = s.later[:0]
	for _, t := range s.topics {
		g := s.groups[t.topic]
		if g != nil && began.Before(g.rests) && !s.closing {
			s.later = append(s.later, t) // and stays marked: it is not told again
			continue
		}
		s.bring(t)
	}
	for _, o := range s.orders {
		s.obey(o)
	}
	ended := s.hub.cfg.Now()
	s.restAfter(began, ended)
	clear(s.orders)
	clear(s.topics)
	s.stats.rounds.Add(1)
	s.stats.walked.Add(int64(ended.Sub(began)))
}

// bring delivers what a topic has to its group.
func (s *shard) bring(t touched) {
	// Before looking: what is published from here on tells us again.
	t.topic.dirty[s.id].Store(false)
	if g := s.groups[t.topic]; g != nil {
		s.deliver(g)
		s.hub.cfg.Lag(s.hub.cfg.Now().Sub(t.since))
	}
}

func (s *shard) obey(o order) {
	r := o.reader
	if r != nil && r.state == left {
		return
	}
	switch o.kind {
	case orderJoin:
		s.join(r)
	case orderSubscribe:
		s.subscribe(r, o.topic, o.at)
	case orderUnsubscribe:
		if sb := r.find(o.topic); sb != nil {
			s.drop(sb)
		}
	case orderSend:
		if r.pending = append(r.pending, o.bytes); len(r.pending) > maxPending {
			s.closeReader(r, 1008)
			return
		}
		if r.state == ready {
			s.flush(r)
		}
	case orderLeave:
		s.leave(r)
	case orderClose:
		s.closeAll()
	}
}

func (s *shard) join(r *Reader) {
	r.state = ready
	r.index = len(s.slots[r.slot])
	s.slots[r.slot] = append(s.slots[r.slot], r)
	r.sentTick = s.tick
	s.stats.readers.Add(1)
	if s.closing {
		s.closeReader(r, CloseRestart)
	}
}

func (s *shard) subscribe(r *Reader, t *Topic, from At) {
	sb := r.find(t)
	if sb == nil {
		g := s.groups[t]
		if g == nil {
			g = &group{topic: t}
			s.groups[t] = g
		}
		sb = &sub{reader: r, group: g, index: len(g.subs)}
		g.subs = append(g.subs, sb)
		r.subs = append(r.subs, sb)
		// Before looking at the topic: what is published after the look tells us.
		t.members[s.id].Add(1)
	}
	st := t.now()
	sb.n, sb.gen, sb.nameless = from.N, st.gen, s.hub.cfg.Name != nil
	if from.Epoch != st.epoch || from.N > st.head {
		sb.gen = 0
	}
	if r.state != ready {
		return
	}
	if sb.gen != 0 && sb.n == st.head && !sb.nameless {
		s.beat(r)
		return
	}
	s.joined.reset()
	s.advance(sb, st)
}

func (s *shard) drop(sb *sub) {
	g, r := sb.group, sb.reader
	last := g.subs[len(g.subs)-1]
	g.subs[sb.index], last.index = last, sb.index
	g.subs[len(g.subs)-1] = nil
	g.subs = g.subs[:len(g.subs)-1]
	g.topic.members[s.id].Add(-1)
	if len(g.subs) == 0 {
		delete(s.groups, g.topic)
	}
	for i, other := range r.subs {
		if other == sb {
			r.subs = append(r.subs[:i], r.subs[i+1:]...)
			return
		}
	}
}

func (s *shard) leave(r *Reader) {
	for len(r.subs) > 0 {
		s.drop(r.subs[len(r.subs)-1])
	}
	list := s.slots[r.slot]
	last := list[len(list)-1]
	list[r.index], last.index = last, r.index
	list[len(list)-1] = nil
	s.slots[r.slot] = list[:len(list)-1]
	if r.state == waiting {
		s.stats.waiting.Add(-1)
	}
	r.state, r.pending = left, nil
	s.stats.readers.Add(-1)
}

// closeReader asks the sink's owner to leave; until then nothing more is
// written.
func (s *shard) closeReader(r *Reader, code int) {
	if r.state == waiting {
		s.stats.waiting.Add(-1)
	}
	r.state, r.pending = leaving, nil
	r.sink.Close(code)
}

func (s *shard) closeAll() {
	s.wakeAll()
	s.closing = true
	for _, list := range s.slots {
		for _, r := range list {
			s.closeReader(r, CloseRestart)
		}
	}
}
