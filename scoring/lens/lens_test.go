package lens_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/lens"
	"jiangtai/scoring/rank"
	"jiangtai/scoring/record"
	"jiangtai/scoring/report"
)

var phases = []report.Phase{report.Waiting, report.Running, report.Provisional, report.Official}

// sees says in words what an audience sees of an event.
func sees(l lens.Look) string {
	var words []string
	first, tenth, eleventh, none := l.Lens.Sees(rank.Place{Pos: 1, Rank: 1}), l.Lens.Sees(rank.Place{Pos: 10, Rank: 10}),
		l.Lens.Sees(rank.Place{Pos: 11, Rank: 11}), l.Lens.Sees(rank.Place{Pos: 12})
	switch rows := [4]bool{first, tenth, eleventh, none}; rows {
	case [4]bool{true, true, true, true}:
		words = append(words, "all")
	case [4]bool{true, true, false, false}:
		words = append(words, "ten")
	case [4]bool{}:
		words = append(words, "nobody")
	default:
		words = append(words, fmt.Sprint(rows))
	}
	if l.Lens.Plain {
		words = append(words, "plain")
	}
	if l.Lens.NoMarks {
		words = append(words, "places")
	}
	if l.Shows(lens.Counts{Entries: 9, Done: 5, Need: 8}) != (lens.Counts{Entries: 9, Done: 5, Need: 8}) {
		words = append(words, "uncounted")
	}
	return string(l.Release) + ": " + strings.Join(words, " ")
}

// TestWhoSeesWhat is the whole release matrix: what the public sees follows the
// policy until the result is published, and is progress at most while identities
// are sealed; panels see marks unless identities are sealed; the chief judge sees
// all; the desk has counts only.
func TestWhoSeesWhat(t *testing.T) {
	type look struct{ open, sealed, official string }
	const whole, progress = "live: all", "progress: nobody"
	public := map[record.Release]look{
		record.Live:     {whole, progress, whole},
		record.Ranks:    {"ranks: all places", progress, whole},
		"top:10":        {"top:10: ten", progress, whole},
		record.Progress: {progress, progress, whole},
		record.Nothing:  {"none: nobody uncounted", "none: nobody uncounted", whole},
	}
	for policy, seen := range public {
		for _, phase := range phases {
			for _, frozen := range []bool{false, true} {
				for _, sealed := range []bool{false, true} {
					s := lens.State{Phase: phase, Frozen: frozen, Sealed: sealed, Release: policy}
					want := [report.Audiences]string{report.Public: seen.open, report.Jury: whole, report.Chief: whole, report.DeskCount: "live: nobody"}
					if sealed {
						want[report.Public], want[report.Jury] = seen.sealed, "progress: all plain"
					}
					if phase == report.Official {
						want[report.Public] = seen.official
					}
					for a := range report.Audiences {
						l := lens.Of(a, s)
						if got := sees(l); got != want[a] {
							t.Errorf("audience %d of %+v: %q, want %q", a, s, got, want[a])
						}
						if l.Phase != phase || l.Frozen != frozen || l.Sealed != sealed {
							t.Errorf("audience %d of %+v is told %+v", a, s, l.State)
						}
					}
				}
			}
		}
	}
}

// TestCounts: only where nothing is shown the counts of marks are hidden; how
// many compete is no secret.
func TestCounts(t *testing.T) {
	all := lens.Counts{Entries: 12, Done: 30, Need: 96}
	for policy, want := range map[record.Release]lens.Counts{
		record.Live: all, record.Ranks: all, "top:3": all, record.Progress: all, record.Nothing: {Entries: 12},
	} {
		l := lens.Of(report.Public, lens.State{Phase: report.Running, Release: policy})
		if got := l.Shows(all); got != want {
			t.Errorf("%s: %+v, want %+v", policy, got, want)
		}
	}
}

