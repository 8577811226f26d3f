package app

import (
	"context"

	"jiangtai/server/contest"
	"jiangtai/server/judging"
)

// gate is what one room asks before an act of judging; an error refuses it.
type gate func(ctx context.Context, actor contest.Actor, s *judging.Setup, act judging.ActKind) error

// gates are judging's Gates, asked in the order in which the rooms were opened:
// what costs much, a snapshot of the database, comes last.
type gates []gate

// Before asks one after the other; the first objection is the answer.
func (g *gates) Before(ctx context.Context, actor contest.Actor, s *judging.Setup, act judging.ActKind) error {
	for _, ask := range *g {
		if err := ask(ctx, actor, s, act); err != nil {
			return err
		}
	}
	return nil
}

// add puts a room's gate behind the others, before the desk is open to anybody.
func (g *gates) add(list ...gate) { *g = append(*g, list...) }
