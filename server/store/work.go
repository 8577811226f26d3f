package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"jiangtai/server/fault"
)

const (
	attempts  = 4 // the first and three more
	jitterMax = 25 * time.Millisecond
)

// Querier runs statements: in the transaction that Do put into the context, or,
// for reading only, straight on the pool.
type Querier interface {
	sqlx.ExtContext
	GetContext(ctx context.Context, dest any, query string, args ...any) error
	SelectContext(ctx context.Context, dest any, query string, args ...any) error
}

// work is one transaction under way. It belongs to the goroutine of Do.
type work struct {
	tx     *sqlx.Tx
	doomed error // what a Do within failed with: half of a work is never committed
}

type workKey struct{}

func workOf(ctx context.Context) *work {
	w, _ := ctx.Value(workKey{}).(*work)
	return w
}

// Querier is the transaction of ctx, whichever pool it came from; outside Do it
// is the pool, and ExecContext fails with store.no_transaction. Rows of one
// transaction are read to their end before the next statement.
func (d *DB) Querier(ctx context.Context) Querier {
	if w := workOf(ctx); w != nil {
		return w.tx
	}
	return reader{d.pool}
}

// InTransaction says whether ctx is within Do.
func InTransaction(ctx context.Context) bool { return workOf(ctx) != nil }

type reader struct{ *sqlx.DB }

// ExecContext refuses: see the package's decisions.
func (reader) ExecContext(context.Context, string, ...any) (sql.Result, error) {
	return nil, fault.New(fault.Internal, "store.no_transaction")
}

// Do runs fn in one transaction, which is in fn's context, and commits it when
// fn returns nil. Within another Do it joins that transaction, and only the
// outermost commits: not at all if one within failed. fn may run up to four times, after deadlocks and
// serialization failures: it must start anew each time, and must not tell anyone
// anything before Do has returned.
//
// Kinds beside those of fn: Unavailable (nothing was done), Storage (the disk is
// full, nothing was done), UnknownOutcome (the connection broke during COMMIT:
// read again before answering).
func (d *DB) Do(ctx context.Context, fn func(ctx context.Context) error) error {
	if w := workOf(ctx); w != nil {
		err := fn(ctx)
		if err != nil && w.doomed == nil {
			w.doomed = err
		}
		return err
	}
	for n := 1; ; n++ {
		err := d.attempt(ctx, fn)
		if !again(err) {
			return err
		}
		if n == attempts {
			return later(fault.Wrap(err, fault.Unavailable, "store.conflict"))
		}
		select {
		case <-ctx.Done():
			return Fault(ctx.Err(), "repeat the transaction")
		case <-time.After(rand.N(jitterMax) + jitterMax/10):
		}
	}
}

// again says whether the server undid the transaction for others' sake.
func again(err error) bool {
	return pq.As(err, pqerror.TRSerializationFailure, pqerror.TRDeadlockDetected) != nil
}

func (d *DB) attempt(ctx context.Context, fn func(ctx context.Context) error) error {
	tx, release, err := d.begin(ctx)
	if err != nil {
		return Fault(err, "begin")
	}
	defer release()
	w := &work{tx: tx}
	committing := false
	defer func() {
		if !committing { // fn failed or panicked
			_ = tx.Rollback()
		}
	}()
	err = fn(context.WithValue(ctx, workKey{}, w))
	if err == nil {
		err = w.doomed
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return known(err)
	}
	committing = true
	return commitFault(tx.Commit())
}

// begin takes a connection with the caller's patience, but begins without it:
// the rest of the transaction ends with its statements. A connection that died
// in the pool is no reason to fail, since nothing has been done on it.
func (d *DB) begin(ctx context.Context) (*sqlx.Tx, func(), error) {
	for n := 0; ; n++ {
		conn, err := d.pool.Connx(ctx)
		if err != nil {
			return nil, nil, err
		}
		tx, err := conn.BeginTxx(context.WithoutCancel(ctx), nil)
		if err == nil {
			return tx, func() { _ = conn.Close() }, nil
		}
		drop(conn)
		if pq.As(err) != nil || n > d.opts.Connections || ctx.Err() != nil {
			return nil, nil, err
		}
	}
}

// drop gives a connection back as one that nobody shall use again.
func drop(conn *sqlx.Conn) {
	_ = conn.Raw(func(any) error { return driver.ErrBadConn })
	_ = conn.Close()
}

// commitFault sorts what COMMIT answered: an error that the server itself spoke
// means undone; silence, or a connection that ended, means unknown.
func commitFault(err error) error {
	var spoken *pq.Error
	switch {
	case err == nil:
		return nil
	case errors.Is(err, pq.ErrInFailedTransaction):
		return fault.Wrap(err, fault.Internal, "server.internal")
	case errors.As(err, &spoken) && !spoken.Fatal():
		return Fault(err, "commit")
	}
	return later(fault.Wrap(err, fault.UnknownOutcome, "store.unknown_outcome"))
}
