package callsstore_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"jiangtai/server/calls"
	"jiangtai/server/calls/callsstore"
	"jiangtai/server/calls/callstest"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestConforms(t *testing.T) {
	callstest.Conform(t, func(t *testing.T) (calls.Store, calls.Work) {
		db := storetest.New(t)
		return callsstore.New(db), db
	})
}

func TestStatementsParse(t *testing.T) { storetest.PrepareConstants(t, storetest.New(t)) }

func TestConstraintsHaveMeanings(t *testing.T) {
	storetest.CheckConstraints(t, storetest.New(t), "calls", "call_words")
}

// Who called when stays, also for somebody who has the program's own connection.
func TestNothingIsChangedOrRemoved(t *testing.T) {
	db := storetest.New(t)
	r := callstest.New(t, callsstore.New(db), db)
	c, err := r.Make(t.Context(), callstest.Floor, r.Call(1, calls.Help, "", ""))
	if err != nil {
		t.Fatal(err)
	}
	if err := r.TakeBack(t.Context(), callstest.Floor, c.ID); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"calls", "call_words"} {
		for _, act := range []string{"DELETE FROM " + table, "TRUNCATE " + table + " CASCADE", "UPDATE " + table + " SET words = ''"} {
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
