package diff

import (
	"strings"

	"jiangtai/scoring/scheme"
)

// bearing says what a field of a thing bears on, by sort and the field's first
// word.
var bearing = map[string]Concern{
	"scheme composition": Total, "scheme total": Total, "scheme pass": Pass, "scheme identity": Identity,
	"scheme rounding": Rounding, "scheme ranking": Ranking, "scheme provisional": Ranking,
	"scheme prizes": Prizes, "scheme advance": Advance,
	"component weight": Total, "component factor": Total, "component max": Total, "component pass": Pass,
	"criterion factor": Total, "criterion max": Total, "criterion identity": Identity,
	"scheme teams": Ranking, "scheme rankings": Ranking, "scheme team_prizes": Prizes, "component of": Total,
	"key order": Ranking, "prize share": Prizes, "prize number": Prizes,
	"team_key order": Ranking, "team_prize share": Prizes, "team_prize number": Prizes,
}

// touched is what a change of a field bears on. An aspect's field bears on the
// total when the most that it can give is another number for it.
func (c *comparing) touched(a, b *node, field string) []Concern {
	word, _, _ := strings.Cut(field, ".")
	if of, ok := bearing[b.Sort+" "+word]; ok {
		if of == Identity && b.Sort == "criterion" && a.of == b.of {
			return nil
		}
		return []Concern{of}
	}
	switch b.Sort {
	case "aspect":
		if strings.Contains(" max factor kind by panel mode policy else bands rows ", " "+word+" ") && !sameBest(c, a.aspect, b.aspect) {
			return []Concern{Total}
		}
	case "grade":
		if !sameBest(c, a.parent.aspect, b.parent.aspect) {
			return []Concern{Total}
		}
	case "panel":
		if c.scaleOf(b.ID) {
			return []Concern{Total}
		}
	}
	return nil
}

func sameBest(c *comparing, a, b *scheme.Aspect) bool {
	was, closed := c.old.src.BestMark(a)
	is, stays := c.now.src.BestMark(b)
	return was.Equal(is) && closed == stays
}

// scaleOf says that the most that a panel's aspects can give has changed, though
// none of them did: their marks are added up, and another number of them.
func (c *comparing) scaleOf(panel string) bool {
	for _, n := range c.now.aspects() {
		if was := c.old.byKey[n.key]; n.aspect.Panel == panel && was != nil && was.aspect.Panel == panel && !sameBest(c, was.aspect, n.aspect) {
			return true
		}
	}
	return false
}

// touchedByPresence is what it bears on that a thing came or went.
func touchedByPresence(t *tree, n *node) []Concern {
	switch n.Sort {
	case "key", "team_key":
		return []Concern{Ranking}
	case "prize", "team_prize":
		return []Concern{Prizes}
	case "component":
		return []Concern{Total}
	case "criterion":
		if n.of != scheme.Open {
			return []Concern{Total, Identity}
		}
		return []Concern{Total}
	case "aspect":
		if best, closed := t.src.BestMark(n.aspect); !closed || !best.IsZero() {
			return []Concern{Total}
		}
	}
	return nil
}

// touchedByMove is what it bears on that a thing stands elsewhere: the order of
// keys and prizes, and the total when marks go to another module or part.
func touchedByMove(was, is *node) []Concern {
	switch {
	case isKey(is.Sort):
		return []Concern{Ranking}
	case isPrize(is.Sort):
		return []Concern{Prizes}
	case is.Sort == "aspect" && was.parent.parent.key != is.parent.parent.key,
		is.Sort == "sub" && was.parent.key != is.parent.key,
		is.Sort == "criterion" && was.parent.key != is.parent.key:
		return []Concern{Total}
	}
	return nil
}

// worth is the most that a new or lost aspect gives, the share of a part, the
// number or share of a prize.
func worth(t *tree, n *node) []scheme.Text {
	if n.aspect != nil {
		best, closed := t.src.BestMark(n.aspect)
		if !closed || best.IsZero() {
			return nil
		}
		return word(best.String())
	}
	for _, f := range n.fields {
		switch f.name {
		case "max", "weight", "amount", "share", "number":
			if f.lines != nil {
				return f.lines
			}
		}
	}
	return nil
}
