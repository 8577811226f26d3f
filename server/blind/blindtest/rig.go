package blindtest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/blind"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// The contest of the rig and its events: with codes only, with seats and codes
// and the full chain, and open, which needs no draw.
var (
	Town  = contest.ID{15: 1}
	Cook  = contest.ID{15: 11}
	Weld  = contest.ID{15: 12}
	Plain = contest.ID{15: 13}
)

// Rig is a desk with the other rooms' ends in the test's hands. Events have six
// entries, 001 to 006.
type Rig struct {
	*blind.Desk

	mu      sync.Mutex // guards the rest
	at      time.Time
	acts    []string
	events  map[contest.ID]blind.Event
	entries map[contest.ID][]contest.Entry
	refuse  error
}

// NewRig makes a desk on a store.
func NewRig(store blind.Store, work blind.Work) *Rig {
	r := &Rig{
		at: time.Date(2026, 5, 18, 1, 0, 0, 0, time.UTC), entries: map[contest.ID][]contest.Entry{},
		events: map[contest.ID]blind.Event{
			Cook:  {Event: contest.Event{ID: Cook, Contest: Town, Code: "cook", Trade: "中式烹调师", Chain: contest.LightChain}, IsCoded: true, ContestName: "小赛事"},
			Weld:  {Event: contest.Event{ID: Weld, Contest: Town, Code: "weld", Trade: "焊工", Chain: contest.FullChain}, IsCoded: true, IsSeated: true, ContestName: "小赛事"},
			Plain: {Event: contest.Event{ID: Plain, Contest: Town, Code: "plain", Trade: "讲解员", Chain: contest.FullChain}, ContestName: "小赛事"},
		},
	}
	for id := range r.events {
		for n := range 6 {
			r.entries[id] = append(r.entries[id], contest.Entry{
				ID: contest.ID{13: id[15], 14: byte(n + 1), 15: 9}, Event: id, EntryNo: fmt.Sprintf("%03d", n+1), Name: fmt.Sprintf("选手%d", n+1),
				Ordinal: scoring.EntryID(n + 1), Unit: contest.Unit{Short: "某厂"},
			})
		}
	}
	r.Desk = blind.New(blind.Config{Store: store, Work: work, Events: r, Labels: r, Judging: &marks{r}, Seconds: r, Audit: &audit{r}, Now: r.Clock})
	return r
}

// Clock is the rig's time.
func (r *Rig) Clock() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at
}

// Pass lets time go by.
func (r *Rig) Pass(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = r.at.Add(d)
}

// Change changes an event.
func (r *Rig) Change(id contest.ID, fn func(e *blind.Event)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e := r.events[id]
	fn(&e)
	r.events[id] = e
}

// Tamper changes an event's entries behind the desk's back.
func (r *Rig) Tamper(id contest.ID, fn func(list []contest.Entry)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	fn(r.entries[id])
}

// Join puts one more entry into an event's list: 007 after six.
func (r *Rig) Join(id contest.ID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := len(r.entries[id]) + 1
	r.entries[id] = append(r.entries[id], contest.Entry{
		ID: contest.ID{13: id[15], 14: byte(n), 15: 9}, Event: id, EntryNo: fmt.Sprintf("%03d", n), Ordinal: scoring.EntryID(n),
	})
}

// RefuseUnsealing lets judging answer with an error.
func (r *Rig) RefuseUnsealing(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refuse = err
}

// FindEvent is blind.Events.
func (r *Rig) FindEvent(_ context.Context, id contest.ID) (blind.Event, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, ok := r.events[id]
	if !ok {
		return blind.Event{}, fault.New(fault.Missing, "programme.event_missing")
	}
	return e, nil
}

// Entries is blind.Labels.
func (r *Rig) Entries(_ context.Context, id contest.ID) ([]contest.Entry, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.entries[id]), nil
}

// Lock is blind.Labels.
func (r *Rig) Lock(ctx context.Context, id contest.ID) ([]contest.Entry, error) {
	return r.Entries(ctx, id)
}

