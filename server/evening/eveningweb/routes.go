package eveningweb

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/evening"
	"jiangtai/server/fault"
	"jiangtai/server/web"
)

type room struct{ desk *evening.Desk }

// Mount puts the routes on the API's router.
func Mount(r fiber.Router, desk *evening.Desk) {
	h := &room{desk}
	r.Get("/events/:id/evening", web.SignedIn, h.overview).Name("evening.overview")
	r.Get("/events/:id/evening/:work", web.SignedIn, h.panels).Name("evening.panels")
}

func (h *room) overview(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	out, err := h.desk.Overview(web.Context(c), web.Actor(c), event)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(out)
}

func (h *room) panels(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	work, err := url.PathUnescape(c.Params("work"))
	if err != nil {
		return fault.New(fault.Missing, "web.missing")
	}
	out, err := h.desk.Panels(web.Context(c), web.Actor(c), event, work)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(out)
}
