package honourstest

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours"
	"jiangtai/server/honours/proposal"
)

// Proposing are the scenes of publications, for every store as well.
var Proposing = map[string]func(t testing.TB, r *Rig){
	"a publication proposes once":     proposesOnce,
	"a newer publication supersedes":  supersedes,
	"one promotion a year":            onePromotion,
	"filings decide":                  filings,
	"the plan decides":                thePlan,
	"a proposal is taken up":          takenUp,
	"many followers at the same time": manyFollowers,
}

// contestA and its events.
var (
	contestA = contest.ID{0xc0, 15: 1}
	welding  = contest.ID{0xe0, 15: 1}
	turning  = contest.ID{0xe0, 15: 2}
)

// entry is an entry's id: of an event, with a number.
func entry(event contest.ID, n byte) contest.ID {
	event[0], event[1] = 0xee, n
	return event
}

// result is a publication of n ranked entries and one that did not start.
func result(event contest.ID, seq uint64, n int) proposal.Publication {
	passed := true
	p := proposal.Publication{
		Contest: contestA, Event: event, Seq: seq, Read: seq + 2, Kind: contest.Real, Trade: "焊工",
		At: time.Date(2026, 5, 20, 3, 0, 0, 0, time.UTC), List: minutes, Record: minutes,
	}
	for i := range n {
		p.Placed = append(p.Placed, proposal.Placed{
			Entry: entry(event, byte(i+1)), Name: fmt.Sprintf("选手%d", i+1), Unit: "江城造船厂", Rank: i + 1, Total: "90.00",
			Status: scoring.Competing, Passed: &passed, Team: 1, Working: minutes,
		})
	}
	p.Placed = append(p.Placed, proposal.Placed{Entry: entry(event, 200), Name: "缺赛者", Status: scoring.DidNotStart, Team: 1})
	return p
}

func file(t testing.TB, r *Rig, f proposal.Filing) {
	t.Helper()
	f.Contest = contestA
	if _, err := r.Desk.FileContest(t.Context(), OfficeA, f); err != nil {
		t.Fatal(err)
	}
}

var henan = proposal.Filing{Profile: "henan-2023", Version: 1, Class: "industry-1"}

// follow follows and wants so many publications read.
func follow(t testing.TB, r *Rig, want int) {
	t.Helper()
	if n, err := r.Desk.Follow(t.Context()); err != nil || n != want {
		t.Fatalf("%d publications read, want %d: %v", n, want, err)
	}
}

func proposals(t testing.TB, r *Rig, state proposal.State) []proposal.Proposal {
	t.Helper()
	list, total, err := r.Desk.Proposals(t.Context(), OfficeA, state, proposal.Page{Limit: 200})
	if err != nil || total != len(list) {
		t.Fatalf("%d of %d, %v", len(list), total, err)
	}
	return list
}

func proposesOnce(t testing.TB, r *Rig) {
	file(t, r, henan)
	r.Know(entry(welding, 1), proposal.Person{Key: "liang", Identity: "employee", Level: "senior"})
	r.Publish(result(welding, 40, 25))
	follow(t, r, 1)
	follow(t, r, 0)
	list := proposals(t, r, proposal.Proposed)
	if len(list) != 20 {
		t.Fatalf("%d proposals", len(list))
	}
	first := list[0]
	if first.Evidence.Rank != 1 || first.Evidence.Ranked != 25 || first.Evidence.Working != minutes || first.Evidence.List != minutes ||
		first.Publication != 40 || first.Year != 2026 || first.PersonKey != "liang" || first.Name != "选手1" ||
		!slices.Equal(first.Outcome.Recommended, []string{"provincial_title", "technician"}) || len(first.Outcome.Findings) != 7 {
		t.Errorf("%+v", first)
	}
	if second := list[1]; !slices.Equal(second.Outcome.Open, []string{"provincial_title"}) || second.PersonKey != "" {
		t.Errorf("of an unknown person: %+v", second.Outcome)
	}
	// An organiser sees his contests' alone, and a stranger none.
	_, total, err := r.Desk.Proposals(t.Context(), contest.Actor{Account: contest.ID{9}, Grants: []contest.Grant{{Role: contest.Organiser, Contest: contestA}}}, "", proposal.Page{Limit: 5})
	if err != nil || total != 20 {
		t.Error(total, err)
	}
	_, total, err = r.Desk.Proposals(t.Context(), contest.Actor{Account: contest.ID{9}, Grants: []contest.Grant{{Role: contest.Organiser, Contest: contest.ID{7}}}}, "", proposal.Page{Limit: 5})
	if err != nil || total != 0 {
		t.Error(total, err)
	}
	if _, _, err = r.Desk.Proposals(t.Context(), Steward, "", proposal.Page{Limit: 5}); fault.Code(err) != "honours.forbidden" {
		t.Error(err)
	}
}

