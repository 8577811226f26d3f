package identityweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/server/fault"
	"jiangtai/server/identity"
	"jiangtai/server/web"
)

type signInBody struct {
	User     string `json:"user"`
	Password string `json:"password"`
}

func (h *handlers) signIn(c *fiber.Ctx) error {
	b, err := web.Decode[signInBody](c)
	if err != nil {
		return err
	}
	t, err := h.desk.SignIn(web.Context(c), identity.SignIn{
		User: b.User, Password: b.Password, IP: web.Address(c), Agent: c.Get(fiber.HeaderUserAgent),
	})
	if err != nil {
		return err
	}
	h.setCookie(c, t)
	return c.Status(fiber.StatusCreated).JSON(ticketBody{
		Token: t.Token, ExpiresAt: t.Session.ExpiresAt, Account: fromAccount(t.Account),
	})
}

func (h *handlers) current(c *fiber.Ctx) error {
	actor, err := h.own(c)
	if err != nil {
		return err
	}
	cur, err := h.desk.Current(web.Context(c), actor)
	if err != nil {
		return err
	}
	b := currentBody{Session: actor.Session}
	if actor.Account.IsZero() {
		b.Device, b.Event, b.Chair = cur.Device, fromEvent(cur.Event), fromChair(cur.Chair)
	} else {
		b.Account = fromAccount(cur.Account)
	}
	return c.JSON(b)
}

// signOut is done for who is signed out already.
func (h *handlers) signOut(c *fiber.Ctx) error {
	actor, err := h.own(c)
	if err != nil && fault.Of(err).Kind != fault.Unauthenticated {
		return err
	}
	if err := h.desk.SignOut(web.Context(c), actor); err != nil {
		return err
	}
	h.clearCookie(c)
	return c.SendStatus(fiber.StatusNoContent)
}

func (h *handlers) listSessions(c *fiber.Ctx) error {
	actor, err := h.actor(c)
	if err != nil {
		return err
	}
	list, err := h.desk.ListSessions(web.Context(c), actor)
	if err != nil {
		return err
	}
	sessions := make([]sessionBody, len(list))
	for i, s := range list {
		sessions[i] = sessionBody{
			ID: s.ID, Current: s.ID == actor.Session, CreatedAt: s.CreatedAt,
			LastSeen: s.SeenAt, ExpiresAt: s.ExpiresAt, IP: s.IP, Agent: s.Agent,
		}
	}
	return c.JSON(struct {
		Sessions []sessionBody `json:"sessions"`
	}{sessions})
}

func (h *handlers) revokeSession(c *fiber.Ctx) error {
	actor, err := h.actor(c)
	if err != nil {
		return err
	}
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	if err := h.desk.RevokeSession(web.Context(c), actor, id); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

type firstBody struct {
	Link     string `json:"link"`
	User     string `json:"user"`
	Name     string `json:"name"`
	Password string `json:"password"`
}

func (h *handlers) firstAdministrator(c *fiber.Ctx) error {
	b, err := web.Decode[firstBody](c)
	if err != nil {
		return err
	}
	a, err := h.desk.SetUp(web.Context(c), identity.FirstAdministrator(b), web.Address(c))
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(fromAccount(a))
}
