package skating_test

import (
	"encoding/binary"
	"math/rand/v2"
	"os"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
	"jiangtai/server/scorefile/skating"
)

func read(t testing.TB) []skating.Event {
	t.Helper()
	events, err := skating.Read(os.DirFS("../../../scoring/testdata/skating"))
	if err != nil {
		t.Fatal(err)
	}
	return events
}

// clerk numbers commands and applies them, as a ledger does.
type clerk struct {
	t     *testing.T
	board *scoring.Board
	ids   uint64
}

func (c *clerk) give(cmd scoring.Command) {
	c.t.Helper()
	c.ids++
	binary.BigEndian.PutUint64(cmd.MarkID[8:], c.ids)
	cmd.Version = 1
	draft, refusal := c.board.Check(cmd)
	if refusal != nil {
		c.t.Fatalf("refused: %+v %+v", *refusal, cmd)
	}
	if err := c.board.Apply(scoring.Record{Command: draft.Command, Seq: c.board.Seq() + 1}, nil); err != nil {
		c.t.Fatal(err)
	}
}

func open(t *testing.T, e *skating.Event) *clerk {
	t.Helper()
	s, err := scheme.Parse(e.Scheme)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := scoring.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	c := &clerk{t: t, board: scoring.NewBoard(scoring.RuleSet{1: rules})}
	c.give(scoring.Command{Kind: scoring.Adopt})
	c.give(scoring.Command{Kind: scoring.Seat, Chair: 1, Aspect: skating.Technical})
	for j := range 9 {
		c.give(scoring.Command{Kind: scoring.Seat, Chair: scoring.ChairID(j + 2), Aspect: skating.Judges})
	}
	for _, x := range e.Entries {
		c.give(scoring.Command{Kind: scoring.Admit, Entry: scoring.EntryID(x.Number)})
	}
	c.give(scoring.Command{Kind: scoring.Open})
	return c
}

func (c *clerk) mark(m skating.Mark) {
	c.t.Helper()
	cmd := scoring.Command{
		Kind: scoring.Mark, Entry: scoring.EntryID(m.Entry), Aspect: m.Aspect, Chair: scoring.ChairID(m.Judge + 1), Value: m.Value,
	}
	if m.NotPerformed {
		cmd.Kind = scoring.NotPerformed
	}
	c.give(cmd)
}

// TestPublishedResults scores all sixteen events from the judges' marks, sent
// in random order, and holds every mean, total and rank against what was
// published.
func TestPublishedResults(t *testing.T) {
	means, totals, ranks, judged, elements, deductions, skipped := 0, 0, 0, 0, 0, 0, 0
	shuffle := rand.New(rand.NewPCG(1, 2017))
	events := read(t)
	for i := range events {
		e := &events[i]
		c := open(t, e)
		for _, at := range shuffle.Perm(len(e.Marks)) {
			m := e.Marks[at]
			switch {
			case m.NotPerformed:
				skipped++
			case m.Judge > 0:
				judged++
			case m.Aspect == "deductions":
				deductions++
			default:
				elements++
			}
			c.mark(m)
		}
		for _, m := range e.Means {
			v, _ := c.board.Panel(scoring.EntryID(m.Entry), m.Aspect, 1)
			if want := exact.Must(m.Value).String(); v.Value != want {
				t.Errorf("%s entry %d %s: %s, published %s", e.Code, m.Entry, m.Aspect, v.Value, want)
			}
			means++
		}
		for _, row := range c.board.View(scoring.Chief).Rows {
			x := e.Entries[row.Entry-1]
			if row.Total != x.Total {
				t.Errorf("%s %s: total %s, published %s", e.Code, x.Performance, row.Total, x.Total)
			}
			if row.Rank != x.Rank {
				t.Errorf("%s %s: rank %d, published %d", e.Code, x.Performance, row.Rank, x.Rank)
			}
			totals, ranks = totals+1, ranks+1
			w := c.board.Working(row.Entry)
			if got := exact.Must(w.Components[0].Value).Fixed(2); got != x.ElementSum {
				t.Errorf("%s %s: elements %s, published %s", e.Code, x.Performance, got, x.ElementSum)
			}
			if got := exact.Must(w.Components[1].Value).Fixed(2); got != x.ComponentSum {
				t.Errorf("%s %s: components %s, published %s", e.Code, x.Performance, got, x.ComponentSum)
			}
		}
	}
	got := [8]int{len(events), means, totals, ranks, judged, elements, deductions, skipped}
	if want := [8]int{16, 1865, 373, 373, 16785, 3254, 125, 1}; got != want {
		t.Fatalf("counted %v, the data have %v", got, want)
	}
}
