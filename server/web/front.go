package web

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"strconv"
	"sync/atomic"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/valyala/fasthttp"

	"jiangtai/server/contest"
)

// reply is content that answers a request's target whoever asks.
type reply struct {
	*Content
	seen *sight
}

// front stands before the framework and answers what is ready: pages, boards and
// lists that were asked for before, and what has a shortcut. Whatever it does not know
// as ready, and everything else that is no plain GET or HEAD, goes on to next.
func (b *base) front(next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		h := &ctx.Request.Header
		if h.IsPost() {
			if !b.short(ctx) {
				next(ctx)
			}
			return
		}
		// A body, and one of unknown length, is for those to judge who know what it hides.
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
		f := r.formFor(h)
		worn := f.worn(dress{b.policyFor(h.Host()), b.isSecure(ctx)})
		if has(h, f.etag) {
			worn.known.CopyTo(&ctx.Response.Header)
		} else {
			worn.whole.CopyTo(&ctx.Response.Header)
			setBody(ctx, f.body)
		}
		var id [requestIDLength]byte
		ctx.Response.Header.SetCanonical(headerRequestID, newRequestID(&id))
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
	if event, ok := b.standings.asked(target); ok {
		return b.standingsOf(event)
	}
	return b.shelf.find(target)
}

const publicRoot = "/api/v1/public/"

// standingsOf gives the standings of an event that were asked for before, if it
// still is everybody's and open. Any other answer is the route's to give.
func (b *base) standingsOf(event contest.ID) (r reply, ok bool) {
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

// dress is what decides the headers that every answer has.
type dress struct {
	policy   *policy
	isSecure bool
}

// dressed are a form's headers with those.
type dressed struct {
	dress
	whole, known fasthttp.ResponseHeader
}

// worn keeps the last that was made: readers come by the same host, mostly.
func (f *form) worn(d dress) *dressed {
	if last := f.dressed.Load(); last != nil && last.dress == d {
		return last
	}
	made := &dressed{dress: d}
	for from, to := range map[*fasthttp.ResponseHeader]*fasthttp.ResponseHeader{&f.whole: &made.whole, &f.known: &made.known} {
		from.CopyTo(to)
		d.putOn(to)
	}
	f.dressed.Store(made)
	return made
}

// putOn writes one field whose value holds the lines of all: the server copies a
// field's name and value three times before they are on their way, and these never
// differ from one answer to the next.
func (d dress) putOn(to *fasthttp.ResponseHeader) {
	lines := slices.Clone(constantHeaders[0].value)
	for _, h := range constantHeaders[1:] {
		lines = fmt.Appendf(lines, "\r\n%s: %s", h.name, h.value)
	}
	lines = fmt.Appendf(lines, "\r\n%s: %s", headerPolicy, d.policy.text)
	if d.isSecure {
		lines = fmt.Appendf(lines, "\r\n%s: %s", headerTransport, strictTransport)
	}
	to.SetCanonical(constantHeaders[0].name, lines)
}

const requestIDLength = 16

// newRequestID names a request in the log and guards nothing.
func newRequestID(id *[requestIDLength]byte) []byte {
	var raw [requestIDLength / 2]byte
	n := rand.Uint64()
	for i := range raw {
		raw[i] = byte(n >> (8 * i))
	}
	hex.Encode(id[:], raw[:])
	return id[:]
}

// policy is the content policy for a host as requests spell it.
type policy struct{ host, text []byte }

var headerRequestID = []byte(fiber.HeaderXRequestID)

const (
	headerPolicy    = "Content-Security-Policy"
	headerTransport = "Strict-Transport-Security"
)

// policyFor keeps the last host's: nearly everybody asks for the same.
func (b *base) policyFor(host []byte) *policy {
	if p := b.policy.Load(); p != nil && bytes.Equal(p.host, host) {
		return p
	}
	p := &policy{bytes.Clone(host), []byte(contentPolicy(string(bytes.ToLower(host))))}
	b.policy.Store(p)
	return p
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
