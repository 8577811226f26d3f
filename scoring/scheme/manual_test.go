package scheme_test

import (
	"os"
	"strings"
	"testing"

	"jiangtai/scoring/scheme"
)

// TestTheManualsExamples reads every example of docs/schemes.md; every kind of
// aspect has one.
func TestTheManualsExamples(t *testing.T) {
	text, err := os.ReadFile("../../docs/schemes.md")
	if err != nil {
		t.Fatal(err)
	}
	kinds, schemes := map[scheme.Kind]bool{}, 0
	for i, part := range strings.Split(string(text), "```") {
		if i%2 == 0 {
			continue
		}
		kind, body, _ := strings.Cut(part, "\n")
		switch kind {
		case "json scheme":
			schemes++
		case "json aspect":
			body = `{"format":"jiangtai.scheme/1","name":{"zh":"例"},"panels":[{"id":"floor","name":{"zh":"现场"}},{"id":"judges","name":{"zh":"评分"}}],
			"components":[{"id":"c","name":{"zh":"部"},"criteria":[{"id":"k","name":{"zh":"模块"},"subs":[{"id":"s","name":{"zh":"项"},"aspects":[` + body + `]}]}]}]}`
		default:
			t.Errorf("a block of kind %q", kind)
			continue
		}
		s, err := scheme.Parse([]byte(body))
		if err != nil {
			t.Errorf("%v\n%s", err, part)
			continue
		}
		kinds[s.Components[0].Criteria[0].Subs[0].Aspects[0].Kind] = true
	}
	if schemes != 2 || len(kinds) != 17 {
		t.Errorf("%d schemes, %d kinds of 17", schemes, len(kinds))
	}
}
