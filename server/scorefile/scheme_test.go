package scorefile_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"jiangtai/schemas"
	"jiangtai/scoring/scheme"
)

func schemeShape(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := schemas.Files.ReadFile("scheme.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("scheme.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("scheme.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// shapeCodes are the faults that a JSON Schema can see too.
var shapeCodes = map[string]bool{
	"scheme.unknown_field": true, "scheme.wrong_type": true, "scheme.not_a_decimal_string": true, "scheme.unknown_kind": true,
	"scheme.unknown_format": true, "scheme.too_many_places": true,
}

// TestSchemaAndParserAgree changes a scheme that uses every kind in thousands
// of single ways. What the schema refuses the parser refuses; what the parser
// refuses for its shape the schema refuses. Each aspect is changed in a scheme
// of its own, so that not every change costs reading the whole sample.
func TestSchemaAndParserAgree(t *testing.T) {
	t.Parallel()
	a := agreement{t: t, shape: schemeShape(t)}
	for _, sample := range samples {
		a.holdSample(sample)
	}
	if a.tried < 1000 || a.refused < 800 {
		t.Fatalf("tried %d changes, %d refused: the scheme is too small for this test", a.tried, a.refused)
	}
}

// samples together have every kind and every field.
var samples = []string{
	"../../scoring/testdata/schemes/welding.json", "../../scoring/testdata/schemes/relay.json", "../../scoring/testdata/schemes/teams.json",
}

// agreement holds the schema and the parser against each other.
type agreement struct {
	t              *testing.T
	shape          *jsonschema.Schema
	tried, refused int
}

func (a *agreement) holdSample(path string) {
	a.t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		a.t.Fatal(err)
	}
	var root map[string]any
	if err := json.Unmarshal(text, &root); err != nil {
		a.t.Fatal(err)
	}
	a.hold(root, root)
	for _, aspect := range aspectsOf(root) {
		a.hold(map[string]any{
			"format": root["format"], "name": root["name"], "panels": root["panels"],
			"standards": map[string]any{"tolerance": "1000", "sections": []any{map[string]any{"id": "weld", "name": root["name"], "max": "1"}}},
			"components": []any{map[string]any{"id": "c", "name": root["name"], "criteria": []any{map[string]any{
				"id": "quality", "name": root["name"], "subs": []any{map[string]any{
					"id": "s", "name": root["name"], "aspects": []any{aspect},
				}},
			}}}},
		}, aspect)
	}
}

// hold changes part, which lies in root.
func (a *agreement) hold(root map[string]any, part any) {
	a.t.Helper()
	if bySchema, byParser := a.ask(root); bySchema != nil || byParser != nil {
		a.t.Fatalf("before any change: %v; %v", bySchema, byParser)
	}
	mutate(part, func(what string) {
		a.tried++
		bySchema, byParser := a.ask(root)
		if bySchema != nil {
			a.refused++
		}
		if bySchema != nil && byParser == nil {
			a.t.Errorf("%s: only the schema refuses: %v", what, bySchema)
		}
		var faults scheme.Faults
		if bySchema == nil && errors.As(byParser, &faults) && shapeCodes[faults[0].Code] {
			a.t.Errorf("%s: only the parser refuses: %v", what, byParser)
		}
	})
}

func (a *agreement) ask(root map[string]any) (bySchema, byParser error) {
	text, err := json.Marshal(root)
	if err != nil {
		a.t.Fatal(err)
	}
	_, byParser = scheme.Parse(text)
	return a.shape.Validate(root), byParser
}

// aspectsOf are the aspects anywhere below.
func aspectsOf(node any) (list []any) {
	switch n := node.(type) {
	case map[string]any:
		if aspects, ok := n["aspects"].([]any); ok {
			return aspects
		}
		for _, v := range n {
			list = append(list, aspectsOf(v)...)
		}
	case []any:
		for _, v := range n {
			list = append(list, aspectsOf(v)...)
		}
	}
	return list
}

// turn goes through the wrong values, so that each place gets some and all
// places together get all.
var turn int

// mutate makes one change after the other in place, calls try, and undoes it.
func mutate(node any, try func(what string)) {
	switch n := node.(type) {
	case map[string]any:
		n["surprise"] = "1"
		try("a field too many")
		delete(n, "surprise")
		keys := make([]string, 0, len(n))
		for k := range n {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		for _, k := range keys {
			v := n[k]
			delete(n, k)
			try("without " + k)
			for range 2 {
				others := [...]any{1.5, "no such", true, nil, []any{}, map[string]any{}, "1e3", ""}
				other := others[turn%len(others)]
				turn++
				if fmt.Sprint(other) == fmt.Sprint(v) {
					continue
				}
				n[k] = other
				try(fmt.Sprintf("%s is %#v", k, other))
			}
			n[k] = v
			if k != "aspects" { // each is changed in a scheme of its own
				mutate(v, try)
			}
		}
	case []any:
		for _, v := range n {
			mutate(v, try)
		}
	}
}

// TestEveryKindIsInTheSchemaAndTheSamples keeps the samples above whole.
func TestEveryKindIsInTheSchemaAndTheSamples(t *testing.T) {
	var text []byte
	for _, path := range samples {
		sample, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, sample...)
	}
	shape, err := schemas.Files.ReadFile("scheme.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []scheme.Kind{
		scheme.YesNo, scheme.Tolerance, scheme.Limits, scheme.Graded, scheme.Excess, scheme.Table, scheme.Counted, scheme.PointsKind,
		scheme.Judgement, scheme.PanelKind, scheme.Deductions, scheme.Grades, scheme.Gate, scheme.Time, scheme.Penalty, scheme.External, scheme.Relative,
	} {
		if !strings.Contains(string(text), `"kind": "`+string(k)+`"`) {
			t.Errorf("the sample has no %s", k)
		}
		if !strings.Contains(string(shape), `"const": "`+string(k)+`"`) {
			t.Errorf("the schema has no %s", k)
		}
	}
}
