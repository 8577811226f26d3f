package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// outstandingIn are the kinds of lines that an event still owes, each once.
func (f *fair) outstandingIn(at string) []string {
	f.t.Helper()
	var out struct {
		State string
		Lines []struct{ Kind, Judge string }
	}
	get(f.t, f.organiser, at+"/outstanding", &out)
	list := []string{out.State}
	for _, l := range out.Lines {
		if !slices.Contains(list, l.Kind) {
			list = append(list, l.Kind)
		}
	}
	return list
}

// publicly is how far an event is in the public list: the phase of its marking and
// the word of its result.
func (f *fair) publicly(code string) (phase, state string) {
	f.t.Helper()
	var list struct {
		Events []struct{ ID, Phase, State string }
	}
	eventually(f.t, 20*time.Second, "the list follows the ledger", func() bool {
		get(f.t, f.admin.As(""), "/api/v1/public/events?limit=100&contest="+f.id, &list)
		for _, e := range list.Events {
			if e.ID == f.events[code] {
				phase, state = e.Phase, e.State
			}
		}
		return phase != "running"
	})
	return phase, state
}

// A full chain through the whole program: what is missing shrinks with the day,
// and a publication is refused with every reason while the way is not complete.
func TestAFullChainIsNotPublishedEarly(t *testing.T) {
	files := sealedPackage(t, newCode(), []int{0, 1, 2})
	files["events.csv"] = strings.Replace(files["events.csv"], "light", "full", 1)
	files["schemes/dish.json"] = strings.Replace(files["schemes/dish.json"], `"coded"`, `"open"`, 1)
	f := common(t).importFair(files)
	at := "/api/v1/events/" + f.events["dish"]
	want := func(lines ...string) {
		t.Helper()
		if got := f.outstandingIn(at); !slices.Equal(got, lines) {
			t.Errorf("%v, want %v", got, lines)
		}
	}
	want("waiting", "not_open")
	f.mustAct("dish", "open")
	want("running", "marks", "lock")
	for _, tablet := range f.pair("dish") {
		for i := range 3 {
			give(t, tablet, entryNo(i+1), 90-i, nil)
		}
	}
	want("running", "lock")
	f.mustAct("dish", "lock")
	want("running", "mark_sheet", "panel_summary", "recheck_draw", "result_list", "publish")
	if phase, state := f.publicly("dish"); phase != "provisional" || state != "running" {
		t.Errorf("the public is told %s, %s: locked, and no sheet is signed", phase, state)
	}

	type recheck struct {
		Drawn struct {
			Left  int
			Works []struct{ Work, Sheet string }
		}
	}
	var drawn recheck
	if err := f.organiser.Do(t.Context(), "POST", at+"/recheck", fields{}, &drawn); err != nil || len(drawn.Drawn.Works) != 2 {
		t.Fatalf("%+v %v", drawn, err)
	}
	for _, w := range drawn.Drawn.Works {
		f.does(f.organiser, "", at+"/recheck/findings", fields{"work": w.Work, "sheet": w.Sheet, "right": true})
	}
	want("running", "mark_sheet", "panel_summary", "result_list", "publish")

	err := f.act("dish", "publish", "second", f.second)
	if codeOf(err) != "results.publish_early" {
		t.Fatal(err)
	}
	f.does(f.organiser, "results.not_published", at+"/notice", fields{"ends_on": "2026-12-01", "place": "官网"})
	f.mustAct("dish", "reopen", "reason", "补打一项", "second", f.second)
	want("running", "lock")
}
