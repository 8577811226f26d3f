package scoring_test

import (
	"strconv"

	"pgregory.net/rapid"

	"jiangtai/scoring"
	"jiangtai/scoring/record"
	"jiangtai/scoring/scheme"
)

// drawTeams gives half of the schemes teams, and most of those a component that
// teams are marked in; and some rankings by group.
func drawTeams(t *rapid.T, s *scheme.Scheme, aspects int) {
	words := rapid.Permutation(record.GroupWords[:]).Draw(t, "groupings")
	s.Rankings = words[:rapid.IntRange(0, len(words)).Draw(t, "rankings")]
	if !rapid.Bool().Draw(t, "teams") {
		return
	}
	s.Teams = &scheme.Teams{
		Take: rapid.SampledFrom([]string{"sum", "mean", "best"}).Draw(t, "teams take"), Size: rapid.SampledFrom([]int{0, 0, 2, 3}).Draw(t, "size"),
		Least: rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "least"), Round: drawRound(t, "teams"),
	}
	if s.Teams.Take == "best" {
		s.Teams.Best = rapid.IntRange(1, 2).Draw(t, "best")
	}
	keys := []scheme.Key{
		{By: "component", ID: "c0"}, {By: "criterion", ID: "k00"}, {By: "aspect", ID: "a0"}, {By: "aspect", ID: "a0", Order: "ascending"},
	}
	if rapid.IntRange(0, 3).Draw(t, "of team") > 0 {
		c := scheme.Component{ID: "t0", Name: zh("团体"), Of: scheme.OfTeam}
		if rapid.Bool().Draw(t, "team factor") {
			c.Factor = dec("0.3")
		}
		k := scheme.Criterion{ID: "tk0", Name: zh("模块")}
		sub := scheme.SubCriterion{ID: "tk0", Name: zh("项")}
		for i := range rapid.IntRange(1, 2).Draw(t, "team aspects") {
			sub.Aspects = append(sub.Aspects, drawAspect(t, "a"+strconv.Itoa(aspects+i)))
		}
		k.Subs = []scheme.SubCriterion{sub}
		c.Criteria = []scheme.Criterion{k}
		at := rapid.IntRange(0, 1).Draw(t, "before")
		s.Components = append(s.Components[:at:at], append([]scheme.Component{c}, s.Components[at:]...)...)
		keys = append(keys, scheme.Key{By: "component", ID: "t0"}, scheme.Key{By: "criterion", ID: "tk0"}, scheme.Key{By: "aspect", ID: "a" + strconv.Itoa(aspects)})
	}
	s.Teams.Keys = rapid.Permutation(keys).Draw(t, "team keys")[:rapid.IntRange(0, 3).Draw(t, "how many team keys")]
}

// drawPlaces admits teams and says what entries belong to, before it opens.
func (w *world) drawPlaces(t *rapid.T) {
	place := func(c scoring.Command) {
		if _, refusal := w.give(c); refusal == nil {
			w.places = append(w.places, w.records[len(w.records)-1].Command)
		}
	}
	if w.s.Teams != nil {
		for range rapid.IntRange(0, 3).Draw(t, "teams of it") {
			w.entries++
			place(scoring.Command{Kind: scoring.Admit, Entry: scoring.EntryID(w.entries), Value: "ranked,prize,unit,advance,team"})
		}
	}
	for range rapid.IntRange(0, 3*w.entries).Draw(t, "belongings") {
		place(w.drawBelong(t, scoring.EntryID(rapid.IntRange(1, w.entries).Draw(t, "who belongs"))))
	}
}

func (w *world) drawBelong(t *rapid.T, e scoring.EntryID) scoring.Command {
	c := scoring.Command{Kind: scoring.Belong, Entry: e, Aspect: rapid.SampledFrom([]string{"team", "team", "group", "county", "unit"}).Draw(t, "belongs to")}
	n := rapid.IntRange(0, 2).Draw(t, "number")
	if c.Aspect == scoring.OfTeam && n > 0 {
		n += w.persons
	}
	if n > 0 {
		c.Value = strconv.Itoa(n)
	}
	return c
}

