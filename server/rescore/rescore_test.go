package rescore_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/fault"
	"jiangtai/server/ledger"
	"jiangtai/server/rescore"
)

var contests = flag.Int("contests", 1000, "how many random contests the two scorers are held against each other on")

// world is a random event: its schemes by version, and the ledger so far.
type world struct {
	t       testing.TB
	d       draw
	trees   []object
	texts   [][]byte
	set     scoring.RuleSet
	board   *scoring.Board
	records []scoring.Record
}

func newWorld(t testing.TB, seed uint64) *world {
	w := &world{t: t, d: draw{rand.New(rand.NewPCG(seed, 77)), seed%3 == 0}, set: scoring.RuleSet{}}
	w.addVersion(w.d.scheme())
	w.board = scoring.NewBoard(w.set)
	w.must(w.adoption(1))
	w.must(scoring.Command{Kind: scoring.Seat, Chair: 1, Aspect: "floor"})
	for chair := range 3 + w.d.IntN(3) {
		w.must(scoring.Command{Kind: scoring.Seat, Chair: scoring.ChairID(chair + 2), Aspect: "judges"})
	}
	w.admit()
	w.must(scoring.Command{Kind: scoring.Open})
	if w.d.coarse {
		w.belongAll()
	}
	for range 2 * w.d.IntN(10) {
		w.belong(w.board.Entries()[w.d.IntN(len(w.board.Entries()))])
	}
	return w
}

func (w *world) addVersion(tree object) {
	w.t.Helper()
	raw := text(tree)
	s, err := scheme.Parse(raw)
	if err != nil {
		w.t.Fatalf("%v\n%s", err, raw)
	}
	rules, err := scoring.Compile(s)
	if err != nil {
		w.t.Fatal(err)
	}
	w.trees, w.texts = append(w.trees, tree), append(w.texts, raw)
	w.set[uint16(len(w.texts))] = rules
}

func (w *world) adoption(version int) scoring.Command {
	sum := sha256.Sum256(w.texts[version-1])
	return scoring.Command{
		Kind: scoring.Adopt, Version: uint16(version), Value: hex.EncodeToString(sum[:]), Actor: scoring.ID{1}, Second: scoring.ID{2},
	}
}

func (w *world) give(c scoring.Command) bool {
	w.t.Helper()
	c.MarkID = scoring.ID{0: 1, 14: byte(len(w.records) >> 8), 15: byte(len(w.records))}
	if c.Version == 0 {
		c.Version = max(w.board.Version(), 1)
	}
	draft, refusal := w.board.Check(c)
	if refusal != nil {
		return false
	}
	r := scoring.Record{Command: draft.Command, Seq: w.board.Seq() + 1, At: int64(len(w.records))}
	if err := w.board.Apply(r, nil); err != nil {
		w.t.Fatal(err)
	}
	w.records = append(w.records, r)
	return true
}

func (w *world) must(c scoring.Command) {
	w.t.Helper()
	if !w.give(c) {
		w.t.Fatalf("refused: %+v", c)
	}
}

// run marks in the usual order with gaps, then lets things happen.
func (w *world) run() {
	for i := range w.set[1].Aspects {
		for _, e := range w.board.Entries() {
			w.fill(i, e)
		}
	}
	w.complete()
	for range w.d.IntN(30) {
		w.step()
	}
	if w.d.chance(2, 3) {
		w.complete()
	}
}

// complete gives most of what is missing.
func (w *world) complete() {
	for _, e := range w.board.Entries() {
		for range 4 {
			for _, m := range w.board.Missing(e) {
				chair := int(m.Chair)
				if a := w.board.Rules().AspectAt[m.Aspect]; chair == 0 && w.board.Rules().Aspects[a].Panel >= 0 {
					chair = 1
				}
				w.mark(m.Aspect, e, int(m.Attempt), int(m.Round), chair)
			}
		}
	}
}

// aspectTree finds the aspect's JSON in the version in force.
func (w *world) aspectTree(id string) (found object) {
	for _, c := range w.trees[w.board.Version()-1]["components"].([]any) {
		for _, k := range c.(object)["criteria"].([]any) {
			for _, a := range k.(object)["subs"].([]any)[0].(object)["aspects"].([]any) {
				if a.(object)["id"] == id {
					found = a.(object)
				}
			}
		}
	}
	return found
}

