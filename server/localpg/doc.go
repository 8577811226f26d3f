// Package localpg starts the program's own PostgreSQL, so that one binary and
// one folder are a whole installation, and keeps it running.
//
// It promises:
//   - a database of yours is never deleted: a data directory of another major
//     version, of an unknown kind or in use by someone else is refused in words;
//   - what was committed survives: fsync, synchronous_commit and
//     full_page_writes are set on the command line, where no configuration file
//     overrides them (Volatile, for tests, is the only way out, and store
//     refuses such a server unless it is told otherwise);
//   - nobody but the user it runs as can reach it: a Unix socket in a folder
//     closed to others, scram-sha-256, a random password in a file of mode
//     0600; no TCP port, except on Windows (127.0.0.1, a port of chance);
//   - a PostgreSQL that dies is started again, without end;
//   - nothing stays behind: Close stops it, and a killed server takes its
//     PostgreSQL along.
//
// It imports nothing of ours, and no SQL driver: readiness is read from
// postmaster.pid as pg_ctl does, and the database and the password are made
// with PostgreSQL's single-user mode.
//
// Layout of the folder Config.Data:
//
//	postgres/          the data directory, complete from the moment it has this name
//	postgres.new/      an initdb that has not finished; made anew at the next start
//	postgres.password  of the one role, mode 0600; lost, it is set anew
//	postgres.log       what PostgreSQL says; postgres.log.1 is the one before
//	postgres.lock      locked while a server uses the folder
//	postgres.run/      the socket, unless the path is too long for one
//	postgres.bin/      binaries, where none were installed
//
// Decisions:
//
//   - The parent-death signal of Linux belongs to a thread, not to a process:
//     the goroutine that starts PostgreSQL holds its thread until PostgreSQL has
//     ended. The signal is SIGINT, a fast shutdown: nothing to replay next time.
//     macOS has no such signal; there, as anywhere, a start that finds a
//     PostgreSQL left over in its folder stops it first. It can be no one
//     else's: the lock says so. On Windows a job object closes with its owner.
//   - PostgreSQL has a process group of its own: Ctrl-C in a terminal is for
//     the server, which stops its database last.
//   - As root, which PostgreSQL refuses, it runs as the owner of the data
//     directory, else postgres, else nobody. Folders above that are closed to
//     that user get the bit to pass through (o+x, never to list), if root owns
//     them; anything else is an error that says what to do.
//   - A path of a socket is at most 107 bytes (103 on macOS). For longer ones
//     the folder is made in the directory for temporary files, named by a hash
//     of the data directory, accepted only with the right owner and mode.
//   - A stale postmaster.pid is PostgreSQL's own affair except for a number that
//     the system gave to another process since (usual in containers, where
//     numbers start at 1 again): that file is removed, and only when no
//     PostgreSQL works in the directory.
//   - After kill -9 of the postmaster its children hold the shared memory, and a
//     new one refuses to start; on Linux they are found by their working
//     directory and ended, elsewhere the start is tried until they are gone.
//   - The log is terse and without statements: a DETAIL line quotes the values
//     of a row, and a log is no place for people's data.
//   - embedded-postgres is used to download only. It has no call for that; its
//     Start, given a data path that it refuses to clear, ends right after
//     unpacking, before it runs anything.
//   - The locale is C in UTF-8: indexes survive a new libc; who sorts Chinese
//     names sorts by their pinyin column.
package localpg
