package correctionstore_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"jiangtai/server/correction"
	"jiangtai/server/correction/correctionstore"
	"jiangtai/server/correction/correctiontest"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestConforms(t *testing.T) {
	correctiontest.Conform(t, func(t *testing.T) (correction.Store, correction.Work) {
		db := storetest.New(t)
		return correctionstore.New(db), db
	})
}

func TestStatementsParse(t *testing.T) { storetest.PrepareConstants(t, storetest.New(t)) }

func TestConstraintsHaveMeanings(t *testing.T) {
	storetest.CheckConstraints(t, storetest.New(t), "corrections")
}

// A report stays, also for somebody who has the program's own connection.
func TestNothingIsChangedOrRemoved(t *testing.T) {
	db := storetest.New(t)
	if err := db.Do(t.Context(), func(ctx context.Context) error {
		return correctionstore.New(db).CreateReport(ctx, correctiontest.Report(1))
	}); err != nil {
		t.Fatal(err)
	}
	for _, act := range []string{"DELETE FROM corrections", "TRUNCATE corrections", "UPDATE corrections SET reason = 'x'"} {
		err := db.Do(t.Context(), func(ctx context.Context) error {
			_, err := db.Querier(ctx).ExecContext(ctx, act)
			return err
		})
		if err == nil || !strings.Contains(fmt.Sprint(err), "only grows") {
			t.Errorf("%s: %v", act, err)
		}
	}
}
