package wiring

import (
	"context"
	"slices"
	"strings"

	"jiangtai/server/contest"
	"jiangtai/server/floor"
	"jiangtai/server/judging"
	"jiangtai/server/programme"
)

// openFloor makes the desk of what is recorded on the floor.
func (a *Rooms) openFloor() {
	a.Floor = floor.New(ClocksForFloor{a.Desk}, eventsForFloor{a.Directory}, a.Now)
}

// ClocksForFloor is floor's Clocks.
type ClocksForFloor struct{ Desk *judging.Desk }

// Sessions are the clocks of an event, as its reader may know them.
func (p ClocksForFloor) Sessions(ctx context.Context, actor contest.Actor, event contest.ID) ([]floor.Clock, error) {
	list, err := p.Desk.Sessions(ctx, actor, event)
	out := make([]floor.Clock, len(list))
	for i := range list {
		out[i] = clockOf(&list[i])
	}
	return out, err
}

func clockOf(s *judging.WatchedSession) floor.Clock {
	out := floor.Clock{
		Work: s.Work, Module: floor.Module{ID: s.Criterion, Code: s.Code, Name: s.Name, NameEn: s.NameEn}, State: string(s.State),
		Added: s.Added, Net: s.Net, IsWithheld: s.IsWithheld, Records: make([]floor.Record, len(s.Events)),
	}
	for i := range s.Events {
		e := &s.Events[i]
		r := floor.Record{Value: e.Value, At: e.At, Chair: e.Chair, Judge: e.Judge, Text: e.Text, IsUndone: e.Undone}
		if e.ClientAt != nil {
			r.ClientAt = *e.ClientAt
		}
		out.Records[i] = r
	}
	return out
}

// eventsForFloor is floor's Events.
type eventsForFloor struct{ directory *programme.Directory }

var (
	stagesOnPaper = map[contest.Stage]string{contest.Preliminary: "初赛", contest.Selection: "选拔赛", contest.Final: "决赛"}
	kindsOnPaper  = map[contest.Kind]string{contest.Rehearsal: "演练", contest.Demo: "演示"}
)

// Head is how an event is called on paper.
func (p eventsForFloor) Head(ctx context.Context, event contest.ID) (floor.Head, error) {
	e, err := p.directory.Event(ctx, event)
	named := slices.DeleteFunc([]string{e.Trade, e.Title, stagesOnPaper[e.Stage], e.Group}, func(s string) bool { return s == "" })
	return floor.Head{Contest: e.ContestName, Event: strings.Join(named, " · "), Code: e.Code, Mark: kindsOnPaper[e.Kind]}, err
}
