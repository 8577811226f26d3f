package crowd_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"jiangtai/server/rehearsal/crowd"
	"jiangtai/server/rehearsal/wire"
)

// TestDelayIsThePages holds the waits against frontend/src/shared/live/client.ts.
func TestDelayIsThePages(t *testing.T) {
	for _, c := range []struct {
		tries       int
		least, most time.Duration
	}{
		{0, 500 * time.Millisecond, time.Second},
		{1, 500 * time.Millisecond, 2 * time.Second},
		{3, 500 * time.Millisecond, 8 * time.Second},
		{4, 500 * time.Millisecond, 8 * time.Second},
		{1000, 500 * time.Millisecond, 8 * time.Second},
	} {
		if least, most := crowd.Delay(c.tries, 0), crowd.Delay(c.tries, 1); least != c.least || most != c.most {
			t.Errorf("after %d tries: %v to %v, want %v to %v", c.tries, least, most, c.least, c.most)
		}
	}
}

const (
	first  = `{"t":2,"topic":"t","epoch":1,"from":0,"to":5,"snapshot":true,"head":{"done":3,"phase":"running"},"rows":[{"k":"001","done":2},{"k":"002","done":1}]}`
	named  = `{"topic":"t","epoch":1,"t":2}`
	second = `{"t":2,"to":6,"head":{"done":4},"rows":[{"k":"002","done":2}]}`
	hole   = `{"t":2,"from":7,"to":8,"rows":[{"k":"002","done":3}]}`
	other  = `{"t":3,"to":6,"rows":[{"k":"002","done":3}]}`
	agreed = `{"beat":1,"n":{"t":6}}`
	early  = `{"beat":1,"n":{"t":9}}`
	denied = `{"error":{"code":"live.missing","topic":"t"}}`
	after  = `{"topic":"t","epoch":1,"from":0,"to":6,"snapshot":true,"head":{"done":4,"phase":"running"},"rows":[{"k":"002","done":2},{"k":"001","done":2}]}`
)

// feed is a server that says the same to everybody who comes, by what came before.
func feed(t *testing.T, visits ...[]string) (wire.Target, *atomic.Int64) {
	t.Helper()
	var came atomic.Int64
	end := make(chan struct{})
	up := websocket.Upgrader{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := up.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer c.Close()
		if _, _, err := c.ReadMessage(); err != nil {
			return
		}
		visit := min(int(came.Add(1)), len(visits)) - 1
		for _, text := range visits[visit] {
			if c.WriteMessage(websocket.TextMessage, []byte(text)) != nil {
				return
			}
		}
		<-end
	}))
	t.Cleanup(s.Close)
	t.Cleanup(func() { close(end) })
	return wire.Target{Base: s.URL}, &came
}

// until asks again until it is so.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for tick := time.NewTicker(5 * time.Millisecond); !is(); {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal(what)
		}
	}
}

// TestBrokenPromisesAreCounted: a phone that meets a hole, a heartbeat that
// disagrees or an error comes back, and ends with the server's state.
func TestBrokenPromisesAreCounted(t *testing.T) {
	to, came := feed(t, []string{first, hole}, []string{first, early}, []string{denied}, []string{first, other}, []string{first, second})
	hall := &crowd.Hall{Topic: "t"}
	c := crowd.Open(t.Context(), crowd.Config{Target: to, Halls: []*crowd.Hall{hall}, Phones: 1, Now: time.Now})
	defer c.Close()
	until(t, "the phone does not end with the server's state", func() bool {
		n, err := c.Behind(hall, []byte(after))
		return err == nil && n == 0
	})
	if s := c.Stats(); s.Holes != 4 || s.Here != 1 || s.Seated != 5 || came.Load() != 5 || s.Broken+s.Cut != 0 {
		t.Errorf("%+v", s)
	}
	for _, other := range []string{
		first, // it is further
		`{"topic":"t","epoch":2,"from":0,"to":6,"snapshot":true,"head":{"done":4,"phase":"running"},"rows":[{"k":"001","done":2},{"k":"002","done":2}]}`,
		`{"topic":"t","epoch":1,"from":0,"to":6,"snapshot":true,"head":{"done":5,"phase":"running"},"rows":[{"k":"001","done":2},{"k":"002","done":2}]}`,
		`{"topic":"t","epoch":1,"from":0,"to":6,"snapshot":true,"head":{"done":4,"phase":"running"},"rows":[{"k":"001","done":2}]}`,
		`{"topic":"t","epoch":1,"from":0,"to":6,"snapshot":true,"head":{"done":4,"phase":"running"},"rows":[{"k":"001","done":2},{"k":"002", "done":2}]}`,
	} {
		if n, err := c.Behind(hall, []byte(other)); err != nil || n != 1 {
			t.Errorf("%d are behind %s: %v", n, other, err)
		}
	}
}

// TestWaysAndComingBack: a mark's way is counted from its sending, not at all for
// who was away, and a crowd that is cut off comes back.
func TestWaysAndComingBack(t *testing.T) {
	var taps crowd.Taps
	began := time.Now()
	var clock atomic.Int64
	now := func() time.Time { return began.Add(time.Duration(clock.Add(1)) * time.Second) }
	ways := make(chan time.Duration, 100)
	whole := []string{first, second}
	to, _ := feed(t, whole, whole, whole, []string{named, agreed})
	hall := &crowd.Hall{Topic: "t", Taps: &taps}
	// The first two marks of 002: one was sent before anybody came, one much later.
	taps.Tap("002", began)
	taps.Tap("002", began.Add(time.Hour))
	ctx, end := context.WithTimeout(t.Context(), 20*time.Second)
	defer end()
	c := crowd.Open(ctx, crowd.Config{
		Target: to, Halls: []*crowd.Hall{hall}, Phones: 3, Now: now,
		Arrived: func(_ time.Time, way time.Duration) { ways <- way },
	})
	defer c.Close()
	if err := c.Gather(ctx); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if way := <-ways; way > 0 || way < -time.Hour {
			t.Errorf("a way of %v", way) // the second mark, by this test's clock not yet sent
		}
	}
	c.CutAll(0)
	until(t, "the crowd does not come back", func() bool { s := c.Stats(); return s.Cut == 3 && s.Here == 3 })
	if s := c.Stats(); s.Back.Count() != 3 || s.Seated != 6 || s.Holes != 0 {
		t.Errorf("%+v", s)
	}
}
