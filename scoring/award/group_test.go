package award_test

import (
	"fmt"
	"testing"

	"jiangtai/scoring/award"
	"jiangtai/scoring/exact"
	"jiangtai/scoring/record"
	"jiangtai/scoring/scheme"
)

// grouped puts the entries of ranks into groups, in their order.
func grouped(text string, groups ...uint16) []award.Entry {
	field := ranks(text)
	for i := range field {
		field[i].In = record.Groups{0: groups[i], 2: 1}
	}
	return field
}

// TestPrizesByGroup: shares, numbers and cuts in each group apart; who belongs to
// none wins nothing.
func TestPrizesByGroup(t *testing.T) {
	half := &scheme.Prizes{By: "group", Ties: "decide", Least: 2, List: []scheme.Prize{{ID: "1", Share: dec("0.5")}, {ID: "2", Number: 1}}}
	for _, c := range []struct {
		ranks                string
		groups               []uint16
		want, groupsOf, open string
	}{
		{"1 2 3 4 5 6", []uint16{1, 1, 1, 1, 2, 2}, "1 1 2 - 1 2", "[{1 4 false [2 1]} {2 2 false [1 1]}]", "[]"},
		{"1 2 3 4 5 6", []uint16{2, 7, 2, 7, 2, 7}, "1 1 1 1 2 2", "[{2 3 false [2 1]} {7 3 false [2 1]}]", "[]"},
		{"1 2 2 4 5", []uint16{1, 1, 1, 1, 0}, "1 ? ? - -", "[{1 4 false [2 1]}]", "[{1 1 [2 3] 1}]"},
		{"1 2:2 2:1 4 5", []uint16{1, 1, 1, 1, 0}, "1 2 1 - -", "[{1 4 false [2 1]}]", "[]"},
		{"1 2 3 4 5", []uint16{1, 2, 2, 2, 0}, "- 1 1 2 -", "[{1 1 true [1 1]} {2 3 false [2 1]}]", "[]"},
	} {
		field := grouped(c.ranks, c.groups...)
		got := award.Give(half, field)
		if shown(got, field) != c.want || fmt.Sprint(got.Groups) != c.groupsOf || fmt.Sprint(got.Open) != c.open {
			t.Errorf("%s in %v: %s %v %v, want %s %s %s", c.ranks, c.groups, shown(got, field), got.Groups, got.Open, c.want, c.groupsOf, c.open)
		}
	}
	field := grouped("1 2 3 4 5 6", 1, 1, 1, 2, 2, 0)
	got := award.Give(half, field)
	if got.Base != 5 || fmt.Sprint(got.Counts) != "[3 2]" || got.TooFew || got.Winners[0] != (award.Winner{Entry: 1, Prize: "1", In: 1}) {
		t.Errorf("in all: %+v", got)
	}
	half.Least = 9
	if got := award.Give(half, field); !got.TooFew || got.Winners != nil {
		t.Errorf("%+v", got)
	}
	if got := award.Give(half, nil); !got.TooFew || got.Groups != nil {
		t.Errorf("of nobody: %+v", got)
	}
}

// TestTeamsHavePrizesOfTheirOwn: a team takes none from a person, nor a person
// from a team.
func TestTeamsHavePrizesOfTheirOwn(t *testing.T) {
	field := ranks("1 1 2 2 3 3")
	for i := range field {
		if i%2 == 1 {
			field[i].Flags |= record.Team
		}
	}
	one := &scheme.Prizes{List: []scheme.Prize{{ID: "1", Number: 1}}}
	persons, teams := award.Give(one, field), award.GiveTeams(one, field)
	if fmt.Sprint(persons.Winners, persons.Base, teams.Winners, teams.Base) != "[{1 1 0}] 3 [{2 1 0}] 3" {
		t.Errorf("%+v %+v", persons, teams)
	}
	if got := award.Advance(&scheme.Advance{First: 2}, field, false); fmt.Sprint(got.Entries) != "[1 3]" {
		t.Errorf("%+v", got)
	}
}

// TestAdvanceByGroup: the first of each.
func TestAdvanceByGroup(t *testing.T) {
	for _, c := range []struct {
		rule       scheme.Advance
		want, open string
	}{
		{scheme.Advance{First: 1, By: "group"}, "[1 2 3 4]", "[]"}, // 2 and 3 share the first place of group 2
		{scheme.Advance{First: 1, By: "group", Ties: "decide"}, "[1 4]", "[{ 1 [2 3] 2}]"},
		{scheme.Advance{First: 1, By: "group", Ties: "narrow"}, "[1 4]", "[]"},
		{scheme.Advance{First: 1, By: "unit"}, "[1]", "[]"},
		{scheme.Advance{First: 9, By: "county"}, "[]", "[]"},
		{scheme.Advance{Line: dec("70"), By: "group"}, "[1 2 3 4]", "[]"},
	} {
		field := grouped("1 2 2 4 5 6", 1, 2, 2, 3, 3, 0)
		for i := range field {
			field[i].Total = exact.Int(90 - 6*i)
		}
		got := award.Advance(&c.rule, field, false)
		if entries := fmt.Sprint(got.Entries); entries != c.want || fmt.Sprint(got.Open) != c.open {
			t.Errorf("%+v: %s %v, want %s %s", c.rule, entries, got.Open, c.want, c.open)
		}
	}
}
