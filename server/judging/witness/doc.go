// Package witness remembers outside the database which heads of ledgers were told to
// anybody (见证), so that a restored backup is seen at the next start.
//
// It promises that the file is whole at any time: it is written beside and renamed. A
// line that cannot be read is an error and no empty file, because it is evidence.
//
// It may import contest, scoring and ledger.
package witness
