package scorefile_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiangtai/server/fault"
	"jiangtai/server/scorefile"
)

// manual is an example of docs/score.md.
type manual struct{ scheme, entries, marks, standings, working string }

// readManual is the first of them, readTeams that of teams and groups.
func readManual(t *testing.T) manual { return readManuals(t)[0] }

func readTeams(t *testing.T) manual { return readManuals(t)[1] }

// readManuals cuts the document into its fenced blocks.
func readManuals(t *testing.T) (list [2]manual) {
	t.Helper()
	text, err := os.ReadFile("../../docs/score.md")
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for i, part := range strings.Split(string(text), "```") {
		if kind, body, _ := strings.Cut(part, "\n"); i%2 == 1 && kind != "" && kind != "sh" {
			blocks = append(blocks, body)
		}
	}
	if len(blocks) != 10 {
		t.Fatalf("the manual has %d blocks", len(blocks))
	}
	for i := range list {
		b := blocks[5*i:]
		list[i] = manual{b[0], b[1], b[2], b[3], b[4]}
	}
	return list
}

func (m *manual) run(format, working string) (string, error) {
	var out bytes.Buffer
	err := scorefile.Run(scorefile.Options{
		Scheme:  scorefile.Input{Name: "scheme.json", Text: strings.NewReader(m.scheme)},
		Entries: scorefile.Input{Name: "entries.csv", Text: strings.NewReader(m.entries)},
		Marks:   scorefile.Input{Name: "marks.csv", Text: strings.NewReader(m.marks)},
		Format:  format, Working: working,
	}, &out)
	return out.String(), err
}

// TestTheManualsExample runs what docs/score.md shows.
func TestTheManualsExample(t *testing.T) {
	m := readManual(t)
	got, err := m.run("", "")
	if err != nil || got != m.standings {
		t.Errorf("%v\n%s\nthe manual has\n%s", err, got, m.standings)
	}
	got, err = m.run("csv", "103")
	if err != nil || got != m.working {
		t.Errorf("%v\n%s\nthe manual has\n%s", err, got, m.working)
	}
}

func TestJSON(t *testing.T) {
	m := readManual(t)
	text, err := m.run("json", "")
	if err != nil {
		t.Fatal(err)
	}
	var out struct {
		Entries []struct {
			Rank       int
			Entry      string
			Total      string
			Status     string
			Components map[string]string
			Extra      map[string]string
		}
	}
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	first, last := out.Entries[0], out.Entries[3]
	if first.Rank != 1 || first.Entry != "102" || first.Components["practical"] != "90.00" || first.Extra["unit"] != "二厂" {
		t.Errorf("%+v", first)
	}
	if last.Rank != 0 || last.Total != "" || last.Status != "dns" {
		t.Errorf("%+v", last)
	}
	text, err = m.run("json", "101")
	if err != nil || !strings.Contains(text, `"tie_break"`) {
		t.Errorf("%v %s", err, text)
	}
}

// TestAllErrorsAtOnce: each with file, line and column.
func TestAllErrorsAtOnce(t *testing.T) {
	m := readManual(t)
	m.entries = "entry,name\n101,甲\n101,乙\n,丙\n102\n"
	m.marks = "entry,aspect,judge,value\n" +
		"101,exam,,100.01\n" + // 2
		"101,finisch,J1,9\n" +
		"909,exam,,9\n" +
		"101,finish,,9\n" +
		"101,finish,J1,9.25\n" + // 6
		"101,finish,J2,abc\n" +
		"101,finish,J2,9\n" +
		"101,,,away\n" +
		"101,exam,,1,1\n" // 10
	_, err := m.run("", "")
	want := []string{
		"entries.csv:3:1 score.duplicate_entry 101",
		"entries.csv:4:1 score.no_entry ",
		"entries.csv:5:1 score.wrong_columns 1",
		"marks.csv:2:4 judging.above_max 100",
		"marks.csv:3:2 score.unknown_aspect finisch",
		"marks.csv:4:1 score.unknown_entry 909",
		"marks.csv:5:3 score.no_judge ",
		"marks.csv:6:4 judging.off_step 0.5",
		"marks.csv:7:4 judging.malformed_value ",
		"marks.csv:8:1 score.duplicate_mark finish",
		"marks.csv:9:4 judging.unknown_status away",
		"marks.csv:10:1 score.wrong_columns 5",
	}
	hold(t, err, "score.bad_input", want)
}

