package rules

import (
	"jiangtai/scoring/record"
	"jiangtai/scoring/scheme"
)

// Teams is how members make a team's total (团体).
type Teams struct {
	Take  string // sum, mean, best
	Best  int    // of best: how many members
	Size  int    // how many members a team has; 0: as many as there are
	least int    // 0: all of them
	Round Stage
	Keys  []Key
}

// Least is the fewest members that must count for a team of so many to be
// ranked.
func (t *Teams) Least(members int) int {
	if t.least == 0 {
		return max(members, 1)
	}
	return t.least
}

// Grouping is one ranking beside the whole one.
type Grouping struct {
	Word string
	At   int // its place in record.GroupWords
}

func (r *Rules) addTeams() {
	for _, word := range r.scheme.Rankings {
		r.Rankings = append(r.Rankings, Grouping{word, record.GroupAt(word)})
	}
	src := r.scheme.Teams
	if src == nil {
		return
	}
	t := &Teams{Take: src.Take, Best: src.Best, Size: src.Size, least: src.Least, Round: stageOf(src.Round)}
	switch {
	case t.least > 0:
	case t.Take == "best":
		t.least = t.Best
	default:
		t.least = t.Size
	}
	for _, k := range src.Keys {
		t.Keys = append(t.Keys, r.key(k))
	}
	r.Teams = t
}

// ofWord is the word of what teams are marked in, "" of what persons are.
func ofWord(team bool) string {
	if team {
		return scheme.OfTeam
	}
	return ""
}

// RankedBy are the groupings that the scheme ranks by, in its order; nil when
// there are none.
func (r *Rules) RankedBy() []string { return append([]string(nil), r.scheme.Rankings...) }

// OfTeam says whether a key names something that teams are marked in.
func (r *Rules) OfTeam(k *Key) bool {
	switch k.By {
	case "component":
		return r.Components[k.At].OfTeam
	case "criterion":
		return r.Modules[k.At].OfTeam
	}
	return r.Aspects[k.At].OfTeam
}

// Names is the id of what a key names; "" where that is no one thing.
func (r *Rules) Names(k *Key) string {
	switch k.By {
	case "firsts":
		return ""
	case "component":
		return r.Components[k.At].Src.ID
	case "criterion":
		return r.Modules[k.At].Src.ID
	}
	return r.Aspects[k.At].Src.ID
}
