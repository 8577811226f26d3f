package scoring_test

import (
	"testing"

	"jiangtai/scoring"
)

var second = scoring.ID{9}

// TestFreezeStopsThePublicOnly: from the freeze on the public's view and its
// number stand still, whatever comes in; the chief's goes on.
func TestFreezeStopsThePublicOnly(t *testing.T) {
	d := benchDesk(t, 3)
	d.whole(1, "80", "80", "80", "80")
	d.act(scoring.Freeze, "")
	still := asText(t, d.board.View(scoring.Public))
	chief := d.board.View(scoring.Chief).N
	d.whole(2, "90", "90", "90", "90")
	d.must(scoring.Command{Kind: scoring.SetState, Entry: 1, Value: string(scoring.Disqualified)})
	d.act(scoring.SetRule, "none")
	d.act(scoring.SetRule, "live")
	d.act(scoring.Lock, "")
	d.act(scoring.Reopen, "")
	if got := asText(t, d.board.View(scoring.Public)); got != still {
		t.Fatalf("frozen view moved:\n%s\n%s", got, still)
	}
	if got := d.board.View(scoring.Chief); got.N == chief || got.Rows[0].Entry != 2 || got.Rows[0].Total != "90.00" {
		t.Fatalf("%+v", got)
	}
	d.act(scoring.Unfreeze, "")
	if r := d.row(scoring.Public, 2); r.Rank != 1 || r.Total != "90.00" {
		t.Fatalf("%+v", r)
	}
	if r := d.row(scoring.Public, 1); r.Status != scoring.Disqualified || r.Rank != 0 || r.Total != "" {
		t.Fatalf("%+v", r)
	}
}

func TestFrozenTwinsAreEqual(t *testing.T) {
	// Two events that are equal in the public's view and differ behind the
	// freeze give the public the same answer.
	a, b := benchDesk(t, 2), benchDesk(t, 2)
	for _, d := range []*desk{a, b} {
		d.whole(1, "80", "80", "80", "80")
		d.act(scoring.Freeze, "")
	}
	a.whole(2, "100", "100", "100", "100")
	b.mark(2, "score", 1, "1")
	if asText(t, a.board.View(scoring.Public)) != asText(t, b.board.View(scoring.Public)) {
		t.Fatal("the freeze leaks")
	}
}

func TestPublishEndsTheFreezeAndRanksWholeEntriesOnly(t *testing.T) {
	d := benchDesk(t, 3)
	d.whole(1, "80", "80", "80", "80")
	d.mark(2, "score", 1, "100")
	d.act(scoring.Freeze, "")
	d.refused(scoring.Command{Kind: scoring.Publish}, scoring.Rule, "judging.not_locked")
	d.act(scoring.Lock, "")
	d.act(scoring.Publish, "")
	v := d.board.View(scoring.Public)
	if v.Phase != scoring.Official || v.Frozen || v.Release != scoring.Live {
		t.Fatalf("%+v", v)
	}
	if v.Rows[0].Rank != 1 || v.Rows[1].Rank != 0 || v.Rows[1].Entry != 2 || v.Rows[1].Total != "" {
		t.Fatalf("%+v", v.Rows)
	}
}

// sealedBench hides who made the work until it is unsealed.
func sealedDesk(t testing.TB, entries int) *desk {
	r := compile(t, `{"identity":"coded",`+bench[1:])
	d := newDesk(t, r, seating{{"floor", 1}, {"judges", 3}}, entries)
	d.act(scoring.Open, "")
	return d
}

// TestSealedShowsProgressOnly: no audience but the chief's sees a total while
// codes are sealed, and the public no rows at all, whatever the policy.
func TestSealedShowsProgressOnly(t *testing.T) {
	for _, policy := range []string{"live", "ranks", "top:1", "progress"} {
		d := sealedDesk(t, 2)
		d.act(scoring.SetRule, policy)
		d.whole(1, "80", "80", "80", "80")
		v := d.board.View(scoring.Public)
		if len(v.Rows) != 0 || len(v.Columns) != 0 || v.Release != scoring.Progress || !v.Sealed || v.Done != 4 || v.Need != 8 {
			t.Fatalf("%s: %+v", policy, v)
		}
		for i, r := range d.board.View(scoring.Jury).Rows {
			if r.Total != "" || r.Rank != 0 || r.Parts != nil || r.Pos != i+1 {
				t.Fatalf("%s: a panel sees %+v", policy, r)
			}
		}
		d.total(1, "80.00")
	}
	d := sealedDesk(t, 1)
	d.act(scoring.SetRule, "none")
	d.whole(1, "80", "80", "80", "80")
	if v := d.board.View(scoring.Public); v.Done != 0 || v.Need != 0 || v.Release != scoring.Nothing {
		t.Fatalf("%+v", v)
	}
}

