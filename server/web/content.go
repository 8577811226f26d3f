package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

const (
	// CacheForever is the rule for what never changes under its name.
	CacheForever = "public, max-age=31536000, immutable"
	// CacheAsk is the rule for what may be kept, and is asked for again each time.
	CacheAsk = "no-cache"
)

// Content is bytes to be served many times: each of its forms, plain, gzip and br,
// is made once, when somebody first wants it, while others who want it wait. Safe
// for concurrent use; the bytes belong to it.
type Content struct {
	mediaType, cache string
	plain            []byte
	sum              func() string // what names the bytes
	forms            [packings]form
}

// form is the content in one packing with the headers that go with it.
type form struct {
	once         sync.Once
	body         []byte
	etag         []byte
	whole, known fasthttp.ResponseHeader // of the answer, and of 304
	dressed      atomic.Pointer[dressed] // the same as the front sent them last
}

const (
	// Too small to gain by compression.
	minCompressed = 512
	// What changes while people look on is compressed again for every change: level 5
	// takes six tenths of level 9's time and leaves 1 % more of a board.
	liveBrotli = 5
)

// NewContent keeps body, which must not change any more. mediaType is the whole
// Content-Type, cache the Cache-Control.
func NewContent(mediaType, cache string, body []byte) *Content {
	return &Content{mediaType: mediaType, cache: cache, plain: body, sum: sync.OnceValue(func() string {
		sum := sha256.Sum256(body)
		return base64.RawURLEncoding.EncodeToString(sum[:12])
	})}
}

// Bytes are the plain bytes; read only.
func (ct *Content) Bytes() []byte { return ct.plain }

// Send answers with the content in the form that the reader likes best, or 304
// where he has it.
func (ct *Content) Send(c *fiber.Ctx) error {
	f := ct.formFor(&c.Request().Header)
	from := &f.whole
	if has(&c.Request().Header, f.etag) {
		c.Status(fiber.StatusNotModified)
		from = &f.known
	} else {
		// The bytes are shared by all answers: SetBodyRaw does not copy or change them.
		c.Response().SetBodyRaw(f.body)
	}
	to := &c.Response().Header
	to.SetNoDefaultContentType(true)
	from.VisitAll(func(name, value []byte) { to.SetBytesKV(name, value) })
	return nil
}

func (ct *Content) formFor(h *fasthttp.RequestHeader) *form {
	likes := parseLikes(h.Peek(fiber.HeaderAcceptEncoding))
	e := plainly
	switch {
	case !isCompressible(ct.mediaType):
	case len(ct.plain) >= minCompressed || likes[plainly] == 0:
		e = likes.best()
	}
	return ct.form(e)
}

func (ct *Content) form(e packing) *form {
	f := &ct.forms[e]
	f.once.Do(func() {
		if f.body == nil {
			f.body = e.pack(ct.plain)
		}
		// One tag a form: they are different bytes.
		tag := ct.sum()
		if e != plainly {
			tag += "-" + e.String()
		}
		f.etag = []byte(`"` + tag + `"`)
		f.known.SetNoDefaultContentType(true)
		f.known.SetStatusCode(fiber.StatusNotModified)
		for _, h := range []*fasthttp.ResponseHeader{&f.whole, &f.known} {
			h.Set(fiber.HeaderETag, string(f.etag))
			h.Set(fiber.HeaderCacheControl, ct.cache)
			h.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
		}
		f.whole.SetContentType(ct.mediaType)
		if e != plainly {
			f.whole.SetContentEncoding(e.String())
		}
	})
	return f
}

// packed takes a form that was made before; nil: it is made when it is wanted.
func (ct *Content) packed(e packing, body []byte) { ct.forms[e].body = body }

func isCompressible(mediaType string) bool {
	return strings.HasPrefix(mediaType, "text/") || strings.Contains(mediaType, "json") ||
		strings.Contains(mediaType, "javascript") || strings.Contains(mediaType, "svg") || strings.Contains(mediaType, "yaml")
}

// has says that the reader names the tag among those he holds. Tags are compared
// weakly, as If-None-Match asks.
func has(h *fasthttp.RequestHeader, etag []byte) bool {
	rest := h.Peek(fiber.HeaderIfNoneMatch)
	for len(rest) > 0 {
		var tag []byte
		tag, rest, _ = bytes.Cut(rest, []byte(","))
		tag = bytes.TrimPrefix(bytes.TrimSpace(tag), []byte("W/"))
		if bytes.Equal(tag, etag) || len(tag) == 1 && tag[0] == '*' {
			return true
		}
	}
	return false
}
