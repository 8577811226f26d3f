package worldsheet_test

import (
	"strings"
	"testing"

	"jiangtai/scoring/scheme"
	"jiangtai/server/programme/programmeweb/marktable"
	"jiangtai/server/programme/programmeweb/worldsheet"
)

// Whatever stands in a sheet: it is refused, or becomes a scheme that compiles, and
// every cell that is named is in the sheet.
func FuzzRead(f *testing.F) {
	f.Add(strings.Join(whole, "\n"))
	f.Add(titles + "\nA1|x\n|||J|Look||a\\nb\\nc\\nd||||2\n|||||0|bad\nA1|y\n|||M|Gap||deduct 1 for each|20 ±0.05|1||2")
	f.Add("Section|Name|WSSS Marks\n1|a|2\n1|b|3\n" + titles + "\nA1|x\n|||M|a|||9 to 10|WSSS 1||2|Criterion B|Total Mark|3")
	f.Fuzz(func(t *testing.T, text string) {
		g := &marktable.Grid{Name: "Import", Letters: true}
		for line := range strings.SplitSeq(text, "\n") {
			var row []marktable.Cell
			for cell := range strings.SplitSeq(line, "|") {
				row = append(row, marktable.Cell{Text: strings.ReplaceAll(cell, `\n`, "\n")})
			}
			g.Rows = append(g.Rows, row)
		}
		r, err := worldsheet.Read([]*marktable.Grid{g})
		if err != nil {
			return
		}
		if _, err := scheme.Parse(r.Text); err != nil {
			t.Error(err)
		}
		for _, u := range append(r.Unread, r.Notes...) {
			if u.Why == "" || u.Row < 1 || u.Row > len(g.Rows) || u.Column == "" {
				t.Errorf("%+v", u)
			}
		}
	})
}