func supersedes(t testing.TB, r *Rig) {
	c := NewCity(t, r)
	file(t, r, henan)
	r.Publish(result(welding, 40, 25))
	follow(t, r, 1)
	was := proposals(t, r, "")
	taken, err := c.TakeUp(t.Context(), OfficeA, was[0].ID, c.Campaign.ID, c.Yard.ID, honours.Content{PersonKey: "p", Category: "front_line"})
	if err != nil {
		t.Fatal(err)
	}
	again := result(welding, 60, 25)
	again.Placed[0].Rank, again.Placed[1].Rank = 2, 1
	r.Publish(again)
	follow(t, r, 1)
	if now := proposals(t, r, proposal.Proposed); len(now) != 20 || now[0].Publication != 60 || now[0].Name != "选手2" {
		t.Errorf("%d %+v", len(now), now[0])
	}
	if old := proposals(t, r, proposal.Superseded); len(old) != 19 {
		t.Errorf("%d superseded", len(old))
	}
	if kept := proposals(t, r, proposal.Nominated); len(kept) != 1 || kept[0].Nomination != taken.ID {
		t.Errorf("%+v", kept)
	}
	if _, err := r.Desk.Dismiss(t.Context(), OfficeA, was[1].ID, "x"); fault.Code(err) != "honours.proposal_taken" {
		t.Error(err)
	}
}

// The same person wins two events: the second is no raise any more, and the
// reason is kept; a corrected result gives the year back.
func onePromotion(t testing.TB, r *Rig) {
	file(t, r, henan)
	for _, event := range []contest.ID{welding, turning} {
		r.Know(entry(event, 1), proposal.Person{Key: "liang", Identity: "employee"})
	}
	r.Publish(result(welding, 40, 25))
	follow(t, r, 1)
	r.Publish(result(turning, 50, 25))
	follow(t, r, 1)
	raised, dropped := 0, 0
	for _, p := range proposals(t, r, "") {
		if p.PersonKey != "liang" {
			continue
		}
		if !slices.Contains(p.Outcome.Recommended, "provincial_title") {
			t.Errorf("a title is no promotion: %+v", p.Outcome)
		}
		if slices.Contains(p.Outcome.Recommended, "technician") {
			raised++
		}
		for _, d := range p.Outcome.Dropped {
			if d.Reason.Code == "honours.why_once_a_year" && p.Event == turning {
				dropped++
			}
		}
	}
	if raised != 1 || dropped != 1 {
		t.Errorf("%d raised, %d dropped", raised, dropped)
	}
	again := result(welding, 60, 25)
	again.Placed[0].Rank = 0
	r.Publish(again)
	follow(t, r, 1)
	file(t, r, henan) // everything is read again
	follow(t, r, 2)
	for _, p := range proposals(t, r, proposal.Proposed) {
		if p.PersonKey == "liang" && (p.Event != turning || !slices.Contains(p.Outcome.Recommended, "technician")) {
			t.Errorf("%+v", p)
		}
	}
}

func filings(t testing.TB, r *Rig) {
	r.Publish(result(welding, 40, 3))
	rehearsed := result(turning, 40, 3)
	rehearsed.Kind = contest.Rehearsal
	r.Publish(rehearsed)
	follow(t, r, 0) // nothing is filed
	file(t, r, henan)
	follow(t, r, 1)
	if list := proposals(t, r, ""); len(list) != 3 || list[0].Profile != "henan-2023" {
		t.Fatalf("%+v", list)
	}
	file(t, r, proposal.Filing{Event: welding, Profile: "city", Version: 1, Class: "city-2"})
	follow(t, r, 1)
	if list := proposals(t, r, proposal.Proposed); len(list) != 1 || list[0].Profile != "city" || !slices.Equal(list[0].Outcome.Recommended, []string{"city_medal"}) {
		t.Errorf("%+v", list)
	}
	for _, bad := range []proposal.Filing{
		{Profile: "city", Version: 1, Class: "city-2"},
		{Contest: contestA, Profile: "city", Version: 9, Class: "city-2"},
		{Contest: contestA, Profile: "city", Version: 1, Class: "z"},
	} {
		if _, err := r.Desk.FileContest(t.Context(), OfficeA, bad); fault.Code(err) != "honours.invalid" {
			t.Error(err)
		}
	}
	if _, err := r.Desk.FileContest(t.Context(), Admin, henan); fault.Code(err) != "honours.forbidden" {
		t.Error(err)
	}
	if list, err := r.Desk.Filings(t.Context(), Admin); err != nil || len(list) != 2 {
		t.Error(list, err)
	}
}

