package marktable_test

import (
	"encoding/json"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/programme/programmeweb/marktable"
)

// edit is what a person types into a cell instead of what stands there.
type edit struct {
	row, column int // from 1, of the file
	text        string
}

// edits are what the sheets need that are not read unaided.
var edits = map[string][]edit{
	"01-welding-plate.docx": {{7, 5, "每2mm扣1分，扣完为止；深度超过0.5mm不得分"}},
	"14-housekeeping.docx":  {{15, 1, "每超过10秒扣2分；超过1分钟终止比赛"}},
	"28-painting.xlsx":      {{9, 5, "每超5分钟扣2分，扣完为止"}},
}

// kinds are the kinds of some sheets' aspects, in order: a sheet that compiles but
// is read as something else is not read.
var kinds = map[string]string{
	"01-welding-plate.docx":      "deductions/deductions/table/table/table/points/limits/limits/yes_no/grades/deductions/gate",
	"02-turning.xlsx":            "excess/excess/limits/limits/excess/limits/yes_no/yes_no/excess/tolerance/limits/tolerance/excess/deductions/deductions",
	"04-electrical-control.xlsx": "deductions/deductions/deductions/deductions/penalty",
	"06-cooking.docx":            "grades/grades/grades/grades/grades",
	"17-robot.xlsx":              "yes_no/yes_no/yes_no/deductions/table/deductions/points/deductions/deductions",
	"24-crane.docx":              "deductions/excess/deductions/deductions/deductions/deductions/gate",
	"27-pastry.xlsx":             "grades/grades/grades/grades/grades/gate",
	"30-surveying.docx":          "deductions/deductions/deductions/deductions/yes_no/excess/gate/gate",
}

func compiled(t *testing.T, name string, grids []*marktable.Grid) (*marktable.Result, *scheme.Scheme) {
	t.Helper()
	r, err := marktable.Read(grids)
	if err != nil {
		t.Fatal(name, err)
	}
	s, err := scheme.Parse(r.Text)
	if err != nil {
		t.Fatal(name, err)
	}
	if _, err := scoring.Compile(s); err != nil {
		t.Fatal(name, err)
	}
	return r, s
}

// Of thirty sheets after the manner of published ones seven in ten are read
// unaided, and all others after five edits at most.
func TestThirtySheets(t *testing.T) {
	unaided := 0
	for _, s := range sheets(t) {
		grids, err := marktable.Open(t.Context(), s.file(t))
		if err != nil {
			t.Fatal(s.name, err)
		}
		r, read := compiled(t, s.name, grids)
		if read.Name.Zh != s.title || len(r.Skipped) != 0 {
			t.Errorf("%s: %s, %v", s.name, read.Name.Zh, r.Skipped)
		}
		if want, ok := kinds[s.name]; ok {
			if got := kindsOf(read); got != want {
				t.Errorf("%s: %s, want %s", s.name, got, want)
			}
		}
		needed := edits[s.name]
		if len(r.Unread) == 0 {
			unaided++
		} else if len(needed) == 0 {
			t.Errorf("%s: %+v", s.name, r.Unread)
		}
		if len(needed) > 5 || len(needed) > 0 && len(r.Unread) == 0 {
			t.Errorf("%s: %d edits", s.name, len(needed))
		}
		for _, e := range needed {
			grids[0].Rows[e.row-1][e.column-1].Text = e.text
		}
		if r, _ := compiled(t, s.name, grids); len(r.Unread) != 0 {
			t.Errorf("%s after its edits: %+v", s.name, r.Unread)
		}
	}
	t.Logf("%d of 30 unaided", unaided)
	if unaided < 21 {
		t.Errorf("only %d of 30 unaided", unaided)
	}
}

func kindsOf(s *scheme.Scheme) string {
	var out []string
	for _, c := range s.Components {
		for _, k := range c.Criteria {
			for _, a := range k.Subs[0].Aspects {
				out = append(out, string(a.Kind))
			}
		}
	}
	return strings.Join(out, "/")
}

// The files are what their texts say: reading finds every cell where it stands.
func TestFilesAreTheirTexts(t *testing.T) {
	for _, s := range sheets(t) {
		grids, err := marktable.Open(t.Context(), s.file(t))
		if err != nil || len(grids) != 1 {
			t.Fatal(s.name, len(grids), err)
		}
		above := 0
		if grids[0].Letters {
			above = 1
		}
		for r, row := range s.rows {
			for c, text := range row {
				got := marktable.Cell{}
				if c < len(grids[0].Rows[r+above]) {
					got = grids[0].Rows[r+above][c]
				}
				switch text {
				case "^":
					if !got.Up {
						t.Errorf("%s %d:%d: %+v", s.name, r, c, got)
					}
				case "<":
					if !got.Left {
						t.Errorf("%s %d:%d: %+v", s.name, r, c, got)
					}
				case "=SUM":
					if !got.IsFormula {
						t.Errorf("%s %d:%d: %+v", s.name, r, c, got)
					}
				default:
					if got.Text != text {
						t.Errorf("%s %d:%d: %q, want %q", s.name, r, c, got.Text, text)
					}
				}
			}
		}
	}
}

