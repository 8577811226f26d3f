package judgingstore_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	. "jiangtai/server/judging/judgingtest"
)

// The whole room on a real database, through a restart.
func TestReceiptsAfterARestart(t *testing.T) {
	b := newBase(t)
	w := With(t, b.store, b.store)
	w.Open(t, 1)
	judge := Tablet(1, First)
	var marks []judging.MarkCommand
	first := map[scoring.ID][]byte{}
	for i := 1; i <= 3; i++ {
		m := w.Mark(judge, EntryNo(i), "piece", "80.5")
		m.Text = fmt.Sprint("第", i)
		marks = append(marks, m)
		first[m.MarkID] = w.Must(t, judge, m).AppendJSON(nil)
	}
	refused := w.Mark(judge, "001", "level", "9")
	if o := w.Give(t, judge, refused); o.Fault == nil {
		t.Fatal("level 9 was taken")
	}
	w.Restart(t)
	for _, m := range marks {
		if again := w.Must(t, judge, m).AppendJSON(nil); !bytes.Equal(again, first[m.MarkID]) {
			t.Errorf("after a restart:\n%s\n%s", again, first[m.MarkID])
		}
	}
	m := w.Mark(judge, "001", "level", "2")
	m.DeviceSeq = refused.DeviceSeq
	if o := w.Give(t, judge, m); o.Fault == nil || o.Fault.Code != "judging.seq_reuse" {
		t.Errorf("the refused mark's number after a restart: %v", o.Fault)
	}
	list, err := w.Desk.Records(t.Context(), w.Organiser(), ID('e', 1), 0)
	if err != nil || list[len(list)-1].Text != "第3" {
		t.Errorf("records: %v", err)
	}
}

// Promise A 2: PostgreSQL's backend is killed again and again while marks come;
// tablets repeat what was not answered. Nothing is lost, nothing doubled.
func TestKilledBackendsLoseAndDoubleNothing(t *testing.T) {
	b := newBase(t)
	w := With(t, b.store, b.store)
	const entries, judges, wanted = 20, 3, 20
	w.Events.Put(Setup(1, entries, "rehearsal", "open", "open"))
	w.Open(t, 1)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	hall := &hall{w: w}
	var kills atomic.Int64
	var killer, tablets sync.WaitGroup
	killer.Go(func() {
		for ctx.Err() == nil && kills.Load() < wanted {
			kills.Add(int64(killBackends(ctx, b)))
		}
	})
	last := make([][entries + 1]scoring.ID, judges)
	for j := range judges {
		chair := First + scoring.ChairID(j)
		tablets.Go(func() {
			number := uint32(0)
			for pass := 0; pass == 0 || kills.Load() < wanted; pass++ {
				for n := 1; n <= entries; n++ {
					number++
					m := judging.MarkCommand{
						MarkID: ID('k', int(chair)<<20|int(number)), Event: ID('e', 1), Chair: chair, Kind: scoring.Mark, Work: EntryNo(n),
						Aspect: "piece", Value: fmt.Sprint(pass % 100), Version: 1, DeviceSeq: number, Supersedes: last[j][n],
					}
					if !hall.send(ctx, t, m, chair) {
						return
					}
					last[j][n] = m.MarkID
				}
			}
		})
	}
	tablets.Wait()
	stop()
	killer.Wait()
	t.Logf("%d marks, %d backends killed, %d answers unknown", hall.given.Load(), kills.Load(), hall.unknown.Load())
	const prelude = 1 + 5 + entries + 1
	if got := b.count(t, "SELECT count(*) - $2 FROM records WHERE ledger_id = $1", ID('l', 1).String(), prelude); int64(got) != hall.given.Load() {
		t.Errorf("%d records of %d marks", got, hall.given.Load())
	}
	w.Restart(t)
	for j := range judges {
		bundle, err := w.Desk.Bundle(t.Context(), Tablet(1, First+scoring.ChairID(j)))
		if err != nil || len(bundle.Marks) != entries || len(bundle.Device.Holes) != 0 {
			t.Fatalf("tablet %d: %d marks, holes %v, %v", j, len(bundle.Marks), bundle.Device.Holes, err)
		}
		for _, m := range bundle.Marks {
			if !slices.Contains(last[j][:], m.MarkID) {
				t.Errorf("%s holds, which was not the last", m.MarkID)
			}
		}
	}
}

// hall counts how tablets fare that do not give up.
type hall struct {
	w              *World
	given, unknown atomic.Int64
}

// send gives a mark until it is answered with a receipt.
func (h *hall) send(ctx context.Context, t testing.TB, m judging.MarkCommand, chair scoring.ChairID) bool {
	for ctx.Err() == nil {
		out, err := h.w.Desk.Give(ctx, Tablet(1, chair), []judging.MarkCommand{m})
		switch {
		case err != nil:
			t.Error(err)
			return false
		case out[0].Fault == nil:
			h.given.Add(1)
			return true
		case out[0].Fault.Kind == fault.UnknownOutcome:
			h.unknown.Add(1)
		case out[0].Fault.Kind != fault.Unavailable:
			t.Errorf("a killed backend: %v", out[0].Fault)
			return false
		}
	}
	t.Error("no end of tries")
	return false
}

// killBackends ends the connections that append at this moment.
func killBackends(ctx context.Context, b *base) (n int) {
	err := b.plain.QueryRowContext(ctx, `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
		WHERE datname = current_database() AND application_name = 'jiangtai marks' AND state <> 'idle'`).Scan(&n)
	if err != nil {
		return 0
	}
	return n
}
