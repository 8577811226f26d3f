package scorefile

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"jiangtai/scoring"
	"jiangtai/scoring/exact"
	"jiangtai/scoring/rules"
	"jiangtai/server/fault"
)

// result is one line of the standings.
type result struct {
	Rank       int               `json:"rank"` // 0: not ranked
	Entry      string            `json:"entry"`
	Total      string            `json:"total"`
	Status     scoring.Status    `json:"status"`
	Missing    []string          `json:"missing,omitempty"`
	Components map[string]string `json:"components"`
	Criteria   map[string]string `json:"criteria"`
	Extra      map[string]string `json:"extra,omitempty"`
	Team       string            `json:"team,omitempty"`    // a member's team
	Members    []member          `json:"members,omitempty"` // of a team

	isTeam bool
	in     []scoring.Within // by the scheme's rankings
}

// member is one member of a team.
type member struct {
	Entry   string `json:"entry"`
	Total   string `json:"total"` // "" while it is incomplete
	Counted bool   `json:"counted"`
}

// results are the standings, persons first, then teams.
func (t *tally) results() []result {
	var list []result
	for _, row := range t.board.View(scoring.Chief).Rows {
		e := &t.entries[row.Entry-1]
		r := result{
			Rank: row.Rank, Entry: e.key, Total: row.Total, Status: row.Status, isTeam: row.Team, in: row.In,
			Components: map[string]string{}, Criteria: map[string]string{}, Extra: map[string]string{},
		}
		if row.Of != 0 {
			r.Team = t.entries[row.Of-1].key
		}
		for i, h := range e.extra {
			r.Extra[t.extras[i]] = h
		}
		if row.Status == scoring.Competing || row.Status == scoring.OutOfContest {
			for _, m := range t.board.Missing(row.Entry) {
				r.Missing = append(r.Missing, t.missingText(m))
			}
			if row.Total == "" && len(r.Missing) == 0 && !row.Team {
				r.Missing = []string{"no result"} // every try was unfinished
			}
		}
		t.parts(&r, row.Entry)
		list = append(list, r)
	}
	return list
}

// parts are an entry's components and criteria, and a team's members.
func (t *tally) parts(r *result, id scoring.EntryID) {
	w := t.board.Working(id)
	for _, c := range w.Components {
		for i := range t.rules.Components {
			if of := &t.rules.Components[i]; of.Src.ID == c.ID && of.OfTeam == r.isTeam {
				r.Components[c.ID] = t.part(c.Value, c.Complete, &of.Round)
			}
		}
		for _, k := range c.Criteria {
			if of := &t.rules.Modules[t.rules.ModuleAt[k.ID]]; of.OfTeam == r.isTeam {
				r.Criteria[k.ID] = t.part(k.Value, k.Complete, &of.Round)
			}
		}
	}
	if w.Team != nil {
		if w.Team.Counted < max(w.Team.Least, 1) {
			r.Missing = append(r.Missing, "too few members")
		}
		for _, m := range w.Team.Members {
			r.Members = append(r.Members, member{t.entries[m.Entry-1].key, m.Total, m.Counted})
		}
	}
}

func (t *tally) missingText(m scoring.MissingMark) string {
	text := m.Aspect
	if t.rules.Aspects[t.rules.AspectAt[m.Aspect]].Tries > 1 {
		text += "#" + strconv.Itoa(int(m.Attempt))
	}
	if m.Short {
		text += " (too few judges)"
	}
	return text
}

// part writes a part's value with its stage's places, else with the total's.
func (t *tally) part(value string, complete bool, round *rules.Stage) string {
	n, err := exact.ParseText(value)
	if err != nil || !complete {
		return ""
	}
	if !round.On {
		round = &t.rules.Total
	}
	return n.Round(round.Places, round.Mode).Fixed(round.Places)
}

// columns are the result columns behind the fixed ones: components and criteria of
// persons or of teams, then the entries' own. A name that is taken gets its sort
// in front.
func (t *tally) columns(fixed []string, teams bool) (names []string, get []func(*result) string) {
	taken := map[string]bool{}
	for _, name := range fixed {
		taken[name] = true
	}
	add := func(sort, id string, of func(*result) string) {
		name := id
		if taken[name] {
			name = sort + "." + id
		}
		taken[name] = true
		names, get = append(names, name), append(get, of)
	}
	for i := range t.rules.Components {
		if t.rules.Components[i].OfTeam != teams {
			continue
		}
		id := t.rules.Components[i].Src.ID
		add("component", id, func(r *result) string { return r.Components[id] })
	}
	for i := range t.rules.Modules {
		if t.rules.Modules[i].OfTeam != teams {
			continue
		}
		id := t.rules.Modules[i].Src.ID
		add("criterion", id, func(r *result) string { return r.Criteria[id] })
	}
	for _, h := range t.extras {
		if t.hasTeams() && (h == columnKind || teams && h == columnTeam) {
			continue // the table says it
		}
		add("entry", h, func(r *result) string { return r.Extra[h] })
	}
	return names, get
}

func (t *tally) writeWorking(o Options, out io.Writer) error {
	id := t.number[o.Working]
	if id == 0 {
		return fault.New(fault.Missing, "score.unknown_entry", fault.At("--working", "score.unknown_entry", o.Working))
	}
	w := t.board.Working(id)
	if o.Format == "json" {
		enc := json.NewEncoder(out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(w)
	}
	_, err := io.WriteString(out, workingText(o.Working, &w, t.judgeNames(), func(id scoring.EntryID) string { return t.entries[id-1].key }))
	return err
}

// judgeNames are the file's names by chair.
func (t *tally) judgeNames() map[scoring.ChairID]string {
	names := map[scoring.ChairID]string{}
	for key, chair := range t.seats {
		if _, judge, _ := strings.Cut(key, "\x00"); judge != "" {
			names[chair] = judge
		}
	}
	return names
}
