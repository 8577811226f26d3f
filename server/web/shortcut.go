package web

import (
	"bytes"
	"context"
	"fmt"
	"runtime/debug"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/valyala/fasthttp"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Shortcut answers a plain POST of somebody who is signed in before the framework
// does, by appending the body, which is JSON, to the one it is given. ok is false when
// the request is not for it: then nothing has been done, and the route answers. An
// error is the whole request's: the route finds it with Failed, and nothing else is
// asked of it.
type Shortcut func(q *Quick, body []byte) (status int, whole []byte, ok bool, err error)

// Quick is a request that a shortcut may answer. It is good during the call.
type Quick struct {
	base  *base
	ctx   *fasthttp.RequestCtx
	actor contest.Actor
	id    [requestIDLength]byte
	wait  patience
}

// Body is the request's, good during the call.
func (q *Quick) Body() []byte { return q.ctx.Request.Body() }

// Header is a header of the request, good during the call.
func (q *Quick) Header(name string) []byte { return q.ctx.Request.Header.Peek(name) }

// Actor is who asks: never the public.
func (q *Quick) Actor() contest.Actor { return q.actor }

// Context ends with the request's deadline.
func (q *Quick) Context() context.Context { return &q.wait }

// Problem describes the error of one item for the reader; see ProblemOf.
func (q *Quick) Problem(err error) Problem {
	return problemOf(err, languageOf(string(q.Header(fiber.HeaderAcceptLanguage))), string(q.id[:]))
}

const localFailed = "shortcut failed"

// Failed is why a shortcut gave up after it had begun: the route's answer.
func Failed(c *fiber.Ctx) error {
	err, _ := c.Locals(localFailed).(error)
	return err
}

// shortcut is one with what its answers always have.
type shortcut struct {
	answer  Shortcut
	route   string
	dressed atomic.Pointer[outfit]
	seen    atomic.Pointer[counted]
}

type outfit struct {
	dress
	header fasthttp.ResponseHeader
}

type counted struct {
	status   int
	observer prometheus.Observer
}

// short answers a request whose target has a shortcut; false: it is the framework's.
func (b *base) short(ctx *fasthttp.RequestCtx) bool {
	s, ok := b.shortcuts[string(ctx.Request.Header.RequestURI())]
	if !ok {
		return false
	}
	began := b.cfg.Now()
	q := &Quick{base: b, ctx: ctx}
	if q.actor, ok = b.quickly(ctx); !ok {
		return false
	}
	q.wait.until = began.Add(b.cfg.Deadline)
	defer q.wait.end()
	newRequestID(&q.id)
	// The body's buffer is the server's, and goes back to it.
	status, body, ok := s.run(q, ctx.Response.SwapBody(nil)[:0])
	if !ok {
		return false
	}
	s.wear(dress{b.policyFor(ctx.Request.Header.Host()), b.isSecure(ctx)}).CopyTo(&ctx.Response.Header)
	ctx.Response.SetStatusCode(status)
	ctx.Response.Header.SetCanonical(headerRequestID, q.id[:])
	ctx.Response.SwapBody(body)
	b.metrics.short(s, status, b.cfg.Now().Sub(began))
	return true
}

func (s *shortcut) run(q *Quick, body []byte) (status int, whole []byte, ok bool) {
	defer func() {
		if r := recover(); r != nil {
			cause := fmt.Errorf("panic: %v\n%s", r, debug.Stack())
			q.ctx.SetUserValue(localFailed, fault.Wrap(cause, fault.Internal, "server.internal"))
			ok = false
		}
	}()
	status, whole, ok, err := s.answer(q, body)
	if err != nil {
		q.ctx.SetUserValue(localFailed, err)
		return 0, nil, false
	}
	return status, whole, ok
}

// quickly says who asks, if nothing about the request wants a closer look: what the
// middlewares would refuse, or would have to ask somebody about, is theirs.
func (b *base) quickly(ctx *fasthttp.RequestCtx) (contest.Actor, bool) {
	h := &ctx.Request.Header
	if h.ContentLength() < 0 || isAmbiguous(h) || len(h.ContentEncoding()) > 0 ||
		string(h.ContentType()) != fiber.MIMEApplicationJSON || string(h.Peek(headerOurs)) != "1" {
		return contest.Actor{}, false
	}
	if origin := h.Peek(fiber.HeaderOrigin); len(origin) == 0 && len(h.Cookie(SessionCookie)) > 0 ||
		len(origin) > 0 && !b.isOwnOrigin(ctx, string(origin)) {
		return contest.Actor{}, false
	}
	token, ok := bytes.CutPrefix(h.Peek(fiber.HeaderAuthorization), bearer)
	if !ok || b.cfg.Identify == nil {
		return contest.Actor{}, false
	}
	actor, err := b.cfg.Identify(atOnce, string(bytes.TrimSpace(token)), b.addressOf(ctx))
	return actor, err == nil && !actor.IsPublic()
}

var bearer = []byte("Bearer ")

// wear keeps the headers that were made last.
func (s *shortcut) wear(d dress) *fasthttp.ResponseHeader {
	if last := s.dressed.Load(); last != nil && last.dress == d {
		return &last.header
	}
	made := &outfit{dress: d}
	made.header.SetContentType(fiber.MIMEApplicationJSON)
	made.header.Set(fiber.HeaderCacheControl, "no-store")
	d.putOn(&made.header)
	s.dressed.Store(made)
	return &made.header
}

// short is observe for a shortcut's answer: it keeps where the last status is counted.
func (m *metrics) short(s *shortcut, status int, took time.Duration) {
	if m == nil {
		return
	}
	c := s.seen.Load()
	if c == nil || c.status != status {
		c = &counted{status, m.seconds.WithLabelValues(fiber.MethodPost, s.route, strconv.Itoa(status))}
		s.seen.Store(c)
	}
	c.observer.Observe(took.Seconds())
}

// patience is a context with a deadline that costs a timer only when somebody waits
// for it.
type patience struct {
	until time.Time
	mu    sync.Mutex // guards what follows
	made  context.Context
	stop  context.CancelFunc
}

func (p *patience) real() context.Context {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.made == nil {
		p.made, p.stop = context.WithDeadline(context.Background(), p.until)
	}
	return p.made
}

// Deadline is context.Context's.
func (p *patience) Deadline() (time.Time, bool) { return p.until, true }

// Done is context.Context's.
func (p *patience) Done() <-chan struct{} { return p.real().Done() }

// Err is context.Context's.
func (p *patience) Err() error { return p.real().Err() }

// Value is context.Context's.
func (p *patience) Value(key any) any { return p.real().Value(key) }

func (p *patience) end() {
	if p.stop != nil {
		p.stop()
	}
}
