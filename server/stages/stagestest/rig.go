package stagestest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/stages"
)

// The contests of the rig and their events: three stages of welders, of which the
// first is another contest's, and a cook's, which only its own contest may see.
var (
	Town   = contest.ID{0xc0, 15: 1}
	County = contest.ID{0xc0, 15: 2}
	Far    = contest.ID{0xc0, 15: 3}
	Prelim = contest.ID{0xe0, 15: 1}
	Select = contest.ID{0xe0, 15: 2}
	Final  = contest.ID{0xe0, 15: 3}
	Cook   = contest.ID{0xe0, 15: 4}
)

func person(n byte, grants ...contest.Grant) contest.Actor {
	return contest.Actor{Account: contest.ID{0xac, 15: n}, Name: fmt.Sprint("官员", n), Grants: grants}
}

// Who works for the events, and one who does not.
var (
	Office   = person(1, contest.Grant{Role: contest.Organiser, Contest: Town})
	Host     = person(2, contest.Grant{Role: contest.HostSecretary, Contest: Town, Event: Final})
	Chief    = person(3, contest.Grant{Role: contest.ChiefJudge, Contest: Town, Event: Final})
	Admin    = person(4, contest.Grant{Role: contest.Administrator})
	Stranger = person(5, contest.Grant{Role: contest.Organiser, Contest: Far})
)

// Scheme is a scheme of two components with these parts: who goes on, and the
// words of its second aspect.
func Scheme(advance, second string) string {
	if advance != "" {
		advance = `"advance":` + advance + `,`
	}
	return `{"format":"jiangtai.scheme/1","name":{"zh":"焊工"},"panels":[{"id":"floor","name":{"zh":"现场"}}],
 "composition":"sum","ranking":{"ties":"decision"},` + advance + `
 "components":[
  {"id":"work","name":{"zh":"实操"},"criteria":[{"id":"w","name":{"zh":"制作"},"subs":[{"id":"ws","name":{"zh":"过程"},"aspects":[
   {"id":"size","name":{"zh":"尺寸"},"kind":"points","panel":"floor","max":"100","step":"0.01"}]}]}]},
  {"id":"theory","name":{"zh":"理论"},"criteria":[{"id":"t","name":{"zh":"理论"},"subs":[{"id":"ts","name":{"zh":"理论"},"aspects":[` + second + `]}]}]}]}`
}

// The second aspects of schemes: a number from outside, or one that is carried.
const (
	Outside = `{"id":"paper","name":{"zh":"理论成绩"},"kind":"external","max":"50","step":"0.01"}`
	Carries = `{"id":"paper","name":{"zh":"初赛成绩"},"kind":"external","max":"%s","step":"%s","carried":"%s"}`
)

// event is one event with its board.
type event struct {
	stages.Event
	entries []contest.Entry
	rules   *scoring.Rules // of the newest scheme; nil without one
	board   *scoring.Board
	at      time.Time // of the last publication
	pubSeq  uint64
	marks   uint32
}

// Rig is a desk with boards of its own; what other rooms would say is in its
// fields. Records are written without anybody's permission.
type Rig struct {
	*stages.Desk
	T testing.TB

	events  map[contest.ID]*event
	order   []contest.ID
	units   map[contest.ID][]contest.Unit
	persons map[contest.ID]string // by entry
	at      time.Time
	acts    []string
	changed []contest.ID
	// Refuse answers the programme's next edits.
	Refuse error
}

