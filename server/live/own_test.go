package live_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/hub"
	"jiangtai/server/live"
)

// public is how an entry stands on the board that the public may see, by its label.
func (s *stand) public(entry int) (r scoring.Row, shown bool) {
	for _, r = range s.board.View(scoring.Public).Rows {
		if r.Entry == scoring.EntryID(entry) {
			return r, true
		}
	}
	return r, false
}

// Somebody whom the public topic does not carry follows his own row: he sees each
// step of it, from below the two hundredth place to the top, and no other row.
func TestOwnRowBeyondThePublicTopic(t *testing.T) {
	s := newStand(t, scheme.Open, 210)
	nobody := contest.Actor{}
	own := find(t, s.live, nobody, "event/"+s.id.String()+"/entry/N208")
	if again := find(t, s.live, nobody, own.Name()); again != own {
		t.Error("another topic for the same row")
	}
	c := follow(t, s.hub, own, hub.At{})
	stands := func(why string) {
		t.Helper()
		want, _ := s.public(208)
		eventually(t, why, func() bool {
			rows, _, _ := c.at(0)
			return len(rows) == 1 && rows[0].K == "N208" && rows[0].Pos == want.Pos && rows[0].Done == want.Done
		})
	}
	stands("at first")
	s.mark(1, 1, "80") // another's, which moves nobody
	s.mark(208, 1, "10")
	stands("after one mark")
	for chair := 2; chair <= 4; chair++ {
		s.mark(208, chair, "80")
	}
	if r, _ := s.public(208); r.Pos != 1 {
		t.Fatalf("%+v", r)
	}
	stands("at the top")
	for chair := 1; chair <= 4; chair++ {
		s.mark(207, chair, "90")
	}
	stands("overtaken")

	late := follow(t, s.hub, own, hub.At{}) // and who comes now
	if rows, head, _ := late.at(0); len(rows) != 1 || rows[0].Pos != 2 || len(head) != 0 {
		t.Errorf("%+v %s", rows, head)
	}
	body, err := s.live.Row(t.Context(), s.id, "n208") // as typed on a phone
	if err != nil || !json.Valid(body) || !strings.Contains(string(body), `"rows":[{"k":"N208","pos":2,`) || strings.Contains(string(body), "N207") {
		t.Errorf("%v %s", err, body)
	}
}

// What is frozen stands still in it as well, and what is taken back is gone.
func TestOwnRowShowsWhatThePublicMaySee(t *testing.T) {
	s := newStand(t, scheme.Open, 205)
	c := follow(t, s.hub, s.topic("entry/N205"), hub.At{})
	public := follow(t, s.hub, s.topic("public"), hub.At{})
	c.at(0)
	s.act(scoring.Freeze, "")
	s.mark(205, 1, "80")
	s.act(scoring.Unfreeze, "")
	eventually(t, "thawed", func() bool {
		rows, _, _ := c.at(0)
		return len(rows) == 1 && rows[0].Done == 1
	})
	_, _, frames := c.at(0)
	for _, f := range frames {
		if strings.Contains(f, `"done":1`) && !strings.Contains(f, `"snapshot"`) {
			t.Errorf("told while frozen: %s", f)
		}
	}
	s.act(scoring.SetRule, "top:3")
	s.check(public, scoring.Public, scheme.Open)
	if _, shown := s.public(205); shown {
		t.Fatal("the board shows it")
	}
	eventually(t, "taken back", func() bool {
		rows, _, _ := c.at(0)
		return len(rows) == 0
	})
}

func TestNoOwnRowOfASealedEvent(t *testing.T) {
	s := newStand(t, scheme.Coded, 5)
	for _, key := range []string{"N1", "N5", "C1", ""} {
		for _, actor := range []contest.Actor{{}, administrator} {
			if _, err := s.live.Find(t.Context(), actor, "event/"+s.id.String()+"/entry/"+key); !errors.Is(err, live.ErrMissing) {
				t.Errorf("%q: %v", key, err)
			}
		}
		if _, err := s.live.Row(t.Context(), s.id, key); !errors.Is(err, live.ErrMissing) {
			t.Errorf("%q: %v", key, err)
		}
	}
}

// A key that nobody has any more and somebody has again is the same topic: whoever
// stayed with it sees who has it now.
func TestOwnRowOfAKeyThatComesBack(t *testing.T) {
	s := newStand(t, scheme.Open, 210)
	s.mark(205, 1, "80")
	own := s.topic("entry/N205")
	c := follow(t, s.hub, own, hub.At{})
	shows := func(why string, count, done int) {
		t.Helper()
		eventually(t, why, func() bool {
			rows, _, _ := c.at(0)
			return len(rows) == count && (count == 0 || rows[0].K == "N205" && rows[0].Done == done)
		})
	}
	shows("its first owner's", 1, 1)
	move := func(by int) {
		s.names.mu.Lock()
		s.names.moved = by
		s.names.mu.Unlock()
		s.live.Opened(meta(s.id), contest.Demo, 1, s.board)
	}
	move(-100) // now N101 to N400: N205 is entry 105
	shows("its second owner's", 1, 0)
	s.mark(105, 1, "70")
	shows("its second owner's mark", 1, 1)
	move(-205) // now from N206 on: nobody's
	shows("nobody's", 0, 0)
	if _, err := s.live.Find(t.Context(), contest.Actor{}, own.Name()); !errors.Is(err, live.ErrMissing) {
		t.Errorf("found: %v", err)
	}
	s.mark(205, 2, "80")
	move(0)
	if again := find(t, s.live, contest.Actor{}, own.Name()); again != own {
		t.Error("another topic for the same key")
	}
	shows("its first owner's again", 1, 2)
}
