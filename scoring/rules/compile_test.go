package rules_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"jiangtai/scoring/rules"
	"jiangtai/scoring/scheme"
)

func compile(t *testing.T, text string) *rules.Rules {
	t.Helper()
	s, err := scheme.Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	r, err := rules.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func relay(t *testing.T) *rules.Rules {
	t.Helper()
	text, err := os.ReadFile("../testdata/schemes/relay.json")
	if err != nil {
		t.Fatal(err)
	}
	return compile(t, string(text))
}

// TestRelativeAspects know which way is better and that they wait for others.
func TestRelativeAspects(t *testing.T) {
	r := relay(t)
	for id, want := range map[string]string{"whole": "0 true true", "lap": "1 true true", "pieces": "2 false false"} { //nolint:dupword // two answers
		a := &r.Aspects[r.AspectAt[id]]
		if got := fmt.Sprint(a.Relative, a.Lower, a.Lowest); got != want || r.Relatives[a.Relative] != r.AspectAt[id] {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	w := welding(t)
	if w.Aspects[0].Relative != -1 || w.Relatives != nil {
		t.Error("an aspect of welding waits for the field")
	}
}

// TestKeysOfEverySort: what they name, and which way they go without a word.
func TestKeysOfEverySort(t *testing.T) {
	text, err := os.ReadFile("../testdata/schemes/welding.json")
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		`{"by":"component","id":"theory"}`:                   "component 0 false 0 0",
		`{"by":"component","id":"practical"}`:                "component 1 false 0 0",
		`{"by":"criterion","id":"work","order":"ascending"}`: "criterion 3 true 0 0",
		`{"by":"aspect","id":"height"}`:                      "aspect 1 false 0 0",
		`{"by":"time","id":"clock"}`:                         "time 17 true 0 0",
		`{"by":"time","id":"clock","order":"descending"}`:    "time 17 false 0 0",
		`{"by":"best","id":"process"}`:                       "best 14 false 0 0",
		`{"by":"best","id":"process","order":"ascending"}`:   "best 14 true 0 0",
		`{"by":"firsts"}`:                                    "firsts 0 false 0 4",
		`{"by":"firsts","id":"practical"}`:                   "firsts 0 false 1 4",
		`{"by":"firsts","id":"theory","order":"ascending"}`:  "firsts 0 true 0 1",
	} {
		from := strings.Index(string(text), `"keys": [`)
		to := strings.Index(string(text), `], "ties"`)
		k := compile(t, string(text[:from])+`"keys": [`+key+string(text[to:])).Keys[0]
		if got := fmt.Sprint(k.By, " ", k.At, k.Ascending, k.From, k.To); got != want {
			t.Errorf("%s: %s, want %s", key, got, want)
		}
	}
	if k := relay(t).Keys[2]; k.By != "best" || !k.Ascending {
		t.Errorf("the best lap is the least: %+v", k)
	}
}

// TestGatesFindWhatTheyVoid, named or their own.
func TestGatesFindWhatTheyVoid(t *testing.T) {
	gate := func(voids string) string {
		return `{"format":"jiangtai.scheme/1","name":{"zh":"否决"},"panels":[{"id":"p","name":{"zh":"组"}}],"components":[
		{"id":"c0","name":{"zh":"部"},"criteria":[{"id":"k0","name":{"zh":"块"},"subs":[{"id":"s0","name":{"zh":"项"},"aspects":[
		 {"id":"a0","name":{"zh":"点"},"kind":"points","panel":"p","max":"1"}]}]}]},
		{"id":"c1","name":{"zh":"部"},"criteria":[{"id":"k1","name":{"zh":"块"},"subs":[{"id":"s1","name":{"zh":"项"},"aspects":[
		 {"id":"g","name":{"zh":"否决"},"kind":"gate","panel":"p",` + voids + `}]}]}]}]}`
	}
	for voids, want := range map[string]int{
		`"voids":"aspect","target":"a0"`:    0,
		`"voids":"criterion"`:               1,
		`"voids":"criterion","target":"k0"`: 0,
		`"voids":"component"`:               1,
		`"voids":"component","target":"c0"`: 0,
		`"voids":"entry"`:                   -1,
	} {
		r := compile(t, gate(voids))
		if a := &r.Aspects[1]; a.Target != want || !strings.Contains(voids, a.Voids) || !r.Voiding || a.Required {
			t.Errorf("%s: target %d, want %d", voids, a.Target, want)
		}
	}
}

// TestWhatSchemesTell: columns, greatest totals, identities.
func TestWhatSchemesTell(t *testing.T) {
	r := welding(t)
	var columns []string
	for _, c := range r.Columns() {
		columns = append(columns, c.ID+" "+c.Max)
	}
	if got := strings.Join(columns, ", "); got != "theory 100, practical 100" {
		t.Error(got)
	}
	columns = nil
	for _, c := range relay(t).Columns() {
		columns = append(columns, c.ID+" "+c.Max)
	}
	if got := strings.Join(columns, ", "); got != "speed 20, output 20" {
		t.Errorf("of one component its criteria: %s", got)
	}
	if got := relay(t).Max(); got != "40" {
		t.Errorf("declared: %s", got)
	}
	var criteria []string
	for _, c := range r.Criteria() {
		criteria = append(criteria, c.Code+" "+c.ID+" "+c.Max+" "+string(c.Identity))
	}
	if got := strings.Join(criteria, ", "); got != "A paper 100 open, B size 34 open, C quality 15 open, D work 51 open" {
		t.Error(got)
	}
	if _, ok := r.CriterionOf("nothing"); ok || r.Sheets("nobody") != nil || r.Scheme().Name.En == "" {
		t.Error("something of nothing")
	}
	for identities, want := range map[string]scheme.Identity{
		//nolint:dupword // two identities
		`open open`: scheme.Open, `open seat`: scheme.Seat, `seat coded`: scheme.Coded, `coded open`: scheme.Coded,
	} {
		a, b, _ := strings.Cut(identities, " ")
		r := compile(t, strings.NewReplacer("FIRST", a, "SECOND", b).Replace(`{"format":"jiangtai.scheme/1","name":{"zh":"盲评"},"identity":"FIRST","panels":[],
		 "components":[{"id":"c","name":{"zh":"部"},"criteria":[
		  {"id":"a","name":{"zh":"甲"},"subs":[{"id":"a","name":{"zh":"项"},"aspects":[{"id":"a","name":{"zh":"点"},"kind":"external","max":"10"}]}]},
		  {"id":"b","name":{"zh":"乙"},"identity":"SECOND","subs":[{"id":"b","name":{"zh":"项"},"aspects":[{"id":"b","name":{"zh":"点"},"kind":"external"}]}]}]}]}`))
		if r.Identity() != want || r.Sealing() != (want != scheme.Open) || r.Max() != "" {
			t.Errorf("%s: %s, sealing %v, max %q", identities, r.Identity(), r.Sealing(), r.Max())
		}
	}
}
