package scorefile

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// section is one table of the output.
type section struct {
	header []string
	rows   [][]string
}

// sections are the tables: persons, teams where the scheme has them, and one for
// each ranking.
func (t *tally) sections(list []result) []section {
	persons := t.section(list, false)
	tables := []section{persons}
	if t.hasTeams() {
		tables = append(tables, t.section(list, true))
	}
	for i := range t.rules.Scheme().Rankings {
		tables = append(tables, t.groupSection(list, i))
	}
	return tables
}

func (t *tally) section(list []result, teams bool) section {
	fixed := []string{"rank", "entry", "total", "status", "missing"}
	if teams {
		fixed = []string{"rank", "team", "total", "status", "missing", "members"}
	}
	names, get := t.columns(fixed, teams)
	s := section{header: append(fixed, names...)}
	for i := range list {
		r := &list[i]
		if r.isTeam != teams {
			continue
		}
		row := []string{number(r.Rank), r.Entry, r.Total, string(r.Status), strings.Join(r.Missing, "; ")}
		if teams {
			row = append(row, membersText(r.Members))
		}
		for _, g := range get {
			row = append(row, g(r))
		}
		s.rows = append(s.rows, row)
	}
	return s
}

// membersText are a team's members with their totals; those in brackets do not
// count.
func membersText(list []member) string {
	var words []string
	for _, m := range list {
		text := strings.TrimSpace(m.Entry + " " + m.Total)
		if !m.Counted {
			text = "(" + text + ")"
		}
		words = append(words, text)
	}
	return strings.Join(words, "; ")
}

// groupSection is the table of one ranking: group by group, persons before
// teams, who has no rank last.
func (t *tally) groupSection(list []result, ranking int) section {
	word := t.rules.Scheme().Rankings[ranking]
	s := section{header: []string{word, "rank", "entry", "total", "status"}}
	var own []string // the entries' columns, but those that stand here already
	for _, h := range t.extras {
		if !slices.Contains(s.header, h) {
			own = append(own, h)
		}
	}
	s.header = append(s.header, own...)
	for _, g := range t.groups(list, ranking) {
		for _, r := range append(g.persons, g.teams...) {
			row := []string{g.name, number(r.in[ranking].Rank), r.Entry, r.Total, string(r.Status)}
			for _, h := range own {
				row = append(row, r.Extra[h])
			}
			s.rows = append(s.rows, row)
		}
	}
	return s
}

// group is what belongs together in one ranking.
type group struct {
	name           string
	persons, teams []*result
}

// groups are those of a ranking, as the file names them first; in each the order
// of the whole list.
func (t *tally) groups(list []result, ranking int) []group {
	at := map[int]int{}
	var numbers []int
	var groups []group
	for i := range list {
		r := &list[i]
		if ranking >= len(r.in) || r.in[ranking].Group == 0 {
			continue
		}
		n := r.in[ranking].Group
		g, known := at[n]
		if !known {
			g = len(groups)
			at[n], groups, numbers = g, append(groups, group{name: t.groupName(ranking, n)}), append(numbers, n)
		}
		if r.isTeam {
			groups[g].teams = append(groups[g].teams, r)
		} else {
			groups[g].persons = append(groups[g].persons, r)
		}
	}
	slices.Sort(numbers)
	sorted := make([]group, 0, len(groups))
	for _, n := range numbers {
		sorted = append(sorted, groups[at[n]])
	}
	return sorted
}

func number(rank int) string {
	if rank == 0 {
		return ""
	}
	return strconv.Itoa(rank)
}

// writeCSV writes the tables, an empty line between them.
func (t *tally) writeCSV(out io.Writer) error {
	w := csv.NewWriter(out)
	for i, s := range t.sections(t.results()) {
		if i > 0 {
			w.Flush()
			if _, err := io.WriteString(out, "\n"); err != nil {
				return fmt.Errorf("write standings: %w", err)
			}
		}
		if err := w.WriteAll(append([][]string{s.header}, s.rows...)); err != nil {
			return fmt.Errorf("write standings: %w", err)
		}
	}
	return nil
}

// groupRanking is one ranking in JSON.
type groupRanking struct {
	By     string      `json:"by"`
	Groups []groupJSON `json:"groups"`
}

type groupJSON struct {
	Name    string       `json:"name"`
	Entries []groupEntry `json:"entries,omitempty"`
	Teams   []groupEntry `json:"teams,omitempty"`
}

type groupEntry struct {
	Rank  int    `json:"rank"` // in the group; 0: not ranked
	Entry string `json:"entry"`
	Total string `json:"total"`
}

func (t *tally) writeJSON(out io.Writer) error {
	doc := struct {
		Entries  []result       `json:"entries"`
		Teams    []result       `json:"teams,omitempty"`
		Rankings []groupRanking `json:"rankings,omitempty"`
	}{Entries: []result{}}
	list := t.results()
	for _, r := range list {
		if r.isTeam {
			doc.Teams = append(doc.Teams, r)
		} else {
			doc.Entries = append(doc.Entries, r)
		}
	}
	for i, word := range t.rules.Scheme().Rankings {
		in := groupRanking{By: word, Groups: []groupJSON{}}
		of := func(list []*result) (out []groupEntry) {
			for _, r := range list {
				out = append(out, groupEntry{r.in[i].Rank, r.Entry, r.Total})
			}
			return out
		}
		for _, g := range t.groups(list, i) {
			in.Groups = append(in.Groups, groupJSON{g.name, of(g.persons), of(g.teams)})
		}
		doc.Rankings = append(doc.Rankings, in)
	}
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(doc)
}
