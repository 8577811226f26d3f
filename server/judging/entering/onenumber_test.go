package entering_test

import (
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/judging/entering"
)

func TestOneNumberIsAScheme(t *testing.T) {
	s, err := scheme.Parse(entering.OneNumber)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := scoring.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	if rules.Max() != "100" || len(rules.Aspects) != 1 || rules.Aspects[0].Panel != -1 || rules.Sealing() {
		t.Errorf("at most %s, %d aspects", rules.Max(), len(rules.Aspects))
	}
}
