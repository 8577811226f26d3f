package wiring

import (
	"context"
	"slices"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/evidence"
	"jiangtai/server/evidence/evidencestore"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/programme"
)

// openEvidence makes the desk of photos.
func (a *Rooms) openEvidence() {
	a.Evidence = evidence.New(evidence.Config{
		Store: evidencestore.New(a.DB), Work: a.DB, Chairs: chairsForEvidence{a.Desk}, Events: eventsForEvidence{a.Directory},
		Audit: a.Audit, Now: a.Now,
	})
}

// chairsForEvidence is evidence's Chairs: what a tablet marks is what its bundle
// holds.
type chairsForEvidence struct{ desk *judging.Desk }

// Seat is the chair of a tablet that marks the aspect of the work.
func (p chairsForEvidence) Seat(ctx context.Context, a contest.Actor, work, aspect string) (evidence.Seat, error) {
	b, err := p.desk.Bundle(ctx, a)
	if err != nil {
		return evidence.Seat{}, err
	}
	holds := func(s scoring.Sheet) bool {
		return slices.ContainsFunc(s.Subs, func(part scoring.SheetPart) bool {
			return slices.ContainsFunc(part.Aspects, func(p scoring.Pad) bool { return p.ID == aspect })
		})
	}
	i := slices.IndexFunc(b.Sheets, holds)
	if i < 0 || !slices.ContainsFunc(b.Works, func(w judging.Work) bool {
		return w.Work == work && w.Identity == string(b.Sheets[i].Criterion.Identity) && slices.Contains(w.Criteria, b.Sheets[i].Criterion.ID)
	}) {
		return evidence.Seat{}, fault.New(fault.Missing, "evidence.missing")
	}
	return evidence.Seat{Chair: b.Chair.Number, Judge: b.Chair.Judge}, nil
}

// eventsForEvidence is evidence's Events.
type eventsForEvidence struct{ directory *programme.Directory }

// Contest is the event's contest.
func (p eventsForEvidence) Contest(ctx context.Context, event contest.ID) (contest.ID, error) {
	e, err := p.directory.Event(ctx, event)
	return e.Contest, err
}
