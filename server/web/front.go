package web

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"strconv"
	"sync/atomic"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/valyala/fasthttp"

	"jiangtai/scoring"
)

// reply is content that answers a request's target whoever asks.
type reply struct {
	*Content
	seen *sight
}

// front stands before the framework and answers what is ready: pages, boards and
// lists that were asked for before. Whatever it does not know as ready, and
// everything that is no plain GET or HEAD, goes on to next.
func (b *base) front(next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		h := &ctx.Request.Header
		// A length, chunks among them, is for those to judge who know what it hides.
		if !(h.IsGet() || h.IsHead()) || h.ContentLength() >= 0 || h.ContentLength() == -1 {
			next(ctx)
			return
		}
		began := b.cfg.Now()
		r, ok := b.replyTo(h.RequestURI())
		if !ok {
			next(ctx)
			return
		}
		r.answer(ctx)
		b.dress(ctx)
		if r.seen != nil {
			r.seen.observe(h.IsHead(), ctx.Response.StatusCode(), b.cfg.Now().Sub(began).Seconds())
		}
	}
}

func (b *base) replyTo(target []byte) (reply, bool) {
	if r, ok := b.pages[string(target)]; ok {
		return r, true
	}
	if !bytes.HasPrefix(target, []byte(publicRoot)) {
		return reply{}, false
	}
	if r, ok := b.readyStandings(target); ok {
		return r, true
	}
	return b.shelf.find(target)
}

const (
	publicRoot    = "/api/v1/public/"
	standingsRoot = publicRoot + "events/"
	standingsEnd  = "/standings"
	idLength      = 36
)

// readyStandings gives the standings of an event that were asked for before, if it
// still is everybody's and open. Any other answer is the route's to give.
func (b *base) readyStandings(target []byte) (r reply, ok bool) {
	if len(target) != len(standingsRoot)+idLength+len(standingsEnd) ||
		!bytes.HasPrefix(target, []byte(standingsRoot)) || !bytes.HasSuffix(target, []byte(standingsEnd)) {
		return reply{}, false
	}
	event, err := scoring.ParseID(string(target[len(standingsRoot) : len(standingsRoot)+idLength]))
	if err != nil || !b.standings.knows(event) {
		return reply{}, false
	}
	defer func() {
		if p := recover(); p != nil {
			b.cfg.Log.Error("panic", "error", fmt.Sprintf("%v\n%s", p, debug.Stack()))
			r, ok = reply{}, false
		}
	}()
	body, err := b.cfg.Standings(atOnce, event)
	if err != nil {
		return reply{}, false
	}
	return reply{b.standings.of(event, body), b.standings.seen}, true
}

// atOnce is a context that has ended: what is at hand is given, and nothing is
// waited for.
var atOnce = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

// dress gives the answer the headers that every answer has.
func (b *base) dress(ctx *fasthttp.RequestCtx) {
	h := &ctx.Response.Header
	var id [requestIDLength]byte
	h.SetCanonical([]byte("X-Request-Id"), newRequestID(&id))
	for i := range constantHeaders {
		h.SetCanonical(constantHeaders[i].name, constantHeaders[i].value)
	}
	h.SetCanonical([]byte("Content-Security-Policy"), b.policyFor(ctx.Request.Header.Host()))
	if b.isSecure(ctx) {
		h.SetCanonical([]byte("Strict-Transport-Security"), []byte(strictTransport))
	}
}

const requestIDLength = 16

// newRequestID names a request in the log and guards nothing.
func newRequestID(id *[requestIDLength]byte) []byte {
	var raw [requestIDLength / 2]byte
	n := rand.Uint64() //nolint:gosec // see above
	for i := range raw {
		raw[i] = byte(n >> (8 * i))
	}
	hex.Encode(id[:], raw[:])
	return id[:]
}

// policy is the content policy for a host as requests spell it.
type policy struct{ host, text []byte }

// policyFor keeps the last host's: nearly everybody asks for the same.
func (b *base) policyFor(host []byte) []byte {
	if p := b.policy.Load(); p != nil && bytes.Equal(p.host, host) {
		return p.text
	}
	p := &policy{bytes.Clone(host), []byte(contentPolicy(string(bytes.ToLower(host))))}
	b.policy.Store(p)
	return p.text
}

// sight counts the answers of one route from the front, without looking anything up.
type sight struct {
	metrics *metrics
	route   string
	kept    [4]atomic.Pointer[prometheus.Observer]
}

// see is nil where nothing is counted.
func (m *metrics) see(route string) *sight {
	if m == nil {
		return nil
	}
	return &sight{metrics: m, route: route}
}

func (s *sight) observe(isHead bool, status int, seconds float64) {
	method, i := fiber.MethodGet, 0
	if isHead {
		method, i = fiber.MethodHead, 1
	}
	if status == fiber.StatusNotModified {
		i += 2
	}
	o := s.kept[i].Load()
	if o == nil {
		found := s.metrics.seconds.WithLabelValues(method, s.route, strconv.Itoa(status))
		o = &found
		s.kept[i].Store(o)
	}
	(*o).Observe(seconds)
}
