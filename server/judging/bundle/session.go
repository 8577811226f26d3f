package bundle

import (
	"cmp"
	"slices"

	"jiangtai/scoring"
	"jiangtai/scoring/session"
	"jiangtai/server/contest"
	"jiangtai/server/judging/lineup"
)

// Session is the clock of one work in a module (场次) as a chair may know it: no text,
// no device, the work by its label there. Times are unix milliseconds by the clock of
// the device that gave the record, where it told one.
type Session struct {
	Work       string          `json:"work"`
	Criterion  string          `json:"criterion"`
	State      session.State   `json:"state"`
	StartedAt  *int64          `json:"started_at"` // null: the clock never ran
	PausedAt   *int64          `json:"paused_at"`  // null: it is not paused
	Since      *int64          `json:"since"`      // when the state began; null while waiting
	SinceHere  *int64          `json:"since_server"`
	Added      int             `json:"added"`  // seconds
	Net        int64           `json:"net"`    // whole seconds worked until since; of a running clock add what came after
	NetMillis  int64           `json:"net_ms"` // the same, exact
	Violations int             `json:"violations"`
	Signed     string          `json:"signed"` // "", signed or refused
	Newest     scoring.ID      `json:"newest"` // what an undo names; "" when nothing stands
	By         scoring.ChairID `json:"by"`     // whose record that is
	Events     []SessionEvent  `json:"events"` // those that stand
}

// SessionEvent is one record of a session that stands.
type SessionEvent struct {
	MarkID scoring.ID      `json:"mark_id"`
	Value  string          `json:"value"`
	At     int64           `json:"at"`        // server clock
	Client int64           `json:"client_at"` // the device's; 0: it told none
	Chair  scoring.ChairID `json:"chair"`
	Own    bool            `json:"own"` // of the device that asks: its times compare with its clock
}

// sessions are the clocks of the modules that a chair marks in.
func sessions(board *scoring.Board, x *lineup.Index, chair contest.Chair, device scoring.ID) []Session {
	list := []Session{}
	for _, s := range board.Sessions() {
		at, e := x.Criteria[s.Criterion], x.Entries[s.Entry]
		if e == nil || !slices.Contains(at.Panels, chair.Panel) || e.Label(at.Identity) == "" {
			continue
		}
		list = append(list, sessionOf(&s, e.Label(at.Identity), device))
	}
	// By labels: the order of entries would tell who is who.
	slices.SortFunc(list, func(a, b Session) int {
		return cmp.Or(cmp.Compare(a.Criterion, b.Criterion), CompareLabels(a.Work, b.Work))
	})
	return list
}

func sessionOf(s *scoring.Session, work string, device scoring.ID) Session {
	out := Session{
		Work: work, Criterion: s.Criterion, State: s.State, Added: s.Added, Net: s.Net(), NetMillis: s.NetMillis,
		Violations: s.Violations, Signed: s.Sign, Newest: s.Newest, By: s.By, Events: []SessionEvent{},
	}
	out.StartedAt, out.Since = shown(s.Started), shown(s.Since)
	if s.State == session.Paused {
		out.PausedAt = out.Since
	}
	if s.Since != nil {
		at := s.Since.At / 1e6
		out.SinceHere = &at
	}
	for i := range s.Events {
		e := &s.Events[i]
		if e.Undone || e.Word == session.Undo {
			continue
		}
		out.Events = append(out.Events, SessionEvent{
			MarkID: e.Mark, Value: e.Value(), At: e.At / 1e6, Client: e.ClientAt, Chair: e.Chair, Own: e.Device == device,
		})
	}
	return out
}

func shown(e *session.Event) *int64 {
	if e == nil {
		return nil
	}
	at := e.Shown()
	return &at
}