func TestUnsealingComesAfterTheLock(t *testing.T) {
	d := sealedDesk(t, 1)
	d.whole(1, "80", "80", "80", "80")
	d.refused(scoring.Command{Kind: scoring.Unseal}, scoring.Rule, "judging.not_locked")
	d.act(scoring.Lock, "")
	d.refused(scoring.Command{Kind: scoring.Publish}, scoring.Rule, "judging.sealed")
	d.act(scoring.Unseal, "")
	d.refused(scoring.Command{Kind: scoring.Unseal}, scoring.Rule, "judging.not_sealed")
	if r := d.row(scoring.Public, 1); r.Total != "80.00" || r.Rank != 1 {
		t.Fatalf("%+v", r)
	}
	d.act(scoring.Publish, "")
}

func TestReleasePolicies(t *testing.T) {
	d := benchDesk(t, 4)
	d.whole(1, "80", "80", "80", "80")
	d.whole(2, "90", "90", "90", "90")
	d.whole(3, "90", "90", "90", "90")
	see := func(policy string, rows int, total string) scoring.Standings {
		t.Helper()
		d.act(scoring.SetRule, policy)
		v := d.board.View(scoring.Public)
		if len(v.Rows) != rows || rows > 0 && v.Rows[0].Total != total || string(v.Release) != policy {
			t.Fatalf("%s: %+v", policy, v)
		}
		return v
	}
	see("live", 4, "90.00")
	if v := see("ranks", 4, ""); v.Rows[1].Rank != 1 || v.Rows[2].Rank != 3 || v.Rows[1].Parts != nil || v.Columns != nil {
		t.Fatalf("%+v", v)
	}
	see("top:1", 2, "90.00") // the cut extends over the tie
	see("progress", 0, "")
	see("none", 0, "")
	for _, bad := range []string{"", "top:0", "top:-1", "top:01", "top:1000", "top", "Live"} {
		d.refused(scoring.Command{Kind: scoring.SetRule, Value: bad}, scoring.Malformed, "judging.unknown_policy")
	}
}

// TestAPolicyHidesItsChanges: what an audience does not see does not raise its
// number.
func TestAPolicyHidesItsChanges(t *testing.T) {
	d := benchDesk(t, 2)
	d.whole(1, "80", "80", "80", "80")
	d.whole(2, "70", "70", "70", "70")
	correct := func(chair int, value string) {
		old, _ := d.board.Cell(1, "piece", 1, 1, scoring.ChairID(chair))
		c := mark(1, "piece", chair, value)
		c.Supersedes = old.MarkID
		d.must(c)
	}
	for _, c := range []struct {
		policy string
		public bool
		value  string
	}{
		{"ranks", false, "85"},
		{"live", true, "86"},
		{"progress", false, "87"},
		{"top:1", true, "88"},
	} {
		d.act(scoring.SetRule, c.policy)
		public, chief := d.board.View(scoring.Public).N, d.board.View(scoring.Chief).N
		for chair := 2; chair <= 4; chair++ {
			correct(chair, c.value)
		}
		if raised := d.board.View(scoring.Public).N != public; raised != c.public {
			t.Errorf("%s: public raised %v", c.policy, raised)
		}
		if d.board.View(scoring.Chief).N == chief {
			t.Errorf("%s: chief not raised", c.policy)
		}
	}
	n := d.board.View(scoring.Chief).N
	correct(2, "88") // the same again
	if d.board.View(scoring.Chief).N != n {
		t.Error("a correction to the same value raised the chief's number")
	}
}

func TestCorrectionsNameWhatTheyReplace(t *testing.T) {
	d := benchDesk(t, 1)
	first := d.mark(1, "score", 1, "70")
	_, refusal := d.give(mark(1, "score", 1, "71"))
	if refusal == nil || refusal.Class != scoring.Stale || refusal.Code != "judging.already_marked" || refusal.Head != first {
		t.Fatalf("%+v", refusal)
	}
	c := mark(1, "score", 1, "71")
	c.Supersedes = first
	secondMark := d.must(c)
	c.Value = "72"
	if _, refusal = d.give(c); refusal == nil || refusal.Code != "judging.stale" || refusal.Head != secondMark {
		t.Fatalf("%+v", refusal)
	}
	w := scoring.Command{Kind: scoring.Withdraw, Entry: 1, Aspect: "score", Chair: 1, Supersedes: secondMark}
	d.must(w)
	if _, ok := d.board.Cell(1, "score", 1, 1, 1); ok {
		t.Fatal("a mark that was taken back stands")
	}
	d.refused(w, scoring.Stale, "judging.nothing_to_withdraw")
	d.mark(1, "score", 1, "73")
	if m, _ := d.board.Cell(1, "score", 0, 0, 1); m.Value != "73" {
		t.Fatalf("%+v", m)
	}
}

