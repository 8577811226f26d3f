package programmeweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/server/fault"
	"jiangtai/server/programme/trades"
)

func (h *rooms) listTrades(c *fiber.Ctx) error {
	p, err := page(c)
	if err != nil {
		return err
	}
	templates := c.Query("templates")
	if templates != "" && templates != "1" {
		return fault.New(fault.Malformed, "web.query", fault.At("templates", "web.query", "1"))
	}
	list, total := h.office.Trades.List(p.Q, templates == "1", p.Limit, p.Offset)
	return c.JSON(fiber.Map{"trades": append([]trades.Trade{}, list...), "total": total})
}

func (h *rooms) template(c *fiber.Ctx) error {
	text, err := h.office.Trades.Template(c.Params("id"))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Send(text)
}
