package floorweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/server/floor"
	"jiangtai/server/web"
)

type room struct{ desk *floor.Desk }

// Mount puts the routes on the API's router.
func Mount(r fiber.Router, desk *floor.Desk) {
	h := &room{desk}
	r.Get("/events/:id/sessions", web.SignedIn, h.sessions).Name("floor.sessions")
	r.Get("/events/:id/sessions.pdf", web.SignedIn, h.paper).Name("floor.paper")
}

func (h *room) sessions(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	view, err := h.desk.Sessions(web.Context(c), web.Actor(c), event)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(documentOf(view))
}

func (h *room) paper(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	paper, err := h.desk.Paper(web.Context(c), web.Actor(c), event, c.Query("module"))
	if err != nil {
		return err
	}
	raw, err := pdf(paper)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentType, "application/pdf")
	c.Set(fiber.HeaderContentDisposition, `inline; filename="`+paper.Head.Code+`-sessions.pdf"`)
	return c.Send(raw)
}
