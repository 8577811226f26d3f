package parcel_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"jiangtai/schemas"
	"jiangtai/server/programme/parcel"
)

const contestText = `{"code":"c-1","name":"赛事","kind":"demo"}`

// good is the smallest package that can be read.
func good() parcel.Files {
	return parcel.Files{
		"contest.json": []byte(contestText),
		"units.csv":    []byte("code,name\nu1,单位\n"),
		"events.csv":   []byte("code,trade,scheme\ne1,焊工,s\n"),
		"entries.csv":  []byte("event,name\ne1,梁志远\n"),
		"judges.csv":   []byte("event,panel\ne1,p\n"),
	}
}

func TestReadRefuses(t *testing.T) {
	for name, tc := range map[string]struct {
		file, text string // "-" takes the file away
		want       string
	}{
		"no contest":             {"contest.json", "-", "contest.json package.file_missing"},
		"no units":               {"units.csv", "-", "units.csv package.file_missing"},
		"unknown file":           {"entrys.csv", "x", "entrys.csv package.file_unknown"},
		"scheme elsewhere":       {"scheme/a.json", "{}", "scheme/a.json package.file_unknown"},
		"scheme deeper":          {"schemes/a/b.json", "{}", "schemes/a/b.json package.file_unknown"},
		"scheme named in Han":    {"schemes/焊工.json", "{}", "schemes/焊工.json package.file_unknown"},
		"scheme of no text":      {"schemes/a.json", "\xff", "schemes/a.json:1 package.not_utf8"},
		"contest is no JSON":     {"contest.json", "{", "contest.json package.json_broken"},
		"contest is a list":      {"contest.json", "[]", "contest.json package.json_broken"},
		"contest is two":         {"contest.json", contestText + "{}", "contest.json package.json_broken"},
		"contest nests":          {"contest.json", `{"code":{"a":"b"}}`, "contest.json package.json_broken"},
		"key unknown":            {"contest.json", `{"code":"c-1","name":"x","kind":"demo","Name":"y"}`, "contest.json package.key_unknown"},
		"key twice":              {"contest.json", `{"code":"c-1","name":"x","kind":"demo","name":"y"}`, "contest.json#/name package.key_duplicate"},
		"key absent":             {"contest.json", `{"code":"c-1","kind":"demo"}`, "contest.json#/name package.empty"},
		"key empty":              {"contest.json", `{"code":"c-1","kind":"demo","name":" "}`, "contest.json#/name package.empty"},
		"number for text":        {"contest.json", `{"code":"c-1","kind":"demo","name":7}`, "contest.json#/name package.wrong_type"},
		"text for truth":         {"contest.json", `{"code":"c-1","kind":"demo","name":"x","visible":"yes"}`, "contest.json#/visible package.wrong_type"},
		"bell in a name":         {"contest.json", `{"code":"c-1","kind":"demo","name":"a\u0007"}`, "contest.json#/name package.control_character"},
		"not UTF-8":              {"entries.csv", "event,name\ne1,a\ne1,\xc1\xba\n", "entries.csv:3 package.not_utf8"},
		"UTF-16":                 {"units.csv", "\xff\xfec\x00o\x00", "units.csv:1 package.not_utf8"},
		"no header":              {"units.csv", "", "units.csv:1 package.header_missing"},
		"header misspelt":        {"units.csv", "code,title\nu1,x\n", "units.csv:1:2 package.header_unknown\nunits.csv:1 package.header_absent"},
		"header in capitals":     {"units.csv", "Code,name\n", "units.csv:1:1 package.header_unknown\nunits.csv:1 package.header_absent"},
		"header twice":           {"units.csv", "code,name,code\n", "units.csv:1:3 package.header_duplicate"},
		"header too long":        {"units.csv", "code,name,city\n", "units.csv:1:3 package.header_unknown"},
		"semicolons":             {"units.csv", "code;name\n", "units.csv:1:1 package.header_unknown\nunits.csv:1 package.header_absent\nunits.csv:1 package.header_absent"},
		"row too short":          {"units.csv", "code,name\nu1\nu2,x\n", "units.csv:2 package.row_width"},
		"row too long":           {"units.csv", "code,name\nu1,x,y\n", "units.csv:2 package.row_width"},
		"quote in the middle":    {"units.csv", "code,name\nu1,a\"b\n", "units.csv:2 package.csv_broken"},
		"quote never closed":     {"units.csv", "code,name\nu1,\"ab\nu2,x\n", "units.csv:2 package.csv_broken"},
		"empty cell":             {"units.csv", "code,name\nu1,\n", "units.csv:2:2 package.empty"},
		"cell of spaces":         {"units.csv", "code,name\nu1,\u3000\u00a0 \n", "units.csv:2:2 package.empty"},
		"line break in a cell":   {"units.csv", "code,name\nu1,\"a\nb\"\n", "units.csv:2:2 package.control_character"},
		"zero width":             {"units.csv", "code,name\nu1,a\u200bb\n", "units.csv:2:2 package.control_character"},
		"right to left":          {"units.csv", "code,name\nu1,a\u202eb\n", "units.csv:2:2 package.control_character"},
		"NUL":                    {"units.csv", "code,name\nu1,a\x00b\n", "units.csv:2:2 package.control_character"},
		"very long":              {"units.csv", "code,name\nu1," + strings.Repeat("长", 300) + "\n", "units.csv:2:2 package.too_long"},
		"all of them, in places": {"units.csv", "name,code\n,u1\na\x07,\n", "units.csv:2:1 package.empty\nunits.csv:3:1 package.control_character\nunits.csv:3:2 package.empty"},
	} {
		t.Run(name, func(t *testing.T) {
			files := good()
			files[tc.file] = []byte(tc.text)
			if tc.text == "-" {
				delete(files, tc.file)
			}
			p, faults := parcel.Read(files)
			if got := places(faults.Fields()); got != tc.want {
				t.Errorf("faults:\n%s\nwant:\n%s", got, tc.want)
			}
			if p == nil {
				t.Error("no parcel")
			}
		})
	}
}

