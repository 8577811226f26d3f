package judgingtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
	"jiangtai/server/ledger"
)

// World is a desk with fakes around it.
type World struct {
	Desk     *judging.Desk
	Events   *Events
	Memory   *Memory
	Follower *Follower
	Seconds  Seconds
	Tablets  *Tablets
	Audit    *Audit
	Gates    *Gates
	Owing    *Owing
	Witness  *Witness
	Key      *ledger.Key

	ledgers judging.Ledgers
	notes   judging.Notes
	now     atomic.Int64
	next    atomic.Uint32
	numbers map[contest.ID]uint32
}

// New makes a world with event 1: three entries, open modules, of a rehearsal.
func New(t testing.TB) *World { return With(t, nil, nil) }

// With is New on other ledgers than those in memory.
func With(t testing.TB, ledgers judging.Ledgers, notes judging.Notes) *World {
	t.Helper()
	key, _, err := ledger.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	w := &World{
		Events: &Events{}, Memory: &Memory{}, Follower: &Follower{}, Tablets: &Tablets{}, Audit: &Audit{}, Gates: &Gates{}, Owing: &Owing{},
		Witness: &Witness{}, Key: key,
		Seconds: Seconds{
			"supervisor": Staff(2, contest.Supervisor), "organiser": Staff(1, contest.Organiser),
			"spectator": Staff(3, contest.Spectator),
		},
		ledgers: ledgers, notes: notes, numbers: map[contest.ID]uint32{},
	}
	if ledgers == nil {
		w.ledgers, w.notes = w.Memory, w.Memory
	}
	w.now.Store(1_790_000_000_000_000_000)
	w.Events.Put(Setup(1, 3, contest.Rehearsal, "open", "open"))
	w.Restart(t)
	return w
}

// Now is the world's clock: a millisecond later each time.
func (w *World) Now() time.Time { return time.Unix(0, w.now.Add(1_000_000)) }

// Restart closes the desk, if there is one, and starts another on the same
// ledgers, as a new process would.
func (w *World) Restart(t testing.TB) {
	t.Helper()
	if w.Desk != nil {
		w.Desk.Close()
	}
	w.Desk = w.NewDesk()
	if err := w.Desk.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Desk.Close)
}

// NewDesk is another desk on the same ledgers, not started.
func (w *World) NewDesk() *judging.Desk {
	return judging.NewDesk(judging.Config{
		Events: w.Events, Ledgers: w.ledgers, Notes: w.notes, Follower: w.Follower, Seconds: w.Seconds,
		Tablets: w.Tablets, Audit: w.Audit, Gates: w.Gates, Owing: w.Owing, Witness: w.Witness, Key: w.Key, Now: w.Now, Log: slog.New(slog.DiscardHandler),
	})
}

// Organiser may do nearly everything in the contest.
func (w *World) Organiser() contest.Actor { return Staff(1, contest.Organiser, contest.ChiefJudge) }

// MarkID is a fresh mark id.
func (w *World) MarkID() scoring.ID { return ID('m', int(w.next.Add(1))) }

// Number is the next number of a device.
func (w *World) Number(device contest.ID) uint32 {
	w.numbers[device]++
	return w.numbers[device]
}

// Mark is a mark of a tablet, ready to be given.
func (w *World) Mark(actor contest.Actor, work, aspect, value string) judging.MarkCommand {
	return judging.MarkCommand{
		MarkID: w.MarkID(), Event: actor.Event, Chair: actor.Chair, Kind: scoring.Mark, Work: work, Aspect: aspect,
		Value: value, Version: 1, DeviceSeq: w.Number(actor.Device),
	}
}

// Open opens event n.
func (w *World) Open(t testing.TB, n int) judging.Receipt {
	t.Helper()
	return w.Act(t, n, judging.Act{Kind: judging.ActOpen})
}

// Act does an act as the organiser, with a second person, and must succeed.
func (w *World) Act(t testing.TB, n int, a judging.Act) judging.Receipt {
	t.Helper()
	if a.ID.IsZero() {
		a.ID = w.MarkID()
	}
	if a.Second == nil {
		a.Second = &judging.Second{User: "supervisor", Password: "right"}
	}
	r, err := w.Desk.Act(context.Background(), w.Organiser(), ID('e', n), a)
	if err != nil {
		t.Fatalf("%s: %v", a.Kind, err)
	}
	return r
}

// Give gives one mark and returns its outcome.
func (w *World) Give(t testing.TB, actor contest.Actor, m judging.MarkCommand) judging.Outcome {
	t.Helper()
	out, err := w.Desk.Give(context.Background(), actor, []judging.MarkCommand{m})
	if err != nil {
		t.Fatal(err)
	}
	return out[0]
}

// Must gives one mark that must be taken.
func (w *World) Must(t testing.TB, actor contest.Actor, m judging.MarkCommand) judging.Receipt {
	t.Helper()
	o := w.Give(t, actor, m)
	if o.Fault != nil {
		t.Fatalf("%s %s %q: %v", m.Work, m.Aspect, m.Value, o.Fault)
	}
	return o.Receipt
}

// Verify verifies an export of the world's key and asks for so many records.
func Verify(w *World, export string, records int) error {
	got, err := ledger.Verify(strings.NewReader(export), ledger.Trust{Keys: w.Key.Verifiers()})
	if err == nil && got.Last.Size != uint64(records) {
		err = fmt.Errorf("%d records, want %d", got.Last.Size, records)
	}
	return err
}
