package wiring

import (
	"context"

	"jiangtai/scoring"
	"jiangtai/server/blind/blindstore"
	"jiangtai/server/blind/recusal"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
	"jiangtai/server/programme/vetting"
)

// openRecusals makes the desk of ties, has what follows of them written and lets it
// speak before publications.
func (a *Rooms) openRecusals(kept *blindstore.Store) {
	a.Recusals = recusal.New(recusal.Config{
		Store: kept, Work: a.DB, Events: eventsForBlind{a}, Entries: labelsForBlind{a.Directory}, Chairs: chairsForRecusal{a},
		Draws: a.Blind, Judging: judgingForRecusal{a.Desk}, Seconds: a.Identity, Audit: a.Audit, Now: a.Now,
	})
	a.Owings.Add(func(ctx context.Context, s *judging.Setup) ([]judging.Owed, error) {
		pairs, err := a.Recusals.Owed(ctx, s.Event.ID)
		out := make([]judging.Owed, len(pairs))
		for i, p := range pairs {
			out[i] = judging.Owed{Kind: scoring.Recuse, Entry: p.Entry, Chair: p.Chair, Reason: p.Reason, Actor: p.By, Second: p.Second}
		}
		return out, err
	})
	a.Gates.Add(func(ctx context.Context, _ contest.Actor, s *judging.Setup, act judging.ActKind) error {
		if act == judging.ActPublish {
			return a.Recusals.BeforePublishing(ctx, s.Event.ID)
		}
		return nil
	})
}

// chairsForRecusal is recusal's Chairs.
type chairsForRecusal struct{ *Rooms }

// Chairs gives an event's chairs.
func (p chairsForRecusal) Chairs(ctx context.Context, event contest.ID) ([]contest.Chair, error) {
	return p.Directory.Chairs(ctx, event)
}

// Reseat puts another judge into a chair.
func (p chairsForRecusal) Reseat(ctx context.Context, a contest.Actor, event contest.ID, chair scoring.ChairID, judge string) error {
	chairs, err := p.Directory.Chairs(ctx, event)
	if err != nil {
		return err
	}
	drafts := make([]vetting.ChairDraft, len(chairs))
	for i, ch := range chairs {
		drafts[i] = vetting.ChairDraft{Number: int(ch.Number), Panel: ch.Panel, Seat: ch.Seat, Judge: ch.Judge, Chief: ch.IsChief}
		if ch.Number == chair {
			drafts[i].Judge = judge
		}
	}
	_, err = p.Office.PutChairs(ctx, a, event, drafts)
	return err
}

// judgingForRecusal is recusal's Judging.
type judgingForRecusal struct{ desk *judging.Desk }

// Standings holds pairs against the board.
func (p judgingForRecusal) Standings(ctx context.Context, event contest.ID, pairs []recusal.Pair) (out []recusal.Standing, official bool, err error) {
	out = make([]recusal.Standing, len(pairs))
	err = p.desk.Read(ctx, event, func(r judging.Reading) error {
		official = r.Board.Phase() == scoring.Official
		for i, pair := range pairs {
			out[i] = standing(r.Board, pair)
		}
		return nil
	})
	return out, official, err
}

// standing is how one pair is on a board. Whether the ledger would have it is asked
// with a command as it will be written, by persons whose names do not matter.
func standing(b *scoring.Board, p recusal.Pair) recusal.Standing {
	var out recusal.Standing
	for _, m := range b.Marks(p.Chair) {
		if m.Entry == p.Entry {
			out.Marks = append(out.Marks, m.MarkID)
		}
	}
	if out.Applied = b.Recused(p.Chair, p.Entry); out.Applied {
		return out
	}
	some := scoring.Command{
		Kind: scoring.Recuse, MarkID: contest.ID{1}, Actor: contest.ID{1}, Second: contest.ID{2}, Chair: p.Chair, Entry: p.Entry,
		TextHash: [32]byte{1}, Version: b.Version(),
	}
	if _, refusal := b.Check(some); refusal != nil {
		out.Code, out.Aspect = refusal.Code, refusal.Hint
	}
	return out
}

// Settle has written what the event owes.
func (p judgingForRecusal) Settle(ctx context.Context, event contest.ID) error {
	return p.desk.Refresh(ctx, event)
}
