package backupstore_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"jiangtai/server/backup"
	"jiangtai/server/backup/backupstore"
	"jiangtai/server/fault"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

func TestEverySQLConstantPrepares(t *testing.T) {
	storetest.PrepareConstants(t, storetest.New(t))
}

// What is put back is what was there, to the byte, with goose's own table and the
// sequences; only the ledgers have a new epoch.
func TestWhatIsSavedIsRestored(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	target := storetest.Empty(t)
	got, err := restore(t, h.saved(), target)
	if err != nil {
		t.Fatal(err)
	}
	if got.Records != 120 || got.Epoch != 1_000 || got.Rows < 130 {
		t.Errorf("restored %+v", got)
	}
	was, is := dump(t, h.url), dump(t, target)
	for name := range was {
		if name == "ledgers" {
			continue
		}
		if is[name] != was[name] {
			t.Errorf("%s is\n%.300s\nand was\n%.300s", name, is[name], was[name])
		}
	}
	if len(is) != len(was) || len(is) < 40 {
		t.Errorf("%d tables and sequences, were %d", len(is), len(was))
	}
	if there := lines(t, target, "SELECT epoch::text FROM ledgers"); !slices.Equal(there, []string{"1000", "1000", "1000"}) {
		t.Errorf("epochs %v", there)
	}
	// The next number of the audit follows the last one.
	db := connect(t, target)
	var n int
	if err := db.QueryRowContext(t.Context(), `INSERT INTO audit (at, actor_id, what, object, detail) VALUES (now(), gen_random_uuid(), 'x', 'y', '{}') RETURNING audit_id`).Scan(&n); err != nil || n != 4 {
		t.Errorf("the next audit number is %d, %v", n, err)
	}
}

// Every table that the migrations make, whatever schema, is in the backup; this
// holds for the ones that somebody writes tomorrow.
func TestEveryTableOfTheMigrationsIsCarried(t *testing.T) {
	h := newHouse(t)
	content := inspect(t, h.saved())
	carried := map[string]bool{}
	for _, table := range content.Head.Tables {
		carried[fmt.Sprint(table.Name, " ", len(table.Columns))] = true
	}
	there := lines(t, h.url, `
SELECT table_name || ' ' || count(*) FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
 WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
 GROUP BY table_name`)
	for _, name := range there {
		if !carried[name] {
			t.Errorf("the table and columns %s are not carried", name)
		}
	}
	if len(there) != len(carried) || !carried["goose_db_version 4"] {
		t.Errorf("there are %v, carried are %v", there, carried)
	}
}

// A restore lays triggers and references aside; afterwards they object again.
func TestGuardsStandAfterwards(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	target := storetest.Empty(t)
	if _, err := restore(t, h.saved(), target); err != nil {
		t.Fatal(err)
	}
	db := connect(t, target)
	for query, says := range map[string]string{
		`UPDATE records SET body = ''`:    "a ledger only grows",
		`DELETE FROM heads`:               "a ledger only grows",
		`TRUNCATE audit`:                  "the audit is kept",
		`DELETE FROM ledgers`:             "a ledger only grows",
		`UPDATE audit SET what = 'other'`: "the audit is kept",
		`INSERT INTO units (unit_id, contest_id, code, name, short, kind) VALUES (gen_random_uuid(), gen_random_uuid(), 'u', 'u', 'u', 'work_unit')`: "units_contest_fk",
	} {
		if _, err := db.ExecContext(t.Context(), query); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", query, err)
		}
	}
	const guards = `SELECT tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
	          UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated FROM pg_constraint WHERE connamespace = 'public'::regnamespace
	          ORDER BY 1`
	was, is := lines(t, h.url, guards), lines(t, target, guards)
	for _, g := range was {
		if !slices.Contains(is, g) {
			t.Errorf("%s stood there, and does not now", g)
		}
	}
	if len(is) != len(was) || len(is) < 100 {
		t.Errorf("%d guards, there were %d", len(is), len(was))
	}
}

