package hub_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"jiangtai/server/hub"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// sink is a connection with room for so many bytes.
type sink struct {
	mu     sync.Mutex // guards the rest
	room   int        // bytes until it is full; negative: endless
	rest   []byte
	got    []string
	writes int
	codes  []int
	gone   bool
	reader *hub.Reader
}

func (s *sink) TryWrite(b []byte) hub.Result {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.gone {
		return hub.Gone
	}
	moved := s.take(s.rest)
	if s.rest = s.rest[moved:]; len(s.rest) > 0 {
		if b == nil && moved > 0 {
			return hub.Held
		}
		return hub.Full
	}
	if len(b) == 0 {
		return hub.Sent
	}
	n := s.take(b)
	if n == 0 {
		return hub.Full
	}
	s.writes++
	for l := range strings.SplitSeq(strings.TrimSuffix(string(b), "\n"), "\n") {
		s.got = append(s.got, strings.TrimRight(l, " "))
	}
	if s.rest = b[n:]; n < len(b) {
		return hub.Held
	}
	return hub.Sent
}

func (s *sink) take(b []byte) int {
	if s.room < 0 {
		return len(b)
	}
	n := min(len(b), s.room)
	s.room -= n
	return n
}

func (s *sink) Close(code int) {
	s.mu.Lock()
	s.codes = append(s.codes, code)
	r := s.reader
	s.mu.Unlock()
	if r != nil {
		r.Leave()
	}
}

func (s *sink) grow(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.room = n
}

func (s *sink) seen() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.got)
}

func (s *sink) frames() []string {
	return slices.DeleteFunc(s.seen(), func(l string) bool { return strings.HasPrefix(l, "beat") || l == "ping" })
}

// board is a topic whose state is the list of what was published.
type board struct {
	mu    sync.Mutex // guards n
	n     uint64
	pad   int // how heavy a snapshot is
	topic *hub.Topic
}

func (b *board) Snapshot() (uint64, []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.n, []byte("snap " + strconv.FormatUint(b.n, 10) + strings.Repeat(" ", b.pad))
}

func (b *board) publish() {
	b.mu.Lock()
	from := b.n
	b.n++
	to := b.n
	b.mu.Unlock()
	b.topic.Publish(from, to, []byte(fmt.Sprintf("%d>%d", from, to)))
}

func newBoard(h *hub.Hub, name string, n uint64) *board {
	b := &board{n: n}
	b.topic = h.NewTopic(name, hub.At{Epoch: 1, N: n}, b)
	return b
}

func lines(p []byte) []byte { return append(slices.Clone(p), '\n') }

func start(t *testing.T, change func(*hub.Config)) *hub.Hub {
	t.Helper()
	cfg := hub.Config{Now: time.Now, Wrap: lines, Shards: 2, Second: 40 * time.Millisecond}
	if change != nil {
		change(&cfg)
	}
	h := hub.New(cfg)
	t.Cleanup(func() { stop(t, h) })
	return h
}

func stop(t testing.TB, h *hub.Hub) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := h.Shutdown(ctx); err != nil {
		t.Errorf("shutdown: %v", err)
	}
}

func join(t *testing.T, h *hub.Hub, room int) *sink {
	t.Helper()
	return joinAs(t, h, room, func(s *sink) hub.Sink { return s })
}

// joinAs joins a sink as something that stands before it.
func joinAs(t *testing.T, h *hub.Hub, room int, as func(*sink) hub.Sink) *sink {
	t.Helper()
	s := &sink{room: room}
	r, err := h.Join(as(s), false)
	if err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	s.reader = r
	s.mu.Unlock()
	return s
}

// eventually polls, because shards work in their own time.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	poll := time.NewTicker(time.Millisecond)
	defer poll.Stop()
	deadline := time.After(10 * time.Second)
	for !ok() {
		select {
		case <-poll.C:
		case <-deadline:
			t.Fatalf("never: %s", what)
		}
	}
}

func TestFramesArriveInOrderWithoutHoles(t *testing.T) {
	h := start(t, nil)
	b := newBoard(h, "a", 0)
	var sinks []*sink
	for range 20 {
		s := join(t, h, -1)
		s.reader.Subscribe(b.topic, hub.At{})
		sinks = append(sinks, s)
	}
	for range 500 {
		b.publish()
	}
	for _, s := range sinks {
		eventually(t, "last frame", func() bool { return reached(t, s.frames()) == 500 })
	}
}

