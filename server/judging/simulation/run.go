package simulation

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
	"jiangtai/server/judging/judgingtest"
)

const entries = 3

// sim is one run.
type sim struct {
	t          testing.TB
	r          *rand.Rand
	w          *judgingtest.World
	store      *flaky
	seed       uint64
	identities [2]string
	tablets    []*tablet // also those that were replaced
	isHealed   bool
	trace      []string

	tapped   map[scoring.ID]judging.MarkCommand
	receipts map[scoring.ID]string
	isLate   map[scoring.ID]bool
	returned map[scoring.ID]string
	twice    map[scoring.ID]bool // delivered once more, behind the tablet's back
	replaced map[contest.ID]int  // by device, behind which record
}

// Result is what happened in a run, so that who runs many can see that something did.
type Result struct {
	Counted, Late, Returned, Clocks, Acts, Takeovers, Restarts, Records int
}

// Add adds another run's.
func (r *Result) Add(o Result) {
	r.Counted, r.Late, r.Returned, r.Clocks = r.Counted+o.Counted, r.Late+o.Late, r.Returned+o.Returned, r.Clocks+o.Clocks
	r.Acts, r.Takeovers, r.Restarts, r.Records = r.Acts+o.Acts, r.Takeovers+o.Takeovers, r.Restarts+o.Restarts, r.Records+o.Records
}

// Run plays one contest from a seed and holds everything against what must hold. The
// stores are the ledgers' and the notes'; nil: in memory. A failure ends the test with
// the seed and what happened last.
func Run(t testing.TB, seed uint64, steps int, ledgers judging.Ledgers, notes judging.Notes) Result {
	t.Helper()
	if ledgers == nil {
		memory := &judgingtest.Memory{}
		ledgers, notes = memory, memory
	}
	s := &sim{
		t: t, r: rand.New(rand.NewPCG(seed, 30)), seed: seed, store: &flaky{Ledgers: ledgers},
		tapped: map[scoring.ID]judging.MarkCommand{}, receipts: map[scoring.ID]string{}, isLate: map[scoring.ID]bool{},
		returned: map[scoring.ID]string{}, twice: map[scoring.ID]bool{},
		replaced: map[contest.ID]int{},
	}
	s.w = judgingtest.With(t, s.store, notes)
	s.identities = [][2]string{{"open", "open"}, {"seat", "coded"}, {"coded", "coded"}}[s.r.IntN(3)]
	s.w.Events.Put(judgingtest.Setup(1, entries, contest.Rehearsal, s.identities[0], s.identities[1]))
	if err := s.w.Desk.Refresh(t.Context(), judgingtest.ID('e', 1)); err != nil {
		s.fatal("refresh: %v", err)
	}
	s.w.Open(t, 1)
	for chair := scoring.ChairID(1); chair <= judgingtest.Last; chair++ {
		s.pair(chair, judgingtest.Tablet(1, chair).Device)
	}
	var out Result
	for range steps {
		s.step(&out)
	}
	s.heal()
	s.verify(&out)
	s.w.Desk.Close()
	return out
}

// pair puts a new tablet in front of a chair; the one before it is replaced.
func (s *sim) pair(chair scoring.ChairID, device contest.ID) {
	for _, t := range s.tablets {
		if t.actor.Chair == chair && !t.actor.IsReplaced {
			t.actor.IsReplaced = true
			s.replaced[t.actor.Device] = len(s.records())
		}
	}
	t := &tablet{actor: judgingtest.Tablet(1, chair)}
	t.actor.Device = device
	t.heads, t.clocks = map[string]scoring.ID{}, map[string]scoring.ID{}
	s.tablets = append(s.tablets, t)
	if s.r.IntN(4) > 0 {
		s.restart(t)
	}
}

func (s *sim) any() *tablet { return s.tablets[s.r.IntN(len(s.tablets))] }

