// Package backupstore reads a whole database of PostgreSQL and fills an empty
// one.
//
// It promises:
//   - a snapshot is one REPEATABLE READ transaction, read only;
//   - its tables are those of the catalogue: what a migration adds tomorrow is in
//     the backup without a line here. What a backup could not carry (partitioned
//     or foreign tables, materialized views, large objects) is refused, not left
//     out;
//   - filling is one transaction, after which every trigger and every reference
//     stands as it stood before, and every reference has been checked.
//
// It may import backup, store, ledger and fault, and it is one of the rooms in
// which SQL lives: sqlx's place is taken by database/sql, since tables here have
// no types.
//
// Decisions:
//
//   - lib/pq has no COPY TO. Columns are read as PostgreSQL's own text, with the
//     settings that this text depends on fixed for the transaction, and go back
//     through COPY FROM, which takes what a column GENERATED ALWAYS refuses to
//     an INSERT.
//   - Connections are of their own and few: a backup must not take one from a
//     judge, and its statements take longer than the 5 s that others have.
//   - Triggers are laid aside by name, not with session_replication_role, which
//     needs a superuser; references are deferred, not dropped, so that a mistake
//     here cannot lose one. Both are compared with what was there before.
//   - The one shape that is known here are the ledgers: rows that cannot be read
//     by their meaning must at least be whole, and of these we know what whole
//     is.
package backupstore
