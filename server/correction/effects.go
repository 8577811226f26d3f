package correction

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"jiangtai/scoring"
	"jiangtai/scoring/award"
	"jiangtai/scoring/scheme"
)

// standing is what a correction may change of one entry.
type standing struct {
	total, rank string
	team        bool
	prizes      []string
	advances    bool
}

// standings are all entries of a board as they stand.
func standings(b *scoring.Board) map[scoring.EntryID]*standing {
	out := map[scoring.EntryID]*standing{}
	for _, row := range b.View(scoring.Chief).Rows {
		s := &standing{total: row.Total, team: row.Team}
		if row.Rank > 0 {
			s.rank = strconv.Itoa(row.Rank)
		}
		out[row.Entry] = s
	}
	rules := b.Rules().Scheme()
	field := b.Results()
	won := func(p *scheme.Prizes, given award.Prizes) {
		for _, w := range given.Winners {
			if s := out[w.Entry]; s != nil {
				s.prizes = append(s.prizes, prizeName(p, w.Prize))
			}
		}
	}
	if rules.Prizes != nil {
		won(rules.Prizes, award.Give(rules.Prizes, field))
	}
	if rules.TeamPrizes != nil {
		won(rules.TeamPrizes, award.GiveTeams(rules.TeamPrizes, field))
	}
	if rules.Advance != nil {
		for _, id := range award.Advance(rules.Advance, field, b.Rules().Ascending).Entries {
			if s := out[id]; s != nil {
				s.advances = true
			}
		}
	}
	return out
}

func prizeName(p *scheme.Prizes, id string) string {
	for i := range p.List {
		if p.List[i].ID == id {
			return p.List[i].Name.Zh
		}
	}
	return id
}

// Row (受影响的一行) is an entry that would stand differently: old and new.
type Row struct {
	Work     string    `json:"work"`
	Mine     bool      `json:"mine"` // the corrected one itself
	Team     bool      `json:"team,omitempty"`
	Total    [2]string `json:"total"`
	Rank     [2]string `json:"rank"`  // empty: not ranked
	Prize    [2]string `json:"prize"` // names, joined
	Advances [2]bool   `json:"advances"`
}

// differences are the rows that would stand differently, the corrected one always.
func differences(r Reading, mine scoring.EntryID, before, after map[scoring.EntryID]*standing) (rows []Row, touched []scoring.EntryID) {
	rows = []Row{}
	for id, was := range before {
		now := after[id]
		if now == nil {
			continue
		}
		row := Row{
			Work: r.Label(id), Mine: id == mine, Team: was.team, Total: [2]string{was.total, now.total}, Rank: [2]string{was.rank, now.rank},
			Prize:    [2]string{strings.Join(was.prizes, "、"), strings.Join(now.prizes, "、")},
			Advances: [2]bool{was.advances, now.advances},
		}
		moves := row.Total[0] != row.Total[1] || row.Rank[0] != row.Rank[1] || row.Prize[0] != row.Prize[1] || was.advances != now.advances
		if !moves && !row.Mine {
			continue
		}
		touched = append(touched, id)
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b Row) int {
		if a.Mine != b.Mine {
			if a.Mine {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Work, b.Work)
	})
	slices.Sort(touched)
	return rows, touched
}
