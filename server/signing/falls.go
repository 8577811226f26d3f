package signing

import (
	"context"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// StepsOn are the steps of an event as they would be if its board were another one:
// for a room that asks what a change would void before it is made. The board must be
// of the event's own scheme. It asks for no permission.
func (d *Desk) StepsOn(ctx context.Context, event contest.ID, board *scoring.Board) ([]Step, error) {
	list, err := d.cfg.Store.ListDocuments(ctx, event)
	if err != nil {
		return nil, err
	}
	beside, err := d.beside(ctx, event)
	if err != nil {
		return nil, err
	}
	var steps []Step
	err = d.cfg.Boards.Read(ctx, event, func(r Reading) error {
		if board.Rules() == nil {
			return nil
		}
		r.Board = board
		steps = derive(beside.of(r), list)
		return nil
	})
	return steps, err
}
