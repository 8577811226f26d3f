package programme

import (
	"crypto/sha256"
	"slices"
	"strconv"

	"jiangtai/server/contest"
	"jiangtai/server/programme/labels"
	"jiangtai/server/programme/outline"
	"jiangtai/server/programme/parcel"
	"jiangtai/server/programme/vetting"
)

// plan is a package turned into rows, all checked.
type plan struct {
	contest Contest
	hosts   []Host
	units   []contest.Unit
	events  []Event
	schemes []SchemeVersion
	chairs  []contest.Chair
	entries []contest.Entry
}

// planner makes a plan; it goes on after a fault, so that all come at once.
type planner struct {
	checker
	in     *parcel.Parcel
	out    plan
	shapes map[string]Outline // by scheme name; faulty ones have none, no scheme an empty one
	units  map[string]contest.Unit
	hosts  map[string]contest.ID
	events map[string]int // by code, the index in out.events
}

// planOf checks a parcel's values and references. Faults of reading are in
// faults already; what is missing because of them is not blamed again.
func planOf(in *parcel.Parcel, faults *parcel.Faults) plan {
	p := planner{
		checker: checker{vetting.Checker{Faults: faults, Filled: true}}, in: in, shapes: map[string]Outline{"": {}},
		units: map[string]contest.Unit{}, hosts: map[string]contest.ID{}, events: map[string]int{},
	}
	c := in.Contest
	if c.Code != "" || c.Name != "" {
		p.out.contest = p.contest(ContestDraft{
			Code: c.Code, Name: c.Name, NameEn: c.NameEn, Kind: c.Kind, Organiser: c.Organiser,
			StartsOn: c.StartsOn, EndsOn: c.EndsOn, Visible: c.Visible,
		}, func(field string) string { return "contest.json#/" + field })
	}
	p.planSchemes()
	p.planParties()
	p.planEvents()
	p.planChairs()
	p.planEntries()
	return p.out
}

// at places faults in a file of the package.
func (p *planner) at(file string) place {
	return func(line int, field string) string { return p.in.Place(file, line, field) }
}

// planSchemes compiles every scheme once, however many events use it.
func (p *planner) planSchemes() {
	for _, name := range schemeNames(p.in) {
		shape, fields := outline.Read(p.in.Schemes[name], parcel.SchemeFile(name)+"#")
		for _, f := range fields {
			p.Faults.Add(f.Path, f.Code, f.Hint)
		}
		if fields == nil {
			p.shapes[name] = shape
		}
	}
}

