package resultsstore_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/fault"
	"jiangtai/server/results"
	"jiangtai/server/results/resultsstore"
	"jiangtai/server/results/resultstest"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestConforms(t *testing.T) {
	resultstest.Conform(t, func(t *testing.T) (results.Store, results.Work) {
		db := storetest.New(t)
		return resultsstore.New(db), db
	})
}

func TestStatementsParse(t *testing.T) { storetest.PrepareConstants(t, storetest.New(t)) }

func TestConstraintsHaveMeanings(t *testing.T) {
	storetest.CheckConstraints(t, storetest.New(t), "rechecks", "recheck_fields", "recheck_findings", "result_notices")
}

// What was drawn, found and announced stays, also for somebody who has the
// program's own connection.
func TestNothingIsChangedOrRemoved(t *testing.T) {
	db := storetest.New(t)
	s := resultsstore.New(db)
	if err := db.Do(t.Context(), func(ctx context.Context) error { return s.AppendRecheck(ctx, resultstest.Draw(1)) }); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"rechecks", "recheck_fields", "recheck_findings", "result_notices"} {
		for _, act := range []string{"DELETE FROM " + table, "TRUNCATE " + table + " CASCADE", "UPDATE " + table + " SET number = number + 1"} {
			err := db.Do(t.Context(), func(ctx context.Context) error {
				_, err := db.Querier(ctx).ExecContext(ctx, act)
				return err
			})
			if err == nil || !strings.Contains(fmt.Sprint(err), "only grows") {
				t.Errorf("%s: %v", act, err)
			}
		}
	}
}

// Ten people draw at one moment: one draw stands.
func TestOneOfManyDrawsStands(t *testing.T) {
	db := storetest.New(t)
	r := resultstest.New(t, resultsstore.New(db), db, resultstest.Options{})
	r.Open()
	r.MarkAll()
	r.Do(scoring.Lock)
	var won atomic.Int32
	var group sync.WaitGroup
	for range 10 {
		group.Go(func() {
			_, err := r.Draw(t.Context(), resultstest.Chief, resultstest.Event, results.Rule{}, "")
			if err == nil {
				won.Add(1)
			} else if fault.Code(err) != "results.recheck_drawn" {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if won.Load() != 1 {
		t.Errorf("%d draws", won.Load())
	}
}

// Findings of one moment come one after the other and all are kept.
func TestFindingsOfOneMomentAreAllKept(t *testing.T) {
	db := storetest.New(t)
	s := resultsstore.New(db)
	r := resultstest.New(t, s, db, resultstest.Options{Entries: 40})
	r.Open()
	r.MarkAll()
	r.Do(scoring.Lock)
	v, err := r.Draw(t.Context(), resultstest.Chief, resultstest.Event, results.Rule{}, "")
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for _, w := range v.Drawn.Works {
		group.Go(func() {
			if _, err := r.Find(t.Context(), resultstest.Chief, resultstest.Event, w.Work, w.Sheet, true, ""); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	kept, _, err := s.NewestRecheck(t.Context(), resultstest.Event)
	if err != nil || len(kept.Findings) != len(v.Drawn.Works) {
		t.Errorf("%d of %d findings: %v", len(kept.Findings), len(v.Drawn.Works), err)
	}
}

var _ results.Work = (*store.DB)(nil)
