package judging_test

import (
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
	"jiangtai/server/judging/judgingtest"
)

// A result is there for followers from its publication on, with the record that
// published it, and a second one after a number is not told twice.
func TestPublishedResults(t *testing.T) {
	w := judgingtest.New(t)
	event := judgingtest.ID('e', 1)
	none := func(why string, after uint64) {
		t.Helper()
		if p, ok, err := w.Desk.Published(t.Context(), event, after); ok || err != nil {
			t.Errorf("%s: %+v %v", why, p, err)
		}
	}
	none("nothing was opened", 0)
	w.Open(t, 1)
	for _, no := range []string{"001", "002", "003"} {
		w.Act(t, 1, judging.Act{Kind: judging.ActStatus, EntryNo: no, Value: string(scoring.DidNotStart), Reason: "缺赛"})
	}
	w.Act(t, 1, judging.Act{Kind: judging.ActLock})
	none("it is locked", 0)
	if got, err := w.Desk.Officials(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("official: %+v", got)
	}
	receipt := w.Act(t, 1, judging.Act{Kind: judging.ActPublish})
	p, ok, err := w.Desk.Published(t.Context(), event, 0)
	if err != nil || !ok || p.Seq != receipt.Seq || p.Read != receipt.Seq || p.At.IsZero() || len(p.Hash) != 64 || len(p.List) != 64 ||
		len(p.Rows) != 3 || p.Kind != contest.Rehearsal {
		t.Fatalf("%+v %v", p, err)
	}
	for _, r := range p.Rows {
		if r.Rank != 0 || r.Status != scoring.DidNotStart || len(r.Working) != 64 || r.Passed != nil {
			t.Errorf("%+v", r)
		}
	}
	if got, err := w.Desk.Officials(t.Context()); err != nil || len(got) != 1 || got[0] != (judging.Official{Event: event, Contest: p.Event.Contest, Seq: receipt.Seq}) {
		t.Errorf("%+v", got)
	}
	none("it was read", p.Seq)
	again := w.Act(t, 1, judging.Act{Kind: judging.ActReopen, Reason: "更正"})
	none("it was opened again", p.Seq)
	w.Act(t, 1, judging.Act{Kind: judging.ActLock})
	w.Act(t, 1, judging.Act{Kind: judging.ActPublish})
	second, ok, err := w.Desk.Published(t.Context(), event, p.Seq)
	if err != nil || !ok || second.Seq != again.Seq+2 || second.Hash == p.Hash || second.List != p.List {
		t.Errorf("%+v %v", second, err)
	}
}
