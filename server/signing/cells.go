package signing

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jiangtai/scoring"
	"jiangtai/server/contest"
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

// ParseCell reads a Name.
func ParseCell(name string) (Cell, bool) {
	parts := strings.SplitN(name, "|", 3)
	if len(parts) != 3 || parts[0] == "" || parts[2] == "" {
		return Cell{}, false
	}
	attempt, err := strconv.ParseUint(parts[1], 10, 8)
	return Cell{Work: parts[2], Aspect: parts[0], Attempt: uint8(attempt)}, err == nil
}

// Paper finds a document of an event by its id, with the PDF that was printed. It asks for no permission: it is for rooms
// to which somebody brings the paper. Missing signing.missing.
func (d *Desk) Paper(ctx context.Context, event, id contest.ID) (Document, []byte, error) {
	list, err := d.cfg.Store.ListDocuments(ctx, event)
	if err != nil {
		return Document{}, nil, err
	}
	i := slices.IndexFunc(list, func(doc Document) bool { return doc.ID == id })
	if i < 0 {
		return Document{}, nil, errMissing
	}
	pdf, err := d.cfg.Store.PDF(ctx, id)
	return list[i], pdf, err
}

// tried is an aspect in one attempt, as a blank sheet has a place for it.
type tried struct {
	scoring.Pad
	attempt uint8
}

// title is the head of its place.
func (t tried) title() string {
	if t.Attempts > 1 {
		return fmt.Sprintf("%s 第%d次", t.Code, t.attempt)
	}
	return t.Code
}

func triedOf(aspects []scoring.Pad) []tried {
	var out []tried
	for _, a := range aspects {
		for n := 1; n <= max(1, a.Attempts); n++ {
			out = append(out, tried{a, uint8(n)})
		}
	}
	return out
}
