package watch

import (
	"cmp"
	"slices"
	"time"

	"jiangtai/scoring"
	"jiangtai/scoring/session"
	"jiangtai/server/judging/bundle"
	"jiangtai/server/judging/lineup"
)

// Session is the clock of one entry in a module as staff read it (场次), by its label
// in that module.
type Session struct {
	Work       string         `json:"work"`
	Criterion  string         `json:"criterion"`
	Code       string         `json:"code"`
	Name       string         `json:"name"`
	NameEn     string         `json:"name_en,omitempty"`
	State      session.State  `json:"state"`
	StartedAt  *time.Time     `json:"started_at"` // server clock, as all times but client_at; null: it never ran
	Since      *time.Time     `json:"since"`      // when the state began; null while waiting
	Added      int            `json:"added"`      // seconds
	Net        int64          `json:"net"`        // whole seconds worked until since
	NetMillis  int64          `json:"net_ms"`
	Violations int            `json:"violations"`
	Signed     string         `json:"signed"` // "", signed or refused
	Events     []SessionEvent `json:"events"` // all of them, also those that were taken back
	// IsWithheld says that its reader may not know how long it took.
	IsWithheld bool `json:"-"`
}

// SessionEvent is one record of a session.
type SessionEvent struct {
	MarkID   scoring.ID      `json:"mark_id"`
	Value    string          `json:"value"`
	At       time.Time       `json:"at"`
	ClientAt *time.Time      `json:"client_at,omitempty"`
	Chair    scoring.ChairID `json:"chair"`
	Seat     int             `json:"seat"`
	Judge    string          `json:"judge"`
	Undone   bool            `json:"undone"`
	Of       scoring.ID      `json:"of,omitzero"` // of undo: what it took back
	// Text is the reason; of a signature its strokes, once nothing is sealed: they are
	// the contestant's name.
	Text string `json:"text,omitempty"`
}

// SessionsOf are the clocks of an event, by module in the scheme's order and label.
// While it is sealed they are of modules with one identity only: two lists of the same
// entries under two labels join by their times. Nobody stands before a coded work, so
// those are the last to be shown.
func SessionsOf(b *scoring.Board, x *lineup.Index) []Session {
	out := []Session{}
	if b.Rules() == nil {
		return out
	}
	all, order := b.Sessions(), map[string]int{}
	modules := b.Rules().Criteria()
	for i := range modules {
		order[modules[i].ID] = i
	}
	only := shownIdentity(all, x)
	for i := range all {
		s := &all[i]
		at, known := order[s.Criterion]
		e := x.Entries[s.Entry]
		if !known || e == nil || b.Sealed() && string(modules[at].Identity) != only {
			continue
		}
		if label := e.Label(string(modules[at].Identity)); label != "" {
			out = append(out, sessionOf(s, label, &modules[at], x))
		}
	}
	slices.SortFunc(out, func(a, b Session) int {
		return cmp.Or(cmp.Compare(order[a.Criterion], order[b.Criterion]), bundle.CompareLabels(a.Work, b.Work))
	})
	return out
}

// shownIdentity is the identity of the modules whose clocks are shown while sealed.
func shownIdentity(all []scoring.Session, x *lineup.Index) lineup.Identity {
	has := map[lineup.Identity]bool{}
	for i := range all {
		has[identityOf(x, all[i].Criterion)] = true
	}
	for _, by := range []lineup.Identity{lineup.Seat, lineup.Open} {
		if has[by] {
			return by
		}
	}
	return lineup.Coded
}

func sessionOf(s *scoring.Session, label string, module *scoring.CriterionInfo, x *lineup.Index) Session {
	out := Session{
		Work: label, Criterion: s.Criterion, Code: module.Code, Name: module.Name, NameEn: module.NameEn, State: s.State,
		Added: s.Added, Net: s.Net(), NetMillis: s.NetMillis, Violations: s.Violations, Signed: s.Sign,
		StartedAt: atOf(s.Started), Since: atOf(s.Since), Events: []SessionEvent{},
	}
	for i := range s.Events {
		e := &s.Events[i]
		view := SessionEvent{
			MarkID: e.Mark, Value: e.Value(), At: time.Unix(0, e.At).UTC(), Chair: e.Chair, Seat: x.Chairs[e.Chair].Seat,
			Judge: x.Setup.JudgeOf(e.Chair, e.Seq, e.Device), Undone: e.Undone, Of: e.Of,
		}
		if e.ClientAt != 0 {
			at := time.UnixMilli(e.ClientAt).UTC()
			view.ClientAt = &at
		}
		out.Events = append(out.Events, view)
	}
	return out
}

func atOf(e *session.Event) *time.Time {
	if e == nil {
		return nil
	}
	at := time.Unix(0, e.At).UTC()
	return &at
}
