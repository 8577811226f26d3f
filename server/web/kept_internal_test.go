package web

import (
	"strconv"
	"testing"
	"time"

	"jiangtai/server/contest"
)

// However many questions are asked, and however many boards: what is kept is not
// more than so much.
func TestWhatIsKeptIsBounded(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	s := shelf{now: func() time.Time { return now }}
	for i := range 10 * shelfSize {
		key := "/api/v1/public/list?q=" + strconv.Itoa(i)
		s.put(key, NewContent("application/json", CacheAsk, []byte(key)), "")
		if r, ok := s.find([]byte(key)); !ok || string(r.Bytes()) != key {
			t.Fatalf("%s was not kept", key)
		}
		if len(s.places) > shelfSize {
			t.Fatalf("%d are kept", len(s.places))
		}
	}
	// What is fresh outlives what is stale.
	now = now.Add(shelfLife)
	for i := range shelfSize {
		s.put(strconv.Itoa(i), NewContent("application/json", CacheAsk, nil), "")
	}
	if _, ok := s.find([]byte("0")); !ok {
		t.Error("a fresh answer had to go")
	}

	var k kept
	for i := range 3 * keptEvents {
		event := contest.ID{byte(i), byte(i >> 8), 1}
		target := publicRoot + "events/" + event.String() + "/standings"
		body := []byte(target)
		ct := k.of(event, body)
		k.answers(event, target)
		k.answers(event, target+"?of="+strconv.Itoa(i))
		if again := k.of(event, body); again != ct {
			t.Fatal("the same board was made twice")
		}
		if found, ok := k.asked([]byte(target)); !ok || found != event {
			t.Fatal("a board was not remembered")
		}
		if len(k.byEvent) > keptEvents || len(k.byTarget) > keptEvents {
			t.Fatalf("%d boards and %d targets are kept", len(k.byEvent), len(k.byTarget))
		}
	}
}
