package web

import (
	"bytes"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"jiangtai/server/fault"
)

// Keys of Ctx.Locals. Strings: only those cross a WebSocket upgrade.
const (
	localRequest = "web.request"
	localBase    = "web.base"
	localWho     = "web.who"
)

// outermost gives the request its id, times it, and turns errors and panics
// into answers.
func (b *base) outermost(c *fiber.Ctx) (err error) {
	b.prepare(c)
	began := b.cfg.Now()
	defer func() {
		if r := recover(); r != nil {
			cause := fmt.Errorf("panic: %v\n%s", r, debug.Stack())
			err = b.problem(c, fault.Wrap(cause, fault.Internal, "server.internal"))
		}
		b.metrics.observe(c, b.cfg.Now().Sub(began))
	}()
	err = errTwoLengths
	if isAmbiguous(&c.Request().Header) {
		c.Response().SetConnectionClose() // where its body ends is anybody's guess
	} else {
		err = c.Next()
	}
	if err != nil {
		setSecurityHeaders(c, b.isSecure(c.Context()))
		return b.problem(c, fault.Of(fromFiber(err)))
	}
	return nil
}

var errTwoLengths = fault.New(fault.Malformed, "web.request")

// isAmbiguous says that the request names two lengths. A proxy that goes by the
// other one would take a part of its body for the next person's request.
func isAmbiguous(h *fasthttp.RequestHeader) bool {
	encoding, length := false, false
	for rest := h.RawHeaders(); len(rest) > 0; {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte{'\n'})
		encoding = encoding || begins(line, "transfer-encoding:")
		length = length || begins(line, "content-length:")
	}
	return encoding && length
}

// begins says whether a line begins with a field's name, which is in small letters.
func begins(line []byte, name string) bool {
	if len(line) < len(name) {
		return false
	}
	for i := range len(name) {
		c := line[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if c != name[i] {
			return false
		}
	}
	return true
}

// prepare is idempotent.
func (b *base) prepare(c *fiber.Ctx) {
	if c.Locals(localRequest) != nil {
		return
	}
	var id [requestIDLength]byte
	text := string(newRequestID(&id))
	c.Locals(localRequest, text)
	c.Locals(localBase, b)
	c.Set("X-Request-Id", text)
}

// RequestID is the id that the answer carries, "" outside New's application.
func RequestID(c *fiber.Ctx) string {
	id, _ := c.Locals(localRequest).(string)
	return id
}

func baseOf(c *fiber.Ctx) *base {
	b, _ := c.Locals(localBase).(*base)
	return b
}

func (b *base) secure(c *fiber.Ctx) error {
	if c.Get("Upgrade") != "" && c.Path() == "/live" {
		// They mean nothing to a socket, whose request and answer stay in memory as
		// long as it is open. A refused upgrade gets them with its problem.
		return c.Next()
	}
	setSecurityHeaders(c, b.isSecure(c.Context()))
	return c.Next()
}

const strictTransport = "max-age=31536000"

// constantHeaders are every answer's.
var constantHeaders = [...]struct{ name, value []byte }{
	{[]byte("X-Content-Type-Options"), []byte("nosniff")},
	{[]byte("X-Frame-Options"), []byte("DENY")},
	// Not "no-referrer": with it browsers send "Origin: null" with forms.
	{[]byte("Referrer-Policy"), []byte("same-origin")},
	{[]byte("Cross-Origin-Opener-Policy"), []byte("same-origin")},
	{[]byte("Cross-Origin-Resource-Policy"), []byte("same-origin")},
	{[]byte("Permissions-Policy"), []byte("camera=(self), microphone=(), geolocation=()")},
}

func setSecurityHeaders(c *fiber.Ctx, secure bool) {
	for i := range constantHeaders {
		c.Response().Header.SetCanonical(constantHeaders[i].name, constantHeaders[i].value)
	}
	c.Set(headerPolicy, contentPolicy(hostOf(c)))
	c.Set("Cache-Control", "no-store")
	if secure {
		c.Set(headerTransport, strictTransport)
	}
}

// contentPolicy names the host for WebSockets, because Safari 15 does not count
// ws: as 'self'. Style attributes are allowed (static template parts are set
// as HTML), style elements and scripts only as files of ours.
func contentPolicy(host string) string {
	connect := "'self'"
	if isPlainHost(host) {
		connect += " ws://" + host + " wss://" + host
	}
	return "default-src 'self'; connect-src " + connect +
		"; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:" +
		"; style-src 'self'; style-src-elem 'self'; style-src-attr 'unsafe-inline'" +
		"; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
}

func isPlainHost(host string) bool {
	if host == "" {
		return false
	}
	return strings.IndexFunc(host, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(".-:[]", r))
	}) < 0
}
