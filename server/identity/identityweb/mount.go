package identityweb

import (
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity"
	"jiangtai/server/web"
)

// Mount adds identity's routes below /api/v1. publicURL is the address that the
// outside knows, such as https://live.example.cn; it may be empty.
func Mount(r fiber.Router, desk *identity.Desk, publicURL string) {
	h := &handlers{desk: desk, public: publicURL}
	// Fixed parts before :id, which would take them.
	r.Post("/sessions", h.signIn).Name("sessions.open")
	r.Get("/sessions", h.listSessions).Name("sessions.list")
	r.Get("/sessions/current", h.current).Name("sessions.current")
	r.Delete("/sessions/current", h.signOut).Name("sessions.close")
	r.Delete("/sessions/:id", h.revokeSession).Name("sessions.revoke")
	r.Post("/first-administrator", h.firstAdministrator).Name("administrators.first")
	r.Get("/accounts", h.listAccounts).Name("accounts.list")
	r.Post("/accounts", h.createAccount).Name("accounts.create")
	r.Put("/accounts/current/password", h.changePassword).Name("accounts.password")
	r.Patch("/accounts/:id", h.changeAccount).Name("accounts.change")
	r.Post("/accounts/:id/password-reset", h.resetPassword).Name("accounts.reset")
	r.Post("/pairings", h.pair).Name("pairings.create")
	r.Post("/events/:id/pairing-codes", h.makeCodes).Name("pairing_codes.create")
	r.Get("/events/:id/devices", h.listDevices).Name("devices.list")
	r.Put("/devices/current", h.report).Name("devices.report")
	r.Delete("/devices/:id", h.freezeDevice).Name("devices.freeze")
	r.Get("/audit", h.listAudit).Name("audit.list")
}

type handlers struct {
	desk   *identity.Desk
	public string
}

// actor is who is signed in, or why he is not.
func (h *handlers) actor(c *fiber.Ctx) (contest.Actor, error) {
	return h.desk.Identify(web.Context(c), web.Token(c), web.Address(c))
}

// own is actor, and lets pass who must change the password first.
func (h *handlers) own(c *fiber.Ctx) (contest.Actor, error) {
	actor, err := h.actor(c)
	if fault.Code(err) == "identity.must_change" {
		err = nil
	}
	return actor, err
}

func (h *handlers) setCookie(c *fiber.Ctx, t identity.Ticket) {
	cookie := h.cookie(c, t.Token)
	if t.Session.Account.IsZero() {
		cookie.SessionOnly = false
		cookie.MaxAge = int(t.Session.ExpiresAt.Sub(t.Session.CreatedAt) / time.Second)
	}
	c.Cookie(cookie)
}

func (h *handlers) clearCookie(c *fiber.Ctx) {
	cookie := h.cookie(c, "")
	cookie.SessionOnly = false
	cookie.Expires = time.Unix(1, 0)
	c.Cookie(cookie)
}

func (h *handlers) cookie(c *fiber.Ctx, value string) *fiber.Cookie {
	return &fiber.Cookie{
		Name: web.SessionCookie, Value: value, Path: "/", SessionOnly: true,
		HTTPOnly: true, SameSite: fiber.CookieSameSiteStrictMode, Secure: h.isSecure(c),
	}
}

func (h *handlers) isSecure(c *fiber.Ctx) bool {
	if web.IsSecure(c) {
		return true
	}
	u, err := url.Parse(h.public)
	return err == nil && u.Scheme == "https" && u.Host == string(c.Context().Host())
}