// TestWhatIsNews: a row is new to an audience when something of it that the
// audience sees is.
func TestWhatIsNews(t *testing.T) {
	running := lens.State{Phase: report.Running, Release: record.Live}
	with := func(r record.Release, sealed bool) lens.State {
		return lens.State{Phase: report.Running, Release: r, Sealed: sealed}
	}
	for _, c := range []struct {
		name     string
		audience report.Audience
		state    lens.State
		want     [3]bool // progress, marks, place
	}{
		{"public, live", report.Public, running, [3]bool{true, true, true}},
		{"public, places", report.Public, with(record.Ranks, false), [3]bool{true, false, true}},
		{"public, the first ten", report.Public, with("top:10", false), [3]bool{true, true, true}},
		{"public, progress", report.Public, with(record.Progress, false), [3]bool{}},
		{"public, nothing", report.Public, with(record.Nothing, false), [3]bool{}},
		{"public, sealed", report.Public, with(record.Live, true), [3]bool{}},
		{"panel", report.Jury, running, [3]bool{true, true, true}},
		{"panel, sealed", report.Jury, with(record.Live, true), [3]bool{true, false, false}},
		{"chief judge, sealed", report.Chief, with(record.Nothing, true), [3]bool{true, true, true}},
		{"desk", report.DeskCount, running, [3]bool{}},
	} {
		l := lens.Of(c.audience, c.state).Lens
		at := rank.Place{Pos: 4, Rank: 4}
		got := [3]bool{l.Shows(lens.Progress, at, at), l.Shows(lens.Marks, at, at), l.Shows(lens.Place, at, at)}
		if got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestTheFirstFew: who comes into what is shown is new by that, and who leaves it;
// what happens behind is not.
func TestTheFirstFew(t *testing.T) {
	l := lens.Of(report.Public, lens.State{Phase: report.Running, Release: "top:3"}).Lens
	third, shared, fourth, incomplete := rank.Place{Pos: 3, Rank: 3}, rank.Place{Pos: 4, Rank: 3}, rank.Place{Pos: 4, Rank: 4}, rank.Place{Pos: 1}
	for _, c := range []struct {
		name     string
		was, now rank.Place
		want     bool
	}{
		{"stays in", third, third, true},
		{"shares the last place", third, shared, true},
		{"comes in", fourth, third, true},
		{"goes out", third, fourth, true},
		{"stays behind", fourth, fourth, false},
		{"is not ranked", incomplete, incomplete, false},
		{"is ranked for the first time", incomplete, shared, true},
	} {
		if got := l.Shows(lens.Marks|lens.Place, c.was, c.now); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func drawState(t *rapid.T) lens.State {
	policies := []record.Release{record.Live, record.Ranks, record.Progress, record.Nothing, "top:1", "top:3", "top:999"}
	return lens.State{
		Phase: rapid.SampledFrom(phases).Draw(t, "phase"), Frozen: rapid.Bool().Draw(t, "frozen"), Sealed: rapid.Bool().Draw(t, "sealed"),
		Release: rapid.SampledFrom(policies).Draw(t, "policy"),
	}
}

func drawPlace(t *rapid.T, label string) rank.Place {
	pos := rapid.IntRange(1, 9).Draw(t, label)
	return rank.Place{Pos: pos, Rank: rapid.IntRange(0, pos).Draw(t, label+" rank")}
}

// TestWhatIsHiddenNeverShows: whatever of an entry is new, an audience that sees
// its row neither before nor after is told nothing, and one that may not see marks
// or places is told nothing for their sake.
func TestWhatIsHiddenNeverShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, a := drawState(t), report.Audience(rapid.IntRange(0, int(report.Audiences)-1).Draw(t, "audience"))
		l := lens.Of(a, s).Lens
		n := lens.News(rapid.IntRange(0, 7).Draw(t, "news"))
		was, now := drawPlace(t, "was"), drawPlace(t, "now")
		shows := l.Shows(n, was, now)
		if shows && !l.Sees(was) && !l.Sees(now) {
			t.Fatalf("%d of %+v is told of who it does not see", a, s)
		}
		if stays := l.Sees(was) && l.Sees(now); stays && shows && (l.Plain && n&lens.Progress == 0 || l.NoMarks && n == lens.Marks) {
			t.Fatalf("%d of %+v is told of %03b", a, s, n)
		}
		if l.Sees(was) != l.Sees(now) && !shows {
			t.Fatalf("%d of %+v keeps a row that is gone, or lacks one", a, s)
		}
	})
}

// TestSealedMeansProgressAtMost, whatever the policy, until a result is published,
// which nobody can do with a sealed one (see door): no row reaches the public, and
// the panels see neither marks nor places.
func TestSealedMeansProgressAtMost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, was, now := drawState(t), drawPlace(t, "was"), drawPlace(t, "now")
		s.Sealed = true
		panel := lens.Of(report.Jury, s)
		if panel.Release != record.Progress || !panel.Lens.Plain || panel.Lens.Shows(lens.Marks|lens.Place, was, now) {
			t.Fatalf("a panel of %+v sees %+v", s, panel)
		}
		if s.Phase == report.Official {
			return
		}
		public := lens.Of(report.Public, s)
		if public.Release.HasRows() || public.Lens.Sees(now) || public.Lens.Shows(lens.Progress|lens.Marks|lens.Place, was, now) {
			t.Fatalf("the public of %+v sees %+v", s, public)
		}
	})
}
