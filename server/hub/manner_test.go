package hub_test

import (
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"jiangtai/server/hub"
)

// toil is a clock that goes on by a millisecond with each write, and what happens
// then: a kernel that is slow.
type toil struct {
	at      atomic.Int64 // nanoseconds
	onWrite func()
}

func (c *toil) now() time.Time { return time.Unix(0, c.at.Load()) }

func (c *toil) pass(d time.Duration) { c.at.Add(int64(d)) }

// slow is a sink whose writes take time.
type slow struct {
	*sink
	toil *toil
}

func (s slow) TryWrite(b []byte) hub.Result {
	s.toil.pass(time.Millisecond)
	s.toil.onWrite()
	return s.sink.TryWrite(b)
}

// crowded gives a hub with a topic that rests: ten slow readers, and a frame that was
// published while the one before went out.
func crowded(t *testing.T) (c *toil, h *hub.Hub, busy, calm *board, crowd []*sink) {
	t.Helper()
	var more atomic.Bool
	c = &toil{onWrite: func() {
		if more.CompareAndSwap(true, false) {
			busy.publish()
		}
	}}
	c.pass(time.Hour)
	h = start(t, func(cfg *hub.Config) { cfg.Now, cfg.Shards, cfg.Second = c.now, 1, time.Second })
	busy, calm = newBoard(h, "busy", 0), newBoard(h, "calm", 0)
	for range 10 {
		s := joinAs(t, h, -1, func(s *sink) hub.Sink { return slow{s, c} })
		s.reader.Subscribe(busy.topic, hub.At{})
		crowd = append(crowd, s)
	}
	for _, s := range crowd {
		eventually(t, "snapshot", func() bool { return len(s.frames()) == 1 })
	}
	more.Store(true)
	busy.publish()
	for _, s := range crowd {
		eventually(t, "first frame", func() bool { return len(s.frames()) == 2 })
	}
	return c, h, busy, calm, crowd
}

func TestACrowdRestsAndOthersDoNotWaitForIt(t *testing.T) {
	c, h, busy, calm, crowd := crowded(t)
	other := join(t, h, -1)
	other.reader.Subscribe(calm.topic, hub.At{})
	eventually(t, "snapshot of a topic that does not rest", func() bool { return len(other.frames()) == 1 })
	calm.publish()
	eventually(t, "frame of a topic that does not rest", func() bool { return len(other.frames()) == 2 })
	busy.publish()
	for _, s := range crowd {
		if got := s.frames(); len(got) != 2 {
			t.Fatalf("while it rests: %q", got)
		}
	}
	c.pass(time.Second)
	for _, s := range crowd {
		eventually(t, "what was published meanwhile", func() bool { return reached(t, s.frames()) == 3 })
		s.mu.Lock()
		if s.writes != 3 {
			t.Errorf("%d writes, not the two frames in one", s.writes)
		}
		s.mu.Unlock()
	}
}

func TestShutdownDeliversToACrowdThatRests(t *testing.T) {
	_, h, _, _, crowd := crowded(t)
	stop(t, h)
	for _, s := range crowd {
		if got := s.frames(); reached(t, got) != 2 {
			t.Errorf("closed at %q", got)
		}
	}
}

// Whoever is urgent for ever delays a round, and does not stop it.
func TestRoundsMakeWay(t *testing.T) {
	var asked, calm atomic.Int64
	h := start(t, func(cfg *hub.Config) {
		cfg.Shards = 1
		cfg.Busy = func() bool { return asked.Add(1) > 0 && calm.Load() == 0 }
	})
	b := newBoard(h, "a", 0)
	var sinks []*sink
	for range 500 {
		s := join(t, h, -1)
		s.reader.Subscribe(b.topic, hub.At{})
		sinks = append(sinks, s)
	}
	for i := range 3 {
		b.publish()
		for _, s := range sinks {
			eventually(t, "frame "+strconv.Itoa(i+1), func() bool { return reached(t, s.frames()) == uint64(i+1) })
		}
		if asked.Load() == 0 {
			t.Error("nobody asked whether to make way")
		}
		calm.Store(int64(i))
	}
}
