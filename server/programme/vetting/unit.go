package vetting

import (
	"github.com/google/uuid"

	"jiangtai/server/contest"
)

// UnitDraft is a unit as somebody proposes it. An empty Short is the name, an
// empty Kind a work unit.
type UnitDraft struct{ Code, Name, Short, Kind string }

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
