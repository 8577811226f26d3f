package tally_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"jiangtai/scoring/rules"
	"jiangtai/scoring/tally"
	"jiangtai/scoring/tally/tallytest"
)

// stored compiles one of the schemes of the test data.
func stored(t *testing.T, name string) *rules.Rules {
	t.Helper()
	text, err := os.ReadFile("../testdata/schemes/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return tallytest.Compile(t, string(text))
}

// dump is everything that computing writes into a sheet; of what is not settled no
// value, which nobody reads.
func dump(e *tally.Sheet) string {
	var b strings.Builder
	fmt.Fprintf(&b, "total %s of %s, open %d, %d of %d, blank %v, short %v, void %v\n", e.Total, e.Exact, e.Open, e.Done, e.Need, e.Blank, e.Short, e.Voided)
	for i := range e.Aspects {
		s := &e.Aspects[i]
		fmt.Fprintf(&b, "aspect %d: %s raw %s best %s, settled %v ready %v blank %v void %v untimed %v, %d of %d, voids %q\n",
			i, s.Mark, s.Raw, s.Best, s.Settled, s.Ready, s.Blank, s.Void, s.Settled && s.Untimed, s.Done, s.Need, s.Voids)
		for j := range s.Tries {
			t := &s.Tries[j]
			fmt.Fprintf(&b, " attempt %d: round %d, %d in, %d out, settled %v", j, t.Open, t.Done, t.Out, t.Settled)
			if t.Settled {
				fmt.Fprintf(&b, ": %s raw %s, blank %v", t.Value, t.Raw, t.Blank)
			}
			b.WriteByte('\n')
		}
	}
	for i := range e.Criteria {
		c := &e.Criteria[i]
		fmt.Fprintf(&b, "criterion %d: %s of %s, settled %v\n", i, c.Value, c.Exact, c.Settled)
	}
	for i, c := range e.Components {
		fmt.Fprintf(&b, "component %d: %s of %s, settled %v\n", i, c.Value, c.Exact, c.Settled)
	}
	return b.String()
}
