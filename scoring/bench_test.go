package scoring_test

import (
	"testing"

	"jiangtai/scoring"
)

// hall is an event in full swing: forty entries, twenty panel aspects, five
// judges, and records of every mark.
func hall(b *testing.B) (scoring.RuleSet, []scoring.Record) {
	b.Helper()
	var aspects []string
	for range 20 {
		aspects = append(aspects, `"kind":"panel","panel":"judges","max":"5","step":"0.25","policy":{"kind":"trimmed","high":1,"low":1}`)
	}
	d := newDesk(b, single(b, "", aspects...), seating{{"floor", 1}, {"judges", 5}}, 40)
	d.clients = [scoring.Audiences]*client{}
	return d.set, hallRecords(d, len(aspects))
}

func hallRecords(d *desk, aspects int) []scoring.Record {
	records := append([]scoring.Record(nil), d.records...)
	add := func(c scoring.Command) {
		c.Version, c.MarkID = 1, d.id()
		records = append(records, scoring.Record{Command: c, Seq: uint64(len(records) + 1)})
	}
	add(scoring.Command{Kind: scoring.Open})
	values := []string{"3.25", "4", "4.5", "2.75", "5", "3.5"}
	for i := range aspects {
		for entry := 1; entry <= 40; entry++ {
			for chair := 2; chair <= 6; chair++ {
				c := mark(entry, d.board.Rules().Aspects[i].Src.ID, chair, values[(i+entry*chair)%len(values)])
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
