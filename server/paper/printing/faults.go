package printing

import (
	"errors"
	"fmt"
)

// ErrNoFonts says that the program was built without its fonts (`make build` brings them).
var ErrNoFonts = errors.New("printing: the fonts are not built in")

// ErrTooLong says that a QR code cannot hold its text, or a table has a row with more cells than columns.
var ErrTooLong = errors.New("printing: too much for its place")

// MissingGlyph (缺字) is a character that no font has. Nothing was printed.
type MissingGlyph struct{ Rune rune }

// Error names the character.
func (e *MissingGlyph) Error() string { return fmt.Sprintf("printing: no font has U+%04X", e.Rune) }
