package store

import (
	"context"
	"database/sql"

	"github.com/jmoiron/sqlx"

	"jiangtai/server/fault"
)

// Stmt is a statement that the server parses once a connection: one round trip
// instead of two. It is safe for concurrent use and runs in the transaction of
// the context, like Querier.
type Stmt struct{ s *sqlx.Stmt }

// Prepare parses a statement; Close it before the DB.
func (d *DB) Prepare(ctx context.Context, query string) (*Stmt, error) {
	s, err := d.pool.PreparexContext(ctx, query)
	if err != nil {
		return nil, Fault(err, "prepare")
	}
	return &Stmt{s}, nil
}

func (s *Stmt) in(ctx context.Context) *sqlx.Stmt {
	if w := workOf(ctx); w != nil {
		return w.tx.StmtxContext(ctx, s.s)
	}
	return s.s
}

// ExecContext runs it; outside Do it fails with store.no_transaction.
func (s *Stmt) ExecContext(ctx context.Context, args ...any) (sql.Result, error) {
	if !InTransaction(ctx) {
		return nil, fault.New(fault.Internal, "store.no_transaction")
	}
	return s.in(ctx).ExecContext(ctx, args...)
}

// GetContext reads one row into dest; sql.ErrNoRows if there is none.
func (s *Stmt) GetContext(ctx context.Context, dest any, args ...any) error {
	return s.in(ctx).GetContext(ctx, dest, args...)
}

// SelectContext reads all rows into the slice dest.
func (s *Stmt) SelectContext(ctx context.Context, dest any, args ...any) error {
	return s.in(ctx).SelectContext(ctx, dest, args...)
}

// QueryxContext yields rows one after another.
func (s *Stmt) QueryxContext(ctx context.Context, args ...any) (*sqlx.Rows, error) {
	return s.in(ctx).QueryxContext(ctx, args...)
}

// Close forgets it.
func (s *Stmt) Close() error { return s.s.Close() }
