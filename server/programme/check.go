package programme

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme/parcel"
)

// The forms of codes and labels. Labels stand in addresses and on paper slips.
var (
	contestCode = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,39}$`)
	rowCode     = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$`)
	labelForm   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,19}$`)
)

// maxName is the longest name, in characters.
const maxName = 120

// place says where a row's field stands, in a file or in a document.
type place func(row int, field string) string

// checker collects what is wrong with values, for a package and the console
// alike.
type checker struct {
	faults *parcel.Faults
	filled bool // the reader of the package has told of what is empty
}

// form is a checker of what the console sends.
func form() checker { return checker{faults: &parcel.Faults{}} }

// empty tells of a place that must be filled, once.
func (c checker) empty(at string) {
	if !c.filled {
		c.faults.Add(at, "programme.empty", "")
	}
}

// refuse is the error of all that was found, nil for nothing.
func (c checker) refuse(code string) error {
	if !c.faults.Any() {
		return nil
	}
	return fault.New(fault.Refused, code, c.faults.Fields()...)
}

// text checks a name: showable, not too long, not empty where it is required.
func (c checker) text(at, s string, required bool) string {
	s = strings.TrimSpace(s)
	switch {
	case s == "" && required:
		c.empty(at)
	case utf8.RuneCountInString(s) > maxName:
		c.faults.Add(at, "programme.too_long", strconv.Itoa(maxName))
	case !parcel.Showable(s):
		c.faults.Add(at, "programme.not_showable", "")
	}
	return s
}

// code checks a code against its form and against those already seen.
func (c checker) code(at, s string, pattern *regexp.Regexp, seen map[string]bool) {
	switch {
	case s == "":
		c.empty(at)
	case !pattern.MatchString(s):
		c.faults.Add(at, "programme.code_wrong", s)
	case seen[s]:
		c.faults.Add(at, "programme.code_duplicate", s)
	}
	seen[s] = true
}

// oneOf checks a word of a closed list; "" is the otherwise.
func oneOf[T ~string](c checker, at, s string, otherwise T, all ...T) T {
	if s == "" && otherwise != "" {
		return otherwise
	}
	names := make([]string, 0, len(all))
	for _, v := range all {
		if string(v) == s {
			return v
		}
		names = append(names, string(v))
	}
	c.faults.Add(at, "programme.not_one_of", strings.Join(names, ", "))
	return otherwise
}

// date reads 2026-05-18; "" is the zero time.
func (c checker) date(at, s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1950 || t.Year() > 2200 {
		c.faults.Add(at, "programme.date_wrong", s)
		return time.Time{}
	}
	return t
}

// ContestDraft is a contest as somebody proposes it.
type ContestDraft struct {
	Code, Name, NameEn, Kind, Organiser string
	StartsOn, EndsOn                    string // 2026-05-18, or ""
	Visible                             bool
}

// contest checks a draft. at says where a field stands.
func (c checker) contest(d ContestDraft, at func(field string) string) Contest {
	c.code(at("code"), d.Code, contestCode, map[string]bool{})
	out := Contest{Visible: d.Visible, Contest: contest.Contest{
		Code:      d.Code,
		Name:      c.text(at("name"), d.Name, true),
		NameEn:    c.text(at("name_en"), d.NameEn, false),
		Kind:      oneOf(c, at("kind"), d.Kind, "", contest.Real, contest.Rehearsal, contest.Demo),
		Organiser: c.text(at("organiser"), d.Organiser, false),
		StartsOn:  c.date(at("starts_on"), d.StartsOn),
		EndsOn:    c.date(at("ends_on"), d.EndsOn),
	}}
	if !out.StartsOn.IsZero() && !out.EndsOn.IsZero() && out.EndsOn.Before(out.StartsOn) {
		c.faults.Add(at("ends_on"), "programme.dates_reversed", d.StartsOn)
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
	c.code(at(row, "code"), d.Code, rowCode, seen)
	e := Event{HostCode: d.Host, Event: contest.Event{
		Code:    d.Code,
		Trade:   c.text(at(row, "trade"), d.Trade, true),
		TradeEn: c.text(at(row, "trade_en"), d.TradeEn, false),
		Title:   c.text(at(row, "title"), d.Title, false),
		TitleEn: c.text(at(row, "title_en"), d.TitleEn, false),
		Stage:   oneOf(c, at(row, "stage"), d.Stage, contest.Final, contest.Preliminary, contest.Selection, contest.Final),
		Group:   c.text(at(row, "group"), d.Group, false),
		Hall:    c.text(at(row, "hall"), d.Hall, false),
		Depth:   oneOf(c, at(row, "depth"), d.Depth, contest.Tablet, contest.ResultsOnly, contest.Paper, contest.Tablet),
		Chain:   oneOf(c, at(row, "chain"), d.Chain, contest.UsualChain(kind), contest.FullChain, contest.LightChain),
	}}
	if d.Host != "" {
		id, ok := hosts[d.Host]
		if !ok {
			c.faults.Add(at(row, "host"), "programme.host_unknown", d.Host)
		}
		e.Host = id
	}
	return e
}

// UnitDraft is a unit as somebody proposes it. An empty Short is the name, an
// empty Kind a work unit.
type UnitDraft struct{ Code, Name, Short, Kind string }

func (c checker) unit(d UnitDraft, row int, at place, seen map[string]bool) contest.Unit {
	c.code(at(row, "code"), d.Code, rowCode, seen)
	u := contest.Unit{
		ID: newID(), Code: d.Code,
		Name:  c.text(at(row, "name"), d.Name, true),
		Short: c.text(at(row, "short"), d.Short, false),
		Kind: oneOf(c, at(row, "kind"), d.Kind, contest.WorkUnit,
			contest.WorkUnit, contest.Grassroots, contest.CountyUnion, contest.IndustryUnion),
	}
	if u.Short == "" {
		u.Short = u.Name
	}
	return u
}

// HostDraft is a host as somebody proposes it.
type HostDraft struct{ Code, Name string }

func (c checker) host(d HostDraft, row int, at place, seen map[string]bool) Host {
	c.code(at(row, "code"), d.Code, rowCode, seen)
	return Host{ID: newID(), Code: d.Code, Name: c.text(at(row, "name"), d.Name, true)}
}
