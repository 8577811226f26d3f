package web

import (
	"bytes"
	"encoding/json"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/sync/singleflight"
)

const (
	shelfLife = time.Second // how old a public list may be
	shelfSize = 256         // questions that are remembered
)

// shelf keeps the answers to public questions for a second: everyone in the hall
// asks the same, and compressing an answer costs more than finding it.
type shelf struct {
	now     func() time.Time
	metrics *metrics
	making  singleflight.Group

	mu     sync.RWMutex // guards places
	places map[string]place
}

// place is one question's answer and how long it holds.
type place struct {
	reply
	until time.Time
}

// SendPublic answers a question that everybody may ask and to which everybody gets
// the same answer, at most a second old; the question is the request's path and
// query. cache is the Cache-Control, the same for all of a route. answer gives what
// is sent as JSON; of many who ask at once it is called for one, and all get what it
// gave, or its error. It must not look at who is asking.
func SendPublic(c *fiber.Ctx, cache string, answer func() (any, error)) error {
	s := &baseOf(c).shelf
	target := c.Request().Header.RequestURI()
	if r, ok := s.find(target); ok {
		return r.Send(c)
	}
	key := string(target)
	made, err, _ := s.making.Do(key, func() (any, error) {
		v, err := answer()
		if err != nil {
			return nil, err
		}
		body, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		return s.put(key, NewContent(fiber.MIMEApplicationJSONCharsetUTF8, cache, body), c.Route().Path), nil
	})
	if err != nil {
		return err
	}
	return made.(*Content).Send(c) //nolint:forcetypeassert // made above
}

// find gives the answer to a question while it is fresh.
func (s *shelf) find(target []byte) (reply, bool) {
	s.mu.RLock()
	p, ok := s.places[string(target)]
	s.mu.RUnlock()
	return p.reply, ok && s.now().Before(p.until)
}

// put keeps an answer. One that has not changed stays the content it was, which
// is compressed already.
func (s *shelf) put(key string, ct *Content, route string) *Content {
	now := s.now()
	s.mu.Lock()
	defer s.mu.Unlock()
	old, ok := s.places[key]
	switch {
	case ok && bytes.Equal(old.Bytes(), ct.Bytes()):
		ct = old.Content
	case !ok && len(s.places) >= shelfSize:
		s.makeRoom(now)
	}
	if s.places == nil {
		s.places = map[string]place{}
	}
	seen := old.seen
	if seen == nil {
		seen = s.metrics.see(route)
	}
	s.places[key] = place{reply{ct, seen}, now.Add(shelfLife)}
	return ct
}

// makeRoom takes what is stale from the shelf, or all of it where nothing is.
func (s *shelf) makeRoom(now time.Time) {
	for key, p := range s.places {
		if !now.Before(p.until) {
			delete(s.places, key)
		}
	}
	if len(s.places) >= shelfSize {
		clear(s.places)
	}
}
