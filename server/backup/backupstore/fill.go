package backupstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/lib/pq"

	"jiangtai/server/backup"
	"jiangtai/server/fault"
	"jiangtai/server/store"
)

// Empty implements backup.Target. A database whose tables stand and hold nothing
// is empty: a restore that failed leaves one.
func (d *Database) Empty(ctx context.Context) error {
	cat, err := describe(ctx, d.pool)
	if err != nil {
		return err
	}
	if len(cat.Tables) > 0 && cat.Schema == 0 {
		return notEmpty(cat.Tables[0].Name) // somebody else's
	}
	for _, t := range cat.Tables {
		if t.Name == "goose_db_version" {
			continue
		}
		var isThere bool
		row := d.pool.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM "+quoted(t.Name)+")") //nolint:gosec // quoted
		if err := row.Scan(&isThere); err != nil {
			return store.Fault(err, "look into the table "+t.Name)
		}
		if isThere {
			return notEmpty(t.Name)
		}
	}
	return nil
}

func notEmpty(table string) error {
	return fault.New(fault.Refused, "backup.not_empty", fault.At(table, "backup.not_empty", ""))
}

// Migrate implements backup.Target.
func (d *Database) Migrate(ctx context.Context, version int64) error {
	opts := d.opts
	opts.Name, opts.Connections = "restore", 2
	db, err := store.Open(ctx, d.url, opts)
	if err != nil {
		return err
	}
	return errors.Join(db.MigrateTo(ctx, version), db.Close())
}

// Fill implements backup.Target.
func (d *Database) Fill(ctx context.Context, fn func(ctx context.Context, f backup.Filling) error) error {
	conn, err := d.pool.Conn(ctx)
	if err != nil {
		return store.Fault(err, "connect")
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return store.Fault(err, "begin")
	}
	if err := fn(ctx, &filling{view: view{tx}, tx: tx, conn: conn}); err != nil {
		_ = tx.Rollback()
		return err
	}
	return store.Fault(tx.Commit(), "commit what was restored")
}

// filling is the one transaction of a restore.
type filling struct {
	view
	tx      *sql.Tx
	conn    *sql.Conn // of tx, for COPY
	tables  []backup.Table
	aside   []guard
	comment []string // the guards as they were, to be compared
}

// guard is a trigger or a reference that is laid aside.
type guard struct{ table, name, state string }

const (
	triggersSQL = `
SELECT t.relname, g.tgname, g.tgenabled::text
  FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid JOIN pg_namespace n ON n.oid = t.relnamespace
 WHERE n.nspname = 'public' AND NOT g.tgisinternal
 ORDER BY 1, 2`
	guardedSQL = `
SELECT t.relname, c.conname, CASE WHEN NOT c.condeferrable THEN 'NOT DEFERRABLE'
       WHEN c.condeferred THEN 'DEFERRABLE INITIALLY DEFERRED' ELSE 'DEFERRABLE INITIALLY IMMEDIATE' END
  FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
 WHERE n.nspname = 'public' AND c.contype = 'f'
 ORDER BY 1, 2`
)

// enable is how each state of a trigger is brought about.
var enable = map[string]string{"O": "ENABLE", "D": "DISABLE", "R": "ENABLE REPLICA", "A": "ENABLE ALWAYS"}

func (f *filling) guards(ctx context.Context, query string) (out []guard, err error) {
	err = each(ctx, f.tx, query, nil, func(scan func(...any) error) error {
		var g guard
		err := scan(&g.table, &g.name, &g.state)
		out = append(out, g)
		return err
	})
	return out, err
}

