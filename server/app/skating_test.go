package app_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"jiangtai/server/contest"
	"jiangtai/server/ledger"
	"jiangtai/server/rehearsal"
	"jiangtai/server/scorefile/skating"
)

// TestSkatingThroughTheProgram sends every published mark of sixteen real events
// through the running program, shuffled, some twice, some wrong and corrected,
// while fifty clients follow over the WebSocket, and holds what each of them saw
// against the published results.
func TestSkatingThroughTheProgram(t *testing.T) {
	began := time.Now()
	phase := func(what string) { t.Logf("%6.1f s %s", time.Since(began).Seconds(), what) }
	data := t.TempDir()
	tw := begin(t, data)
	events := skatingEvents(t)
	s := &skatingDay{fair: tw.importFair(skatingPackage(t, events)), events: events, codes: []string{"ties", "absent"}}
	for i := range events {
		s.codes = append(s.codes, events[i].Code)
	}
	for _, code := range s.codes {
		s.mustAct(code, "open")
	}
	crowd := s.crowd(49)
	phase("open")
	t.Cleanup(func() { s.leave(crowd) })
	s.mark()
	s.absence()
	phase("marked")
	crowd = append(crowd, s.follow(50, rehearsal.FollowManner{})) // who comes when all is done
	s.seen(crowd)
	s.published()
	s.invented()
	phase("seen by all")

	for _, code := range s.codes {
		s.mustAct(code, "lock")
		s.mustAct(code, "publish", "second", s.second)
	}
	s.seen(crowd)
	s.published()
	ledgers := s.verify()
	phase("published and verified")
	before := map[string]rehearsal.Board{}
	for _, code := range s.codes {
		before[code] = s.standings(code)
	}
	s.manners(crowd)
	s.leave(crowd)
	crowd = nil

	if err := tw.end(); err != nil {
		t.Fatal(err)
	}
	if err := tw.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.resume()
	phase("started again")
	for _, code := range s.codes {
		if d := cmp.Diff(before[code], s.standings(code), unseen); d != "" {
			t.Errorf("%s after the restart: %s", code, d)
		}
	}
	s.goesOn(before["ties"])
	delete(ledgers, "ties")
	after := s.verify()
	delete(after, "ties")
	if d := cmp.Diff(ledgers, after); d != "" {
		t.Errorf("ledgers after the restart: %s", d)
	}
}

// goesOn takes an event further after the restart: its numbers go on.
func (s *skatingDay) goesOn(was rehearsal.Board) {
	s.t.Helper()
	s.mustAct("ties", "reopen", "reason", "裁决", "second", s.second)
	s.mustAct("ties", "status", "entry_no", "002", "status", "dsq", "reason", "裁决")
	now := s.standings("ties")
	if now.Epoch != was.Epoch || now.N <= was.N {
		s.t.Errorf("after the restart it goes on from %d/%d at %d/%d", was.Epoch, was.N, now.Epoch, now.N)
	}
	if first := now.Rows["001"]; first.Rank != 1 || now.Rows["003"].Rank != 1 || now.Rows["002"].Rank != 0 {
		s.t.Errorf("without the first: %v", now.List())
	}
}

// unseen is how a board came to be, which does not matter.
var unseen = cmp.Options{cmpopts.IgnoreUnexported(rehearsal.Board{}), cmpopts.IgnoreFields(rehearsal.Board{}, "Snapshots", "Frames")}

type skatingDay struct {
	*fair
	events []skating.Event
	codes  []string
}

// resume signs the organiser's contest in again, on the program that was
// started anew.
func (s *skatingDay) resume() {
	s.organiser, _, _ = s.person(contest.Grant{Role: contest.Organiser, Contest: idOf(s.t, s.id)})
}

// crowd are n followers: most stay, some break off again and again, one reads
// slowly.
func (s *skatingDay) crowd(n int) []*rehearsal.Follower {
	list := make([]*rehearsal.Follower, n)
	for i := range list {
		manner := rehearsal.FollowManner{}
		switch {
		case i == 0:
			manner.Pause = 30 * time.Millisecond
		case i%7 == 1:
			manner.CutAfter = 20 + 3*i
		}
		list[i] = s.follow(i, manner)
	}
	return list
}

