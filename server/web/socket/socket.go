package socket

import (
	"context"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/websocket/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/hub"
	"jiangtai/server/web"
)

const (
	maxMessage = 16 << 10
	// keyVisitor crosses the upgrade: only string keys do.
	keyVisitor = "socket.visitor"
	// A session revoked while its socket was being upgraded is caught by this.
	remember = time.Minute
)

// Topics answers who may have which topic.
type Topics interface {
	// Find gives the topic, or live.ErrMissing, the same for one that does not
	// exist and one that is not the actor's.
	Find(ctx context.Context, actor contest.Actor, name string) (*hub.Topic, error)
}

// Config is what the endpoint needs; Hub, Topics and Now are never nil.
type Config struct {
	Hub    *hub.Hub
	Topics Topics
	Now    func() time.Time
	Log    *slog.Logger // nil discards
	// MaxSockets refuses more with 503 before the upgrade; 0: 20,000.
	MaxSockets int
}

// Server is the endpoint. Safe for concurrent use.
type Server struct {
	cfg Config

	mu       sync.Mutex // guards the rest
	open     int
	sessions map[contest.ID]map[*sink]struct{}
	revoked  map[contest.ID]time.Time
}

// New makes the endpoint; Mount puts it up.
func New(cfg Config) *Server {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.MaxSockets == 0 {
		cfg.MaxSockets = 20_000
	}
	return &Server{cfg: cfg, sessions: map[contest.ID]map[*sink]struct{}{}, revoked: map[contest.ID]time.Time{}}
}

// Mount puts up GET /live, and has the server leave connections to us after the
// upgrade.
func (s *Server) Mount(app *web.App) {
	app.Server().KeepHijackedConns = true
	upgrade := websocket.New(s.take, websocket.Config{ReadBufferSize: 16, WriteBufferSize: 16, EnableCompression: true})
	app.Get("/live", web.RequireOrigin, s.admit, func(c *fiber.Ctx) error { return agreed(c, upgrade(c)) }).Name("live.socket")
}

// visitor is who opened the socket.
type visitor struct {
	actor contest.Actor
	stale bool // came with a token that is no good any more
	packs bool // compression was agreed on
}

// agreed notes what the library has agreed on: its answer says it, and is not sent
// before this handler returns.
func agreed(c *fiber.Ctx, err error) error {
	if who, ok := c.Locals(keyVisitor).(*visitor); ok {
		who.packs = len(c.Response().Header.Peek(fiber.HeaderSecWebSocketExtensions)) > 0
	}
	return err
}

// admit finds out who asks, while there is still an HTTP answer to give.
func (s *Server) admit(c *fiber.Ctx) error {
	if !websocket.IsWebSocketUpgrade(c) {
		return fault.New(fault.Malformed, "web.upgrade")
	}
	s.mu.Lock()
	full := s.open >= s.cfg.MaxSockets
	s.mu.Unlock()
	if full {
		f := fault.New(fault.Unavailable, "live.full")
		f.RetryAfter = 5
		return f
	}
	actor, err := web.Who(c)
	if err != nil && fault.Of(err).Kind != fault.Unauthenticated {
		return err
	}
	c.Locals(keyVisitor, &visitor{actor: actor, stale: err != nil})
	return c.Next()
}

// CloseSession closes the session's sockets with CloseSignIn. Call it when a
// session is revoked, a tablet replaced or an account's grants changed.
func (s *Server) CloseSession(id contest.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.cfg.Now()
	for old, at := range s.revoked {
		if now.Sub(at) > remember {
			delete(s.revoked, old)
		}
	}
	s.revoked[id] = now
	for k := range s.sessions[id] {
		k.Close(CloseSignIn)
	}
}

// register counts a socket under its session.
func (s *Server) register(k *sink, session contest.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open++
	if session.IsZero() {
		return
	}
	if s.sessions[session] == nil {
		s.sessions[session] = map[*sink]struct{}{}
	}
	s.sessions[session][k] = struct{}{}
	if at, ok := s.revoked[session]; ok && s.cfg.Now().Sub(at) <= remember {
		k.Close(CloseSignIn)
	}
}

func (s *Server) forget(k *sink, session contest.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open--
	delete(s.sessions[session], k)
	if len(s.sessions[session]) == 0 {
		delete(s.sessions, session)
	}
}

// take is the library's handler. It takes the connection over and returns at once:
// while it runs the library holds on to buffers, the request and its headers,
// more than all of ours together.
func (s *Server) take(upgraded *websocket.Conn) {
	who, _ := upgraded.Locals(keyVisitor).(*visitor)
	conn := upgraded.NetConn()
	early, err := readAhead(conn)
	if err != nil {
		_ = conn.Close()
		return
	}
	go s.serve(bare(conn), early, *who)
}

// serve keeps a connection until it ends. Nobody else closes it.
func (s *Server) serve(conn net.Conn, early []byte, who visitor) {
	defer conn.Close()
	v := newVisit(s, conn, early, who)
	// Before the connection closes, panic or not: see the package comment.
	defer v.sink.release()
	defer func() {
		if r := recover(); r != nil {
			s.panicked(r)
			v.sink.Close(closeServerError)
		}
	}()
	s.register(v.sink, who.actor.Session)
	defer s.forget(v.sink, who.actor.Session)
	var err error
	if v.reader, err = s.cfg.Hub.Join(v.sink, who.packs); err != nil {
		v.sink.Close(hub.CloseRestart)
		v.linger()
		return
	}
	defer v.reader.Leave()
	v.run()
}

func (s *Server) panicked(why any) { s.cfg.Log.Error("socket handler panicked", "panic", why) }
