package scoring

import (
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring/scheme"
)

// BenchmarkRecompute computes every panel, total and rank of 120 events anew
// from the marks in memory: 60 entries, 5 judges, 40 aspects each, 1.44 million
// marks.
func BenchmarkRecompute(b *testing.B) {
	boards := make([]*Board, 120)
	for i := range boards {
		boards[i] = wholeEvent(b, i)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, board := range boards {
			board.moved = board.moved[:0]
			board.reckon()
		}
	}
}

func wholeEvent(b *testing.B, event int) *Board {
	b.Helper()
	aspects := make([]string, 40)
	for i := range aspects {
		aspects[i] = fmt.Sprintf(`{"id":"a%d","name":{"zh":"A"},"kind":"panel","panel":"judges","max":"5","step":"0.25","policy":{"kind":"trimmed","high":1,"low":1}}`, i)
	}
	s, err := scheme.Parse([]byte(`{"format":"jiangtai.scheme/1","name":{"zh":"P"},"panels":[{"id":"judges","name":{"zh":"J"}}],"components":[{"id":"p","name":{"zh":"P"},"criteria":[
		{"id":"c","name":{"zh":"C"},"subs":[{"id":"s","name":{"zh":"S"},"aspects":[` + strings.Join(aspects, ",") + `]}]}]}]}`))
	if err != nil {
		b.Fatal(err)
	}
	rules, err := Compile(s)
	if err != nil {
		b.Fatal(err)
	}
	board, seq := NewBoard(RuleSet{1: rules}), uint64(0)
	give := func(c Command) {
		seq++
		c.Version, c.MarkID = 1, ID{byte(seq), byte(seq >> 8), byte(seq >> 16), byte(event), 1}
		if err := board.Apply(Record{Command: c, Seq: seq}, nil); err != nil {
			b.Fatal(err)
		}
	}
	give(Command{Kind: Adopt})
	for chair := range 5 {
		give(Command{Kind: Seat, Chair: ChairID(chair + 1), Aspect: "judges"})
	}
	for e := range 60 {
		give(Command{Kind: Admit, Entry: EntryID(e + 1)})
	}
	give(Command{Kind: Open})
	values := []string{"3.25", "4", "4.5", "2.75", "5", "3.5"}
	for a := range 40 {
		for e := range 60 {
			for chair := range 5 {
				give(Command{
					Kind: Mark, Entry: EntryID(e + 1), Aspect: fmt.Sprintf("a%d", a), Chair: ChairID(chair + 1),
					Value: values[(a*7+e*(a+1)+e/5+chair+event)%len(values)],
				})
			}
		}
	}
	return board
}
