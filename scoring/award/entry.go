package award

import (
	"maps"
	"slices"
	"sort"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/record"
)

// Entry is one entry of final standings (最终成绩): of a person, or of a team where
// Flags say so. Ranks of teams are among teams.
type Entry struct {
	ID      record.EntryID
	Rank    int // shared by ties; 0: not ranked
	Place   int // the place that was decided inside a tie for this cut; 0: none
	Status  record.Status
	Flags   record.Flags
	Total   exact.Num // rounded; only of an entry with Rank
	Passed  bool      // it reaches every pass mark of the scheme
	Parts   []Part    // by component
	Seconds *exact.Num
	Of      record.EntryID // a member's team; 0: none
	In      record.Groups  // what it belongs to
}

// IsTeam says that the entry is a team.
func (e *Entry) IsTeam() bool { return e.Flags&record.Team != 0 }

// Part is one component's value.
type Part struct {
	Component string
	Value     exact.Num
}

// started says whether the entry really took part.
func (e *Entry) started() bool {
	return e.Status != record.DidNotStart && e.Status != record.Withdrawn && e.Status != record.OutOfContest
}

// Cut is a tie group at a cut that waits for a decision (待裁定).
type Cut struct {
	Prize  string // the better prize; "" for advancing
	Places int    // how many of the group it has room for
	Group  []record.EntryID
	In     int // the group that the cut is in, of a rule that cuts each apart; else 0
}

// side are the persons of a field, or its teams.
func side(field []Entry, teams bool) []Entry {
	var list []Entry
	for i := range field {
		if field[i].IsTeam() == teams {
			list = append(list, field[i])
		}
	}
	return list
}

// group is the part of a field that a rule cuts apart.
type group struct {
	number int
	field  []Entry
}

// groups are the parts of a field by a grouping, ascending; who belongs to none is
// in no part. Without a word the field is the one part.
func groups(field []Entry, by string) []group {
	if by == "" {
		return []group{{0, field}}
	}
	parts := map[int][]Entry{}
	for i := range field {
		if n := field[i].In.By(by); n > 0 {
			parts[n] = append(parts[n], field[i])
		}
	}
	list := make([]group, 0, len(parts))
	for _, n := range slices.Sorted(maps.Keys(parts)) {
		list = append(list, group{n, parts[n]})
	}
	return list
}

// inOrder are the entries that keep, by rank, decided place and ordinal.
func inOrder(field []Entry, keep func(*Entry) bool) []Entry {
	var list []Entry
	for i := range field {
		if field[i].Rank > 0 && keep(&field[i]) {
			list = append(list, field[i])
		}
	}
	sort.Slice(list, func(i, j int) bool {
		a, b := &list[i], &list[j]
		switch {
		case a.Rank != b.Rank:
			return a.Rank < b.Rank
		case a.Place != b.Place:
			return before(a.Place, b.Place)
		}
		return a.ID < b.ID
	})
	return list
}

// before orders decided places; without one an entry stands behind.
func before(a, b int) bool { return a > 0 && (b == 0 || a < b) }

// tied are the bounds [from, to) of the group around the border before list[at];
// from == at when the border splits none. With decisions a decided place splits.
func tied(list []Entry, at int, decisions bool) (from, to int) {
	if at <= 0 || at >= len(list) || !together(&list[at-1], &list[at], decisions) {
		return at, at
	}
	from, to = at-1, at+1
	for from > 0 && together(&list[from-1], &list[from], decisions) {
		from--
	}
	for to < len(list) && together(&list[to-1], &list[to], decisions) {
		to++
	}
	return from, to
}

func together(a, b *Entry, decisions bool) bool {
	return a.Rank == b.Rank && (!decisions || a.Place == b.Place)
}

func ids(list []Entry) []record.EntryID {
	out := make([]record.EntryID, len(list))
	for i := range list {
		out[i] = list[i].ID
	}
	return out
}
