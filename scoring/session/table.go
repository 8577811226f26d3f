package session

import (
	"cmp"
	"slices"

	"jiangtai/scoring/door"
	"jiangtai/scoring/record"
)

// Table is all sessions of an event. The zero Table is empty.
type Table struct{ of map[place][]Event }

type place struct {
	entry     record.EntryID
	criterion string
}

func placeOf(c *record.Command) place { return place{c.Entry, c.Aspect} }

// Check says whether the command may become the next record of its session, and
// changes nothing. What it lets through Fold takes. A command may name the newest
// record that it knows; undoing must.
func (t *Table) Check(c *record.Command) *door.Refusal {
	if no := Spelled(c); no != nil {
		return no
	}
	word, _, _ := parse(c.Value)
	s := t.Find(c.Entry, c.Aspect)
	if !c.Supersedes.IsZero() && c.Supersedes != s.Newest {
		return &door.Refusal{Class: door.Stale, Code: "judging.stale", Path: "/supersedes", Head: s.Newest}
	}
	if word == Undo {
		return nil // the newest one that stands is there, since it was named
	}
	if _, ok := next(s.State, s.Sign, word); !ok {
		hint := string(s.State)
		if s.Sign != "" {
			hint = s.Sign
		}
		return door.Refuse(door.Rule, "judging.clock_order", "/value", hint)
	}
	return nil
}

// Fold takes the next record; false when it does not fit.
func (t *Table) Fold(r *record.Record) bool {
	if t.Check(&r.Command) != nil {
		return false
	}
	if t.of == nil {
		t.of = map[place][]Event{}
	}
	e := Event{Mark: r.MarkID, Seq: r.Seq, Chair: r.Chair, Device: r.Device, At: r.At, ClientAt: r.ClientAt}
	e.Word, e.Argument, _ = parse(r.Value)
	events := t.of[placeOf(&r.Command)]
	if e.Word == Undo {
		e.Of = r.Supersedes
		for i := range events {
			if events[i].Mark == e.Of {
				events[i].Undone = true
			}
		}
	}
	t.of[placeOf(&r.Command)] = append(events, e)
	return true
}

// Find is one session; a Waiting one where nothing was recorded.
func (t *Table) Find(entry record.EntryID, criterion string) Session {
	return tell(entry, criterion, slices.Clone(t.of[place{entry, criterion}]))
}

// List is all sessions that have a record, by entry and criterion. They are copies.
func (t *Table) List() []Session {
	list := make([]Session, 0, len(t.of))
	for p := range t.of {
		list = append(list, t.Find(p.entry, p.criterion))
	}
	slices.SortFunc(list, func(a, b Session) int {
		return cmp.Or(cmp.Compare(a.Entry, b.Entry), cmp.Compare(a.Criterion, b.Criterion))
	})
	return list
}
