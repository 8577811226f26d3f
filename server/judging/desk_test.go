package judging_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	. "jiangtai/server/judging/judgingtest"
	"jiangtai/server/ledger"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func code(o judging.Outcome) string {
	if o.Fault == nil {
		return ""
	}
	return o.Fault.Code
}

func TestReceiptsOfADelivery(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	judge := Tablet(1, First)
	marks := []judging.MarkCommand{
		w.Mark(judge, "001", "piece", "88.5"), w.Mark(judge, "002", "piece", "100.25"), w.Mark(judge, "003", "piece", "7"),
	}
	out, err := w.Desk.Give(t.Context(), judge, marks)
	if err != nil {
		t.Fatal(err)
	}
	if code(out[0]) != "" || code(out[1]) != "judging.above_max" || code(out[2]) != "" {
		t.Fatalf("outcomes %v %v %v", out[0].Fault, out[1].Fault, out[2].Fault)
	}
	if out[2].Receipt.Seq != out[0].Receipt.Seq+1 {
		t.Errorf("a refused mark left a hole: %d, %d", out[0].Receipt.Seq, out[2].Receipt.Seq)
	}
	if out[0].Receipt.Head != out[2].Receipt.Head {
		t.Error("two marks of one commit have two heads")
	}
	for _, i := range []int{0, 2} {
		head, err := out[i].Receipt.Verify(w.Key.Verifiers())
		if err != nil || head.Ledger != ledger.ID(ID('l', 1)) {
			t.Errorf("receipt %d: %v, %v", i, head, err)
		}
	}
	seqs, wrong := w.Follower.Told(ID('e', 1))
	for i, seq := range seqs {
		if seq != uint64(i+1) {
			t.Fatalf("the follower heard %v", seqs)
		}
	}
	if wrong > 0 || uint64(len(seqs)) != out[2].Receipt.Seq {
		t.Errorf("the follower heard %d records of %d, %d on another board", len(seqs), out[2].Receipt.Seq, wrong)
	}
}

// Promise A 6: each mark sent one to twenty times, shuffled, by four connections
// at once: one record each, all receipts of an id equal bytes.
func TestReplaysAreByteEqual(t *testing.T) {
	w := New(t)
	w.Events.Put(Setup(1, 120, contest.Rehearsal, "open", "open"))
	w.Open(t, 1)
	before := len(w.Memory.Lines(ID('l', 1)))
	r := rand.New(rand.NewPCG(6, 6))
	judge := Tablet(1, First)
	var sendings []judging.MarkCommand
	for i := 1; i <= 120; i++ {
		m := w.Mark(judge, EntryNo(i), "piece", fmt.Sprintf("%d.50", i%100))
		for range 1 + r.IntN(20) {
			sendings = append(sendings, m)
		}
	}
	r.Shuffle(len(sendings), func(i, j int) { sendings[i], sendings[j] = sendings[j], sendings[i] })
	told := receipts{first: map[scoring.ID][]byte{}}
	errs := make(chan error, 4)
	for part := range slices.Chunk(sendings, (len(sendings)+3)/4) {
		go func() { errs <- told.send(w.Desk, judge, part) }()
	}
	for range 4 {
		if err := <-errs; err != nil {
			t.Fatal(err)
		}
	}
	if got := len(w.Memory.Lines(ID('l', 1))) - before; got != 120 {
		t.Fatalf("%d records for 120 marks", got)
	}
	w.Restart(t)
	if err := told.send(w.Desk, judge, sendings[:200]); err != nil {
		t.Fatalf("after a restart: %v", err)
	}
	if got := len(w.Memory.Lines(ID('l', 1))) - before; got != 120 {
		t.Fatalf("%d records after the restart", got)
	}
}

// receipts remembers the first receipt of each mark.
type receipts struct {
	mu    sync.Mutex // guards first
	first map[scoring.ID][]byte
}

