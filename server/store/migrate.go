package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"jiangtai/schemas"
	"jiangtai/server/fault"
)

// migrationLockWait is how long a migration waits for somebody's table before it
// gives up, instead of holding up everybody behind it.
const migrationLockWait = 10 * time.Second

// Migrate brings the database to the version of this program. Each migration is
// a transaction of its own, and one program migrates at a time, others wait. A
// database newer than the program is refused with store.newer, and nothing is
// written.
func (d *DB) Migrate(ctx context.Context) error {
	files, err := fs.Sub(schemas.Migrations, "migrations")
	if err != nil {
		return err
	}
	return d.migrate(ctx, files, 0)
}

// MigrateTo is Migrate to a version that this program knows, for data of an older
// one that is to be put back; 0 is the newest. A database that is beyond it is
// refused with store.newer, like a version beyond the program.
func (d *DB) MigrateTo(ctx context.Context, version int64) error {
	files, err := fs.Sub(schemas.Migrations, "migrations")
	if err != nil {
		return err
	}
	return d.migrate(ctx, files, version)
}

func (d *DB) migrate(ctx context.Context, files fs.FS, to int64) error {
	// Its own connections: an index over years of records takes more than 5 s.
	db := sql.OpenDB(d.connector(limits{lock: migrationLockWait}))
	defer db.Close()
	db.SetMaxOpenConns(2)

	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300), lock.WithUnlockTimeout(1, 10))
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files,
		goose.WithSessionLocker(locker), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	// Before goose makes anything: its own table may be the newer program's.
	current, err := version(ctx, db)
	if err != nil {
		return Fault(err, "read the version of the database")
	}
	sources := provider.ListSources()
	newest := sources[len(sources)-1].Version
	if to == 0 {
		to = newest
	}
	if current > to || to > newest {
		return fault.New(fault.Refused, "store.newer",
			fault.At("version", "store.newer", strconv.FormatInt(max(current, to), 10)+" > "+strconv.FormatInt(min(to, newest), 10)))
	}
	if _, err := provider.UpTo(ctx, to); err != nil {
		var partial *goose.PartialError
		if errors.As(err, &partial) {
			return Fault(err, "migrate to "+partial.Failed.Source.Path)
		}
		return Fault(err, "migrate")
	}
	return nil
}

const (
	versionTableSQL = `SELECT to_regclass('goose_db_version') IS NOT NULL`
	versionSQL      = `SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied`
)

func version(ctx context.Context, db *sql.DB) (v int64, err error) {
	var exists bool
	if err := db.QueryRowContext(ctx, versionTableSQL).Scan(&exists); err != nil || !exists {
		return 0, err
	}
	err = db.QueryRowContext(ctx, versionSQL).Scan(&v)
	return v, err
}
