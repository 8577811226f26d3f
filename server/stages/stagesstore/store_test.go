package stagesstore_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/stages"
	"jiangtai/server/stages/stagesstore"
	"jiangtai/server/stages/stagestest"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestConforms(t *testing.T) {
	stagestest.Conform(t, func(t *testing.T) (stages.Store, stages.Work) {
		db := storetest.New(t)
		return stagesstore.New(db), db
	})
}

func TestStatementsParse(t *testing.T) { storetest.PrepareConstants(t, storetest.New(t)) }

func TestConstraintsHaveMeanings(t *testing.T) {
	storetest.CheckConstraints(t, storetest.New(t), "stage_acts", "stage_moves")
}

// What was done between stages stays, also for somebody who has the program's own
// connection.
func TestNothingIsChangedOrRemoved(t *testing.T) {
	db := storetest.New(t)
	s := stagesstore.New(db)
	err := db.Do(t.Context(), func(ctx context.Context) error {
		if err := s.AppendAct(ctx, stagestest.Did(1, stages.Follow)); err != nil {
			return err
		}
		return s.AppendAct(ctx, stagestest.Did(2, stages.Take))
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"stage_acts", "stage_moves"} {
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

// What is no act between two stages is refused by the database itself.
func TestActsThatAreNone(t *testing.T) {
	db := storetest.New(t)
	s := stagesstore.New(db)
	for name, change := range map[string]func(*stages.Act){
		"of itself":                      func(a *stages.Act) { a.Follows = a.Event },
		"a number below one":             func(a *stages.Act) { a.Number = 0 },
		"of an unknown kind":             func(a *stages.Act) { a.Kind = "leap" },
		"a taking without a publication": func(a *stages.Act) { a.Kind = stages.Take },
		"declined by nobody":             func(a *stages.Act) { a.Kind, a.Reason = stages.Decline, "x" },
		"declined without a reason":      func(a *stages.Act) { a.Kind, a.Source = stages.Decline, contest.ID{1} },
	} {
		a := stagestest.Did(1, stages.Follow)
		change(&a)
		if err := db.Do(t.Context(), func(ctx context.Context) error { return s.AppendAct(ctx, a) }); err == nil {
			t.Errorf("%s is written", name)
		}
	}
}

// Two persons tie two events to each other at one moment: one of them is first,
// and no circle stands.
func TestNoCircleFromBothEnds(t *testing.T) {
	for range 5 {
		db := storetest.New(t)
		r := stagestest.New(t, stagesstore.New(db), db)
		var tied, circle atomic.Int32
		var group sync.WaitGroup
		for _, way := range [][2]contest.ID{{stagestest.Select, stagestest.Prelim}, {stagestest.Prelim, stagestest.Select}} {
			group.Go(func() {
				_, err := r.Link(t.Context(), stagestest.Admin, way[0], way[1])
				switch fault.Code(err) {
				case "":
					tied.Add(1)
				case "stages.link":
					circle.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		group.Wait()
		if tied.Load() != 1 || circle.Load() != 1 {
			t.Fatalf("%d tied, %d refused", tied.Load(), circle.Load())
		}
	}
}

// Ten persons take over at one moment: it is done once.
func TestOneOfManyTakings(t *testing.T) {
	db := storetest.New(t)
	s := stagesstore.New(db)
	var won, late atomic.Int32
	var group sync.WaitGroup
	if err := db.Do(t.Context(), func(ctx context.Context) error { return s.AppendAct(ctx, stagestest.Did(1, stages.Follow)) }); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		group.Go(func() {
			err := db.Do(t.Context(), func(ctx context.Context) error { return s.AppendAct(ctx, stagestest.Did(2, stages.Take)) })
			switch {
			case err == nil:
				won.Add(1)
			case fault.Code(err) == "stages.changed":
				late.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	group.Wait()
	if won.Load() != 1 || late.Load() != 9 {
		t.Errorf("%d won, %d were late", won.Load(), late.Load())
	}
}
