package judging

import (
	"context"
	"fmt"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Unrecused are the totals of an event's entries as they would be had no chair been
// recused: the ledger folded without those records. It asks for no permission.
// Kinds: Missing, and what the ledger's store answers.
func (d *Desk) Unrecused(ctx context.Context, event contest.ID) (map[scoring.EntryID]string, error) {
	p, err := d.post(ctx, event)
	if err != nil {
		return nil, err
	}
	b := scoring.NewBoard(p.index.Load().Setup.Rules)
	err = d.cfg.Ledgers.Load(ctx, p.ledger, 0, func(l Line) error {
		rec, err := scoring.ParseRecord(l.Body)
		if err != nil || rec.Kind == scoring.Recuse {
			return err
		}
		rec.Seq = b.Seq() + 1
		return b.Apply(rec, nil)
	})
	if err != nil {
		return nil, fmt.Errorf("fold the ledger of event %s without its recusals: %w", event, err)
	}
	out := map[scoring.EntryID]string{}
	for _, row := range b.View(scoring.Chief).Rows {
		out[row.Entry] = row.Total
	}
	return out, nil
}
