package judging_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
	. "jiangtai/server/judging/judgingtest"
)

// seat is a chair with two tablets: the one that sits there and the one that takes
// over.
type seat struct {
	w        *World
	r        *rand.Rand
	old, now contest.Actor
	outbox   map[contest.ID][]judging.MarkCommand // by device, in order, until answered
	heads    map[contest.ID]map[string]scoring.ID // what each believes to stand, by work
	kept     map[scoring.ID]string                // by mark: "counted", "late" or a code
	receipts map[scoring.ID]string
}

func newSeat(w *World, seed uint64) *seat {
	s := &seat{
		w: w, r: rand.New(rand.NewPCG(seed, 5)), old: Tablet(1, First), now: Tablet(1, First),
		outbox: map[contest.ID][]judging.MarkCommand{}, heads: map[contest.ID]map[string]scoring.ID{},
		kept: map[scoring.ID]string{}, receipts: map[scoring.ID]string{},
	}
	s.now.Device = ID('d', 999)
	for _, a := range []contest.Actor{s.old, s.now} {
		s.heads[a.Device] = map[string]scoring.ID{}
	}
	return s
}

// tap marks a work on a tablet: a first mark, or a correction of what it knows.
func (s *seat) tap(a contest.Actor) {
	work := EntryNo(1 + s.r.IntN(3))
	m := s.w.Mark(a, work, "piece", fmt.Sprint(s.r.IntN(400)/4))
	m.Supersedes = s.heads[a.Device][work]
	s.heads[a.Device][work] = m.MarkID
	s.outbox[a.Device] = append(s.outbox[a.Device], m)
}

// send delivers some of a tablet's outbox, from the front; the answer may be lost.
func (s *seat) send(t *testing.T, a contest.Actor) {
	waiting := s.outbox[a.Device]
	if len(waiting) == 0 {
		return
	}
	n := 1 + s.r.IntN(len(waiting))
	out, err := s.w.Desk.Give(context.Background(), a, waiting[:n])
	if err != nil {
		t.Fatal(err)
	}
	for i := range out {
		s.answered(t, waiting[i].MarkID, &out[i])
	}
	if s.r.IntN(3) > 0 {
		s.outbox[a.Device] = waiting[n:]
	}
}

// answered holds that the same mark is always answered the same.
func (s *seat) answered(t *testing.T, mark scoring.ID, o *judging.Outcome) {
	now, receipt := "counted", ""
	switch {
	case o.Fault != nil:
		now = o.Fault.Code
	case o.Late:
		now = "late"
	}
	if o.Fault == nil {
		receipt = string(o.Receipt.AppendJSON(nil))
	}
	was, known := s.kept[mark]
	if known && (was == "counted" || was == "late") && (was != now || receipt != s.receipts[mark]) {
		t.Fatalf("mark %s was %s, is %s: another answer", mark, was, now)
	}
	s.kept[mark], s.receipts[mark] = now, receipt
}

// adopt is what a tablet does that reads its bundle: it takes up what stands.
func (s *seat) adopt(t *testing.T, a contest.Actor) {
	b, err := s.w.Desk.Bundle(context.Background(), a)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range b.Marks {
		s.heads[a.Device][m.Work] = m.MarkID
	}
}

// TestTakeover plays 200 interleavings of two tablets of one seat: taps, deliveries,
// lost answers, and the takeover in between. No mark of the older one is lost, none
// overwrites silently, and its numbers have no hole in the end.
func TestTakeover(t *testing.T) {
	var counted, late, stale int
	for seed := range uint64(200) {
		w := New(t)
		w.Open(t, 1)
		s := newSeat(w, seed)
		steps := 10 + s.r.IntN(40)
		takeover := s.r.IntN(steps)
		for step := range steps {
			if step == takeover {
				s.old.IsReplaced = true
				if s.r.IntN(2) > 0 { // or it marks before it has read its bundle
					s.adopt(t, s.now)
				}
			}
			switch on := s.r.IntN(6); {
			case on < 2 && !s.old.IsReplaced:
				s.tap(s.old)
			case on < 2:
				s.tap(s.now)
			case on < 4:
				s.send(t, s.old)
			default:
				s.send(t, s.now)
			}
		}
		s.old.IsReplaced = true
		for _, a := range []contest.Actor{s.old, s.now} {
			for len(s.outbox[a.Device]) > 0 {
				s.send(t, a)
			}
		}
		s.verify(t, seed)
		for _, what := range s.kept {
			switch what {
			case "counted":
				counted++
			case "late":
				late++
			default:
				stale++
			}
		}
		w.Desk.Close()
	}
	if counted < 500 || late < 200 || stale == 0 {
		t.Errorf("%d counted, %d late, %d refused: too little happened", counted, late, stale)
	}
}

