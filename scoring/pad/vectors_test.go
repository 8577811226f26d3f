package pad_test

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"jiangtai/scoring/pad"
	"jiangtai/scoring/scheme"
)

const vectorFile = "../../schemas/pad-vectors.json"

type vectors struct {
	Note string       `json:"note"`
	Pads []padVectors `json:"pads"`
}

type padVectors struct {
	Aspect json.RawMessage `json:"aspect"`
	Pad    *pad.Pad        `json:"pad,omitempty"`
	Cases  []padCase       `json:"cases"`
}

type padCase struct {
	Value     string  `json:"value"`
	Canonical *string `json:"canonical,omitempty"`
	Mark      string  `json:"mark,omitempty"`
	Voids     string  `json:"voids,omitempty"`
	Refusal   string  `json:"refusal,omitempty"`
	Hint      string  `json:"hint,omitempty"`
}

func readVectors(t *testing.T) vectors {
	t.Helper()
	text, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// parseAspect reads an aspect as a scheme of one aspect, strictly.
func parseAspect(t testing.TB, text string) *scheme.Aspect {
	t.Helper()
	s, err := scheme.Parse([]byte(`{"format":"jiangtai.scheme/1","name":{"zh":"向量"},"panels":[{"id":"judges","name":{"zh":"组"}}],
		"components":[{"id":"c","name":{"zh":"部"},"criteria":[{"id":"k","name":{"zh":"模块"},"subs":[
		{"id":"s","name":{"zh":"项"},"aspects":[` + text + `]}]}]}]}`))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return &s.Components[0].Criteria[0].Subs[0].Aspects[0]
}

// TestVectors holds the compiled pads and what they make of values against the
// file that the tablet is tested with too.
func TestVectors(t *testing.T) {
	v := readVectors(t)
	write := os.Getenv("PADS") == "write"
	kinds, cases := map[string]int{}, 0
	for i := range v.Pads {
		p := &v.Pads[i]
		made := pad.Make(parseAspect(t, string(p.Aspect)), "A1.1")
		if write {
			p.Pad = &made
		}
		if p.Pad == nil || !reflect.DeepEqual(*p.Pad, made) {
			t.Errorf("pad of %s differs from the file; PADS=write go test ./scoring/pad writes it:\n%+v", made.ID, made)
			continue
		}
		rule, err := pad.Compile(*p.Pad)
		if err != nil {
			t.Fatal(err)
		}
		kinds[made.Kind]++
		for _, c := range p.Cases {
			holdCase(t, rule, c)
			cases++
		}
	}
	if cases < 60 || len(kinds) != 17 {
		t.Errorf("%d cases over %d kinds; the tablet wants all 17 kinds and 60 cases at least", cases, len(kinds))
	}
	if write {
		text, _ := json.MarshalIndent(v, "", " ")
		if err := os.WriteFile(vectorFile, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func holdCase(t *testing.T, rule *pad.Rule, c padCase) {
	t.Helper()
	id := rule.Pad().ID
	got, refusal := rule.Read(c.Value)
	switch {
	case refusal != nil && (refusal.Code != c.Refusal || refusal.Hint != c.Hint):
		t.Errorf("%s %q: refused %+v, want %q %q", id, c.Value, *refusal, c.Refusal, c.Hint)
	case refusal != nil:
	case c.Refusal != "":
		t.Errorf("%s %q: accepted as %+v, want %s", id, c.Value, got, c.Refusal)
	case got.Mark.String() != c.Mark || got.Value != *c.Canonical || got.Voids != c.Voids:
		t.Errorf("%s %q: %s as %q voids %q, want %s as %q voids %q", id, c.Value, got.Mark, got.Value, got.Voids, c.Mark, *c.Canonical, c.Voids)
	default:
		if again, _ := rule.Read(got.Value); again != got {
			t.Errorf("%s %q: canonical text reads otherwise", id, c.Value)
		}
	}
}
