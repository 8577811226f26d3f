package results_test

import (
	"slices"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/results"
	"jiangtai/server/results/resultstest"
)

// Numbers of the stage before are a line of their own that says what they wait
// for; those that are not as they are published stand there after the lock too.
func TestCarriedNumbersThatAreMissing(t *testing.T) {
	r := newRig(t, resultstest.Options{Carries: true})
	r.Open()
	r.MarkAll()
	for name, c := range map[string]struct {
		before results.Carried
		want   string
	}{
		"no stage before":     {results.Carried{}, "none"},
		"it is not published": {results.Carried{IsTied: true}, "unpublished"},
		"they can be given":   {results.Carried{IsTied: true, IsPublished: true, New: 10}, "ready"},
		"it has none of them": {results.Carried{IsTied: true, IsPublished: true}, "by_hand"},
	} {
		r.Before = &c.before
		l := line(t, outstanding(t, r), results.LineCarried)
		if l.Stage != c.want || l.Count != 10 || l.Opens != results.OpensStages || len(l.Works) != 10 || l.Works[0].Cells[0].Aspect != "pre" {
			t.Errorf("%s: %+v", name, l)
		}
	}
	for i := range r.Entries {
		r.Mark(0, scoring.EntryID(i+1), "pre", "50")
	}
	r.Before = &results.Carried{IsTied: true, IsPublished: true, Differs: 2}
	r.Do(scoring.Lock)
	out := outstanding(t, r)
	if l := line(t, out, results.LineCarriedOld); l.Count != 2 || l.Opens != results.OpensStages {
		t.Errorf("%+v", l)
	}
	if slices.ContainsFunc(out.Lines, func(l results.Line) bool { return l.Kind == results.LineCarried }) {
		t.Error("all are in")
	}
}
