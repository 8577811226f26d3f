package web

import (
	"errors"
	"net/url"
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

	mu       sync.RWMutex // guards the rest
	byEvent  map[contest.ID]*Content
	byTarget map[string]contest.ID // by how it was asked for
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
	if ct == nil && len(k.byEvent) >= keptEvents {
		clear(k.byEvent) // whoever asks next has them made anew
		clear(k.byTarget)
	}
	if k.byEvent == nil {
		k.byEvent, k.byTarget = map[contest.ID]*Content{}, map[string]contest.ID{}
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

// asked says which event's standings were given for the target.
func (k *kept) asked(target []byte) (contest.ID, bool) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	event, ok := k.byTarget[string(target)]
	return event, ok
}

// answer remembers the target, of which an event has one: others are spellings
// that nobody uses.
func (k *kept) answers(event contest.ID, target string) {
	if target != publicRoot+"events/"+event.String()+"/standings" {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.byTarget[target] = event
}

func (k *kept) forget(event contest.ID, target string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.byEvent, event)
	delete(k.byTarget, target)
}

func (b *base) publicStandings(c *fiber.Ctx) error {
	event, err := ParamID(c, "id")
	if err != nil {
		return fault.New(fault.Missing, "live.missing")
	}
	target := string(c.Request().RequestURI())
	body, err := b.cfg.Standings(Context(c), event)
	if err != nil {
		b.standings.forget(event, target)
		return LiveFault(err)
	}
	ct := b.standings.of(event, body)
	b.standings.answers(event, target)
	return ct.Send(c)
}

// publicRow is asked for by few, so nothing of it is kept.
func (b *base) publicRow(c *fiber.Ctx) error {
	event, err := ParamID(c, "id")
	if err != nil {
		return fault.New(fault.Missing, "live.missing")
	}
	key, err := url.PathUnescape(c.Params("key"))
	if err != nil {
		return fault.New(fault.Missing, "live.missing")
	}
	body, err := b.cfg.Row(Context(c), event, key)
	if err != nil {
		return LiveFault(err)
	}
	return NewContent(fiber.MIMEApplicationJSON, CacheAsk, body).Send(c)
}

// LiveFault is the fault of an error of live's: live.missing for what is not
// there or not for everybody, whoever found that out.
func LiveFault(err error) error {
	if errors.Is(err, live.ErrMissing) || fault.Of(err).Kind == fault.Missing {
		return fault.New(fault.Missing, "live.missing")
	}
	return fault.Wrap(err, fault.Unavailable, "live.unavailable")
}
