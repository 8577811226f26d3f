package pad_test

import (
	"testing"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/pad"
)

// FuzzRead gives every pad of the vector file any text: an accepted value has
// one canonical text that reads the same, and a mark within the pad's maximum.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"1", "-0", "20", "1.6;2.3;1.9", "tools=2;order=1", "", "1e5", "0.4;12", "stop=1", "99999999999"} {
		f.Add(s)
	}
	var rules []*pad.Rule
	f.Fuzz(func(t *testing.T, v string) {
		if rules == nil {
			for _, p := range readVectors(t).Pads {
				r, err := pad.Compile(*p.Pad)
				if err != nil {
					t.Fatal(err)
				}
				rules = append(rules, r)
			}
		}
		for _, r := range rules {
			holdRead(t, r, v)
		}
	})
}

func holdRead(t *testing.T, r *pad.Rule, v string) {
	t.Helper()
	got, refusal := r.Read(v)
	p := r.Pad()
	if refusal != nil {
		if refusal.Code == "" {
			t.Fatalf("%s %q is refused without a code", p.ID, v)
		}
		return
	}
	if again, no := r.Read(got.Value); no != nil || again != got {
		t.Fatalf("%s %q: canonical %q reads as %+v %v", p.ID, v, got.Value, again, no)
	}
	if p.Kind == "penalty" || p.Kind == "relative" || p.Max == "" { // what is measured may exceed it
		return
	}
	most, err := exact.ParseText(p.Max)
	if err != nil || most.Less(got.Mark) {
		t.Fatalf("%s %q gives %s of %s", p.ID, v, got.Mark, p.Max)
	}
}
