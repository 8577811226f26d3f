package award

import (
	"slices"
	"sort"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/record"
)

// Member is one entry's result as it counts for its unit (单位成绩).
type Member struct {
	Unit      string
	Event     string
	Entry     record.EntryID
	Rank      int // 0: not ranked
	Flags     record.Flags
	Total     exact.Num
	Practical exact.Num
	Seconds   exact.Num
	Prize     string // its prize's id, "" for none
	Fixed     bool   // a member of the unit's fixed team
}

// TableKind is what a table adds up.
type TableKind string

// The kinds of table.
const (
	BestOf    TableKind = "best"   // the totals of a unit's best k of each event
	FixedTeam TableKind = "team"   // the totals of its fixed team
	Points    TableKind = "points" // points for prizes
)

// TieKey is what decides between units of the same score.
type TieKey string

// The keys of tables.
const (
	ByPlaces    TieKey = "places"    // more firsts, then more seconds, …
	ByPractical TieKey = "practical" // the greater sum of practical marks
	BySeconds   TieKey = "seconds"   // the lesser sum of times
)

// Table is the rule of a table of units or counties. Several tables may be made
// of the same members.
type Table struct {
	Kind   TableKind
	Best   int            // BestOf: k, 0 is 3; a unit with fewer is not padded
	Team   int            // FixedTeam: how many members a team has, 0: as many as are named
	Points map[string]int // Points: by prize id, 8/4/2/1
	Ties   []TieKey       // nil: places, practical, seconds
	Lower  bool           // the lesser sum is the better one: totals are times
}

// Line is one unit of a table.
type Line struct {
	Unit      string
	Rank      int // shared by ties; 0: a fixed team that is not whole, or of times none
	Score     exact.Num
	Counted   int   // members whose results are in the score
	Places    []int // how many firsts, seconds, … of those, to the last place that one of them has
	Practical exact.Num
	Seconds   exact.Num
}

// Rank makes the table: lines by rank, units without a rank last, equal ones by
// name. Only members whose flag says so count for their unit.
func (t *Table) Rank(members []Member) []Line {
	byUnit := map[string][]Member{}
	for i := range members {
		if m := &members[i]; m.Flags&record.CountsUnit != 0 {
			byUnit[m.Unit] = append(byUnit[m.Unit], *m)
		}
	}
	lines := make([]Line, 0, len(byUnit))
	whole := map[string]bool{}
	for unit, list := range byUnit {
		counted, ok := t.counted(list)
		lines, whole[unit] = append(lines, t.line(unit, counted)), ok
	}
	sort.Slice(lines, func(i, j int) bool {
		a, b := &lines[i], &lines[j]
		if whole[a.Unit] != whole[b.Unit] {
			return whole[a.Unit]
		}
		if c := t.compare(a, b); c != 0 {
			return c < 0
		}
		return a.Unit < b.Unit
	})
	for i := range lines {
		if !whole[lines[i].Unit] {
			break
		}
		if lines[i].Rank = i + 1; i > 0 && t.compare(&lines[i-1], &lines[i]) == 0 {
			lines[i].Rank = lines[i-1].Rank
		}
	}
	return lines
}

// counted are the members of a unit whose results count; false when a fixed
// team is not whole, or when less is better and there is none.
func (t *Table) counted(list []Member) ([]Member, bool) {
	sort.Slice(list, func(i, j int) bool {
		a, b := &list[i], &list[j]
		switch {
		case a.Event != b.Event:
			return a.Event < b.Event
		case a.Rank != b.Rank:
			return before(a.Rank, b.Rank)
		}
		return a.Entry < b.Entry
	})
	var counted []Member
	best, named, of := t.Best, 0, map[string]int{}
	if best == 0 {
		best = 3
	}
	for i := range list {
		m := &list[i]
		if m.Fixed {
			named++
		}
		switch {
		case m.Rank == 0:
			continue
		case t.Kind == FixedTeam && !m.Fixed, t.Kind == BestOf && of[m.Event] == best, t.Kind == Points && t.Points[m.Prize] == 0:
			continue
		}
		of[m.Event]++
		counted = append(counted, *m)
	}
	switch {
	case t.Kind == FixedTeam:
		return counted, len(counted) > 0 && len(counted) == max(t.Team, named)
	case t.Kind == BestOf && t.Lower:
		return counted, len(counted) > 0 // nobody's time is not the best time
	}
	return counted, true
}

func (t *Table) line(unit string, counted []Member) Line {
	l := Line{Unit: unit, Counted: len(counted)}
	for i := range counted {
		m := &counted[i]
		if t.Kind == Points {
			l.Score = l.Score.Add(exact.Int(t.Points[m.Prize]))
		} else {
			l.Score = l.Score.Add(m.Total)
		}
		for len(l.Places) < m.Rank {
			l.Places = append(l.Places, 0)
		}
		l.Places[m.Rank-1]++
		l.Practical, l.Seconds = l.Practical.Add(m.Practical), l.Seconds.Add(m.Seconds)
	}
	return l
}

// compare is negative when a stands before b, 0 when they share a rank.
func (t *Table) compare(a, b *Line) int {
	if c := b.Score.Cmp(a.Score); c != 0 && t.Lower {
		return -c
	} else if c != 0 {
		return c
	}
	ties := t.Ties
	if ties == nil {
		ties = []TieKey{ByPlaces, ByPractical, BySeconds}
	}
	for _, key := range ties {
		c := 0
		switch key {
		case ByPlaces:
			c = comparePlaces(a.Places, b.Places)
		case ByPractical:
			c = b.Practical.Cmp(a.Practical)
		case BySeconds:
			c = a.Seconds.Cmp(b.Seconds)
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

// comparePlaces is negative when a has more of the first place in which they
// differ.
func comparePlaces(a, b []int) int { return slices.Compare(b, a) }
