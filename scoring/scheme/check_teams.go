package scheme

import (
	"slices"
	"strconv"

	"jiangtai/scoring/record"
)

// checkTeams checks how teams are made and what their ties look at. It runs when
// all ids are known.
func (k *checker) checkTeams() {
	t := k.s.Teams
	if t == nil {
		if k.s.TeamPrizes != nil {
			k.add("/team_prizes", "scheme.no_teams", "")
		}
		return
	}
	k.oneOf("/teams/take", t.Take, "sum", "mean", "best")
	k.round("/teams/round", t.Round)
	switch {
	case t.Take == "best" && t.Best == 0:
		k.add("/teams/best", "scheme.missing", "")
	case t.Take != "best" && t.Best > 0:
		k.add("/teams/best", "scheme.field_not_used", t.Take)
	case t.Size > 0 && t.Best > t.Size:
		k.add("/teams/best", "scheme.out_of_range", "1–"+strconv.Itoa(t.Size))
	}
	if t.Size > 0 && t.Least > t.Size {
		k.add("/teams/least", "scheme.out_of_range", "1–"+strconv.Itoa(t.Size))
	}
	for i, key := range t.Keys {
		at := "/teams/keys/" + strconv.Itoa(i)
		if k.key(at, key); key.By == "best" || key.By == "firsts" {
			k.add(at+"/by", "scheme.field_not_used", "teams")
		}
	}
}

// teamComponent checks what is other in a component of teams: its marks are added
// to what the members make, so that its share is a factor and no part of a 1.
func (k *checker) teamComponent(at string, c *Component) {
	if k.s.Teams == nil {
		k.add(at+"/of", "scheme.no_teams", "")
	}
	if c.Weight != nil {
		k.add(at+"/weight", "scheme.field_not_used", OfTeam)
	}
	k.positive(at+"/factor", c.Factor)
}

// checkRankings checks which groupings are ranked by.
func (k *checker) checkRankings() {
	for i, word := range k.s.Rankings {
		at := "/rankings/" + strconv.Itoa(i)
		if k.oneOf(at, word, record.GroupWords[:]...) && slices.Contains(k.s.Rankings[:i], word) {
			k.add(at, "scheme.duplicate_id", word)
		}
	}
}

// by checks what prizes or who goes on are cut by.
func (k *checker) by(at, word string) {
	if word != "" && k.oneOf(at, word, record.GroupWords[:]...) && !slices.Contains(k.s.Rankings, word) {
		k.add(at, "scheme.not_ranked_by", word)
	}
}