// TestLateMarksAreKeptAndCountedByTwo: after the lock a mark is late; it counts
// when two persons say so, once.
func TestLateMarksAreKeptAndCountedByTwo(t *testing.T) {
	d := benchDesk(t, 1)
	d.mark(1, "score", 1, "70")
	d.mark(1, "piece", 2, "80")
	d.mark(1, "piece", 3, "80")
	d.act(scoring.Lock, "")
	id := d.mark(1, "piece", 4, "080.0")
	if r := d.records[len(d.records)-1]; r.Kind != scoring.Late || r.Of != scoring.Mark || r.Value != "80" {
		t.Fatalf("%+v", r)
	}
	if d.row(scoring.Chief, 1).Done != 3 || len(d.board.LateMarks()) != 1 {
		t.Fatal("a late mark counts by itself")
	}
	count := scoring.Command{Kind: scoring.Count, Supersedes: id, Actor: scoring.ID{1}}
	d.refused(count, scoring.Rule, "judging.second_missing")
	count.Second = count.Actor
	d.refused(count, scoring.Rule, "judging.second_missing")
	count.Second = second
	d.must(count)
	d.total(1, "77.00")
	d.refused(count, scoring.Stale, "judging.already_counted")
	if len(d.board.LateMarks()) != 0 {
		t.Fatal("a counted mark waits")
	}
	if m, _ := d.board.Cell(1, "piece", 1, 1, 4); m.MarkID != id {
		t.Fatalf("%+v", m)
	}
	d.act(scoring.Publish, "")
	late := mark(1, "piece", 4, "90")
	late.Supersedes = id
	count.Supersedes = d.must(late)
	d.refused(count, scoring.Rule, "judging.published")
	d.act(scoring.Reopen, "")
	d.must(count)
	d.total(1, "77.00")
	count.Supersedes = scoring.ID{77}
	d.refused(count, scoring.NotFound, "judging.no_such_late_mark")
}

func TestLateMarksAreReadStrictlyToo(t *testing.T) {
	d := benchDesk(t, 1)
	d.act(scoring.Lock, "")
	d.refused(mark(1, "score", 1, "101"), scoring.Rule, "judging.above_max")
	d.refused(mark(9, "score", 1, "1"), scoring.NotFound, "judging.no_such_entry")
	d.refused(mark(1, "score", 2, "1"), scoring.NotFound, "judging.no_such_aspect")
}

func TestLateWithdrawAndFinish(t *testing.T) {
	d := benchDesk(t, 1)
	d.mark(1, "score", 1, "70")
	old, _ := d.board.Cell(1, "score", 1, 1, 1)
	d.act(scoring.Lock, "")
	w := d.must(scoring.Command{Kind: scoring.Withdraw, Entry: 1, Aspect: "score", Chair: 1, Supersedes: old.MarkID})
	f := d.must(scoring.Command{Kind: scoring.Finish, Entry: 1, Aspect: "paper", Chair: 1})
	d.must(scoring.Command{Kind: scoring.Count, Supersedes: f, Actor: scoring.ID{1}, Second: second})
	if !d.board.IsFinished(1, 1, "paper") {
		t.Fatal("not finished")
	}
	d.must(scoring.Command{Kind: scoring.Count, Supersedes: w, Actor: scoring.ID{1}, Second: second})
	if _, ok := d.board.Cell(1, "score", 1, 1, 1); ok || d.board.IsFinished(1, 1, "paper") {
		t.Fatal("the withdrawal did not count")
	}
}

func TestFinishWantsAWholeSheet(t *testing.T) {
	d := benchDesk(t, 1)
	finish := scoring.Command{Kind: scoring.Finish, Entry: 1, Aspect: "work", Chair: 2}
	d.refused(finish, scoring.Rule, "judging.sheet_incomplete")
	d.refused(scoring.Command{Kind: scoring.Finish, Entry: 1, Aspect: "work", Chair: 1}, scoring.NotFound, "judging.no_such_aspect")
	d.mark(1, "piece", 2, "80")
	d.must(finish)
	if !d.board.IsFinished(2, 1, "work") || d.board.IsFinished(3, 1, "work") {
		t.Fatal("finished by the wrong chair")
	}
}

