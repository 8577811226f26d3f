package store

import (
	"context"
	"io/fs"
	"time"
)

// MigrateFrom is Migrate with other files.
func (d *DB) MigrateFrom(ctx context.Context, files fs.FS) error { return d.migrate(ctx, files, 0) }

// WithSilence is Options with another patience for a dead network.
func WithSilence(o Options, silence time.Duration) Options {
	o.silence = silence
	return o
}

// CheckServer is the check of a server of that version with everything on.
func CheckServer(version int) error {
	return checkServer(serverSettings{fsync: "on", synchronousCommit: "on", fullPageWrites: "on", version: version})
}
