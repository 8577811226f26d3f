package wiring

import (
	"context"
	"time"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/app/wiring/intake"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
	"jiangtai/server/live"
	"jiangtai/server/programme"
	"jiangtai/server/programme/outline"
)

// followerForJudging tells live what became of records.
type followerForJudging struct{ live *live.Live }

// Opened passes an event's board on.
func (p *followerForJudging) Opened(s *judging.Setup, epoch uint64, b *scoring.Board) {
	p.live.Opened(s.Event, s.Kind, epoch, b)
}

// Applied passes one applied record on.
func (p *followerForJudging) Applied(event contest.ID, at time.Time, c *scoring.Change, b *scoring.Board) {
	p.live.Applied(event, at, c, b)
}

// namesForLive joins names, or the label that identity allows instead.
type namesForLive struct {
	directory *programme.Directory
	contests  programme.Contests
}

// Contest is the contest's shown name.
func (p namesForLive) Contest(ctx context.Context, id contest.ID) (string, error) {
	c, err := intake.IdentityChairs{Directory: p.directory, Contests: p.contests}.FindContest(ctx, id)
	return c.Name, err
}

// Entrants are the event's entries as those may know them who know the identity.
func (p namesForLive) Entrants(ctx context.Context, event contest.ID, as scheme.Identity) ([]live.Entrant, error) {
	entries, err := p.directory.Entries(ctx, event)
	if err != nil {
		return nil, err
	}
	out := make([]live.Entrant, len(entries))
	if as == scheme.Open {
		for i, e := range entries {
			out[i] = live.Entrant{Entry: e.Ordinal, Label: e.EntryNo, Name: e.Name, Unit: e.Unit.Short, Search: e.Pinyin}
		}
		return out, nil
	}
	shape, err := p.directory.Shape(ctx, event)
	if err != nil {
		return nil, err
	}
	for i, e := range entries {
		out[i] = live.Entrant{Entry: e.Ordinal, Label: sealedLabel(e, as, shape.Labels(e.Kind))}
	}
	return out, nil
}

// sealedLabel is what an entry is called while its event is sealed as: by the
// strongest label of its kind, set apart where that is not the event's.
func sealedLabel(e contest.Entry, as scheme.Identity, by outline.Labels) string {
	label, own := e.EntryNo, scheme.Open
	switch {
	case by.Coded:
		label, own = e.WorkCode, scheme.Coded
	case by.Seated:
		label, own = e.SeatNo, scheme.Seat
	}
	if own != as && label != "" {
		return contest.Beside + label
	}
	return label
}

// Standings gives the public snapshot of an event to web.
func (a *Rooms) Standings(ctx context.Context, event contest.ID) ([]byte, error) {
	if a.visible.hides(contest.Actor{}, event) {
		return nil, errTopicMissing
	}
	return a.Live.Standings(ctx, event)
}

// Row gives one entry's row of it to web.
func (a *Rooms) Row(ctx context.Context, event contest.ID, key string) ([]byte, error) {
	if a.visible.hides(contest.Actor{}, event) {
		return nil, errTopicMissing
	}
	return a.Live.Row(ctx, event, key)
}

// counts tells how an event stands, once the start has come to it; false where it cannot
// be opened.
func (a *Rooms) counts(ctx context.Context, event contest.ID) (live.Counts, bool, error) {
	if err := a.Desk.Await(ctx, event); err != nil {
		return live.Counts{}, false, err
	}
	c, ok := a.Live.Counts(event)
	return c, ok, nil
}

// countsForProgramme is programme's Counts.
type countsForProgramme struct {
	counts func(ctx context.Context, event contest.ID) (live.Counts, bool, error)
	words  *wordsOfResults
}

// Counts tells how events stand, as the public may know it.
func (p *countsForProgramme) Counts(ctx context.Context, events []contest.ID) (map[contest.ID]programme.Count, error) {
	out := make(map[contest.ID]programme.Count, len(events))
	for _, id := range events {
		c, ok, err := p.counts(ctx, id)
		if err != nil {
			return nil, err
		}
		if ok {
			out[id] = programme.Count{
				Phase: string(c.Phase), State: p.words.of(ctx, id, c.Phase), Frozen: c.Frozen, Release: string(c.Release),
				Entries: c.Entries, Done: c.Done, Need: c.Need, UpdatedAt: c.UpdatedAt,
			}
		}
	}
	return out, nil
}
