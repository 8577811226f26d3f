package scoring

import (
	"slices"

	"jiangtai/scoring/record"
)

// foldBelong says what an entry belongs to.
func (b *Board) foldBelong(e *entry, r *Record) bool {
	n := 0
	if r.Value != "" {
		var ok bool
		if n, ok = smallNumber(r.Value); !ok {
			return false
		}
	}
	if r.Aspect == OfTeam {
		e.team = EntryID(n)
		return true
	}
	at := record.GroupAt(r.Aspect)
	if at < 0 {
		return false
	}
	e.in[at] = uint16(n)
	return true
}

// foldRecuse leaves a chair's marks for an entry out.
func (b *Board) foldRecuse(e *entry, r *Record) bool {
	at, found := slices.BinarySearch(e.recused, r.Chair)
	if found || r.Chair == 0 {
		return false
	}
	e.recused = slices.Insert(e.recused, at, r.Chair)
	return true
}
