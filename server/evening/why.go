package evening

import (
	"slices"

	"jiangtai/scoring"
	"jiangtai/scoring/working"
)

// Kind is why a row does not move.
type Kind string

// The reasons, in the order in which they are told.
const (
	ByStatus   Kind = "status"    // it does not compete: Value is the status
	ByGate     Kind = "gate"      // a finding voids it: Value is what (entry, component, criterion, aspect)
	BySpread   Kind = "spread"    // a panel does not agree and marks again
	ByMarks    Kind = "marks"     // a chair owes marks
	ByShort    Kind = "short"     // all are in, and too few for the policy
	ByHidden   Kind = "hidden"    // marks are owed in a module whose label stays hidden
	ByLate     Kind = "late"      // a late mark of it waits for two persons
	ByRecusal  Kind = "recusal"   // a judge's marks of it are left out
	ByComplete Kind = "complete"  // nothing: it moves with the marks of others only
	ByUnranked Kind = "no_chance" // complete, and never ranked by its flags
)

// Reason (为什么不动) is one reason that a row does not move.
type Reason struct {
	Kind  Kind            `json:"kind"`
	Chair scoring.ChairID `json:"chair,omitempty"`
	Panel string          `json:"panel,omitempty"`
	Code  string          `json:"code,omitempty"` // of the aspect
	Value string          `json:"value,omitempty"`
	Count int             `json:"count,omitempty"`
}

// reasons are why a competing row does not move.
func reasons(r Reading, entry scoring.EntryID, owed []Debt, wide []Spread, short, hidden int) []Reason {
	b := r.Board
	out := gates(r, entry)
	for i := range wide {
		if s := &wide[i]; s.Work != "" {
			out = append(out, Reason{Kind: BySpread, Panel: s.Panel, Code: s.Code, Value: s.Low + "–" + s.High, Count: s.Round + 1})
		}
	}
	for _, o := range owed {
		out = append(out, Reason{Kind: ByMarks, Chair: o.Chair, Panel: o.Panel, Count: o.Count})
	}
	if short > 0 {
		out = append(out, Reason{Kind: ByShort, Count: short})
	}
	if hidden > 0 {
		out = append(out, Reason{Kind: ByHidden, Count: hidden})
	}
	late := 0
	for _, l := range b.LateMarks() {
		if l.Entry == entry && (l.Aspect == "" || r.Shown(l.Aspect, entry)) {
			late++
		}
	}
	if late > 0 {
		out = append(out, Reason{Kind: ByLate, Count: late})
	}
	if n := recused(b, entry); n > 0 {
		out = append(out, Reason{Kind: ByRecusal, Count: n})
	}
	switch {
	case len(out) > 0:
	case b.Flags(entry)&scoring.Ranked == 0:
		out = append(out, Reason{Kind: ByUnranked})
	default:
		out = append(out, Reason{Kind: ByComplete})
	}
	return out
}

func recused(b *scoring.Board, entry scoring.EntryID) (n int) {
	if b.Sealed() {
		return 0
	}
	for _, c := range b.Chairs() {
		if b.Recused(c.Chair, entry) {
			n++
		}
	}
	return n
}

// gates are what findings have voided of an entry, the widest only. Where modules have
// different labels nothing of it is told: a finding at the seat may void what stands
// under the code.
func gates(r Reading, entry scoring.EntryID) []Reason {
	mixed := r.Board.Sealed() && slices.ContainsFunc(r.Board.Rules().Criteria(), func(m scoring.CriterionInfo) bool {
		return m.Identity != r.Board.Rules().IdentityOf(false)
	})
	if mixed {
		return nil
	}
	w := r.Board.Working(entry)
	if w.Void {
		return []Reason{{Kind: ByGate, Value: "entry"}}
	}
	out := []Reason{}
	for i := range w.Components {
		c := &w.Components[i]
		if c.Void {
			out = append(out, Reason{Kind: ByGate, Value: "component", Code: c.Name})
			continue
		}
		for j := range c.Criteria {
			out = append(out, voided(&c.Criteria[j])...)
		}
	}
	return out
}

func voided(c *working.Criterion) (out []Reason) {
	if c.Void {
		return []Reason{{Kind: ByGate, Value: "criterion", Code: c.Name}}
	}
	for i := range c.Aspects {
		if a := &c.Aspects[i]; a.Void {
			out = append(out, Reason{Kind: ByGate, Value: "aspect", Code: a.Code})
		}
	}
	return out
}
