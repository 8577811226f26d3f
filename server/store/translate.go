package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"jiangtai/server/fault"
)

// Fault says an error of the database in the program's words; doing names what
// was tried, for the log ("append marks of event %s"), and may be empty. Faults
// stay what they are; sql.ErrNoRows and whatever is foreign become Internal, so
// a room that expects no row asks for it first. Fault(nil, …) is nil.
func Fault(err error, doing string) error {
	if err == nil {
		return nil
	}
	var f *fault.Error
	if errors.As(err, &f) {
		return said(err, doing)
	}
	kind, code := meaning(err)
	f = fault.Wrap(said(err, doing), kind, code)
	if kind == fault.Unavailable {
		return later(f)
	}
	return f
}

// known is Fault for errors that a database may have made, and leaves others.
func known(err error) error {
	if kind, _ := meaning(err); kind == fault.Internal && pq.As(err) == nil {
		return err
	}
	return Fault(err, "")
}

func said(err error, doing string) error {
	if doing == "" {
		return err
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// later advises to try again in a second.
func later(f *fault.Error) *fault.Error {
	f.RetryAfter = 1
	return f
}

// meaning finds the kind and code of a foreign error.
func meaning(err error) (fault.Kind, string) {
	if spoken := pq.As(err); spoken != nil {
		return meaningOf(spoken)
	}
	var network net.Error
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fault.Unavailable, "store.timeout"
	case errors.Is(err, driver.ErrBadConn), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, net.ErrClosed), errors.As(err, &network):
		return fault.Unavailable, "store.unavailable"
	}
	return fault.Internal, "server.internal"
}

func meaningOf(e *pq.Error) (fault.Kind, string) {
	switch e.Code {
	case pqerror.QueryCanceled, pqerror.LockNotAvailable:
		return fault.Unavailable, "store.timeout"
	case pqerror.DiskFull:
		return fault.Storage, "store.full"
	case pqerror.ReadOnlySQLTransaction:
		return fault.Unavailable, "store.read_only"
	case pqerror.TRSerializationFailure, pqerror.TRDeadlockDetected:
		return fault.Unavailable, "store.conflict"
	case pqerror.CharacterNotInRepertoire, pqerror.UntranslatableCharacter:
		return fault.Malformed, "store.text" // such as U+0000, which no text of PostgreSQL holds
	case pqerror.IOError:
		return fault.Unavailable, "store.unavailable"
	}
	switch e.Code.Class() {
	case "08", "28", "53", "57": // connection, sign-in, resources, an operator stepped in
		return fault.Unavailable, "store.unavailable"
	case "23":
		if m, ok := lookup(e.Constraint); ok {
			return m.Kind, m.Code
		}
	}
	return fault.Internal, "server.internal"
}
