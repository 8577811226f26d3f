package programme

import (
	"jiangtai/server/contest"
	"jiangtai/server/programme/vetting"
)

// The drafts and limits of what vetting checks.
type (
	// UnitDraft is a unit as somebody proposes it.
	UnitDraft = vetting.UnitDraft
	// ChairDraft is a chair as somebody proposes it.
	ChairDraft = vetting.ChairDraft
	// EntryDraft is an entry as somebody proposes it.
	EntryDraft = vetting.EntryDraft
)

// The most that one event holds.
const (
	MaxEntries = vetting.MaxEntries
	MaxChairs  = vetting.MaxChairs
)

// DraftsOf are entries as drafts, for who adds some to those that are there.
func DraftsOf(list []contest.Entry) []EntryDraft { return vetting.DraftsOf(list) }

type place = vetting.Place

// checker adds this room's own rows to what vetting checks.
type checker struct{ vetting.Checker }

// form is a checker of what the console sends.
func form() checker { return checker{vetting.Form()} }

// ContestDraft is a contest as somebody proposes it.
type ContestDraft struct {
	Code, Name, NameEn, Kind, Organiser string
	StartsOn, EndsOn                    string // 2026-05-18, or ""
	Visible                             bool
}

// contest checks a draft. at says where a field stands.
func (c checker) contest(d ContestDraft, at func(field string) string) Contest {
	c.Code(at("code"), d.Code, vetting.ContestCode, map[string]bool{})
	out := Contest{Visible: d.Visible, Contest: contest.Contest{
		Code:      d.Code,
		Name:      c.Text(at("name"), d.Name, true),
		NameEn:    c.Text(at("name_en"), d.NameEn, false),
		Kind:      vetting.OneOf(c.Checker, at("kind"), d.Kind, "", contest.Real, contest.Rehearsal, contest.Demo),
		Organiser: c.Text(at("organiser"), d.Organiser, false),
		StartsOn:  c.Date(at("starts_on"), d.StartsOn),
		EndsOn:    c.Date(at("ends_on"), d.EndsOn),
	}}
	if !out.StartsOn.IsZero() && !out.EndsOn.IsZero() && out.EndsOn.Before(out.StartsOn) {
		c.Faults.Add(at("ends_on"), "programme.dates_reversed", d.StartsOn)
	}
	return out
}

// EventDraft is an event as somebody proposes it. Host is a code, "" for none; an
// empty Chain is what is usual in the contest's kind.
type EventDraft struct {
	Code, Trade, TradeEn, Title, TitleEn string
	Stage, Group, Hall, Host             string
	Depth, Chain                         string
}

// event checks a draft at a row against the contest's kind and hosts.
func (c checker) event(d EventDraft, kind contest.Kind, row int, at place, hosts map[string]contest.ID, seen map[string]bool) Event {
	c.Code(at(row, "code"), d.Code, vetting.RowCode, seen)
	e := Event{HostCode: d.Host, Event: contest.Event{
		Code:    d.Code,
		Trade:   c.Text(at(row, "trade"), d.Trade, true),
		TradeEn: c.Text(at(row, "trade_en"), d.TradeEn, false),
		Title:   c.Text(at(row, "title"), d.Title, false),
		TitleEn: c.Text(at(row, "title_en"), d.TitleEn, false),
		Stage:   vetting.OneOf(c.Checker, at(row, "stage"), d.Stage, contest.Final, contest.Preliminary, contest.Selection, contest.Final),
		Group:   c.Text(at(row, "group"), d.Group, false),
		Hall:    c.Text(at(row, "hall"), d.Hall, false),
		Depth:   vetting.OneOf(c.Checker, at(row, "depth"), d.Depth, contest.Tablet, contest.ResultsOnly, contest.Paper, contest.Tablet),
		Chain:   vetting.OneOf(c.Checker, at(row, "chain"), d.Chain, contest.UsualChain(kind), contest.FullChain, contest.LightChain),
	}}
	if d.Host != "" {
		id, ok := hosts[d.Host]
		if !ok {
			c.Faults.Add(at(row, "host"), "programme.host_unknown", d.Host)
		}
		e.Host = id
	}
	return e
}

// HostDraft is a host as somebody proposes it.
type HostDraft struct{ Code, Name string }

func (c checker) host(d HostDraft, row int, at place, seen map[string]bool) Host {
	c.Code(at(row, "code"), d.Code, vetting.RowCode, seen)
	return Host{ID: newID(), Code: d.Code, Name: c.Text(at(row, "name"), d.Name, true)}
}
