package scoring_test

import (
	"testing"

	"jiangtai/scoring"
)

func TestFlags(t *testing.T) {
	for _, text := range []string{"", "none", "ranked", "prize", "ranked,unit", "ranked,prize,advance"} {
		f, ok := scoring.ParseFlags(text)
		if !ok || f.String() != text {
			t.Errorf("%q reads as %v %q", text, ok, f)
		}
	}
	if f, ok := scoring.ParseFlags("advance,ranked,unit,prize"); !ok || f != scoring.AllFlags {
		t.Errorf("%v %v", f, ok)
	}
	for _, bad := range []string{"x", "ranked,", ",", "ranked,ranked", "None", "ranked unit"} {
		if f, ok := scoring.ParseFlags(bad); ok {
			t.Errorf("%q reads as %v", bad, f)
		}
	}
}

func TestReleases(t *testing.T) {
	for text, top := range map[scoring.Release]int{"live": 0, "ranks": 0, "progress": 0, "none": 0, "top:1": 1, "top:200": 200} {
		if !text.Valid() || text.Top() != top {
			t.Errorf("%s: %v %d", text, text.Valid(), text.Top())
		}
	}
	for _, bad := range []scoring.Release{"", "top:", "top:0", "top:1e1", "top:+1", "LIVE", "top:1000"} {
		if bad.Valid() {
			t.Errorf("%q is valid", bad)
		}
	}
}

// TestGuestsAreMarkedAndNotRanked: out of contest and guests without the flag
// stand below with their totals; nobody moves down for them.
func TestGuestsAreMarkedAndNotRanked(t *testing.T) {
	d := benchDesk(t, 3)
	d.must(scoring.Command{Kind: scoring.Admit, Entry: 4, Value: "prize"})
	d.must(scoring.Command{Kind: scoring.SetState, Entry: 1, Value: string(scoring.OutOfContest)})
	for e, v := range []string{"99", "70", "80", "95"} {
		d.whole(e+1, v, v, v, v)
	}
	for entry, want := range map[int]struct {
		rank, pos int
		total     string
	}{3: {1, 1, "80.00"}, 2: {2, 2, "70.00"}, 4: {0, 3, "95.00"}, 1: {0, 4, "99.00"}} {
		if r := d.row(scoring.Public, entry); r.Rank != want.rank || r.Pos != want.pos || r.Total != want.total {
			t.Errorf("entry %d: %+v, want %+v", entry, r, want)
		}
	}
	d.must(scoring.Command{Kind: scoring.Admit, Entry: 4})
	if r := d.row(scoring.Public, 4); r.Rank != 1 {
		t.Errorf("%+v", r)
	}
}

func TestStatusesTakeEntriesOutOfTheCount(t *testing.T) {
	d := benchDesk(t, 2)
	d.mark(2, "score", 1, "50")
	if v := d.board.View(scoring.DeskCount); v.Done != 1 || v.Need != 8 || v.Entries != 2 || v.Rows != nil {
		t.Fatalf("%+v", v)
	}
	for _, s := range []scoring.Status{scoring.DidNotStart, scoring.DidNotFinish, scoring.Disqualified, scoring.Withdrawn} {
		d.must(scoring.Command{Kind: scoring.SetState, Entry: 2, Value: string(s)})
		if v := d.board.View(scoring.DeskCount); v.Done != 0 || v.Need != 4 || v.Entries != 2 {
			t.Fatalf("%s: %+v", s, v)
		}
		if r := d.row(scoring.Public, 2); r.Status != s || r.Total != "" || d.board.Status(2) != s {
			t.Fatalf("%+v", r)
		}
	}
	d.must(scoring.Command{Kind: scoring.SetState, Entry: 2, Value: string(scoring.Competing)})
	if v := d.board.View(scoring.DeskCount); v.Done != 1 || v.Need != 8 {
		t.Fatalf("%+v", v)
	}
}

