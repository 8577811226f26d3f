package scorefile_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"strconv"
	"testing"

	"jiangtai/server/scorefile"
	"jiangtai/server/scorefile/skating"
)

// TestSkatingFromFiles writes each real event as files, scores them, and holds
// ranks, totals and both components against what was published.
func TestSkatingFromFiles(t *testing.T) {
	events, err := skating.Read(os.DirFS("../../scoring/testdata/skating"))
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for i := range events {
		e := &events[i]
		var entries, marks, out bytes.Buffer
		if err := e.WriteEntries(&entries); err != nil {
			t.Fatal(err)
		}
		if err := e.WriteMarks(&marks); err != nil {
			t.Fatal(err)
		}
		err := scorefile.Run(scorefile.Options{
			Scheme:  scorefile.Input{Name: "scheme.json", Text: bytes.NewReader(e.Scheme)},
			Entries: scorefile.Input{Name: "entries.csv", Text: &entries},
			Marks:   scorefile.Input{Name: "marks.csv", Text: &marks},
		}, &out)
		if err != nil {
			t.Fatal(err)
		}
		published := map[string]skating.Entry{}
		for _, x := range e.Entries {
			published[x.Performance] = x
		}
		table, err := csv.NewReader(&out).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		at := map[string]int{}
		for c, name := range table[0] {
			at[name] = c
		}
		for _, row := range table[1:] {
			x := published[row[at["entry"]]]
			got := [5]string{
				row[at["rank"]], row[at["total"]], row[at["program-elements"]], row[at["program-components"]], row[at["name"]],
			}
			if want := [5]string{strconv.Itoa(x.Rank), x.Total, x.ElementSum, x.ComponentSum, x.Name}; got != want {
				t.Errorf("%s %s: %v, published %v", e.Code, x.Performance, got, want)
			}
			rows++
		}
	}
	if rows != 373 {
		t.Fatalf("%d rows, the data have 373", rows)
	}
}
