// Package backup makes whole copies of an installation and puts them back (备份):
// one file has the database as it was at one moment, the keys that open what is
// sealed in it, and the heads that the ledgers had told.
//
// It promises:
//   - a backup is one snapshot: every row in it was there at the same moment,
//     however many marks come in meanwhile, and every table is in it, because
//     the list is the database's own catalogue and never a list of ours;
//   - nothing is put back before the whole file has been read and every sum in
//     it agrees: a damaged file, half a file and a wrong passphrase are told
//     apart and touch nothing;
//   - it is put back into an empty database only, in one transaction, in which
//     the tables are read again and held against the sums, and every ledger
//     against its chain and its signed head: all of it or nothing;
//   - after that every ledger has a new epoch, so that no reader takes the
//     restored history for the one he knew;
//   - keys never lie in a file in the clear, unless somebody asked for that by
//     name.
//
// It may import contest, scoring, ledger and fault, and the age library. SQL is
// in backupstore, behind the ports Source and Target; HTTP is in backupweb.
//
// Decisions:
//
//   - The file is a tar of texts, gzipped, closed with age: three formats with
//     tools of their own everywhere. `age -d FILE | tar tz` lists it without this
//     program, and a table is what PostgreSQL's COPY reads.
//   - A table is cut into pieces of some megabytes, since a tar wants to know
//     sizes beforehand; written one after the other they are the table. The
//     first entry says what comes, the last one how much it was: a file without
//     its last entry is half a file.
//   - Two sums a table: SHA-256 of its text, which anybody can check, and the sum
//     of its rows' hashes, which does not depend on their order and so can be
//     computed from the restored table.
//   - gzip at its fastest: half of what is written are hashes, which nothing
//     compresses, and the judges wait for the other core.
//   - Copies that the server makes by itself are closed for its own key
//     (keys/backup.key) unless a passphrase is configured: they are for
//     mistakes, stay on the machine, and lie open to nobody who copies the
//     folder. A passphrase is for the machine's loss.
//   - Who asks for a copy while one is being made shares the next one with all
//     who wait, and a copy that was finished two minutes ago is still good
//     before an act: on the evening when a hundred events lock, a hundred copies
//     would keep the machine from its judges.
package backup
