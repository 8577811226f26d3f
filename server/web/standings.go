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
	mu      sync.Mutex // guards byEvent
	byEvent map[contest.ID]*Content
}

// of makes a Content of the body, or finds the one that was made of the same
// slice.
func (k *kept) of(event contest.ID, body []byte) *Content {
	k.mu.Lock()
	defer k.mu.Unlock()
	if ct := k.byEvent[event]; ct != nil && unsafe.SliceData(ct.plain) == unsafe.SliceData(body) {
		return ct
	}
	ct := NewContent(fiber.MIMEApplicationJSON, body)
	k.byEvent[event] = ct
	return ct
}

func (b *base) publicStandings(c *fiber.Ctx) error {
	event, err := ParamID(c, "id")
	if err != nil {
		return fault.New(fault.Missing, "live.missing")
	}
	body, err := b.cfg.Standings(Context(c), event)
	if err != nil {
		return LiveFault(err)
	}
	return b.standings.of(event, body).Send(c, "no-cache")
}

// LiveFault is the fault of an error of live's: live.missing for what is not
// there or not for everybody, whoever found that out.
func LiveFault(err error) error {
	if errors.Is(err, live.ErrMissing) || fault.Of(err).Kind == fault.Missing {
		return fault.New(fault.Missing, "live.missing")
	}
	return fault.Wrap(err, fault.Unavailable, "live.unavailable")
}
