package printing

import "time"

// Document (单据) is what stands on paper, from top to bottom.
type Document struct {
	Title    string // large, on the first page; also the PDF's title
	Subtitle string // below it; "" for none

	// The head of every page.
	Contest string
	Event   string
	Number  string // the document's number; "" for none
	Code    string // what the QR code says; "" for none. Short: it is read from scans
	Mark    string // framed in the head, such as 演练; "" for none

	// The foot of every page.
	Note      string    // such as the place in the ledger; "" for none
	PrintedAt time.Time // shown in Zone; zero shows nothing
	Zone      *time.Location
	Initials  []string // who signs at the foot of each page that has no Signatures

	// Anchored puts a mark into each corner and the page's number into its code, and writes the plan of the pages into
	// the PDF: for forms that come back as photographs. It needs a Code.
	Anchored bool

	Landscape bool
	Blocks    []Block
}

// Block is one part of a document.
type Block interface {
	place(l *layout, next Block)
}

// Heading (小标题) starts a part; it stays with what follows.
type Heading string

// Paragraph (段落) is running text; line breaks in it are kept.
type Paragraph struct {
	Text   string
	Size   float64 // points; 0 is 10
	Bold   bool
	Center bool
	Grey   bool
}

// Fact (项) is a name and its value.
type Fact struct{ Name, Value string }

// Facts (基本信息) are shown two in a row; a value too long for half a line gets one of its own.
type Facts []Fact

// Gap (空) is empty space in millimetres.
type Gap float64

// Break (换页) starts a new page.
type Break struct{}

// Align says where a cell's text stands.
type Align uint8

// Where a cell's text stands.
const (
	Left Align = iota
	Center
	Right
)

// Column (列) is one column of a table.
type Column struct {
	Head  string
	Share float64 // of the width, against the other columns; 0 is 1
	Min   float64 // millimetres that it gets at least
	Align Align
	Bold  bool
}

// Row (行) is one row of a table. Cells beyond the columns are an error.
type Row struct {
	Cells []string
	Bold  bool // a sum or a group's name
	Shade bool
	// Names name cells for the plan of an anchored document, by column; "" names none.
	Names []string
}

// Table (表) goes on over pages, with its head on each.
type Table struct {
	Columns []Column
	Rows    []Row
	Height  float64 // of a row at least, in millimetres: for writing by hand
	Size    float64 // points; 0 is 9
}

// Signer (签名) is a line to sign on.
type Signer struct {
	Role  string
	Name  string // printed beside the line; "" leaves it to the hand
	Times int    // how many lines; 0 is 1
}

// Signatures (签名栏) is the place to sign, in two columns, each line with a date. It is never split, and stays with
// the last row of a table before it.
type Signatures struct {
	Text    string // what they sign for; "" for none
	Signers []Signer
}

// Label (标签) is a sticker: a QR code with a large and a small text.
type Label struct {
	Code  string
	Big   string
	Small string
}

// Labels (标签页) are stickers with lines to cut along, three in a row.
type Labels []Label
