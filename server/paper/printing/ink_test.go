package printing

import (
	"bytes"
	"slices"
	"testing"
)

func signedList(rows int) Document {
	d := list(rows)
	d.Initials = nil
	d.Blocks[len(d.Blocks)-1] = Ink{
		Text: "以上评分由本人独立给出，核对无误。", Who: "评分裁判　方志明", Notes: []string{"现场裁判组 第 1 席", "2026-05-12 16:30:05"},
		Width: 600, Height: 240, Lines: [][]Dot{{{10, 20}, {300, 120}, {590, 200}}, {{40, 40}}, {}},
	}
	return d
}

func inks(pages []*page) []mark {
	var out []mark
	for _, p := range pages {
		for _, m := range p.marks {
			if m.kind == markInk {
				out = append(out, m)
			}
		}
	}
	return out
}

// A signature stands once, whole on one page inside of its frame, wherever the table ends.
func TestInkStandsWhole(t *testing.T) {
	for rows := 1; rows <= 60; rows++ {
		pages := lay(t, signedList(rows))
		found := inks(pages)
		if len(found) != 1 {
			t.Fatalf("%d rows: %d signatures", rows, len(found))
		}
		m, last := found[0], pages[len(pages)-1]
		if m.y+m.h > pageLong-marginBottom-footHeight || m.x+m.w > pageShort-marginSide {
			t.Errorf("%d rows: it leaves the page: %+v", rows, m)
		}
		if !last.signed || !slices.ContainsFunc(last.marks, func(o mark) bool { return o.kind == markInk }) {
			t.Errorf("%d rows: it is not on the last page", rows)
		}
	}
}

// The strokes are in the PDF and the same each time; a pad without a size draws none.
func TestInkIsDrawn(t *testing.T) {
	p := press(t)
	d := signedList(3)
	with, err := p.Print(d)
	if err != nil {
		t.Fatal(err)
	}
	again, err := p.Print(d)
	if err != nil || !bytes.Equal(with, again) {
		t.Errorf("%v: the same signature is drawn otherwise", err)
	}
	ink := d.Blocks[len(d.Blocks)-1].(Ink)
	ink.Lines = nil
	d.Blocks[len(d.Blocks)-1] = ink
	without, err := p.Print(d)
	if err != nil || len(without) >= len(with) {
		t.Errorf("%v: strokes add nothing: %d and %d bytes", err, len(without), len(with))
	}
	ink.Width = 0
	d.Blocks[len(d.Blocks)-1] = ink
	if _, err := p.Print(d); err != nil {
		t.Error(err)
	}
}