// reached follows a feed and says where it ends; a hole fails the test.
func reached(t interface{ Fatalf(string, ...any) }, feed []string) uint64 {
	n := uint64(0)
	for i, line := range feed {
		if at, ok := strings.CutPrefix(line, "snap "); ok {
			v, _ := strconv.ParseUint(at, 10, 64)
			if v < n {
				t.Fatalf("line %d goes back from %d: %v", i, n, feed)
			}
			n = v
			continue
		}
		from, to, _ := strings.Cut(line, ">")
		f, _ := strconv.ParseUint(from, 10, 64)
		v, _ := strconv.ParseUint(to, 10, 64)
		if f != n {
			t.Fatalf("line %d: from %d, but the reader is at %d: %v", i, f, n, feed)
		}
		n = v
	}
	return n
}

func TestResume(t *testing.T) {
	h := start(t, func(c *hub.Config) {
		c.Frames = 10
		c.Beat = func(_ time.Time, at []hub.Mark) []byte { return fmt.Appendf(nil, "beat %v", at) }
	})
	b := newBoard(h, "a", 100)
	b.pad = 500
	for range 20 {
		b.publish()
	}
	for name, tc := range map[string]struct {
		from  hub.At
		first string
	}{
		"nowhere":       {hub.At{}, "snap 120"},
		"a bit behind":  {hub.At{Epoch: 1, N: 115}, "115>116"},
		"ring's edge":   {hub.At{Epoch: 1, N: 110}, "110>111"},
		"off the ring":  {hub.At{Epoch: 1, N: 109}, "snap 120"},
		"there already": {hub.At{Epoch: 1, N: 120}, "beat [{a 120}]"},
		"the future":    {hub.At{Epoch: 1, N: 121}, "snap 120"},
		"other history": {hub.At{Epoch: 2, N: 115}, "snap 120"},
	} {
		s := join(t, h, -1)
		s.reader.Subscribe(b.topic, tc.from)
		eventually(t, name, func() bool { return len(s.seen()) > 0 })
		if got := s.seen()[0]; got != tc.first {
			t.Errorf("%s: first %q, want %q", name, got, tc.first)
		}
	}
}

func TestResetIsASnapshotForAll(t *testing.T) {
	h := start(t, nil)
	b := newBoard(h, "a", 7)
	s := join(t, h, -1)
	s.reader.Subscribe(b.topic, hub.At{})
	eventually(t, "first", func() bool { return len(s.frames()) == 1 })
	b.topic.Reset(hub.At{Epoch: 1, N: 7})
	eventually(t, "second", func() bool { return slices.Equal(s.frames(), []string{"snap 7", "snap 7"}) })
	b.publish()
	eventually(t, "frame", func() bool { return len(s.frames()) == 3 && s.frames()[2] == "7>8" })
}

func TestSlowReaderCostsOthersNothingAndGetsTheNewest(t *testing.T) {
	h := start(t, func(c *hub.Config) { c.Frames = 8 })
	b := newBoard(h, "a", 0)
	slow, quick := join(t, h, 10), join(t, h, -1)
	slow.reader.Subscribe(b.topic, hub.At{})
	quick.reader.Subscribe(b.topic, hub.At{})
	eventually(t, "first", func() bool { return len(slow.frames()) > 0 && len(quick.frames()) > 0 })
	for i := range 300 {
		b.publish()
		if i%10 == 0 {
			eventually(t, "quick", func() bool { return reached(t, quick.frames()) == uint64(i+1) })
		}
	}
	eventually(t, "quick", func() bool { return reached(t, quick.frames()) == 300 })
	if h.Stats().Waiting != 1 {
		t.Errorf("waiting: %+v", h.Stats())
	}
	slow.grow(-1)
	eventually(t, "slow", func() bool { return reached(t, slow.frames()) == 300 })
	if n := len(slow.frames()); n > 20 {
		t.Errorf("got %d frames instead of a snapshot", n)
	}
	if len(slow.codes) > 0 {
		t.Errorf("closed with %v", slow.codes)
	}
}

