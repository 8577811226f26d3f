package scheme_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"jiangtai/scoring/rules"
	"jiangtai/scoring/scheme"
)

func sample(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("../testdata/schemes/welding.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func faults(t *testing.T, text string) scheme.Faults {
	t.Helper()
	_, err := scheme.Parse([]byte(text))
	var f scheme.Faults
	if err != nil && !errors.As(err, &f) {
		t.Fatalf("not faults: %v", err)
	}
	return f
}

// TestSampleIsRead and survives being written and read again.
func TestSampleIsRead(t *testing.T) {
	first, err := scheme.Parse([]byte("\ufeff" + sample(t)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(first)
	if err != nil {
		t.Fatal(err)
	}
	again, err := scheme.Parse(text)
	if err != nil || !reflect.DeepEqual(first, again) {
		t.Fatalf("%v\n%s", err, text)
	}
	if err := scheme.Check(first); err != nil {
		t.Fatal(err)
	}
}

// TestFaults changes the sample in one place each; the fault names the place,
// what is wrong and, where numbers do not add up, both of them.
func TestFaults(t *testing.T) {
	const aspect = "/components/1/criteria/"
	for _, c := range []struct{ from, to, path, code, hint string }{
		{`"total": "100"`, `"total": "99.5"`, "/total", "scheme.does_not_add_up", "99.5 ≠ 100"},
		{`"max": "34"`, `"max": "33.75"`, "/components/1/criteria/0/max", "scheme.does_not_add_up", "33.75 ≠ 34"},
		{`"weight": "0.7", "max": "100"`, `"weight": "0.7", "max": "101"`, "/components/1/max", "scheme.does_not_add_up", "101 ≠ 100"},
		{`"weight": "0.7"`, `"weight": "0.6"`, "/components", "scheme.weights_not_one", "0.9"},
		{`"weight": "0.7",`, ``, "/components/1/weight", "scheme.missing", ""},
		{`"weight": "0.7"`, `"factor": "0.7"`, "/components/1/factor", "scheme.field_not_used", "weighted"},
		{`"weight": "0.7"`, `"weight": "-0.7"`, "/components/1/weight", "scheme.not_positive", "-0.7"},
		{`"weighted"`, `"sum"`, "/components/0/weight", "scheme.field_not_used", "sum"},
		{`"jiangtai.scheme/1"`, `"jiangtai.scheme/2"`, "/format", "scheme.unknown_format", "jiangtai.scheme/2"},
		{`"total": "100"`, `"total": 100`, "/total", "scheme.not_a_decimal_string", "100"},
		{`"total": "100"`, `"total": "1e2"`, "/total", "scheme.not_a_decimal_string", "1e2"},
		{`"total": "100"`, `"total": "100", "totl": "1"`, "/totl", "scheme.unknown_field", "totl"},
		{`"total": "100"`, `"total": "100", "total": "100"`, "/total", "scheme.duplicate_field", "total"},
		{`"total": "100"`, `"total": "100", "a/b~c": "1"`, "/a~1b~0c", "scheme.unknown_field", "a/b~c"},
		{`"pass": "60",`, `"pass": "160",`, "/pass", "scheme.pass_above_max", "160"},
		{`"places": 3}`, `"places": 7}`, "/rounding/panel/places", "scheme.too_many_places", "7"},
		{`"mode": "half_even"`, `"mode": "bankers"`, "/rounding/aspect/mode", "scheme.unknown_word", "bankers"},
		{`"places": 3}`, `"places": "3"}`, "/rounding/panel/places", "scheme.wrong_type", "whole number from 0 to 1000"},
		{`"places": 3}`, `"places": -1}`, "/rounding/panel/places", "scheme.wrong_type", "whole number from 0 to 1000"},
		{`"identity": "open",`, `"identity": "shut",`, "/identity", "scheme.unknown_word", "shut"},
		{`"identity": "open",`, `"identity": "",`, "/identity", "scheme.missing", ""},
		{`{"id": "floor", "name"`, `{"id": "fl oor", "name"`, "/panels/0/id", "scheme.bad_id", "fl oor"},
		{`{"id": "floor", "name"`, `{"id": "judges", "name"`, "/panels/1/id", "scheme.duplicate_id", "judges"},
		{`"high": 1, "low": 1, "least": 3`, `"high": 2, "low": 1, "least": 3`, "/panels/1/policy/least", "scheme.drops_all", "3 ≤ 3"},
		{`"high": 1, "low": 1, "least": 3`, `"least": 3`, "/panels/1/policy/high", "scheme.missing", ""},
		{`"kind": "trimmed", "high"`, `"kind": "mean", "high"`, "/panels/1/policy/high", "scheme.field_not_used", "mean"},
		{`"chairs": 3}`, `"chairs": 1, "policy": {"kind": "mean", "least": 2}}`, "/panels/2/policy", "scheme.panel_too_small", "1 < 2"},
		{`"by": "component", "id": "practical"`, `"by": "component", "id": "nowhere"`, "/ranking/keys/0/id", "scheme.unknown_id", "nowhere"},
		{`"by": "component", "id": "practical"`, `"by": "luck", "id": "practical"`, "/ranking/keys/0/by", "scheme.unknown_word", "luck"},
		{`"by": "time", "id": "clock"`, `"by": "time", "id": "start"`, "/ranking/keys/2/id", "scheme.not_a_time", "start"},
		{`"by": "time", "id": "clock"`, `"by": "best", "id": "start"`, "/ranking/keys/2/id", "scheme.no_attempts", "start"},
		{`"tolerance": "5"`, `"tolerance": "0"`, "/standards/sections/0/max", "scheme.section_does_not_add_up", "30 ≠ 30"},
		{`"max": "30"}`, `"max": "40"}`, "/standards/sections/0/max", "scheme.section_does_not_add_up", "40 ≠ 30"},
		{`"section": "weld", "inputs"`, `"section": "wold", "inputs"`, aspect + "0/subs/0/aspects/1/section", "scheme.unknown_id", "wold"},
		{`"kind": "gate"`, `"kind": "gait"`, aspect + "1/subs/0/aspects/0/kind", "scheme.unknown_kind", "gait"},
		{`"kind": "yes_no", "panel": "floor"`, `"kind": "yes_no", "panel": "flor"`, aspect + "2/subs/0/aspects/0/panel", "scheme.unknown_id", "flor"},
		{`"kind": "yes_no", "panel": "floor"`, `"kind": "yes_no"`, aspect + "2/subs/0/aspects/0/panel", "scheme.missing", ""},
		{`"kind": "yes_no",`, `"kind": "yes_no", "per": "1",`, aspect + "2/subs/0/aspects/0/per", "scheme.field_not_used", "yes_no"},
		{`"kind": "external",`, `"kind": "external", "panel": "floor",`, "/components/0/criteria/0/subs/0/aspects/0/panel", "scheme.field_not_used", "external"},
		{`"nominal": "3", "tol": "0.2"`, `"nominal": "3"`, aspect + "2/subs/0/aspects/1/tol", "scheme.missing", ""},
		{`"nominal": "3", "tol": "0.2"`, `"nominal": "3", "tol": "-0.2"`, aspect + "2/subs/0/aspects/1/tol", "scheme.not_positive", "-0.2"},
		{`"low": "0.5", "high": "1.5"`, `"low": "2.5", "high": "1.5"`, aspect + "2/subs/0/aspects/2/high", "scheme.not_ascending", "2.5 > 1.5"},
		{`"low": "0.5", "high": "1.5"`, `"nominal": "1"`, aspect + "2/subs/0/aspects/2/low", "scheme.missing", ""},
		{`{"tol": "3", "mark": "2"}`, `{"tol": "1", "mark": "2"}`, aspect + "0/subs/0/aspects/4/bands/1/tol", "scheme.not_ascending", "1 ≥ 1"},
		{`{"tol": "3", "mark": "2"}`, `{"tol": "3", "mark": "5"}`, aspect + "0/subs/0/aspects/4/bands/1/mark", "scheme.above_max", "5 > 4"},
		{`{"tol": "3", "mark": "2"}`, `{"to": "3", "mark": "2"}`, aspect + "0/subs/0/aspects/4/bands/1/to", "scheme.field_not_used", "graded"},
		{`"tol": "0.5", "step"`, `"step"`, aspect + "0/subs/0/aspects/2/high", "scheme.missing", ""},
		{`"step": "0.5", "per": "2"`, `"step": "0.5", "per": "0.01"`, aspect + "0/subs/0/aspects/2/per", "scheme.too_many_steps", "800"},
		{`{"when": [{"le": "0.5"}, {"le": "15"}]`, `{"when": [{"le": "0.5"}]`, aspect + "0/subs/0/aspects/1/rows/1/when", "scheme.wrong_count", "1 ≠ 2"},
		{`{"gt": "-1"}`, `{"gt": "-1", "ge": "-1"}`, aspect + "0/subs/0/aspects/0/rows/2/when/0", "scheme.two_limits", ""},
		{`{"zh": "差"}, {"zh": "一般"}, {"zh": "好"}, `, ``, aspect + "1/subs/0/aspects/1/levels", "scheme.wrong_count", "1"},
		{`"kind": "judgement",`, `"kind": "judgement", "by": "one",`, aspect + "1/subs/0/aspects/1/by", "scheme.field_not_used", "judgement"},
		{`"from": "3", "to": "4.9"`, `"from": "3", "to": "5"`, aspect + "1/subs/0/aspects/3/grades/1", "scheme.grades_overlap", "a"},
		{`"target": "quality"`, `"target": "nowhere"`, aspect + "1/subs/0/aspects/0/target", "scheme.unknown_id", "nowhere"},
		{`"voids": "criterion", "target": "quality"`, `"voids": "aspect"`, aspect + "1/subs/0/aspects/0/target", "scheme.missing", ""},
		{`"voids": "criterion", "target": "quality"`, `"voids": "aspect", "target": "crack"`, aspect + "1/subs/0/aspects/0/target", "scheme.gate_of_gate", "crack"},
		{`"voids": "criterion", "target": "quality"`, `"voids": "entry", "target": "quality"`, aspect + "1/subs/0/aspects/0/target", "scheme.field_not_used", "entry"},
		{`{"count": 3, "take": "best"}`, `{"count": 2, "take": "middle"}`, aspect + "2/subs/0/aspects/4/attempts/count", "scheme.too_few", "3"},
		{`{"count": 3, "take": "best"}`, `{"count": 1, "take": "best"}`, aspect + "2/subs/0/aspects/4/attempts/count", "scheme.out_of_range", "2–20"},
		{`"limit": "3600"`, `"limit": "1800"`, aspect + "2/subs/0/aspects/6/limit", "scheme.not_ascending", "1800 ≥ 1800"},
		{`"mode": "linear"`, `"mode": "bands"`, aspect + "2/subs/0/aspects/6/limit", "scheme.field_not_used", "bands"},
		{`"amount": "1", "cap": "3"`, `"cap": "3"`, aspect + "2/subs/0/aspects/5/items/0/amount", "scheme.missing", ""},
		{`"amount": "1", "cap": "3"`, `"amount": "1", "from": "1", "to": "2"`, aspect + "2/subs/0/aspects/5/items/0/from", "scheme.field_not_used", "amount"},
		{`"level": "component"`, `"level": "aspect"`, aspect + "2/subs/1/aspects/1/level", "scheme.unknown_word", "aspect"},
	} {
		text := strings.Replace(sample(t), c.from, c.to, 1)
		if text == sample(t) {
			t.Fatalf("the sample has no %s", c.from)
		}
		if c.hint == "30 ≠ 30" { // the sections add up: no fault at all
			if f := faults(t, text); f != nil {
				t.Errorf("%s: %v", c.to, f)
			}
			continue
		}
		found := false
		f := faults(t, text)
		for _, x := range f {
			found = found || x == scheme.Fault{Path: c.path, Code: c.code, Hint: c.hint}
		}
		if !found {
			t.Errorf("%s → %s: want %s %s (%s), got\n%v", c.from, c.to, c.path, c.code, c.hint, f)
		}
	}
}

// TestADeclaredTotalThatDoesNotAddUp is a real one: 17 marks were declared
// where the aspects add to 16.75.
func TestADeclaredTotalThatDoesNotAddUp(t *testing.T) {
	f := faults(t, `{"format":"jiangtai.scheme/1","name":{"zh":"模块"},"panels":[{"id":"p","name":{"zh":"组"}}],
	 "components":[{"id":"c","name":{"zh":"部"},"criteria":[{"id":"k","name":{"zh":"模块"},"max":"17","subs":[{"id":"s","name":{"zh":"项"},"aspects":[
	 {"id":"a","name":{"zh":"一"},"kind":"yes_no","panel":"p","max":"10"},{"id":"b","name":{"zh":"二"},"kind":"yes_no","panel":"p","max":"6.75"}]}]}]}]}`)
	if len(f) != 1 || f[0] != (scheme.Fault{Path: "/components/0/criteria/0/max", Code: "scheme.does_not_add_up", Hint: "17 ≠ 16.75"}) {
		t.Fatalf("%v", f)
	}
}

func TestAllFaultsAtOnceInOrder(t *testing.T) {
	text := sample(t)
	for _, c := range [][2]string{{`"total": "100"`, `"total": "99"`}, {`"weight": "0.7"`, `"weight": "0.8"`}, {`"by": "luck"`, ``}, {`"kind": "gate"`, `"kind": "gait"`}} {
		text = strings.Replace(text, c[0], c[1], 1)
	}
	f := faults(t, text)
	if len(f) < 3 {
		t.Fatalf("%v", f)
	}
	for i := 1; i < len(f); i++ {
		if f[i].Path < f[i-1].Path {
			t.Errorf("%s behind %s", f[i].Path, f[i-1].Path)
		}
	}
	if lines := strings.Split(f.Error(), "\n"); len(lines) != len(f) {
		t.Errorf("%d lines for %d faults", len(lines), len(f))
	}
}

func TestNotASchemeAtAll(t *testing.T) {
	for text, code := range map[string]string{
		``:                                     "scheme.not_json",
		`{`:                                    "scheme.not_json",
		`{} x`:                                 "scheme.not_json",
		`[]`:                                   "scheme.wrong_type",
		`null`:                                 "scheme.wrong_type",
		"\xff\xfe":                             "scheme.not_utf8",
		strings.Repeat("[", 500):               "scheme.not_json",
		strings.Repeat(" ", scheme.MaxBytes+1): "scheme.too_large",
		`{"format":"jiangtai.scheme/1"}`:       "scheme.missing",
		`{"components":[` + strings.Repeat("1,", 5000) + `1]}`: "scheme.wrong_type",
	} {
		f := faults(t, text)
		found := false
		for _, x := range f {
			found = found || x.Code == code
		}
		if !found || len(f) > 500 {
			t.Errorf("%.40q: %d faults, no %s", text, len(f), code)
		}
	}
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("../testdata/schemes/*.json")
	if err != nil || len(files) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(alone(onFloor + `"kind":"grades","grades":[]`)))
	f.Add([]byte(alone(onFloor + `"kind":"relative","max":"5","better":"lower","readings":{"count":2,"take":"mean"}`)))
	f.Add([]byte(`{"format":"jiangtai.scheme/1","components":[{"criteria":[{"subs":[{"aspects":[{"kind":"grades","grades":[{}]}]}]}]}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := scheme.Parse(text)
		if err != nil {
			return
		}
		if _, err := rules.Compile(s); err != nil {
			t.Fatalf("read and then not compiled: %v", err)
		}
		again, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := scheme.Parse(again); err != nil {
			t.Fatalf("written again it is refused: %v", err)
		}
	})
}