func hold(t *testing.T, err error, code string, want []string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Code != code {
		t.Fatalf("%v, want %s", err, code)
	}
	var got []string
	for _, x := range f.Fields {
		got = append(got, fmt.Sprintf("%s %s %s", x.Path, x.Code, x.Hint))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestFilesThatAreNone(t *testing.T) {
	for _, c := range []struct {
		change func(*manual)
		code   string
		want   string
	}{
		{func(m *manual) { m.marks = "entry,aspect,value\n" }, "score.bad_input", "marks.csv:1:1 score.missing_column judge"},
		{func(m *manual) { m.marks = "entry,aspect,judge,value,colour\n" }, "score.bad_input", "marks.csv:1:5 score.unknown_column colour"},
		{func(m *manual) { m.marks = "entry,aspect,judge,value,value\n" }, "score.bad_input", "marks.csv:1:5 score.bad_column value"},
		{func(m *manual) { m.marks = "" }, "score.bad_input", "marks.csv:1:1 score.no_header "},
		{func(m *manual) { m.marks = "\xff" }, "score.bad_input", "marks.csv score.not_utf8 "},
		{func(m *manual) { m.marks += "101,exam,\"x" }, "score.bad_input", "marks.csv:17:12 score.bad_csv "},
		{func(m *manual) { m.entries = "name\n甲\n"; m.marks = "entry,aspect,judge,value\n" }, "score.bad_input", "entries.csv:1:1 score.missing_column entry"},
		{func(m *manual) { m.scheme = strings.Replace(m.scheme, `"0.7"`, `"0.6"`, 1) }, "score.bad_scheme", "scheme.json#/components scheme.weights_not_one 0.9\nscheme.json#/total scheme.does_not_add_up 100 ≠ 90"},
		{func(m *manual) { m.marks = "entry,aspect,judge,value,round\n101,exam,,9,2\n" }, "score.bad_input", "marks.csv:2:4 judging.round_not_open 1"},
		{func(m *manual) { m.marks = "entry,aspect,judge,value,attempt\n101,exam,,9,2\n" }, "score.bad_input", "marks.csv:2:5 judging.no_such_attempt 1"},
		{func(m *manual) { m.marks = "entry,aspect,judge,value,attempt\n101,exam,,9,x\n" }, "score.bad_input", "marks.csv:2:5 score.bad_number x"},
	} {
		m := readManual(t)
		c.change(&m)
		_, err := m.run("", "")
		hold(t, err, c.code, strings.Split(c.want, "\n"))
	}
	m := readManual(t)
	if _, err := m.run("xml", ""); fault.Code(err) != "score.unknown_format" {
		t.Error(err)
	}
	if _, err := m.run("", "999"); fault.Code(err) != "score.unknown_entry" {
		t.Error(err)
	}
}

// TestTooFewJudges: the policy needs three; the entry is not ranked and the
// line says why. With one more mark it is.
func TestTooFewJudges(t *testing.T) {
	m := readManual(t)
	m.marks = strings.Replace(m.marks, "103,finish,J4,80\n", "", 1)
	got, err := m.run("", "")
	if err != nil || !strings.Contains(got, "\n,103,,competing,finish (too few judges),73.50,,73.50,,丙,三厂\n") {
		t.Errorf("%v\n%s", err, got)
	}
	m.marks = strings.Replace(m.marks, "103,exam,,73.5\n", "", 1)
	got, err = m.run("", "")
	if err != nil || !strings.Contains(got, "\n,103,,competing,exam; finish (too few judges),,,,,丙,三厂\n") {
		t.Errorf("%v\n%s", err, got)
	}
}

// TestRowsInAnyOrder give the same result.
func TestRowsInAnyOrder(t *testing.T) {
	m := readManual(t)
	lines := strings.Split(strings.TrimSpace(m.marks), "\n")
	for i, j := 1, len(lines)-1; i < j; i, j = i+1, j-1 {
		lines[i], lines[j] = lines[j], lines[i]
	}
	m.marks = "\ufeff" + strings.Join(lines, "\r\n")
	got, err := m.run("", "")
	if err != nil || got != m.standings {
		t.Errorf("%v\n%s", err, got)
	}
}

const timed = `{"format":"jiangtai.scheme/1","name":{"zh":"计时"},"panels":[{"id":"floor","name":{"zh":"现场"}}],"ranking":{"order":"ascending"},
 "components":[{"id":"c","name":{"zh":"部"},"criteria":[{"id":"k","name":{"zh":"模块"},"subs":[{"id":"s","name":{"zh":"项"},"aspects":[
 {"id":"run","name":{"zh":"用时"},"kind":"time","mode":"seconds","panel":"floor","attempts":{"count":3,"take":"best"}}]}]}]}]}`

// TestUnfinishedTries: DNF and DNS are the worst of several; all of them are no
// result, and DNS everywhere is an entry that did not start.
func TestUnfinishedTries(t *testing.T) {
	m := manual{
		scheme: timed, entries: "entry\na\nb\nc\nd\n",
		marks: "entry,aspect,judge,value,attempt\n" +
			"a,run,,10.5,1\na,run,,DNF,2\na,run,,9.75,3\n" +
			"b,run,,DNF,1\nb,run,,DNF,2\nb,run,,DNS,3\n" +
			"c,run,,DNS,1\nc,run,,DNS,2\nc,run,,DNS,3\n" +
			"d,run,,9.5,1\nd,run,,DNS,2\nd,run,,DNS,3\n",
	}
	got, err := m.run("", "")
	want := "rank,entry,total,status,missing,c,k\n1,d,9.50,competing,,9.50,9.50\n2,a,9.75,competing,,9.75,9.75\n" +
		",b,,competing,no result,,\n,c,,dns,,,\n"
	if err != nil || got != want {
		t.Errorf("%v\n%s", err, got)
	}
}

func TestRunFiles(t *testing.T) {
	m, dir := readManual(t), t.TempDir()
	for name, text := range map[string]string{"s.json": m.scheme, "e.csv": m.entries, "m.csv": m.marks} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := scorefile.RunFiles(at("s.json"), at("e.csv"), at("m.csv"), "csv", "", &out); err != nil || out.String() != m.standings {
		t.Errorf("%v\n%s", err, out.String())
	}
	if err := scorefile.RunFiles(at("none"), at("e.csv"), at("m.csv"), "csv", "", &out); fault.Code(err) != "score.no_such_file" {
		t.Error(err)
	}
}
