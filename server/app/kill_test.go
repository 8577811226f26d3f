//go:build linux

package app_test

import (
	"encoding/hex"
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jiangtai/scoring"
	"jiangtai/server/judging"
	"jiangtai/server/rehearsal"
)

// TestKilledInTheMiddle kills the program eight times and its PostgreSQL three
// times while eight judges mark and five clients follow. What was acknowledged
// is in the ledger, once; what was not is sent again with the same ids; boards
// come to be what the ledger says.
func TestKilledInTheMiddle(t *testing.T) {
	k := newKiln(t)
	chance := rand.New(rand.NewPCG(2026, 11))
	k.fire(5 * time.Minute)
	for round := range 11 {
		k.burn(50 + chance.IntN(250))
		if round%4 == 2 {
			k.killPostgres()
			continue
		}
		k.kill()
		k.start()
	}
	k.burn(100)
	k.cool()
	k.converge()
	k.leave()
	if code := k.terminate(); code != 0 {
		t.Errorf("it ends with %d", code)
	}
	eventually(t, 10*time.Second, "no process is left in the data folder", func() bool { return len(orphans(k.data)) == 0 })
	k.inspect()
}

// TestToldToStop sends SIGTERM in the middle of marking: every receipt that was
// given holds, sockets are closed with 1012, and who comes back finds all.
func TestToldToStop(t *testing.T) {
	k := newKiln(t)
	k.fire(2 * time.Minute)
	for round := range 2 {
		k.burn(300)
		began := time.Now()
		if code := k.terminate(); code != 0 {
			t.Errorf("round %d: it ends with %d: %s", round, code, k.log)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("round %d: it took %v to stop", round, took)
		}
		if left := orphans(k.data); len(left) > 0 {
			t.Errorf("round %d: %v are left in the data folder", round, left)
		}
		k.start()
	}
	k.burn(100)
	k.cool()
	k.converge()
	for i, f := range k.followers {
		if got := f.Closes(); got[1012] != 2 || len(got) != 1 {
			t.Errorf("follower %d was closed with %v, want twice 1012", i, got)
		}
	}
	k.leave()
	k.terminate()
	k.inspect()
}

// converge holds the followers' boards against the standings.
func (k *kiln) converge() {
	k.t.Helper()
	var raw []byte
	get(k.t, k.writers[0].tablet.Client.As(""), "/api/v1/public/events/"+k.fair.events["weld"]+"/standings", &raw)
	want, err := rehearsal.ReadBoard(raw)
	if err != nil {
		k.t.Fatal(err)
	}
	for i, f := range k.followers {
		err := f.Await(within(k.t, 30*time.Second), k.topic, func(b rehearsal.Board) bool { return b.Epoch == want.Epoch && b.N == want.N })
		if err != nil {
			k.t.Fatalf("follower %d: %v, want %d/%d", i, err, want.Epoch, want.N)
		}
		if d := cmp.Diff(want, f.Board(k.topic), unseen); d != "" {
			k.t.Errorf("follower %d: %s", i, d)
		}
	}
	if want.Epoch != 1 {
		k.t.Errorf("the epoch is %d, but no history was changed", want.Epoch)
	}
}

// inspect looks into the data that the processes left.
func (k *kiln) inspect() {
	t := k.t.(*testing.T)
	t.Helper()
	k.fair.town = begin(t, k.data)
	k.fair.organiser = k.fair.admin
	k.fair.verified("weld")
	type line struct {
		seq  uint64
		hash string
	}
	found := map[string][]line{}
	ledger, err := k.fair.app.LedgerOf(t.Context(), idOf(t, k.fair.events["weld"]))
	if err != nil {
		t.Fatal(err)
	}
	err = k.fair.app.Ledgers().Load(t.Context(), ledger, 0, func(l judging.Line) error {
		rec, err := scoring.ParseRecord(l.Body)
		if err == nil && rec.Kind == scoring.Mark {
			found[rec.MarkID.String()] = append(found[rec.MarkID.String()], line{l.Seq, hex.EncodeToString(l.Hash[:])})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	lost, doubled, acknowledged := 0, 0, 0
	for _, w := range k.writers {
		for id, receipt := range w.receipts {
			acknowledged++
			var r struct {
				Seq  uint64
				Hash string
			}
			if err := json.Unmarshal([]byte(receipt), &r); err != nil {
				t.Fatal(err)
			}
			switch lines := found[id]; {
			case len(lines) == 0:
				lost++
			case len(lines) > 1:
				doubled++
			case lines[0] != line{r.Seq, r.Hash}:
				t.Errorf("mark %s is %v, its receipt says %s", id, lines[0], receipt)
			}
		}
		k.holds(w)
	}
	if lost != 0 || doubled != 0 || len(found) != acknowledged {
		t.Errorf("%d lost, %d doubled; %d marks in the ledger, %d acknowledged", lost, doubled, len(found), acknowledged)
	}
	t.Logf("%d marks acknowledged", acknowledged)
}

// holds compares the marks that hold with those that the judge gave last.
func (k *kiln) holds(w *writer) {
	k.t.Helper()
	w.tablet.Client = k.fair.admin.As(w.tablet.Client.Token)
	if err := w.tablet.Load(k.t.Context()); err != nil {
		k.t.Fatal(err)
	}
	got, want := map[string]string{}, map[string]string{}
	for _, m := range w.tablet.Bundle.Marks {
		got[m.Work] = m.MarkID
	}
	for work, m := range w.head {
		want[work] = m.MarkID
	}
	if d := cmp.Diff(want, got); d != "" {
		k.t.Errorf("chair %d: %s", w.tablet.Bundle.Chair.Number, d)
	}
}