// New makes a rig on a store. The preliminary has ten entries with marks from 90
// down, is published, and lets three go on; the final has none.
func New(t testing.TB, store stages.Store, work stages.Work) *Rig {
	t.Helper()
	r := &Rig{
		T: t, events: map[contest.ID]*event{}, units: map[contest.ID][]contest.Unit{}, persons: map[contest.ID]string{},
		at: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC),
	}
	if m, ok := store.(*Memory); ok {
		m.Undo(r.keep)
	}
	r.Desk = stages.New(stages.Config{
		Store: store, Work: work, Events: r, Programme: r, Persons: r, Boards: r, Marks: r, Audit: r, Now: r.Now,
		Changed: func(_ context.Context, ids []contest.ID) { r.changed = append(r.changed, ids...) },
	})
	add := func(id, of contest.ID, name, code, trade string, stage contest.Stage, visible bool) {
		r.events[id] = &event{Event: stages.Event{
			Event: contest.Event{ID: id, Contest: of, Code: code, Trade: trade, Stage: stage}, ContestName: name, IsVisible: visible,
		}}
		r.order = append(r.order, id)
	}
	add(Prelim, County, "县选拔", "w-1", "焊工", contest.Preliminary, true)
	add(Select, Town, "市赛", "w-2", "焊工", contest.Selection, true)
	add(Final, Town, "市赛", "w-3", "焊工", contest.Final, true)
	add(Cook, Far, "外地", "cook", "中式烹调师", contest.Final, false)
	r.units[County] = []contest.Unit{{ID: contest.ID{7, 1}, Code: "a", Name: "江城造船厂", Short: "造船厂"}, {ID: contest.ID{7, 2}, Code: "b", Name: "江城机床厂", Short: "机床厂"}}
	r.units[Town] = []contest.Unit{{ID: contest.ID{8, 1}, Code: "yard", Name: "江城造船厂", Short: "造船厂"}, {ID: contest.ID{8, 2}, Code: "b", Name: "江城电厂", Short: "电厂"}}
	return r
}

// Publish makes the preliminary with these marks, in the order of its entries,
// and publishes it.
func (r *Rig) Publish(advance string, marks ...string) {
	r.T.Helper()
	r.SetScheme(Prelim, Scheme(advance, Outside))
	for i := range marks {
		r.Admit(Prelim, fmt.Sprintf("选手%02d", i+1), i%2)
	}
	r.Open(Prelim)
	for i, m := range marks {
		if m == "" {
			r.Write(Prelim, scoring.Command{Kind: scoring.SetState, Entry: scoring.EntryID(i + 1), Value: string(scoring.DidNotStart)})
			continue
		}
		r.Mark(Prelim, i+1, m)
		r.Write(Prelim, scoring.Command{Kind: scoring.Mark, Entry: scoring.EntryID(i + 1), Aspect: "paper", Value: "10"})
	}
	r.Settle(Prelim)
}

// Settle locks and publishes.
func (r *Rig) Settle(id contest.ID) {
	r.T.Helper()
	r.Write(id, scoring.Command{Kind: scoring.Lock, Second: scoring.ID{2}})
	r.Write(id, scoring.Command{Kind: scoring.Publish, Second: scoring.ID{2}})
}

// Reopen takes a publication back.
func (r *Rig) Reopen(id contest.ID) {
	r.T.Helper()
	r.Write(id, scoring.Command{Kind: scoring.Reopen, Second: scoring.ID{2}, TextHash: [32]byte{1}})
}

// SetScheme makes text the event's newest scheme.
func (r *Rig) SetScheme(id contest.ID, text string) {
	r.T.Helper()
	s, err := scheme.Parse([]byte(text))
	if err != nil {
		r.T.Fatal(err)
	}
	rules, err := scoring.Compile(s)
	if err != nil {
		r.T.Fatal(err)
	}
	r.events[id].rules = rules
}

// Admit makes an entry of a unit by its place in the contest's list.
func (r *Rig) Admit(id contest.ID, name string, unit int) contest.ID {
	e := r.events[id]
	n := len(e.entries) + 1
	entry := contest.Entry{
		ID: contest.ID{0xee, id[15], 14: byte(n)}, Event: id, Ordinal: scoring.EntryID(n), EntryNo: fmt.Sprintf("%03d", n), Name: name,
		Unit: r.units[e.Contest][unit],
	}
	e.entries = append(e.entries, entry)
	return entry.ID
}

// Know tells the person behind an entry.
func (r *Rig) Know(entry contest.ID, key string) { r.persons[entry] = key }

// Rename changes how an entry is called.
func (r *Rig) Rename(id contest.ID, n int, name string) { r.events[id].entries[n-1].Name = name }

