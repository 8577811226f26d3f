package backupstore

import (
	"context"
	"database/sql"
	"slices"

	"github.com/lib/pq"

	"jiangtai/server/backup"
	"jiangtai/server/fault"
	"jiangtai/server/store"
)

// querier is a connection or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

const (
	// Generated columns come by themselves. Order is that of the table.
	columnsSQL = `
SELECT t.relname, a.attname, format_type(a.atttypid, a.atttypmod)
  FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace JOIN pg_attribute a ON a.attrelid = t.oid
 WHERE n.nspname = 'public' AND t.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
 ORDER BY t.relname, a.attnum`

	referencesSQL = `
SELECT t.relname, r.relname
  FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class r ON r.oid = c.confrelid
  JOIN pg_namespace n ON n.oid = t.relnamespace
 WHERE n.nspname = 'public' AND c.contype = 'f' AND t.oid <> r.oid
 ORDER BY 1, 2`

	sequencesSQL = `
SELECT s.relname
  FROM pg_class s JOIN pg_namespace n ON n.oid = s.relnamespace
 WHERE n.nspname = 'public' AND s.relkind = 'S'
 ORDER BY s.relname`

	// What holds data and would not be carried.
	unknownSQL = `
SELECT n.nspname || '.' || t.relname
  FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
 WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
   AND (t.relkind IN ('p', 'f', 'm') OR n.nspname <> 'public' AND t.relkind IN ('r', 'S'))
UNION ALL
SELECT 'pg_largeobject' FROM pg_largeobject_metadata
 ORDER BY 1 LIMIT 20`

	versionTableSQL = `SELECT to_regclass('public.goose_db_version') IS NOT NULL`
	versionSQL      = `SELECT coalesce(max(version_id), 0) FROM public.goose_db_version WHERE is_applied`
)

// describe reads the shape of a database.
func describe(ctx context.Context, q querier) (c backup.Catalogue, err error) {
	unknown, err := texts(ctx, q, unknownSQL)
	if err != nil {
		return c, err
	}
	if len(unknown) > 0 {
		var at []fault.Field
		for _, name := range unknown {
			at = append(at, fault.At(name, "backup.unknown_kind", ""))
		}
		return c, fault.New(fault.Refused, "backup.unknown_kind", at...)
	}
	if c.Schema, err = version(ctx, q); err != nil {
		return c, err
	}
	if c.Tables, err = tables(ctx, q); err != nil {
		return c, err
	}
	names, err := texts(ctx, q, sequencesSQL)
	if err != nil {
		return c, err
	}
	for _, name := range names {
		s := backup.Sequence{Name: name}
		row := q.QueryRowContext(ctx, "SELECT last_value, is_called FROM "+quoted(name))
		if err := row.Scan(&s.Value, &s.IsCalled); err != nil {
			return c, store.Fault(err, "read the sequence "+name)
		}
		c.Sequences = append(c.Sequences, s)
	}
	return c, nil
}

func version(ctx context.Context, q querier) (v int64, err error) {
	var isThere bool
	if err := q.QueryRowContext(ctx, versionTableSQL).Scan(&isThere); err != nil || !isThere {
		return 0, store.Fault(err, "look for the version of the database")
	}
	err = q.QueryRowContext(ctx, versionSQL).Scan(&v)
	return v, store.Fault(err, "read the version of the database")
}

// tables are all tables with their columns, each after those it refers to.
func tables(ctx context.Context, q querier) ([]backup.Table, error) {
	var list []backup.Table
	err := each(ctx, q, columnsSQL, nil, func(scan func(...any) error) error {
		var table string
		var c backup.Column
		if err := scan(&table, &c.Name, &c.Type); err != nil {
			return err
		}
		if n := len(list); n == 0 || list[n-1].Name != table {
			list = append(list, backup.Table{Name: table})
		}
		last := &list[len(list)-1]
		last.Columns = append(last.Columns, c)
		return nil
	})
	if err != nil {
		return nil, err
	}
	refers := map[string][]string{}
	err = each(ctx, q, referencesSQL, nil, func(scan func(...any) error) error {
		var from, to string
		err := scan(&from, &to)
		refers[from] = append(refers[from], to)
		return err
	})
	return ordered(list, refers), err
}

// ordered has every table stand after those that it refers to; in a circle of
// references somebody must be first.
func ordered(list []backup.Table, refers map[string][]string) []backup.Table {
	byName := map[string]backup.Table{}
	for _, t := range list {
		byName[t.Name] = t
	}
	var out []backup.Table
	seen := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		t, known := byName[name]
		if seen[name] || !known {
			return
		}
		seen[name] = true
		to := slices.Clone(refers[name])
		slices.Sort(to)
		for _, other := range to {
			visit(other)
		}
		out = append(out, t)
	}
	for _, t := range list {
		visit(t.Name)
	}
	return out
}

func texts(ctx context.Context, q querier, query string) (out []string, err error) {
	err = each(ctx, q, query, nil, func(scan func(...any) error) error {
		var s string
		err := scan(&s)
		out = append(out, s)
		return err
	})
	return out, err
}

// each reads rows one after another.
func each(ctx context.Context, q querier, query string, args []any, row func(scan func(...any) error) error) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return store.Fault(err, "read the database")
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return store.Fault(err, "read a row")
		}
	}
	return store.Fault(rows.Err(), "read the database")
}

// quoted is a name of the schema public as it stands in a statement.
func quoted(name string) string { return `public.` + pq.QuoteIdentifier(name) }
