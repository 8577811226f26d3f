package vetting

import (
	"maps"
	"slices"

	"github.com/google/uuid"

	"jiangtai/server/contest"
)

// UnitDraft is a unit as somebody proposes it. An empty Short is the name, an
// empty Kind a work unit. Parent is the code of the union above it, "" for none.
type UnitDraft struct{ Code, Name, Short, Kind, Parent string }

// Unit checks a draft at a row.
func (c Checker) Unit(d UnitDraft, row int, at Place, seen map[string]bool) contest.Unit {
	c.Code(at(row, "code"), d.Code, RowCode, seen)
	u := contest.Unit{
		ID: contest.ID(uuid.Must(uuid.NewV7())), Code: d.Code,
		Name:  c.Text(at(row, "name"), d.Name, true),
		Short: c.Text(at(row, "short"), d.Short, false),
		Kind: OneOf(c, at(row, "kind"), d.Kind, contest.WorkUnit,
			contest.WorkUnit, contest.Grassroots, contest.CountyUnion, contest.IndustryUnion),
	}
	if u.Short == "" {
		u.Short = u.Name
	}
	return u
}

// above are the kinds of union that may stand above a unit of a kind.
var above = map[contest.UnitKind][]contest.UnitKind{
	contest.WorkUnit:   {contest.Grassroots, contest.CountyUnion, contest.IndustryUnion},
	contest.Grassroots: {contest.CountyUnion, contest.IndustryUnion},
}

// Parents puts units below the unions that their drafts name, which are among
// known or the units themselves, and says which county each is in. A work unit may
// stand below any union, a grassroots union below a county or an industry, and
// those below none.
func (c Checker) Parents(made []contest.Unit, codes []string, rows []int, at Place, known map[string]contest.Unit) {
	all := maps.Clone(known)
	if all == nil {
		all = map[string]contest.Unit{}
	}
	for _, u := range made {
		all[u.Code] = u
	}
	parents := map[string]string{}
	for i, code := range codes {
		parent, ok := all[code]
		switch {
		case code == "":
			continue
		case !ok:
			c.Faults.Add(at(rows[i], "parent"), "programme.unit_unknown", code)
		case !slices.Contains(above[made[i].Kind], parent.Kind):
			c.Faults.Add(at(rows[i], "parent"), "programme.parent_wrong", code)
		default:
			made[i].Parent, parents[made[i].Code] = parent.ID, code
		}
	}
	for i := range made {
		made[i].County = countyOf(made[i].Code, all, parents)
	}
}

// countyOf is the county that a unit is or is below; the order of kinds leaves no
// circle.
func countyOf(code string, all map[string]contest.Unit, parents map[string]string) string {
	u := all[code]
	switch {
	case u.Kind == contest.CountyUnion:
		return u.Short
	case u.County != "":
		return u.County
	case parents[code] == "":
		return ""
	}
	return countyOf(parents[code], all, parents)
}