func schemeNames(in *parcel.Parcel) []string {
	names := make([]string, 0, len(in.Schemes))
	for name := range in.Schemes {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (p *planner) planParties() {
	seen := map[string]bool{}
	for _, h := range p.in.Hosts {
		made := p.host(HostDraft{h.Code, h.Name}, h.Line, p.at("hosts.csv"), seen)
		p.hosts[made.Code] = made.ID
		p.out.hosts = append(p.out.hosts, made)
	}
	seen = map[string]bool{}
	parents, lines := make([]string, 0, len(p.in.Units)), make([]int, 0, len(p.in.Units))
	for _, u := range p.in.Units {
		p.out.units = append(p.out.units, p.Unit(UnitDraft{Code: u.Code, Name: u.Name, Short: u.Short, Kind: u.Kind}, u.Line, p.at("units.csv"), seen))
		parents, lines = append(parents, u.Parent), append(lines, u.Line)
	}
	p.Parents(p.out.units, parents, lines, p.at("units.csv"), nil)
	for _, u := range p.out.units {
		p.units[u.Code] = u
	}
}

func (p *planner) planEvents() {
	seen, used := map[string]bool{}, map[string]bool{}
	at := p.at("events.csv")
	for _, e := range p.in.Events {
		made := p.event(EventDraft{
			Code: e.Code, Trade: e.Trade, TradeEn: e.TradeEn, Title: e.Title, TitleEn: e.TitleEn,
			Stage: e.Stage, Group: e.Group, Hall: e.Hall, Host: e.Host, Depth: e.Depth, Chain: e.Chain,
		}, p.out.contest.Kind, e.Line, at, p.hosts, seen)
		made.ID, made.Ledger = newID(), newID()
		p.events[e.Code] = len(p.out.events)
		p.out.events = append(p.out.events, made)
		if e.Scheme == "" {
			continue // not written yet: no chairs, and not to be opened
		}
		text, ok := p.in.Schemes[e.Scheme]
		if !ok {
			p.Faults.Add(at(e.Line, "scheme"), "programme.scheme_unknown", e.Scheme)
		}
		used[e.Scheme] = true
		p.out.schemes = append(p.out.schemes, SchemeVersion{
			Event: made.ID, Version: 1, Name: e.Scheme, Text: text, Sum: sha256.Sum256(text),
		})
	}
	for _, name := range schemeNames(p.in) {
		if !used[name] && p.in.Has("events.csv") {
			p.Faults.Add(parcel.SchemeFile(name), "programme.scheme_unused", name)
		}
	}
	if len(p.in.Events) == 0 && p.in.Has("events.csv") {
		p.Faults.Add("events.csv", "programme.no_events", "")
	}
}

// shapeOf is the outline of an event's scheme; false where it cannot be known.
func (p *planner) shapeOf(event int) (Outline, bool) {
	shape, ok := p.shapes[p.in.Events[event].Scheme]
	return shape, ok
}

// groups sorts rows by their event, in the order of events. Rows of events that
// are not there are faults.
func groups[T any](p *planner, file string, rows []T, event func(T) (string, int)) [][]T {
	out := make([][]T, len(p.out.events))
	for _, r := range rows {
		code, line := event(r)
		i, ok := p.events[code]
		if !ok {
			if code != "" && p.in.Has("events.csv") {
				p.Faults.Add(p.in.Place(file, line, "event"), "programme.event_unknown", code)
			}
			continue
		}
		out[i] = append(out[i], r)
	}
	return out
}

func (p *planner) planChairs() {
	const file = "judges.csv"
	at := p.at(file)
	for i, group := range groups(p, file, p.in.Judges, func(j parcel.Judge) (string, int) { return j.Event, j.Line }) {
		drafts, lines := make([]ChairDraft, 0, len(group)), make([]int, 0, len(group))
		for n, j := range group {
			drafts = append(drafts, ChairDraft{
				Number: n + 1, Panel: j.Panel, Seat: p.whole(at(j.Line, "seat"), j.Seat),
				Judge: j.Judge, Chief: p.flag(at(j.Line, "chief"), j.Chief),
			})
			lines = append(lines, j.Line)
		}
		shape, ok := p.shapeOf(i)
		if !ok {
			continue
		}
		for _, ch := range p.Chairs(drafts, lines, at, shape) {
			ch.Event = p.out.events[i].ID
			p.out.chairs = append(p.out.chairs, ch)
		}
	}
}

func (p *planner) planEntries() {
	const file = "entries.csv"
	at := p.at(file)
	for i, group := range groups(p, file, p.in.Entries, func(e parcel.Entry) (string, int) { return e.Event, e.Line }) {
		drafts, lines := make([]EntryDraft, 0, len(group)), make([]int, 0, len(group))
		for _, e := range group {
			drafts = append(drafts, EntryDraft{
				EntryNo: e.EntryNo, SeatNo: e.SeatNo, WorkCode: e.WorkCode, Name: e.Name, Unit: e.Unit,
				Kind: e.Kind, Team: e.Team, Group: e.Group, County: e.County,
			})
			lines = append(lines, e.Line)
		}
		shape, _ := p.shapeOf(i)
		list := p.Entries(drafts, lines, at, p.units, shape)
		for n := range list {
			list[n].Event = p.out.events[i].ID
		}
		labels.Number(list, shape)
		p.out.entries = append(p.out.entries, list...)
	}
}

// whole reads a whole number; "" is 0.
func (p *planner) whole(at, s string) int {
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		p.Faults.Add(at, "programme.number_wrong", s)
		return 0
	}
	return n
}

// flag reads true or false; "" is false.
func (p *planner) flag(at, s string) bool {
	if s != "" && s != "true" && s != "false" {
		p.Faults.Add(at, "programme.flag_wrong", "true, false")
	}
	return s == "true"
}

// count is how many there are of each, for the preview.
func (p plan) count() Counted {
	names := map[string]bool{}
	for _, s := range p.schemes {
		names[s.Name] = true
	}
	return Counted{
		Events: len(p.events), Entries: len(p.entries), Units: len(p.units),
		Judges: len(p.chairs), Schemes: len(names), Hosts: len(p.hosts),
	}
}

// bind gives all rows the ids that they share.
func (p *plan) bind(id contest.ID) {
	p.contest.ID = id
	for i := range p.hosts {
		p.hosts[i].Contest = id
	}
	for i := range p.events {
		p.events[i].Contest, p.events[i].Position = id, i+1
		p.events[i].ContestCode, p.events[i].ContestName = p.contest.Code, p.contest.Name
		p.events[i].Kind, p.events[i].Visible = p.contest.Kind, p.contest.Visible
	}
}
