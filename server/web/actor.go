package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

type who struct {
	actor contest.Actor
	err   error
}

// Actor is who asks: the session of the bearer token or the cookie; the zero
// Actor (the public) without one, with a stale one, or when nobody could be
// asked. Handlers that need somebody stand behind SignedIn.
func Actor(c *fiber.Ctx) contest.Actor { return identify(c).actor }

// Who is Actor with the reason why nobody is: nil for a request without a token,
// else what Config.Identify said.
func Who(c *fiber.Ctx) (contest.Actor, error) {
	w := identify(c)
	return w.actor, w.err
}

// SignedIn lets pass who is signed in. Otherwise 401 web.sign_in, or what
// Config.Identify said (a session revoked, a tablet replaced, 503).
func SignedIn(c *fiber.Ctx) error {
	w := identify(c)
	if w.err != nil {
		return w.err
	}
	if w.actor.IsPublic() {
		return fault.New(fault.Unauthenticated, "web.sign_in")
	}
	return c.Next()
}

// DrainingToo is SignedIn that also lets pass a tablet that was replaced and still
// holds marks: its actor says so. It is for the routes that take them.
func DrainingToo(c *fiber.Ctx) error {
	w, b := identify(c), baseOf(c)
	if w.err == nil || fault.Of(w.err).Kind != fault.Unauthenticated || b.cfg.Draining == nil {
		return SignedIn(c)
	}
	if actor, err := b.cfg.Draining(c.UserContext(), Token(c), Address(c)); err == nil {
		w = who{actor: actor}
		c.Locals(localWho, w)
	}
	return SignedIn(c)
}

// Token is the token that the request signs in with, "" for none. A bearer
// token goes before the cookie.
func Token(c *fiber.Ctx) string {
	if scheme, token, ok := strings.Cut(c.Get("Authorization"), " "); ok && strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(token)
	}
	return c.Cookies(SessionCookie)
}

func identify(c *fiber.Ctx) who {
	if w, ok := c.Locals(localWho).(who); ok {
		return w
	}
	var w who
	if b := baseOf(c); b != nil && b.cfg.Identify != nil {
		if token := Token(c); token != "" {
			w.actor, w.err = b.cfg.Identify(c.UserContext(), token, Address(c))
		}
	}
	if w.err != nil {
		w.actor = contest.Actor{}
	}
	c.Locals(localWho, w)
	return w
}
