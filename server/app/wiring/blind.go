package wiring

import (
	"context"
	"path/filepath"

	"jiangtai/scoring"
	"jiangtai/server/app/wiring/ahead"
	"jiangtai/server/blind"
	"jiangtai/server/blind/blindstore"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
	"jiangtai/server/programme"
)

// openBlind makes the coding desk and lets it speak before openings and
// unsealings. Its key lies beside the others: without it no draw can be verified
// again, so a backup without keys/ unseals nothing.
func (a *Rooms) openBlind() error {
	key, err := secretFile(filepath.Join(a.Data, "keys", "blind.key"), blindstore.KeySize)
	if err != nil {
		return err
	}
	kept, err := blindstore.New(a.DB, key)
	if err != nil {
		return err
	}
	a.checkIns = kept.ListCheckIns
	a.Blind = blind.New(blind.Config{
		Store: kept, Work: a.DB, Audit: a.Audit, Seconds: a.Identity, Now: a.Now, Changed: a.Refresh,
		Events: eventsForBlind{a}, Labels: labelsForBlind{a.Directory}, Judging: judgingForBlind{a},
	})
	a.Gates.Add(func(ctx context.Context, _ contest.Actor, s *judging.Setup, act judging.ActKind) error {
		switch act {
		case judging.ActOpen:
			return a.Blind.BeforeOpening(ctx, s.Event.ID)
		case judging.ActUnseal:
			return a.Blind.BeforeUnsealing(ctx, s.Event.ID)
		}
		return nil
	})
	a.openRecusals(kept)
	return nil
}

// eventsForBlind is blind's Events.
type eventsForBlind struct{ *Rooms }

// FindEvent finds an event, by what its modules are marked, and how far it is.
func (p eventsForBlind) FindEvent(ctx context.Context, id contest.ID) (blind.Event, error) {
	e, err := p.Directory.Event(ctx, id)
	if err != nil {
		return blind.Event{}, err
	}
	shape, err := p.Directory.Shape(ctx, id)
	if err != nil {
		return blind.Event{}, err
	}
	open, unsealed, err := p.Desk.Openness(ctx, e.Ledger)
	return blind.Event{
		Event: e.Event, ContestName: e.ContestName, Kind: e.Kind,
		IsSeated: shape.Seated, IsCoded: shape.Coded, Exempt: exempt(shape), IsOpen: open, IsUnsealed: unsealed,
	}, err
}

// exempt are the layers that each kind of entry is not marked by.
func exempt(shape programme.Outline) map[contest.EntryKind][]blind.Layer {
	out := map[contest.EntryKind][]blind.Layer{}
	for _, kind := range []contest.EntryKind{contest.Person, contest.Team} {
		by := shape.Labels(kind)
		if !by.Seated {
			out[kind] = append(out[kind], blind.Seats)
		}
		if !by.Coded {
			out[kind] = append(out[kind], blind.Codes)
		}
	}
	return out
}

// labelsForBlind is blind's Labels.
type labelsForBlind struct{ directory *programme.Directory }

// Entries gives an event's entries.
func (p labelsForBlind) Entries(ctx context.Context, event contest.ID) ([]contest.Entry, error) {
	return p.directory.Entries(ctx, event)
}

// Lock gives them and keeps them still.
func (p labelsForBlind) Lock(ctx context.Context, event contest.ID) ([]contest.Entry, error) {
	return p.directory.LockEntries(ctx, event)
}

// Pool gives the labels of a layer.
func (p labelsForBlind) Pool(l blind.Layer, n int) []string {
	if l == blind.Codes {
		return programme.AllWorkCodes()
	}
	return programme.SeatNumbers(n)
}

// Assign gives entries what they drew.
func (p labelsForBlind) Assign(ctx context.Context, event contest.ID, l blind.Layer, labels map[contest.ID]string, first bool) (map[contest.ID]scoring.EntryID, error) {
	if l == blind.Codes {
		return p.directory.AssignCodes(ctx, event, labels, first)
	}
	return p.directory.AssignSeats(ctx, event, labels, first)
}

// judgingForBlind is blind's Judging.
type judgingForBlind struct{ *Rooms }

// Unseal is the act of judging, with all its gates.
func (p judgingForBlind) Unseal(ctx context.Context, a contest.Actor, event contest.ID, u blind.Unsealing) error {
	_, err := p.Desk.Act(ctx, a, event, judging.Act{
		ID: u.ID, Kind: judging.ActUnseal, Second: &judging.Second{User: u.Second.User, Password: u.Second.Password},
	})
	return err
}

// drawsForProgramme is programme's Draws.
type drawsForProgramme struct{ *Rooms }

// IsDrawn says that the event's labels are the coding desk's.
func (p drawsForProgramme) IsDrawn(ctx context.Context, event contest.ID) (bool, error) {
	seats, codes, err := p.Blind.Drawn(ctx, event)
	return seats || codes, err
}

// statuses is what check-in has made of entries before the opening: who is absent
// did not start.
func (a *Rooms) statuses(ctx context.Context, event contest.ID) (map[contest.ID]scoring.Status, error) {
	if checked := a.checked.Load(); checked != nil && ahead.IsWithin(ctx) && !(*checked)[event] {
		return map[contest.ID]scoring.Status{}, nil
	}
	list, err := a.Blind.Absentees(ctx, event)
	if err != nil {
		return nil, err
	}
	out := make(map[contest.ID]scoring.Status, len(list))
	for _, id := range list {
		out[id] = scoring.DidNotStart
	}
	return out, nil
}
