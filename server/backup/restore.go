package backup

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"

	"jiangtai/server/fault"
)

// LedgerKey is the name of the key that signs ledgers, below keys/.
const LedgerKey = "ledger.key"

// Restored is what was put back.
type Restored struct {
	Rows    int64
	Records int64 // of ledgers, each held against its chain
	Epoch   int64 // the lowest that a ledger has now
}

// Restore puts a backup that Inspect has read into an empty database, with every
// ledger in an epoch of at least epoch: a number that rises from restore to
// restore, such as the seconds of the clock, for the same backup may be put back
// twice. Afterwards the schema is this program's. Nothing is left half done but
// an empty database whose tables stand. Faults beside those of reading: Refused
// backup.not_empty, backup.newer, backup.schema_differs, backup.not_verified,
// backup.ledger.
func Restore(ctx context.Context, r io.Reader, k Key, want *Content, into Target, epoch int64) (Restored, error) {
	if err := into.Empty(ctx); err != nil {
		return Restored{}, err
	}
	if err := into.Migrate(ctx, want.Head.Schema); err != nil {
		if fault.Code(err) == "store.newer" {
			err = fault.Wrap(err, fault.Refused, "backup.newer")
		}
		return Restored{}, fmt.Errorf("make the tables: %w", err)
	}
	out := Restored{Rows: want.Closing.Rows(), Epoch: epoch}
	err := into.Fill(ctx, func(ctx context.Context, f Filling) error {
		if err := fill(ctx, r, k, want, f); err != nil {
			return err
		}
		if err := check(ctx, want, f); err != nil {
			return err
		}
		var err error
		if out.Records, err = f.Ledgers(ctx, want.Key(LedgerKey)); err != nil {
			return err
		}
		return f.Raise(ctx, epoch)
	})
	if err != nil {
		return Restored{}, err
	}
	if err := into.Migrate(ctx, 0); err != nil {
		return Restored{}, fmt.Errorf("bring what was restored to this program's version: %w", err)
	}
	return out, nil
}

func fill(ctx context.Context, r io.Reader, k Key, want *Content, f Filling) error {
	have, err := f.Describe(ctx)
	if err != nil {
		return err
	}
	if wrong := unlike(have, want.Head.Catalogue); wrong != nil {
		return fault.New(fault.Refused, "backup.schema_differs", wrong...)
	}
	if err := f.Begin(ctx); err != nil {
		return err
	}
	got, err := walk(ctx, r, k, func(t Table, rows []byte) error { return f.Copy(ctx, t, rows) })
	if err != nil {
		return err
	}
	if got.Closing.Head != want.Closing.Head || !slices.Equal(got.Closing.Tables, want.Closing.Tables) {
		return damaged(closingEntry) // another file than the one that was inspected
	}
	return f.End(ctx, want.Head.Sequences)
}

// unlike lists the tables whose columns are not those of the backup: this
// program's migrations are not those that the backup was made under.
func unlike(have, want Catalogue) []fault.Field {
	columns := map[string][]Column{}
	for _, t := range have.Tables {
		columns[t.Name] = t.Columns
	}
	var wrong []fault.Field
	for _, t := range want.Tables {
		// A column's place may differ where one was added later: the rows name
		// their columns.
		if !sameColumns(columns[t.Name], t.Columns) {
			wrong = append(wrong, fault.At(t.Name, "backup.schema_differs", ""))
		}
		delete(columns, t.Name)
	}
	for name := range columns {
		wrong = append(wrong, fault.At(name, "backup.schema_differs", ""))
	}
	return wrong
}

func sameColumns(a, b []Column) bool {
	if len(a) != len(b) {
		return false
	}
	for _, c := range a {
		if !slices.Contains(b, c) {
			return false
		}
	}
	return true
}

// check reads back what the database holds by now.
func check(ctx context.Context, want *Content, f Filling) error {
	have, err := f.Describe(ctx)
	if err != nil {
		return err
	}
	for _, s := range want.Head.Sequences {
		if !slices.Contains(have.Sequences, s) {
			return notVerified(s.Name, strconv.FormatInt(s.Value, 10))
		}
	}
	var line []byte
	for i, t := range want.Head.Tables {
		count := newTally(t.Name)
		err := f.Rows(ctx, t, func(values [][]byte) error {
			line = appendRow(line[:0], values)
			count.row(line)
			return nil
		})
		if err != nil {
			return fmt.Errorf("read the restored table %s: %w", t.Name, err)
		}
		total := want.Closing.Tables[i]
		if got := count.totals(); got.Rows != total.Rows || got.Sum != total.Sum {
			return notVerified(t.Name, strconv.FormatInt(total.Rows, 10))
		}
	}
	return nil
}

func notVerified(place, hint string) error {
	return fault.New(fault.Refused, "backup.not_verified", fault.At(place, "backup.not_verified", hint))
}
