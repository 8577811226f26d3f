package backup

import (
	"context"

	"jiangtai/server/contest"
)

// Source is the database that is saved. backupstore implements it.
type Source interface {
	// Snapshot calls fn with one moment of the database; nothing that is written
	// meanwhile is in it. It is called once.
	Snapshot(ctx context.Context, fn func(ctx context.Context, s Snapshot) error) error
}

// Snapshot is a database at one moment.
type Snapshot interface {
	// Describe gives its shape. Refused backup.unknown_kind where it has what a
	// backup could not carry.
	Describe(ctx context.Context) (Catalogue, error)
	// Rows calls each with every row of a table: its columns in PostgreSQL's
	// text, nil for none. The values are good during the call only.
	Rows(ctx context.Context, t Table, each func(values [][]byte) error) error
}

// Target is the database that a backup is put into. backupstore implements it.
type Target interface {
	// Empty refuses with backup.not_empty a database that holds anything.
	Empty(ctx context.Context) error
	// Migrate brings it to a version of the schema; 0 is this program's. Refused
	// store.newer when that is older than the database.
	Migrate(ctx context.Context, version int64) error
	// Fill calls fn within one transaction, which is kept when fn returns nil.
	Fill(ctx context.Context, fn func(ctx context.Context, f Filling) error) error
}

// Filling is a database while a backup is put into it; as a Snapshot it shows
// what is there by now.
type Filling interface {
	Snapshot
	// Begin empties all tables and lays aside, until End, what would object to
	// rows that come in any order: triggers and references.
	Begin(ctx context.Context) error
	// Copy adds rows in the form of COPY.
	Copy(ctx context.Context, t Table, rows []byte) error
	// End sets the sequences, checks every reference and has triggers and
	// references stand as before.
	End(ctx context.Context, s []Sequence) error
	// Ledgers holds every ledger against its chain and its newest signed head,
	// with the text of the key that signed it; no text, no signatures. Refused
	// backup.ledger names the ledger and its first bad record.
	Ledgers(ctx context.Context, key string) (records int64, err error)
	// Raise gives every ledger a new epoch, at least this one.
	Raise(ctx context.Context, epoch int64) error
}

// Audit notes what people did.
type Audit interface {
	Record(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) error
}
