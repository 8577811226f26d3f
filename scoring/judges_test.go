package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/stats"
)

func spreads(d *desk) string {
	var list []string
	for _, s := range d.board.OpenSpreads() {
		again := ""
		if s.Again {
			again = " again"
		}
		list = append(list, fmt.Sprintf("%d %s/%d round %d: %s–%s of %s%s", s.Entry, s.Aspect, s.Attempt, s.Round, s.Low, s.High, s.Allowed, again))
	}
	return strings.Join(list, ", ")
}

// TestOpenSpreads: the chief sees a spread as soon as two marks make it, then
// that the panel is to mark again, and nothing once it agrees.
func TestOpenSpreads(t *testing.T) {
	d := openDesk(t, single(t, "", `"kind":"panel","panel":"judges","max":"10","spread":"2"`, `"kind":"panel","panel":"judges","max":"10"`), 3, 2)
	see := func(want string) {
		t.Helper()
		if got := spreads(d); got != want {
			t.Fatalf("%q, want %q", got, want)
		}
	}
	again := func(chair int, value string) {
		c := mark(1, "a0", chair, value)
		c.Round = 2
		d.must(c)
	}
	for chair, v := range []string{"1", "5", "9"} {
		d.mark(1, "a1", chair+2, v) // no spread is declared there
	}
	d.mark(1, "a0", 2, "5")
	see("")
	d.mark(1, "a0", 3, "7")
	see("")
	d.mark(1, "a0", 4, "8")
	see("1 a0/1 round 1: 5–8 of 2 again")
	again(2, "8.5")
	see("1 a0/1 round 1: 5–8 of 2 again")
	again(3, "6")
	see("1 a0/1 round 2: 6–8.5 of 2")
	again(4, "8")
	see("1 a0/1 round 2: 6–8.5 of 2 again")
	d.mark(2, "a0", 2, "1")
	d.mark(2, "a0", 3, "4")
	see("1 a0/1 round 2: 6–8.5 of 2 again, 2 a0/1 round 1: 1–4 of 2")
	d.must(scoring.Command{Kind: scoring.SetState, Entry: 2, Value: string(scoring.Disqualified)})
	for chair, v := range []string{"7", "7", "8"} {
		c := mark(1, "a0", chair+2, v)
		c.Round = 3
		d.must(c)
	}
	see("")
}

// TestRoundsAreWhatCounts: of two rounds the second, of absent judges nothing, of
// measured and timed aspects only what marks can be compared by.
func TestRoundsAreWhatCounts(t *testing.T) {
	d := openDesk(
		t, single(t, "", `"kind":"panel","panel":"judges","max":"10","spread":"2"`, `"kind":"points","panel":"floor","max":"10"`,
			`"kind":"counted","panel":"judges","by":"each","max":"6","per":"2"`, `"kind":"relative","panel":"judges","by":"each","max":"6"`,
			`"kind":"time","mode":"seconds","panel":"judges","by":"each"`), 3, 1,
	)
	for chair, v := range []string{"1", "9", "5"} {
		d.mark(1, "a0", chair+2, v)
	}
	for chair, v := range []string{"6", "7", "5"} {
		c := mark(1, "a0", chair+2, v)
		c.Round = 2
		d.must(c)
		d.mark(1, "a3", chair+2, v)
		d.mark(1, "a4", chair+2, v)
	}
	d.mark(1, "a1", 1, "9")
	d.mark(1, "a2", 2, "1")
	d.mark(1, "a2", 3, "2")
	absent := mark(1, "a2", 4, "")
	absent.Kind = scoring.Absent
	d.must(absent)
	var got []string
	for _, r := range d.board.Rounds() {
		text := fmt.Sprintf("%d %s %s of %s:", r.Entry, r.Panel, r.Aspect, r.Max)
		for _, m := range r.Marks {
			text += fmt.Sprintf(" %d=%s", m.Chair, m.Value)
		}
		got = append(got, text)
	}
	want := "1 judges a0 of 10: 2=6 3=7 4=5, 1 judges a2 of 6: 2=4 3=2"
	if text := strings.Join(got, ", "); text != want {
		t.Fatalf("%s\nwant\n%s", text, want)
	}
	if judges := stats.Judges(d.board.Rounds()); len(judges) != 3 || judges[0].Marks != 2 || judges[2].Marks != 1 {
		t.Fatalf("%+v", judges)
	}
}
