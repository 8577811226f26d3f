package rescore_test

import (
	"strconv"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
)

// teams draws the rule of teams and, mostly, a component that they are marked in.
func (d draw) teams(s object, components []any) []any {
	rule := object{"take": pick(d, "sum", "mean", "best")}
	if rule["take"] == "best" {
		rule["best"] = 1 + d.IntN(3)
	}
	if d.chance(1, 3) {
		rule["size"] = 3
	}
	if d.chance(2, 3) {
		rule["least"] = 1 + d.IntN(3)
	}
	if d.chance(1, 2) {
		rule["round"] = d.round()
	}
	if d.chance(2, 3) {
		c := d.component("t")
		c["of"] = "team"
		if d.chance(1, 2) {
			c["factor"] = pick(d, "0.3", "2")
		}
		components = append(components, c)
	}
	rule["keys"] = d.teamKeys(components)
	s["teams"] = rule
	return components
}

// teamKeys are those of persons but those that need a field of their own.
func (d draw) teamKeys(components []any) []any {
	list := []any{}
	for _, k := range d.keys(components) {
		if by := k.(object)["by"]; by != "firsts" && by != "best" {
			list = append(list, k)
		}
	}
	return list
}

// passing draws pass marks that can be reached.
func (d draw) passing(s object) {
	try := func(in object, mark string) {
		in["pass"] = mark
		if _, err := scheme.Parse(text(s)); err != nil {
			delete(in, "pass")
		}
	}
	if d.chance(1, 3) {
		try(s, pick(d, "3", "8", "15"))
	}
	for _, c := range s["components"].([]any) {
		if d.chance(1, 5) {
			try(c.(object), pick(d, "1", "3", "8"))
		}
	}
}

// honours draws the groupings, prizes and who goes on.
func (d draw) honours(s object) {
	words := []any{}
	for _, word := range []string{"group", "county", "unit"} {
		if d.chance(1, 2) {
			words = append(words, word)
		}
	}
	d.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	s["rankings"] = words
	by := func(rule object) object {
		if i := d.IntN(len(words) + 1); i < len(words) {
			rule["by"] = words[i]
		}
		return rule
	}
	if d.chance(3, 4) {
		s["prizes"] = by(d.prizes())
	}
	if s["teams"] != nil && d.chance(3, 4) {
		s["team_prizes"] = by(d.prizes())
	}
	if d.chance(1, 2) {
		s["advance"] = by(object{"first": 1 + d.IntN(4), "ties": pick(d, "widen", "narrow", "decide")})
	} else if d.chance(1, 2) {
		s["advance"] = by(object{"line": pick(d, "2", "6", "12"), "first": d.IntN(3)})
	}
}

func (d draw) prizes() object {
	list := []any{}
	for i := range 1 + d.IntN(4) {
		prize := object{"id": "p" + strconv.Itoa(i), "name": zh("奖")}
		if d.chance(1, 2) {
			prize["share"] = pick(d, "0.1", "0.15", "0.25", "0.2")
		} else {
			prize["number"] = 1 + d.IntN(2)
		}
		list = append(list, prize)
	}
	return object{
		"list": list, "mode": pick(d, "half_up", "half_even", "floor", "ceiling"), "running": d.chance(1, 3), "of": pick(d, "ranked", "started"),
		"least": d.IntN(4), "ties": pick(d, "widen", "narrow", "decide"), "below_pass": d.chance(1, 4),
	}
}

// admit lets persons in, and teams behind them where the scheme has teams.
func (w *world) admit() {
	persons := 1 + w.d.IntN(8)
	if w.d.coarse {
		persons += 4
	}
	for e := range persons {
		w.must(scoring.Command{Kind: scoring.Admit, Entry: scoring.EntryID(e + 1), Value: pick(w.d, "", "", "", "", "prize,unit", "ranked", "ranked,advance,unit")})
	}
	if w.trees[0]["teams"] == nil {
		return
	}
	for e := range 1 + w.d.IntN(3) {
		w.must(scoring.Command{
			Kind: scoring.Admit, Entry: scoring.EntryID(persons + e + 1),
			Value: pick(w.d, "ranked,prize,unit,advance,team", "ranked,prize,unit,advance,team", "ranked,team", "prize,team"),
		})
	}
}

// belong puts an entry somewhere, or takes it out.
func (w *world) belong(e scoring.EntryID) {
	c := scoring.Command{Kind: scoring.Belong, Entry: e, Aspect: pick(w.d, "team", "group", "county", "unit"), Actor: scoring.ID{1}}
	ids := w.board.Entries()
	switch {
	case w.d.chance(1, 12):
	case c.Aspect == "team":
		c.Value = strconv.Itoa(int(ids[len(ids)-1-w.d.IntN(min(3, len(ids)))]))
	default:
		c.Value = strconv.Itoa(1 + w.d.IntN(3))
	}
	w.give(c)
}

// belongAll puts everybody into groups, and mostly into a team.
func (w *world) belongAll() {
	ids := w.board.Entries()
	for _, e := range ids {
		for _, by := range []string{"group", "county", "unit"} {
			w.give(scoring.Command{Kind: scoring.Belong, Entry: e, Aspect: by, Value: strconv.Itoa(1 + w.d.IntN(2)), Actor: scoring.ID{1}})
		}
		team := ids[len(ids)-1-w.d.IntN(min(3, len(ids)))]
		w.give(scoring.Command{Kind: scoring.Belong, Entry: e, Aspect: scoring.OfTeam, Value: strconv.Itoa(int(team)), Actor: scoring.ID{1}})
	}
}

// recuse leaves a chair's marks for an entry out.
func (w *world) recuse(e scoring.EntryID) {
	w.give(scoring.Command{
		Kind: scoring.Recuse, Entry: e, Chair: scoring.ChairID(1 + w.d.IntN(6)), Actor: scoring.ID{1}, Second: scoring.ID{2}, TextHash: [32]byte{3},
	})
}