func TestReadTakes(t *testing.T) {
	files := good()
	files["contest.json"] = []byte("\xef\xbb\xbf" + contestText)
	files["schemes/s.json"] = []byte("\xef\xbb\xbf{ }\n")
	files["units.csv"] = []byte("\xef\xbb\xbfname, code \r\n\"甲, 乙\",\tu1 \r\n\r\n,\r\n=1+1,u2\r\n")
	p, faults := parcel.Read(files)
	if faults.Any() {
		t.Fatal(places(faults.Fields()))
	}
	want := []parcel.Unit{{Line: 2, Code: "u1", Name: "甲, 乙"}, {Line: 5, Code: "u2", Name: "=1+1"}}
	if d := cmp.Diff(want, p.Units); d != "" {
		t.Error(d)
	}
	if string(p.Schemes["s"]) != "{ }\n" || !p.Contest.Visible {
		t.Errorf("%q %+v", p.Schemes["s"], p.Contest)
	}
	if at := p.Place("units.csv", 5, "code"); at != "units.csv:5:2" {
		t.Error(at)
	}
	if at := p.Place("units.csv", 5, "kind"); at != "units.csv:5" {
		t.Error(at)
	}
}

func TestRowsAreCounted(t *testing.T) {
	files := good()
	files["units.csv"] = []byte("code,name\n" + strings.Repeat("u,x\n", parcel.MaxRows-2))
	_, faults := parcel.Read(files)
	if got := places(faults.Fields()); got != "judges.csv:2 package.too_many_rows" {
		t.Error(got)
	}
}

// A list of faults is bounded, and says by how much.
func TestFaultsAreBounded(t *testing.T) {
	files := good()
	files["units.csv"] = []byte("code,name\n" + strings.Repeat("u,\n", 5000))
	_, faults := parcel.Read(files)
	fields := faults.Fields()
	last := fields[len(fields)-1]
	if len(fields) != parcel.MaxFaults+1 || last.Code != "package.more_faults" || last.Hint != "5000" {
		t.Errorf("%d faults, last %+v", len(fields), last)
	}
}

