package vetting

import (
	"strconv"
	"strings"

	"jiangtai/server/contest"
	"jiangtai/server/programme/outline"
	"jiangtai/server/programme/pinyin"
	"jiangtai/server/programme/workcode"
)

// EntryDraft is an entry as somebody proposes it. Unit is a code, "" for none;
// empty labels are given. Kind is "", person or team; Team names a member's team
// by its entry number or its name.
type EntryDraft struct{ EntryNo, SeatNo, WorkCode, Name, Unit, Kind, Team, Group, County string }

// DraftsOf are entries as drafts, for who adds some to those that are there. It
// names teams by number.
func DraftsOf(list []contest.Entry) []EntryDraft {
	numbers := map[contest.ID]string{}
	for _, e := range list {
		numbers[e.ID] = e.EntryNo
	}
	out := make([]EntryDraft, 0, len(list))
	for _, e := range list {
		out = append(out, EntryDraft{
			EntryNo: e.EntryNo, SeatNo: e.SeatNo, WorkCode: e.WorkCode, Name: e.Name, Unit: e.Unit.Code,
			Kind: string(e.Kind), Team: numbers[e.Team], Group: e.Group, County: e.County,
		})
	}
	return out
}

// Entries checks an event's entries together; rows say where each stands.
func (c Checker) Entries(list []EntryDraft, rows []int, at Place, units map[string]contest.Unit, o outline.Outline) []contest.Entry {
	most := MaxEntries
	if o.Coded {
		most = workcode.Codes
	}
	if len(list) > most {
		c.Faults.Add(at(rows[most], "name"), "programme.too_many_entries", strconv.Itoa(most))
		list = list[:most]
	}
	numbers, seats, codes := map[string]bool{}, map[string]bool{}, map[string]bool{}
	out := make([]contest.Entry, 0, len(list))
	for i, d := range list {
		row := rows[i]
		c.Label(at(row, "entry_no"), d.EntryNo, numbers)
		c.Label(at(row, "seat_no"), d.SeatNo, seats)
		if d.WorkCode != "" && !workcode.IsCode(d.WorkCode) {
			c.Faults.Add(at(row, "work_code"), "programme.work_code_wrong", d.WorkCode)
		} else {
			c.Label(at(row, "work_code"), d.WorkCode, codes)
		}
		e := contest.Entry{
			ID: newEntryID(), EntryNo: d.EntryNo, SeatNo: d.SeatNo, WorkCode: d.WorkCode,
			Name: c.Text(at(row, "name"), d.Name, true), Pinyin: pinyin.Name(d.Name),
			Group: c.Text(at(row, "group"), d.Group, false), County: c.Text(at(row, "county"), d.County, false),
		}
		if d.Unit != "" {
			unit, ok := units[d.Unit]
			if !ok {
				c.Faults.Add(at(row, "unit"), "programme.unit_unknown", d.Unit)
			}
			e.Unit = unit
		}
		if e.County != "" && e.Unit.County != "" && e.County != e.Unit.County {
			c.Faults.Add(at(row, "county"), "programme.county_other", e.Unit.County)
		}
		e.Kind = c.kind(at(row, "kind"), d.Kind, o)
		out = append(out, e)
	}
	c.teams(out, list, rows, at)
	return out
}

// kind is what competes; no team does where a scheme knows none.
func (c Checker) kind(at, s string, o outline.Outline) contest.EntryKind {
	const person = contest.EntryKind("person")
	kind := OneOf(c, at, s, person, person, contest.Team)
	if kind == person {
		return contest.Person
	}
	if o.IsWritten && !o.Teams {
		c.Faults.Add(at, "programme.no_teams", "")
	}
	return kind
}

// teams puts members into the teams that their drafts name.
func (c Checker) teams(made []contest.Entry, list []EntryDraft, rows []int, at Place) {
	named := map[string]contest.ID{}
	for _, e := range made {
		if _, twice := named[e.Name]; e.Kind == contest.Team && twice {
			named[e.Name] = contest.ID{} // two of one name are told apart by number only
		} else if e.Kind == contest.Team {
			named[e.Name] = e.ID
		}
	}
	for _, e := range made {
		if e.Kind == contest.Team && e.EntryNo != "" {
			named[e.EntryNo] = e.ID
		}
	}
	for i, d := range list {
		word := strings.TrimSpace(d.Team)
		switch {
		case word == "":
		case made[i].Kind == contest.Team:
			c.Faults.Add(at(rows[i], "team"), "programme.team_in_team", word)
		case named[word].IsZero():
			c.Faults.Add(at(rows[i], "team"), "programme.team_unknown", word)
		default:
			made[i].Team = named[word]
		}
	}
}
