package clerk_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/judging/clerk"
	. "jiangtai/server/judging/judgingtest"
	"jiangtai/server/judging/snapshot"
	"jiangtai/server/ledger"
)

// inBrief is a clerk that began with a snapshot and knows old lines in brief, beside one
// that knows everything.
func inBrief(t *testing.T, w *World, log *said) (c, whole *clerk.Clerk) {
	t.Helper()
	folder := snapshot.In(t.TempDir())
	whole = openOn(t, w, w.Memory, nil, log)
	if err := openOn(t, w, w.Memory, folder, log).Snap(t.Context()); err != nil {
		t.Fatal(err)
	}
	c = openOn(t, w, w.Memory, folder, log)
	if whole.Old() != 0 || c.Old() < 60 {
		t.Fatalf("old are %d and %d", whole.Old(), c.Old())
	}
	return c, whole
}

// TestOldMarksHaveTheirReceipts: of old lines little is kept, and whoever repeats one
// gets what he got.
func TestOldMarksHaveTheirReceipts(t *testing.T) {
	w, log := live(t, 3), &said{}
	c, whole := inBrief(t, w, log)
	lines := w.Memory.Lines(ID('l', 1))
	for seq := uint64(len(lines)); seq > 0; seq-- {
		want, wantErr := whole.Again(seq)
		got, err := c.Again(seq)
		if err != nil || wantErr != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("record %d: %+v %v, not %+v %v", seq, got, err, want, wantErr)
		}
	}
	if d := c.Differs(whole); d != "" || c.Old() != 0 {
		t.Errorf("%d old, %s", c.Old(), d)
	}
	if err := c.Survey(t.Context()); err != nil || c.Old() == 0 {
		t.Errorf("after a survey %d are old: %v", c.Old(), err)
	}
}

// TestAnOldMarkComesAgain: with what it said it is answered, with something else not.
func TestAnOldMarkComesAgain(t *testing.T) {
	w, log := live(t, 4), &said{}
	c, whole := inBrief(t, w, log)
	go c.Run()
	defer c.Close()
	answered := 0
	old := c.Old()
	for _, l := range w.Memory.Lines(ID('l', 1))[:old] {
		rec, err := scoring.ParseRecord(l.Body)
		if err != nil {
			t.Fatal(err)
		}
		other := rec.Command
		other.Value += "1"
		items := []clerk.Item{clerk.NewItem(rec.Command, ""), clerk.NewItem(other, "")}
		if err := c.Give(t.Context(), items); err != nil {
			t.Fatal(err)
		}
		if code := fault.Code(items[1].Outcome.Fault); code != "judging.mark_payload" && code != "judging.mark_owner" {
			t.Errorf("record %d with another value: %v", l.Seq, items[1].Outcome)
		}
		if items[0].Outcome.Fault != nil {
			continue // the record does not say it as it was sent
		}
		answered++
		if want, err := whole.Again(l.Seq); err != nil || !reflect.DeepEqual(items[0].Outcome.Receipt, want) {
			t.Errorf("record %d: %+v, not %+v", l.Seq, items[0].Outcome.Receipt, want)
		}
	}
	if answered < 10 {
		t.Errorf("%d of %d old records were answered", answered, old)
	}
}

