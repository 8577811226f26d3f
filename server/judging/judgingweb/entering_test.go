package judgingweb_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jiangtai/server/contest"
	"jiangtai/server/judging/judgingtest"
)

const (
	event3   = "/api/v1/events/65000000-0000-4000-8000-000000000003"
	workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// newPaperSite has event 3 on paper, its welds marked by work code, open.
func newPaperSite(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	s.actors["host"] = judgingtest.Staff(8, contest.HostSecretary)
	s.Events.Put(judgingtest.PaperSetup(3, 3, contest.Paper, "coded"))
	s.Open(t, 3)
	return s
}

func (s *site) entered(chair int, work, aspect, value, more string) string {
	return fmt.Sprintf(`{"mark_id":%q,"chair":%d,"work":%q,"aspect":%q,"value":%q,"version":1%s}`, s.MarkID().String(), chair, work, aspect, value, more)
}

func TestMarksAreKeyedOverHTTP(t *testing.T) {
	s := newPaperSite(t)
	code := judgingtest.WorkCode(2)
	good := s.entered(1, code, "face", "8", "")
	body := `{"marks":[` + strings.Join([]string{
		good, good, s.entered(1, code, "face", "9", ""), s.entered(0, "001", "paper", "77.5", ""), s.entered(9, code, "face", "8", ""),
		s.entered(2, "002", "face", "8", ""), s.entered(2, code, "face", "", `,"kind":"not_performed"`), s.entered(2, code, "face", "8", `,"kind":"publish"`),
		`{"mark_id":"7","work":"001","aspect":"paper","value":"1","version":1}`,
	}, ",") + `]}`
	r := s.ask(t, "POST", event3+"/marks-sheet", "clerk", body)
	if r.status != 207 {
		t.Fatalf("%d %s", r.status, r.body)
	}
	var in struct{ Results []result }
	if err := json.Unmarshal([]byte(r.body), &in); err != nil {
		t.Fatal(err)
	}
	want := []string{"200", "200", "409 judging.already_marked", "200", "404 judging.missing", "404 judging.missing", "200", "400 judging.unknown_kind", "400 judging.mark_id_missing"}
	for i, got := range in.Results {
		text := fmt.Sprint(got.Status)
		if got.Problem != nil {
			text += " " + got.Problem.Code
		}
		if text != want[i] {
			t.Errorf("mark %d: %s, want %s", i, text, want[i])
		}
	}
	if !bytes.Equal(in.Results[0].Receipt, in.Results[1].Receipt) {
		t.Error("the same mark has two receipts")
	}
	for _, c := range []struct {
		token, body, code string
		status            int
	}{
		{"", body, "web.sign_in", 401},
		{"nobody", body, "judging.missing", 404},
		{"first", body, "judging.missing", 404},
		{"clerk", `{"marks":[]}`, "judging.no_marks", 400},
		{"clerk", `{"marks":[{"mark_id":"x","value":7}]}`, "web.json", 400},
	} {
		r := s.ask(t, "POST", event3+"/marks-sheet", c.token, c.body)
		var p problem
		if err := json.Unmarshal([]byte(r.body), &p); err != nil || r.status != c.status || p.Code != c.code && c.code != "web.json" {
			t.Errorf("%s as %q: %d %s", c.body, c.token, r.status, r.body)
		}
	}
}

func TestSheetsOverHTTP(t *testing.T) {
	s := newPaperSite(t)
	for _, c := range []struct {
		token, path string
		status      int
		has         string
	}{
		{"clerk", "/marks-sheets", 200, `"kind":"panel","chair":1,"panel":"评分裁判","seat":1,"judge":"裁判1","criterion":"weld"`},
		{"clerk", "/marks-sheet?kind=panel&chair=1&criterion=weld", 200, `"work":"` + judgingtest.WorkCode(3) + `"`},
		{"clerk", "/marks-sheet?kind=theory", 200, `"work":"001"`},
		{"clerk", "/marks-sheet?kind=everything", 400, "web.query"},
		{"clerk", "/marks-sheet?kind=panel", 404, "judging.missing"},
		{"clerk", "/marks-sheet?kind=panel&chair=0", 400, "web.query"},
		{"clerk", "/marks-sheet?kind=panel&chair=9", 404, "judging.missing"},
		{"host", "/marks-sheet?kind=panel&chair=1", 403, "judging.role"},
		{"host", "/marks-sheet?kind=theory", 200, `"work":"001"`},
		{"organiser", "/marks-sheet?kind=theory", 403, "judging.sheet_sealed"},
		{"clerk", "/marks-sheet/one-number", 200, `"kind": "external"`},
		{"nobody", "/marks-sheet/one-number", 404, "judging.missing"},
		{"nobody", "/marks-sheets", 404, "judging.missing"},
		{"nobody", "/marks-sheet/template.xlsx?kind=theory", 404, "judging.missing"},
	} {
		r := s.ask(t, "GET", event3+c.path, c.token, "")
		if r.status != c.status || !strings.Contains(r.body, c.has) {
			t.Errorf("%s as %s: %d %s", c.path, c.token, r.status, r.body)
		}
	}
	r := s.ask(t, "GET", event3+"/marks-sheet?kind=panel&chair=1&criterion=weld", "clerk", "")
	for _, never := range []string{`"001"`, "S001", "total"} {
		if strings.Contains(r.body, never) {
			t.Errorf("a coded sheet has %s: %s", never, r.body)
		}
	}
}

// filled is the template with texts in its cells.
func (s *site) filled(t *testing.T, query string, cells map[string]string) string {
	t.Helper()
	r := s.ask(t, "GET", event3+"/marks-sheet/template.xlsx?"+query, "clerk", "")
	if r.status != 200 {
		t.Fatalf("template: %d %s", r.status, r.body)
	}
	f, err := excelize.OpenReader(strings.NewReader(r.body))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for cell, text := range cells {
		if err := f.SetCellStr("录分表", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

type imported struct {
	Rows, Marks, Corrections, Unchanged, Empty int
	Repeated                                   bool
	Faults, Fields                             []struct{ Path, Code, Hint string }
	Code                                       string
}

func (s *site) send(t *testing.T, query, body string) (int, imported) {
	t.Helper()
	r := s.ask(t, "POST", event3+"/marks-sheet/workbook?"+query, "clerk", body, "Content-Type", workbook)
	var in imported
	if err := json.Unmarshal([]byte(r.body), &in); err != nil {
		t.Fatalf("%d %v: %.300s", r.status, err, r.body)
	}
	return r.status, in
}

func TestAWorkbookOfMarks(t *testing.T) {
	s := newPaperSite(t)
	const sheet = "kind=panel&chair=2&criterion=weld"
	before := len(s.Memory.Lines(judgingtest.ID('l', 3)))
	// Labels stand in B, 外观 in C, 密封 in D.
	faulty := s.filled(t, sheet, map[string]string{"C2": "8.3", "D2": "也许", "B3": "001", "C3": "5", "C4": "＝1+1"})
	status, got := s.send(t, sheet+"&mode=preview", faulty)
	var places []string
	for _, f := range got.Faults {
		places = append(places, f.Path+" "+f.Code)
	}
	const want = "录分表:2:D excel.choice, 录分表:2:C judging.off_step, 录分表:3:B judging.no_such_entry, 录分表:4:C judging.malformed_value"
	if status != 200 || strings.Join(places, ", ") != want {
		t.Errorf("%d %s", status, strings.Join(places, ", "))
	}
	if status, got = s.send(t, sheet+"&mode=import", faulty); status != 422 || got.Code != "judging.sheet_invalid" || len(got.Fields) != 4 {
		t.Errorf("import of a faulty one: %d %+v", status, got)
	}
	home := s.ask(t, "POST", event3+"/marks-sheet/workbook?"+sheet+"&mode=annotate", "clerk", faulty, "Content-Type", workbook)
	f, err := excelize.OpenReader(strings.NewReader(home.body))
	if err != nil {
		t.Fatalf("%d %v", home.status, err)
	}
	if told, err := f.GetCellValue("录分表", "E2"); err != nil || !strings.Contains(told, "C 不是规定的给分间隔") || !strings.Contains(told, "D 不在可选值之中") {
		t.Errorf("the annotated row says %q, %v", told, err)
	}
	if after := len(s.Memory.Lines(judgingtest.ID('l', 3))); after != before {
		t.Fatalf("%d records of a faulty workbook", after-before)
	}
	good := s.filled(t, sheet, map[string]string{"C2": "8", "D2": "是", "C3": "未做", "D3": "否"})
	if status, got = s.send(t, sheet+"&mode=preview", good); status != 200 || got.Marks != 4 || got.Empty != 2 || len(got.Faults) > 0 {
		t.Errorf("%d %+v", status, got)
	}
	if status, got = s.send(t, sheet+"&mode=import", good); status != 201 || got.Marks != 4 {
		t.Errorf("%d %+v", status, got)
	}
	if status, got = s.send(t, sheet+"&mode=import", good); status != 200 || !got.Repeated {
		t.Errorf("once more: %d %+v", status, got)
	}
	// The next template has what is entered, in words; it changes nothing as it is.
	if status, got = s.send(t, sheet+"&mode=preview", s.filled(t, sheet, nil)); status != 200 || got.Unchanged != 4 || got.Marks != 0 || len(got.Faults) > 0 {
		t.Errorf("the template as it is: %d %+v", status, got)
	}
	fix := s.filled(t, sheet, map[string]string{"C2": "7.5"})
	if status, got = s.send(t, sheet+"&mode=import", fix); status != 422 || got.Fields[0].Code != "judging.sheet_differs" || got.Fields[0].Hint != "8" {
		t.Errorf("another value without a reason: %d %+v", status, got)
	}
	if status, got = s.send(t, sheet+"&mode=import&reason="+url.QueryEscape("登分表写错"), fix); status != 201 || got.Corrections != 1 {
		t.Errorf("with a reason: %d %+v", status, got)
	}
	if status, got = s.send(t, sheet+"&mode=import&reason="+strings.Repeat("x", 201), fix); status != 422 || got.Code != "judging.text_length" {
		t.Errorf("a long reason: %d %+v", status, got)
	}
	if after := len(s.Memory.Lines(judgingtest.ID('l', 3))); after != before+5 {
		t.Errorf("%d records, want 5", after-before)
	}
}

func TestWorkbooksThatAreNone(t *testing.T) {
	s := newPaperSite(t)
	const sheet = "kind=theory&mode=preview"
	good := s.filled(t, "kind=theory", map[string]string{"C2": "80"})
	for name, c := range map[string]struct {
		query, body, kind string
		status            int
		code              string
	}{
		"no workbook":       {sheet, "1,2,3", workbook, 415, "excel.file_type"},
		"half of one":       {sheet, good[:len(good)/2], workbook, 422, "excel.archive"},
		"another type":      {sheet, good, "text/csv", 415, "web.content_type"},
		"no mode":           {"kind=theory", good, workbook, 400, "web.query"},
		"another sheet":     {"kind=panel&chair=1&criterion=weld&mode=import", good, workbook, 422, "judging.sheet_invalid"},
		"a sheet of nobody": {"kind=panel&chair=7&mode=preview", good, workbook, 404, "judging.missing"},
	} {
		r := s.ask(t, "POST", event3+"/marks-sheet/workbook?"+c.query, "clerk", c.body, "Content-Type", c.kind)
		var p problem
		if err := json.Unmarshal([]byte(r.body), &p); err != nil || r.status != c.status || p.Code != c.code {
			t.Errorf("%s: %d %.200s", name, r.status, r.body)
		}
	}
	if r := s.ask(t, "POST", event3+"/marks-sheet/workbook?"+sheet, "nobody", good, "Content-Type", workbook); r.status != 404 {
		t.Errorf("by a stranger: %d", r.status)
	}
}