// follow lets the i-th follower follow four events, so that each event has its
// followers.
func (s *skatingDay) follow(i int, manner rehearsal.FollowManner) *rehearsal.Follower {
	var topics []string
	for k := range 4 {
		topics = append(topics, publicTopic(s.event(i*4+k)))
	}
	return s.admin.As("").Follow(context.WithoutCancel(s.t.Context()), manner, topics...)
}

func (s *skatingDay) event(i int) string { return s.fair.events[s.codes[i%len(s.codes)]] }

func (s *skatingDay) leave(crowd []*rehearsal.Follower) {
	for i, f := range crowd {
		if err := f.Close(); err != nil {
			s.t.Errorf("follower %d: %v", i, err)
		}
	}
}

// manners looks whether the crowd was as mixed as it should be: who stayed was
// never thrown out, who broke off came back, who read slowly was spared most.
func (s *skatingDay) manners(crowd []*rehearsal.Follower) {
	returns := 0
	for i, f := range crowd {
		switch {
		case i%7 == 1:
			returns += f.Visits() - 1
		case f.Visits() != 1:
			s.t.Errorf("follower %d needed %d connections; the server closed %v", i, f.Visits(), f.Closes())
		}
	}
	if returns < 20 {
		s.t.Errorf("only %d returns", returns)
	}
	frames := func(f *rehearsal.Follower, i int) (n int) {
		for k := range 4 {
			b := f.Board(publicTopic(s.event(i*4 + k)))
			n += b.Frames + b.Snapshots
		}
		return n
	}
	s.t.Logf("%d returns; the slow reader read %d messages, one who shares its events %d", returns, frames(crowd[0], 0), frames(crowd[9], 9))
}

