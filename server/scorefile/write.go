package scorefile

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
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
}

func (t *tally) results() []result {
	var list []result
	for _, row := range t.board.View(scoring.Chief).Rows {
		e := &t.entries[row.Entry-1]
		r := result{
			Rank: row.Rank, Entry: e.key, Total: row.Total, Status: row.Status,
			Components: map[string]string{}, Criteria: map[string]string{}, Extra: map[string]string{},
		}
		for i, h := range t.extras {
			r.Extra[h] = e.extra[i]
		}
		if row.Status == scoring.Competing || row.Status == scoring.OutOfContest {
			for _, m := range t.board.Missing(row.Entry) {
				r.Missing = append(r.Missing, t.missingText(m))
			}
			if row.Total == "" && len(r.Missing) == 0 {
				r.Missing = []string{"no result"} // every try was unfinished
			}
		}
		w := t.board.Working(row.Entry)
		for i, c := range w.Components {
			r.Components[c.ID] = t.part(c.Value, c.Complete, &t.rules.Components[i].Round)
			for _, k := range c.Criteria {
				r.Criteria[k.ID] = t.part(k.Value, k.Complete, &t.rules.Modules[t.rules.ModuleAt[k.ID]].Round)
			}
		}
		list = append(list, r)
	}
	return list
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

// columns are the result columns behind the fixed ones: components, criteria,
// then the entries' own. A name that is taken gets its sort in front.
func (t *tally) columns() (names []string, get []func(*result) string) {
	taken := map[string]bool{"rank": true, "entry": true, "total": true, "status": true, "missing": true}
	add := func(sort, id string, of func(*result) string) {
		name := id
		if taken[name] {
			name = sort + "." + id
		}
		taken[name] = true
		names, get = append(names, name), append(get, of)
	}
	for i := range t.rules.Components {
		id := t.rules.Components[i].Src.ID
		add("component", id, func(r *result) string { return r.Components[id] })
	}
	for i := range t.rules.Modules {
		id := t.rules.Modules[i].Src.ID
		add("criterion", id, func(r *result) string { return r.Criteria[id] })
	}
	for _, h := range t.extras {
		add("entry", h, func(r *result) string { return r.Extra[h] })
	}
	return names, get
}

func (t *tally) writeCSV(out io.Writer) error {
	names, get := t.columns()
	w := csv.NewWriter(out)
	if err := w.Write(append([]string{"rank", "entry", "total", "status", "missing"}, names...)); err != nil {
		return fmt.Errorf("write standings: %w", err)
	}
	for _, r := range t.results() {
		rank := ""
		if r.Rank > 0 {
			rank = strconv.Itoa(r.Rank)
		}
		row := []string{rank, r.Entry, r.Total, string(r.Status), strings.Join(r.Missing, "; ")}
		for _, g := range get {
			row = append(row, g(&r))
		}
		if err := w.Write(row); err != nil {
			return fmt.Errorf("write standings: %w", err)
		}
	}
	w.Flush()
	return w.Error()
}

func (t *tally) writeJSON(out io.Writer) error {
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(struct {
		Entries []result `json:"entries"`
	}{t.results()})
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
	_, err := io.WriteString(out, workingText(o.Working, &w, t.judgeNames()))
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
