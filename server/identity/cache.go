package identity

import (
	"sync"
	"time"

	"jiangtai/server/contest"
)

// cacheLife is how old an answer may be: with it a session ended by another
// process is refused within a second, the query included.
const cacheLife = 900 * time.Millisecond

// cache holds sessions as read a moment ago and what was seen of them since.
// Safe for concurrent use.
type cache struct {
	mu      sync.Mutex // guards all below
	held    map[Hash]cached
	seen    map[contest.ID]Touch // not yet written
	changes uint64
}

type cached struct {
	Holder
	readAt time.Time
}

// maxHeld bounds the cache; who has that many sessions reads more often.
const maxHeld = 50_000

func newCache() *cache {
	return &cache{held: map[Hash]cached{}, seen: map[contest.ID]Touch{}}
}

// find gives what was read less than cacheLife ago. at is to be handed to keep:
// an answer read before a change must not be kept after it.
func (c *cache) find(token Hash, now time.Time) (h Holder, at uint64, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.held[token]
	if !ok || now.Sub(e.readAt) >= cacheLife || now.Before(e.readAt) {
		return Holder{}, c.changes, false
	}
	return c.fresh(e.Holder), c.changes, true
}

// keep holds an answer whose read began at the given number of changes, and
// gives it with what was seen of it since it was last written.
func (c *cache) keep(token Hash, h Holder, at uint64, now time.Time) Holder {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at == c.changes {
		if len(c.held) >= maxHeld {
			clear(c.held)
		}
		c.held[token] = cached{h, now}
	}
	return c.fresh(h)
}

// fresh is the holder with the newest time seen; the caller holds mu.
func (c *cache) fresh(h Holder) Holder {
	if t, ok := c.seen[h.Session.ID]; ok && t.At.After(h.Session.SeenAt) {
		h.Session.SeenAt = t.At
	}
	return h
}

// touch notes that a session was used.
func (c *cache) touch(t Touch) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.Pending < 0 {
		if old, ok := c.seen[t.Session]; ok {
			t.Pending = old.Pending
		}
	}
	c.seen[t.Session] = t
}

// forget drops every answer and makes reads under way useless to keep. All of
// them, because a change here is rare and a read takes a millisecond.
func (c *cache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.changes++
	clear(c.held)
}

// drain takes what was seen and not yet written.
func (c *cache) drain() []Touch {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := make([]Touch, 0, len(c.seen))
	for _, t := range c.seen {
		all = append(all, t)
	}
	clear(c.seen)
	return all
}

// restore puts back what could not be written, unless newer was seen.
func (c *cache) restore(touches []Touch) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range touches {
		if _, ok := c.seen[t.Session]; !ok {
			c.seen[t.Session] = t
		}
	}
}

// sweep drops answers too old to be given.
func (c *cache) sweep(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for token, e := range c.held {
		if now.Sub(e.readAt) >= cacheLife {
			delete(c.held, token)
		}
	}
}
