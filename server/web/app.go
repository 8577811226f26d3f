package web

import (
	"bytes"
	"context"
	"io/fs"
	"log/slog"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/valyala/fasthttp"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/hub"
)

// Config is what the base of transport needs from the program. The zero value
// of every field but Now is usable.
type Config struct {
	// Now is the clock; never nil.
	Now func() time.Time
	// Log gets server errors and panics; nil discards them.
	Log *slog.Logger
	// Identify says whose token this is. ip is the client's address. An unknown
	// or revoked token is a fault Unauthenticated. nil: everybody is public.
	Identify func(ctx context.Context, token, ip string) (contest.Actor, error)
	// Draining says whose token this was, of a tablet that was replaced and may still
	// hand over what it holds; see DrainingToo. nil: none may.
	Draining func(ctx context.Context, token, ip string) (contest.Actor, error)
	// Origins are further origins ("https://live.example.cn") that may write and
	// subscribe, beside the one a request is addressed to.
	Origins []string
	// Proxies may say whom they speak for (X-Forwarded-For, X-Forwarded-Proto).
	Proxies []netip.Prefix
	// Deadline ends a request's context; 0 means 15 s.
	Deadline time.Duration
	// Connections is how many may be open, sockets aside; more are answered 503
	// and closed. 0 means 65,536.
	Connections int
	// BodyLimit is the most bytes of a body; 0 means 1 MiB.
	BodyLimit int
	// BodyLimits are larger (or smaller) limits by exact path.
	BodyLimits map[string]int
	// Ready says why the server is not ready, nil when it is. nil: always ready.
	Ready func() error
	// Metrics gets the base's own, for Counts to serve; nil: nothing is counted.
	Metrics *prometheus.Registry
	// Hub's counts go to Metrics; nil: they do not.
	Hub *hub.Hub
	// Pages is frontend.FS, with dist/field and dist/console; nil: no pages.
	Pages fs.FS
	// Standings gives the encoded public standings of an event (live's): the
	// same slice until something changes. nil: no such route.
	Standings func(ctx context.Context, event contest.ID) ([]byte, error)
	// Row gives one entry's row of them by its key, whatever its place.
	Row func(ctx context.Context, event contest.ID, key string) ([]byte, error)
	// Shortcuts stand before the routes of their paths.
	Shortcuts map[string]Shortcut
}

const (
	defaultDeadline    = 15 * time.Second
	defaultBodyLimit   = 1 << 20
	defaultConnections = 1 << 16
	// A cookie of 5 KB must not answer 431.
	readBuffer = 8192
	// SessionCookie carries the session's token in browsers.
	SessionCookie = "jiangtai_session"
)

// New builds the application with everything that belongs to no subject. Rooms
// mount their routes on API(app). It panics when the catalogue of errors or the
// OpenAPI document in the binary cannot be read: a broken build.
func New(cfg Config) *fiber.App {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Deadline == 0 {
		cfg.Deadline = defaultDeadline
	}
	if cfg.Connections == 0 {
		cfg.Connections = defaultConnections
	}
	if cfg.BodyLimit == 0 {
		cfg.BodyLimit = defaultBodyLimit
	}
	b := &base{cfg: cfg, metrics: newMetrics(cfg.Metrics), pages: map[string]reply{}}
	b.shelf.now, b.shelf.metrics = cfg.Now, b.metrics
	b.shortcuts = make(map[string]*shortcut, len(cfg.Shortcuts))
	for path, answer := range cfg.Shortcuts {
		b.shortcuts[path] = &shortcut{answer: answer, route: path}
	}
	if cfg.Metrics != nil && cfg.Hub != nil {
		cfg.Metrics.MustRegister(newHubMetrics(cfg.Hub))
	}
	app := fiber.New(fiber.Config{
		AppName:               "jiangtai",
		DisableStartupMessage: true,
		Immutable:             true,
		CaseSensitive:         true,
		ReadBufferSize:        readBuffer,
		Concurrency:           cfg.Connections,
		BodyLimit:             cfg.BodyLimit,
		ReadTimeout:           30 * time.Second,
		WriteTimeout:          60 * time.Second,
		IdleTimeout:           75 * time.Second,
		ErrorHandler:          b.handleError,
		// No route reads forms; parsing them early would answer 400 for 415.
		DisablePreParseMultipartForm: true,
	})
	app.Server().HeaderReceived = b.limitBody
	app.Server().Handler = b.front(app.Server().Handler)
	app.Use(b.outermost, b.secure, b.guardWrites, b.deadline)
	b.mountOperation(app)
	b.mountPages(app)
	return app
}

// App is the application with its routes: what New builds and the program
// listens with.
type App = fiber.App

// API is where rooms mount: everything below /api/v1.
func API(app *fiber.App) fiber.Router { return app.Group("/api/v1") }

type base struct {
	cfg       Config
	metrics   *metrics
	standings kept
	shelf     shelf
	seldom    seldom
	pages     map[string]reply // by target; read only once the application serves
	policy    atomic.Pointer[policy]
	shortcuts map[string]*shortcut // by target; read only
}

func (b *base) limitBody(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	path, _, _ := bytes.Cut(h.RequestURI(), []byte("?"))
	return fasthttp.RequestConfig{MaxRequestBodySize: b.cfg.BodyLimits[string(path)]}
}

func (b *base) deadline(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), b.cfg.Deadline)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}

// Context is the request's context, with its deadline: what a handler passes
// down. It must not be kept after the handler.
func Context(c *fiber.Ctx) context.Context { return c.UserContext() }

func (b *base) handleError(c *fiber.Ctx, err error) error {
	// Errors from before the middlewares (a body too large, a broken header)
	// arrive here without a request id.
	b.prepare(c)
	setSecurityHeaders(c, b.isSecure(c.Context()))
	return b.problem(c, fault.Of(fromFiber(err)))
}
