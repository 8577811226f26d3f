package blindweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/server/blind"
	"jiangtai/server/contest"
	"jiangtai/server/web"
)

// rooms are the handlers.
type rooms struct{ desk *blind.Desk }

// Mount puts the routes on the API's router.
func Mount(r fiber.Router, d *blind.Desk) {
	h, in := &rooms{d}, web.SignedIn
	r.Get("/events/:id/coding", in, find(h)).Name("coding.find")
	r.Post("/events/:id/check-in", in, h.checkIn).Name("check_in.note")
	r.Post("/events/:id/check-in/closing", in, h.closeCheckIn).Name("check_in.close")
	r.Post("/events/:id/check-in/reopening", in, h.reopenCheckIn).Name("check_in.reopen")
	r.Post("/events/:id/draws", in, h.begin).Name("draws.begin")
	r.Get("/events/:id/draws/:layer/pairs", in, h.pairs).Name("draws.pairs")
	r.Post("/events/:id/draws/:layer/pairs", in, h.key).Name("draws.key")
	r.Post("/events/:id/draws/:layer/runs", in, h.run).Name("draws.run")
	r.Post("/events/:id/draws/:layer/strikes", in, h.strike).Name("draws.strike")
	r.Post("/events/:id/draws/:layer/closing", in, h.close).Name("draws.close")
	r.Post("/events/:id/draws/:layer/voiding", in, h.annul).Name("draws.void")
	r.Get("/events/:id/draws/:layer/record", in, h.record).Name("draws.record")
	r.Get("/events/:id/draws/:layer/labels", in, h.labels).Name("draws.labels")
	r.Post("/events/:id/unsealing", in, h.unseal).Name("coding.unseal")
}

// place is what a path names.
type place struct {
	c     *fiber.Ctx
	actor contest.Actor
	event contest.ID
	layer blind.Layer // "" where the path names none
}

func placeOf(c *fiber.Ctx) (place, error) {
	event, err := web.ParamID(c, "id")
	return place{c, web.Actor(c), event, blind.Layer(c.Params("layer"))}, err
}

// desk is what a handler answers with: the coding desk or the ties of an event, as
// they are now.
type desk interface{ send(p place) error }

// act reads a body, does something and answers with the desk as it then is.
func act[T any](h desk, c *fiber.Ctx, do func(p place, in T) error) error {
	p, err := placeOf(c)
	if err != nil {
		return err
	}
	in, err := web.Decode[T](c)
	if err != nil {
		return err
	}
	if err := do(p, in); err != nil {
		return err
	}
	return h.send(p)
}

// find answers with the desk as it is.
func find(h desk) fiber.Handler {
	return func(c *fiber.Ctx) error {
		p, err := placeOf(c)
		if err != nil {
			return err
		}
		return h.send(p)
	}
}

func (h *rooms) send(p place) error {
	v, err := h.desk.Find(web.Context(p.c), p.actor, p.event)
	if err != nil {
		return err
	}
	return secretly(p.c).JSON(documentOf(v))
}

// secretly keeps caches away from an answer.
func secretly(c *fiber.Ctx) *fiber.Ctx {
	c.Set("Cache-Control", "no-store")
	return c
}
