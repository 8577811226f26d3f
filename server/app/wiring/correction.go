package wiring

import (
	"context"
	"strings"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/correction"
	"jiangtai/server/correction/correctionstore"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/judging"
	"jiangtai/server/judging/clerk"
	"jiangtai/server/judging/lineup"
	"jiangtai/server/signing"
)

// openCorrection makes the desk of corrections.
func (a *Rooms) openCorrection() {
	a.Correction = correction.New(correction.Config{
		Store: correctionstore.New(a.DB), Work: a.DB, Boards: BoardsForCorrection{a.Desk}, Papers: papersForCorrection{a},
		Rechecks: rechecksForCorrection{a},
		Built:    builtForCorrection{a}, Seconds: a.Identity, Audit: a.Audit, Now: a.Now,
	})
}

// BoardsForCorrection is correction's Boards.
type BoardsForCorrection struct{ Desk *judging.Desk }

// Read shows an event as staff may know it.
func (p BoardsForCorrection) Read(ctx context.Context, event contest.ID, reader func(correction.Reading) error) error {
	return p.Desk.Read(ctx, event, func(r judging.Reading) error { return reader(readingForCorrection(r)) })
}

func readingForCorrection(r judging.Reading) correction.Reading {
	x := lineup.New(r.Setup)
	sealed := r.Board.Sealed()
	out := correction.Reading{
		Event: r.Setup.Event, Kind: r.Setup.Kind, Chairs: r.Setup.Chairs, Rules: r.Setup.Rules, Seq: r.Seq, Board: r.Board, Knows: r.Knows,
		Label: func(id scoring.EntryID) string { return x.StaffLabel(id, sealed) },
		Find:  func(label string) (scoring.EntryID, bool) { return x.StaffEntry(label, sealed) },
		Shown: func(aspect string, id scoring.EntryID) bool { return !sealed || shown(x, aspect, id) },
	}
	if sealed {
		for _, module := range r.Board.Rules().Criteria() {
			out.Mixed = out.Mixed || string(module.Identity) != x.Sealing
		}
	}
	return out
}

// Replay gives an event's records.
func (p BoardsForCorrection) Replay(ctx context.Context, event contest.ID, each func(scoring.Record) error) error {
	return p.Desk.Replay(ctx, event, each)
}

// Write has the clerk write.
func (p BoardsForCorrection) Write(ctx context.Context, event contest.ID, compose func(correction.Reading) ([]correction.Noted, error)) error {
	return p.Desk.Write(ctx, event, func(r judging.Reading) ([]judging.Noted, error) {
		list, err := compose(readingForCorrection(r))
		out := make([]judging.Noted, len(list))
		for i, n := range list {
			out[i] = judging.Noted(n)
		}
		return out, err
	})
}

// Refused says an engine's refusal in the program's words.
func (BoardsForCorrection) Refused(no *scoring.Refusal) error { return clerk.Refused(no) }

// papersForCorrection is correction's Papers.
type papersForCorrection struct{ *Rooms }

// Falls are the papers that another board would void.
func (p papersForCorrection) Falls(ctx context.Context, event contest.ID, board *scoring.Board) ([]correction.Paper, error) {
	now, err := p.Signing.Steps(ctx, event)
	if err != nil {
		return nil, err
	}
	then, err := p.Signing.StepsOn(ctx, event, board)
	if err != nil {
		return nil, err
	}
	void := map[signing.Of]bool{}
	for _, s := range then {
		void[s.Of] = s.State == signing.Voided
	}
	out := []correction.Paper{}
	for _, s := range now {
		if s.Document != nil && s.State != signing.Voided && void[s.Of] {
			out = append(out, correction.Paper{
				Kind: string(s.Of.Kind), Chair: s.Of.Chair, Panel: s.Of.Panel, Number: s.Document.Number, State: string(s.State),
			})
		}
	}
	return out, nil
}

// rechecksForCorrection is correction's Rechecks.
type rechecksForCorrection struct{ *Rooms }

// Reopens are the looks that another board would ask for.
func (p rechecksForCorrection) Reopens(ctx context.Context, event contest.ID, board *scoring.Board) ([]correction.Look, error) {
	list, err := p.Results.Reopened(ctx, event, board)
	out := make([]correction.Look, 0, len(list))
	for _, l := range list {
		out = append(out, correction.Look{Entry: l.Entry, Why: string(l.Why), Again: l.Stale})
	}
	return out, err
}

// builtForCorrection is correction's Built.
type builtForCorrection struct{ *Rooms }

// On are proposals of the event's publications for these entries, and the stages that
// follow the event.
func (p builtForCorrection) On(ctx context.Context, event contest.ID, entries []scoring.EntryID) ([]correction.Rest, error) {
	list, err := p.Directory.Entries(ctx, event)
	if err != nil {
		return nil, err
	}
	of := map[contest.ID]string{}
	for _, e := range list {
		for _, id := range entries {
			if e.Ordinal == id {
				of[e.ID] = e.EntryNo
			}
		}
	}
	out := []correction.Rest{}
	for _, state := range []proposal.State{proposal.Proposed, proposal.Nominated} {
		found, err := p.proposals(ctx, event, state)
		if err != nil {
			return nil, err
		}
		for i := range found {
			if work, touched := of[found[i].Entry]; touched {
				out = append(out, correction.Rest{
					Kind: "honour", Work: work, Name: strings.Join(found[i].Outcome.Recommended, "、"), State: string(state),
				})
			}
		}
	}
	way, err := p.Stages.Way(ctx, insider, event)
	if err != nil {
		return nil, err
	}
	for _, next := range way.After {
		out = append(out, correction.Rest{Kind: "stage", Name: next.Trade + " " + next.Title + " " + next.Code, State: string(next.Stage)})
	}
	return out, nil
}

// proposals are an event's of a state, read in pages.
func (p builtForCorrection) proposals(ctx context.Context, event contest.ID, state proposal.State) (out []proposal.Proposal, err error) {
	const page = 500
	for at := 0; ; at += page {
		list, total, err := p.Proposals.Proposals(ctx, insider, state, proposal.Page{Limit: page, Offset: at})
		if err != nil {
			return nil, err
		}
		for i := range list {
			if list[i].Event == event {
				out = append(out, list[i])
			}
		}
		if at+page >= total {
			return out, nil
		}
	}
}
