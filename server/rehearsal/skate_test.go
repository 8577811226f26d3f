package rehearsal

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// Corrections come after what they correct, repetitions after what they repeat,
// and in the end each mark has its known value.
func TestPlanKeepsItsOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "n")
		list := make([]Known, n)
		for i := range list {
			list[i] = Known{Work: string(rune('a' + i%26)), Aspect: string(rune('a' + i/26)), Value: "1", NotPerformed: i%9 == 8}
		}
		m := SendManner{
			Rand: rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)), Batch: 7,
			Twice: rapid.IntRange(0, 100).Draw(t, "twice"), Wrong: rapid.IntRange(0, 100).Draw(t, "wrong"), Misread: func(Known) string { return "2" },
		}
		given, last := map[string]bool{}, map[Known]string{}
		for _, d := range m.plan(list) {
			if d.again != given[d.id] {
				t.Fatalf("%+v comes before its first time, or twice as new", d)
			}
			if d.after != "" && !given[d.after] {
				t.Fatalf("%+v corrects what was not given", d)
			}
			if given[d.id] = true; !d.again {
				last[d.known] = d.value
			}
		}
		for _, k := range list {
			if last[k] != "1" {
				t.Fatalf("%+v ends as %q", k, last[k])
			}
		}
	})
}

func TestSentNoticesTwoReceipts(t *testing.T) {
	s := Sent{Receipts: map[string]string{}}
	answer := func(receipt string) Answer {
		return Answer{Status: 200, MarkID: "x", Receipt: json.RawMessage(receipt)}
	}
	if err := s.count(deed{id: "x"}, answer(`{"seq":1}`)); err != nil {
		t.Fatal(err)
	}
	if err := s.count(deed{id: "x", again: true}, answer(`{"seq":1}`)); err != nil {
		t.Error(err)
	}
	if err := s.count(deed{id: "x", again: true}, answer(`{"seq":1 }`)); err == nil {
		t.Error("another receipt passes")
	}
	if err := s.count(deed{id: "y"}, answer(`{"seq":1}`)); err == nil {
		t.Error("an answer to another mark passes")
	}
	if err := s.count(deed{id: "x"}, Answer{Status: 202, MarkID: "x", Receipt: json.RawMessage(`{}`)}); err == nil {
		t.Error("a late mark passes")
	}
}