func grid(rows ...string) *marktable.Grid {
	g := &marktable.Grid{Name: "表1"}
	for _, row := range rows {
		var cells []marktable.Cell
		for text := range strings.SplitSeq(row, "|") {
			c := marktable.Cell{Text: text}
			if text == "^" {
				c = marktable.Cell{Text: g.Rows[len(g.Rows)-1][len(cells)].Text, Up: true}
			}
			if text == "<" {
				c = marktable.Cell{Text: cells[len(cells)-1].Text, Left: true}
			}
			cells = append(cells, c)
		}
		g.Rows = append(g.Rows, cells)
	}
	return g
}

// What is not understood is named by its cell, with a reason.
func TestUnread(t *testing.T) {
	for name, c := range map[string]struct {
		rows []string
		want string
	}{
		"a standard":             {[]string{"项目|配分|评分标准", "外观|10|按 GB/T 3323 评定 2 级", "其他|5|"}, "表1:2:3 table_standard"},
		"marks":                  {[]string{"项目|配分|评分标准", "外观|十来分|", "其他|5|"}, "表1:2:2 table_marks"},
		"a row without marks":    {[]string{"项目|配分|评分标准", "外观|10|", "奖励||表现突出加 2 分"}, "表1:3:3 table_unmarked"},
		"marks without words":    {[]string{"项目|配分|评分标准", "外观|10|", "|5|"}, "表1:3:2 table_words"},
		"a sum":                  {[]string{"项目|配分|评分标准", "外观|10|", "合计|100|"}, "表1:3:2 table_sum"},
		"a heading's sum":        {[]string{"项目|内容|配分|评分标准", "一、准备（20分）|<|<|<", "工具|齐全|15|"}, "表1:2:1 table_sum"},
		"a note with deductions": {[]string{"项目|配分|评分标准", "外观|10|", "备注：提前完成每分钟加1分，最多扣光|<|<"}, "表1:3:1 table_note"},
		"a column":               {[]string{"项目|配分|系数|评分标准", "外观|10|0.8|"}, "表1:1:3 table_column"},
	} {
		r, _ := compiled(t, name, []*marktable.Grid{grid(c.rows...)})
		var got []string
		for _, u := range r.Unread {
			got = append(got, u.Place.String()+" "+strings.TrimPrefix(u.Why, "programme."))
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	g := grid("项目|配分", "外观|")
	g.Rows[1][1].IsFormula = true
	g.Rows = append(g.Rows, grid("项目|5").Rows...)
	if r, _ := compiled(t, "formula", []*marktable.Grid{g}); len(r.Unread) != 1 || r.Unread[0].Why != "programme.table_formula" {
		t.Errorf("%+v", r.Unread)
	}
}

// Rows whose marks are one cell are one aspect; a table that goes on counts with
// the first; names and signatures are passed over.
func TestShapes(t *testing.T) {
	r, s := compiled(t, "one cell", []*marktable.Grid{
		grid("姓名|工位号", "|"),
		grid("项目|配分|评分标准", "布线|10|露铜每处扣1分", "^|^|交叉每处扣2分", "||松动每处扣1分"),
		grid("项目|配分|评分标准", "通电|20|一次成功得20分，两次成功得10分，否则不得分", "合计|30|"),
	})
	a := s.Components[0].Criteria[0].Subs[0].Aspects
	if len(a) != 1 || len(a[0].Items) != 3 || r.Total != "30" || len(r.Unread) != 0 || strings.Join(r.Skipped, "") != "表1" {
		raw, _ := json.Marshal(a)
		t.Errorf("%s %+v", raw, r)
	}
	for name, g := range map[string]*marktable.Grid{"no marks": grid("姓名|单位", "甲|乙"), "nothing": {Name: "x"}, "no rows": grid("项目|配分", "外观|")} {
		if _, err := marktable.Read([]*marktable.Grid{g}); err == nil {
			t.Error(name)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("项目|配分|评分标准\n外观|10|每处扣2分\n合计|10|")
	f.Add("序号|项目|内容|配分|优|良\n一|准备||5||\n1|^|<|5|4~5|0~3")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.HasPrefix(text, "^") || strings.Contains(text, "^") || strings.HasPrefix(text, "<") || strings.Contains(text, "\n<") {
			return // merged with what may not be there: readers of files never say so
		}
		r, err := marktable.Read([]*marktable.Grid{grid(strings.Split(text, "\n")...)})
		if err == nil {
			if _, err := scheme.Parse(r.Text); err != nil {
				t.Error(err)
			}
		}
	})
}