// send gives marks, seven at a time, and fails when one is answered otherwise
// than before.
func (r *receipts) send(desk *judging.Desk, judge contest.Actor, marks []judging.MarkCommand) error {
	for part := range slices.Chunk(marks, 7) {
		out, err := desk.Give(context.Background(), judge, part)
		if err != nil {
			return err
		}
		for _, o := range out {
			if err := r.check(o); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *receipts) check(o judging.Outcome) error {
	if o.Fault != nil {
		return o.Fault
	}
	b := o.Receipt.AppendJSON(nil)
	r.mu.Lock()
	defer r.mu.Unlock()
	if first, ok := r.first[o.MarkID]; ok && !bytes.Equal(first, b) {
		return fmt.Errorf("two receipts for %s:\n%s\n%s", o.MarkID, first, b)
	}
	r.first[o.MarkID] = b
	return nil
}

// Promise A 7, and who owns a mark id.
func TestAMarkIDHasOnePayloadAndOneOwner(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	judge := Tablet(1, First)
	first := w.Mark(judge, "001", "piece", "88.50")
	w.Must(t, judge, first)
	lines := len(w.Memory.Lines(ID('l', 1)))

	mutants := map[string]func(m *judging.MarkCommand){
		"value":      func(m *judging.MarkCommand) { m.Value = "88.25" },
		"spelling":   func(m *judging.MarkCommand) { m.Value = "88.5" },
		"work":       func(m *judging.MarkCommand) { m.Work = "002" },
		"aspect":     func(m *judging.MarkCommand) { m.Aspect = "level" },
		"round":      func(m *judging.MarkCommand) { m.Round = 2 },
		"attempt":    func(m *judging.MarkCommand) { m.Attempt = 2 },
		"kind":       func(m *judging.MarkCommand) { m.Kind, m.Value = scoring.NotPerformed, "" },
		"version":    func(m *judging.MarkCommand) { m.Version = 2 },
		"supersedes": func(m *judging.MarkCommand) { m.Supersedes = ID('m', 999) },
		"number":     func(m *judging.MarkCommand) { m.DeviceSeq = 77 },
		"time":       func(m *judging.MarkCommand) { m.ClientAt = 5 },
		"text":       func(m *judging.MarkCommand) { m.Text = "有气孔" },
	}
	for _, restarted := range []bool{false, true} {
		if restarted {
			w.Restart(t)
		}
		for name, change := range mutants {
			m := first
			change(&m)
			if got := code(w.Give(t, judge, m)); got != "judging.mark_payload" {
				t.Errorf("restarted %v, another %s: %q", restarted, name, got)
			}
		}
		other := Tablet(1, First+1)
		m := first
		m.Chair = other.Chair
		if got := code(w.Give(t, other, m)); got != "judging.mark_owner" {
			t.Errorf("restarted %v, from another chair: %q", restarted, got)
		}
		again := judge
		again.Device = ID('d', 4711)
		if got := code(w.Give(t, again, first)); got != "judging.mark_owner" {
			t.Errorf("restarted %v, from another device: %q", restarted, got)
		}
	}
	if got := len(w.Memory.Lines(ID('l', 1))); got != lines {
		t.Errorf("%d records were %d", got, lines)
	}
}

func TestCorrectionsNameWhatTheyReplace(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	judge := Tablet(1, First)
	first := w.Mark(judge, "001", "piece", "80")
	w.Must(t, judge, first)

	second := w.Mark(judge, "001", "piece", "81")
	if got := w.Give(t, judge, second); code(got) != "judging.already_marked" || got.Fault.Kind != fault.Stale {
		t.Fatalf("a second first mark: %v", got.Fault)
	}
	fix := w.Mark(judge, "001", "piece", "82")
	fix.Supersedes = first.MarkID
	w.Must(t, judge, fix)
	late := w.Mark(judge, "001", "piece", "83")
	late.Supersedes = first.MarkID
	got := w.Give(t, judge, late)
	if code(got) != "judging.stale" {
		t.Fatalf("a correction of what was corrected: %v", got.Fault)
	}
	head := ""
	for _, f := range got.Fault.Fields {
		if f.Path == "head" {
			head = f.Hint
		}
	}
	if head != fix.MarkID.String() {
		t.Errorf("the head that stands is said to be %q, it is %s", head, fix.MarkID)
	}
	// Two corrections of the same mark in one delivery: the first wins.
	a, b := w.Mark(judge, "001", "piece", "84"), w.Mark(judge, "001", "piece", "85")
	a.Supersedes, b.Supersedes = fix.MarkID, fix.MarkID
	out, err := w.Desk.Give(t.Context(), judge, []judging.MarkCommand{a, b})
	if err != nil {
		t.Fatal(err)
	}
	if code(out[0]) != "" || code(out[1]) != "judging.stale" {
		t.Fatalf("two corrections: %v, %v", out[0].Fault, out[1].Fault)
	}
}

// A mark that the panel gives together is one cell, whoever of the panel sends
// it: two in one delivery must not both be taken.
func TestOneMarkForThePanelIsOneCell(t *testing.T) {
	w := New(t)
	setup := Setup(1, 3, contest.Rehearsal, "open", "open")
	setup.Chairs[4].Panel = "floor"
	setup.Chairs = append(setup.Chairs, contest.Chair{Event: ID('e', 1), Number: 6, Panel: "blind", Seat: 1})
	w.Events.Put(setup)
	w.Open(t, 1)
	a, b := Tablet(1, Floor), Tablet(1, 5)
	var done sync.WaitGroup
	outs := make([]judging.Outcome, 2)
	for i, actor := range []contest.Actor{a, b} {
		m := w.Mark(actor, "001", "score", "9")
		done.Go(func() { outs[i] = w.Give(t, actor, m) })
	}
	done.Wait()
	codes := []string{code(outs[0]), code(outs[1])}
	slices.Sort(codes)
	if !slices.Equal(codes, []string{"", "judging.already_marked"}) {
		t.Fatalf("two floor judges at once: %v", codes)
	}
}

func TestLateMarksAreKeptAndNotCounted(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	judge := Tablet(1, First)
	w.Must(t, judge, w.Mark(judge, "001", "piece", "80"))
	w.Act(t, 1, judging.Act{Kind: judging.ActLock})
	m := w.Mark(judge, "002", "piece", "90")
	o := w.Give(t, judge, m)
	if o.Fault != nil || !o.Late || o.Receipt.Seq == 0 {
		t.Fatalf("after the lock: %+v", o)
	}
	if again := w.Give(t, judge, m); !again.Late || !bytes.Equal(again.Receipt.AppendJSON(nil), o.Receipt.AppendJSON(nil)) {
		t.Errorf("sent again: %+v", again)
	}
	p, err := w.Desk.Progress(t.Context(), w.Organiser(), ID('e', 1))
	if err != nil || p.Late != 1 {
		t.Fatalf("%d late marks are shown: %v", p.Late, err)
	}
	done := p.Done
	w.Act(t, 1, judging.Act{Kind: judging.ActReopen, Reason: "漏评"})
	w.Act(t, 1, judging.Act{Kind: judging.ActCount, Mark: m.MarkID, Reason: "平板断网"})
	if p, err = w.Desk.Progress(t.Context(), w.Organiser(), ID('e', 1)); err != nil || p.Late != 0 || p.Done != done+1 {
		t.Fatalf("counted by two: %d late, %d done after %d, %v", p.Late, p.Done, done, err)
	}
}

func TestClosedBeforeItIsOpen(t *testing.T) {
	w := New(t)
	judge := Tablet(1, First)
	o := w.Give(t, judge, w.Mark(judge, "001", "piece", "80"))
	if o.Fault == nil || o.Fault.Kind != fault.Closed || o.Fault.Code != "judging.not_open" {
		t.Fatalf("before the opening: %v", o.Fault)
	}
	if n := len(w.Memory.Lines(ID('l', 1))); n != 0 {
		t.Fatalf("%d records were written", n)
	}
	w.Open(t, 1)
	if w.Memory.Appends != 1 {
		t.Errorf("the opening took %d commits, not one", w.Memory.Appends)
	}
	if w.Events.Holds != 1 {
		t.Errorf("programme was asked %d times to hold still", w.Events.Holds)
	}
	isOpen, isUnsealed, err := w.Desk.Openness(t.Context(), ID('l', 1))
	if err != nil || !isOpen || !isUnsealed {
		t.Errorf("open %v, unsealed %v, %v", isOpen, isUnsealed, err)
	}
}

func TestOpeningIsWholeOrNot(t *testing.T) {
	w := New(t)
	setup := Setup(1, 3, contest.Rehearsal, "open", "open")
	setup.Chairs = setup.Chairs[:4] // nobody in the panel "blind"
	w.Events.Put(setup)
	_, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), judging.Act{ID: w.MarkID(), Kind: judging.ActOpen})
	if fault.Code(err) != "judging.panel_not_seated" {
		t.Fatalf("opened without a panel: %v", err)
	}
	if n := len(w.Memory.Lines(ID('l', 1))); n != 0 {
		t.Fatalf("%d records of half an opening", n)
	}
	// The chair that was missing could not be added for a minute.
	if w.Events.Held {
		t.Error("edits are held up by an opening that was refused")
	}
	w.Events.Put(Setup(1, 3, contest.Rehearsal, "open", "open"))
	act := judging.Act{ID: w.MarkID(), Kind: judging.ActOpen}
	first := w.Act(t, 1, act)
	if again := w.Act(t, 1, act); !bytes.Equal(first.AppendJSON(nil), again.AppendJSON(nil)) {
		t.Error("the same act has two receipts")
	}
	_, err = w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), judging.Act{ID: w.MarkID(), Kind: judging.ActOpen})
	if fault.Code(err) != "judging.already_open" {
		t.Fatalf("opened twice: %v", err)
	}
}

