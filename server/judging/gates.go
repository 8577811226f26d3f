package judging

import (
	"context"
	"errors"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging/clerk"
)

// gated are the acts before which other rooms are asked. What they allow for
// the second kind holds for the ledger as they saw it: it must not have moved
// since. Marks go on while the gates of a lock are asked.
var gated = map[ActKind]struct{ still bool }{
	ActOpen: {}, ActLock: {}, ActUnseal: {still: true}, ActPublish: {still: true},
}

// gateTries is how often gates are asked again because the ledger has moved
// under them.
const gateTries = 3

var errMovedOn = errors.New("the ledger has moved since the gates were asked")

// guarded asks the gates of an act and then has the clerk write it. The gates
// are asked outside of the clerk, because one of them may take a snapshot of
// the whole database, and tablets do not wait for that.
func (p *post) guarded(ctx context.Context, actor contest.Actor, act Act, items func() ([]clerk.Item, error)) (clerk.Outcome, error) {
	rule, asks := gated[act.Kind]
	if !asks || p.desk.cfg.Gates == nil {
		return p.Do(ctx, items)
	}
	for range gateTries {
		seq, known := p.reached(act.ID)
		if known {
			return p.Do(ctx, items)
		}
		if err := p.desk.cfg.Gates.Before(ctx, actor, p.index.Load().Setup, act.Kind); err != nil {
			return clerk.Outcome{}, err
		}
		out, err := p.Do(ctx, func() ([]clerk.Item, error) {
			if now, known := p.reached(act.ID); rule.still && now != seq && !known {
				return nil, errMovedOn
			}
			return items()
		})
		if !errors.Is(err, errMovedOn) {
			return out, err
		}
	}
	return clerk.Outcome{}, later("judging.busy", nil)
}

// reached is how far the ledger is, and whether it has an act already.
func (p *post) reached(act scoring.ID) (seq uint64, known bool) {
	s, done := p.Look()
	defer done()
	return s.Seq(), s.Knows(act)
}
