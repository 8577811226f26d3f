package plantest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/plan"
)

// The contests of the rig, a real one and one that others organise, and their
// events: a welder's with a full chain and a turner's with a light one, of two
// hosts, and a cook's.
var (
	Town   = contest.ID{15: 1}
	Far    = contest.ID{15: 2}
	Welder = contest.ID{15: 11}
	Turner = contest.ID{15: 12}
	Cook   = contest.ID{15: 13}
	Port   = contest.ID{15: 21} // hosts the welders
	School = contest.ID{15: 22} // hosts the turners
)

func person(n byte, name string, grants ...contest.Grant) contest.Actor {
	return contest.Actor{Account: contest.ID{14: 1, 15: n}, Name: name, Grants: grants}
}

// The people of the rig.
var (
	Office    = person(1, "江办", contest.Grant{Role: contest.Organiser, Contest: Town})
	Second    = person(2, "江二办", contest.Grant{Role: contest.Organiser, Contest: Town})
	PortHost  = person(3, "港务", contest.Grant{Role: contest.HostSecretary, Contest: Town, Event: Welder})
	OtherHost = person(4, "学校", contest.Grant{Role: contest.HostSecretary, Contest: Town, Event: Turner})
	Watcher   = person(5, "监督", contest.Grant{Role: contest.Supervisor, Contest: Town})
	Chief     = person(6, "裁判长", contest.Grant{Role: contest.ChiefJudge, Contest: Town, Event: Welder})
	Union     = person(7, "评选办", contest.Grant{Role: contest.UnionOffice})
	Admin     = person(8, "管理员", contest.Grant{Role: contest.Administrator})
	Tablet    = contest.Actor{Device: contest.ID{15: 99}, Event: Welder, Chair: 1, Grants: []contest.Grant{{Role: contest.Judge, Event: Welder}}}
)

// Rig is a desk with the other rooms' ends in the test's hands.
type Rig struct {
	*plan.Desk
	// Made is told of events that a sheet makes, in its transaction.
	Made func(ctx context.Context, e plan.Event) error
	// Asked is how often the signing room was asked, for one event's list and for all.
	Asked struct{ One, All int }

	mu      sync.Mutex // guards the rest
	at      time.Time
	events  []plan.Event
	hosts   []plan.Host
	outfits map[contest.ID]plan.Outfit
	lists   map[contest.ID]plan.List
	acts    []string
	changed []contest.ID
}

// NewRig makes a desk on a store.
func NewRig(store plan.Store, work plan.Work) *Rig {
	r := &Rig{
		at:      time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC),
		outfits: map[contest.ID]plan.Outfit{}, lists: map[contest.ID]plan.List{},
		hosts:  []plan.Host{{ID: Port, Contest: Town, Code: "port", Name: "港务学院"}, {ID: School, Contest: Town, Code: "school", Name: "江城技校"}},
		Made:   func(context.Context, plan.Event) error { return nil },
		events: Events(),
	}
	r.Desk = plan.New(plan.Config{
		Store: store, Work: work, Events: r, Programme: r, Lists: r, Audit: r, Now: r.Clock,
		Classes: []string{"city-1", "city-2"},
		Changed: func(_ context.Context, events []contest.ID) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.changed = append(r.changed, events...)
		},
	})
	return r
}

// Events are the rig's events as they are at first.
func Events() []plan.Event {
	spring := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	event := func(id, of, host contest.ID, code, trade, hostCode string, chain contest.Chain) plan.Event {
		e := plan.Event{
			Event: contest.Event{
				ID: id, Contest: of, Code: code, Trade: trade, Stage: contest.Final, Host: host, Depth: contest.Tablet, Chain: chain,
			},
			Position: int(id[15] - 10), ContestCode: "town", ContestName: "市赛", Kind: contest.Real, StartsOn: spring, HostCode: hostCode,
		}
		if of == Far {
			e.ContestCode, e.ContestName = "far", "外地赛"
		}
		return e
	}
	return []plan.Event{
		event(Welder, Town, Port, "weld", "焊工", "port", contest.FullChain),
		event(Turner, Town, School, "turn", "车工", "school", contest.LightChain),
		event(Cook, Far, contest.ID{}, "cook", "厨师", "", contest.FullChain),
	}
}

// Clock is the rig's time.
func (r *Rig) Clock() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at
}

// At sets the time.
func (r *Rig) At(t time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = t
}

// Fit gives an event a scheme and judges of its own.
func (r *Rig) Fit(id contest.ID, o plan.Outfit) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.outfits[id] = o
}

// Sign has the signing room hold a list.
func (r *Rig) Sign(id contest.ID, number string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lists[id] = plan.List{Number: number, At: r.at}
}

