package form

import (
	"fmt"
	"strconv"
	"strings"

	"jiangtai/scoring"
)

// Cell (格) is which mark a cell of a form holds; the chair is its document's. Attempt 0 is all attempts of an aspect in
// one cell. The zero Cell is none.
type Cell struct {
	Work, Aspect string
	Attempt      uint8
}

// Name is what a printed form calls the cell; "" for none.
func (c Cell) Name() string {
	if c == (Cell{}) {
		return ""
	}
	return c.Aspect + "|" + strconv.Itoa(int(c.Attempt)) + "|" + c.Work
}

// Parse reads a Name.
func Parse(name string) (Cell, bool) {
	parts := strings.SplitN(name, "|", 3)
	if len(parts) != 3 || parts[0] == "" || parts[2] == "" {
		return Cell{}, false
	}
	attempt, err := strconv.ParseUint(parts[1], 10, 8)
	return Cell{Work: parts[2], Aspect: parts[0], Attempt: uint8(attempt)}, err == nil
}

// Place is an aspect in one attempt, as a blank sheet has a place for it.
type Place struct {
	scoring.Pad
	Attempt uint8
}

// Title is the head of the place.
func (p Place) Title() string {
	if p.Attempts > 1 {
		return fmt.Sprintf("%s 第%d次", p.Code, p.Attempt)
	}
	return p.Code
}

// Places are those of aspects, in their order.
func Places(aspects []scoring.Pad) []Place {
	var out []Place
	for _, a := range aspects {
		for n := 1; n <= max(1, a.Attempts); n++ {
			out = append(out, Place{a, uint8(n)})
		}
	}
	return out
}
