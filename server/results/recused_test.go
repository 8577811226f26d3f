package results_test

import (
	"slices"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/results"
	"jiangtai/server/results/resultstest"
)

// recuse leaves a judge's marks for an entry out.
func recuse(r *resultstest.Rig, chair scoring.ChairID, entry scoring.EntryID) {
	r.Write(scoring.Command{Kind: scoring.Recuse, Chair: chair, Entry: entry, Second: scoring.ID{2}, TextHash: [32]byte{1}})
}

// right notes every sheet that is to be checked as right.
func allRight(t *testing.T, r *resultstest.Rig) {
	t.Helper()
	v, err := r.Recheck(t.Context(), resultstest.Supervisor, resultstest.Event)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range v.Drawn.Works {
		if l.State != "right" {
			find(t, r, l.Work, true, "")
		}
	}
}

func kindsOf(t *testing.T, r *resultstest.Rig) map[results.LineKind]results.Line {
	t.Helper()
	o, err := r.Outstanding(t.Context(), resultstest.Chief, resultstest.Event)
	if err != nil {
		t.Fatal(err)
	}
	out := map[results.LineKind]results.Line{}
	for _, l := range o.Lines {
		out[l.Kind] = l
	}
	return out
}

// What a recusal has changed is to be looked at again, or for the first time, with
// the reason, and nothing is published before; what it did not touch is not.
func TestWhatARecusalChangedIsRechecked(t *testing.T) {
	r := locked(t, resultstest.Options{Entries: 20})
	r.Sign()
	v := draw(t, r)
	drawn := v.Drawn.Works[0].Work
	sampled := map[string]bool{}
	for _, l := range v.Drawn.Works {
		sampled[l.Work] = true
	}
	allRight(t, r)
	if kindsOf(t, r)[results.LineCheck].Count != 0 {
		t.Fatal("all was found right, and some is left")
	}
	var in, out results.Entrant
	for _, e := range r.Entries {
		if e.EntryNo == drawn {
			in = e
		} else if !sampled[e.EntryNo] {
			out = e
		}
	}
	recuse(r, resultstest.JudgeA, in.Ordinal)
	recuse(r, resultstest.JudgeB, out.Ordinal)
	v, err := r.Recheck(t.Context(), resultstest.Supervisor, resultstest.Event)
	if err != nil {
		t.Fatal(err)
	}
	if got := look(t, v, in.EntryNo); got.State != "stale" {
		t.Errorf("one that was drawn: %+v", got)
	}
	if got := look(t, v, out.EntryNo); got.State != "open" || got.Why != results.WhyRecusal {
		t.Errorf("one that was not drawn: %+v", got)
	}
	if v.Drawn.Left != 2 {
		t.Errorf("left %d: %+v", v.Drawn.Left, v.Drawn.Works)
	}
	line := kindsOf(t, r)[results.LineRecused]
	if line.Count != 2 || line.Stops != "publish" || line.Opens != results.OpensRecheck {
		t.Errorf("%+v", line)
	}
	err = r.BeforePublish(t.Context(), resultstest.Event)
	wantCode(t, err, fault.Refused, "results.publish_early")
	if !slices.ContainsFunc(fault.Of(err).Fields, func(f fault.Field) bool { return f.Code == "results.recheck_left" && f.Hint == "2" }) {
		t.Errorf("%+v", fault.Of(err).Fields)
	}
	allRight(t, r)
	if _, left := kindsOf(t, r)[results.LineRecused]; left {
		t.Error("looked at, and still to be looked at")
	}
}

// A draw that is made when the recusals are written already still takes in what
// they have changed.
func TestADrawAfterRecusalsTakesThemIn(t *testing.T) {
	r := locked(t, resultstest.Options{Entries: 20, Chain: contest.LightChain})
	recuse(r, resultstest.JudgeA, 1)
	recuse(r, resultstest.JudgeA, 20)
	v := draw(t, r)
	for _, no := range []string{"001", "020"} {
		look(t, v, no)
	}
}

// Ties that are neither written nor decided stand in the list of what is missing.
func TestTiesThatAreLeftAreMissing(t *testing.T) {
	r := locked(t, resultstest.Options{})
	if _, there := kindsOf(t, r)[results.LineRecusal]; there {
		t.Error("a line without a tie")
	}
	r.Untied = 3
	if l := kindsOf(t, r)[results.LineRecusal]; l.Count != 3 || l.Stops != "publish" || l.Opens != results.OpensRecusal {
		t.Errorf("%+v", l)
	}
	sealed := locked(t, resultstest.Options{Result: "coded"})
	sealed.Untied = 3
	if _, there := kindsOf(t, sealed)[results.LineRecusal]; there {
		t.Error("told while the event is sealed")
	}
}
