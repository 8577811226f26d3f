package storetest

import (
	"testing"

	"jiangtai/server/store"
)

// CheckConstraints fails for each constraint of these tables that no room's store
// has given a meaning, and for each meaning of one that does not exist. A room
// names its own tables; the whole program's test, which links all rooms, names
// none and so means all.
func CheckConstraints(t testing.TB, db *store.DB, tables ...string) {
	t.Helper()
	missing, stale, err := db.Unmapped(t.Context(), tables...)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range missing {
		t.Errorf("nobody says what a violation of %s means: see store.Constraints", name)
	}
	for _, name := range stale {
		t.Errorf("%s has a meaning and does not exist", name)
	}
}
