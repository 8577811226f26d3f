package app_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"jiangtai/server/contest"
	"jiangtai/server/rehearsal"
)

const mediaWorkbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// fill takes the template of a sheet of marks and writes texts into its cells.
func (f *fair) fill(as *rehearsal.Client, code, query string, cells map[string]string) string {
	t := f.t
	t.Helper()
	a := f.send(t, request{method: "GET", path: "/api/v1/events/" + f.events[code] + "/marks-sheet/template.xlsx?" + query, token: as.Token})
	if a.status != 200 {
		t.Fatalf("template: %d %s", a.status, a.body)
	}
	book, err := excelize.OpenReader(strings.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("录分表")
	if err != nil {
		t.Fatal(err)
	}
	for label, text := range cells {
		for n, row := range rows {
			if row[1] != label {
				continue
			}
			for i, value := range strings.Split(text, "|") {
				cell, _ := excelize.CoordinatesToCellName(3+i, n+1)
				if err := book.SetCellStr("录分表", cell, value); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	out, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// upload sends a workbook of marks.
func (f *fair) upload(as *rehearsal.Client, code, query, body string) answer {
	f.t.Helper()
	return f.send(f.t, request{
		method: "POST", path: "/api/v1/events/" + f.events[code] + "/marks-sheet/workbook?" + query, token: as.Token, body: body, kind: mediaWorkbook,
	})
}

// board is what the public sees: rank, name and total by entry number.
func (f *fair) board(code string) string {
	f.t.Helper()
	var lines []string
	b := f.standings(code)
	for pos := 1; pos <= len(b.Rows); pos++ {
		for _, row := range b.Rows {
			if row.Pos == pos {
				lines = append(lines, fmt.Sprintf("%d %s %s %s", row.Rank, row.K, row.Name, row.Total))
			}
		}
	}
	return strings.Join(lines, "\n")
}

// A trade of which only the result list is known: made by hand over the interface,
// with the built-in scheme, its list from a workbook, published.
func TestAResultListGoesFromTheWorkbookToTheBoard(t *testing.T) {
	tb := tables{
		"events": {{"code", "trade", "scheme"}, {"weld", "焊工", "s"}}, "entries": {{"event", "entry_no", "name"}, {"weld", "001", "甲"}},
		"judges": {{"event", "panel"}, {"weld", "j"}, {"weld", "j"}, {"weld", "g"}}, "units": {{"code", "name"}, {"u1", "江城造船厂"}},
	}
	f := common(t).importFair(tb.files(t, fmt.Sprintf(`{"code":%q,"name":"演练","kind":"rehearsal"}`, newCode()), map[string][]byte{"s": []byte(gaugeScheme)}))
	var made struct{ Event struct{ ID string } }
	body := map[string]any{"code": "typing", "trade": "录入员", "stage": "final", "depth": "results"}
	if err := f.organiser.Do(t.Context(), "POST", "/api/v1/contests/"+f.id+"/events", body, &made); err != nil {
		t.Fatal(err)
	}
	f.events["typing"] = made.Event.ID
	event := "/api/v1/events/" + made.Event.ID
	entries := []any{}
	for i, name := range []string{"梁志远", "周文静", "何家明", "苏雨"} {
		entries = append(entries, map[string]any{"entry_no": fmt.Sprintf("%03d", i+1), "name": name, "unit": "u1"})
	}
	if err := f.organiser.Do(t.Context(), "PUT", event+"/entries", map[string]any{"entries": entries}, nil); err != nil {
		t.Fatal(err)
	}
	var scheme json.RawMessage
	get(t, f.organiser, event+"/marks-sheet/one-number", &scheme)
	if err := f.organiser.Do(t.Context(), "PUT", event+"/scheme", scheme, nil); err != nil {
		t.Fatal(err)
	}
	host, _, _ := f.person(contest.Grant{Role: contest.HostSecretary, Contest: idOf(t, f.id), Event: idOf(t, made.Event.ID)})
	early := f.fill(host, "typing", "kind=results", map[string]string{"001": "90"})
	if a := f.upload(host, "typing", "kind=results&mode=import", early); a.status != 423 || a.code != "judging.not_open" {
		t.Fatalf("before the opening: %d %s", a.status, a.body)
	}
	f.mustAct("typing", "open")
	bad := f.fill(host, "typing", "kind=results", map[string]string{"001": "90", "002": "101"})
	if a := f.upload(host, "typing", "kind=results&mode=import", bad); a.status != 422 || strings.Join(a.fields, ",") != "录分表:3:C judging.above_max" {
		t.Fatalf("a faulty list: %d %s", a.status, a.body)
	}
	list := f.fill(host, "typing", "kind=results", map[string]string{"001": "88.50", "002": "92.25", "003": "88.5", "004": "缺考"})
	if a := f.upload(host, "typing", "kind=results&mode=preview", list); a.status != 200 || !strings.Contains(a.body, `"marks":4`) {
		t.Fatalf("preview: %d %s", a.status, a.body)
	}
	if a := f.upload(host, "typing", "kind=results&mode=import", list); a.status != 201 {
		t.Fatalf("import: %d %s", a.status, a.body)
	}
	records := f.seq("typing")
	if a := f.upload(host, "typing", "kind=results&mode=import", list); a.status != 200 || !strings.Contains(a.body, `"repeated":true`) || f.seq("typing") != records {
		t.Fatalf("once more: %d %s", a.status, a.body)
	}
	f.mustAct("typing", "lock")
	f.mustAct("typing", "publish")
	const want = "1 002 周文静 92.25\n2 001 梁志远 88.50\n2 003 何家明 88.50\n4 004 苏雨 0.00"
	if got := f.board("typing"); got != want {
		t.Errorf("the board:\n%s\nwant:\n%s", got, want)
	}
}

// entered is one mark that a clerk keys.
type entered struct {
	MarkID     string `json:"mark_id"`
	Chair      int    `json:"chair"`
	Work       string `json:"work"`
	Aspect     string `json:"aspect"`
	Value      string `json:"value"`
	Version    int    `json:"version"`
	Supersedes string `json:"supersedes,omitempty"`
	Reason     string `json:"reason,omitempty"`
}

// enter keys marks as somebody and gives the status of each.
func (f *fair) enter(as *rehearsal.Client, code string, marks []entered) []int {
	f.t.Helper()
	var out struct{ Results []struct{ Status int } }
	for i := range marks {
		marks[i].Version = 1
		if marks[i].MarkID == "" {
			marks[i].MarkID = uuid.NewString()
		}
	}
	if err := as.Do(f.t.Context(), "POST", "/api/v1/events/"+f.events[code]+"/marks-sheet", map[string]any{"marks": marks}, &out); err != nil {
		f.t.Fatal(err)
	}
	var statuses []int
	for _, r := range out.Results {
		statuses = append(statuses, r.Status)
	}
	return statuses
}

// A trade on paper: a clerk keys the sheets of each chair and corrects one; after
// the lock and the publication the board has the totals, and the ledger says who
// keyed what for whom.
func TestAnEventOnPaperGoesFromTheSheetsToTheBoard(t *testing.T) {
	tb := tables{
		"events":  {{"code", "trade", "scheme", "depth"}, {"weld", "焊工", "s", "paper"}},
		"entries": {{"event", "entry_no", "name"}, {"weld", "001", "甲"}, {"weld", "002", "乙"}},
		"judges":  {{"event", "panel"}, {"weld", "j"}, {"weld", "j"}, {"weld", "g"}}, "units": {{"code", "name"}},
	}
	f := common(t).importFair(tb.files(t, fmt.Sprintf(`{"code":%q,"name":"演练","kind":"rehearsal"}`, newCode()), map[string][]byte{"s": []byte(gaugeScheme)}))
	f.mustAct("weld", "open")
	event := "/api/v1/events/" + f.events["weld"]
	if err := f.organiser.Do(t.Context(), "PUT", event+"/keying/way", map[string]any{"way": "single"}, nil); err != nil {
		t.Fatal(err)
	}
	clerk, _, _ := f.person(contest.Grant{Role: contest.Clerk, Contest: idOf(t, f.id), Event: idOf(t, f.events["weld"])})
	enter := func(marks ...entered) []int { return f.enter(clerk, "weld", marks) }
	wrong := entered{MarkID: uuid.NewString(), Chair: 1, Work: "001", Aspect: "piece", Value: "5"}
	got := enter(wrong, entered{Chair: 2, Work: "001", Aspect: "piece", Value: "51"}, entered{Chair: 3, Work: "001", Aspect: "size", Value: "40"},
		entered{Chair: 1, Work: "001", Aspect: "piece", Value: "50", Supersedes: wrong.MarkID, Reason: "漏录一位"},
		entered{Chair: 3, Work: "001", Aspect: "piece", Value: "50"})
	if want := "[200 200 200 200 404]"; fmt.Sprint(got) != want {
		t.Fatalf("keyed: %v, want %s", got, want)
	}
	for chair := 1; chair <= 2; chair++ {
		query := fmt.Sprintf("kind=panel&chair=%d&criterion=w", chair)
		if a := f.upload(clerk, "weld", query+"&mode=import", f.fill(clerk, "weld", query, map[string]string{"002": fmt.Sprint(55 + chair)})); a.status != 201 {
			t.Fatalf("sheet of chair %d: %d %s", chair, a.status, a.body)
		}
	}
	enter(entered{Chair: 3, Work: "002", Aspect: "size", Value: "30"})
	if err := clerk.Do(t.Context(), "GET", event+"/working/001", nil, nil); codeOf(err) != "judging.role" {
		t.Errorf("a clerk reads totals: %v", err)
	}
	f.mustAct("weld", "lock")
	f.mustAct("weld", "publish")
	if got, want := f.board("weld"), "1 001 甲 90.50\n2 002 乙 86.50"; got != want {
		t.Errorf("the board:\n%s\nwant:\n%s", got, want)
	}
	var list struct {
		Records []struct{ Kind, Text, Value, Judge string }
	}
	get(t, f.organiser, event+"/records", &list)
	found := 0
	for _, r := range list.Records {
		if r.Text == "漏录一位" && r.Value == "50" {
			found++
		}
	}
	if found != 1 {
		t.Errorf("the correction's reason stands %d times", found)
	}
}
