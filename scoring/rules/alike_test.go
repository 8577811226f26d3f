package rules_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"jiangtai/scoring/rules"
	"jiangtai/scoring/scheme"
	"jiangtai/scoring/tally/tallytest"
)

// TestAlike: aspects of one scale are alike, of another one are not, and whatever is put
// in, alike aspects of all schemes read it alike.
func TestAlike(t *testing.T) {
	files, err := filepath.Glob("../testdata/schemes/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	texts := []string{"", "-", "0", "1", "2", "0.5", "7.25", "9.50", "12", "61.5", "100", "1000", "stop=1", "a", "1;2;3"}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s, err := scheme.Parse(text)
		if err != nil {
			continue // some are there to be refused
		}
		r, err := rules.Compile(s)
		if err != nil {
			continue
		}
		for i := range r.Aspects {
			first := r.Aspects[i].Alike
			if first > i || r.Aspects[first].Alike != first {
				t.Fatalf("%s: aspect %d is like %d", file, i, first)
			}
			for _, value := range texts {
				mine, no := r.Aspects[i].Pad.Read(value)
				theirs, not := r.Aspects[first].Pad.Read(value)
				if !reflect.DeepEqual(mine, theirs) || !reflect.DeepEqual(no, not) {
					t.Errorf("%s: %q is %+v %v of aspect %d and %+v %v of %d", file, value, mine, no, i, theirs, not, first)
				}
			}
		}
	}
	same := tallytest.Scale(t, "", tallytest.Aspect("one", "panel", `"panel": "judges", "max": "10"`),
		tallytest.Aspect("two", "panel", `"panel": "judges", "max": "5"`), tallytest.Aspect("three", "panel", `"panel": "judges", "max": "10"`))
	if a := same.Aspects; a[0].Alike != 0 || a[1].Alike != 1 || a[2].Alike != 0 {
		t.Errorf("like %d, %d and %d", a[0].Alike, a[1].Alike, a[2].Alike)
	}
	r := welding(t)
	for _, c := range []struct{ one, other string }{{"exam", "height"}, {"crack", "grade"}, {"clock", "height"}} {
		one, other := r.Aspects[r.AspectAt[c.one]], r.Aspects[r.AspectAt[c.other]]
		if one.Alike == other.Alike {
			t.Errorf("%s is like %s", c.one, c.other)
		}
	}
}
