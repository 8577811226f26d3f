package web

import (
	"errors"
	"sync"
	"unsafe"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/live"
)

// kept holds the last standings of each event in all their forms, so that a
// crowd that asks costs one compression a change.
type kept struct {
	seen *sight

	mu      sync.RWMutex // guards byEvent
	byEvent map[contest.ID]*Content
}

// keptEvents is how many boards are remembered: more than a city has running.
const keptEvents = 1024

// of makes a Content of the body, or finds the one that was made of the same
// slice.
func (k *kept) of(event contest.ID, body []byte) *Content {
	k.mu.RLock()
	ct := k.byEvent[event]
	k.mu.RUnlock()
	if ct.isOf(body) {
		return ct
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if ct = k.byEvent[event]; ct.isOf(body) {
		return ct
	}
	if ct == nil {
		for other := range k.byEvent {
			if len(k.byEvent) < keptEvents {
				break
			}
			delete(k.byEvent, other) // whoever asks for it next has it made anew
		}
	}
	ct = NewContent(fiber.MIMEApplicationJSON, CacheAsk, body)
	k.byEvent[event] = ct
	return ct
}

// isOf says that the content was made of the very slice, which it holds: no other
// can have come to lie in its place.
func (ct *Content) isOf(body []byte) bool {
	return ct != nil && unsafe.SliceData(ct.plain) == unsafe.SliceData(body) && len(ct.plain) == len(body)
}

func (k *kept) knows(event contest.ID) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.byEvent[event] != nil
}

func (k *kept) forget(event contest.ID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.byEvent, event)
}

func (b *base) publicStandings(c *fiber.Ctx) error {
	event, err := ParamID(c, "id")
	if err != nil {
		return fault.New(fault.Missing, "live.missing")
	}
	body, err := b.cfg.Standings(Context(c), event)
	if err != nil {
		b.standings.forget(event)
		return LiveFault(err)
	}
	return b.standings.of(event, body).Send(c)
}

// LiveFault is the fault of an error of live's: live.missing for what is not
// there or not for everybody, whoever found that out.
func LiveFault(err error) error {
	if errors.Is(err, live.ErrMissing) || fault.Of(err).Kind == fault.Missing {
		return fault.New(fault.Missing, "live.missing")
	}
	return fault.Wrap(err, fault.Unavailable, "live.unavailable")
}
