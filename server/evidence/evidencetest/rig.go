package evidencetest

import (
	"context"
	"crypto/sha256"
	"sync"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/evidence"
	"jiangtai/server/fault"
)

// The rig's event, its contest, and its people.
var (
	Event = contest.ID{0xe0, 15: 1}
	Of    = contest.ID{0xc0, 15: 1}

	Tablet     = contest.Actor{Name: "周敏", Device: contest.ID{0xde, 15: 1}, Event: Event, Chair: 3}
	Neighbour  = contest.Actor{Name: "林海涛", Device: contest.ID{0xde, 15: 2}, Event: Event, Chair: 4}
	Chief      = person(1, contest.ChiefJudge)
	Supervisor = person(2, contest.Supervisor)
	Organiser  = person(3, contest.Organiser)
	Clerk      = person(4, contest.Clerk)
	Stranger   = contest.Actor{Account: contest.ID{0xac, 15: 9}, Grants: []contest.Grant{{Role: contest.ChiefJudge, Contest: contest.ID{7}, Event: contest.ID{8}}}}
)

func person(n byte, role contest.Role) contest.Actor {
	return contest.Actor{Account: contest.ID{0xac, 15: n}, Name: string(role), Grants: []contest.Grant{{Role: role, Contest: Of, Event: Event}}}
}

// Rig is a desk with the other rooms' ends in the test's hands. Both tablets mark the
// aspects a and b of the works 417A and 023C.
type Rig struct {
	*evidence.Desk
	T    testing.TB
	mu   sync.Mutex // guards the rest
	at   time.Time
	acts []string
}

// New makes a desk on a store.
func New(t testing.TB, store evidence.Store, work evidence.Work) *Rig {
	t.Helper()
	r := &Rig{T: t, at: time.Date(2026, 11, 20, 6, 0, 0, 0, time.UTC)}
	r.Desk = evidence.New(evidence.Config{Store: store, Work: work, Chairs: r, Events: r, Audit: r, Now: r.Now})
	return r
}

// Now is the rig's clock; it goes on by a second whenever it is read.
func (r *Rig) Now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = r.at.Add(time.Second)
	return r.at
}

// Seat is evidence.Chairs.
func (r *Rig) Seat(_ context.Context, a contest.Actor, work, aspect string) (evidence.Seat, error) {
	if a.Device.IsZero() {
		return evidence.Seat{}, fault.New(fault.Forbidden, "judging.role")
	}
	if work != "417A" && work != "023C" || aspect != "a" && aspect != "b" {
		return evidence.Seat{}, fault.New(fault.Missing, "evidence.missing")
	}
	return evidence.Seat{Chair: a.Chair, Judge: a.Name}, nil
}

// Contest is evidence.Events.
func (r *Rig) Contest(_ context.Context, event contest.ID) (contest.ID, error) {
	if event != Event {
		return contest.ID{}, fault.New(fault.Missing, "programme.event_missing")
	}
	return Of, nil
}

// Record is evidence.Audit.
func (r *Rig) Record(_ context.Context, _ contest.Actor, what, _ string, detail map[string]string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.acts = append(r.acts, what+" "+detail["aspect"]+" "+detail["sha256"])
	return nil
}

// Acts are what was noted, in order.
func (r *Rig) Acts() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.acts...)
}

// ID is the n-th photo's id.
func ID(n byte) contest.ID { return scoring.ID{0xf0, 6: 0x40, 8: 0x80, 15: n} }

// Upload is the n-th photo, of aspect a of work 417A.
func Upload(n byte, file []byte) evidence.Upload {
	return evidence.Upload{
		ID: ID(n), Work: "417A", Aspect: "a", File: file, Sum: sha256.Sum256(file), ClientAt: time.Date(2026, 11, 20, 5, 59, 0, 0, time.UTC),
	}
}
