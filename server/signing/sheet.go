package signing

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"jiangtai/server/signing/form"
	"jiangtai/server/signing/strokes"
)

// Sheet (表) is what stands on a paper, in words. Equal content has an equal
// digest, whenever and by whomever it is printed.
type Sheet struct {
	Title    string   `json:"title"`
	Subtitle string   `json:"subtitle,omitempty"`
	Contest  string   `json:"contest"`
	Event    string   `json:"event"`
	Mark     string   `json:"mark,omitempty"` // 演练, 演示
	Facts    []Fact   `json:"facts,omitempty"`
	Parts    []Part   `json:"parts,omitempty"`
	Notes    []string `json:"notes,omitempty"`
	Text     string   `json:"text,omitempty"` // what the signers sign for
	Signers  []Signer `json:"signers,omitempty"`
	Initials []string `json:"initials,omitempty"`
	Labels   []Label  `json:"labels,omitempty"`
	Wide     bool     `json:"wide,omitempty"`
	Names    bool     `json:"names,omitempty"` // it holds names of contestants
	Anchored bool     `json:"-"`               // a form whose photographs are cut by its cells
}

// Fact is a name and its value.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Part is a table with its heading. A part of its own page begins a new one.
type Part struct {
	Heading string     `json:"heading,omitempty"`
	Columns []Column   `json:"columns"`
	Rows    [][]string `json:"rows"`
	Tall    bool       `json:"tall,omitempty"` // rows to write in by hand
	Page    bool       `json:"page,omitempty"` // begins a new page
	// Cells are which mark stands, or is to be written, in which cell: by row and column, the zero one for none. They
	// say where and not what, so no digest holds them.
	Cells [][]form.Cell `json:"-"`
}

// Column is a column of a part.
type Column struct {
	Head   string `json:"head"`
	Weight int    `json:"weight,omitempty"` // of the width that is left; 0: as narrow as its head asks
	Number bool   `json:"number,omitempty"` // stands to the right
	Bold   bool   `json:"bold,omitempty"`
}

// Signer is a line to sign on.
type Signer struct {
	Role  string `json:"role"`
	Name  string `json:"name,omitempty"`
	Times int    `json:"times,omitempty"`
}

// Label is a sticker.
type Label struct {
	Code  string `json:"code"`
	Big   string `json:"big"`
	Small string `json:"small"`
}

// Stamp is what a document adds to its sheet.
type Stamp struct {
	Number string
	Code   string // of the QR code
	Note   string // the place in the ledger
	At     time.Time
	Ink    *Inked // the signature on a screen; nil: lines for the hand
}

// Inked is a signature as it stands on the page that it closes.
type Inked struct {
	Role    string
	Name    string
	Place   string // the chair; "" for an account
	At      time.Time
	Given   time.Time // by the tablet's clock; zero: not told
	Shown   Sum
	Strokes strokes.Strokes
}

// digest is the sum of what the sheet says.
func (s Sheet) digest() Sum {
	raw, err := json.Marshal(s)
	if err != nil {
		panic(fmt.Sprintf("signing: a sheet of texts does not encode: %v", err)) // it holds strings and booleans only
	}
	return sha256.Sum256(raw)
}
