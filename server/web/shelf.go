package web

import (
	"bytes"
	"encoding/json"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
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

	mu     sync.RWMutex // guards places
	places map[string]*place
}

// place is one question's.
type place struct {
	making sync.Mutex // held by the one who makes the answer

	mu     sync.RWMutex // guards the rest
	answer reply
	until  time.Time
}

// SendPublic answers a question that everybody may ask and to which everybody gets
// the same answer, at most a second old; the question is the request's path and
// query. answer gives what is sent as JSON; of many who ask at once it is called
// for one. It must not look at who is asking.
func SendPublic(c *fiber.Ctx, answer func() (any, error)) error {
	s := &baseOf(c).shelf
	p := s.at(c.Request().Header.RequestURI())
	if r, ok := p.fresh(s.now()); ok {
		return r.Send(c)
	}
	p.making.Lock()
	defer p.making.Unlock()
	if r, ok := p.fresh(s.now()); ok {
		return r.Send(c)
	}
	v, err := answer()
	if err != nil {
		return err
	}
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return p.put(body, c.Route().Path, s).Send(c)
}

// find gives the answer to a question while it is fresh.
func (s *shelf) find(target []byte) (reply, bool) {
	s.mu.RLock()
	p := s.places[string(target)]
	s.mu.RUnlock()
	if p == nil {
		return reply{}, false
	}
	return p.fresh(s.now())
}

func (s *shelf) at(target []byte) *place {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.places[string(target)]
	if p != nil {
		return p
	}
	if s.places == nil {
		s.places = map[string]*place{}
	}
	for other := range s.places {
		if len(s.places) < shelfSize {
			break
		}
		delete(s.places, other)
	}
	p = &place{}
	s.places[string(target)] = p
	return p
}

func (p *place) fresh(now time.Time) (reply, bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.answer, p.answer.Content != nil && now.Before(p.until)
}

// put keeps an answer. One that has not changed stays the content it was, which
// is compressed already.
func (p *place) put(body []byte, route string, s *shelf) *Content {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.answer.Content == nil || !bytes.Equal(p.answer.Bytes(), body) {
		p.answer.Content = NewContent(fiber.MIMEApplicationJSONCharsetUTF8, CacheAsk, body)
	}
	if p.answer.seen == nil {
		p.answer.seen = s.metrics.see(route)
	}
	p.until = s.now().Add(shelfLife)
	return p.answer.Content
}