// Open opens marking for all entries.
func (r *Rig) Open(id contest.ID) {
	r.T.Helper()
	e := r.events[id]
	e.board = scoring.NewBoard(scoring.RuleSet{1: e.rules})
	r.Write(id, scoring.Command{Kind: scoring.Adopt, Value: fmt.Sprintf("%064d", 1)})
	r.Write(id, scoring.Command{Kind: scoring.Seat, Chair: 1, Aspect: "floor"})
	for _, en := range e.entries {
		r.Write(id, scoring.Command{Kind: scoring.Admit, Entry: en.Ordinal})
	}
	r.Write(id, scoring.Command{Kind: scoring.Open})
}

// Mark gives an entry its mark of the floor.
func (r *Rig) Mark(id contest.ID, n int, value string) {
	r.T.Helper()
	r.Write(id, scoring.Command{Kind: scoring.Mark, Chair: 1, Entry: scoring.EntryID(n), Aspect: "size", Value: value})
}

// Write writes a record that the board must take.
func (r *Rig) Write(id contest.ID, c scoring.Command) {
	r.T.Helper()
	e := r.events[id]
	e.marks++
	if c.MarkID.IsZero() {
		c.MarkID = scoring.ID{0x4d, id[15], 12: byte(e.marks >> 16), 13: byte(e.marks >> 8), 15: byte(e.marks)}
	}
	c.Actor, c.Version = scoring.ID{1}, 1
	if c.Kind == scoring.Mark && c.Supersedes.IsZero() {
		if old, ok := e.board.Cell(c.Entry, c.Aspect, max(c.Attempt, 1), max(c.Round, 1), c.Chair); ok {
			c.Supersedes = old.MarkID
		}
	}
	d, no := e.board.Check(c)
	if no != nil {
		r.T.Fatalf("%+v: %+v", c, no)
	}
	r.at = r.at.Add(time.Second)
	if err := e.board.Apply(scoring.Record{Command: d.Command, Seq: e.board.Seq() + 1, At: r.at.UnixNano()}, nil); err != nil {
		r.T.Fatal(err)
	}
	if c.Kind == scoring.Publish {
		e.pubSeq, e.at = e.board.Seq(), r.at
	}
}

// Entries are an event's entries as "001 选手01 江城造船厂".
func (r *Rig) Entries(id contest.ID) []string {
	var out []string
	for _, e := range r.events[id].entries {
		out = append(out, e.EntryNo+" "+e.Name+" "+e.Unit.Name)
	}
	return out
}

// Given is the carried mark of an entry; "" is none.
func (r *Rig) Given(id contest.ID, n int) string {
	m, _ := r.events[id].board.Cell(scoring.EntryID(n), "paper", 1, 1, 0)
	return m.Value
}

// Acts are what was audited, and Changed who was told.
func (r *Rig) Acts() []string { return r.acts }

// Changed are the events that were edited.
func (r *Rig) Changed() []contest.ID { return r.changed }

// Pass moves the clock.
func (r *Rig) Pass(d time.Duration) { r.at = r.at.Add(d) }

// Now is the rig's clock.
func (r *Rig) Now() time.Time { return r.at }

// keep remembers entries and units for a transaction that fails.
func (r *Rig) keep() func() {
	units, acts, entries := maps.Clone(r.units), len(r.acts), map[contest.ID][]contest.Entry{}
	for id, e := range r.events {
		entries[id] = slices.Clone(e.entries)
	}
	return func() {
		r.units, r.acts = units, r.acts[:acts]
		for id, list := range entries {
			r.events[id].entries = list
		}
	}
}

// FindEvent implements stages.Events.
func (r *Rig) FindEvent(_ context.Context, id contest.ID) (stages.Event, error) {
	if e, ok := r.events[id]; ok {
		return e.Event, nil
	}
	return stages.Event{}, fault.New(fault.Missing, "programme.event_missing")
}

// ListEvents implements stages.Events.
func (r *Rig) ListEvents(context.Context) ([]stages.Event, error) {
	var out []stages.Event
	for _, id := range r.order {
		out = append(out, r.events[id].Event)
	}
	return out, nil
}

// ListEntries implements stages.Events.
func (r *Rig) ListEntries(_ context.Context, id contest.ID) ([]contest.Entry, error) {
	return slices.Clone(r.events[id].entries), nil
}

// ListUnits implements stages.Events.
func (r *Rig) ListUnits(_ context.Context, id contest.ID) ([]contest.Unit, error) {
	return slices.Clone(r.units[id]), nil
}
