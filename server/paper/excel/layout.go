package excel

// Kind is what a column holds.
type Kind uint8

// The kinds of column.
const (
	Text    Kind = iota
	Number       // an ID number and the like: text of digits, never a number, which has 15 digits only
	Integer      // 0 and up
	Date         // given as 2026-05-18
	Choice       // one of Options
)

// Option is one choice: the value, and the word that people see.
type Option struct{ Value, Word string }

// Column is one column of a layout.
type Column struct {
	Key      string // of the values
	Title    string // in the header; unique
	Kind     Kind
	Required bool // empty cells are faults
	Later    bool // came after sheets were given out: one without the column is as one with empty cells
	Options  []Option
	Example  string // as a person would type it
	Note     string // for the sheet of explanations
	Width    int    // in characters; 0: 14
}

// Layout is what a sheet must look like: a header with these columns in any
// order, behind the column 序号.
type Layout struct {
	Sheet   string
	Columns []Column
}

// The columns and words that belong to every layout.
const (
	markTitle    = "序号"
	markExample  = "示例"
	problemTitle = "问题（系统填写）"
)

func (l Layout) byTitle() map[string]int {
	out := map[string]int{}
	for i, c := range l.Columns {
		out[c.Title] = i
	}
	return out
}

// Row is one row of values, by the columns' keys. Every key is there; what could
// not be read is "", and told by a fault.
type Row struct {
	Number int
	Values map[string]string
	Raw    []string // as it was typed, by the layout's columns
}

// Table is a sheet read against a layout.
type Table struct {
	Sheet  string
	Rows   []Row
	Faults []Fault
	Notes  []Fault // what was taken out or rewritten without harm
	places map[string]int
}

// Place is where a row's column stands, for faults of the caller's own; an
// unknown key gives the row.
func (t Table) Place(row int, key string) string {
	return PlaceOf(t.Sheet, t.Rows[row].Number, t.places[key])
}