// naiveTeams reads the records for what entries are and belong to.
func (w *world) naiveTeams() naiveTeams {
	n := naiveTeams{
		points: w.s.Provisional == scheme.Points && w.board.Phase() != scoring.Official, teams: map[scoring.EntryID]bool{},
		member: map[scoring.EntryID]scoring.EntryID{}, ofTeam: map[string]bool{}, recused: map[naivePair]bool{},
	}
	for i := range w.s.Components {
		for j := range w.s.Components[i].Criteria {
			for _, a := range w.s.Components[i].Criteria[j].Subs[0].Aspects {
				n.ofTeam[a.ID] = w.s.Components[i].Of == scheme.OfTeam
			}
		}
	}
	for i := range w.records {
		r := &w.records[i]
		switch {
		case r.Kind == scoring.Admit:
			n.teams[r.Entry] = int(r.Entry) > w.persons
		case r.Kind == scoring.Recuse:
			n.recused[naivePair{r.Chair, r.Entry}] = true
		case r.Kind == scoring.Belong && r.Aspect == scoring.OfTeam:
			team, _ := strconv.Atoi(r.Value)
			if n.member[r.Entry] = scoring.EntryID(team); team == 0 {
				delete(n.member, r.Entry)
			}
		}
	}
	return n
}

// groups are the numbers of entries by a grouping, as the records say.
func (w *world) groups(word string) map[scoring.EntryID]int {
	in := map[scoring.EntryID]int{}
	for i := range w.records {
		if r := &w.records[i]; r.Kind == scoring.Belong && r.Aspect == word {
			in[r.Entry], _ = strconv.Atoi(r.Value)
		}
	}
	return in
}

// holdRanks: a rank is one more than the number of ranked entries of its list that
// are strictly better, by the total, then the keys, then decided places; and so
// in each group.
func (w *world) holdRanks(t *rapid.T, n *naive) {
	want, within := map[scoring.EntryID]int{}, map[scoring.EntryID][]scoring.Within{}
	for _, teams := range []bool{false, true} {
		ranked := n.ranked(teams)
		for _, x := range ranked {
			want[x.entry] = n.rankAmong(x, ranked, ranked)
		}
		for _, word := range w.s.Rankings {
			in := w.groups(word)
			for _, x := range ranked {
				of := scoring.Within{Group: in[x.entry]}
				if of.Group > 0 {
					var list []*naiveSheet
					for _, y := range ranked {
						if in[y.entry] == of.Group {
							list = append(list, y)
						}
					}
					of.Rank = n.rankAmong(x, list, ranked)
				}
				within[x.entry] = append(within[x.entry], of)
			}
		}
	}
	pos := map[bool]int{}
	for _, row := range w.board.View(scoring.Chief).Rows {
		pos[row.Team]++
		if row.Team != n.teams[row.Entry] || row.Of != n.member[row.Entry] {
			t.Fatalf("entry %d: %+v, of team %d", row.Entry, row, n.member[row.Entry])
		}
		if !row.Team && pos[true] > 0 || row.Pos != pos[row.Team] || row.Rank != want[row.Entry] {
			t.Fatalf("entry %d has pos %d and rank %d at %d, naive rank %d", row.Entry, row.Pos, row.Rank, pos[row.Team], want[row.Entry])
		}
		for i, in := range row.In {
			if row.Rank > 0 && in != within[row.Entry][i] || row.Rank == 0 && in.Rank != 0 {
				t.Fatalf("entry %d, %s: %+v, naive %+v", row.Entry, w.s.Rankings[i], in, within[row.Entry])
			}
		}
		if len(row.In) != len(w.s.Rankings) {
			t.Fatalf("%+v", row)
		}
	}
}

// finish gives most of what is missing, twice over where a panel does not agree,
// and then recuses somebody or moves somebody.
func (w *world) finish(t *rapid.T) {
	for range 2 {
		for e := 1; e <= w.entries; e++ {
			for _, m := range w.board.Missing(scoring.EntryID(e)) {
				c := scoring.Command{Kind: scoring.Mark, Entry: scoring.EntryID(e), Aspect: m.Aspect, Attempt: m.Attempt, Round: m.Round, Chair: max(m.Chair, 1)}
				for _, a := range w.aspects {
					if a.ID == m.Aspect {
						c.Value = drawValue(t, a)
					}
				}
				if rapid.IntRange(0, 30).Draw(t, "forgotten") > 0 {
					w.give(c)
				}
			}
		}
	}
	for range rapid.IntRange(0, 4).Draw(t, "late steps") {
		e := scoring.EntryID(rapid.IntRange(1, w.entries).Draw(t, "whose"))
		if rapid.Bool().Draw(t, "recuses") {
			w.give(w.drawRecuse(t, e))
		} else {
			w.give(w.drawBelong(t, e))
		}
	}
}

func (w *world) drawRecuse(t *rapid.T, e scoring.EntryID) scoring.Command {
	return scoring.Command{
		Kind: scoring.Recuse, Entry: e, Chair: scoring.ChairID(rapid.IntRange(1, w.judges+1).Draw(t, "recused")),
		Actor: scoring.ID{1}, Second: second, TextHash: [32]byte{1},
	}
}
