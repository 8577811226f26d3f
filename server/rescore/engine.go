package rescore

import (
	"fmt"
	"slices"
	"sort"
	"strconv"

	"jiangtai/scoring"
	"jiangtai/scoring/award"
	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
)

// engine is what the board, and package award behind it, make of the same
// records: the only file here that asks them.
func engine(lines []Line, texts map[uint64][]byte) (Facts, error) {
	set := scoring.RuleSet{}
	for version, text := range texts {
		s, err := scheme.Parse(text)
		if err != nil {
			return nil, fmt.Errorf("scheme version %d: %w", version, err)
		}
		if set[uint16(version)], err = scoring.Compile(s); err != nil {
			return nil, fmt.Errorf("scheme version %d: %w", version, err)
		}
	}
	b := scoring.NewBoard(set)
	for i := range lines {
		r, err := scoring.ParseRecord(lines[i].Body)
		if err == nil {
			err = b.Apply(r, nil)
		}
		if err != nil {
			return nil, fmt.Errorf("record %d: %w", lines[i].Seq, err)
		}
	}
	e := told{b, Facts{}, b.Results()}
	if rules := b.Rules(); rules != nil {
		e.rows()
		e.awards(rules.Scheme(), rules.Ascending)
	}
	return e.facts, nil
}

// told are the engine's results as facts.
type told struct {
	b     *scoring.Board
	facts Facts
	field []award.Entry
}

func named(id scoring.EntryID) string { return entryName(uint64(id)) }

// rows are what the chief's view says.
func (e *told) rows() {
	view := e.b.View(scoring.Chief)
	for _, row := range view.Rows {
		e.facts.say(named(row.Entry), "total", row.Total)
		e.facts.say(named(row.Entry), "rank", row.Rank)
		e.facts.say(named(row.Entry), "team", row.Of)
		for i, in := range row.In {
			e.facts.say(named(row.Entry), view.Rankings[i], in.Group)
			e.facts.say(named(row.Entry), "rank in "+view.Rankings[i], in.Rank)
		}
	}
}

// awards are what package award makes of the results.
func (e *told) awards(s *scheme.Scheme, lower bool) {
	won := map[scoring.EntryID]string{}
	if s.Prizes != nil {
		won = e.prizes("prize", s.Prizes, award.Give(s.Prizes, e.field))
	}
	if s.TeamPrizes != nil {
		e.prizes("team prize", s.TeamPrizes, award.GiveTeams(s.TeamPrizes, e.field))
	}
	if s.Advance != nil {
		e.advance(s.Advance, lower)
	}
	if !lower {
		e.medals()
	}
	points := map[string]int{}
	if s.Prizes != nil {
		for i := range s.Prizes.List {
			points[s.Prizes.List[i].ID] = 8 >> i
		}
	}
	for _, by := range []string{"unit", "county"} {
		e.table(by, &award.Table{Kind: award.BestOf, Lower: lower}, won)
		e.table(by, &award.Table{Kind: award.Points, Points: points}, won)
		e.table(by, &award.Table{Kind: award.FixedTeam, Lower: lower}, won)
	}
}

// prizes says what was given, group by group.
func (e *told) prizes(what string, p *scheme.Prizes, given award.Prizes) map[scoring.EntryID]string {
	won := map[scoring.EntryID]string{}
	groups := given.Groups
	if p.By == "" {
		groups = []award.Group{{Base: given.Base, TooFew: given.TooFew, Counts: given.Counts}}
	}
	for _, g := range groups {
		in := inGroup(p.By, g.Number)
		e.facts.say(what+in, "base", g.Base)
		if g.TooFew {
			e.facts.say(what+in, "state", "too few")
		}
		for i, n := range g.Counts {
			e.facts.say(what+" "+p.List[i].ID+in, "places", n)
		}
	}
	for _, w := range given.Winners {
		won[w.Entry] = w.Prize
		e.facts.say(named(w.Entry), what, w.Prize)
	}
	for i := range given.Open {
		c := &given.Open[i]
		e.open(what+" "+c.Prize+inGroup(p.By, c.In), c)
	}
	return won
}

func (e *told) advance(a *scheme.Advance, lower bool) {
	going := award.Advance(a, e.field, lower)
	for _, id := range going.Entries {
		e.facts.say(named(id), "advances", "yes")
	}
	for i := range going.Open {
		e.open("advancing"+inGroup(a.By, going.Open[i].In), &going.Open[i])
	}
}

func inGroup(by string, number int) string {
	if by == "" {
		return ""
	}
	return fmt.Sprint(" in ", by, " ", number)
}

func (e *told) open(of string, c *award.Cut) {
	slices.Sort(c.Group)
	e.facts.say(of, "undecided", fmt.Sprint(c.Places, " for ", c.Group))
}

func (e *told) medals() {
	var totals []exact.Num
	var ids []scoring.EntryID
	for i := range e.field {
		if r := &e.field[i]; r.Rank > 0 && !r.IsTeam() {
			totals, ids = append(totals, r.Total), append(ids, r.ID)
		}
	}
	scale := award.Standard(totals)
	if !scale.Shown {
		return
	}
	sort.Stable(byScore{scale.Scores, ids})
	for i, m := range award.Medals(scale.Scores) {
		e.facts.say(named(ids[i]), "standard score", scale.Scores[i])
		e.facts.say(named(ids[i]), "medal", string(m))
	}
}

// byScore sorts scores downwards, and ids with them.
type byScore struct {
	scores []int
	ids    []scoring.EntryID
}

func (s byScore) Len() int           { return len(s.ids) }
func (s byScore) Less(i, j int) bool { return s.scores[i] > s.scores[j] }
func (s byScore) Swap(i, j int) {
	s.scores[i], s.scores[j] = s.scores[j], s.scores[i]
	s.ids[i], s.ids[j] = s.ids[j], s.ids[i]
}

func (e *told) table(by string, t *award.Table, won map[scoring.EntryID]string) {
	var members []award.Member
	for i := range e.field {
		r := &e.field[i]
		if r.IsTeam() || r.In.By(by) == 0 {
			continue
		}
		m := award.Member{
			Unit: strconv.Itoa(r.In.By(by)), Entry: r.ID, Rank: r.Rank, Flags: r.Flags, Total: r.Total, Prize: won[r.ID], Fixed: r.Of != 0,
		}
		if r.Seconds != nil {
			m.Seconds = *r.Seconds
		}
		rules := e.b.Rules()
		for i := range rules.Components {
			if rules.Components[i].Src.Of == "" {
				m.Practical = r.Parts[i].Value // the last one of persons
			}
		}
		members = append(members, m)
	}
	for _, l := range t.Rank(members) {
		e.facts.say(by+" "+l.Unit, "table "+string(t.Kind), fmt.Sprint("rank ", l.Rank, ", score ", l.Score.Rat().RatString()))
	}
}
