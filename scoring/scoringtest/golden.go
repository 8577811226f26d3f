package scoringtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
)

// Golden is one golden sheet.
type Golden struct {
	Name     string
	Scheme   []byte // its text
	Rules    *scoring.Rules
	Commands []scoring.Command // adopt, seat, admit, open, and all marks; ids are given
	Want     []Result          // by entry, from 1
}

// Result is what an entry is to come to.
type Result struct {
	Marks   string         `json:"marks"` // "" gives none
	Total   string         `json:"total"` // "" without one
	Rank    int            `json:"rank"`  // 0: not ranked
	Team    bool           `json:"team"`
	Of      int            `json:"of"`      // a member's team, as its place in the list, from 1
	In      map[string]int `json:"in"`      // its groups: their numbers by the words of rankings
	Within  map[string]int `json:"within"`  // its ranks in them
	Recused []string       `json:"recused"` // "judges 2" is that panel's second chair
}

var errSheet = errors.New("not a golden sheet")

// Load reads golden sheets from their texts, by file name; they come in the
// order of their names. Files are for the caller to read: this room has no I/O.
func Load(texts map[string][]byte) ([]Golden, error) {
	var list []Golden
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		g, err := read(texts[name])
		if err != nil {
			return nil, fmt.Errorf("golden sheet %s: %w", name, err)
		}
		g.Name = strings.TrimSuffix(name, ".json")
		list = append(list, g)
	}
	return list, nil
}

func read(text []byte) (Golden, error) {
	var in struct {
		Scheme json.RawMessage
		Chairs map[string]int
		Sheets []Result
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return Golden{}, fmt.Errorf("decode: %w", err)
	}
	s, err := scheme.Parse(in.Scheme)
	if err != nil {
		return Golden{}, fmt.Errorf("parse: %w", err)
	}
	g := Golden{Scheme: in.Scheme, Want: in.Sheets}
	if g.Rules, err = scoring.Compile(s); err != nil {
		return Golden{}, fmt.Errorf("compile: %w", err)
	}
	g.add(scoring.Command{Kind: scoring.Adopt})
	first, next := map[string]int{}, 1
	for _, p := range g.Rules.Panels() {
		first[p.ID] = next
		for range in.Chairs[p.ID] {
			g.add(scoring.Command{Kind: scoring.Seat, Chair: scoring.ChairID(next), Aspect: p.ID})
			next++
		}
	}
	for i := range in.Sheets {
		c := scoring.Command{Kind: scoring.Admit, Entry: scoring.EntryID(i + 1)}
		if in.Sheets[i].Team {
			c.Value = (scoring.AllFlags | scoring.Team).String()
		}
		g.add(c)
	}
	for i := range in.Sheets {
		g.belong(scoring.EntryID(i+1), &in.Sheets[i])
	}
	g.add(scoring.Command{Kind: scoring.Open})
	for i := range in.Sheets {
		if in.Sheets[i].Marks == "" {
			continue
		}
		for _, marks := range strings.Split(in.Sheets[i].Marks, "; ") {
			if err := g.mark(scoring.EntryID(i+1), marks, first); err != nil {
				return Golden{}, err
			}
		}
	}
	for i := range in.Sheets {
		if err := g.recuse(scoring.EntryID(i+1), in.Sheets[i].Recused, first); err != nil {
			return Golden{}, err
		}
	}
	return g, nil
}

func (g *Golden) belong(entry scoring.EntryID, r *Result) {
	if r.Of > 0 {
		g.add(scoring.Command{Kind: scoring.Belong, Entry: entry, Aspect: scoring.OfTeam, Value: strconv.Itoa(r.Of)})
	}
	for _, word := range slices.Sorted(maps.Keys(r.In)) {
		g.add(scoring.Command{Kind: scoring.Belong, Entry: entry, Aspect: word, Value: strconv.Itoa(r.In[word])})
	}
}

func (g *Golden) recuse(entry scoring.EntryID, chairs []string, first map[string]int) error {
	for _, words := range chairs {
		panel, number, _ := strings.Cut(words, " ")
		n, err := strconv.Atoi(number)
		if err != nil || first[panel] == 0 {
			return fmt.Errorf("%w: no chair %q", errSheet, words)
		}
		g.add(scoring.Command{
			Kind: scoring.Recuse, Entry: entry, Chair: scoring.ChairID(first[panel] + n - 1),
			Actor: scoring.ID{1}, Second: scoring.ID{2}, TextHash: [32]byte{1},
		})
	}
	return nil
}

// add gives the command its id.
func (g *Golden) add(c scoring.Command) {
	c.Version, c.MarkID = 1, scoring.ID{14: byte(len(g.Commands) >> 8), 15: byte(len(g.Commands) + 1)}
	g.Commands = append(g.Commands, c)
}

func (g *Golden) mark(entry scoring.EntryID, marks string, first map[string]int) error {
	words := strings.Fields(marks)
	aspect, attempt, _ := strings.Cut(words[0], "/")
	i, ok := g.Rules.AspectAt[aspect]
	if !ok {
		return fmt.Errorf("%w: no aspect %q", errSheet, aspect)
	}
	a := &g.Rules.Aspects[i]
	if len(words) == 1 {
		words = append(words, "")
	}
	for n, value := range words[1:] {
		c := scoring.Command{Kind: scoring.Mark, Entry: entry, Aspect: aspect, Attempt: 1, Round: 1, Value: value}
		if at, err := strconv.Atoi(attempt); err == nil {
			c.Attempt = uint8(at)
		}
		if a.Panel >= 0 {
			c.Chair = scoring.ChairID(first[a.Src.Panel])
		}
		if a.Each {
			c.Chair += scoring.ChairID(n)
		} else {
			c.Attempt = uint8(n + 1)
		}
		switch value {
		case "-":
			c.Kind, c.Value = scoring.NotPerformed, ""
		case "x":
			c.Kind, c.Value = scoring.Absent, ""
		}
		g.add(c)
	}
	return nil
}
