package scoring_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"jiangtai/scoring/scheme"
)

// TestTheManualShowsEveryField: each field of a scheme stands in an example, so that
// nobody has to guess how it is written.
func TestTheManualShowsEveryField(t *testing.T) {
	text, err := os.ReadFile("../docs/scoring.md")
	if err != nil {
		t.Fatal(err)
	}
	var examples strings.Builder
	for i, part := range strings.Split(string(text), "```") {
		if i%2 == 1 && strings.HasPrefix(part, "json") {
			examples.WriteString(part)
		}
	}
	seen := map[reflect.Type]bool{}
	fields := 0
	var walk func(reflect.Type)
	walk = func(of reflect.Type) {
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct || of == reflect.TypeFor[scheme.Num]() || seen[of] {
			return
		}
		seen[of] = true
		for i := range of.NumField() {
			name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
			if fields++; !strings.Contains(examples.String(), `"`+name+`":`) {
				t.Errorf("%s.%s: no example has %q", of.Name(), of.Field(i).Name, name)
			}
			walk(of.Field(i).Type)
		}
	}
	walk(reflect.TypeFor[scheme.Scheme]())
	if fields < 100 {
		t.Errorf("only %d fields", fields)
	}
}