// TestAnOldMarkThatIsNotAsItWas: what somebody has done to an old record is found when
// it is read again; it is answered no receipt.
func TestAnOldMarkThatIsNotAsItWas(t *testing.T) {
	for name, tamper := range map[string]func(lines []judging.Line) []judging.Line{
		"a hash":    func(lines []judging.Line) []judging.Line { lines[7].Hash[0]++; return lines },
		"a removal": func(lines []judging.Line) []judging.Line { return append(lines[:7], lines[8:]...) },
		"a mark id": func(lines []judging.Line) []judging.Line {
			rec, err := scoring.ParseRecord(lines[7].Body)
			if err != nil {
				t.Fatal(err)
			}
			rec.MarkID[3]++
			lines[7].Body = scoring.AppendRecord(nil, rec)
			return lines
		},
	} {
		w, log := live(t, 3), &said{}
		c, _ := inBrief(t, w, log)
		w.Memory.TamperRows(ID('l', 1), tamper)
		if r, err := c.Again(9); err == nil || !strings.Contains(err.Error(), "not as it was written") {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
}

// TestALockFindsOldRecordsMadeAnew: somebody has written old records anew with hashes
// that fit each other, up to the end. The first of the commit is named.
func TestALockFindsOldRecordsMadeAnew(t *testing.T) {
	w, log := live(t, 3), &said{}
	c, _ := inBrief(t, w, log)
	const at = 23
	w.Memory.TamperRows(ID('l', 1), func(lines []judging.Line) []judging.Line {
		lines[at].Body = bytes.Clone(lines[at].Body)
		lines[at].Body[9] ^= 1
		for i := at; i < len(lines); i++ {
			lines[i].Hash = ledger.Chain(lines[i-1].Hash, lines[i].Body)
		}
		return lines
	})
	first := uint64(1)
	for _, size := range sizes(t, w) {
		if size > at {
			break
		}
		first = size + 1
	}
	go c.Run()
	defer c.Close()
	_, err := c.Do(t.Context(), func() ([]clerk.Item, error) { return nil, c.Intact(t.Context()) })
	if f := fault.Of(err); f == nil || f.Code != "judging.tampered" || f.Fields[0].Hint != strconv.FormatUint(first, 10) {
		t.Errorf("%v, first is %d", err, first)
	}
}

// bodied is a store that gives bodies alone.
type bodied struct{ *Memory }

func (b bodied) Bodies(ctx context.Context, id contest.ID, n uint64, each func(uint64, []byte) error) error {
	err := b.Load(ctx, id, 0, func(l judging.Line) error {
		if l.Seq > n {
			return errCut
		}
		return each(l.Seq, l.Body)
	})
	if errors.Is(err, errCut) {
		return nil
	}
	return err
}

// TestBodiesAloneAreTheLedger: who has read bodies alone knows what one knows that has
// read everything, answers old marks, and makes the same snapshot.
func TestBodiesAloneAreTheLedger(t *testing.T) {
	for seed := range uint64(4) {
		w, log := live(t, seed), &said{}
		whole, c := openOn(t, w, w.Memory, nil, log), openOn(t, w, bodied{w.Memory}, snapshot.In(t.TempDir()), log)
		if d := c.Differs(whole); d != "" || c.Old() == 0 {
			t.Fatalf("ledger %d: %d old, %s", seed, c.Old(), d)
		}
		for range 2 {
			want, wantErr := whole.Again(5)
			if got, err := c.Again(5); err != nil || wantErr != nil || !reflect.DeepEqual(got, want) {
				t.Fatalf("ledger %d: %+v %v, not %+v %v", seed, got, err, want, wantErr)
			}
			if err := c.Snap(t.Context()); err != nil || c.Old() == 0 || c.Differs(whole) != "" {
				t.Fatalf("ledger %d: %v, %d old, %s", seed, err, c.Old(), c.Differs(whole))
			}
		}
	}
}

// TestWhatBodiesAloneDoNotShow: a body that is another is named and the ledger is not
// opened; a stored hash that is another is found behind the start.
func TestWhatBodiesAloneDoNotShow(t *testing.T) {
	rules, _ := Rules("open", "open")
	open := func(w *World, log *said) (*clerk.Clerk, error) {
		return clerk.Open(t.Context(), clerk.Config{
			Ledger: ID('l', 1), Ledgers: bodied{w.Memory}, Refusals: w.Memory, Witness: &Witness{}, Follower: deaf{}, Key: w.Key,
			Rules: func() scoring.RuleSet { return scoring.RuleSet{1: rules} }, Each: func(string) bool { return true },
			Now: w.Now, Log: slog.New(slog.NewTextHandler(log, nil)),
		})
	}
	for name, tamper := range map[string]func(lines []judging.Line) []judging.Line{
		"record 24 is not as it was": func(lines []judging.Line) []judging.Line {
			lines[23].Body = bytes.Clone(lines[23].Body)
			lines[23].Body[9] ^= 1
			return lines
		},
		"record 25 follows 23": func(lines []judging.Line) []judging.Line { return append(lines[:23], lines[24:]...) },
		"were signed": func(lines []judging.Line) []judging.Line {
			lines[23].Body = bytes.Clone(lines[23].Body)
			lines[23].Body[9] ^= 1
			for i := 23; i < len(lines); i++ {
				lines[i].Hash = ledger.Chain(lines[i-1].Hash, lines[i].Body)
			}
			return lines
		},
	} {
		w, log := live(t, 3), &said{}
		if name == "were signed" {
			w.Memory.Tamper(ID('l', 1), tamper)
		} else {
			w.Memory.TamperRows(ID('l', 1), tamper)
		}
		if _, err := open(w, log); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	w, log := live(t, 3), &said{}
	w.Memory.TamperRows(ID('l', 1), func(lines []judging.Line) []judging.Line { lines[23].Hash[0]++; return lines })
	c, err := open(w, log)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Survey(t.Context()); err == nil || !strings.Contains(log.String(), "NOT AS IT WAS WRITTEN") {
		t.Errorf("a hash: %v, %s", err, log)
	}
}
