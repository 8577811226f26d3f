package identityweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring"
	"jiangtai/server/fault"
	"jiangtai/server/identity"
	"jiangtai/server/web"
)

type pairingBody struct {
	Code       string `json:"code"`
	DeviceName string `json:"device_name"`
}

func (h *handlers) pair(c *fiber.Ctx) error {
	b, err := web.Decode[pairingBody](c)
	if err != nil {
		return err
	}
	p, err := h.desk.Pair(web.Context(c), identity.Pairing{
		Code: b.Code, DeviceName: b.DeviceName, IP: web.Address(c),
		Agent: c.Get(fiber.HeaderUserAgent), Known: web.Token(c),
	})
	if err != nil {
		return err
	}
	if !h.isStaffBrowser(c) {
		h.setCookie(c, p.Ticket)
	}
	return c.Status(fiber.StatusCreated).JSON(ticketBody{
		Token: p.Token, ExpiresAt: p.Session.ExpiresAt, Device: p.Device.ID,
		Event: fromEvent(p.Event), Chair: fromChair(p.Chair), TookOver: p.TookOver,
	})
}

// isStaffBrowser says that the browser's cookie is an account's that stands.
func (h *handlers) isStaffBrowser(c *fiber.Ctx) bool {
	actor, err := h.desk.Identify(web.Context(c), c.Cookies(web.SessionCookie), web.Address(c))
	return (err == nil || fault.Code(err) == "identity.must_change") && !actor.Account.IsZero()
}

type chairsBody struct {
	Chairs []scoring.ChairID `json:"chairs"`
}

func (h *handlers) makeCodes(c *fiber.Ctx) error {
	actor, err := h.actor(c)
	if err != nil {
		return err
	}
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	b, err := web.Decode[chairsBody](c)
	if err != nil {
		return err
	}
	list, err := h.desk.MakeCodes(web.Context(c), actor, event, b.Chairs)
	if err != nil {
		return err
	}
	codes := make([]codeBody, len(list))
	for i, p := range list {
		codes[i] = codeBody{
			Chair: p.Chair.Number, Panel: p.Chair.Panel, Seat: p.Chair.Seat, Judge: p.Chair.Judge,
			Code: p.Code, URL: p.URL, ExpiresAt: p.ExpiresAt,
		}
	}
	return c.Status(fiber.StatusCreated).JSON(struct {
		Codes []codeBody `json:"codes"`
	}{codes})
}

func (h *handlers) listDevices(c *fiber.Ctx) error {
	actor, err := h.actor(c)
	if err != nil {
		return err
	}
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	list, err := h.desk.ListDevices(web.Context(c), actor, event)
	if err != nil {
		return err
	}
	devices := make([]deviceBody, len(list))
	for i, d := range list {
		devices[i] = deviceBody{
			ID: d.ID, Chair: d.Chair, Judge: d.Judge, Name: d.Name, Agent: d.Agent, PairedAt: d.PairedAt,
			LastSeen: d.SeenAt, Pending: d.Pending, Frozen: !d.FrozenAt.IsZero(), FrozenAt: d.FrozenAt, Why: d.Why, Handed: d.Handed,
		}
	}
	return c.JSON(struct {
		Devices []deviceBody `json:"devices"`
	}{devices})
}

type reportBody struct {
	Pending int `json:"pending"`
}

func (h *handlers) report(c *fiber.Ctx) error {
	actor, err := h.desk.Draining(web.Context(c), web.Token(c), web.Address(c))
	if err != nil {
		return err
	}
	b, err := web.Decode[reportBody](c)
	if err != nil {
		return err
	}
	if err := h.desk.Report(web.Context(c), actor, b.Pending, web.Address(c)); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

func (h *handlers) freezeDevice(c *fiber.Ctx) error {
	actor, err := h.actor(c)
	if err != nil {
		return err
	}
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	if err := h.desk.FreezeDevice(web.Context(c), actor, id); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
