package clerk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/judging/clerk"
	. "jiangtai/server/judging/judgingtest"
	"jiangtai/server/judging/snapshot"
)

var errCut = errors.New("cut")

// upTo is a ledger as it was after so many records.
type upTo struct {
	*Memory
	seq uint64
}

func (u upTo) Begin(ctx context.Context, id contest.ID) (judging.State, error) {
	s, err := u.Memory.Begin(ctx, id)
	if s.Seq > u.seq {
		s.Seq, s.Hash = u.seq, u.Memory.Lines(id)[u.seq-1].Hash
	}
	return s, err
}

func (u upTo) Load(ctx context.Context, id contest.ID, after uint64, each func(judging.Line) error) error {
	err := u.Memory.Load(ctx, id, after, func(l judging.Line) error {
		if l.Seq > u.seq {
			return errCut
		}
		return each(l)
	})
	if errors.Is(err, errCut) {
		return nil
	}
	return err
}

type deaf struct{}

func (deaf) Opened(uint64, *scoring.Board)                      {}
func (deaf) Applied(time.Time, *scoring.Change, *scoring.Board) {}

// said keeps what is logged.
type said struct {
	mu sync.Mutex // guards text
	bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Buffer.Write(p)
}

// openOn opens the ledger of event 1 beside the world's desk.
func openOn(t *testing.T, w *World, ledgers clerk.Ledgers, folder clerk.Snapshots, log *said) *clerk.Clerk {
	t.Helper()
	rules, _ := Rules("open", "open")
	c, err := clerk.Open(t.Context(), clerk.Config{
		Ledger: ID('l', 1), Ledgers: ledgers, Refusals: w.Memory, Witness: &Witness{}, Follower: deaf{}, Key: w.Key,
		Rules: func() scoring.RuleSet { return scoring.RuleSet{1: rules} }, Each: func(string) bool { return true },
		Now: w.Now, Log: slog.New(slog.NewTextHandler(log, nil)), Snapshots: folder,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// live has an event marked at random, with acts in between.
func live(t *testing.T, seed uint64) *World {
	t.Helper()
	w := New(t)
	w.Events.Put(Setup(1, 6, contest.Rehearsal, "open", "open"))
	w.Open(t, 1)
	r := rand.New(rand.NewPCG(seed, 1))
	stands := map[string]scoring.ID{}
	aspects := map[scoring.ChairID][]string{Floor: {"score"}, Blind: {"finish"}}
	for range 60 {
		chair := Floor + scoring.ChairID(r.IntN(int(Last)))
		if r.IntN(12) == 0 {
			act := []judging.ActKind{judging.ActFreeze, judging.ActUnfreeze, judging.ActLock, judging.ActReopen}[r.IntN(4)]
			_, _ = w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), judging.Act{
				ID: w.MarkID(), Kind: act, Reason: "试", Second: &judging.Second{User: "supervisor", Password: "right"},
			})
		}
		var marks []judging.MarkCommand
		for range 1 + r.IntN(9) {
			list := aspects[chair]
			if list == nil {
				list = []string{"piece", "level"}
			}
			m := w.Mark(Tablet(1, chair), EntryNo(1+r.IntN(6)), list[r.IntN(len(list))], fmt.Sprint(r.IntN(4)))
			switch key := fmt.Sprint(chair, m.Work, m.Aspect); r.IntN(9) {
			case 0:
				m.Kind, m.Value, m.Supersedes = scoring.Withdraw, "", stands[key]
				delete(stands, key)
			case 1:
				m.Kind, m.Value, m.Supersedes = scoring.NotPerformed, "", stands[key]
				stands[key] = m.MarkID
			default:
				m.Supersedes = stands[key]
				stands[key] = m.MarkID
			}
			marks = append(marks, m)
		}
		if _, err := w.Desk.Give(t.Context(), Tablet(1, chair), marks); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// sizes are the ledger's lengths after each commit.
func sizes(t *testing.T, w *World) (list []uint64) {
	t.Helper()
	err := w.Memory.Heads(t.Context(), ID('l', 1), 1, 0, func(size uint64, _ string) error {
		list = append(list, size)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestASnapshotAndTheTailAreTheLedger: whatever happened and wherever a snapshot was
// made, a clerk that takes it and what came since knows what one knows that has read
// everything.
func TestASnapshotAndTheTailAreTheLedger(t *testing.T) {
	for seed := range uint64(12) {
		w, log := live(t, seed), &said{}
		whole := openOn(t, w, w.Memory, nil, log)
		list := sizes(t, w)
		r := rand.New(rand.NewPCG(seed, 2))
		for _, at := range []uint64{list[0], list[r.IntN(len(list))], list[r.IntN(len(list))], list[len(list)-1]} {
			folder := snapshot.In(t.TempDir())
			if err := openOn(t, w, upTo{w.Memory, at}, folder, log).Snap(t.Context()); err != nil {
				t.Fatalf("ledger %d: %v", seed, err)
			}
			c := openOn(t, w, w.Memory, folder, log)
			if c.Resumed() != at {
				t.Fatalf("ledger %d: it began at %d, the snapshot is of %d: %s", seed, c.Resumed(), at, log)
			}
			if d := c.Differs(whole); d != "" {
				t.Fatalf("ledger %d, a snapshot of %d of %d records: %s", seed, at, list[len(list)-1], d)
			}
			if err := c.Survey(t.Context()); err != nil {
				t.Fatalf("ledger %d: %v", seed, err)
			}
		}
	}
}

// TestWhatNoSnapshotIsTakenFor: a snapshot that does not fit is left aside, the
// reason is logged, and everything is read.
func TestWhatNoSnapshotIsTakenFor(t *testing.T) {
	w := live(t, 77)
	list := sizes(t, w)
	at, last := list[len(list)/2], list[len(list)-1]
	whole := openOn(t, w, w.Memory, nil, &said{})
	good := func() *snapshot.Snapshot {
		folder := snapshot.In(t.TempDir())
		if err := openOn(t, w, upTo{w.Memory, at}, folder, &said{}).Snap(t.Context()); err != nil {
			t.Fatal(err)
		}
		s, err := folder.Read(ID('l', 1))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for name, change := range map[string]func(s *snapshot.Snapshot){
		"of another epoch":          func(s *snapshot.Snapshot) { s.Epoch++ },
		"fewer records":             func(s *snapshot.Snapshot) { s.Seq = last + 1 },
		"its parts do not fit":      func(s *snapshot.Snapshot) { s.Seq-- },
		"do not fit each other":     func(s *snapshot.Snapshot) { s.Hash[3]++ },
		"its last record is":        func(s *snapshot.Snapshot) { s.Hash[3]++; s.Parts[snapshot.Recent][len(s.Parts[snapshot.Recent])-29]++ },
		"parts do not fit each":     func(s *snapshot.Snapshot) { s.Parts[snapshot.Words] = s.Parts[snapshot.Words][:3] },
		"does not come of it":       func(s *snapshot.Snapshot) { s.Parts[snapshot.Others] = nil },
		"come of it: scoring":       func(s *snapshot.Snapshot) { s.Parts[snapshot.Cells][len(s.Parts[snapshot.Cells])-5] = 99 },
		"not those that were sign":  func(s *snapshot.Snapshot) { s.Parts[snapshot.Peaks][3]++ },
		"parts do not fit each oth": func(s *snapshot.Snapshot) { s.Parts[snapshot.Senders] = nil },
	} {
		s, folder, log := good(), snapshot.In(t.TempDir()), &said{}
		change(s)
		if err := folder.Write(s); err != nil {
			t.Fatal(err)
		}
		c := openOn(t, w, w.Memory, folder, log)
		if c.Resumed() != 0 || !strings.Contains(log.String(), name) {
			t.Errorf("%s: it began at %d, and says %s", name, c.Resumed(), log)
		}
		if d := c.Differs(whole); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	path, log := t.TempDir(), &said{}
	if err := os.WriteFile(filepath.Join(path, "6c000000000040008000000000000001.snapshot"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if c := openOn(t, w, w.Memory, snapshot.In(path), log); c.Resumed() != 0 || !strings.Contains(log.String(), "damaged") {
		t.Errorf("a damaged one: from %d, %s", c.Resumed(), log)
	}
}

// TestASurveyFindsWhatASnapshotHid: records below a snapshot are not read at the
// start. What somebody did to them is found afterwards, and then nothing is written
// any more.
func TestASurveyFindsWhatASnapshotHid(t *testing.T) {
	for name, tamper := range map[string]func(lines []judging.Line) []judging.Line{
		"a body": func(lines []judging.Line) []judging.Line {
			lines[40].Body = bytes.Replace(lines[40].Body, []byte("piece"), []byte("level"), 1)
			lines[40].Body[len(lines[40].Body)-2] ^= 1
			return lines
		},
		"a digest":  func(lines []judging.Line) []judging.Line { lines[40].Payload[0]++; return lines },
		"a hash":    func(lines []judging.Line) []judging.Line { lines[40].Hash[0]++; return lines },
		"a removal": func(lines []judging.Line) []judging.Line { return append(lines[:40], lines[41:]...) },
	} {
		w, log := live(t, 5), &said{}
		folder := snapshot.In(t.TempDir())
		if err := openOn(t, w, w.Memory, folder, log).Snap(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.Memory.TamperRows(ID('l', 1), tamper)
		c := openOn(t, w, w.Memory, folder, log)
		if c.Resumed() == 0 {
			t.Fatalf("%s: the snapshot was not taken: %s", name, log)
		}
		go c.Run()
		err := c.Survey(t.Context())
		if err == nil || !strings.Contains(log.String(), "NOT AS IT WAS WRITTEN") {
			t.Errorf("%s: %v, %s", name, err, log)
		}
		before := len(w.Memory.Lines(ID('l', 1)))
		items := []clerk.Item{clerk.NewItem(scoring.Command{Kind: scoring.Freeze, MarkID: w.MarkID(), Actor: ID('a', 1), Version: 1}, "")}
		if err := c.Give(t.Context(), items); err != nil || fault.Of(items[0].Outcome.Fault).Code != "judging.behind" {
			t.Errorf("%s: %v, %v", name, err, items[0].Outcome.Fault)
		}
		if _, err := c.Do(t.Context(), func() ([]clerk.Item, error) { return nil, nil }); fault.Code(err) != "judging.behind" {
			t.Errorf("%s: a turn was given: %v", name, err)
		}
		if after := len(w.Memory.Lines(ID('l', 1))); after != before {
			t.Errorf("%s: %d records were written", name, after-before)
		}
		c.Close()
	}
}
