package programmestore_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
	"jiangtai/server/programme/programmestore"
	"jiangtai/server/programme/programmetest"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestConforms(t *testing.T) {
	db := storetest.New(t)
	programmetest.Conform(t, programmestore.New(db), db)
}

func TestStatementsParse(t *testing.T) { storetest.PrepareConstants(t, storetest.New(t)) }

// Every constraint of this room's tables has a meaning, and no meaning is of a
// constraint that is gone.
func TestConstraintsHaveMeanings(t *testing.T) {
	missing, stale, err := storetest.New(t).Unmapped(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(missing, stale...) {
		table, _, _ := strings.Cut(name, "_")
		if strings.Contains(" contests units hosts events schemes chairs entries ", " "+table+" ") {
			t.Errorf("%s", name)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	db := storetest.New(t)
	rig := programmetest.NewRig(programmestore.New(db), db)
	var n atomic.Int64
	rapid.Check(t, func(rt *rapid.T) {
		programmetest.RoundTrip(t.Context(), rt, rig, fmt.Sprintf("trip-%d", n.Add(1)))
	})
}

// A city's contest of 104 events with 40 entries each is imported within two
// seconds.
func TestImportOfACity(t *testing.T) {
	db := storetest.New(t)
	rig := programmetest.NewRig(programmestore.New(db), db)
	var events, entries, judges strings.Builder
	events.WriteString("code,trade,scheme\n")
	entries.WriteString("event,name,unit\n")
	judges.WriteString("event,panel,judge\n")
	for e := range 104 {
		fmt.Fprintf(&events, "e%03d,工种%03d,%s\n", e, e, []string{"open", "coded"}[e%2])
		for n := range 40 {
			fmt.Fprintf(&entries, "e%03d,某某%d,u%d\n", e, n, n%2+1)
		}
		for j := range 2 {
			fmt.Fprintf(&judges, "e%03d,p,裁判%d\n", e, j)
		}
	}
	files := programmetest.Changed("events.csv", events.String())
	files["entries.csv"], files["judges.csv"] = []byte(entries.String()), []byte(judges.String())
	delete(files, "schemes/two.json")
	began := time.Now()
	_, counted, err := rig.Import(t.Context(), programmetest.Administrator(), programmetest.Open(files))
	took := time.Since(began)
	if err != nil || counted.Entries != 4160 || counted.Events != 104 {
		t.Fatal(counted, err)
	}
	t.Logf("imported in %v", took)
	if took > 2*time.Second {
		t.Errorf("the import took %v", took)
	}
}

// Of imports of one contest at once exactly one succeeds.
func TestImportsRace(t *testing.T) {
	db := storetest.New(t)
	rig := programmetest.NewRig(programmestore.New(db), db)
	var done, stale atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			_, _, err := rig.Import(t.Context(), programmetest.Administrator(), programmetest.Open(programmetest.Small()))
			switch {
			case err == nil:
				done.Add(1)
			case fault.Code(err) == "programme.contest_exists":
				stale.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if done.Load() != 1 || stale.Load() != 7 {
		t.Errorf("%d imported, %d refused", done.Load(), stale.Load())
	}
	_, n, err := rig.PublicEvents(t.Context(), contest.ID{}, programme.Page{})
	if err != nil || n != 3 {
		t.Errorf("%d events, %v", n, err)
	}
}

// Between the opening's Hold and the ledger's first record nothing is edited; an
// edit that was first is in what the opening reads.
func TestHoldAgainstEdits(t *testing.T) {
	db := storetest.New(t)
	rig := programmetest.NewRig(programmestore.New(db), db)
	made, _, err := rig.Import(t.Context(), programmetest.Administrator(), programmetest.Open(programmetest.Small()))
	if err != nil {
		t.Fatal(err)
	}
	events, err := rig.Directory.Events(t.Context(), made.ID)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	var edited atomic.Int64
	var seen int
	for i := range 6 {
		wg.Go(func() {
			rows := make([]programme.EntryDraft, i+1)
			for n := range rows {
				rows[n].Name = "某"
			}
			_, err := rig.PutEntries(t.Context(), programmetest.Administrator(), events[1].ID, rows, "")
			if err == nil {
				edited.Store(int64(i + 1))
			} else if fault.Code(err) != "programme.event_opening" {
				t.Error(err)
			}
		})
	}
	wg.Go(func() {
		if _, err := rig.Directory.Hold(t.Context(), events[1].ID); err != nil {
			t.Error(err)
			return
		}
		list, err := rig.Directory.Entries(t.Context(), events[1].ID)
		if err != nil {
			t.Error(err)
		}
		seen = len(list)
	})
	wg.Wait()
	after, err := rig.Directory.Entries(t.Context(), events[1].ID)
	if err != nil || len(after) != seen {
		t.Errorf("the opening read %d entries, then there were %d (%v)", seen, len(after), err)
	}
}

// What the port promises to all rooms: nothing is written outside a transaction.
func TestWritesNeedATransaction(t *testing.T) {
	s := programmestore.New(storetest.New(t))
	err := s.CreateContest(context.Background(), programme.Contest{})
	if fault.Code(err) != "store.no_transaction" {
		t.Error(err)
	}
}

var _ programme.Work = (*store.DB)(nil)