// What is written is read again as it was, whatever the texts.
func TestWriteThenRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[ -~梁志远"',;=+@\-]{0,12}x`).Filter(func(s string) bool { return s == strings.TrimSpace(s) })
		in := &parcel.Parcel{
			Contest: parcel.Contest{Code: "c-1", Name: name.Draw(t, "contest"), Kind: "real", Visible: rapid.Bool().Draw(t, "visible")},
			Schemes: map[string][]byte{"s": []byte("{}")},
		}
		for range rapid.IntRange(1, 5).Draw(t, "rows") {
			in.Units = append(in.Units, parcel.Unit{Code: "u", Name: name.Draw(t, "unit"), Short: name.Draw(t, "short"), Kind: "county"})
			in.Events = append(in.Events, parcel.Event{Code: "e", Trade: name.Draw(t, "trade"), Group: name.Draw(t, "group"), Scheme: "s"})
			in.Entries = append(in.Entries, parcel.Entry{Event: "e", EntryNo: "1", Name: name.Draw(t, "entry")})
			in.Judges = append(in.Judges, parcel.Judge{Event: "e", Panel: "p", Judge: name.Draw(t, "judge"), Chief: "true"})
		}
		files, err := in.Files()
		if err != nil {
			t.Fatal(err)
		}
		out, faults := parcel.Read(files)
		if faults.Any() {
			t.Fatal(places(faults.Fields()))
		}
		lines := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Line" }, cmp.Ignore())
		if d := cmp.Diff(in, out, lines, cmpopts.IgnoreUnexported(parcel.Parcel{})); d != "" {
			t.Fatal(d)
		}
	})
}

// schemas/package.json and the reader know the same columns, in the same order
// and with the same ones required.
func TestColumnsAreTheSchemas(t *testing.T) {
	raw, err := schemas.Files.ReadFile("package.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Defs map[string]struct {
			Required   []string
			Properties map[string]any
		} `json:"$defs"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	for def, file := range map[string]string{"host": "hosts.csv", "unit": "units.csv", "event": "events.csv", "entry": "entries.csv", "judge": "judges.csv"} {
		columns, required := parcel.Columns(file)
		if d := cmp.Diff(slices.Sorted(maps.Keys(doc.Defs[def].Properties)), slices.Sorted(slices.Values(columns))); d != "" {
			t.Errorf("%s: %s", file, d)
		}
		if d := cmp.Diff(slices.Sorted(slices.Values(doc.Defs[def].Required)), slices.Sorted(slices.Values(required))); d != "" {
			t.Errorf("%s required: %s", file, d)
		}
	}
}

// The example of the documentation fits the schema, row by row.
func TestExampleFitsTheSchema(t *testing.T) {
	raw, err := schemas.Files.ReadFile("package.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("package.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("package.json")
	if err != nil {
		t.Fatal(err)
	}
	files, faults, err := parcel.OpenFolder(os.DirFS("../../../docs/examples/package-small"))
	if err != nil || faults.Any() {
		t.Fatal(err, places(faults.Fields()))
	}
	p, faults := parcel.Read(files)
	if faults.Any() {
		t.Fatal(places(faults.Fields()))
	}
	if err := s.Validate(document(t, p)); err != nil {
		t.Error(err)
	}
	p.Entries[0].WorkCode = "417O"
	if err := s.Validate(document(t, p)); err == nil {
		t.Error("the schema takes a work code with an O")
	}
}

// document is a parcel as the one JSON document that the schema describes.
func document(t *testing.T, p *parcel.Parcel) any {
	t.Helper()
	files, err := p.Files()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]any{"schemes": map[string]any{}}
	for name, data := range files {
		if base, ok := strings.CutSuffix(name, ".csv"); ok {
			rows := []any{}
			lines, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range lines[1:] {
				row := map[string]any{}
				for i, cell := range line {
					row[lines[0][i]] = cell
				}
				rows = append(rows, row)
			}
			out[base] = rows
			continue
		}
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
		if err != nil {
			t.Fatal(err)
		}
		if name == "contest.json" {
			out["contest"] = v
		} else {
			out["schemes"].(map[string]any)[strings.TrimSuffix(strings.TrimPrefix(name, "schemes/"), ".json")] = v
		}
	}
	return out
}