func (w *world) fill(i int, e scoring.EntryID) {
	a := &w.board.Rules().Aspects[i]
	if a.Src.Kind == scheme.Gate && w.d.chance(3, 4) {
		return
	}
	first, last := 1, 1
	switch {
	case a.Panel < 0:
		first, last = 0, 0
	case a.Each:
		first, last = 2, len(w.board.Chairs())
	}
	for attempt := 1; attempt <= a.Tries; attempt++ {
		for round := 1; round <= 3; round++ {
			for chair := first; chair <= last; chair++ {
				if !w.d.chance(1, 150) {
					w.mark(a.Src.ID, e, attempt, round, chair)
				}
			}
		}
	}
}

func (w *world) mark(aspect string, e scoring.EntryID, attempt, round, chair int) {
	c := scoring.Command{
		Kind: scoring.Mark, Entry: e, Aspect: aspect, Attempt: uint8(attempt), Round: uint8(round), Chair: scoring.ChairID(chair),
	}
	switch {
	case w.d.chance(1, 15):
		c.Kind = scoring.NotPerformed
	case w.d.chance(1, 50):
		c.Kind = scoring.Absent
	default:
		c.Value = w.d.value(w.aspectTree(aspect))
	}
	if old, ok := w.board.Cell(e, aspect, c.Attempt, c.Round, c.Chair); ok {
		if c.Supersedes = old.MarkID; w.d.chance(1, 4) {
			c.Kind, c.Value = scoring.Withdraw, ""
		}
	}
	w.give(c)
}

func (w *world) step() {
	entries := w.board.Entries()
	e := entries[w.d.IntN(len(entries))]
	switch w.d.IntN(20) {
	case 0:
		w.give(scoring.Command{Kind: scoring.SetState, Entry: e, Value: pick(w.d, "competing", "dns", "dnf", "dsq", "out", "withdrawn")})
	case 1:
		w.give(scoring.Command{Kind: scoring.Decide, Entry: e, Value: strconv.Itoa(1 + w.d.IntN(3))})
	case 2:
		w.give(scoring.Command{Kind: scoring.Admit, Entry: e, Value: pick(w.d, "", "ranked", "none", "prize")})
	case 3:
		w.give(scoring.Command{Kind: pick(w.d, scoring.Lock, scoring.Reopen, scoring.Publish, scoring.Freeze, scoring.Unfreeze)})
	case 4:
		if w.d.chance(1, 5) {
			w.newVersion()
		}
	case 5, 6:
		for _, l := range w.board.LateMarks() {
			w.give(scoring.Command{Kind: scoring.Count, Supersedes: l.MarkID, Actor: scoring.ID{1}, Second: scoring.ID{2}})
		}
	case 7, 8:
		w.belong(e)
	case 9:
		w.recuse(e)
	case 10, 11:
		w.timed(e)
	default:
		aspects := w.board.Rules().Aspects
		w.mark(aspects[w.d.IntN(len(aspects))].Src.ID, e, 1+w.d.IntN(3), 1+w.d.IntN(2), w.d.IntN(6))
	}
}

// timed records something of an entry's clock, or that another judge sits there.
func (w *world) timed(e scoring.EntryID) {
	modules := w.board.Rules().Criteria()
	chair := scoring.ChairID(1 + w.d.IntN(3))
	w.give(scoring.Command{
		Kind: scoring.Clock, Entry: e, Aspect: modules[w.d.IntN(len(modules))].ID, Chair: chair, TextHash: [32]byte{1},
		Value: pick(w.d, "start", "pause rule", "resume", "add 60", "hand_in", "violation", "signed"),
	})
	w.give(scoring.Command{Kind: scoring.Sit, Chair: chair, Value: strconv.Itoa(len(w.board.Sits(chair)) + 2), TextHash: [32]byte{1}})
}

// newVersion changes one number of one aspect, or only how things are rounded.
func (w *world) newVersion() {
	var tree object
	if err := json.Unmarshal(w.texts[len(w.texts)-1], &tree); err != nil {
		w.t.Fatal(err)
	}
	if w.d.chance(1, 2) {
		tree["rounding"] = object{"total": w.d.round()}
	}
	k := tree["components"].([]any)[0].(object)["criteria"].([]any)[0].(object)
	k["subs"].([]any)[0].(object)["aspects"].([]any)[0].(object)["factor"] = pick(w.d, "0.7", "1.0", "1.1")
	if _, err := scheme.Parse(text(tree)); err != nil {
		return // a pass mark is above what can be reached now
	}
	w.addVersion(tree)
	if !w.give(w.adoption(len(w.texts))) {
		delete(w.set, uint16(len(w.texts)))
		w.texts, w.trees = w.texts[:len(w.texts)-1], w.trees[:len(w.trees)-1]
	}
}

