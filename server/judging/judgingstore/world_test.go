package judgingstore_test

import (
	"bytes"
	"context"
	"fmt"
	"sync"
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
	const entries, judges = 60, 3
	w.Events.Put(Setup(1, entries, "rehearsal", "open", "open"))
	w.Open(t, 1)
	deadline := time.After(time.Minute)
	stop := make(chan struct{})
	var killer, tablets sync.WaitGroup
	kills := 0
	killer.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			var n int
			err := b.plain.QueryRowContext(context.Background(), `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
				WHERE datname = current_database() AND application_name = 'jiangtai marks' AND state = 'active'`).Scan(&n)
			if err == nil {
				kills += n
			}
		}
	})
	receipts := make([]map[scoring.ID][]byte, judges)
	for j := range judges {
		judge := Tablet(1, First+scoring.ChairID(j))
		receipts[j] = map[scoring.ID][]byte{}
		var marks []judging.MarkCommand
		for n := 1; n <= entries; n++ {
			marks = append(marks, w.Mark(judge, EntryNo(n), "piece", "80"))
		}
		tablets.Go(func() {
			for _, m := range marks {
				for {
					out, err := w.Desk.Give(context.Background(), judge, []judging.MarkCommand{m})
					if err != nil {
						t.Error(err)
						return
					}
					if out[0].Fault == nil {
						receipts[j][m.MarkID] = out[0].Receipt.AppendJSON(nil)
						break
					}
					if k := out[0].Fault.Kind; k != fault.Unavailable && k != fault.UnknownOutcome {
						t.Errorf("a killed backend: %v", out[0].Fault)
						return
					}
					select {
					case <-deadline:
						t.Error("no end of tries")
						return
					default:
					}
				}
			}
		})
	}
	tablets.Wait()
	close(stop)
	killer.Wait()
	t.Logf("%d backends killed", kills)
	if kills == 0 {
		t.Error("nothing was killed: the test says nothing")
	}
	got := b.count(t, "SELECT count(*) FROM records WHERE ledger_id = $1 AND seq > $2", ID('l', 1).String(), 1+5+entries+1)
	if got != entries*judges {
		t.Errorf("%d records of %d marks", got, entries*judges)
	}
	// What was told before is what a new start finds.
	w.Restart(t)
	for j := range judges {
		judge := Tablet(1, First+scoring.ChairID(j))
		bundle, err := w.Desk.Bundle(t.Context(), judge)
		if err != nil || len(bundle.Marks) != entries {
			t.Fatalf("chair %d has %d marks, %v", judge.Chair, len(bundle.Marks), err)
		}
		for _, m := range bundle.Marks {
			if receipts[j][m.MarkID] == nil {
				t.Errorf("mark %s has no receipt", m.MarkID)
			}
		}
	}
}
