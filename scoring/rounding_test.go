package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
)

// stagesScheme is one path through every stage: three judges' mean × 1.1, the
// criterion × 0.7, the component, × 0.35, the total.
func stagesScheme(t *testing.T, rounding string) *scoring.Rules {
	t.Helper()
	return compile(t, `{"format":"jiangtai.scheme/1","name":{"zh":"修约"},"panels":[{"id":"judges","name":{"zh":"评分"}},{"id":"floor","name":{"zh":"现场"}}],
	 "rounding":{`+rounding+`},"components":[
	 {"id":"c","name":{"zh":"一"},"weight":"0.35","criteria":[{"id":"k","name":{"zh":"块"},"factor":"0.7","subs":[{"id":"s","name":{"zh":"项"},"aspects":[
	  {"id":"a","name":{"zh":"点"},"kind":"panel","panel":"judges","max":"10","factor":"1.1"}]}]}]},
	 {"id":"d","name":{"zh":"二"},"weight":"0.65","criteria":[`+module("z", `"kind":"points","panel":"floor","max":"10"}`)+`]}]}`)
}

// TestStagesAndModes: marks 7, 8 and 8.5 make 23.5/3 = 7.8333…; × 1.1 = 8.61666…;
// × 0.7 = 6.031666…; × 0.35 = 2.1110833…. Each stage alone, in each mode.
func TestStagesAndModes(t *testing.T) {
	for _, c := range []struct{ stage, halfUp, halfEven, floor, ceiling string }{
		{"none", "2.111083", "2.111083", "2.111083", "2.111083"},
		{"panel", "2.1021", "2.1021", "2.1021", "2.12905"},            // 7.8 or 7.9, × 0.2695
		{"aspect", "2.107", "2.107", "2.107", "2.1315"},               // 8.6 or 8.7, × 0.245
		{"criterion", "2.1", "2.1", "2.1", "2.135"},                   // 6.0 or 6.1
		{"component", "2.1", "2.1", "2.1", "2.135"},                   // the same here
		{"weighted", "2.1", "2.1", "2.1", "2.2"},                      // 2.1 or 2.2
		{"panel aspect", "2.107", "2.107", "2.0825", "2.1315"},        // 7.8 → 8.58 → 8.6 or 8.5; 7.9 → 8.69 → 8.7
		{"panel aspect criterion", "2.1", "2.1", "2.065", "2.135"},    // 6.02 → 6.0; 5.95 → 5.9; 6.09 → 6.1
		{"criterion component weighted", "2.1", "2.1", "2.1", "2.2"},  // 2.1; 2.135 → 2.2
		{"panel aspect criterion weighted", "2.1", "2.1", "2", "2.2"}, // 2.065 → 2.0
	} {
		for mode, want := range map[string]string{"half_up": c.halfUp, "half_even": c.halfEven, "floor": c.floor, "ceiling": c.ceiling} {
			rounding := `"total":{"places":6}`
			for _, stage := range strings.Fields(c.stage) {
				if stage != "none" {
					rounding += `,"` + stage + `":{"places":1,"mode":"` + mode + `"}`
				}
			}
			d := newDesk(t, stagesScheme(t, rounding), seating{{"judges", 3}, {"floor", 1}}, 1)
			d.act(scoring.Open, "")
			for i, v := range []string{"7", "8", "8.5"} {
				d.mark(1, "a", i+1, v)
			}
			d.mark(1, "z0", 4, "0")
			got := strings.TrimRight(strings.TrimRight(d.row(scoring.Chief, 1).Total, "0"), ".")
			if got != want {
				t.Errorf("%s %s: %s, want %s", c.stage, mode, got, want)
			}
		}
	}
}