// export writes the ledger as the program does, hashes and all.
func (w *world) export() []byte {
	w.t.Helper()
	var out bytes.Buffer
	id := ledger.ID{7}
	e, err := ledger.NewExport(&out, ledger.Opening{Ledger: id, Size: uint64(len(w.records)), Key: "none"})
	if err != nil {
		w.t.Fatal(err)
	}
	prev := ledger.Genesis(id)
	for _, r := range w.records {
		body := scoring.AppendRecord(nil, r)
		prev = ledger.Chain(prev, body)
		if err := e.Record(r.Seq, prev, body); err != nil {
			w.t.Fatal(err)
		}
	}
	if err := e.Close(); err != nil {
		w.t.Fatal(err)
	}
	return out.Bytes()
}

// TestTwoScorersAgree on every kind of aspect, policy, rounding and history, on
// persons, teams and groups, and on what follows from their ranks.
func TestTwoScorersAgree(t *testing.T) {
	t.Parallel()
	saw := tally{kinds: map[scheme.Kind]int{}, what: map[string]int{}}
	for seed := range *contests {
		w := newWorld(t, uint64(seed))
		w.run()
		report, err := rescore.Compare(bytes.NewReader(w.export()), w.texts)
		if err != nil {
			t.Fatalf("contest %d: %v\n%s", seed, err, w.texts[0])
		}
		if len(report.Differ) > 0 || report.Records != len(w.records) || report.Entries != len(w.board.Entries()) {
			t.Fatalf("contest %d: %+v\n%s", seed, report.Differ, w.texts[len(w.texts)-1])
		}
		saw.add(w, report.Facts)
	}
	t.Logf("%d contests: %v", *contests, saw.what)
	if len(saw.kinds) != 17 {
		t.Errorf("not every kind: %v", saw.kinds)
	}
	for _, what := range notable {
		if saw.what[what] == 0 {
			t.Errorf("%d contests and never %s: %v", *contests, what, saw.what)
		}
	}
}

// TestAnotherMarkMakesAnotherResult: the comparison is not blind. One mark less
// in what the rescorer reads, and it does not say what the engine said before.
func TestAnotherMarkMakesAnotherResult(t *testing.T) {
	different := 0
	for seed := range 20 {
		w := newWorld(t, uint64(seed))
		w.run()
		lines, err := rescore.Read(bytes.NewReader(w.export()))
		if err != nil {
			t.Fatal(err)
		}
		texts := rescore.Versions(lines, w.texts)
		whole, err := rescore.Score(lines, texts, false)
		if err != nil {
			t.Fatal(err)
		}
		for cut := len(lines) / 3; cut < len(lines); cut++ {
			part, err := rescore.Score(lines[:cut], texts, false)
			if err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(part) != fmt.Sprint(whole) {
				different++
				break
			}
		}
	}
	if different < 15 {
		t.Fatalf("only %d of 20 contests noticed", different)
	}
}

func TestWhatCannotBeScored(t *testing.T) {
	w := newWorld(t, 3)
	w.run()
	good := string(w.export())
	lines := strings.SplitAfter(good, "\n")
	other := [][]byte{text(draw{rand.New(rand.NewPCG(9, 9)), false}.scheme())}
	for name, c := range map[string]struct {
		export  string
		schemes [][]byte
		code    string
	}{
		"another scheme":  {good, other, "rescore.cannot_score"},
		"no scheme":       {good, nil, "rescore.cannot_score"},
		"not an export":   {"{}\n", w.texts, "rescore.bad_export"},
		"not JSON":        {"hello\n", w.texts, "rescore.bad_export"},
		"a hole":          {lines[0] + lines[2], w.texts, "rescore.bad_export"},
		"a broken body":   {lines[0] + `{"seq":1,"body":"AQ=="}` + "\n", w.texts, "rescore.bad_export"},
		"no first line":   {strings.Join(lines[1:], ""), w.texts, "rescore.bad_export"},
		"marks, no event": {lines[0] + strings.Replace(lines[3], `"seq":3`, `"seq":1`, 1), w.texts, "rescore.bad_export"},
	} {
		if _, err := rescore.Compare(strings.NewReader(c.export), c.schemes); fault.Code(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	if got, err := rescore.Compare(strings.NewReader(lines[0]), w.texts); err != nil || got.Records != 0 || got.Entries != 0 {
		t.Errorf("an empty ledger: %+v %v", got, err)
	}
}

func BenchmarkRescore(b *testing.B) {
	w := newWorld(b, 5)
	w.run()
	export := w.export()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rescore.Compare(bytes.NewReader(export), w.texts); err != nil {
			b.Fatal(err)
		}
	}
}
