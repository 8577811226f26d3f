package honourstest

import (
	"context"
	"io/fs"
	"sync"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/honours"
	"jiangtai/server/honours/material"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/honours/reading"
)

// Rig is an office and a desk of proposals with the other subjects' ends and the
// clock in the test's hands.
type Rig struct {
	*honours.Office
	*reading.Room
	Desk   *proposal.Desk
	Papers *material.Desk
	Data   honours.Data

	mu      sync.Mutex // guards the rest
	at      time.Time
	acts    []string
	results map[contest.ID][]proposal.Publication
	persons map[contest.ID]proposal.Person
}

// The people of the rig: a grassroots union's two, its county's, the office's
// three and a committee of three.
var (
	Steward   = Person(1, contest.UnitSteward)
	Colleague = Person(2, contest.UnitSteward)
	County    = Person(3, contest.CountyReviewer)
	OfficeA   = Person(4, contest.UnionOffice)
	OfficeB   = Person(5, contest.UnionOffice)
	OfficeC   = Person(6, contest.UnionOffice)
	Members   = []contest.Actor{Person(7, contest.CommitteeMember), Person(8, contest.CommitteeMember), Person(9, contest.CommitteeMember)}
	Stranger  = Person(10, contest.UnitSteward) // of another union
	Admin     = Person(11, contest.Administrator)
)

// Person is an account with roles for the whole city.
func Person(n byte, roles ...contest.Role) contest.Actor {
	a := contest.Actor{Account: contest.ID{0xac, 15: n}, Name: "某人"}
	for _, r := range roles {
		a.Grants = append(a.Grants, contest.Grant{Role: r})
	}
	return a
}

// NewRig makes an office on a store, on Monday 13 April 2026, 9:00 in China. The
// files are those of schemas/honours.
func NewRig(t testing.TB, store interface {
	honours.Store
	proposal.Store
	material.Files
}, work honours.Work, files fs.FS,
) *Rig {
	t.Helper()
	data, err := honours.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	r := &Rig{
		at: time.Date(2026, 4, 13, 1, 0, 0, 0, time.UTC), Data: data,
		results: map[contest.ID][]proposal.Publication{}, persons: map[contest.ID]proposal.Person{},
	}
	r.Office = honours.New(honours.Config{
		Store: store, Work: work, Audit: r, Sequences: data.Sequences, Calendar: data.Calendar, Now: r.Clock,
	})
	r.Room = reading.New(r.Office, people{})
	r.Papers = material.New(material.Config{Files: store, Work: work, Audit: r, Nominees: r.Office, Now: r.Clock})
	r.Desk = proposal.New(proposal.Config{
		Store: store, Work: work, Publications: r, Persons: r, Audit: r, Profiles: data.Profiles, Now: r.Clock,
	})
	return r
}

// Clock is the rig's time.
func (r *Rig) Clock() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at
}

// Set puts the clock to a moment, as 2026-04-17T15:59:59Z.
func (r *Rig) Set(t testing.TB, at string) {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, at)
	if err != nil {
		t.Fatal(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = moment
}

// Pass lets time go by.
func (r *Rig) Pass(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = r.at.Add(d)
}

// Record is the ports' Audit.
func (r *Rig) Record(_ context.Context, _ contest.Actor, what, _ string, _ map[string]string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.acts = append(r.acts, what)
	return nil
}

// Acts are what was audited.
func (r *Rig) Acts() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string{}, r.acts...)
}

// Publish makes a result official.
func (r *Rig) Publish(p proposal.Publication) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.results[p.Event] = append(r.results[p.Event], p)
}

// Know says what registration knows of an entry's person.
func (r *Rig) Know(entry contest.ID, p proposal.Person) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.persons[entry] = p
}

// Heads is proposal.Publications.
func (r *Rig) Heads(context.Context) ([]proposal.Head, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []proposal.Head
	for id, list := range r.results {
		last := list[len(list)-1]
		out = append(out, proposal.Head{Contest: last.Contest, Event: id, Seq: last.Read})
	}
	return out, nil
}

// Published is proposal.Publications.
func (r *Rig) Published(_ context.Context, event contest.ID, after uint64) (proposal.Publication, bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := r.results[event]
	if len(list) == 0 || list[len(list)-1].Seq <= after {
		return proposal.Publication{}, false, nil
	}
	return list[len(list)-1], true, nil
}

// Persons is proposal.Persons.
func (r *Rig) Persons(_ context.Context, _ contest.ID, entries []contest.ID) (map[contest.ID]proposal.Person, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := map[contest.ID]proposal.Person{}
	for _, id := range entries {
		if p, ok := r.persons[id]; ok {
			out[id] = p
		}
	}
	return out, nil
}

// people are reading.People: everybody is called alike.
type people struct{}

// ListPeople is reading.People.
func (people) ListPeople(context.Context, []contest.Role) ([]reading.Account, error) {
	return []reading.Account{{ID: Steward.Account, User: "steward", Name: Steward.Name, Roles: []contest.Role{contest.UnitSteward}}}, nil
}

// Names is reading.People.
func (people) Names(_ context.Context, ids []contest.ID) (map[contest.ID]string, error) {
	out := map[contest.ID]string{}
	for _, id := range ids {
		out[id] = Steward.Name
	}
	return out, nil
}