func TestWhatWaitsIsJoined(t *testing.T) {
	h := start(t, nil)
	b := newBoard(h, "a", 0)
	s := join(t, h, 8) // the first snapshot fits, the first frame only in part
	s.reader.Subscribe(b.topic, hub.At{})
	eventually(t, "first", func() bool { return len(s.frames()) == 1 })
	for range 5 {
		b.publish()
	}
	eventually(t, "full", func() bool { return h.Stats().Waiting == 1 })
	before := h.Stats().Writes
	s.grow(-1)
	eventually(t, "all", func() bool { return reached(t, s.frames()) == 5 })
	if w := h.Stats().Writes - before; w > 1 {
		t.Errorf("%d writes for what waited", w)
	}
}

func TestHeavyBacklogIsASnapshot(t *testing.T) {
	h := start(t, nil)
	b := newBoard(h, "a", 0)
	s := join(t, h, 8)
	s.reader.Subscribe(b.topic, hub.At{})
	eventually(t, "first", func() bool { return len(s.frames()) == 1 })
	for range 50 {
		b.publish()
	}
	eventually(t, "full", func() bool { return h.Stats().Waiting == 1 })
	s.grow(-1)
	eventually(t, "all", func() bool { return reached(t, s.frames()) == 50 })
	if got := s.frames(); got[len(got)-1] != "snap 50" {
		t.Errorf("got %v", got)
	}
}

func TestTopicsStayApart(t *testing.T) {
	h := start(t, nil)
	a, b := newBoard(h, "a", 0), newBoard(h, "b", 1000)
	one, both := join(t, h, -1), join(t, h, -1)
	one.reader.Subscribe(a.topic, hub.At{})
	both.reader.Subscribe(a.topic, hub.At{})
	both.reader.Subscribe(b.topic, hub.At{})
	eventually(t, "snapshots", func() bool { return len(both.frames()) == 2 && len(one.frames()) == 1 })
	b.publish()
	a.publish()
	eventually(t, "frames", func() bool { return len(both.frames()) == 4 && len(one.frames()) == 2 })
	if slices.Contains(one.frames(), "1000>1001") {
		t.Error("a frame of a topic without subscription")
	}
	both.reader.Unsubscribe(a.topic)
	both.reader.Send(lines([]byte("mark")))
	eventually(t, "mark", func() bool { return slices.Contains(both.frames(), "mark") })
	a.publish()
	b.publish()
	eventually(t, "frame of b", func() bool { return slices.Contains(both.frames(), "1001>1002") })
	if slices.Contains(both.frames(), "1>2") {
		t.Error("a frame after unsubscribing")
	}
}

func TestBeatWhileNothingFlows(t *testing.T) {
	h := start(t, func(c *hub.Config) {
		c.Ping = lines([]byte("ping"))
		c.Beat = func(_ time.Time, at []hub.Mark) []byte { return fmt.Appendf(nil, "beat %v", at) }
	})
	b := newBoard(h, "a", 3)
	s := join(t, h, -1)
	s.reader.Subscribe(b.topic, hub.At{})
	eventually(t, "beat", func() bool { return slices.Contains(s.seen(), "beat [{a 3}]") })
	b.publish()
	eventually(t, "beat after frame", func() bool { return slices.Contains(s.seen(), "beat [{a 4}]") })
	eventually(t, "ping", func() bool { return slices.Contains(s.seen(), "ping") })
}

func TestSilentSinkIsClosed(t *testing.T) {
	h := start(t, func(c *hub.Config) { c.Silence = 200 * time.Millisecond })
	alive, silent, stuck := join(t, h, -1), join(t, h, -1), join(t, h, 0)
	b := newBoard(h, "a", 0)
	stuck.reader.Subscribe(b.topic, hub.At{})
	closed := func(s *sink) []int {
		s.mu.Lock()
		defer s.mu.Unlock()
		return slices.Clone(s.codes)
	}
	eventually(t, "closed", func() bool {
		alive.reader.Alive()
		return len(closed(silent)) > 0 && len(closed(stuck)) > 0
	})
	if !slices.Equal(closed(silent), []int{hub.CloseSilent}) || len(closed(alive)) > 0 {
		t.Errorf("silent %v, alive %v", closed(silent), closed(alive))
	}
}

