package excel

import (
	"strconv"
	"strings"
)

// Fault is one place and what is wrong there.
type Fault struct {
	Place string // sheet:row:column (报名表:5:E), sheet:row, or a part's name
	Row   int    // 0 where no row is meant
	Code  string // excel.…
	Hint  string
}

// Error is a file that cannot be read at all.
type Error struct {
	// IsType says that it is another kind of file, not a bad one of this kind.
	IsType bool
	Faults []Fault
}

// Error lists the codes.
func (e *Error) Error() string {
	var b strings.Builder
	for i, f := range e.Faults {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(f.Code + " " + f.Place)
	}
	return b.String()
}

func broken(code, place, hint string) error {
	return &Error{Faults: []Fault{{Place: place, Code: code, Hint: hint}}}
}

// PlaceOf is sheet:row:column, with the column's letters as Excel shows them;
// column 0 leaves it out.
func PlaceOf(sheet string, row, column int) string {
	at := sheet + ":" + strconv.Itoa(row)
	if column > 0 {
		at += ":" + Letters(column)
	}
	return at
}

// Letters are a column's: 1 is A, 27 is AA.
func Letters(column int) string {
	var out []byte
	for ; column > 0; column = (column - 1) / 26 {
		out = append([]byte{byte('A' + (column-1)%26)}, out...)
	}
	return string(out)
}

// reference reads B12 as row 12, column 2; false for what is none.
func reference(ref string) (row, column int, ok bool) {
	i := 0
	for ; i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z' && i < 4; i++ {
		column = column*26 + int(ref[i]-'A') + 1
	}
	row, err := strconv.Atoi(ref[i:])
	return row, column, err == nil && i > 0 && row > 0
}
