package backupstore

import (
	"context"
	"database/sql"
	"strings"

	"github.com/lib/pq"

	"jiangtai/server/backup"
	"jiangtai/server/fault"
	"jiangtai/server/store"
)

// Database is a PostgreSQL to be saved, or an empty one to be filled. It is safe
// for concurrent use.
type Database struct {
	pool *sql.DB
	url  string
	opts store.Options
}

// Open prepares to connect to what url names; Close it. opts are those of a
// store for Migrate.
func Open(url string, opts store.Options) (*Database, error) {
	cfg, err := pq.NewConfig(url)
	if err != nil {
		return nil, fault.Wrap(err, fault.Malformed, "store.url")
	}
	cfg.ApplicationName = "jiangtai backup"
	if cfg.Runtime == nil {
		cfg.Runtime = map[string]string{}
	}
	cfg.TZ = "UTC"
	// All that the text of a value depends on.
	cfg.Runtime["datestyle"], cfg.Runtime["intervalstyle"] = "ISO, YMD", "postgres"
	cfg.Runtime["bytea_output"], cfg.Runtime["extra_float_digits"] = "hex", "1"
	cfg.Runtime["statement_timeout"], cfg.Runtime["lock_timeout"] = "0", "10s"
	c, err := pq.NewConnectorConfig(cfg)
	if err != nil {
		return nil, fault.Wrap(err, fault.Malformed, "store.url")
	}
	d := &Database{pool: sql.OpenDB(c), url: url, opts: opts}
	d.pool.SetMaxIdleConns(0) // it is needed now and then, and for minutes
	return d, nil
}

// Close ends all connections.
func (d *Database) Close() error { return d.pool.Close() }

// Snapshot implements backup.Source.
func (d *Database) Snapshot(ctx context.Context, fn func(ctx context.Context, s backup.Snapshot) error) error {
	tx, err := d.pool.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return store.Fault(err, "begin a snapshot")
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	return fn(ctx, view{tx})
}

// view is what a transaction sees.
type view struct{ q querier }

// Describe implements backup.Snapshot.
func (v view) Describe(ctx context.Context) (backup.Catalogue, error) { return describe(ctx, v.q) }

// Rows implements backup.Snapshot.
func (v view) Rows(ctx context.Context, t backup.Table, each func(values [][]byte) error) error {
	rows, err := v.q.QueryContext(ctx, selectSQL(t))
	if err != nil {
		return store.Fault(err, "read the table "+t.Name)
	}
	defer rows.Close()
	raw := make([]sql.RawBytes, len(t.Columns))
	into, values := make([]any, len(raw)), make([][]byte, len(raw))
	for i := range raw {
		into[i] = &raw[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return store.Fault(err, "read a row of "+t.Name)
		}
		for i := range raw {
			values[i] = raw[i]
		}
		if err := each(values); err != nil {
			return err
		}
	}
	return store.Fault(rows.Err(), "read the table "+t.Name)
}

// selectSQL has no arguments: lib/pq then streams the answer row by row, however
// large the table.
func selectSQL(t backup.Table) string {
	var b strings.Builder
	b.WriteString("SELECT ")
	for i, c := range t.Columns {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(pq.QuoteIdentifier(c.Name) + "::text")
	}
	return b.String() + " FROM " + quoted(t.Name)
}
