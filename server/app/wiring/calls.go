package wiring

import (
	"context"
	"slices"

	"jiangtai/scoring"
	"jiangtai/server/calls"
	"jiangtai/server/calls/callsstore"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
	"jiangtai/server/judging/lineup"
)

// openCalls makes the desk of calls.
func (a *Rooms) openCalls() {
	a.Calls = calls.New(calls.Config{Store: callsstore.New(a.DB), Work: a.DB, Events: EventsForCalls{a.Desk}, Audit: a.Audit, Now: a.Now})
}

// EventsForCalls is calls' Events.
type EventsForCalls struct{ Desk *judging.Desk }

// Event is an event with its chairs.
func (p EventsForCalls) Event(ctx context.Context, event contest.ID) (out calls.Event, err error) {
	err = p.Desk.Read(ctx, event, func(r judging.Reading) error {
		out = calls.Event{Event: r.Setup.Event, Chairs: r.Setup.Chairs, ShownBy: lineup.Open}
		if r.Board.Sealed() {
			out.ShownBy = string(r.Board.Rules().Identity())
		}
		return nil
	})
	return out, err
}

// Label is how a chair knows a work: by the label of a module that it marks.
func (p EventsForCalls) Label(ctx context.Context, event contest.ID, chair scoring.ChairID, work string) (by string, err error) {
	err = p.Desk.Read(ctx, event, func(r judging.Reading) error {
		x := lineup.New(r.Setup)
		for _, at := range x.Criteria {
			if _, ok := x.Marked(at, work); ok && slices.Contains(at.Panels, x.Chairs[chair].Panel) {
				by = at.Identity
			}
		}
		return nil
	})
	return by, err
}
