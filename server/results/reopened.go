package results

import (
	"context"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Reopened are the looks that are done, or not asked for, as the event stands, and that
// would be open were this its board: what a correction costs a recheck. Nobody is asked
// for permission. None before a draw.
func (d *Desk) Reopened(ctx context.Context, event contest.ID, board *scoring.Board) ([]Look, error) {
	var now, then *facts
	err := d.cfg.Boards.Read(ctx, event, func(r Reading) (err error) {
		if now, err = d.settled(r); err != nil || !now.locked {
			return err
		}
		r.Board = board
		if then, err = know(r); err == nil {
			then.sheets = sheets(board)
		}
		return err
	})
	if err != nil || then == nil {
		return nil, err
	}
	drawn, there, err := d.cfg.Store.NewestRecheck(ctx, event)
	if err != nil || !there {
		return nil, err
	}
	if err := d.compare(ctx, now); err != nil {
		return nil, err
	}
	then.compare(now.moved)
	open := map[scoring.EntryID]bool{}
	for _, l := range check(&drawn, now).Looks {
		open[l.Entry] = !l.IsDone()
	}
	var out []Look
	for _, l := range check(&drawn, then).Looks {
		if !l.IsDone() && !open[l.Entry] {
			out = append(out, l)
		}
	}
	return out, nil
}
