package hub_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"jiangtai/server/hub"
)

// counter is a sink that only counts, so that what is measured is the hub.
type counter struct{ got *atomic.Int64 }

func (c counter) TryWrite([]byte) hub.Result {
	c.got.Add(1)
	return hub.Sent
}

func (c counter) Close(int) {}

// BenchmarkFanOut is the hub's own price of a delivery; the write itself is the
// socket's.
func BenchmarkFanOut(b *testing.B) {
	for _, readers := range []int{100, 5000} {
		b.Run(fmt.Sprint(readers), func(b *testing.B) {
			var got atomic.Int64
			h := hub.New(hub.Config{Now: time.Now, Silence: time.Hour})
			bd := newBoard(h, "a", 0)
			list := make([]*hub.Reader, readers)
			for i := range list {
				r, err := h.Join(counter{&got}, false)
				if err != nil {
					b.Fatal(err)
				}
				r.Subscribe(bd.topic, hub.At{Epoch: 1})
				list[i] = r
			}
			eventually(b, "joined", func() bool { return h.Stats().Readers == int64(readers) })
			b.ReportAllocs()
			for b.Loop() {
				before := got.Load()
				bd.publish()
				for got.Load() < before+int64(readers) {
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(readers), "ns/delivery")
			for _, r := range list {
				r.Leave()
			}
			stop(b, h)
		})
	}
}

// BenchmarkManyTopics: 120 events with some readers each, one change at a time.
func BenchmarkManyTopics(b *testing.B) {
	const topics, each = 120, 80
	var got atomic.Int64
	h := hub.New(hub.Config{Now: time.Now, Silence: time.Hour})
	var boards []*board
	var list []*hub.Reader
	for i := range topics {
		bd := newBoard(h, fmt.Sprint(i), 0)
		boards = append(boards, bd)
		for range each {
			r, err := h.Join(counter{&got}, false)
			if err != nil {
				b.Fatal(err)
			}
			r.Subscribe(bd.topic, hub.At{Epoch: 1})
			list = append(list, r)
		}
	}
	eventually(b, "joined", func() bool { return h.Stats().Readers == topics*each })
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		before := got.Load()
		boards[i%topics].publish()
		i++
		for got.Load() < before+each {
		}
	}
	for _, r := range list {
		r.Leave()
	}
	stop(b, h)
}
