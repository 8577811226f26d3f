package session

import (
	"jiangtai/scoring/record"
)

// State is where a session stands (场次状态).
type State string

// The states. The last three are ends.
const (
	Waiting  State = "waiting"
	Running  State = "running"
	Paused   State = "paused"
	HandedIn State = "handed_in"
	NoWork   State = "no_work"
	Absent   State = "absent"
)

// Event is one record of a session, as it was given.
type Event struct {
	Mark     record.ID
	Seq      uint64
	Word     string
	Argument string // the reason of a pause, the seconds that were added
	Of       record.ID
	Chair    record.ChairID
	Device   record.ID
	At       int64 // server clock, unix nanoseconds
	ClientAt int64 // the device's clock, unix milliseconds; 0: it told none
	Undone   bool
}

// Shown is the time that an event is shown with, in unix milliseconds: the device's
// where it told one, else the server's.
func (e *Event) Shown() int64 {
	if e.ClientAt != 0 {
		return e.ClientAt
	}
	return e.At / 1e6
}

// Value is the event as the record says it.
func (e *Event) Value() string {
	if e.Argument == "" {
		return e.Word
	}
	return e.Word + " " + e.Argument
}

// Session is the clock of one entry in one module (场次).
type Session struct {
	Entry      record.EntryID
	Criterion  string
	State      State
	Started    *Event // nil: the clock never ran
	Since      *Event // what made it Running or Paused, or ended it; nil while Waiting
	Added      int    // seconds that were added to what is allowed
	NetMillis  int64  // worked until Since: while Running the time after it is not in
	Violations int
	Sign       string         // "", Signed or Refused
	Newest     record.ID      // the newest record that stands; zero: none
	By         record.ChairID // who gave it
	Events     []Event        // all of them, also those that were taken back
}

// Net is the net time in whole seconds.
func (s *Session) Net() int64 { return s.NetMillis / 1000 }

// next is the state that a word leads to; false when it does not fit.
func next(s State, sign, word string) (State, bool) {
	if sign != "" {
		return s, false
	}
	open := s == Waiting || s == Running || s == Paused
	switch word {
	case Start:
		return Running, s == Waiting
	case Pause:
		return Paused, s == Running
	case Resume:
		return Running, s == Paused
	case Add:
		return s, open
	case HandIn:
		return HandedIn, open
	case Missing:
		return NoWork, open
	case NotThere:
		return Absent, s == Waiting
	case Violation:
		return s, s != Absent
	case Signed, Refused:
		return s, s == HandedIn || s == NoWork
	}
	return s, false
}

// longest bounds what a device's clock can make of one interval: 100 days in
// milliseconds.
const longest = 100 * 24 * 60 * 60 * 1000

// between is how long it was from one event to a later one, in nanoseconds.
func between(from, to *Event) int64 {
	if from.Device == to.Device && !from.Device.IsZero() && from.ClientAt != 0 && to.ClientAt >= from.ClientAt {
		return min(to.ClientAt-from.ClientAt, longest) * 1e6
	}
	return max(0, to.At-from.At)
}

// tell folds what stands of a session.
func tell(entry record.EntryID, criterion string, events []Event) Session {
	s := Session{Entry: entry, Criterion: criterion, State: Waiting, Events: events}
	var net int64
	for i := range events {
		e := &events[i]
		if e.Undone || e.Word == Undo {
			continue
		}
		was := s.State
		s.State, _ = next(s.State, s.Sign, e.Word)
		s.Newest, s.By = e.Mark, e.Chair
		switch e.Word {
		case Start:
			s.Started = e
		case Add:
			s.Added += seconds(e.Argument)
		case Violation:
			s.Violations++
		case Signed, Refused:
			s.Sign = e.Word
		}
		if s.State == was {
			continue
		}
		if was == Running {
			net += between(s.Since, e)
		}
		s.Since = e
	}
	s.NetMillis = net / 1e6
	return s
}