// Void has the signing room hold no list any more.
func (r *Rig) Void(id contest.ID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.lists, id)
}

// Acts are what was audited.
func (r *Rig) Acts() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.acts, " ")
}

// Told are the events that Changed was told of.
func (r *Rig) Told() []contest.ID {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.changed)
}

// ListEvents is plan.Events.
func (r *Rig) ListEvents(context.Context) ([]plan.Event, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := slices.Clone(r.events)
	for i, e := range out {
		for _, h := range r.hosts {
			if h.Contest == e.Contest && h.Code == e.HostCode {
				out[i].Host, out[i].HostName = h.ID, h.Name
			}
		}
	}
	return out, nil
}

// FindEvent is plan.Events.
func (r *Rig) FindEvent(ctx context.Context, id contest.ID) (plan.Event, error) {
	list, _ := r.ListEvents(ctx)
	for _, e := range list {
		if e.ID == id {
			return e, nil
		}
	}
	return plan.Event{}, fault.New(fault.Missing, "programme.event_missing")
}

// Outfit is plan.Events.
func (r *Rig) Outfit(_ context.Context, id contest.ID) (plan.Outfit, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.outfits[id], nil
}

// ListHosts is plan.Events.
func (r *Rig) ListHosts(_ context.Context, id contest.ID) ([]plan.Host, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(r.hosts), func(h plan.Host) bool { return h.Contest != id }), nil
}

// ContestOf is plan.Programme.
func (r *Rig) ContestOf(_ context.Context, _ contest.Actor, code string) (contest.ID, error) {
	id, ok := map[string]contest.ID{"town": Town, "far": Far}[code]
	if !ok {
		return id, fault.New(fault.Missing, "programme.contest_missing")
	}
	return id, nil
}

// CreateHost is plan.Programme; it refuses codes with a space.
func (r *Rig) CreateHost(_ context.Context, _ contest.Actor, of contest.ID, code, name string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if strings.Contains(code, " ") {
		return fault.New(fault.Refused, "programme.invalid", fault.At("/code", "programme.code_wrong", code))
	}
	r.hosts = append(r.hosts, plan.Host{ID: contest.ID{14: 9, 15: byte(len(r.hosts))}, Contest: of, Code: code, Name: name})
	return nil
}

// CreateEvent is plan.Programme; it refuses an unknown depth.
func (r *Rig) CreateEvent(ctx context.Context, _ contest.Actor, of contest.ID, d plan.EventDraft) (contest.ID, error) {
	if d.Depth == "deep" {
		return contest.ID{}, fault.New(fault.Refused, "programme.invalid", fault.At("/depth", "programme.not_one_of", "tablet"))
	}
	r.mu.Lock()
	n := len(r.events)
	e := plan.Event{
		Event: contest.Event{
			ID: contest.ID{13: 1, 15: byte(n)}, Contest: of, Code: d.Code, Trade: d.Trade, Title: d.Title, Stage: contest.Final, Depth: contest.Tablet,
			Chain: contest.FullChain,
		},
		Position: n + 1, ContestCode: "town", HostCode: d.Host,
	}
	r.events = append(r.events, e)
	r.mu.Unlock()
	return e.ID, r.Made(ctx, e)
}

// ChangeEvent is plan.Programme; the welders are open, and keep their depth.
func (r *Rig) ChangeEvent(_ context.Context, _ contest.Actor, id contest.ID, d plan.EventDraft) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, e := range r.events {
		if e.ID != id {
			continue
		}
		if id == Welder && d.Depth != "" && d.Depth != string(e.Depth) {
			return fault.New(fault.Refused, "programme.event_open", fault.At("/depth", "programme.event_open", string(e.Depth)))
		}
		r.events[i].Trade, r.events[i].Title, r.events[i].HostCode = d.Trade, d.Title, d.Host
	}
	return nil
}

// SignedList is plan.Lists.
func (r *Rig) SignedList(_ context.Context, id contest.ID) (plan.List, bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Asked.One++
	l, ok := r.lists[id]
	return l, ok, nil
}

// SignedLists is plan.Lists.
func (r *Rig) SignedLists(context.Context) (map[contest.ID]plan.List, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Asked.All++
	return maps.Clone(r.lists), nil
}

// Record is plan.Audit.
func (r *Rig) Record(_ context.Context, a contest.Actor, what, object string, _ map[string]string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.acts = append(r.acts, fmt.Sprintf("%s:%s:%s", a.Name, what, object[:strings.IndexByte(object+"/", '/')]))
	return nil
}

// PDF is a document of that kind, with a text in it.
func PDF(text string) []byte { return []byte("%PDF-1.7\n" + text) }