func TestPhases(t *testing.T) {
	d := newDesk(t, compile(t, bench), seating{{"floor", 1}, {"judges", 3}}, 1)
	d.refused(mark(1, "score", 1, "1"), scoring.NotOpen, "judging.not_open")
	for _, k := range []scoring.Kind{scoring.Freeze, scoring.Lock, scoring.Publish, scoring.Reopen, scoring.Unfreeze, scoring.Unseal} {
		d.refused(scoring.Command{Kind: k}, scoring.NotOpen, "judging.not_open")
	}
	d.act(scoring.Open, "")
	d.refused(scoring.Command{Kind: scoring.Open}, scoring.Rule, "judging.already_open")
	d.refused(scoring.Command{Kind: scoring.Seat, Chair: 9, Aspect: "floor"}, scoring.Rule, "judging.already_open")
	d.refused(scoring.Command{Kind: scoring.Unfreeze}, scoring.Rule, "judging.not_frozen")
	d.refused(scoring.Command{Kind: scoring.Reopen}, scoring.Rule, "judging.not_locked")
	d.refused(scoring.Command{Kind: scoring.Decide, Entry: 1, Value: "1"}, scoring.Rule, "judging.ties_are_shared")
	d.act(scoring.Freeze, "")
	d.refused(scoring.Command{Kind: scoring.Freeze}, scoring.Rule, "judging.already_frozen")
	d.act(scoring.Lock, "")
	d.refused(scoring.Command{Kind: scoring.Lock}, scoring.Rule, "judging.locked")
	d.act(scoring.Publish, "")
	d.refused(scoring.Command{Kind: scoring.Publish}, scoring.Rule, "judging.published")
	d.refused(scoring.Command{Kind: scoring.Freeze}, scoring.Rule, "judging.published")
	d.refused(scoring.Command{Kind: scoring.SetState, Entry: 1, Value: "dns"}, scoring.Rule, "judging.published")
	d.refused(scoring.Command{Kind: scoring.Admit, Entry: 2}, scoring.Rule, "judging.published")
	d.act(scoring.Reopen, "")
	if d.board.Phase() != scoring.Running {
		t.Fatal(d.board.Phase())
	}
}

// TestRefusals is one row per bad input: nothing is written, and the code says
// what was wrong.
func TestRefusals(t *testing.T) {
	d := benchDesk(t, 1)
	absent := scoring.Command{Kind: scoring.Absent, Entry: 1, Aspect: "score", Chair: 1}
	withValue := scoring.Command{Kind: scoring.NotPerformed, Entry: 1, Aspect: "score", Chair: 1, Value: "0"}
	attempt := mark(1, "score", 1, "1")
	attempt.Attempt = 2
	round := mark(1, "score", 1, "1")
	round.Round = 2
	version := mark(1, "score", 1, "1")
	version.Version = 7
	n := d.board.Seq()
	for _, c := range []struct {
		cmd   scoring.Command
		class scoring.Class
		code  string
	}{
		{mark(1, "score", 1, "100.01"), scoring.Rule, "judging.above_max"},
		{mark(1, "score", 1, "100.5"), scoring.Rule, "judging.above_max"},
		{mark(1, "score", 1, "-0.01"), scoring.Rule, "judging.below_min"},
		{mark(1, "score", 1, "9.555"), scoring.Rule, "judging.off_step"},
		{mark(1, "score", 1, "NaN"), scoring.Malformed, "judging.malformed_value"},
		{mark(1, "score", 1, "1e400"), scoring.Malformed, "judging.malformed_value"},
		{mark(1, "score", 1, "9223372036854775808"), scoring.Rule, "judging.above_max"},
		{mark(1, "score", 1, ""), scoring.Malformed, "judging.malformed_value"},
		{mark(1, "other", 1, "1"), scoring.NotFound, "judging.no_such_aspect"},
		{mark(1, "piece", 1, "1"), scoring.NotFound, "judging.no_such_aspect"},
		{mark(1, "score", 2, "1"), scoring.NotFound, "judging.no_such_aspect"},
		{mark(1, "score", 0, "1"), scoring.NotFound, "judging.no_such_aspect"},
		{mark(1, "score", 99, "1"), scoring.NotFound, "judging.no_such_aspect"},
		{mark(0, "score", 1, "1"), scoring.NotFound, "judging.no_such_entry"},
		{mark(2, "score", 1, "1"), scoring.NotFound, "judging.no_such_entry"},
		{attempt, scoring.Rule, "judging.no_such_attempt"},
		{round, scoring.Rule, "judging.round_not_open"},
		{version, scoring.NotFound, "judging.no_such_version"},
		{absent, scoring.Rule, "judging.not_a_panel_mark"},
		{withValue, scoring.Malformed, "judging.value_not_wanted"},
		{scoring.Command{Kind: scoring.Finish, Entry: 1, Aspect: "paper", Chair: 1, Value: "x"}, scoring.Malformed, "judging.value_not_wanted"},
		{scoring.Command{Kind: scoring.Late, Entry: 1}, scoring.Malformed, "judging.unknown_kind"},
		{scoring.Command{Kind: 99}, scoring.Malformed, "judging.unknown_kind"},
		{scoring.Command{}, scoring.Malformed, "judging.unknown_kind"},
		{scoring.Command{Kind: scoring.SetState, Entry: 1, Value: "gone"}, scoring.Malformed, "judging.unknown_status"},
		{scoring.Command{Kind: scoring.SetState, Entry: 8, Value: "dns"}, scoring.NotFound, "judging.no_such_entry"},
		{scoring.Command{Kind: scoring.Admit, Entry: 2, Value: "vip"}, scoring.Malformed, "judging.unknown_flag"},
		{scoring.Command{Kind: scoring.Admit}, scoring.Malformed, "judging.no_such_entry"},
		{scoring.Command{Kind: scoring.Adopt, Version: 2}, scoring.NotFound, "judging.no_such_version"},
		{scoring.Command{Kind: scoring.Adopt, Version: 1}, scoring.Rule, "judging.version_not_newer"},
	} {
		d.refused(c.cmd, c.class, c.code)
	}
	d.must(scoring.Command{Kind: scoring.SetState, Entry: 1, Value: "dsq"})
	d.refused(mark(1, "score", 1, "1"), scoring.Rule, "judging.entry_not_competing")
	if d.board.Seq() != n+1 {
		t.Fatal("a refusal was written")
	}
	if _, refusal := d.board.Check(scoring.Command{Kind: scoring.Open}); refusal.Code != "judging.mark_id_missing" {
		t.Fatalf("%+v", refusal)
	}
}

