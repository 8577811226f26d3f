package web_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/hub"
	"jiangtai/server/live"
)

// board is a board on which everybody stands who is in it, sealed or not.
type board struct {
	n      uint64
	sealed bool
	total  string
}

func (b board) View(a scoring.Audience) scoring.Standings {
	v := b.Head(a)
	for i := range 60 {
		v.Rows = append(v.Rows, scoring.Row{Entry: scoring.EntryID(i + 1), Pos: i + 1, Rank: i + 1, Total: b.total})
	}
	return v
}

func (b board) Head(scoring.Audience) scoring.Standings {
	return scoring.Standings{N: b.n, Phase: scoring.Running, Release: scoring.Live, Sealed: b.sealed, Entries: 60}
}

func (board) Rules() *scoring.Rules { return nil }

type roster struct{}

func (roster) Contest(context.Context, contest.ID) (string, error) {
	return "江城市职工技能大赛", nil
}

func (roster) Entrants(context.Context, contest.ID, scheme.Identity) (list []live.Entrant, err error) {
	for i := range 60 {
		list = append(list, live.Entrant{Entry: scoring.EntryID(i + 1), Label: "Q" + string(rune('A'+i)), Name: "欧阳某某", Unit: "第一造船厂"})
	}
	return list, nil
}

// opened is an application with one event, whose board live has.
func opened(t *testing.T) (l *live.Live, event contest.Event, base, path string) {
	t.Helper()
	h := hub.New(hub.Config{Now: time.Now, Beat: live.Beat})
	t.Cleanup(func() { _ = h.Shutdown(context.Background()) })
	l = live.New(live.Config{Hub: h, Names: roster{}, Now: clock})
	t.Cleanup(l.Close)
	event = contest.Event{ID: contest.ID{0xE0}, Contest: contest.ID{0xC0}, Trade: "钳工"}
	cfg := config()
	cfg.Standings = l.Standings
	return l, event, listen(t, newApp(t, cfg)), "/api/v1/public/events/" + event.ID.String() + "/standings"
}

func TestAMarkChangesWhatEverybodyGets(t *testing.T) {
	l, event, base, path := opened(t)
	b := board{n: 7, total: "98.75"}
	l.Opened(event, contest.Demo, 1, b)
	tags := map[string]string{}
	take := func(accept string) answer {
		return over(t, base, "GET", path, "Accept-Encoding", accept, "If-None-Match", tags[accept])
	}
	for _, accept := range []string{"", "gzip", "br"} {
		tags[accept] = take(accept).header.Get("ETag")
	}
	// What only the jury may know yet changes nothing for the public.
	var c scoring.Change
	c.Clear(8)
	c.Touched[scoring.Jury], c.N[scoring.Jury] = true, 8
	l.Applied(event.ID, clock(), &c, b)
	for accept := range tags {
		if a := take(accept); a.status != 304 {
			t.Errorf("a jury's mark as %q: %d", accept, a.status)
		}
	}
	c.Clear(9)
	c.Touched[scoring.Public], c.N[scoring.Public] = true, 8
	c.Tell([]scoring.Audience{scoring.Public}, []scoring.Row{{Entry: 60, Pos: 1, Rank: 1, Total: "99.50"}}, nil)
	b.n = 8
	l.Applied(event.ID, clock(), &c, b)
	for accept, was := range tags {
		a := take(accept)
		if text := decoded(t, a); a.status != 200 || !strings.Contains(text, "99.50") || a.header.Get("ETag") == was {
			t.Errorf("a mark as %q: %d %v", accept, a.status, a.header)
		}
	}
}

// A sealed board is in no form that is kept, and one that was sealed again is in none
// that was.
func TestASealedBoardNamesNobody(t *testing.T) {
	l, event, base, path := opened(t)
	seen := map[string]bool{}
	for i, b := range []board{
		{n: 1, sealed: true, total: "98.75"},
		{n: 2, total: "98.75"},
		{n: 3, total: "99.25"},
		{n: 4, sealed: true, total: "99.25"},
	} {
		l.Opened(event, contest.Demo, 1, b)
		for range 2 {
			for _, accept := range []string{"", "gzip", "br"} {
				a := over(t, base, "GET", path, "Accept-Encoding", accept)
				text := decoded(t, a)
				for _, word := range []string{"欧阳", "造船", b.total} {
					if strings.Contains(text, word) == b.sealed {
						t.Errorf("board %d as %q: %s", i, accept, text)
					}
				}
				if tag := a.header.Get("ETag") + accept; seen[tag] {
					t.Errorf("board %d as %q has a tag that was there before", i, accept)
				}
			}
		}
		for _, accept := range []string{"", "gzip", "br"} {
			seen[over(t, base, "GET", path, "Accept-Encoding", accept).header.Get("ETag")+accept] = true
		}
	}
}
