package cells

import (
	"errors"
	"fmt"
)

// What keeps a picture from being cut.
var (
	ErrFile        = errors.New("cells: no JPEG or PNG that can be read")
	ErrTooLarge    = errors.New("cells: the file is too large")
	ErrTooManyDots = errors.New("cells: the picture has too many dots")
	ErrTooFewDots  = errors.New("cells: the picture has too few dots")
	ErrNoCode      = errors.New("cells: no QR code of a form can be read")
	ErrNoAnchors   = errors.New("cells: the corner marks are not to be seen, or the page lies in folds")
)

// Corner (角) is a corner of a page as it is read.
type Corner uint8

// The corners, in the order of a plan.
const (
	UpperLeft Corner = iota
	UpperRight
	LowerRight
	LowerLeft
)

// String names the corner.
func (c Corner) String() string {
	return [...]string{"upper left", "upper right", "lower right", "lower left"}[c]
}

// MissingAnchor (缺定位块) says which corner is covered, cut off or out of focus.
type MissingAnchor struct{ Corner Corner }

// Error names the corner.
func (e *MissingAnchor) Error() string {
	return fmt.Sprintf("cells: no mark in the %s corner", e.Corner)
}