func TestATamperedLedgerIsNotOpened(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	w.Memory.Tamper(ID('l', 1), func(lines []judging.Line) []judging.Line {
		lines[3].Body = bytes.Clone(lines[3].Body)
		lines[3].Body[len(lines[3].Body)/2] ^= 1
		return lines
	})
	w.Desk.Close()
	desk := w.NewDesk()
	defer desk.Close()
	err := desk.Start(t.Context())
	if err == nil || !strings.Contains(err.Error(), "record 4") {
		t.Fatalf("started: %v", err)
	}
	// Nobody may take it for an event that has not begun.
	if isOpen, isUnsealed, err := desk.Openness(t.Context(), ID('l', 1)); err != nil || !isOpen || isUnsealed {
		t.Errorf("open %v, unsealed %v, %v", isOpen, isUnsealed, err)
	}
}

// Somebody deleted the last mark of an event in the database. The rest of the
// chain held, so the event opened and showed its ranking without the mark, and
// every further mark was told to come back later, for ever. Another one wrote the
// whole chain anew, with hashes that fit, and only the signature did not.
func TestALedgerThatFitsItselfOnlyIsNotOpened(t *testing.T) {
	for name, tamper := range map[string]func(*Memory){
		"the last record is gone": func(m *Memory) {
			m.TamperRows(ID('l', 1), func(lines []judging.Line) []judging.Line { return lines[:len(lines)-1] })
		},
		"all records are gone": func(m *Memory) {
			m.TamperRows(ID('l', 1), func([]judging.Line) []judging.Line { return nil })
		},
		"the chain was made anew": func(m *Memory) {
			m.Tamper(ID('l', 1), func(lines []judging.Line) []judging.Line {
				last := &lines[len(lines)-1]
				last.Body = bytes.Clone(last.Body)
				at := bytes.Index(last.Body, []byte("80"))
				last.Body[at] = '9'
				last.Hash = ledger.Chain(lines[len(lines)-2].Hash, last.Body)
				return lines
			})
		},
	} {
		w := New(t)
		w.Open(t, 1)
		judge := Tablet(1, First)
		w.Must(t, judge, w.Mark(judge, "001", "piece", "80"))
		tamper(w.Memory)
		w.Witness = &Witness{} // the file of heads is gone too
		w.Desk.Close()
		desk := w.NewDesk()
		if err := desk.Start(t.Context()); err == nil {
			t.Errorf("%s: opened", name)
		}
		desk.Close()
	}
}

