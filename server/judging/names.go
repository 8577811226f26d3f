package judging

import (
	"log/slog"

	"jiangtai/server/judging/clerk"
	"jiangtai/server/judging/witness"
	"jiangtai/server/ledger"
)

// What the desk shares with its clerks and their stores: see package clerk.
type (
	// Ledgers stores ledgers.
	Ledgers = clerk.Ledgers
	// State is a ledger's head.
	State = clerk.State
	// Batch is what one commit adds to a ledger.
	Batch = clerk.Batch
	// Line is one stored record.
	Line = clerk.Line
	// Text is a remark or reason of a mark (评语、理由).
	Text = clerk.Text
	// Refusal is a number of a device that a refused mark has filled.
	Refusal = clerk.Refusal
	// Witness remembers heads outside the database.
	Witness = clerk.Witness
	// HeadFile is a Witness in a file.
	HeadFile = witness.File
	// Outcome is the answer to one mark: a receipt, or a fault.
	Outcome = clerk.Outcome
	// Receipt (回执) says that a record is durable; its JSON is the same bytes
	// each time.
	Receipt = ledger.Receipt
)

// What a ledger store answers beside the faults of the base.
var (
	// ErrMoved says that the ledger's head is not the expected one.
	ErrMoved = clerk.ErrMoved
	// ErrKnownMark says that a mark id of the batch is in another ledger.
	ErrKnownMark = clerk.ErrKnownMark
)

// OpenHeadFile reads the file, or begins one; see package witness.
func OpenHeadFile(path string, log *slog.Logger) (*HeadFile, error) {
	return witness.Open(path, log)
}
