package identityweb

import (
	"math"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity"
	"jiangtai/server/web"
)

func (h *handlers) listAccounts(c *fiber.Ctx) error {
	actor, err := h.actor(c)
	if err != nil {
		return err
	}
	f := identity.AccountFilter{Query: c.Query("q")}
	if f.Limit, err = web.QueryInt(c, "limit", 100, 1, 500); err != nil {
		return err
	}
	if f.Offset, err = web.QueryInt(c, "offset", 0, 0, math.MaxInt32); err != nil {
		return err
	}
	of, err := web.QueryID(c, "contest")
	if err != nil {
		return err
	}
	if !of.IsZero() {
		f.Contests = []contest.ID{of}
	}
	list, total, err := h.desk.ListAccounts(web.Context(c), actor, f)
	if err != nil {
		return err
	}
	accounts := make([]*accountBody, len(list))
	for i, a := range list {
		accounts[i] = fromAccount(a)
	}
	return c.JSON(struct {
		Accounts []*accountBody `json:"accounts"`
		Total    int            `json:"total"`
	}{accounts, total})
}

type newAccountBody struct {
	User     string      `json:"user"`
	Name     string      `json:"name"`
	Password string      `json:"password"`
	Grants   []grantBody `json:"grants"`
}

// createAccount answers with the password when it made one.
func (h *handlers) createAccount(c *fiber.Ctx) error {
	actor, err := h.actor(c)
	if err != nil {
		return err
	}
	b, err := web.Decode[newAccountBody](c)
	if err != nil {
		return err
	}
	a, made, err := h.desk.CreateAccount(web.Context(c), actor, identity.NewAccount{
		User: b.User, Name: b.Name, Password: b.Password, Grants: toGrants(b.Grants),
	})
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(struct {
		Account  *accountBody `json:"account"`
		Password string       `json:"password,omitempty"`
	}{fromAccount(a), made})
}

type accountChangeBody struct {
	Name     *string      `json:"name"`
	Disabled *bool        `json:"disabled"`
	Grants   *[]grantBody `json:"grants"`
}

func (h *handlers) changeAccount(c *fiber.Ctx) error {
	actor, err := h.actor(c)
	if err != nil {
		return err
	}
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	b, err := web.Decode[accountChangeBody](c)
	if err != nil {
		return err
	}
	change := identity.AccountChange{Name: b.Name, Disabled: b.Disabled}
	if b.Grants != nil {
		grants := toGrants(*b.Grants)
		change.Grants = &grants
	}
	a, err := h.desk.ChangeAccount(web.Context(c), actor, id, change)
	if err != nil {
		return err
	}
	return c.JSON(fromAccount(a))
}

func (h *handlers) resetPassword(c *fiber.Ctx) error {
	actor, err := h.actor(c)
	if err != nil {
		return err
	}
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	password, err := h.desk.ResetPassword(web.Context(c), actor, id)
	if err != nil {
		return err
	}
	return c.JSON(struct {
		Password string `json:"password"`
	}{password})
}

type passwordBody struct {
	Old string `json:"old"`
	New string `json:"new"`
}

func (h *handlers) changePassword(c *fiber.Ctx) error {
	actor, err := h.own(c)
	if err != nil {
		return err
	}
	b, err := web.Decode[passwordBody](c)
	if err != nil {
		return err
	}
	if err := h.desk.ChangePassword(web.Context(c), actor, b.Old, b.New); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// listAudit pages backwards: the next page is the one before the last number.
func (h *handlers) listAudit(c *fiber.Ctx) error {
	actor, err := h.actor(c)
	if err != nil {
		return err
	}
	var before int64
	if text := c.Query("before"); text != "" {
		if before, err = strconv.ParseInt(text, 10, 64); err != nil || before < 1 {
			return fault.New(fault.Malformed, "web.query", fault.At("before", "web.query", "1…"))
		}
	}
	list, err := h.desk.Audit.List(web.Context(c), actor, before)
	if err != nil {
		return err
	}
	entries := make([]auditBody, len(list))
	for i, e := range list {
		entries[i] = auditBody{
			Number: e.Number, At: e.At, Actor: e.Actor, Name: e.ActorName, Session: e.Session,
			What: e.What, Object: e.Object, Detail: e.Detail,
		}
	}
	return c.JSON(struct {
		Entries []auditBody `json:"entries"`
	}{entries})
}
