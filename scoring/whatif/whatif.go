package whatif

import (
	"fmt"

	"jiangtai/scoring"
)

// Left is a record that the other scheme has no place for.
type Left struct {
	Seq    uint64
	Kind   scoring.Kind
	Entry  scoring.EntryID
	Aspect string
	Code   string // of the refusal
	Hint   string
}

// Replay folds a ledger's records, in order from 1, as if r had been its only
// scheme. The error says that the records are no ledger.
func Replay(r *scoring.Rules, records []scoring.Record) (*scoring.Board, []Left, error) {
	set := scoring.RuleSet{}
	for i := range records {
		if c := &records[i]; c.Kind == scoring.Adopt {
			set[c.Version] = r
		}
	}
	b := scoring.NewBoard(set)
	var left []Left
	for i := range records {
		c := records[i].Command
		refusal := admit(b, &c)
		if refusal != nil {
			left = append(left, Left{records[i].Seq, records[i].Kind, c.Entry, c.Aspect, refusal.Code, refusal.Hint})
			continue
		}
		if c.Kind == scoring.NoKind {
			continue
		}
		if err := b.Apply(scoring.Record{Command: c, Seq: b.Seq() + 1, At: records[i].At}, nil); err != nil {
			return nil, nil, fmt.Errorf("replay record %d: %w", records[i].Seq, err)
		}
	}
	return b, left, nil
}

// admit makes the command what it is under the other scheme: NoKind when it says
// nothing there.
func admit(b *scoring.Board, c *scoring.Command) *scoring.Refusal {
	switch c.Kind {
	case scoring.Adopt:
		if b.Version() > 0 {
			c.Kind = scoring.NoKind
		}
		return nil
	case scoring.Late, scoring.Open, scoring.Freeze, scoring.Unfreeze, scoring.Lock, scoring.Reopen, scoring.Unseal, scoring.Publish:
		return nil
	case scoring.Mark, scoring.NotPerformed, scoring.Absent, scoring.Withdraw:
		c.Supersedes = scoring.ID{}
		if old, ok := b.Cell(c.Entry, c.Aspect, c.Attempt, c.Round, c.Chair); ok {
			c.Supersedes = old.MarkID
		}
		if c.Kind == scoring.Withdraw && c.Supersedes.IsZero() {
			c.Kind = scoring.NoKind // what it takes back was left out
			return nil
		}
	}
	if c.Kind < scoring.Adopt {
		c.Version = b.Version()
	}
	draft, refusal := b.Check(*c)
	if refusal == nil {
		*c = draft.Command
	}
	return refusal
}
