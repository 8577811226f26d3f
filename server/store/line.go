package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"

	"github.com/lib/pq"

	"jiangtai/server/fault"
)

// Line is a connection of its own, beside the pool, on which every statement is a
// transaction by itself: one round trip where Do needs three. It never repeats a
// statement, and connects again after one whose outcome is unknown. It is for one
// goroutine at a time.
type Line struct {
	dial  *connector
	conn  pqConn
	stmts map[string]driver.StmtQueryContext
	row   []driver.Value
}

// Line makes one; it connects when it is first used. Close it before the DB.
func (d *DB) Line() *Line {
	dial := d.connector(d.limits)
	dial.cfg.BinaryParameters = true
	return &Line{dial: dial}
}

// Binary are parameters in PostgreSQL's binary form, by their place.
type Binary []driver.NamedValue

// NewBinary has room for so many parameters.
func NewBinary(n int) Binary {
	b := make(Binary, n)
	for i := range b {
		b[i].Ordinal = i + 1
	}
	return b
}

// Prepare has the server parse a statement, so that Run needs not.
func (l *Line) Prepare(ctx context.Context, query string) error {
	_, err := l.prepared(ctx, query)
	return err
}

// Run runs a statement to its end and gives each of its rows, good during the call.
// Kinds: UnknownOutcome when the connection broke after it was sent; of all others
// nothing was done, whatever rows were given.
func (l *Line) Run(ctx context.Context, query string, args Binary, each func(row []driver.Value)) error {
	stmt, err := l.prepared(ctx, query)
	if err != nil {
		return err
	}
	if err = l.run(ctx, stmt, args, each); err == nil {
		return nil
	}
	var spoken *pq.Error
	if errors.As(err, &spoken) && !spoken.Fatal() {
		return Fault(err, "run a statement")
	}
	l.drop()
	return later(fault.Wrap(err, fault.UnknownOutcome, "store.unknown_outcome"))
}

func (l *Line) run(ctx context.Context, stmt driver.StmtQueryContext, args Binary, each func(row []driver.Value)) error {
	// The transaction is not cancelled with the caller: see the package's decisions.
	rows, err := stmt.QueryContext(context.WithoutCancel(ctx), args)
	if err != nil {
		return err
	}
	if n := len(rows.Columns()); len(l.row) != n {
		l.row = make([]driver.Value, n)
	}
	for {
		// The end comes with the server's word that it is ready for more, after the commit.
		switch err := rows.Next(l.row); {
		case err == nil:
			each(l.row)
		case errors.Is(err, io.EOF):
			return nil
		default:
			return err
		}
	}
}

func (l *Line) prepared(ctx context.Context, query string) (driver.StmtQueryContext, error) {
	if stmt, ok := l.stmts[query]; ok {
		return stmt, nil
	}
	stmt, err := l.prepare(ctx, query)
	if err != nil {
		l.drop()
		return nil, Fault(err, "prepare")
	}
	l.stmts[query] = stmt
	return stmt, nil
}

func (l *Line) prepare(ctx context.Context, query string) (driver.StmtQueryContext, error) {
	if l.conn == nil {
		made, err := l.dial.Connect(ctx)
		if err != nil {
			return nil, err
		}
		l.conn, l.stmts = made.(conn).pqConn, map[string]driver.StmtQueryContext{} //nolint:forcetypeassert // Connect makes no other
	}
	stmt, err := l.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return stmt.(driver.StmtQueryContext), nil //nolint:forcetypeassert // lib/pq's are
}

// drop ends the connection; the next statement makes another.
func (l *Line) drop() {
	if l.conn != nil {
		_ = l.conn.Close()
	}
	l.conn, l.stmts = nil, nil
}

// Close ends the connection, if there is one.
func (l *Line) Close() error {
	l.drop()
	return nil
}