// step lets one thing happen.
func (s *sim) step(out *Result) {
	t := s.any()
	switch chance := s.r.IntN(100); {
	case chance < 45:
		s.tap(t)
	case chance < 78:
		s.send(t)
	case chance < 82:
		t.isDown = !t.isDown
	case chance < 85:
		s.note("chair %d: the tablet dies", t.actor.Chair)
		s.restart(t)
	case chance < 88:
		s.again(t)
	case chance < 91:
		how := []failing{failing(s.r.IntN(4)), failing(s.r.IntN(4)), works}
		s.note("the store will fail: %v", how)
		s.store.fail(how...)
	case chance < 93:
		s.note("the server dies")
		s.store.fail()
		s.w.Restart(s.t)
		out.Restarts++
	case chance < 95:
		out.Takeovers++
		s.note("chair %d: another tablet", t.actor.Chair)
		s.pair(t.actor.Chair, judgingtest.ID('d', 5000+len(s.tablets)))
	default:
		out.Acts += s.act(t.actor.Chair)
	}
}

// act is what the chief judge does; he may be refused.
func (s *sim) act(chair scoring.ChairID) int {
	a := judging.Act{ID: s.w.MarkID(), Reason: "模拟", Second: &judging.Second{User: "supervisor", Password: "right"}}
	switch s.r.IntN(8) {
	case 0:
		a.Kind = judging.ActLock
	case 1, 2:
		a.Kind = judging.ActReopen
	case 3, 4:
		a.Kind, a.Mark = judging.ActCount, s.late()
	case 5:
		a.Kind, a.Chair, a.Judge = judging.ActReplace, chair, fmt.Sprint("接任", len(s.trace))
	case 6:
		a.Kind, a.Work, a.Value = judging.ActStatus, s.staffLabel(1+s.r.IntN(entries)), []string{"competing", "dnf", "dsq"}[s.r.IntN(3)]
	default:
		a.Kind, a.Aspect, a.Chair, a.Work = judging.ActAbsent, "piece", chair, s.work("work", 1+s.r.IntN(entries))
	}
	_, err := s.w.Desk.Act(s.t.Context(), s.w.Organiser(), judgingtest.ID('e', 1), a)
	s.note("the chief: %s %v: %v", a.Kind, a.Mark, err)
	if err != nil {
		return 0
	}
	if a.Kind == judging.ActReplace {
		s.pair(chair, judgingtest.ID('d', 5000+len(s.tablets)))
	}
	return 1
}

func (s *sim) staffLabel(entry int) string {
	if s.identities[1] == "coded" {
		return judgingtest.WorkCode(entry)
	}
	return judgingtest.EntryNo(entry)
}

// late is one of the late marks, if there is one.
func (s *sim) late() (id scoring.ID) {
	err := s.w.Desk.Read(s.t.Context(), judgingtest.ID('e', 1), func(r judging.Reading) error {
		if list := r.Board.LateMarks(); len(list) > 0 {
			id = list[s.r.IntN(len(list))].MarkID
		}
		return nil
	})
	if err != nil {
		s.fatal("read: %v", err)
	}
	return id
}

// heal brings everything back and lets all outboxes drain.
func (s *sim) heal() {
	s.isHealed = true
	s.store.fail()
	s.w.Restart(s.t)
	for _, t := range s.tablets {
		t.isDown = false
		for len(t.delivery) > 0 {
			s.again(t)
		}
		for tries := 0; len(t.outbox) > 0; tries++ {
			if s.send(t); tries > 1000 {
				s.fatal("chair %d does not drain: %d left, first %+v", t.actor.Chair, len(t.outbox), t.outbox[0])
			}
		}
	}
}

func (s *sim) note(format string, args ...any) {
	s.trace = append(s.trace, fmt.Sprintf(format, args...))
}

// fatal ends the run and says how to play it again.
func (s *sim) fatal(format string, args ...any) {
	s.t.Helper()
	last := s.trace[max(0, len(s.trace)-40):]
	s.t.Fatalf("seed %d: %s\n(play it again: go test ./server/judging/simulation -run TestSimulation -seed %d)\nwhat happened last:\n%s",
		s.seed, fmt.Sprintf(format, args...), s.seed, strings.Join(last, "\n"))
}
