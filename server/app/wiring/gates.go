package wiring

import (
	"context"

	"jiangtai/server/contest"
	"jiangtai/server/judging"
)

// Gate is what one room asks before an act of judging; an error refuses it.
type Gate func(ctx context.Context, actor contest.Actor, s *judging.Setup, act judging.ActKind) error

// Gates are judging's Gates, asked in the order in which the rooms were opened:
// what costs much, a snapshot of the database, comes last.
type Gates []Gate

// Before asks one after the other; the first objection is the answer.
func (g *Gates) Before(ctx context.Context, actor contest.Actor, s *judging.Setup, act judging.ActKind) error {
	for _, ask := range *g {
		if err := ask(ctx, actor, s, act); err != nil {
			return err
		}
	}
	return nil
}

// Add puts a room's gate behind the others, before the desk is open to anybody.
func (g *Gates) Add(list ...Gate) { *g = append(*g, list...) }