// mark lets all chairs of all events deliver, four events at a time: two cores.
func (s *skatingDay) mark() {
	t := s.t
	var mu sync.Mutex // guards total and counts
	total, counts := rehearsal.Sent{}, [4]int{}
	group, ctx := errgroup.WithContext(within(t, 4*time.Minute))
	group.SetLimit(4)
	for i, code := range s.codes {
		lists := inventedSheets(code)
		if i >= len(s.codes)-len(s.events) {
			lists = sheets(&s.events[i-2])
		}
		tablets := s.pair(code)
		group.Go(func() error {
			one, ctx := errgroup.WithContext(ctx)
			for chair, list := range lists {
				one.Go(func() error {
					sent, err := tablets[chair].Deliver(ctx, list, s.manner(i, chair))
					mu.Lock()
					defer mu.Unlock()
					total.Marks += sent.Marks
					total.Twice += sent.Twice
					total.Corrected += sent.Corrected
					total.Deliveries += sent.Deliveries
					if i >= 2 {
						count(&counts, list, chair)
					}
					return err
				})
			}
			return one.Wait()
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	if want := [4]int{16785, 3254, 125, 1}; counts != want {
		t.Errorf("the events hold %v marks, want %v", counts, want)
	}
	if total.Twice < 700 || total.Corrected < 700 {
		t.Errorf("only %d marks were sent twice and %d corrected", total.Twice, total.Corrected)
	}
	t.Logf("%d marks in %d deliveries, %d twice, %d corrected", total.Marks, total.Deliveries, total.Twice, total.Corrected)
}

// count counts component marks, elements, deductions and what was not performed.
func count(n *[4]int, list []rehearsal.Known, chair int) {
	for _, k := range list {
		switch {
		case chair > 0:
			n[0]++
		case k.NotPerformed:
			n[3]++
		case k.Aspect == "deductions":
			n[2]++
		default:
			n[1]++
		}
	}
}

func (s *skatingDay) manner(event, chair int) rehearsal.SendManner {
	return rehearsal.SendManner{
		Rand: rand.New(rand.NewPCG(2017, uint64(event*100+chair))), Batch: 60, Twice: 5, Wrong: 5, Misread: misread,
	}
}

// seen holds every follower's boards against the standings, once it is there.
func (s *skatingDay) seen(crowd []*rehearsal.Follower) {
	s.t.Helper()
	want := map[string]rehearsal.Board{}
	for _, code := range s.codes {
		b := s.standings(code)
		want[b.Topic] = b
	}
	ctx := within(s.t, time.Minute)
	boards := 0
	for i, f := range crowd {
		for topic, w := range want {
			if f.Board(topic).Rows == nil {
				continue // not one of his four
			}
			if err := f.Await(ctx, topic, func(b rehearsal.Board) bool { return b.Epoch == w.Epoch && b.N == w.N }); err != nil {
				s.t.Fatalf("follower %d: %v, want %d/%d", i, err, w.Epoch, w.N)
			}
			if d := cmp.Diff(w, f.Board(topic), unseen); d != "" {
				s.t.Errorf("follower %d: %s", i, d)
			}
			boards++
		}
	}
	if boards != 4*len(crowd) {
		s.t.Errorf("%d boards were looked at", boards)
	}
}

// published holds ranks and totals against the published ones.
func (s *skatingDay) published() {
	s.t.Helper()
	rows := 0
	for i := range s.events {
		e := &s.events[i]
		b := s.standings(e.Code)
		for _, x := range e.Entries {
			row := b.Rows[entryNo(x.Number)]
			if row.Rank != x.Rank || row.Total != x.Total || row.Name != x.Name {
				s.t.Errorf("%s %s: %d %s %s, published %d %s", e.Code, x.Performance, row.Rank, row.Total, row.Name, x.Rank, x.Total)
			}
			rows++
		}
	}
	if rows != 373 {
		s.t.Errorf("%d rows, the data have 373", rows)
	}
}

// verify exports every ledger and has it verified; it gives their sizes.
func (s *skatingDay) verify() map[string]uint64 {
	s.t.Helper()
	sizes := map[string]uint64{}
	for _, code := range s.codes {
		sizes[code] = s.verified(code).Last.Size
	}
	return sizes
}

func (f *fair) verified(code string) ledger.Verified {
	f.t.Helper()
	var raw []byte
	get(f.t, f.organiser, "/api/v1/events/"+f.events[code]+"/ledger", &raw)
	got, err := ledger.Verify(bytes.NewReader(raw), ledger.Trust{})
	if err != nil {
		f.t.Fatalf("ledger of %s: %v", code, err)
	}
	return got
}

// invented holds what the real data lack: two with the same total and the same
// elements share a rank, and the next one's is left out; a judge who is absent
// for an entry is left out of its mean.
func (s *skatingDay) invented() {
	s.t.Helper()
	want := map[string]map[string][2]string{
		"ties":   {"001": {"2", "44.00"}, "002": {"1", "51.00"}, "003": {"2", "44.00"}, "004": {"4", "44.00"}},
		"absent": {"001": {"1", "47.00"}, "002": {"2", "46.50"}},
	}
	for code, rows := range want {
		got := map[string][2]string{}
		for k, r := range s.standings(code).Rows {
			got[k] = [2]string{strconv.Itoa(r.Rank), r.Total}
		}
		if d := cmp.Diff(rows, got); d != "" {
			s.t.Errorf("%s: %s", code, d)
		}
	}
}

// absence has the chief judge say that a judge gives entry 002 no marks.
func (s *skatingDay) absence() {
	event := s.fair.events["absent"]
	chief, _, _ := s.person(contest.Grant{Role: contest.ChiefJudge, Contest: idOf(s.t, s.id), Event: idOf(s.t, event)})
	for _, c := range componentsOfSkating {
		err := chief.Act(s.t.Context(), event, map[string]any{
			"act_id": uuid.NewString(), "act": "absent", "work": "002", "aspect": c, "chair": absentee, "reason": "taken ill",
		})
		if err != nil {
			s.t.Fatal(err)
		}
	}
}
