package judgingstore_test

import (
	"sync/atomic"
	"testing"

	. "jiangtai/server/judging/judgingtest"
)

// Marks one by one, of one ledger and of many at once.
func BenchmarkAppend(b *testing.B) {
	for _, writers := range []int{1, 60} {
		b.Run(map[int]string{1: "alone", 60: "sixty ledgers"}[writers], func(b *testing.B) {
			base := newBase(b)
			for n := 1; n <= writers; n++ {
				if _, err := base.store.Begin(b.Context(), ID('l', n)); err != nil {
					b.Fatal(err)
				}
			}
			var next atomic.Int64
			b.SetParallelism((writers + 1) / 2)
			b.ReportAllocs()
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				n := int(next.Add(1))
				if n > writers {
					return
				}
				c := newChain(n)
				for pb.Next() {
					batch := c.batch(1)
					if err := base.store.Append(b.Context(), batch); err != nil {
						b.Error(err)
						return
					}
					c.moved(batch)
				}
			})
		})
	}
}
