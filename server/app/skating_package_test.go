package app_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"testing"

	"jiangtai/server/rehearsal"
	"jiangtai/server/scorefile/skating"
)

// skatingEvents reads the sixteen real events.
func skatingEvents(t testing.TB) []skating.Event {
	t.Helper()
	events, err := skating.Read(os.DirFS("../../scoring/testdata/skating"))
	if err != nil {
		t.Fatal(err)
	}
	return events
}

const (
	judgesOfSkating = 9
	firstJudge      = 2 // the technical panel has chair 1
)

// tables are the rows of a package's CSV files.
type tables map[string][][]string

func (tb tables) files(t testing.TB, contest string, schemes map[string][]byte) map[string]string {
	t.Helper()
	out := map[string]string{"contest.json": contest}
	for name, rows := range tb {
		var b bytes.Buffer
		if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		out[name+".csv"] = b.String()
	}
	for name, text := range schemes {
		out["schemes/"+name+".json"] = string(text)
	}
	return out
}

// add makes an event of the tables: one technical chair and nine judges.
func (tb tables) add(code, scheme string, names [][2]string) {
	tb["events"] = append(tb["events"], []string{code, "花样滑冰", code, "light", scheme})
	for i, n := range names {
		tb["entries"] = append(tb["entries"], []string{code, entryNo(i + 1), n[0], n[1]})
	}
	tb["judges"] = append(tb["judges"], []string{code, skating.Technical, "1", "", ""})
	for j := range judgesOfSkating {
		tb["judges"] = append(tb["judges"], []string{code, skating.Judges, strconv.Itoa(j + 1), "", strconv.FormatBool(j == 0)})
	}
}

// skatingPackage is the real events, and two invented ones for what the real
// ones lack: ties, and absent judges.
func skatingPackage(t testing.TB, events []skating.Event) map[string]string {
	t.Helper()
	tb := tables{
		"events":  {{"code", "trade", "title", "chain", "scheme"}},
		"entries": {{"event", "entry_no", "name", "unit"}},
		"judges":  {{"event", "panel", "seat", "judge", "chief"}},
		"units":   {{"code", "name"}},
	}
	schemes, nations := map[string][]byte{}, map[string]bool{}
	for i := range events {
		e := &events[i]
		var names [][2]string
		for _, x := range e.Entries {
			names = append(names, [2]string{x.Name, x.Nation})
			if !nations[x.Nation] {
				nations[x.Nation] = true
				tb["units"] = append(tb["units"], []string{x.Nation, x.Nation})
			}
		}
		schemes[e.Code] = e.Scheme
		tb.add(e.Code, e.Code, names)
	}
	nobody := [][2]string{{"甲", ""}, {"乙", ""}, {"丙", ""}, {"丁", ""}}
	tb.add("ties", inventedScheme, nobody)
	tb.add("absent", inventedScheme, nobody[:2])
	return tb.files(t, fmt.Sprintf(`{"code":%q,"name":"花样滑冰","kind":"real"}`, newCode()), schemes)
}

func entryNo(n int) string { return fmt.Sprintf("%03d", n) }

// sheets are an event's marks by chair.
func sheets(e *skating.Event) [][]rehearsal.Known {
	out := make([][]rehearsal.Known, 1+judgesOfSkating)
	for _, m := range e.Marks {
		k := rehearsal.Known{Work: entryNo(m.Entry), Aspect: m.Aspect, Value: m.Value, NotPerformed: m.NotPerformed}
		out[m.Judge] = append(out[m.Judge], k) // the technical panel is judge 0 and chair 1
	}
	return out
}

// misread is a value that could stand there and does not.
func misread(k rehearsal.Known) string {
	wrong := map[string]string{"deductions": "taken=3.5"}[k.Aspect]
	if wrong == "" {
		wrong = "3.25"
	}
	if wrong == k.Value {
		return map[string]string{"3.25": "4", "taken=3.5": "taken=4"}[wrong]
	}
	return wrong
}

// inventedScheme marks the invented events: seven elements, five components
// with the factor 1; elements decide between equal totals.
const inventedScheme = "wc-men-short"

// absentee is the chair that gives entry 002 of the event "absent" no mark.
const absentee = firstJudge + judgesOfSkating - 1

var componentsOfSkating = []string{"skills", "transitions", "performance", "composition", "interpretation"}

// inventedSheets are the marks by chair of what the real data lack.
func inventedSheets(code string) [][]rehearsal.Known {
	out := make([][]rehearsal.Known, 1+judgesOfSkating)
	entry := func(work, first, others, component string) {
		for n := range 7 {
			value := others
			if n == 0 {
				value = first
			}
			out[0] = append(out[0], rehearsal.Known{Work: work, Aspect: "e" + strconv.Itoa(n+1), Value: value})
		}
		for j := range judgesOfSkating {
			for _, c := range componentsOfSkating {
				out[j+1] = append(out[j+1], rehearsal.Known{Work: work, Aspect: c, Value: component})
			}
		}
	}
	if code == "ties" {
		entry("001", "2", "2", "6") // 14 + 30
		entry("002", "3", "3", "6") // 21 + 30
		entry("003", "8", "1", "6") // 14 + 30, a tie to the last
		entry("004", "3", "1", "7") // 9 + 35, decided by the elements
		return out
	}
	entry("001", "1", "1", "8")
	entry("002", "1", "1", "8")
	// Eight judges are left for 002; without the highest and the lowest of them
	// the mean of the first component is 7.5. With a nought for the ninth it were
	// 7.14.
	for j, v := range []string{"5", "6", "7", "8", "9", "10", "7", "8"} {
		out[j+1][len(componentsOfSkating)].Value = v
	}
	out[judgesOfSkating] = out[judgesOfSkating][:len(componentsOfSkating)]
	return out
}