// verify folds the ledger by hand and holds the board, the receipts and the counting
// against it.
func (s *seat) verify(t *testing.T, seed uint64) {
	cells := map[scoring.EntryID]scoring.ID{}
	lates := 0
	err := s.w.Desk.Replay(context.Background(), ID('e', 1), func(r scoring.Record) error {
		switch {
		case r.Kind == scoring.Mark:
			if cells[r.Entry] != r.Supersedes {
				t.Errorf("seed %d: record %d overwrites %s, it says %s", seed, r.Seq, cells[r.Entry], r.Supersedes)
			}
			if s.kept[r.MarkID] != "counted" {
				t.Errorf("seed %d: record %d counts, its sender was told %s", seed, r.Seq, s.kept[r.MarkID])
			}
			cells[r.Entry] = r.MarkID
		case r.Kind == scoring.Late:
			if lates++; r.Device != s.old.Device || s.kept[r.MarkID] != "late" {
				t.Errorf("seed %d: record %d is late of %s", seed, r.Seq, r.Device)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, what := range s.kept {
		if what == "late" {
			told++
		}
	}
	handed, err := s.w.Desk.Handed(context.Background(), ID('e', 1))
	if err != nil || handed[s.old.Device] != lates || lates != told {
		t.Errorf("seed %d: %d handed over, %d records, %d were told so (%v)", seed, handed[s.old.Device], lates, told, err)
	}
	s.compare(t, seed, cells)
}

// compare asks the board and the counting.
func (s *seat) compare(t *testing.T, seed uint64, cells map[scoring.EntryID]scoring.ID) {
	err := s.w.Desk.Read(context.Background(), ID('e', 1), func(r judging.Reading) error {
		for entry, mark := range cells {
			if c, ok := r.Board.Cell(entry, "piece", 1, 1, First); !ok || c.MarkID != mark {
				t.Errorf("seed %d: entry %d has %v, the records say %s", seed, entry, c, mark)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.w.Desk.Progress(context.Background(), s.w.Organiser(), ID('e', 1))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range p.Devices {
		if len(d.Holes) > 0 {
			t.Errorf("seed %d: holes %v of %s", seed, d.Holes, d.Device)
		}
	}
}

// TestWhatAReplacedTabletSends: kept whatever the board says, refused where it has no
// business, counted by two persons, and known again after a restart.
func TestWhatAReplacedTabletSends(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	old, now := Tablet(1, First), Tablet(1, First)
	now.Device = ID('d', 999)
	before := w.Mark(old, "001", "piece", "50")
	first := w.Must(t, old, before)
	old.IsReplaced = true
	w.Must(t, now, w.Mark(now, "002", "piece", "70"))
	held, foreign := w.Mark(old, "002", "piece", "60"), w.Mark(old, "001", "score", "60")
	finish, stop := w.Mark(old, "001", "work", ""), clock(w, old, "001", "resume")
	finish.Kind = scoring.Finish
	wrong := w.Mark(old, "003", "piece", "1000")
	for name, c := range map[string]struct {
		mark judging.MarkCommand
		late bool
		code string
	}{
		"taken before":                   {before, false, ""},
		"another's mark stands":          {held, true, ""},
		"not its panel's":                {foreign, false, "judging.missing"},
		"a sheet that is not complete":   {finish, true, ""},
		"a clock in the wrong order":     {stop, true, ""},
		"a mark that would never be one": {wrong, false, "judging.above_max"},
	} {
		for range 2 {
			o := w.Give(t, old, c.mark)
			if o.Late != c.late || code(o) != c.code {
				t.Errorf("%s: late %v, %q", name, o.Late, code(o))
			}
			w.Restart(t)
		}
	}
	again := w.Give(t, old, before)
	if string(again.Receipt.AppendJSON(nil)) != string(first.AppendJSON(nil)) {
		t.Error("what was taken before has another receipt")
	}
	other := held
	other.Value = "61"
	if o := w.Give(t, old, other); code(o) != "judging.mark_payload" {
		t.Errorf("the same mark with another value: %q", code(o))
	}
	w.Act(t, 1, judging.Act{Kind: judging.ActCount, Mark: held.MarkID, Reason: "原平板的分数为准"})
	work, err := w.Desk.Working(t.Context(), w.Organiser(), ID('e', 1), "002")
	if err != nil || !strings.Contains(fmt.Sprintf("%+v", work), held.MarkID.String()) && !strings.Contains(fmt.Sprintf("%+v", work), "60") {
		t.Errorf("two persons counted it: %+v (%v)", work, err)
	}
}