// F13: what a superuser changes while the program runs is found before the
// lock, and the first bad record is named.
func TestALockLooksAtTheStoredLedger(t *testing.T) {
	flip := func(lines []judging.Line) []judging.Line {
		lines[4].Body = bytes.Clone(lines[4].Body)
		lines[4].Body[9] ^= 1
		return lines
	}
	cut := func(lines []judging.Line) []judging.Line { return lines[:4] }
	for name, change := range map[string]func([]judging.Line) []judging.Line{"a bit": flip, "the tail": cut} {
		w := New(t)
		w.Open(t, 1)
		judge := Tablet(1, First)
		w.Must(t, judge, w.Mark(judge, "001", "piece", "80"))
		w.Memory.Tamper(ID('l', 1), change)
		_, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), judging.Act{ID: w.MarkID(), Kind: judging.ActLock})
		if f := fault.Of(err); f == nil || f.Code != "judging.tampered" || f.Fields[0].Hint != "5" {
			t.Errorf("%s: locked: %v", name, err)
		}
	}
}

// F12: a restored backup has less than was told; whoever followed must not take
// its numbers for a continuation.
func TestARestoredBackupBeginsANewEpoch(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	judge := Tablet(1, First)
	w.Must(t, judge, w.Mark(judge, "001", "piece", "80"))
	w.Restart(t)
	if got := w.Follower.Epochs[ID('e', 1)]; got != 1 {
		t.Fatalf("a restart made epoch %d", got)
	}
	w.Memory.Tamper(ID('l', 1), func(lines []judging.Line) []judging.Line { return lines[:len(lines)-1] })
	w.Restart(t)
	if got := w.Follower.Epochs[ID('e', 1)]; got != 2 {
		t.Fatalf("a restored backup made epoch %d", got)
	}
	w.Restart(t)
	if got := w.Follower.Epochs[ID('e', 1)]; got != 2 {
		t.Fatalf("the next start made epoch %d", got)
	}
}

func TestCloseAnswersWhatWaits(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	judge := Tablet(1, First)
	hold, held := make(chan struct{}), make(chan struct{}, 8)
	w.Memory.Fail = func(*judging.Batch) (error, bool) {
		held <- struct{}{}
		<-hold
		return nil, true
	}
	answers := make(chan judging.Outcome, 1)
	m := w.Mark(judge, "001", "piece", "80")
	go func() { answers <- w.Give(t, judge, m) }()
	<-held
	closed := make(chan struct{})
	go func() { w.Desk.Close(); close(closed) }()
	close(hold)
	if o := <-answers; o.Fault != nil {
		t.Errorf("a mark in hand was not answered: %v", o.Fault)
	}
	<-closed
	_, err := w.Desk.Give(t.Context(), judge, []judging.MarkCommand{w.Mark(judge, "002", "piece", "80")})
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Unavailable {
		t.Errorf("after the close: %v", err)
	}
}
