package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring"
)

// sight is what a view shows of three entries, in a word: totals, ranks only,
// who and how far, counts only, or nothing.
func sight(v scoring.Standings) string {
	var what string
	switch {
	case len(v.Rows) == 0 && v.Need == 0:
		return "nothing"
	case len(v.Rows) == 0:
		return "counts"
	case v.Rows[0].Total != "":
		what = "totals"
	case v.Rows[0].Rank > 0:
		what = "ranks"
	default:
		what = "progress"
	}
	if len(v.Rows) < 3 {
		what += fmt.Sprintf(" of %d", len(v.Rows))
	}
	return what
}

// TestWhoSeesWhat is the whole matrix: policy × sealed × phase, for each
// audience. The chief's and the desk's rows never change.
func TestWhoSeesWhat(t *testing.T) {
	for _, c := range []struct {
		policy                           string
		open, sealed, locked, lockSealed string // the public, while it runs and when it is locked
		published                        string
	}{
		{"live", "totals", "counts", "totals", "counts", "totals"},
		{"ranks", "ranks", "counts", "ranks", "counts", "totals"},
		{"top:1", "totals of 1", "counts", "totals of 1", "counts", "totals"},
		{"top:2", "totals of 2", "counts", "totals of 2", "counts", "totals"},
		{"progress", "counts", "counts", "counts", "counts", "totals"},
		{"none", "nothing", "nothing", "nothing", "nothing", "totals"},
	} {
		for _, identity := range []string{"open", "seat", "coded"} {
			sealed := identity != "open"
			d := newDesk(t, compile(t, `{"identity":"`+identity+`",`+bench[1:]), seating{{"floor", 1}, {"judges", 3}}, 3)
			d.act(scoring.Open, "")
			d.act(scoring.SetRule, c.policy)
			for e, v := range []string{"80", "90", "70"} {
				d.whole(e+1, v, v, v, v)
			}
			see := func(when, public, jury string) {
				t.Helper()
				for a, want := range map[scoring.Audience]string{
					scoring.Public: public, scoring.Jury: jury, scoring.Chief: "totals", scoring.DeskCount: "counts",
				} {
					if got := sight(d.board.View(a)); got != want {
						t.Errorf("%s, %s, %s: audience %d sees %s, want %s", c.policy, identity, when, a, got, want)
					}
				}
			}
			public, locked, jury := c.open, c.locked, "totals"
			if sealed {
				public, locked, jury = c.sealed, c.lockSealed, "progress"
			}
			see("running", public, jury)
			d.act(scoring.Lock, "")
			see("locked", locked, jury)
			if sealed {
				d.act(scoring.Unseal, "")
				see("unsealed", c.locked, "totals")
			}
			d.act(scoring.Publish, "")
			see("published", c.published, "totals")
		}
	}
}

// TestLateCountMatrix: what becomes of a mark by phase, and of a late one that
// two persons count.
func TestLateCountMatrix(t *testing.T) {
	for _, c := range []struct {
		acts     string // before the mark
		late     bool   // it is kept and not counted
		refused  string
		counting string // what counting it says; "" when it counts
	}{
		{"open", false, "", "judging.no_such_late_mark"},
		{"", false, "judging.not_open", ""},
		{"open freeze", false, "", "judging.no_such_late_mark"},
		{"open lock", true, "", ""},
		{"open lock reopen", false, "", "judging.no_such_late_mark"},
		{"open freeze lock", true, "", ""},
		{"open lock publish", true, "", "judging.published"},
		{"open lock publish reopen", false, "", "judging.no_such_late_mark"},
	} {
		d := newDesk(t, compile(t, bench), seating{{"floor", 1}, {"judges", 3}}, 1)
		kinds := map[string]scoring.Kind{
			"open": scoring.Open, "lock": scoring.Lock, "freeze": scoring.Freeze, "reopen": scoring.Reopen, "publish": scoring.Publish,
		}
		for _, act := range strings.Fields(c.acts) {
			d.act(kinds[act], "")
		}
		id, refusal := d.give(mark(1, "score", 1, "80"))
		switch {
		case c.refused != "":
			if refusal == nil || refusal.Code != c.refused {
				t.Errorf("%q: %+v, want %s", c.acts, refusal, c.refused)
			}
			continue
		case refusal != nil:
			t.Errorf("%q: refused %+v", c.acts, *refusal)
			continue
		}
		_, stands := d.board.Cell(1, "score", 1, 1, 1)
		if late := len(d.board.LateMarks()) == 1; late != c.late || stands == c.late {
			t.Errorf("%q: late %v, stands %v", c.acts, late, stands)
		}
		count := scoring.Command{Kind: scoring.Count, Supersedes: id, Actor: scoring.ID{1}, Second: second}
		if _, refusal := d.give(count); (refusal == nil) != (c.counting == "") || refusal != nil && refusal.Code != c.counting {
			t.Errorf("%q: counting says %+v, want %q", c.acts, refusal, c.counting)
			continue
		}
		_, stands = d.board.Cell(1, "score", 1, 1, 1)
		if want := !c.late || c.counting == ""; stands != want {
			t.Errorf("%q: stands %v after counting", c.acts, stands)
		}
		if c.late && c.counting == "" {
			d.refused(count, scoring.Stale, "judging.already_counted")
		}
	}
}

// TestFrozenNumbersStand: while frozen nothing that happens raises the public's
// number, in any phase and for any policy; the thaw raises it once.
func TestFrozenNumbersStand(t *testing.T) {
	d := benchDesk(t, 3)
	d.whole(1, "80", "80", "80", "80")
	d.act(scoring.Freeze, "")
	n, text := d.board.View(scoring.Public).N, asText(t, d.board.View(scoring.Public))
	d.whole(2, "85", "85", "85", "85")
	for _, policy := range []string{"ranks", "top:1", "progress", "none", "live"} {
		d.act(scoring.SetRule, policy)
	}
	for _, s := range []scoring.Status{scoring.Disqualified, scoring.Competing, scoring.OutOfContest} {
		d.must(scoring.Command{Kind: scoring.SetState, Entry: 1, Value: string(s)})
	}
	d.must(scoring.Command{Kind: scoring.Admit, Entry: 4})
	d.act(scoring.Lock, "")
	d.act(scoring.Reopen, "")
	if got := asText(t, d.board.View(scoring.Public)); got != text || d.change.Touched[scoring.Public] {
		t.Fatalf("%s\nwas\n%s", got, text)
	}
	d.act(scoring.Unfreeze, "")
	if v := d.board.View(scoring.Public); v.N != n+1 || v.Entries != 4 || !d.change.Reset[scoring.Public] {
		t.Fatalf("%+v after n %d", v, n)
	}
}
