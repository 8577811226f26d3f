package keyingtest

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/keying"
)

// Event is the rig's event, Of its only sheet.
var (
	Event = contest.ID{0xe0, 15: 1}
	Of    = keying.Of{Chair: 1, Criterion: "w"}
)

// Person is an account with a role for the event.
func Person(n byte, role contest.Role) contest.Actor {
	return contest.Actor{Account: contest.ID{0xac, 15: n}, Name: fmt.Sprint("官员", n), Grants: []contest.Grant{{Role: role, Contest: contest.ID{0xc0}, Event: Event}}}
}

// Rig is a desk over a store in memory. Its password is "right".
type Rig struct {
	*keying.Desk
	Store    *Memory
	Marks    map[keying.At]keying.Standing // what stands
	Given    int                           // marks that came through the door
	IsTablet bool
	Sealed   bool
	People   map[string]contest.Actor // by user
	Form     keying.Paper             // what is found by the code CODE:1
}

// New makes one with these eyes.
func New(eyes keying.Eyes) *Rig {
	r := &Rig{Store: NewMemory(), Marks: map[keying.At]keying.Standing{}, People: map[string]contest.Actor{}}
	now := func() time.Time { return time.Date(2026, 5, 12, 8, 0, 0, 0, time.UTC) }
	r.Desk = keying.New(keying.Config{Store: r.Store, Work: r.Store, Sheets: r, Papers: r, Eyes: eyes, Seconds: r, Audit: r, Now: now})
	return r
}

// Event is keying.Sheets.
func (r *Rig) Event(_ context.Context, event contest.ID) (keying.Event, error) {
	if event != Event {
		return keying.Event{}, fault.New(fault.Missing, "keying.missing")
	}
	return keying.Event{
		Event: contest.Event{ID: Event, Contest: contest.ID{0xc0}, Depth: contest.Paper}, Phase: scoring.Running, Sealed: r.Sealed, Sealing: "coded",
		Sheets: []keying.Choice{{Of: Of, Panel: "评分", Seat: 1, Judge: "周敏", Code: "A1", Name: "制作", Identity: "open"}},
	}, nil
}

// Sheet is keying.Sheets.
func (r *Rig) Sheet(_ context.Context, event contest.ID, of keying.Of) (keying.Sheet, error) {
	if event != Event || of != Of {
		return keying.Sheet{}, fault.New(fault.Missing, "keying.missing")
	}
	s := keying.Sheet{Identity: "open", Version: 1, Phase: scoring.Running, IsTablet: r.IsTablet}
	for _, id := range []string{"a", "b"} {
		s.Columns = append(s.Columns, keying.Column{Title: "A1." + id, Attempt: 1, Pad: scoring.Pad{ID: id, Code: "A1." + id, Kind: "points", Max: "10", Attempts: 1}, Read: read})
	}
	for n := 1; n <= 3; n++ {
		row := keying.Row{Work: fmt.Sprintf("%03d", n)}
		for _, c := range s.Columns {
			at := keying.At{Work: row.Work, Aspect: c.Pad.ID, Attempt: 1, Round: 1}
			standing, ok := r.Marks[at]
			if !ok {
				standing.Kind = keying.Empty
			}
			standing.Round = 1
			row.Cells = append(row.Cells, standing)
		}
		s.Rows = append(s.Rows, row)
	}
	return s, nil
}

// read takes whole numbers to ten.
func read(text string) (value, code, hint string) {
	if n, err := strconv.Atoi(text); err != nil || n > 10 {
		return "", "judging.above_max", "10"
	}
	return text, "", ""
}

// Enter is keying.Sheets.
func (r *Rig) Enter(_ context.Context, _ contest.Actor, _ contest.ID, marks []keying.Giving) ([]keying.Answer, error) {
	out := make([]keying.Answer, len(marks))
	for i, m := range marks {
		was := r.Marks[m.At]
		switch {
		case was.MarkID == m.MarkID:
		case was.MarkID != m.Supersedes || !was.MarkID.IsZero() && m.Reason == "":
			out[i].Code = "judging.already_marked"
		default:
			kind := keying.Mark
			if m.Kind == scoring.NotPerformed {
				kind = keying.NotPerformed
			}
			r.Marks[m.At] = keying.Standing{Round: 1, Value: keying.Value{Kind: kind, Text: m.Value}, MarkID: m.MarkID}
			r.Given++
		}
	}
	return out, nil
}

// Second is keying.Seconds.
func (r *Rig) Second(_ context.Context, user, password string) (contest.Actor, error) {
	a, ok := r.People[user]
	if !ok || password != "right" {
		return contest.Actor{}, fault.New(fault.Unauthenticated, "identity.credentials")
	}
	return a, nil
}

// Record is keying.Audit.
func (r *Rig) Record(context.Context, contest.Actor, string, string, map[string]string) error {
	return nil
}

// Paper is keying.Papers.
func (r *Rig) Paper(_ context.Context, _ contest.ID, code string) (keying.Paper, error) {
	if code != "CODE:1" {
		return keying.Paper{}, fault.New(fault.Refused, "keying.other_document")
	}
	return r.Form, nil
}
