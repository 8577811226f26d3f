package lineup

import (
	"strconv"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Owed is one record that should be in a ledger: Belong or Recuse. Where both
// persons are zero, it is of those who have unsealed the event, or opened it where
// nothing was sealed.
type Owed struct {
	Kind   scoring.Kind
	Entry  scoring.EntryID
	Chair  scoring.ChairID
	Aspect string
	Value  string
	Reason string
	Actor  contest.ID
	Second contest.ID
}

// Belongings are what the entries of an event belong to, of what its rules ask for.
func Belongings(s *Setup, rules *scoring.Rules) []Owed {
	var out []Owed
	owe := func(e *Entrant, word string, n int) {
		o := Owed{Kind: scoring.Belong, Entry: e.Ordinal, Aspect: word, Actor: e.Mover, Reason: e.Reason}
		if n > 0 {
			o.Value = strconv.Itoa(n)
		}
		out = append(out, o)
	}
	words := rules.Scheme().Rankings
	for i := range s.Entries {
		e := &s.Entries[i]
		if rules.Teams != nil && !e.IsTeam {
			owe(e, scoring.OfTeam, int(e.Team))
		}
		for _, word := range words {
			owe(e, word, e.In.By(word))
		}
	}
	return out
}

// IsHeld says whether a board holds what is owed.
func (o *Owed) IsHeld(b *scoring.Board) bool {
	switch o.Kind {
	case scoring.Recuse:
		return b.Recused(o.Chair, o.Entry)
	case scoring.Belong:
		team, in := b.Belongs(o.Entry)
		n := in.By(o.Aspect)
		if o.Aspect == scoring.OfTeam {
			n = int(team)
		}
		return n == 0 && o.Value == "" || strconv.Itoa(n) == o.Value
	}
	return false
}