// Pool is blind.Labels: a hundred codes of the form 007X, or seats 001 and up.
func (r *Rig) Pool(l blind.Layer, n int) []string {
	form := "%03d"
	if l == blind.Codes {
		n, form = 100, "%03dX"
	}
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf(form, i+1)
	}
	return out
}

// Assign is blind.Labels; new ordinals are the old ones in reverse.
func (r *Rig) Assign(_ context.Context, id contest.ID, l blind.Layer, labels map[contest.ID]string, first bool) (map[contest.ID]scoring.EntryID, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := map[contest.ID]scoring.EntryID{}
	for i, e := range r.entries[id] {
		if first {
			e.Ordinal = scoring.EntryID(len(r.entries[id])+1) - e.Ordinal
		}
		if l == blind.Codes {
			e.WorkCode = labels[e.ID]
		} else {
			e.SeatNo = labels[e.ID]
		}
		r.entries[id][i], out[e.ID] = e, e.Ordinal
	}
	return out, nil
}

// marks is blind.Judging: the desk's own Unseal is a use case.
type marks struct{ *Rig }

// Unseal asks the gate, as judging does.
func (r *marks) Unseal(ctx context.Context, _ contest.Actor, id contest.ID, _ blind.Unsealing) error {
	if err := r.BeforeUnsealing(ctx, id); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.refuse != nil {
		return r.refuse
	}
	e := r.events[id]
	e.IsUnsealed = true
	r.events[id] = e
	return nil
}

// Second is blind.Seconds: users are named as the people of this package are, in
// lower case, with the password "right".
func (r *Rig) Second(_ context.Context, user, password string) (contest.Actor, error) {
	a, known := people[user]
	if !known || password != "right" {
		return contest.Actor{}, fault.New(fault.Unauthenticated, "identity.wrong")
	}
	return a, nil
}

// audit is blind.Audit: the desk's own Record is a use case.
type audit struct{ *Rig }

// Record notes an act as text.
func (r *audit) Record(_ context.Context, a contest.Actor, what, object string, detail map[string]string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.acts = append(r.acts, fmt.Sprint(a.Name, " ", what, " ", object, " ", detail))
	return nil
}

// Audited is what was audited, as text.
func (r *Rig) Audited() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.acts, "\n")
}

// person is an account of number n with grants.
func person(n byte, name string, grants ...contest.Grant) contest.Actor {
	return contest.Actor{Account: contest.ID{14: n, 15: 7}, Name: name, Grants: grants}
}

func of(role contest.Role, events ...contest.ID) []contest.Grant {
	var out []contest.Grant
	for _, e := range events {
		out = append(out, contest.Grant{Role: role, Contest: Town, Event: e})
	}
	return out
}

// The people of the desk. Coder and Second code all events; Both is a coding judge
// who is the chief judge as well.
var (
	Office  = person(1, "组委会", contest.Grant{Role: contest.Organiser, Contest: Town})
	Host    = person(2, "承办", of(contest.HostSecretary, Cook, Weld)...)
	Coder   = person(3, "加密甲", of(contest.CodingJudge, Cook, Weld, Plain)...)
	Other   = person(4, "加密乙", of(contest.CodingJudge, Cook, Weld, Plain)...)
	Chief   = person(5, "裁判长", of(contest.ChiefJudge, Cook, Weld)...)
	Watcher = person(6, "监督", contest.Grant{Role: contest.Supervisor, Contest: Town})
	Keyer   = person(7, "录分", of(contest.Clerk, Cook, Weld)...)
	Both    = person(8, "两任", append(of(contest.CodingJudge, Weld), of(contest.ChiefJudge, Weld)...)...)
	Root    = person(9, "管理员", contest.Grant{Role: contest.Administrator})
	Foreign = person(10, "外人", contest.Grant{Role: contest.CodingJudge, Contest: contest.ID{15: 2}, Event: contest.ID{15: 21}})
)

var people = map[string]contest.Actor{
	"office": Office, "host": Host, "coder": Coder, "other": Other, "chief": Chief, "watcher": Watcher, "keyer": Keyer, "root": Root,
}

// With is a second person with the right password.
func With(user string) blind.Second { return blind.Second{User: user, Password: "right"} }
