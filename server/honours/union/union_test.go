package union_test

import (
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/honours/union"
)

var (
	east, west, yard, mill = contest.ID{1}, contest.ID{2}, contest.ID{3}, contest.ID{4}
	all                    = union.Of([]union.Body{
		{ID: east, Code: "E", Name: "江东区总工会", Kind: contest.CountyUnion, Members: []contest.ID{{51}}},
		{ID: west, Code: "W", Name: "江西区总工会", Kind: contest.IndustryUnion, Members: []contest.ID{{52}}},
		{ID: yard, Code: "Y", Name: "船厂工会", Kind: contest.Grassroots, Parent: east, Members: []contest.ID{{53}, {51}}},
		{ID: mill, Code: "M", Name: "纱厂工会", Kind: contest.Grassroots, Parent: west, Members: []contest.ID{{54}}},
	})
)

func as(account byte, roles ...contest.Role) contest.Actor {
	a := contest.Actor{Account: contest.ID{account}}
	for _, r := range roles {
		a.Grants = append(a.Grants, contest.Grant{Role: r})
	}
	return a
}

// Every role against a body: what may be seen, and which steps taken.
func TestWhoMayWhat(t *testing.T) {
	for _, c := range []struct {
		name  string
		actor contest.Actor
		body  contest.ID
		sees  bool
		takes string // the roles whose steps he may take
	}{
		{"the unit's own", as(53, contest.UnitSteward), yard, true, "unit_union "},
		{"another unit's", as(54, contest.UnitSteward), yard, false, ""},
		{"a member without the role", as(53), yard, false, ""},
		{"a member with the other role", as(53, contest.CountyReviewer), yard, false, ""},
		{"its county", as(51, contest.CountyReviewer), yard, true, "county_union "},
		{"its county's, of the unit too", as(51, contest.CountyReviewer, contest.UnitSteward), yard, true, "unit_union county_union "},
		{"another county", as(52, contest.CountyReviewer), yard, false, ""},
		{"a county's own nominee", as(51, contest.CountyReviewer), east, true, "county_union "},
		{"the office", as(60, contest.UnionOffice), yard, true, "union_office "},
		{"the committee", as(61, contest.CommitteeMember), mill, true, "committee "},
		{"an administrator", as(62, contest.Administrator), mill, true, ""},
		{"an organiser", contest.Actor{Account: contest.ID{63}, Grants: []contest.Grant{{Role: contest.Organiser, Contest: contest.ID{9}}}}, mill, false, ""},
		{"the public", contest.Actor{}, mill, false, ""},
		{"a grant of one contest", contest.Actor{Account: contest.ID{64}, Grants: []contest.Grant{{Role: contest.UnionOffice, Contest: contest.ID{9}}}}, mill, false, ""},
	} {
		if got := all.MaySee(c.actor, c.body); got != c.sees {
			t.Errorf("%s sees: %v", c.name, got)
		}
		takes := ""
		for _, r := range []contest.Role{contest.UnitSteward, contest.CountyReviewer, contest.UnionOffice, contest.CommitteeMember} {
			if all.MayTake(c.actor, r, c.body) {
				takes += string(r) + " "
			}
		}
		if takes != c.takes {
			t.Errorf("%s takes %q, want %q", c.name, takes, c.takes)
		}
	}
}

func TestTwoFloors(t *testing.T) {
	good := union.Body{ID: contest.ID{9}, Code: "N", Name: "新厂工会", Kind: contest.Grassroots, Parent: east}
	if err := all.Check(good); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*union.Body){
		"no code":           func(b *union.Body) { b.Code = "" },
		"no name":           func(b *union.Body) { b.Name = " " },
		"no parent":         func(b *union.Body) { b.Parent = contest.ID{} },
		"under a unit":      func(b *union.Body) { b.Parent = yard },
		"county under one":  func(b *union.Body) { b.Kind = contest.CountyUnion },
		"a work unit":       func(b *union.Body) { b.Kind, b.Parent = contest.WorkUnit, contest.ID{} },
		"below zero":        func(b *union.Body) { b.Weight = -1 },
		"a crowd":           func(b *union.Body) { b.Members = make([]contest.ID, 201) },
		"a county made one": func(b *union.Body) { b.ID, b.Parent = east, west },
	} {
		b := good
		change(&b)
		if all.Check(b) == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}
