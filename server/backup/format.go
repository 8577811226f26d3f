package backup

import (
	"time"
)

// format is the number of the layout that this program writes and reads.
const format = 1

// Names of the entries in a backup.
const (
	headEntry    = "head.json"
	closingEntry = "closing.json"
	filePrefix   = "files/"
	tablePrefix  = "tables/"
)

// Reason is why a backup was made (缘由); it is part of its file's name.
type Reason string

// The reasons. All but Manual are the program's own.
const (
	Manual        Reason = "manual"
	BeforeLock    Reason = "lock"
	BeforeUnseal  Reason = "unseal"
	BeforePublish Reason = "publish"
)

// Head is a backup's first entry (备份头): what it holds and where it came from.
type Head struct {
	Format  int       `json:"format"`
	Program string    `json:"program"` // the version that wrote it
	Reason  Reason    `json:"reason"`
	TakenAt time.Time `json:"taken_at"`
	Catalogue
}

// Catalogue is the shape of a database: the version of its schema, its tables
// and sequences.
type Catalogue struct {
	Schema    int64      `json:"schema"` // of the newest migration
	Tables    []Table    `json:"tables"`
	Sequences []Sequence `json:"sequences"`
}

// Table is a table with the columns that hold data, in the order in which rows
// are written. Tables stand after those that they refer to, as far as that goes.
type Table struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
}

// Column is a column by its name and PostgreSQL's name of its type.
type Column struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// Sequence is how far a sequence has counted.
type Sequence struct {
	Name     string `json:"name"`
	Value    int64  `json:"value"`
	IsCalled bool   `json:"is_called"`
}

// Closing is a backup's last entry: what was in it, to be held against what is.
type Closing struct {
	Head   string        `json:"head"` // SHA-256 of the first entry, hexadecimal
	Files  []FileTotals  `json:"files"`
	Tables []TableTotals `json:"tables"`
}

// Rows is the number of rows in all tables.
func (c Closing) Rows() int64 {
	var n int64
	for _, t := range c.Tables {
		n += t.Rows
	}
	return n
}

// FileTotals is a file's sum.
type FileTotals struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// TableTotals is what a table amounts to: its rows, the sum of its text, and the
// sum of its rows' hashes, which does not depend on their order.
type TableTotals struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
	Sum    string `json:"sum"`
}

// File is a file of the data folder that travels along, by its path below it
// with slashes.
type File struct {
	Name string
	Data []byte
}
