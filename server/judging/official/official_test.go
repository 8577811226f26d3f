package official_test

import (
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/scoring/working"
	"jiangtai/server/judging/official"
)

const text = `{"format":"jiangtai.scheme/1","name":{"zh":"焊工"},"panels":[],"composition":"sum","components":[
 {"id":"theory","name":{"zh":"理论"},%s"criteria":[{"id":"a","name":{"zh":"甲"},"subs":[{"id":"b","name":{"zh":"乙"},"aspects":[
  {"id":"c","name":{"zh":"丙"},"kind":"external","max":"100"}]}]}]}]}`

func replace(text, pass string) string { return strings.Replace(text, "%s", pass, 1) }

func rules(t *testing.T, text string) *scoring.Rules {
	t.Helper()
	s, err := scheme.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	r, err := scoring.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestPassMarksAreHeldAgainstWhatWasRounded(t *testing.T) {
	with := rules(t, replace(text, `"pass":"60",`))
	for value, want := range map[string]bool{"60": true, "59.99": false, "60.00": true, "100": true, "0": false} {
		w := scoring.Working{Complete: true, Components: []working.Component{{ID: "theory", Value: value}}}
		if got, err := official.Passes(with, &w); err != nil || got == nil || *got != want {
			t.Errorf("%s passes: %v, %v", value, got, err)
		}
		w.Complete = false
		if got, err := official.Passes(with, &w); err != nil || *got {
			t.Errorf("%s of an incomplete entry passes: %v", value, err)
		}
	}
	w := scoring.Working{Components: []working.Component{{ID: "theory", Value: "sixty"}}}
	if _, err := official.Passes(with, &w); err == nil {
		t.Error("a value that is no number was read")
	}
	if got, err := official.Passes(rules(t, replace(text, "")), &w); got != nil || err != nil {
		t.Errorf("without a pass mark: %v, %v", got, err)
	}
}

func TestADigestNamesItsContent(t *testing.T) {
	a, err := official.Digest([]string{"88.50"})
	b, bad := official.Digest([]string{"88.5"})
	if err != nil || bad != nil || len(a) != 64 || a == b {
		t.Errorf("%q, %q, %v, %v", a, b, err, bad)
	}
	if _, err := official.Digest(func() {}); err == nil {
		t.Error("what is no JSON has a digest")
	}
}
