package judging_test

import (
	"context"
	"fmt"
	"testing"

	"jiangtai/server/judging"
	. "jiangtai/server/judging/judgingtest"
)

// One tablet alone, and deliveries of a hundred: the cost of everything but the
// disk.
func BenchmarkClerk(b *testing.B) {
	for _, size := range []int{1, 100} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			w := New(b)
			w.Events.Put(Setup(1, 1000, "rehearsal", "open", "open"))
			w.Open(b, 1)
			judge := Tablet(1, First)
			var last [1001]judging.MarkCommand
			n := 0
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				b.StopTimer()
				marks := make([]judging.MarkCommand, size)
				judge.Device = ID('d', 1+n/100_000)
				for i := range marks {
					entry := 1 + n%1000
					n++
					marks[i] = w.Mark(judge, EntryNo(entry), "piece", fmt.Sprintf("%d.25", n%99))
					marks[i].Supersedes = last[entry].MarkID
					// A device counts to 131072 at most.
					marks[i].DeviceSeq = uint32((n-1)%100_000 + 1)
					last[entry] = marks[i]
				}
				b.StartTimer()
				out, err := w.Desk.Give(context.Background(), judge, marks)
				if err != nil || out[0].Fault != nil || out[size-1].Fault != nil {
					b.Fatal(err, out[0].Fault, out[size-1].Fault)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*size), "ns/mark")
		})
	}
}
