package hub_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"jiangtai/server/hub"
)

// TestWhoResumesIsToldTheNumber: a number holds on one connection, and a snapshot
// tells it; who goes on from his own place hears it before anything that uses it.
func TestWhoResumesIsToldTheNumber(t *testing.T) {
	h := start(t, func(c *hub.Config) {
		c.Beat = func(_ time.Time, at []hub.Mark) []byte { return fmt.Appendf(nil, "beat %v", at) }
		c.Name = func(topic string, number uint32, epoch uint64) []byte {
			return fmt.Appendf(nil, "%s/%d is %d", topic, epoch, number)
		}
	})
	other, b := newBoard(h, "other", 0), newBoard(h, "a", 100)
	if other.topic.Number() == b.topic.Number() {
		t.Fatal("two topics have one number")
	}
	name := fmt.Sprintf("a/1 is %d", b.topic.Number())
	b.pad = 500
	b.publish()
	b.publish()
	for what, tc := range map[string]struct {
		from hub.At
		want []string
	}{
		"nowhere":       {hub.At{}, []string{"snap 102"}},
		"behind":        {hub.At{Epoch: 1, N: 100}, []string{name, "100>101", "101>102"}},
		"there already": {hub.At{Epoch: 1, N: 102}, []string{name, "beat [{a 102}]"}},
		"other history": {hub.At{Epoch: 2, N: 102}, []string{"snap 102"}},
	} {
		for _, room := range []int{-1, 3, 0} { // 0: he reads nothing until later
			s := join(t, h, room)
			s.reader.Subscribe(b.topic, tc.from)
			if room >= 0 {
				eventually(t, what+": full", func() bool { return h.Stats().Waiting > 0 })
				s.grow(-1)
			}
			eventually(t, what, func() bool { return len(s.seen()) >= len(tc.want) })
			if got := s.seen()[:len(tc.want)]; !slices.Equal(got, tc.want) {
				t.Errorf("%s, room %d: %q, want %q", what, room, got, tc.want)
			}
			s.reader.Leave()
			eventually(t, "left", func() bool { return h.Stats().Readers == 0 })
		}
	}
}

// TestANumberIsToldOnce: frames that follow do not bring the name again, but a second
// subscription does.
func TestANumberIsToldOnce(t *testing.T) {
	h := start(t, func(c *hub.Config) { c.Name = func(string, uint32, uint64) []byte { return []byte("name") } })
	b := newBoard(h, "a", 5)
	s := join(t, h, -1)
	s.reader.Subscribe(b.topic, hub.At{Epoch: 1, N: 5})
	eventually(t, "name", func() bool { return slices.Equal(s.seen(), []string{"name"}) })
	b.publish()
	eventually(t, "frame", func() bool { return slices.Equal(s.seen(), []string{"name", "5>6"}) })
	s.reader.Subscribe(b.topic, hub.At{Epoch: 1, N: 5})
	eventually(t, "again", func() bool { return slices.Equal(s.seen(), []string{"name", "5>6", "name", "5>6"}) })
}
