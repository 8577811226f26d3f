package wiring

import (
	"context"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/evening"
	"jiangtai/server/judging"
	"jiangtai/server/judging/lineup"
)

// openEvening makes the chief judge's evening.
func (a *Rooms) openEvening() { a.Evening = evening.New(BoardsForEvening{a.Desk}) }

// BoardsForEvening is evening's Boards.
type BoardsForEvening struct{ Desk *judging.Desk }

// Read shows an event as staff may know it.
func (p BoardsForEvening) Read(ctx context.Context, event contest.ID, reader func(evening.Reading) error) error {
	return p.Desk.Read(ctx, event, func(r judging.Reading) error {
		x := lineup.New(r.Setup)
		sealed := r.Board.Sealed()
		return reader(evening.Reading{
			Event: r.Setup.Event, Chairs: r.Setup.Chairs, Seq: r.Seq, Board: r.Board,
			Label: func(id scoring.EntryID) string { return x.StaffLabel(id, sealed) },
			Find:  func(label string) (scoring.EntryID, bool) { return x.StaffEntry(label, sealed) },
			Shown: func(aspect string, id scoring.EntryID) bool { return !sealed || shown(x, aspect, id) },
		})
	})
}

// shown says whether an aspect's module names its works by the label that staff may
// know while the event is sealed.
func shown(x *lineup.Index, aspect string, id scoring.EntryID) bool {
	at, known := x.Aspects[aspect]
	if !known {
		at, known = x.Criteria[aspect]
	}
	return known && at.Identity == x.SealingOf(id)
}
