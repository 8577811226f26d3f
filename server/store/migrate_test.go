package store_test

import (
	"errors"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"jiangtai/schemas"
	"jiangtai/server/fault"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

func files(t *testing.T, more map[string]string) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	for name, text := range more {
		out[name] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + text)}
	}
	return out
}

const tablesSQL = `SELECT coalesce(string_agg(tablename, ' ' ORDER BY tablename), '') FROM pg_tables WHERE schemaname = 'public'`

func TestMigrateOnceAndAgain(t *testing.T) {
	db := storetest.Open(t, storetest.Empty(t), store.Options{})
	for range 2 {
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got := read(t, db, tablesSQL); !strings.Contains(got, "contests") || !strings.Contains(got, "goose_db_version") {
		t.Errorf("the tables are %s", got)
	}
}

func TestTwoProgramsMigrateAtOnce(t *testing.T) {
	url := storetest.Empty(t)
	set := files(t, map[string]string{
		"0001_a.sql": "CREATE TABLE a (n integer); SELECT pg_sleep(0.2);", "0002_b.sql": "CREATE TABLE b (n integer);",
	})
	done := make(chan error)
	for range 3 {
		db := storetest.Open(t, url, store.Options{})
		go func() { done <- db.MigrateFrom(t.Context(), set) }()
	}
	for range 3 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	db := storetest.Open(t, url, store.Options{})
	if got := read(t, db, "SELECT count(*)::text FROM goose_db_version WHERE version_id > 0"); got != "2" {
		t.Errorf("%s versions are noted", got)
	}
}

func TestADatabaseNewerThanTheProgramIsRefused(t *testing.T) {
	db := storetest.Open(t, storetest.Empty(t), store.Options{})
	newer := map[string]string{"0001_a.sql": "CREATE TABLE a (n integer);", "0003_c.sql": "CREATE TABLE c (n integer);"}
	if err := db.MigrateFrom(t.Context(), files(t, newer)); err != nil {
		t.Fatal(err)
	}
	before := read(t, db, "SELECT string_agg(version_id || ' ' || tstamp, ',') FROM goose_db_version")
	older := map[string]string{"0001_a.sql": newer["0001_a.sql"], "0002_b.sql": "CREATE TABLE b (n integer);"}
	err := db.MigrateFrom(t.Context(), files(t, older))
	is(t, err, fault.Refused, "store.newer")
	if f := fault.Of(err); len(f.Fields) != 1 || f.Fields[0].Hint != "3 > 2" {
		t.Errorf("it does not say which: %v", err)
	}
	if after := read(t, db, "SELECT string_agg(version_id || ' ' || tstamp, ',') FROM goose_db_version"); after != before {
		t.Errorf("the versions changed from %s to %s", before, after)
	}
	if got := read(t, db, tablesSQL); got != "a c goose_db_version" {
		t.Errorf("the tables are %s", got)
	}
}

// F42: half a migration is no migration, and the earlier ones stay.
func TestAMigrationThatFailsHalfwayLeavesNothing(t *testing.T) {
	db := storetest.Open(t, storetest.Empty(t), store.Options{})
	set := map[string]string{
		"0001_a.sql": "CREATE TABLE a (n integer);",
		"0002_b.sql": "CREATE TABLE b (n integer); INSERT INTO a VALUES (1); SELECT 1/0;",
	}
	err := db.MigrateFrom(t.Context(), files(t, set))
	if err == nil || !strings.Contains(err.Error(), "0002_b.sql") || !strings.Contains(err.Error(), "division") {
		t.Errorf("got %v", err)
	}
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Internal {
		t.Errorf("its kind is not Internal: %v", err)
	}
	if got := read(t, db, tablesSQL); got != "a goose_db_version" {
		t.Errorf("the tables are %s", got)
	}
	if got := read(t, db, "SELECT count(*)::text FROM a"); got != "0" {
		t.Errorf("%s rows of half a migration", got)
	}
	set["0002_b.sql"] = "CREATE TABLE b (n integer);"
	if err := db.MigrateFrom(t.Context(), files(t, set)); err != nil {
		t.Errorf("after the repair: %v", err)
	}
}

func TestAMigrationMayTakeLongerThanAStatement(t *testing.T) {
	db := storetest.Open(t, storetest.Empty(t), store.Options{StatementTimeout: 50 * time.Millisecond})
	if err := db.MigrateFrom(t.Context(), files(t, map[string]string{"0001_a.sql": "SELECT pg_sleep(0.2);"})); err != nil {
		t.Error(err)
	}
}

// Rules for the program's own migrations.
func TestOurMigrationsKeepTheRules(t *testing.T) {
	names, err := fs.Glob(schemas.Migrations, "migrations/*")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d migrations, %v", len(names), err)
	}
	form := regexp.MustCompile(`^migrations/\d{4}_[a-z_]+\.sql$`)
	for _, name := range names {
		raw, err := fs.ReadFile(schemas.Migrations, name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		if !form.MatchString(name) {
			t.Errorf("%s is not named 00NN_<subject>.sql", name)
		}
		if strings.Contains(text, "+goose NO TRANSACTION") {
			t.Errorf("%s is not transactional", name)
		}
		if strings.Contains(text, "+goose Down") {
			t.Errorf("%s goes backwards", name)
		}
		if regexp.MustCompile(`(?i)timestamp\s+without|\btimestamp\b[^t]`).MatchString(regexp.MustCompile(`--[^\n]*`).ReplaceAllString(text, "")) {
			t.Errorf("%s has a time without a zone", name)
		}
	}
}

// Names carry the meaning of a violation, so every constraint has one of ours:
// <table>_<what>_<pk|fk|key|check>.
const badNamesSQL = `
SELECT t.relname || ': ' || c.conname
  FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
 WHERE n.nspname = 'public' AND t.relname <> 'goose_db_version' AND c.contype IN ('p', 'u', 'f', 'c')
   AND c.conname !~ ('^' || t.relname || '_[a-z0-9_]+_'
       || CASE c.contype WHEN 'p' THEN 'pk' WHEN 'u' THEN 'key' WHEN 'f' THEN 'fk' ELSE 'check' END || '$')`

func TestOurConstraintsAreNamed(t *testing.T) {
	db := storetest.New(t)
	var bad []string
	if err := db.Querier(t.Context()).SelectContext(t.Context(), &bad, badNamesSQL); err != nil {
		t.Fatal(err)
	}
	for _, b := range bad {
		t.Errorf("%s is not named <table>_<what>_<pk|fk|key|check>", b)
	}
	names, err := db.ConstraintNames(t.Context())
	if err != nil || len(names) == 0 {
		t.Errorf("%d constraints, %v", len(names), err)
	}
}