// TestHalvesAtTheTotal: where exactly half is left over the modes part.
func TestHalvesAtTheTotal(t *testing.T) {
	for _, c := range []struct{ mark, halfUp, halfEven, floor, ceiling string }{
		{"6.25", "6.3", "6.2", "6.2", "6.3"},
		{"6.35", "6.4", "6.4", "6.3", "6.4"},
		{"6.250001", "6.3", "6.3", "6.2", "6.3"},
		{"6.3", "6.3", "6.3", "6.3", "6.3"},
		{"-6.25", "-6.3", "-6.2", "-6.3", "-6.2"}, // half-up is away from zero
		{"-6.35", "-6.4", "-6.4", "-6.4", "-6.3"},
		{"-0.04", "0.0", "0.0", "-0.1", "0.0"},
	} {
		for mode, want := range map[string]string{
			"": c.halfUp, "half_up": c.halfUp, "half_even": c.halfEven, "floor": c.floor, "ceiling": c.ceiling,
		} {
			s := *single(t, "", `"kind":"points","panel":"floor","max":"10","min":"-10"`).Scheme()
			s.Rounding.Total = &scheme.Round{Places: 1, Mode: mode}
			r, err := scoring.Compile(&s)
			if err != nil {
				t.Fatal(err)
			}
			d := openDesk(t, r, 1, 1)
			d.mark(1, "a0", 1, c.mark)
			if got := d.row(scoring.Chief, 1).Total; got != want {
				t.Errorf("%s %q: %s, want %s", c.mark, mode, got, want)
			}
		}
	}
}

// TestRoundingOnceOrTwice: two parts of 1.005 each: rounded and then added they
// make 2.02, added and then rounded 2.01.
func TestRoundingOnceOrTwice(t *testing.T) {
	for rounding, want := range map[string]string{"": "2.01", `"criterion":{"places":2}`: "2.02", `"component":{"places":2}`: "2.01"} {
		text := `{"format":"jiangtai.scheme/1","name":{"zh":"修约"},"panels":[{"id":"floor","name":{"zh":"现场"}}],"rounding":{` + rounding + `},
		 "components":[{"id":"c","name":{"zh":"部"},"criteria":[` +
			module("a", `"kind":"points","panel":"floor","max":"10"}`) + "," + module("b", `"kind":"points","panel":"floor","max":"10"}`) + `]}]}`
		d := newDesk(t, compile(t, text), seating{{"floor", 1}}, 1)
		d.act(scoring.Open, "")
		d.mark(1, "a0", 1, "1.005")
		d.mark(1, "b0", 1, "1.005")
		if d.total(1, want); t.Failed() {
			t.Errorf("%s", rounding)
		}
	}
}

// TestTotalsShowTheirPlaces, from none to six.
func TestTotalsShowTheirPlaces(t *testing.T) {
	for places, want := range []string{"7", "7.1", "7.12", "7.123", "7.1235", "7.12346", "7.123457"} {
		s := *single(t, "", `"kind":"points","panel":"floor","max":"10"`).Scheme()
		s.Rounding.Total = &scheme.Round{Places: places}
		r, err := scoring.Compile(&s)
		if err != nil {
			t.Fatal(err)
		}
		d := openDesk(t, r, 1, 1)
		d.mark(1, "a0", 1, "7.123457")
		d.total(1, want)
		if r.Places() != places || d.row(scoring.Chief, 1).Parts[0] != want {
			t.Errorf("%d places: %+v", places, d.row(scoring.Chief, 1))
		}
	}
}

// TestTiesAreOfRoundedTotals: what is published equal is equal, whatever the
// exact numbers were; the keys part it.
func TestTiesAreOfRoundedTotals(t *testing.T) {
	d := openDesk(t, single(t, "", `"kind":"points","panel":"floor","max":"10"`), 1, 3)
	for e, v := range []string{"7.001", "7.004", "7.005"} {
		d.mark(e+1, "a0", 1, v)
	}
	if got := fmt.Sprint(d.row(scoring.Public, 1).Rank, d.row(scoring.Public, 2).Rank, d.row(scoring.Public, 3).Rank); got != "2 2 1" {
		t.Fatal(got)
	}
}