func lines(t testing.TB, url, query string) (out []string) {
	t.Helper()
	rows, err := connect(t, url).QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// Tables that refer to themselves and to each other, a trigger that refuses every
// row, one that stands disabled, a reference that may wait: tomorrow's migration.
func TestAwkwardTablesAreRestored(t *testing.T) {
	const awkward = `
CREATE TABLE a_tree (id integer PRIMARY KEY, up integer, CONSTRAINT a_tree_up_fk FOREIGN KEY (up) REFERENCES a_tree (id));
CREATE TABLE a_left (id integer PRIMARY KEY, other integer);
CREATE TABLE a_right (id serial PRIMARY KEY, other integer CONSTRAINT a_right_fk REFERENCES a_left (id) DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE a_left ADD CONSTRAINT a_left_fk FOREIGN KEY (other) REFERENCES a_right (id);
CREATE TABLE "A Name\" (n numeric, f double precision, twice numeric GENERATED ALWAYS AS (n * 2) STORED, a text[], i interval, d date);
CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;`
	const refuse = `
CREATE TRIGGER never BEFORE INSERT OR UPDATE OR DELETE ON a_tree FOR EACH ROW EXECUTE FUNCTION no();
ALTER TABLE a_tree ENABLE ALWAYS TRIGGER never;
CREATE TRIGGER asleep BEFORE INSERT ON a_left FOR EACH ROW EXECUTE FUNCTION no();
ALTER TABLE a_left DISABLE TRIGGER asleep;`
	h := newHouse(t)
	h.run(awkward)
	h.run(`INSERT INTO a_tree VALUES (1, 2), (2, 3), (3, 3)`)
	h.run(`INSERT INTO a_left VALUES (1, NULL); INSERT INTO a_right VALUES (7, 1); UPDATE a_left SET other = 7; SELECT setval('a_right_id_seq', 41)`)
	h.run(`INSERT INTO "A Name\" VALUES (1.10, 0.1::float8 + 0.2, DEFAULT, '{"a,b",NULL,"\"\\"}', '1 mon -3 days 04:05:06.7', '0044-03-15 BC'), ('NaN', '-Infinity', DEFAULT, NULL, interval '1 s', 'infinity')`)
	h.run(refuse)
	raw := h.saved()
	content := inspect(t, raw)
	target := storetest.URL(t)
	other := connect(t, target)
	if _, err := other.ExecContext(t.Context(), awkward+refuse); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), bytes.NewReader(raw), backup.Key{}, content, open(t, target), 1); err != nil {
		t.Fatal(err)
	}
	was, is := dump(t, h.url), dump(t, target)
	for _, name := range []string{"a_tree", "a_left", "a_right", `A Name\`, "a_right_id_seq"} {
		if is[name] != was[name] || is[name] == "" {
			t.Errorf("%s is %q, was %q", name, is[name], was[name])
		}
	}
	const states = `SELECT string_agg(tgname || tgenabled::text, ' ' ORDER BY tgname) FROM pg_trigger WHERE tgname IN ('never', 'asleep')`
	if got := lines(t, target, states); got[0] != "asleepD neverA" {
		t.Errorf("triggers are %v", got)
	}
	if _, err := other.ExecContext(t.Context(), `INSERT INTO a_left VALUES (2, 99)`); err == nil {
		t.Error("the reference is gone")
	}
}

func TestWhatCannotBeCarriedIsRefused(t *testing.T) {
	for _, ddl := range []string{
		`CREATE TABLE parts (n integer) PARTITION BY RANGE (n)`,
		`CREATE MATERIALIZED VIEW m AS SELECT 1 AS n`,
		`CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.t (n integer)`,
		`SELECT lo_create(0)`,
	} {
		h := newHouse(t)
		h.run(ddl)
		_, _, err := backup.Write(t.Context(), &bytes.Buffer{}, backup.Lock{}, backup.Head{}, nil, open(t, h.url))
		if fault.Code(err) != "backup.unknown_kind" || len(fault.Of(err).Fields) != 1 {
			t.Errorf("%s: %v", ddl, err)
		}
	}
}

// Marks go on while the copy is made: all of it is of one moment, and every
// ledger in it verifies.
func TestASnapshotOfARunningEventIsConsistent(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	running := h.ledger(9)
	var written atomic.Int64
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	done := make(chan error, 1)
	more := make(chan struct{}, 1)
	go func() {
		for ctx.Err() == nil {
			if err := running.appendTo(ctx, 3); err != nil {
				if ctx.Err() == nil {
					done <- err
					return
				}
				break
			}
			written.Add(3)
			select {
			case more <- struct{}{}:
			default:
			}
		}
		done <- nil
	}()
	for range 3 {
		<-more
	}
	first := written.Load()
	raw := h.saved()
	for range 3 {
		<-more
	}
	last := written.Load()
	stop()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	target := storetest.Empty(t)
	got, err := restore(t, raw, target)
	if err != nil {
		t.Fatal(err)
	}
	if n := got.Records - 120; n < first || n > last || n%3 != 0 {
		t.Errorf("%d records of the running event, there were %d before and %d after", n, first, last)
	}
}

func TestOnlyAnEmptyDatabaseIsFilled(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	raw := h.saved()
	for name, prepare := range map[string]string{
		"with one row":    `INSERT INTO setup_links (link_hash, created_at, expires_at) VALUES ('x', now(), now())`,
		"somebody else's": `DROP TABLE goose_db_version`,
	} {
		target := storetest.URL(t)
		if _, err := connect(t, target).ExecContext(t.Context(), prepare); err != nil {
			t.Fatal(err)
		}
		was := dump(t, target)
		if _, err := restore(t, raw, target); fault.Code(err) != "backup.not_empty" {
			t.Errorf("%s: %v", name, err)
		}
		if is := dump(t, target); len(is) != len(was) || is["setup_links"] != was["setup_links"] || is["contests"] != "" {
			t.Errorf("%s: it was changed", name)
		}
	}
}

// A ledger that somebody has changed in the database does not come back unseen,
// whatever was changed; and nothing of the restore stays.
func TestATamperedLedgerIsNotRestored(t *testing.T) {
	const off, on = `ALTER TABLE records DISABLE TRIGGER USER; ALTER TABLE heads DISABLE TRIGGER USER; `, `; ALTER TABLE records ENABLE TRIGGER USER; ALTER TABLE heads ENABLE TRIGGER USER`
	target := storetest.Empty(t)
	for name, change := range map[string]string{
		"a body":           `UPDATE records SET body = 'other' WHERE seq = 7`,
		"a record gone":    `DELETE FROM records WHERE seq = 7`,
		"the last gone":    `DELETE FROM records WHERE seq = 40`,
		"the head":         `UPDATE ledgers SET seq = 39`,
		"no signature":     `DELETE FROM heads`,
		"another's record": `INSERT INTO records SELECT gen_random_uuid(), 1, gen_random_uuid(), payload, body, hash FROM records LIMIT 1`,
		"another root":     `UPDATE heads SET note = replace(note, 'chain ', 'chain A')`,
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.furnish()
			h.run(off + change + on)
			_, err := restore(t, h.saved(), target)
			if fault.Code(err) != "backup.ledger" {
				t.Errorf("got %v", err)
			}
			for table, rows := range dump(t, target) {
				if rows != "" && !strings.HasPrefix(table, "goose") && !strings.HasSuffix(table, "_seq") {
					t.Errorf("%s has %.60q", table, rows)
				}
			}
		})
	}
}

// An interrupted restore leaves tables and no rows; the next one goes through.
func TestARestoreMayBeTriedAgain(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	raw := h.saved()
	content := inspect(t, raw)
	target := storetest.Empty(t)
	broken := errors.New("the disk broke")
	_, err := backup.Restore(t.Context(), &failing{bytes.NewReader(raw), len(raw) / 2, broken}, backup.Key{}, content, open(t, target), 1)
	if !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	if is := dump(t, target); is["contests"] != "" || is["records"] != "" {
		t.Error("half of it stayed")
	}
	if _, err := restore(t, raw, target); err != nil {
		t.Fatal(err)
	}
}

// failing is a file that cannot be read beyond a place.
type failing struct {
	from *bytes.Reader
	left int
	err  error
}

func (f *failing) Read(b []byte) (int, error) {
	if f.left <= 0 {
		return 0, f.err
	}
	n, err := f.from.Read(b[:min(len(b), f.left)])
	f.left -= n
	return n, err
}

func TestABackupOfAnOlderSchemaIsBroughtUp(t *testing.T) {
	older := storetest.Empty(t)
	db := storetest.Open(t, older, store.Options{})
	if err := db.MigrateTo(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
	h := newHouse(t)
	h.url, h.plain = older, connect(t, older)
	b := h.ledger(1)
	b.append(2)
	raw := h.saved()
	target := storetest.Empty(t)
	if _, err := restore(t, raw, target); err != nil {
		t.Fatal(err)
	}
	was, is := dump(t, storetest.URL(t)), dump(t, target)
	if len(is) != len(was) {
		t.Errorf("%d tables and sequences, a new database has %d", len(is), len(was))
	}
	if is["records"] == "" {
		t.Error("nothing was restored")
	}
}

func TestABackupOfANewerSchemaIsRefused(t *testing.T) {
	h := newHouse(t)
	h.run(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)`)
	if _, err := restore(t, h.saved(), storetest.Empty(t)); fault.Code(err) != "backup.newer" {
		t.Errorf("got %v", err)
	}
	h = newHouse(t)
	h.run(`ALTER TABLE units ADD COLUMN later text`)
	_, err := restore(t, h.saved(), storetest.Empty(t))
	if f := fault.Of(err); f.Code != "backup.schema_differs" || len(f.Fields) != 1 || f.Fields[0].Path != "units" {
		t.Errorf("got %v", err)
	}
}

func TestScratchIsDropped(t *testing.T) {
	h := newHouse(t)
	h.furnish()
	raw := h.saved()
	d := open(t, h.url)
	content := inspect(t, raw)
	name := h.text1("SELECT current_database()") + "_verify"
	err := d.Scratch(t.Context(), name, func(s *backupstore.Database) error {
		_, err := backup.Restore(t.Context(), bytes.NewReader(raw), backup.Key{}, content, s, 1)
		return err
	})
	if err != nil {
		t.Error(err)
	}
	wrong := errors.New("wrong")
	if err := d.Scratch(t.Context(), name, func(*backupstore.Database) error { return wrong }); !errors.Is(err, wrong) {
		t.Errorf("got %v", err)
	}
	if n := h.text1("SELECT count(*) FROM pg_database WHERE datname = $1", name); n != "0" {
		t.Error("the scratch database is still there")
	}
}
