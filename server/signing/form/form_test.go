package form

import (
	"testing"

	"jiangtai/scoring"
)

func TestNamesAreReadBack(t *testing.T) {
	for _, c := range []Cell{{"001", "face", 1}, {"K12-X", "a.b", 0}, {"一|二", "size", 3}} {
		if got, ok := Parse(c.Name()); !ok || got != c {
			t.Errorf("%q is read as %+v", c.Name(), got)
		}
	}
	for _, name := range []string{"", "face", "face|1", "|1|001", "face|x|001", "face|300|001", "face|1|"} {
		if got, ok := Parse(name); ok {
			t.Errorf("%q is read as %+v", name, got)
		}
	}
	if (Cell{}).Name() != "" {
		t.Error("no cell has a name")
	}
}

func TestAnAspectHasAPlaceForEachAttempt(t *testing.T) {
	list := Places([]scoring.Pad{{ID: "a", Code: "A1.1", Attempts: 1}, {ID: "b", Code: "A1.2", Attempts: 3}})
	var titles string
	for _, p := range list {
		titles += p.Title() + ";"
	}
	if titles != "A1.1;A1.2 第1次;A1.2 第2次;A1.2 第3次;" {
		t.Error(titles)
	}
}
