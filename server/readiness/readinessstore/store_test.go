package readinessstore_test

import (
	"context"
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/readiness"
	"jiangtai/server/readiness/readinessstore"
	"jiangtai/server/readiness/readinesstest"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestConforms(t *testing.T) {
	db := storetest.New(t)
	readinesstest.Conform(t, readinessstore.New(db), db)
}

func TestStatementsParse(t *testing.T) { storetest.PrepareConstants(t, storetest.New(t)) }

func TestConstraintsHaveMeanings(t *testing.T) {
	storetest.CheckConstraints(t, storetest.New(t), "readiness_reports")
}

// What the room would never write, the database does not take either.
func TestTheDatabaseHoldsTheStates(t *testing.T) {
	db := storetest.New(t)
	s := readinessstore.New(db)
	err := db.Do(t.Context(), func(ctx context.Context) error {
		return s.Put(ctx, readiness.Report{Device: contest.ID{1}, Event: contest.ID{2}, At: readinesstest.Start, Lines: []readiness.Line{{Check: "secure", State: "great"}}})
	})
	if err == nil {
		t.Error("an unknown state was kept")
	}
}
