package programmeweb

import (
	"bytes"
	"encoding/json"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/web"
)

const (
	shelfLife = time.Second // how old a public list may be
	shelfSize = 256         // questions that are remembered
)

// shelf keeps the answers to public questions for a second: everyone in the hall
// asks the same, and compressing an answer costs more than finding it.
type shelf struct {
	now func() time.Time

	mu   sync.Mutex // guards kept
	kept map[string]shelved
}

type shelved struct {
	content *web.Content
	until   time.Time
}

// send answers the request's question from the shelf, or makes the answer.
func (s *shelf) send(c *fiber.Ctx, answer func() (any, error)) error {
	key := c.Path() + "?" + string(c.Request().URI().QueryString())
	s.mu.Lock()
	was, ok := s.kept[key]
	s.mu.Unlock()
	if !ok || !s.now().Before(was.until) {
		v, err := answer()
		if err != nil {
			return err
		}
		body, err := json.Marshal(v)
		if err != nil {
			return err
		}
		was = s.put(key, was.content, body)
	}
	return was.content.Send(c, "no-cache")
}

// put keeps an answer. One that has not changed stays the content it was, which
// is compressed already.
func (s *shelf) put(key string, old *web.Content, body []byte) shelved {
	if old == nil || !bytes.Equal(old.Bytes(), body) {
		old = web.NewContent(fiber.MIMEApplicationJSONCharsetUTF8, body)
	}
	now := shelved{old, s.now().Add(shelfLife)}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil || len(s.kept) >= shelfSize {
		s.kept = map[string]shelved{}
	}
	s.kept[key] = now
	return now
}