// TestATieWaitsForADecision where the rules forbid shared ranks.
func TestATieWaitsForADecision(t *testing.T) {
	r := single(t, "", `"kind":"points","panel":"floor","max":"10"`)
	s := r.Scheme()
	s.Ranking.Ties = "decision"
	r, err := scoring.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	d := openDesk(t, r, 1, 3)
	for e := 1; e <= 3; e++ {
		d.mark(e, "a0", 1, "7")
	}
	if d.row(scoring.Public, 3).Rank != 1 || d.row(scoring.Public, 1).Rank != 1 {
		t.Fatal("a tie is not shared before it is decided")
	}
	decide := func(entry int, place string) {
		d.must(scoring.Command{Kind: scoring.Decide, Entry: scoring.EntryID(entry), Value: place})
	}
	decide(3, "1")
	if d.row(scoring.Public, 3).Rank != 1 || d.row(scoring.Public, 1).Rank != 2 || d.row(scoring.Public, 2).Rank != 2 {
		t.Fatalf("%+v", d.board.View(scoring.Public).Rows)
	}
	decide(2, "2")
	if d.row(scoring.Public, 2).Rank != 2 || d.row(scoring.Public, 1).Rank != 3 {
		t.Fatalf("%+v", d.board.View(scoring.Public).Rows)
	}
	w := d.board.Working(2)
	if len(w.TieBreak) != 2 || w.TieBreak[0].By != "decision" || w.TieBreak[0].Ahead || !w.TieBreak[1].Ahead {
		t.Fatalf("%+v", w.TieBreak)
	}
	d.refused(scoring.Command{Kind: scoring.Decide, Entry: 1, Value: "0"}, scoring.Malformed, "judging.malformed_value")
	d.refused(scoring.Command{Kind: scoring.Decide, Entry: 9, Value: "1"}, scoring.NotFound, "judging.no_such_entry")
}

// TestTheOrderOfRowsDecidesNothing: equal entries share the rank, whoever was
// marked first.
func TestTheOrderOfRowsDecidesNothing(t *testing.T) {
	d := benchDesk(t, 4)
	for _, e := range []int{3, 1, 4, 2} {
		d.whole(e, "80", "80", "80", "80")
	}
	for e := 1; e <= 4; e++ {
		if r := d.row(scoring.Public, e); r.Rank != 1 || r.Pos != e {
			t.Errorf("%+v", r)
		}
	}
	if w := d.board.Working(2); w.TieBreak[len(w.TieBreak)-1].By != "shared" {
		t.Errorf("%+v", w.TieBreak)
	}
}

func TestIDs(t *testing.T) {
	const text = "0192f3a4-5b6c-4d7e-8f90-a1b2c3d4e5f6"
	id, err := scoring.ParseID(text)
	if err != nil || id.String() != text || id.IsZero() {
		t.Fatal(id, err)
	}
	upper, err := scoring.ParseID("0192F3A4-5B6C-4D7E-8F90-A1B2C3D4E5F6")
	if err != nil || upper != id {
		t.Fatal(upper, err)
	}
	for _, bad := range []string{"", "x", text[:35], text + "0", "0192f3a45b6c-4d7e-8f90-a1b2c3d4e5f6-", "g192f3a4-5b6c-4d7e-8f90-a1b2c3d4e5f6"} {
		if _, err := scoring.ParseID(bad); err == nil {
			t.Errorf("%q is an id", bad)
		}
	}
	if got := asText(t, struct{ A, B scoring.ID }{A: id}); got != `{"A":"`+text+`","B":""}` {
		t.Error(got)
	}
	var back scoring.ID
	if err := back.UnmarshalText([]byte(text)); err != nil || back != id {
		t.Error(back, err)
	}
	if err := back.UnmarshalText(nil); err != nil || !back.IsZero() {
		t.Error(back, err)
	}
	if err := back.UnmarshalText([]byte("no")); err == nil {
		t.Error("read no")
	}
}
