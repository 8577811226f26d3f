package blind

import (
	"context"
	"crypto/rand"
	"slices"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Config is what the desk needs. Changed may be nil; nothing else may.
type Config struct {
	Store   Store
	Work    Work
	Events  Events
	Labels  Labels
	Judging Judging
	Seconds Seconds
	Audit   Audit
	Now     func() time.Time
	// Changed is told of events whose labels or absentees changed, after the
	// commit, so that desks and boards know them.
	Changed func(ctx context.Context, events []contest.ID)
}

// Desk (加密台) is the door of this room. It is safe for concurrent use.
type Desk struct{ Config }

// New makes the desk.
func New(cfg Config) *Desk { return &Desk{cfg} }

// Second is the second person of a two-person act, who types a password on the
// first one's console.
type Second struct{ User, Password string }

// sheet is an event under the hand of a use case: its entries are held still,
// where the case writes.
type sheet struct {
	Event
	entries  []contest.Entry
	checkIn  CheckIn
	arrivals map[contest.ID]Arrival
	draws    []Draw
}

// draw is the layer's draw that is not void.
func (s *sheet) draw(l Layer) (Draw, bool) {
	for _, d := range s.draws {
		if d.Layer == l && d.Phase != Void {
			return d, true
		}
	}
	return Draw{}, false
}

// drawsIn says that an entry is marked in modules of the layer, so that it draws.
func (s *sheet) drawsIn(e contest.Entry, l Layer) bool { return !slices.Contains(s.Exempt[e.Kind], l) }

// drawing are the entries that draw in a layer.
func (s *sheet) drawing(l Layer) []contest.Entry {
	return slices.DeleteFunc(slices.Clone(s.entries), func(e contest.Entry) bool { return !s.drawsIn(e, l) })
}

// layers are those that the scheme needs and somebody draws in; of an empty list
// all that the scheme needs.
func (s *sheet) layers() []Layer {
	return slices.DeleteFunc(s.Event.layers(), func(l Layer) bool { return len(s.entries) > 0 && len(s.drawing(l)) == 0 })
}

// isFromSeats says that the second draw, or part of it, is from seat to code.
func (s *sheet) isFromSeats() bool {
	return s.IsSeated && slices.ContainsFunc(s.drawing(Codes), func(e contest.Entry) bool { return s.drawsIn(e, Seats) })
}

// isIn says that the entry has come.
func (s *sheet) isIn(entry contest.ID) bool {
	state := s.arrivals[entry].State
	return state == Present || state == Late
}

// unaccounted counts entries that are neither in nor absent.
func (s *sheet) unaccounted() int {
	n := 0
	for _, e := range s.entries {
		if _, known := s.arrivals[e.ID]; !known {
			n++
		}
	}
	return n
}

// eventFor finds an event for one of the roles. For everybody else it does not
// exist.
func (d *Desk) eventFor(ctx context.Context, a contest.Actor, id contest.ID, roles []contest.Role) (Event, error) {
	e, err := d.Events.FindEvent(ctx, id)
	if err != nil && fault.Of(err).Kind != fault.Missing {
		return Event{}, err
	}
	if err != nil || !a.Has(e.Contest, e.ID, roles...) {
		return Event{}, missing()
	}
	return e, nil
}

// read fills a sheet; entries come from list.
func (d *Desk) read(ctx context.Context, e Event, list func(context.Context, contest.ID) ([]contest.Entry, error)) (*sheet, error) {
	s := &sheet{Event: e, arrivals: map[contest.ID]Arrival{}}
	var err error
	if s.entries, err = list(ctx, e.ID); err != nil {
		return nil, err
	}
	if s.checkIn, err = d.Store.FindCheckIn(ctx, e.ID); err != nil {
		return nil, err
	}
	arrivals, err := d.Store.ListArrivals(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	for _, v := range arrivals {
		s.arrivals[v.Entry] = v
	}
	s.draws, err = d.Store.ListDraws(ctx, e.ID)
	return s, err
}

// work runs a use case of an event by one of the roles: the event's entries are
// held, what fn answers for the audit is noted, and once all is durable the other
// rooms are told. Nothing here changes once marking has begun.
func (d *Desk) work(ctx context.Context, a contest.Actor, id contest.ID, roles []contest.Role, what string, fn func(ctx context.Context, s *sheet) (map[string]string, error)) error {
	e, err := d.eventFor(ctx, a, id, viewers)
	if err != nil {
		return err
	}
	if !a.Has(e.Contest, e.ID, roles...) {
		return forbidden()
	}
	if e.IsOpen {
		return fault.New(fault.Refused, "blind.event_open")
	}
	err = d.Work.Do(ctx, func(ctx context.Context) error {
		s, err := d.read(ctx, e, d.Labels.Lock)
		if err != nil {
			return err
		}
		// Read again under the lock: an opening may have been written meanwhile.
		if s.Event, err = d.Events.FindEvent(ctx, id); err != nil {
			return err
		}
		if s.IsOpen {
			return fault.New(fault.Refused, "blind.event_open")
		}
		detail, err := fn(ctx, s)
		if err != nil {
			return err
		}
		return d.Audit.Record(ctx, a, what, "event/"+id.String(), detail)
	})
	if err == nil && d.Changed != nil {
		d.Changed(ctx, []contest.ID{id})
	}
	return err
}

// now is in the precision of the database, so that a time read back is equal.
func (d *Desk) now() time.Time { return d.Now().UTC().Truncate(time.Microsecond) }

func newID() contest.ID { return contest.ID(uuid.Must(uuid.NewV7())) }

// secret fills with bytes that nobody can guess.
func secret(b []byte) []byte {
	_, _ = rand.Read(b) // never fails, says its doc
	return b
}
