package signing

import (
	"cmp"
	"fmt"
	"strconv"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
)

// rankingHeads are the heads of columns with ranks in groups.
var rankingHeads = map[string]string{"group": "组别名次", "county": "县区名次", "unit": "单位名次"}

// list is one ranking of a result list: persons or teams.
type list struct {
	who      string // the head over names
	columns  []listColumn
	rankings []string
	rows     []scoring.Row
}

// listColumn is a column of parts: its place in them.
type listColumn struct {
	head string
	at   int
}

// split gives the lists that a view has rows for, persons first. Persons lack the
// columns of teams' own components; teams have the sums of their members in the
// others.
func split(v scoring.Standings) []list {
	persons, teams := list{who: "姓名", rankings: v.Rankings}, list{who: "队名", rankings: v.Rankings}
	for i, c := range v.Columns {
		if c.Of != scheme.OfTeam {
			persons.columns = append(persons.columns, listColumn{c.Name, i})
		}
		teams.columns = append(teams.columns, listColumn{c.Name, i})
	}
	for _, r := range v.Rows {
		if r.Team {
			teams.rows = append(teams.rows, r)
		} else {
			persons.rows = append(persons.rows, r)
		}
	}
	if len(teams.rows) == 0 {
		return []list{persons}
	}
	return []list{persons, teams}
}

// within is where a row stands in its group of a ranking. The unit has a column
// of its own; of other groups the name is said.
func (c *compose) within(r scoring.Row, at int, ranking string) string {
	if at >= len(r.In) || r.In[at].Group == 0 {
		return "—"
	}
	in := r.In[at]
	rank := "—"
	if in.Rank > 0 {
		rank = strconv.Itoa(in.Rank)
	}
	if ranking == "unit" {
		return rank
	}
	name := c.groups[ranking][in.Group]
	if name == "" {
		name = fmt.Sprintf("第 %d 组", in.Group)
	}
	return name + " " + rank
}

var takes = map[string]string{"sum": "队员总分之和", "mean": "队员总分的平均", "best": "最好 %d 名队员总分之和"}

// membersPart says of every team which members made its total.
func (c *compose) membersPart(v scoring.Standings, labels map[scoring.EntryID]string) Part {
	p := Part{Heading: "团体成绩构成", Page: true, Columns: []Column{{Head: "团体名次", Number: true, Bold: true}, {Head: "队", Weight: 4}, {Head: "队员", Weight: 4}}}
	p.Columns = append(p.Columns, Column{Head: "个人总分", Number: true}, Column{Head: "计入"}, Column{Head: "队员成绩合计", Number: true}, Column{Head: "团体总分", Number: true, Bold: true})
	for _, r := range v.Rows {
		if !r.Team {
			continue
		}
		team := c.working(r.Entry).Team
		if team == nil {
			continue
		}
		if len(p.Rows) == 0 {
			take := takes[team.Take]
			if team.Take == "best" {
				take = fmt.Sprintf(take, team.Best)
			}
			p.Heading += "（" + take + "）"
		}
		rank := "—"
		if r.Rank > 0 {
			rank = strconv.Itoa(r.Rank)
		}
		p.Rows = append(p.Rows, []string{rank, c.called(r.Entry, labels), "", "", fmt.Sprintf("%d 人", team.Counted), team.Value, r.Total})
		for _, m := range team.Members {
			counted := cmp.Or(statuses[m.Status], "—")
			if m.Counted {
				counted = "计入"
			}
			p.Rows = append(p.Rows, []string{"", "", c.called(m.Entry, labels), m.Total, counted, "", ""})
		}
	}
	return p
}

// called is an entry by its label, with its name where that may be known.
func (c *compose) called(id scoring.EntryID, labels map[scoring.EntryID]string) string {
	if n := c.names[id]; n.Name != "" {
		return labels[id] + " " + n.Name
	}
	return labels[id]
}
