package scoring_test

import (
	"testing"

	"jiangtai/scoring"
)

// hall is an event in full swing: forty entries, twenty panel aspects, five
// judges, and records of every mark.
func hall(b *testing.B) (scoring.RuleSet, []scoring.Record) { return hallOf(b, 40, 5, 20) }

func hallOf(b *testing.B, entries, judges, aspects int) (scoring.RuleSet, []scoring.Record) {
	b.Helper()
	var list []string
	for range aspects {
		list = append(list, `"kind":"panel","panel":"judges","max":"5","step":"0.25","policy":{"kind":"trimmed","high":1,"low":1}`)
	}
	d := newDesk(b, single(b, "", list...), seating{{"floor", 1}, {"judges", judges}}, 0)
	d.clients = [scoring.Audiences]*client{}
	for e := range entries {
		d.must(scoring.Command{Kind: scoring.Admit, Entry: scoring.EntryID(e + 1)})
	}
	return d.set, hallRecords(d, entries, judges, aspects)
}

func hallRecords(d *desk, entries, judges, aspects int) []scoring.Record {
	records := append([]scoring.Record(nil), d.records...)
	add := func(c scoring.Command) {
		c.Version, c.MarkID = 1, d.id()
		records = append(records, scoring.Record{Command: c, Seq: uint64(len(records) + 1)})
	}
	add(scoring.Command{Kind: scoring.Open})
	values := []string{"3.25", "4", "4.5", "2.75", "5", "3.5"}
	for i := range aspects {
		for entry := 1; entry <= entries; entry++ {
			for chair := 2; chair <= judges+1; chair++ {
				c := mark(entry, d.board.Rules().Aspects[i].Src.ID, chair, values[(i*7+entry*(i+1)+entry/5+chair)%len(values)])
				c.Attempt, c.Round = 1, 1
				add(c)
			}
		}
	}
	return records
}

// BenchmarkApply is one mark with all its changes written; BenchmarkRestart the
// same without, as at a start.
func BenchmarkApply(b *testing.B) { benchmarkFold(b, &scoring.Change{}) }

// BenchmarkRestart folds without telling anybody.
func BenchmarkRestart(b *testing.B) { benchmarkFold(b, nil) }

func benchmarkFold(b *testing.B, into *scoring.Change) {
	set, records := hall(b)
	b.ReportAllocs()
	board, i := scoring.NewBoard(set), 0
	for b.Loop() {
		if i == len(records) {
			board, i = scoring.NewBoard(set), 0
		}
		if err := board.Apply(records[i], into); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

// BenchmarkCheck is the question before each mark.
func BenchmarkCheck(b *testing.B) {
	set, records := hall(b)
	half := len(records) / 2
	board, err := scoring.Rebuild(set, records[:half])
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, refusal := board.Check(records[half].Command); refusal != nil {
			b.Fatal(refusal)
		}
	}
}

// BenchmarkParseRecord reads bodies as a restart does.
func BenchmarkParseRecord(b *testing.B) {
	_, records := hall(b)
	body := scoring.AppendRecord(nil, records[len(records)-1])
	b.ReportAllocs()
	for b.Loop() {
		if _, err := scoring.ParseRecord(body); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMove is one judge's mark that completes a panel and moves its entry,
// with every audience's rows written.
func BenchmarkMove(b *testing.B) {
	b.Run("60 entries 7 judges 40 aspects", func(b *testing.B) { benchmarkMove(b, 60, 7, 40, 3) })
	b.Run("10000 entries 3 judges 2 aspects", func(b *testing.B) { benchmarkMove(b, 10_000, 3, 2, 20) })
}

func benchmarkMove(b *testing.B, entries, judges, aspects, places int) {
	set, ledger := hallOf(b, entries, judges, aspects)
	board, err := scoring.Rebuild(set, ledger)
	if err != nil {
		b.Fatal(err)
	}
	up, down := mover(b, board, places)
	var change scoring.Change
	seq := board.Seq()
	records := [2]scoring.Record{{Command: up}, {Command: down}}
	apply := func() {
		seq++
		r := &records[seq&1]
		r.Seq = seq
		if err := board.Apply(*r, &change); err != nil {
			b.Fatal(err)
		}
	}
	for range 8 {
		apply()
	}
	if n := len(change.Rows[scoring.Public]); n < 2 || n > places+1 {
		b.Fatalf("%d rows moved, want 2 to %d", n, places+1)
	}
	b.ReportAllocs()
	for b.Loop() {
		apply()
	}
}

// mover finds two values of one judge's mark between which an entry moves by one
// to so many places.
func mover(b *testing.B, board *scoring.Board, places int) (up, down scoring.Command) {
	b.Helper()
	rows := board.View(scoring.Chief).Rows
	pos := func(e scoring.EntryID) int {
		for _, r := range board.View(scoring.Chief).Rows {
			if r.Entry == e {
				return r.Pos
			}
		}
		return 0
	}
	seq := board.Seq()
	put := func(c scoring.Command) int {
		seq++
		if err := board.Apply(scoring.Record{Command: c, Seq: seq}, nil); err != nil {
			b.Fatal(err)
		}
		return pos(c.Entry)
	}
	for _, r := range rows[len(rows)/4:] {
		for chair := 2; chair <= 4; chair++ {
			id := board.Rules().Aspects[1].Src.ID
			up, down = mark(int(r.Entry), id, chair, "5"), mark(int(r.Entry), id, chair, "2.75")
			up.Attempt, up.Round, down.Attempt, down.Round = 1, 1, 1, 1
			if by := put(down) - put(up); by >= 1 && by <= places {
				return up, down
			}
		}
	}
	b.Fatal("nobody moves by so few places")
	return up, down
}
