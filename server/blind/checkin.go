package blind

import (
	"context"
	"strconv"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Arriving is what somebody says of an entry at check-in.
type Arriving struct {
	EntryNo string
	State   State // Present or Absent while check-in is open, Late afterwards
}

// The profile of late admission, in minutes.
const (
	usualLate = 15
	maxLate   = 180
)

// CheckIn notes who has come and who has not, all of the list or nothing. Kinds
// beside access: Missing entry, Refused by the state of the check-in, Stale for
// who has drawn already.
func (d *Desk) CheckIn(ctx context.Context, a contest.Actor, event contest.ID, list []Arriving) error {
	return d.work(ctx, a, event, receivers, "check_in.noted", func(ctx context.Context, s *sheet) (map[string]string, error) {
		if len(list) == 0 {
			return nil, fault.New(fault.Malformed, "blind.empty", fault.At("/arrivals", "blind.empty", ""))
		}
		byNo := map[string]contest.Entry{}
		for _, e := range s.entries {
			byNo[e.EntryNo] = e
		}
		drawn, err := d.drawnEntries(ctx, s)
		if err != nil {
			return nil, err
		}
		var wrong []fault.Field
		notes := make([]Arrival, 0, len(list))
		counts := map[State]int{}
		for i, in := range list {
			e, known := byNo[in.EntryNo]
			code := d.arrivalFault(s, in.State, drawn[e.ID])
			if !known {
				code = "blind.entry_missing"
			}
			if code != "" {
				wrong = append(wrong, fault.At("/arrivals/"+strconv.Itoa(i), code, in.EntryNo))
				continue
			}
			counts[in.State]++
			notes = append(notes, Arrival{Entry: e.ID, State: in.State, At: d.now(), By: a.Who()})
		}
		if wrong != nil {
			return nil, fault.New(fault.Refused, wrong[0].Code, wrong...)
		}
		return map[string]string{
			"present": strconv.Itoa(counts[Present]), "late": strconv.Itoa(counts[Late]), "absent": strconv.Itoa(counts[Absent]),
		}, d.Store.SaveArrivals(ctx, event, notes)
	})
}

// arrivalFault says why a state cannot be noted now, "" when it can.
func (d *Desk) arrivalFault(s *sheet, state State, isDrawn bool) string {
	first, isDrawing := s.draw(s.firstLayer())
	switch {
	case state != Present && state != Late && state != Absent:
		return "blind.unknown_state"
	case isDrawing && first.Phase == Closed:
		return "blind.draw_closed"
	case isDrawn && state == Absent:
		return "blind.entry_drawn"
	case !s.checkIn.closed() && state == Late:
		return "blind.not_late_yet"
	case s.checkIn.closed() && state != Late:
		return "blind.check_in_closed"
	case state == Late && d.now().After(s.checkIn.ClosedAt.Add(time.Duration(s.checkIn.LateMinutes)*time.Minute)):
		return "blind.too_late"
	}
	return ""
}

// firstLayer is the first that the event needs; "" for none.
func (s *sheet) firstLayer() Layer {
	if list := s.layers(); len(list) > 0 {
		return list[0]
	}
	return ""
}

// drawnEntries are those that hold a label in an open draw.
func (d *Desk) drawnEntries(ctx context.Context, s *sheet) (map[contest.ID]bool, error) {
	out := map[contest.ID]bool{}
	for _, dr := range s.draws {
		if dr.Phase != Open {
			continue
		}
		pairs, err := d.Store.ListPairs(ctx, dr)
		if err != nil {
			return nil, err
		}
		for _, p := range pairs {
			out[p.Entry] = true
		}
	}
	return out, nil
}

// CloseCheckIn ends the check-in: whom nobody has seen is absent from now on, and
// late ones are admitted for the minutes given (0: 15, the usual profile; -1: nobody).
func (d *Desk) CloseCheckIn(ctx context.Context, a contest.Actor, event contest.ID, lateMinutes int) error {
	return d.work(ctx, a, event, receivers, "check_in.closed", func(ctx context.Context, s *sheet) (map[string]string, error) {
		switch {
		case s.checkIn.closed():
			return nil, fault.New(fault.Stale, "blind.check_in_closed")
		case lateMinutes < -1 || lateMinutes > maxLate:
			return nil, fault.New(fault.Refused, "blind.late_minutes", fault.At("/late_minutes", "blind.late_minutes", strconv.Itoa(maxLate)))
		case lateMinutes == 0:
			lateMinutes = usualLate
		case lateMinutes == -1:
			lateMinutes = 0
		}
		var rest []Arrival
		for _, e := range s.entries {
			if _, known := s.arrivals[e.ID]; !known {
				rest = append(rest, Arrival{Entry: e.ID, State: Absent, At: d.now(), By: a.Who()})
			}
		}
		if err := d.Store.SaveArrivals(ctx, event, rest); err != nil {
			return nil, err
		}
		detail := map[string]string{"made_absent": strconv.Itoa(len(rest)), "late_minutes": strconv.Itoa(lateMinutes)}
		return detail, d.Store.SaveCheckIn(ctx, event, CheckIn{ClosedAt: d.now(), LateMinutes: lateMinutes})
	})
}

// ReopenCheckIn lets a check-in that was closed too soon go on, by two persons
// with a reason, until the first layer is closed. Absentees stay until they are
// seen.
func (d *Desk) ReopenCheckIn(ctx context.Context, a contest.Actor, event contest.ID, reason string, second Second) error {
	return d.work(ctx, a, event, receivers, "check_in.reopened", func(ctx context.Context, s *sheet) (map[string]string, error) {
		reason, err := said("/reason", reason, maxReason, true)
		if err != nil {
			return nil, err
		}
		first, isDrawing := s.draw(s.firstLayer())
		switch {
		case !s.checkIn.closed():
			return nil, fault.New(fault.Refused, "blind.check_in_open")
		case isDrawing && first.Phase == Closed:
			return nil, fault.New(fault.Refused, "blind.draw_closed")
		}
		two, err := d.second(ctx, a, s.Event, second, watchers)
		if err != nil {
			return nil, err
		}
		return map[string]string{"reason": reason, "second": two.Name}, d.Store.SaveCheckIn(ctx, event, CheckIn{})
	})
}