// Begin implements backup.Filling.
func (f *filling) Begin(ctx context.Context) error {
	var err error
	if f.tables, err = tables(ctx, f.tx); err != nil {
		return err
	}
	triggers, err := f.guards(ctx, triggersSQL)
	if err != nil {
		return err
	}
	references, err := f.guards(ctx, guardedSQL)
	if err != nil {
		return err
	}
	f.aside = nil
	var first, names []string
	for _, g := range triggers {
		first = append(first, alter(g, "DISABLE TRIGGER "+pq.QuoteIdentifier(g.name)))
		f.aside = append(f.aside, guard{g.table, g.name, enable[g.state] + " TRIGGER " + pq.QuoteIdentifier(g.name)})
	}
	for _, g := range references {
		constraint := "ALTER CONSTRAINT " + pq.QuoteIdentifier(g.name) + " "
		first = append(first, alter(g, constraint+"DEFERRABLE INITIALLY DEFERRED"))
		f.aside = append(f.aside, guard{g.table, g.name, constraint + g.state})
	}
	for _, t := range f.tables {
		names = append(names, quoted(t.Name))
	}
	f.comment = append(spelled(triggers), spelled(references)...)
	// Emptied although it is empty: goose's table is not, nor what a migration
	// put into a table of its own.
	return f.run(ctx, append(first, "TRUNCATE "+strings.Join(names, ", "))...)
}

func alter(g guard, how string) string { return "ALTER TABLE " + quoted(g.table) + " " + how }

func spelled(list []guard) (out []string) {
	for _, g := range list {
		out = append(out, g.table+" "+g.name+" "+g.state)
	}
	return out
}

func (f *filling) run(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if _, err := f.tx.ExecContext(ctx, s); err != nil {
			return store.Fault(err, "restore")
		}
	}
	return nil
}

// copier is the statement of a COPY in lib/pq.
type copier interface {
	driver.Stmt
	CopyData(ctx context.Context, line string) (driver.Result, error)
}

var errNoCopy = errors.New("the driver has no COPY of this form")

// Copy implements backup.Filling.
func (f *filling) Copy(ctx context.Context, t backup.Table, rows []byte) error {
	columns := make([]string, 0, len(t.Columns))
	for _, c := range t.Columns {
		columns = append(columns, pq.QuoteIdentifier(c.Name))
	}
	statement := "COPY " + quoted(t.Name) + " (" + strings.Join(columns, ", ") + ") FROM STDIN"
	err := f.conn.Raw(func(raw any) error {
		conn, ok := raw.(driver.ConnPrepareContext)
		if !ok {
			return errNoCopy
		}
		stmt, err := conn.PrepareContext(ctx, statement)
		if err != nil {
			return err
		}
		c, ok := stmt.(copier)
		if !ok {
			return errors.Join(errNoCopy, stmt.Close())
		}
		// A context that ends would be watched by a goroutine; a piece is short.
		_, err = c.CopyData(context.WithoutCancel(ctx), string(rows[:len(rows)-1]))
		return errors.Join(err, c.Close())
	})
	return store.Fault(err, "restore the table "+t.Name)
}

// End implements backup.Filling.
func (f *filling) End(ctx context.Context, sequences []backup.Sequence) error {
	for _, s := range sequences {
		if _, err := f.tx.ExecContext(ctx, "SELECT setval($1::regclass, $2, $3)", quoted(s.Name), s.Value, s.IsCalled); err != nil {
			return store.Fault(err, "set the sequence "+s.Name)
		}
	}
	last := []string{"SET CONSTRAINTS ALL IMMEDIATE"}
	for _, g := range f.aside {
		last = append(last, alter(g, g.state))
	}
	for _, t := range f.tables {
		last = append(last, "ANALYZE "+quoted(t.Name)) // a planner that knows nothing reads whole tables
	}
	if err := f.run(ctx, last...); err != nil {
		return err
	}
	triggers, err := f.guards(ctx, triggersSQL)
	if err != nil {
		return err
	}
	references, err := f.guards(ctx, guardedSQL)
	if err != nil {
		return err
	}
	if got := append(spelled(triggers), spelled(references)...); !slices.Equal(got, f.comment) {
		return fmt.Errorf("restore: the guards are %q, they were %q: %w", got, f.comment, errGuards)
	}
	return nil
}

var errGuards = errors.New("a trigger or a reference does not stand as before")