func TestSeatsAreAskedForAtOpening(t *testing.T) {
	for _, seats := range []seating{{{"floor", 1}}, {{"judges", 3}}, {{"floor", 1}, {"judges", 2}}} {
		d := newDesk(t, compile(t, bench), seats, 1)
		d.refused(scoring.Command{Kind: scoring.Open}, scoring.Rule, "judging.panel_not_seated")
	}
	d := newDesk(t, compile(t, bench), nil, 0)
	d.refused(scoring.Command{Kind: scoring.Seat, Chair: 1, Aspect: "nobody"}, scoring.NotFound, "judging.no_such_panel")
	empty := scoring.NewBoard(nil)
	if _, refusal := empty.Check(scoring.Command{Kind: scoring.Open, MarkID: scoring.ID{1}}); refusal.Code != "judging.not_open" {
		t.Fatalf("%+v", refusal)
	}
}

func TestApplyRefusesWhatDoesNotBelong(t *testing.T) {
	d := benchDesk(t, 1)
	next := d.board.Seq() + 1
	for _, r := range []scoring.Record{
		{Seq: next + 1, Command: mark(1, "score", 1, "1")},
		{Seq: next - 1, Command: mark(1, "score", 1, "1")},
		{Seq: next, Command: mark(7, "score", 1, "1")},
		{Seq: next, Command: mark(1, "none", 1, "1")},
		{Seq: next, Command: mark(1, "score", 1, "x")},
		{Seq: next, Command: mark(1, "score", 5, "1")},
		{Seq: next, Command: scoring.Command{Kind: scoring.Count}},
		{Seq: next, Command: scoring.Command{Kind: scoring.Adopt, Version: 9}},
		{Seq: next, Command: scoring.Command{Kind: scoring.Seat, Chair: 1}},
		{Seq: next, Command: scoring.Command{Kind: scoring.Admit}},
		{Seq: next, Command: scoring.Command{Kind: scoring.SetState, Entry: 1, Value: "?"}},
		{Seq: next, Command: scoring.Command{Kind: scoring.SetState, Entry: 4, Value: "dns"}},
		{Seq: next, Command: scoring.Command{Kind: 42}},
	} {
		b, err := scoring.Rebuild(d.set, d.records)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Apply(r, nil); err == nil {
			t.Errorf("applied %+v", r)
		}
	}
	if _, err := scoring.Rebuild(scoring.RuleSet{}, d.records); err == nil {
		t.Error("rebuilt without rules")
	}
	if _, err := scoring.Compile(d.board.Rules().Scheme()); err != nil {
		t.Error(err)
	}
}