func takenUp(t testing.TB, r *Rig) {
	c := NewCity(t, r)
	file(t, r, proposal.Filing{Profile: "city", Version: 1, Class: "city-1"})
	r.Know(entry(welding, 1), proposal.Person{Key: "liang"})
	r.Publish(result(welding, 40, 9))
	follow(t, r, 1)
	list := proposals(t, r, "")
	front := honours.Content{Category: "front_line", Traits: []string{"front_line"}}
	_, err := c.TakeUp(t.Context(), Steward, list[0].ID, c.Campaign.ID, c.Yard.ID, front)
	c.Refused(err, fault.Forbidden, "honours.forbidden")
	other := front
	other.PersonKey = "zeng"
	_, err = c.TakeUp(t.Context(), OfficeA, list[0].ID, c.Campaign.ID, c.Yard.ID, other)
	c.Refused(err, fault.Refused, "honours.invalid")
	_, err = c.TakeUp(t.Context(), OfficeA, list[1].ID, c.Campaign.ID, c.Yard.ID, front)
	c.Refused(err, fault.Refused, "honours.invalid") // nobody knows who it is
	n, err := c.TakeUp(t.Context(), OfficeA, list[0].ID, c.Campaign.ID, c.Yard.ID, front)
	if err != nil || n.Name != "选手1" || n.PersonKey != "liang" || !slices.Equal(n.Traits, []string{"front_line", "winner"}) {
		t.Fatalf("%+v %v", n, err)
	}
	_, err = c.TakeUp(t.Context(), OfficeA, list[0].ID, c.Campaign.ID, c.Yard.ID, front)
	c.Refused(err, fault.Stale, "honours.proposal_taken")
	f, err := c.File(t.Context(), Steward, n.ID)
	if err != nil || f.Proposal == nil || f.Proposal.Evidence.Rank != 1 {
		t.Errorf("%+v %v", f.Proposal, err)
	}
	c.To(n, "done")
	if _, err = r.Desk.Dismiss(t.Context(), OfficeA, list[1].ID, ""); fault.Code(err) != "honours.invalid" {
		t.Error(err)
	}
	if p, err := r.Desk.Dismiss(t.Context(), OfficeA, list[1].ID, "本人不愿参评"); err != nil || p.State != proposal.Dismissed {
		t.Error(p.State, err)
	}
	_, err = c.TakeUp(t.Context(), OfficeA, contest.ID{1}, c.Campaign.ID, c.Yard.ID, front)
	c.Refused(err, fault.Missing, "honours.proposal_missing")
	c.Intact()
}

// Eight followers and two events of the same winner: each publication is read
// once, each entry proposed once, and the person raised once.
func manyFollowers(t testing.TB, r *Rig) {
	file(t, r, henan)
	for _, event := range []contest.ID{welding, turning} {
		r.Know(entry(event, 1), proposal.Person{Key: "liang", Identity: "employee"})
		r.Publish(result(event, 40, 25))
	}
	var read atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			n, err := r.Desk.Follow(t.Context())
			if err != nil {
				t.Error(err)
			}
			read.Add(int64(n))
		})
	}
	wg.Wait()
	if read.Load() != 2 {
		t.Errorf("%d publications were read", read.Load())
	}
	raised, seen := 0, map[contest.ID]bool{}
	list := proposals(t, r, "")
	for _, p := range list {
		seen[p.Entry] = true
		if p.PersonKey == "liang" && slices.Contains(p.Outcome.Recommended, "technician") {
			raised++
		}
	}
	if len(list) != 40 || len(seen) != 40 || raised != 1 {
		t.Errorf("%d proposals of %d entries, raised %d times", len(list), len(seen), raised)
	}
}

// Where the plan knows an event it counts instead of the contest's filing, and
// what was not accepted is not read.
func thePlan(t testing.TB, r *Rig) {
	file(t, r, henan)
	p := result(welding, 40, 25)
	p.Plan = &proposal.Plan{Class: "industry-2"}
	r.Publish(p)
	follow(t, r, 0) // nobody has accepted it
	accepted := result(welding, 40, 25)
	accepted.Plan = &proposal.Plan{Class: "industry-2", Accepted: true}
	r.Publish(accepted)
	follow(t, r, 1)
	follow(t, r, 0)
	if list := proposals(t, r, proposal.Proposed); len(list) != 15 { // class 2 reads to rank 15, class 1 to rank 20
		t.Errorf("%d proposals", len(list))
	}
}
