package wiring

import (
	"context"

	"jiangtai/scoring"
	"jiangtai/server/app/wiring/intake"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/programme/programmestore"
	"jiangtai/server/results"
	"jiangtai/server/stages"
	"jiangtai/server/stages/stagesstore"
)

// openStages makes the desk of stages and lets it speak before openings.
func (a *Rooms) openStages(records *programmestore.Store) {
	a.Stages = stages.New(stages.Config{
		Store: stagesstore.New(a.DB), Work: a.DB, Audit: a.Audit, Now: a.Now, Changed: a.Refresh,
		Events: intake.StageEvents{Directory: a.Directory, Records: records}, Programme: intake.StageProgramme{RegistrationProgramme: intake.RegistrationProgramme{Office: a.Office, Directory: a.Directory, Records: records}},
		Persons: personsForStages{a}, Boards: boardsForStages{a.Desk}, Marks: marksForStages{a.Desk},
	})
	a.Gates.Add(func(ctx context.Context, _ contest.Actor, s *judging.Setup, act judging.ActKind) error {
		if act != judging.ActOpen {
			return nil
		}
		return a.Stages.BeforeOpen(ctx, s.Event.ID)
	})
}

// personsForStages is stages' Persons: who stands behind entries, as registration
// knows it.
type personsForStages struct{ app *Rooms }

// Persons joins entries with approved applications by entry number and name.
func (p personsForStages) Persons(ctx context.Context, event contest.ID) (map[contest.ID]string, error) {
	known, err := p.app.Registration.Entered(ctx, event)
	if err != nil || len(known) == 0 {
		return nil, err
	}
	list, err := p.app.Directory.Entries(ctx, event)
	if err != nil {
		return nil, err
	}
	out := map[contest.ID]string{}
	for _, e := range list {
		if who, ok := known[e.EntryNo]; ok && who.Name == e.Name {
			out[e.ID] = who.Key.String()
		}
	}
	return out, nil
}

// boardsForStages is stages' Boards.
type boardsForStages struct{ desk *judging.Desk }

func readingForStages(r judging.Reading) stages.Reading {
	out := stages.Reading{
		Event: r.Setup.Event, Rules: r.Board.Rules(), Version: r.Board.Version(), Seq: r.Seq, Board: r.Board,
		Numbers: make(map[scoring.EntryID]string, len(r.Setup.Entries)),
	}
	if out.Rules == nil {
		out.Rules, out.Version = r.Setup.Rules[r.Setup.Version], r.Setup.Version
	}
	for _, e := range r.Setup.Entries {
		out.Numbers[e.Ordinal] = e.EntryNo
	}
	return out
}

// Read shows an event's board.
func (p boardsForStages) Read(ctx context.Context, event contest.ID, reader func(stages.Reading) error) error {
	return p.desk.Read(ctx, event, func(r judging.Reading) error { return reader(readingForStages(r)) })
}

// Publication is the event's published result.
func (p boardsForStages) Publication(ctx context.Context, event contest.ID) (stages.Publication, bool, error) {
	r, ok, err := p.desk.Published(ctx, event, 0)
	return stages.Publication{Seq: r.Seq, Read: r.Read, At: r.At, List: r.List}, ok, err
}

// marksForStages is stages' Marks: numbers from outside, at judging's own door.
type marksForStages struct{ desk *judging.Desk }

// Give enters marks as a whole or not at all.
func (p marksForStages) Give(ctx context.Context, a contest.Actor, event contest.ID, b stages.Batch) ([]*fault.Error, error) {
	e, err := p.desk.Enterer(ctx, a, event)
	if err != nil {
		return nil, err
	}
	done, err := p.desk.EnterWhole(ctx, judging.Whole{
		Enterer: e, Sheet: b.Sheet, Sum: b.Sum, IsPreview: b.IsPreview,
		Pick: func(r judging.Reading) ([]judging.Entered, error) {
			in := readingForStages(r)
			list, err := b.Pick(in)
			out := make([]judging.Entered, len(list))
			for i, m := range list {
				// What is carried over lies in open modules, which know their works by
				// entry number.
				out[i] = judging.Entered{
					MarkID: m.ID, Kind: scoring.Mark, Work: in.Numbers[m.Entry], Aspect: m.Aspect, Value: m.Value, Version: m.Version,
					Supersedes: m.Supersedes, Reason: m.Reason,
				}
			}
			return out, err
		},
	})
	out := make([]*fault.Error, len(done))
	for i := range done {
		out[i] = done[i].Fault
	}
	return out, err
}

// stagesForProgramme is programme's Stages. It asks when it is needed, so that the
// programme may be opened before stages.
type stagesForProgramme struct{ app *Rooms }

// CheckScheme names what is wrong with the numbers that a scheme carries over.
func (p stagesForProgramme) CheckScheme(ctx context.Context, event contest.ID, text []byte) ([]fault.Field, error) {
	return p.app.Stages.CheckScheme(ctx, event, text)
}

// stagesForResults is results' Stages.
type stagesForResults struct{ app *Rooms }

// Carried tells how the numbers that are carried over stand.
func (p stagesForResults) Carried(ctx context.Context, event contest.ID) (results.Carried, bool, error) {
	s, ok, err := p.app.Stages.Standing(ctx, event)
	return results.Carried{IsTied: s.IsTied, IsPublished: s.Published, New: s.New, Differs: s.Differs}, ok, err
}
