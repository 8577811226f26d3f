package scorefile

import (
	"slices"
	"strconv"

	"jiangtai/scoring"
)

// The columns of the entries file that say what an entry is and where it belongs,
// where the scheme has teams or groups; elsewhere they are columns like others.
const (
	columnKind = "kind" // team, or person (also "")
	columnTeam = "team" // a member's team: its entry
	mostGroups = 9999
)

// grouping are the names in a column that the scheme ranks by (组别), numbered as
// they come: a ledger knows numbers only.
type grouping struct {
	word   string
	names  []string
	number map[string]int
}

func (t *tally) hasTeams() bool { return t.rules.Scheme().Teams != nil }

// wanted are the columns that the scheme asks the entries file for.
func (t *tally) wanted() []string {
	list := []string{"entry"}
	if t.hasTeams() {
		list = append(list, columnKind, columnTeam)
	}
	for _, word := range t.rules.Scheme().Rankings {
		t.groupings = append(t.groupings, grouping{word: word, number: map[string]int{}})
		list = append(list, word)
	}
	return list
}

// readBelonging reads the columns of teams and groups of a row.
func (t *tally) readBelonging(tab *table, e *fileEntry) {
	for i := range t.groupings {
		g := &t.groupings[i]
		name := tab.get(g.word)
		if name != "" && g.number[name] == 0 {
			if len(g.names) == mostGroups {
				t.note(tab.place(g.word), "score.too_many_groups", strconv.Itoa(mostGroups))
			}
			g.names = append(g.names, name)
			g.number[name] = len(g.names)
		}
		e.in = append(e.in, g.number[name])
	}
	if !t.hasTeams() {
		return
	}
	switch kind := tab.get(columnKind); kind {
	case "team":
		e.isTeam = true
	case "", "person":
	default:
		t.note(tab.place(columnKind), "score.unknown_kind", kind)
	}
	e.team, e.teamPlace = tab.get(columnTeam), tab.place(columnTeam)
}

// joinTeams holds every member's team against the file: a team may stand below
// its members.
func (t *tally) joinTeams() {
	size := 0
	if t.hasTeams() {
		size = t.rules.Scheme().Teams.Size
	}
	members := map[scoring.EntryID]int{}
	for i := range t.entries {
		e := &t.entries[i]
		if e.team == "" {
			continue
		}
		id := t.number[e.team]
		switch {
		case e.isTeam:
			t.note(e.teamPlace, "judging.team_of_teams", e.team)
		case id == 0 || !t.entries[id-1].isTeam:
			t.note(e.teamPlace, "judging.no_such_team", e.team)
		case size > 0 && members[id] == size:
			t.note(e.teamPlace, "judging.team_full", strconv.Itoa(size))
		default:
			e.of, members[id] = id, members[id]+1
		}
	}
}

// admit lets everybody in and says where they belong.
func (t *tally) admit() {
	for i := range t.entries {
		c := scoring.Command{Kind: scoring.Admit, Entry: scoring.EntryID(i + 1)}
		if t.entries[i].isTeam {
			c.Value = (scoring.AllFlags | scoring.Team).String()
		}
		t.apply(fileMark{}, c)
	}
	for i := range t.entries {
		e, belong := &t.entries[i], scoring.Command{Kind: scoring.Belong, Entry: scoring.EntryID(i + 1)}
		if e.of != 0 {
			belong.Aspect, belong.Value = scoring.OfTeam, strconv.Itoa(int(e.of))
			t.apply(fileMark{}, belong)
		}
		for g, number := range e.in {
			if number > 0 {
				belong.Aspect, belong.Value = t.groupings[g].word, strconv.Itoa(number)
				t.apply(fileMark{}, belong)
			}
		}
	}
}

// marksOther says whether an aspect is of teams and the entry a person, or the
// other way round.
func (t *tally) marksOther(aspect int, e *fileEntry) bool {
	return t.rules.Aspects[aspect].OfTeam != e.isTeam
}

// groupName is what a group's number stands for; in a ledger it is the number.
func (t *tally) groupName(ranking int, number int) string {
	word := t.rules.Scheme().Rankings[ranking]
	at := slices.IndexFunc(t.groupings, func(g grouping) bool { return g.word == word })
	if at >= 0 && number <= len(t.groupings[at].names) {
		return t.groupings[at].names[number-1]
	}
	return strconv.Itoa(number)
}
