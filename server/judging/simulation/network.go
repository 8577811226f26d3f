package simulation

import (
	"context"
	"sync"

	"jiangtai/scoring"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
)

// flaky is a store that fails as it is told, before or after it has written.
type flaky struct {
	judging.Ledgers
	mu   sync.Mutex // guards what follows
	next []failing
}

type failing uint8

const (
	works failing = iota
	away          // nothing is written
	lostBefore
	lostAfter // it is written, and nobody knows
)

// Append implements judging.Ledgers.
func (f *flaky) Append(ctx context.Context, b *judging.Batch) error {
	how := works
	f.mu.Lock()
	if len(f.next) > 0 {
		how, f.next = f.next[0], f.next[1:]
	}
	f.mu.Unlock()
	switch how {
	case away:
		return fault.New(fault.Unavailable, "store.unavailable")
	case lostBefore:
		return fault.New(fault.UnknownOutcome, "store.unknown_outcome")
	case lostAfter:
		if err := f.Ledgers.Append(ctx, b); err != nil {
			return err
		}
		return fault.New(fault.UnknownOutcome, "store.unknown_outcome")
	}
	return f.Ledgers.Append(ctx, b)
}

func (f *flaky) fail(how ...failing) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.next = how
}

// send delivers some of a tablet's outbox from the front, over a network that loses.
func (s *sim) send(t *tablet) {
	if t.isDown || len(t.outbox) == 0 {
		return
	}
	part := append([]judging.MarkCommand(nil), t.outbox[:1+s.r.IntN(len(t.outbox))]...)
	if !s.isHealed && s.r.IntN(10) == 0 {
		s.note("chair %d: a request is lost", t.actor.Chair)
		return
	}
	if !s.isHealed && s.r.IntN(8) == 0 {
		t.delivery = append(t.delivery, part) // it arrives once more, later
	}
	out, ok := s.deliver(t, part)
	if !ok || !s.isHealed && s.r.IntN(7) == 0 {
		s.note("chair %d: an answer is lost", t.actor.Chair)
		return
	}
	s.heard(t, part, out)
}

// deliver gives a delivery to the desk and holds every answer against what was said
// before.
func (s *sim) deliver(t *tablet, part []judging.MarkCommand) ([]judging.Outcome, bool) {
	out, err := s.w.Desk.Give(context.Background(), t.actor, part)
	if err != nil {
		s.note("chair %d: %v", t.actor.Chair, err)
		return nil, false
	}
	for i := range out {
		if out[i].Fault != nil {
			continue
		}
		id, text := part[i].MarkID, string(out[i].Receipt.AppendJSON(nil))
		if was, known := s.receipts[id]; known && was != text {
			s.fatal("mark %s has two receipts:\n%s\n%s", id, was, text)
		}
		s.receipts[id], s.isLate[id] = text, out[i].Late
	}
	return out, true
}

// again delivers what was on its way all the time.
func (s *sim) again(t *tablet) {
	if len(t.delivery) == 0 {
		return
	}
	part := t.delivery[0]
	t.delivery = t.delivery[1:]
	s.note("chair %d: %d marks arrive once more", t.actor.Chair, len(part))
	for i := range part {
		s.twice[part[i].MarkID] = true
	}
	s.deliver(t, part)
}

// heard is what a tablet does with answers: receipts and final refusals leave the
// outbox, everything else stays in it.
func (s *sim) heard(t *tablet, part []judging.MarkCommand, out []judging.Outcome) {
	gone, isStale := map[scoring.ID]bool{}, false
	for i := range out {
		f := out[i].Fault
		switch {
		case f == nil:
			gone[part[i].MarkID] = true
			if part[i].Kind == scoring.Clock && part[i].Value != "undo" {
				t.clocks[part[i].Work] = part[i].MarkID
			}
		case isFinal(f.Kind):
			gone[part[i].MarkID] = true
			s.returned[part[i].MarkID] = f.Code
			s.note("chair %d: %s comes back, %s", t.actor.Chair, part[i].MarkID, f.Code)
			isStale = true
		}
	}
	var left []judging.MarkCommand
	for i := range t.outbox {
		if !gone[t.outbox[i].MarkID] {
			left = append(left, t.outbox[i])
		}
	}
	if t.outbox = left; isStale {
		s.restart(t)
	}
}

func isFinal(k fault.Kind) bool {
	switch k {
	case fault.Malformed, fault.Refused, fault.Forbidden, fault.Missing, fault.Stale, fault.Closed, fault.TooLarge:
		return true
	}
	return false
}
