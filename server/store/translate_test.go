package store_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"jiangtai/server/fault"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

var _ = store.Constraints(map[string]store.Meaning{
	"marks_n_key":       {Kind: fault.Stale, Code: "test.marked"},
	"test_deferred_key": {Kind: fault.Stale, Code: "test.deferred"},
	"test_range_check":  {Kind: fault.Refused, Code: "test.range"},
})

func TestFaultOfPostgreSQLsErrors(t *testing.T) {
	for code, want := range map[string]struct {
		kind fault.Kind
		code string
	}{
		"57014": {fault.Unavailable, "store.timeout"},
		"55P03": {fault.Unavailable, "store.timeout"},
		"53100": {fault.Storage, "store.full"},
		"53200": {fault.Unavailable, "store.unavailable"},
		"53300": {fault.Unavailable, "store.unavailable"},
		"57P01": {fault.Unavailable, "store.unavailable"},
		"57P02": {fault.Unavailable, "store.unavailable"},
		"57P03": {fault.Unavailable, "store.unavailable"},
		"08006": {fault.Unavailable, "store.unavailable"},
		"28P01": {fault.Unavailable, "store.unavailable"},
		"58030": {fault.Unavailable, "store.unavailable"},
		"25006": {fault.Unavailable, "store.read_only"},
		"40001": {fault.Unavailable, "store.conflict"},
		"40P01": {fault.Unavailable, "store.conflict"},
		"22021": {fault.Malformed, "store.text"},
		"22P05": {fault.Malformed, "store.text"},
		"42P01": {fault.Internal, "server.internal"},
		"23502": {fault.Internal, "server.internal"},
		"XX001": {fault.Internal, "server.internal"},
	} {
		err := store.Fault(&pq.Error{Code: pqerror.Code(code), Severity: "ERROR"}, "append marks")
		is(t, err, want.kind, want.code)
		if !strings.Contains(err.Error(), "append marks") {
			t.Errorf("%s: the log does not hear what was tried: %v", code, err)
		}
		if pq.As(err) == nil {
			t.Errorf("%s: the cause is lost", code)
		}
		if f := fault.Of(err); (f.RetryAfter > 0) != (f.Kind == fault.Unavailable) {
			t.Errorf("%s: retry after %d s", code, f.RetryAfter)
		}
	}
}

func TestFaultOfOtherErrors(t *testing.T) {
	for _, c := range []struct {
		err  error
		kind fault.Kind
		code string
	}{
		{driver.ErrBadConn, fault.Unavailable, "store.unavailable"},
		{io.ErrUnexpectedEOF, fault.Unavailable, "store.unavailable"},
		{&net.OpError{Op: "dial", Err: errors.New("refused")}, fault.Unavailable, "store.unavailable"},
		{fmt.Errorf("read: %w", context.DeadlineExceeded), fault.Unavailable, "store.timeout"},
		{context.Canceled, fault.Unavailable, "store.timeout"},
		{sql.ErrNoRows, fault.Internal, "server.internal"},
		{errors.New("anything"), fault.Internal, "server.internal"},
		{fault.New(fault.Missing, "programme.missing"), fault.Missing, "programme.missing"},
	} {
		err := store.Fault(c.err, "do it")
		is(t, err, c.kind, c.code)
		if !errors.Is(err, c.err) {
			t.Errorf("%v lost its cause", c.err)
		}
	}
	if store.Fault(nil, "do it") != nil {
		t.Error("no error became one")
	}
}

func TestViolationsSpeakWithTheirConstraintsMeaning(t *testing.T) {
	db, _ := table(t, store.Options{})
	write(t, db, "ALTER TABLE marks ADD CONSTRAINT test_range_check CHECK (n < 100), ADD CONSTRAINT test_unmapped_check CHECK (n <> 50)")
	write(t, db, "INSERT INTO marks VALUES (1)")
	is(t, db.Do(t.Context(), insert(db, "INSERT INTO marks VALUES (1)")), fault.Stale, "test.marked")
	is(t, db.Do(t.Context(), insert(db, "INSERT INTO marks VALUES (101)")), fault.Refused, "test.range")
	err := db.Do(t.Context(), insert(db, "INSERT INTO marks VALUES (50)"))
	is(t, err, fault.Internal, "server.internal")
	if !strings.Contains(err.Error(), "test_unmapped_check") {
		t.Errorf("the log does not hear which constraint: %v", err)
	}
}

// Bad input that reaches a text column is the sender's, not a failure of ours.
func TestATextThatCannotBeStored(t *testing.T) {
	db := storetest.Open(t, storetest.Empty(t), store.Options{})
	write(t, db, "CREATE TABLE texts (t text)")
	for _, text := range []string{"nul\x00byte", "\xff\xfe"} {
		err := db.Do(t.Context(), insert(db, "INSERT INTO texts VALUES ($1)", text))
		is(t, err, fault.Malformed, "store.text")
	}
}

func TestAConstraintHasOneMeaning(t *testing.T) {
	for name, meanings := range map[string]map[string]store.Meaning{
		"taken":   {"marks_n_key": {Kind: fault.Stale, Code: "test.other"}},
		"no code": {"test_no_code_key": {Kind: fault.Stale}},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: it was accepted", name)
				}
			}()
			store.Constraints(meanings)
		}()
	}
	if got := store.Mapped()["marks_n_key"].Code; got != "test.marked" {
		t.Errorf("marks_n_key now means %s", got)
	}
}

func TestUnmapped(t *testing.T) {
	db, _ := table(t, store.Options{})
	write(t, db, "ALTER TABLE marks ADD CONSTRAINT test_nobody_check CHECK (n > 0)")
	write(t, db, "CREATE UNIQUE INDEX test_nobody_idx ON marks ((n + 1))")
	write(t, db, "CREATE INDEX test_plain_idx ON marks (n)")
	missing, stale, err := db.Unmapped(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(missing, " "); got != "test_nobody_check test_nobody_idx" {
		t.Errorf("missing: %s", got)
	}
	write(t, db, "CREATE TABLE others (n integer CONSTRAINT others_n_key UNIQUE)")
	if only, _, err := db.Unmapped(t.Context(), "others"); err != nil || strings.Join(only, " ") != "others_n_key" {
		t.Errorf("missing of one table: %v, %v", only, err)
	}
	if got := strings.Join(stale, " "); got != "test_deferred_key test_range_check" {
		t.Errorf("stale: %s", got)
	}
}
