package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/session"
	"jiangtai/scoring/stats"
)

// TestAnotherJudgeTakesAChair: the judges of a chair are counted without a hole, each
// is held against the others by himself, and no result changes by it.
func TestAnotherJudgeTakesAChair(t *testing.T) {
	d := openDesk(t, single(t, "", `"kind":"panel","panel":"judges","max":"10"`), 3, 2)
	sit := func(value string) scoring.Command {
		return scoring.Command{Kind: scoring.Sit, Chair: 2, Value: value, TextHash: [32]byte{1}}
	}
	give := func(entry int, values ...string) {
		for i, v := range values {
			d.mark(entry, "a0", i+2, v)
		}
	}
	give(1, "5", "7", "7")
	before := fmt.Sprint(d.board.View(scoring.Chief))
	for value, code := range map[string]string{"1": "judging.sitting", "3": "judging.sitting", "": "judging.sitting", "02": "judging.sitting"} {
		if _, no := d.board.Check(withID(sit(value))); no == nil || no.Code != code || no.Hint != "2" {
			t.Errorf("%q: %+v", value, no)
		}
	}
	bare, nobody := sit("2"), sit("2")
	bare.TextHash, nobody.Chair = [32]byte{}, 99
	for _, c := range []struct {
		command scoring.Command
		code    string
	}{{bare, "judging.reason"}, {nobody, "judging.no_such_chair"}} {
		if _, no := d.board.Check(withID(c.command)); no == nil || no.Code != c.code {
			t.Errorf("%+v: %+v", c.command, no)
		}
	}
	d.must(sit("2"))
	if after := fmt.Sprint(d.board.View(scoring.Chief)); after != before {
		t.Errorf("a judge moved the board:\n%s\n%s", before, after)
	}
	give(2, "9", "7", "7")
	var said []string
	for _, j := range stats.Judges(d.board.Rounds()) {
		said = append(said, fmt.Sprintf("%d/%d %d %s", j.Chair, j.Sitting, j.Marks, j.Severity))
	}
	if got, want := strings.Join(said, ", "), "2/0 1 -0.2, 2/1 1 0.2, 3/0 2 0, 4/0 2 0"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if sits := d.board.Sits(2); len(sits) != 1 || sits[0].Seq == 0 || sits[0].Mark.IsZero() || len(d.board.Sits(3)) != 0 {
		t.Errorf("%+v", sits)
	}
}

func withID(c scoring.Command) scoring.Command {
	c.MarkID = scoring.ID{15: 200}
	return c
}

// TestClocksOnTheBoard: the floor's clock is a fold of its records, moves nobody's view,
// is the same when rebuilt, and late is only what comes behind the lock.
func TestClocksOnTheBoard(t *testing.T) {
	d := openDesk(t, single(t, "", `"kind":"panel","panel":"judges","max":"10"`), 3, 2)
	module := d.board.Rules().Criteria()[0].ID
	clock := func(value string, client int64) scoring.Command {
		return scoring.Command{
			Kind: scoring.Clock, Entry: 1, Aspect: module, Chair: 2, Device: scoring.ID{2}, Value: value, Version: d.board.Version(), ClientAt: client,
		}
	}
	n := d.board.View(scoring.Public).N
	d.must(clock("start", 1000))
	d.must(clock("pause rule", 61_500))
	for what, c := range map[string]scoring.Command{
		"judging.clock_order":    clock("start", 1),
		"judging.no_such_entry":  func() scoring.Command { c := clock("resume", 1); c.Entry = 9; return c }(),
		"judging.no_such_aspect": func() scoring.Command { c := clock("resume", 1); c.Chair = 1; return c }(),
	} {
		if _, no := d.board.Check(withID(c)); no == nil || no.Code != what {
			t.Errorf("%+v: %+v, want %s", c, no, what)
		}
	}
	if now := d.board.View(scoring.Public).N; now != n {
		t.Errorf("the public's number went from %d to %d", n, now)
	}
	d.must(scoring.Command{Kind: scoring.Lock})
	if draft, no := d.board.Check(withID(clock("hand_in", 99_000))); no != nil || draft.Kind != scoring.Late || draft.Of != scoring.Clock {
		t.Errorf("behind the lock: %+v %+v", draft, no)
	}
	again, err := scoring.Rebuild(d.set, d.records)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range []*scoring.Board{d.board, again} {
		s := b.Session(1, module)
		if s.State != session.Paused || s.Net() != 60 || s.NetMillis != 60_500 || len(b.Sessions()) != 1 {
			t.Errorf("%+v", s)
		}
	}
}
