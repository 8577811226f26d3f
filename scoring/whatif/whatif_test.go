package whatif_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/scoring/whatif"
)

const base = `{"format":"jiangtai.scheme/1","name":{"zh":"钳工"},
 "panels":[{"id":"floor","name":{"zh":"现场"}},{"id":"judges","name":{"zh":"评分"},"policy":{"kind":"trimmed","high":1,"low":1}}],
 "components":[
  {"id":"theory","name":{"zh":"理论"},"weight":"0.3","criteria":[{"id":"t","name":{"zh":"笔试"},"subs":[{"id":"t","name":{"zh":"笔试"},"aspects":[
   {"id":"paper","name":{"zh":"成绩"},"kind":"points","panel":"floor","max":"100"}]}]}]},
  {"id":"practical","name":{"zh":"实操"},"weight":"0.7","criteria":[{"id":"p","name":{"zh":"制作"},"subs":[{"id":"p","name":{"zh":"工件"},"aspects":[
   {"id":"piece","name":{"zh":"工件"},"kind":"panel","panel":"judges","max":"100"}]}]}]}]}`

func compile(t *testing.T, text string) *scoring.Rules {
	t.Helper()
	s, err := scheme.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	r, err := scoring.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// event is a ledger that is being written.
type event struct {
	t       *testing.T
	board   *scoring.Board
	records []scoring.Record
}

func (e *event) give(c scoring.Command) scoring.ID {
	e.t.Helper()
	c.MarkID = scoring.ID{15: byte(len(e.records) + 1)}
	if c.Version == 0 {
		c.Version = max(e.board.Version(), 1)
	}
	draft, refusal := e.board.Check(c)
	if refusal != nil {
		e.t.Fatalf("%+v: %+v", c, *refusal)
	}
	r := scoring.Record{Command: draft.Command, Seq: e.board.Seq() + 1}
	if err := e.board.Apply(r, nil); err != nil {
		e.t.Fatal(err)
	}
	e.records = append(e.records, r)
	return c.MarkID
}

// fitting is two entries: judges marked 60 90 90 and 80 80 80, theory 90 and 70;
// one mark was corrected, one taken back, one came late and was counted.
func fitting(t *testing.T) *event {
	first, second := compile(t, base), compile(t, strings.Replace(base, `"0.3"`, `"0.30"`, 1))
	e := &event{t: t, board: scoring.NewBoard(scoring.RuleSet{1: first, 2: second})}
	e.give(scoring.Command{Kind: scoring.Adopt})
	e.give(scoring.Command{Kind: scoring.Seat, Chair: 1, Aspect: "floor"})
	for chair := range 3 {
		e.give(scoring.Command{Kind: scoring.Seat, Chair: scoring.ChairID(chair + 2), Aspect: "judges"})
	}
	for entry := range 2 {
		e.give(scoring.Command{Kind: scoring.Admit, Entry: scoring.EntryID(entry + 1)})
	}
	e.give(scoring.Command{Kind: scoring.Open})
	mark := func(entry int, aspect string, chair int, value string, old scoring.ID) scoring.ID {
		kind := scoring.Mark
		if value == "" {
			kind = scoring.Withdraw
		}
		return e.give(scoring.Command{
			Kind: kind, Entry: scoring.EntryID(entry), Aspect: aspect, Chair: scoring.ChairID(chair), Value: value, Supersedes: old,
		})
	}
	wrong := mark(1, "paper", 1, "9", scoring.ID{})
	mark(1, "paper", 1, "90", wrong)
	mark(2, "paper", 1, "70", scoring.ID{})
	e.give(scoring.Command{Kind: scoring.Adopt, Version: 2, Actor: scoring.ID{1}, Second: scoring.ID{2}})
	for i, v := range []string{"60", "90", "90"} {
		mark(1, "piece", i+2, v, scoring.ID{})
	}
	mark(2, "piece", 2, "80", scoring.ID{})
	mark(2, "piece", 3, "80", scoring.ID{})
	again := mark(2, "piece", 4, "10", scoring.ID{})
	mark(2, "piece", 4, "", again)
	e.give(scoring.Command{Kind: scoring.Lock})
	late := mark(2, "piece", 4, "80", scoring.ID{})
	e.give(scoring.Command{Kind: scoring.Count, Supersedes: late, Actor: scoring.ID{1}, Second: scoring.ID{2}})
	e.give(scoring.Command{Kind: scoring.Publish})
	return e
}

func totals(b *scoring.Board) string {
	var list []string
	for _, r := range b.View(scoring.Chief).Rows {
		list = append(list, fmt.Sprintf("%d:%s/%d", r.Entry, r.Total, r.Rank))
	}
	return strings.Join(list, " ")
}

func TestAnotherRule(t *testing.T) {
	e := fitting(t)
	if got := totals(e.board); got != "1:90.00/1 2:77.00/2" {
		t.Fatal(got)
	}
	for name, c := range map[string]struct {
		from, to, totals string
		left             int
	}{
		"the same":           {"", "", "1:90.00/1 2:77.00/2", 0},
		"practice alone":     {`"weight":"0.3"`, `"weight":"0.000001"`, "", 0},
		"mean of all judges": {`"kind":"trimmed","high":1,"low":1`, `"kind":"mean"`, "1:83.00/1 2:77.00/2", 0},
		"the lowest counts":  {`"high":1,"low":1`, `"high":2,"low":0`, "2:77.00/1 1:69.00/2", 0},
		"a maximum of 85":    {`"panel":"judges","max":"100"`, `"panel":"judges","max":"85"`, "2:77.00/1 1:/0", 2},
		"theory left out":    {`"id":"paper"`, `"id":"oral"`, "1:/0 2:/0", 3},
		"four judges wanted": {`"policy":{"kind":"trimmed","high":1,"low":1}`, `"policy":{"kind":"mean","least":4}`, "1:/0 2:/0", 0},
		"no decisions":       {`"panels"`, `"ranking":{"ties":"decision"},"panels"`, "1:90.00/1 2:77.00/2", 0},
	} {
		text := strings.Replace(base, c.from, c.to, 1)
		if name == "practice alone" {
			text = strings.Replace(text, `"weight":"0.7"`, `"weight":"0.999999"`, 1)
			c.totals = "1:90.00/1 2:80.00/2"
		}
		b, left, err := whatif.Replay(compile(t, text), e.records)
		if err != nil {
			t.Fatal(err)
		}
		if got := totals(b); got != c.totals || len(left) != c.left || b.Phase() != scoring.Official {
			t.Errorf("%s: %s, left %+v, want %s and %d", name, got, left, c.totals, c.left)
		}
	}
}

// TestTheSameSchemeIsTheSameBoard: all views but the version are equal.
func TestTheSameSchemeIsTheSameBoard(t *testing.T) {
	e := fitting(t)
	b, left, err := whatif.Replay(compile(t, base), e.records)
	if err != nil || left != nil {
		t.Fatalf("%+v %v", left, err)
	}
	was, _ := json.Marshal(e.board.View(scoring.Chief).Rows)
	now, _ := json.Marshal(b.View(scoring.Chief).Rows)
	if string(was) != string(now) {
		t.Fatalf("%s\nwas %s", now, was)
	}
}

// TestWhatIsLeftIsNamed with its place in the ledger and the reason.
func TestWhatIsLeftIsNamed(t *testing.T) {
	e := fitting(t)
	text := strings.ReplaceAll(base, `"judges"`, `"experts"`)
	b, left, err := whatif.Replay(compile(t, text), e.records)
	if err != nil {
		t.Fatal(err)
	}
	if got := totals(b); got != "1:/0 2:/0" {
		t.Fatal(got)
	}
	var words []string
	for _, l := range left {
		words = append(words, fmt.Sprintf("%d %s %s", l.Seq, l.Aspect, l.Code))
	}
	want := "3 judges judging.no_such_panel, 4 judges judging.no_such_panel, 5 judges judging.no_such_panel, " +
		"13 piece judging.no_such_aspect, 14 piece judging.no_such_aspect, 15 piece judging.no_such_aspect, " +
		"16 piece judging.no_such_aspect, 17 piece judging.no_such_aspect, 18 piece judging.no_such_aspect, 22  judging.no_such_aspect"
	if got := strings.Join(words, ", "); got != want {
		t.Fatalf("%s\nwant\n%s", got, want)
	}
}

// TestNoLedgerIsAnError: records without their beginning.
func TestNoLedgerIsAnError(t *testing.T) {
	e := fitting(t)
	if _, _, err := whatif.Replay(compile(t, base), e.records[7:8]); err == nil {
		t.Fatal("an opening before any scheme is replayed")
	}
}
