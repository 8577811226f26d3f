package sequence_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"jiangtai/schemas"
	"jiangtai/server/honours/sequence"
)

var roles = []string{"unit_union", "county_union", "union_office", "committee"}

func document(t testing.TB, name string) (raw []byte, doc any) {
	t.Helper()
	raw, err := schemas.Honours.ReadFile("honours/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if doc, err = jsonschema.UnmarshalJSON(bytes.NewReader(raw)); err != nil {
		t.Fatal(name, err)
	}
	return raw, doc
}

// All files of rules, calendars and campaigns are as their schemas say, and the
// campaigns are whole.
func TestFilesAreAsTheirSchemas(t *testing.T) {
	files, err := fs.Glob(schemas.Honours, "honours/*.json")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, f := range files {
		name := strings.TrimPrefix(f, "honours/")
		kind, _, _ := strings.Cut(name, "-")
		if kind == "schema" {
			continue
		}
		seen[kind]++
		_, shape := document(t, "schema-"+kind+".json")
		c := jsonschema.NewCompiler()
		if err := c.AddResource("shape.json", shape); err != nil {
			t.Fatal(err)
		}
		compiled, err := c.Compile("shape.json")
		if err != nil {
			t.Fatal(err)
		}
		raw, doc := document(t, name)
		if err := compiled.Validate(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if kind == "campaign" {
			if _, err := sequence.Parse(raw, roles); err != nil {
				t.Error(err)
			}
		}
	}
	if seen["rules"] < 3 || seen["calendar"] < 4 || seen["campaign"] < 5 {
		t.Errorf("files: %v", seen)
	}
}

func TestStepsFollowEachOther(t *testing.T) {
	raw, _ := document(t, "campaign-model-worker.json")
	s, err := sequence.Parse(raw, roles)
	if err != nil {
		t.Fatal(err)
	}
	want := "draft recommend congress unit_notice county_review opinions first_review first_notice second_review city_notice approve confer done"
	got, at := []string{sequence.Draft}, sequence.Draft
	for at != sequence.Done {
		next := s.After(at)
		if !s.Before(at, next) || s.Before(next, at) {
			t.Errorf("%s is not before %s", at, next)
		}
		at = next
		got = append(got, at)
	}
	if strings.Join(got, " ") != want {
		t.Errorf("%v", got)
	}
	if s.Step("city_notice").Days != 5 || s.Step(sequence.Draft) != nil || s.Step("party") != nil {
		t.Error("steps are not found by their id")
	}
}

func TestRatiosAreExact(t *testing.T) {
	for _, c := range []struct {
		ratio       string
		part, whole int
		reached     bool
	}{
		{"2/3", 2, 3, true},
		{"2/3", 66, 100, false},
		{"2/3", 67, 100, true},
		{"2/3", 200, 300, true},
		{"2/3", 199, 300, false},
		{"85%", 17, 20, true},
		{"85%", 84, 99, false},
		{"85%", 85, 100, true},
		{"1/2", 5, 10, true},
		{"1/1", 9, 10, false},
		{"1/2", 0, 0, false},
	} {
		var r sequence.Ratio
		if err := json.Unmarshal([]byte(`"`+c.ratio+`"`), &r); err != nil {
			t.Fatal(err)
		}
		if r.Reached(c.part, c.whole) != c.reached {
			t.Errorf("%d of %d against %s", c.part, c.whole, c.ratio)
		}
		if least := r.Least(c.whole); c.whole > 0 && (!r.Reached(least, c.whole) || r.Reached(least-1, c.whole)) {
			t.Errorf("%d is not the least of %d for %s", least, c.whole, c.ratio)
		}
	}
	for _, bad := range []string{`"0/3"`, `"4/3"`, `"2"`, `"2/"`, `"-1/2"`, `"101%"`, `"x%"`, `0.66`} {
		var r sequence.Ratio
		if json.Unmarshal([]byte(bad), &r) == nil {
			t.Errorf("%s was read", bad)
		}
	}
}

const whole = `{"format":"jiangtai.campaign/1","id":"x","version":1,"honour":"h","name":"荣誉","name_en":"honour","nominee":"person","steps":[
{"id":"vote","name":"推荐","name_en":"vote","kind":"vote","role":"unit_union","threshold":"2/3"},
{"id":"notice","name":"公示","name_en":"notice","kind":"notice","role":"unit_union","days":5},
{"id":"ask","name":"征求","name_en":"ask","kind":"opinions","role":"union_office"},
{"id":"ballot","name":"票决","name_en":"ballot","kind":"ballot","role":"committee","threshold":"1/2","quorum":"2/3"},
{"id":"approve","name":"审定","name_en":"approve","kind":"approval","role":"union_office","apart":["vote"]},
{"id":"confer","name":"表彰","name_en":"confer","kind":"conferring","role":"union_office"}],
"departments":{"front_line":["police"]},"windows":[{"kind":"accident","years":3}],
"quotas":[{"id":"q","who":"woman","of":"all","bound":"at_least","amount":"20%"}]}`

func TestFaultySequences(t *testing.T) {
	if _, err := sequence.Parse([]byte(whole), roles); err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{
		{"campaign/1", "campaign/2"},
		{`"id":"x"`, `"id":""`},
		{`"nominee":"person"`, `"nominee":"dog"`},
		{`"kind":"approval"`, `"kind":"review"`},
		{`"id":"ask"`, `"id":"vote"`},
		{`"id":"ask"`, `"id":"draft"`},
		{`"role":"committee"`, `"role":"mayor"`},
		{`"threshold":"2/3"`, `"days":2`},
		{`"days":5`, `"days":0`},
		{`"days":5`, `"days":61`},
		{`,"quorum":"2/3"`, ``},
		{`"apart":["vote"]`, `"apart":["confer"]`},
		{`"apart":["vote"]`, `"public":true`},
		{`"departments":{"front_line":["police"]}`, `"departments":{}`},
		{`"years":3`, `"years":-1`},
		{`"amount":"20%"`, `"amount":"20 %"`},
		{`"name_en":"ask"`, `"name_en":""`},
		{`"kind":"notice"`, `"kind":"conferring"`},
		{`"kind":"review"`, `"kinds":"review"`},
	} {
		text := strings.Replace(whole, change[0], change[1], 1)
		if text == whole {
			continue
		}
		if _, err := sequence.Parse([]byte(text), roles); err == nil {
			t.Errorf("accepted with %s", change[1])
		}
	}
}
