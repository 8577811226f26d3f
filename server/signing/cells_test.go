package signing_test

import (
	"encoding/json"
	"strings"
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/signing"
	"jiangtai/server/signing/signingtest"
)

// A form knows which mark each of its cells holds, and what it says does not change with that.
func TestFormsKnowTheirCells(t *testing.T) {
	r := newTeams(t)
	for kind, attempt := range map[signing.Kind]uint8{signing.BlankSheet: 1, signing.MarkSheet: 0} {
		s := printed(t, r, signingtest.Chief, signing.Of{Kind: kind, Chair: 1})
		if !s.Anchored {
			t.Errorf("%s has no anchors", kind)
		}
		cells := 0
		for _, p := range s.Parts {
			if p.Cells == nil {
				continue
			}
			if len(p.Cells) != len(p.Rows) {
				t.Fatalf("%s, %s: %d rows, cells of %d", kind, p.Heading, len(p.Rows), len(p.Cells))
			}
			for i, row := range p.Cells {
				for _, c := range row {
					if c.Aspect == "" {
						continue
					}
					cells++
					if c.Work != p.Rows[i][0] || c.Attempt != attempt {
						t.Errorf("%s: the row of %s has a cell of %+v", kind, p.Rows[i][0], c)
					}
				}
			}
		}
		if cells != 6 {
			t.Errorf("%s has %d cells, want those of four persons and two teams", kind, cells)
		}
		raw, err := json.Marshal(s)
		if err != nil || strings.Contains(strings.ToLower(string(raw)), `"cells"`) || strings.Contains(strings.ToLower(string(raw)), "anchor") {
			t.Errorf("%s: what is digested says where cells are: %s %v", kind, raw, err)
		}
	}
	if s := printed(t, r, signingtest.Chief, signing.Of{Kind: signing.ResultList}); s.Anchored {
		t.Error("a result list is no form")
	}
}

func TestAPaperIsFoundByItsId(t *testing.T) {
	r := newTeams(t)
	doc, err := r.Desk.Print(t.Context(), signingtest.Chief, signingtest.Event, signing.Of{Kind: signing.BlankSheet, Chair: 1})
	if err != nil {
		t.Fatal(err)
	}
	if got, pdf, err := r.Paper(t.Context(), signingtest.Event, doc.ID); err != nil || got.Number != doc.Number || len(pdf) == 0 {
		t.Errorf("%+v, %d bytes, %v", got, len(pdf), err)
	}
	if _, _, err := r.Paper(t.Context(), signingtest.Event, contest.ID{7}); fault.Code(err) != "signing.missing" {
		t.Errorf("of nobody's id: %v", err)
	}
	if _, _, err := r.Paper(t.Context(), contest.ID{9}, doc.ID); fault.Code(err) != "signing.missing" {
		t.Errorf("of another event: %v", err)
	}
}
