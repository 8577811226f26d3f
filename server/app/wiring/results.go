package wiring

import (
	"context"
	"crypto/rand"
	"fmt"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
	"jiangtai/server/results"
	"jiangtai/server/results/resultsstore"
)

// openResults makes the desk of results and lets it speak before unsealings and
// publications.
func (a *Rooms) openResults() {
	a.Results = results.New(results.Config{
		Store: resultsstore.New(a.DB), Work: a.DB, Audit: a.Audit, Now: a.Now,
		Boards: boardsForResults{a.Desk}, Papers: papersForResults{a}, Tablets: tabletsForResults{a},
		Absentees: absenteesForResults{a}, Recusals: a.Recusals, Names: namesForResults{a}, Stages: stagesForResults{a},
		Chance: func(b []byte) error { _, err := rand.Read(b); return err },
	})
	a.Gates.Add(func(ctx context.Context, _ contest.Actor, s *judging.Setup, act judging.ActKind) error {
		switch act {
		case judging.ActUnseal:
			return a.Results.BeforeUnseal(ctx, s.Event.ID)
		case judging.ActPublish:
			return a.Results.BeforePublish(ctx, s.Event.ID)
		}
		return nil
	})
}

// boardsForResults is results' Boards.
type boardsForResults struct{ desk *judging.Desk }

// Read shows an event's board.
func (p boardsForResults) Read(ctx context.Context, event contest.ID, reader func(results.Reading) error) error {
	return p.desk.Read(ctx, event, func(r judging.Reading) error {
		out := results.Reading{
			Event: r.Setup.Event, Kind: r.Setup.Kind, Chairs: r.Setup.Chairs, Entries: make([]results.Entrant, len(r.Setup.Entries)),
			Seq: r.Seq, Head: r.Head, At: r.At, Board: r.Board,
		}
		for i, e := range r.Setup.Entries {
			out.Entries[i] = results.Entrant{Ordinal: e.Ordinal, EntryNo: e.EntryNo, SeatNo: e.SeatNo, WorkCode: e.WorkCode, IsTeam: e.IsTeam}
		}
		return reader(out)
	})
}

// Unrecused are the totals of an event's entries as they would be had no chair been
// recused: the ledger folded without those records.
func (p boardsForResults) Unrecused(ctx context.Context, event contest.ID) (map[scoring.EntryID]string, error) {
	var b *scoring.Board
	if err := p.desk.Read(ctx, event, func(r judging.Reading) error {
		b = scoring.NewBoard(r.Setup.Rules)
		return nil
	}); err != nil {
		return nil, err
	}
	if err := p.desk.Replay(ctx, event, func(rec scoring.Record) error {
		if rec.Kind == scoring.Recuse {
			return nil
		}
		rec.Seq = b.Seq() + 1
		return b.Apply(rec, nil)
	}); err != nil {
		return nil, fmt.Errorf("fold the ledger of event %s without its recusals: %w", event, err)
	}
	out := map[scoring.EntryID]string{}
	for _, row := range b.View(scoring.Chief).Rows {
		out[row.Entry] = row.Total
	}
	return out, nil
}

// insider reads counts for rooms that have asked for permission themselves.
var insider = contest.Actor{Account: contest.ID{0xff}, Name: "jiangtai", Grants: []contest.Grant{{Role: contest.Administrator}}}

// tabletsForResults is results' Tablets: the devices of identity with what judging
// knows of their outboxes.
type tabletsForResults struct{ *Rooms }

// Tablets gives an event's tablets.
func (p tabletsForResults) Tablets(ctx context.Context, event contest.ID) ([]results.Tablet, error) {
	list, err := tabletsForJudging{p.Identity}.Tablets(ctx, event)
	if err != nil {
		return nil, err
	}
	progress, err := p.Desk.Progress(ctx, insider, event)
	if err != nil {
		return nil, err
	}
	known := make(map[contest.ID]judging.DeviceState, len(progress.Devices))
	for _, s := range progress.Devices {
		known[s.Device] = s
	}
	out := make([]results.Tablet, 0, len(list))
	for _, t := range list {
		if said, ok := p.Desk.Outbox(t.Device); ok {
			t.Pending = said.Pending
		}
		unsent := t.Pending + len(known[t.Device].Holes)
		if t.Replaced && unsent == 0 {
			continue
		}
		out = append(out, results.Tablet{Chair: t.Chair, Unsent: unsent, SeenAt: t.SeenAt, Replaced: t.Replaced})
	}
	return out, nil
}

// absenteesForResults is results' Absentees.
type absenteesForResults struct{ *Rooms }

// Absentees are those whom check-in has down as absent.
func (p absenteesForResults) Absentees(ctx context.Context, event contest.ID) ([]scoring.EntryID, error) {
	list, err := p.Blind.Absentees(ctx, event)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	entries, err := p.Directory.Entries(ctx, event)
	if err != nil {
		return nil, err
	}
	by := make(map[contest.ID]scoring.EntryID, len(entries))
	for _, e := range entries {
		by[e.ID] = e.Ordinal
	}
	out := make([]scoring.EntryID, 0, len(list))
	for _, id := range list {
		out = append(out, by[id])
	}
	return out, nil
}

// namesForResults is results' Names.
type namesForResults struct{ *Rooms }

// Groups names an event's groups.
func (p namesForResults) Groups(ctx context.Context, event contest.ID) (map[string]map[int]string, error) {
	return p.Directory.Groups(ctx, event)
}

// Names gives the names of an event's entries.
func (p namesForResults) Names(ctx context.Context, event contest.ID) (map[scoring.EntryID]results.Name, error) {
	entries, err := p.Directory.Entries(ctx, event)
	out := make(map[scoring.EntryID]results.Name, len(entries))
	for _, e := range entries {
		out[e.Ordinal] = results.Name{Name: e.Name, Unit: e.Unit.Name}
	}
	return out, err
}