func TestGoneSinkIsLetGo(t *testing.T) {
	h := start(t, nil)
	b := newBoard(h, "a", 0)
	s := join(t, h, -1)
	s.reader.Subscribe(b.topic, hub.At{})
	eventually(t, "first", func() bool { return len(s.frames()) == 1 })
	s.mu.Lock()
	s.gone = true
	s.mu.Unlock()
	b.publish()
	eventually(t, "left", func() bool { return h.Stats().Readers == 0 })
}

func TestFloodOfMessagesThatNobodyReads(t *testing.T) {
	h := start(t, nil)
	s := join(t, h, 0)
	for range 100 {
		s.reader.Send([]byte("error"))
	}
	codes := func() []int {
		s.mu.Lock()
		defer s.mu.Unlock()
		return slices.Clone(s.codes)
	}
	eventually(t, "closed", func() bool { return len(codes()) > 0 && h.Stats().Readers == 0 })
	if codes()[0] != 1008 {
		t.Errorf("closed with %v", codes())
	}
}

func TestShutdownDeliversThenCloses(t *testing.T) {
	h := hub.New(hub.Config{Now: time.Now, Wrap: lines})
	b := newBoard(h, "a", 0)
	var sinks []*sink
	for range 50 {
		s := join(t, h, -1)
		s.reader.Subscribe(b.topic, hub.At{})
		sinks = append(sinks, s)
	}
	for _, s := range sinks {
		eventually(t, "first", func() bool { return len(s.frames()) == 1 })
	}
	b.publish()
	stop(t, h)
	for _, s := range sinks {
		if reached(t, s.frames()) != 1 || !slices.Equal(s.codes, []int{hub.CloseRestart}) {
			t.Fatalf("got %v, codes %v", s.frames(), s.codes)
		}
	}
	if _, err := h.Join(&sink{}, false); !errors.Is(err, hub.ErrClosing) {
		t.Errorf("joined after shutdown: %v", err)
	}
}

func TestLagIsOfWhatSomebodyReads(t *testing.T) {
	lags := make(chan time.Duration, 16)
	h := start(t, func(c *hub.Config) { c.Lag = func(d time.Duration) { lags <- d } })
	read, unread := newBoard(h, "a", 0), newBoard(h, "b", 0)
	s := join(t, h, -1)
	s.reader.Subscribe(read.topic, hub.At{})
	eventually(t, "first", func() bool { return len(s.frames()) == 1 })
	unread.publish()
	read.publish()
	if lag := <-lags; lag <= 0 {
		t.Errorf("lag %v", lag)
	}
	eventually(t, "second", func() bool { return len(s.frames()) == 2 })
	if len(lags) > 0 {
		t.Errorf("a topic that nobody reads has a lag of %v", <-lags)
	}
}

func TestShutdownDoesNotWaitForEver(t *testing.T) {
	h := hub.New(hub.Config{Now: time.Now})
	if _, err := h.Join(&sink{room: -1}, false); err != nil { // never leaves
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if err := h.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// TestAnyHistoryConverges: whatever readers do and however much room they have,
// each feed is without holes and ends where the topic ends.
func TestAnyHistoryConverges(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := hub.New(hub.Config{
			Now: time.Now, Wrap: lines, Shards: rapid.IntRange(1, 3).Draw(rt, "shards"),
			Frames: rapid.IntRange(1, 20).Draw(rt, "ring"), Second: 20 * time.Millisecond,
		})
		b := newBoard(h, "a", 0)
		var sinks []*sink
		for range rapid.IntRange(1, 60).Draw(rt, "steps") {
			switch rapid.IntRange(0, 5).Draw(rt, "what") {
			case 0:
				s := join(t, h, rapid.IntRange(0, 40).Draw(rt, "room"))
				s.reader.Subscribe(b.topic, hub.At{})
				sinks = append(sinks, s)
			case 1:
				if len(sinks) > 0 {
					s := sinks[rapid.IntRange(0, len(sinks)-1).Draw(rt, "who")]
					s.grow(rapid.IntRange(0, 30).Draw(rt, "room"))
				}
			case 2:
				b.mu.Lock()
				b.n++ // the state moves as a whole
				n := b.n
				b.mu.Unlock()
				b.topic.Reset(hub.At{Epoch: 1, N: n})
			default:
				b.publish()
			}
		}
		for _, s := range sinks {
			s.grow(-1)
			eventually(t, "the end", func() bool { return reached(rt, s.frames()) == b.n })
		}
		stop(t, h)
	})
}
