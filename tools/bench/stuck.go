package main

import (
	"context"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"jiangtai/server/rehearsal/wire"
	"jiangtai/tools/bench/whole"
)

// idle are clients that subscribe and do not read.
type idle []*wire.Conn

func sit(ctx context.Context, addr string, n int) (idle, error) {
	var all idle
	for range n {
		c, err := wire.Dial(ctx, wire.Target{Base: "http://" + addr, Plain: true, Local: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 10)}})
		if err == nil {
			// A phone's window. With one of 4 KB it is TCP's own timers that take 6 s.
			c.Narrow(64 << 10)
			all = append(all, c)
			err = c.Write([]byte(`{"subscribe":["bench"]}`))
		}
		if err != nil {
			all.close()
			return nil, err
		}
	}
	return all, nil
}

func (l idle) close() {
	for _, c := range l {
		c.Close()
	}
}

// late lets all of them read again, and counts who has not got what was planned at
// the moment after five seconds.
func (l idle) late(newest time.Time) int {
	deadline := time.Now().Add(5 * time.Second)
	var late atomic.Int64
	var group sync.WaitGroup
	for _, c := range l {
		group.Go(func() {
			for got := int64(0); got < newest.UnixNano(); {
				if err := c.Next(deadline, func(m wire.Message) error { got = stampOf(m.Text); return nil }); err != nil {
					late.Add(1)
					return
				}
			}
		})
	}
	group.Wait()
	return int(late.Load())
}

// stuck compares 950 clients who read, alone and with 50 beside them who do not.
func stuck(ctx context.Context, out io.Writer) error {
	l := load{clients: 950, rate: 20, size: 4 << 10, warm: 2 * time.Second, length: 4 * time.Second}
	with := l
	with.stuck = 50
	alone, beside, err := compare(ctx, out, 3, run{"ours", l}, run{"ours", with})
	if err != nil {
		return err
	}
	per := func(f found) float64 { return float64(f.perDelivery) }
	p99 := func(f found) float64 { return f.delays.Quantile(.99).Seconds() * 1000 }
	whole.Print(out,
		whole.Figure{What: "50 of 1,000 do not read: the others' CPU, beside without", Seen: mean(beside, per) / mean(alone, per), Goal: 1.1},
		whole.Figure{What: "50 of 1,000 do not read: the others' p99, beside without", Seen: mean(beside, p99) / mean(alone, p99), Goal: 1.25},
		whole.Figure{What: "  disconnected, or without the newest state once they read", Seen: mean(beside, func(f found) float64 { return float64(f.late) }), Goal: 0},
		whole.Figure{What: "  of the others: lost or behind", Seen: mean(beside, func(f found) float64 { return float64(f.lost + f.behind) }), Goal: 0},
	)
	return nil
}
