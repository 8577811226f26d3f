package stagesweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/stages"
	"jiangtai/server/web"
)

type room struct{ desk *stages.Desk }

// Mount puts the routes on the API's router.
func Mount(r fiber.Router, desk *stages.Desk) {
	h := &room{desk}
	in := web.SignedIn
	r.Get("/events/:id/stage", in, h.way).Name("stages.way")
	r.Put("/events/:id/stage", in, h.link).Name("stages.link")
	r.Get("/events/:id/stage/choices", in, h.choices).Name("stages.choices")
	r.Get("/events/:id/stage/advance", in, h.advance).Name("stages.advance")
	r.Post("/events/:id/stage/advance", in, h.take).Name("stages.take")
	r.Post("/events/:id/stage/declines", in, h.decline).Name("stages.decline")
	r.Get("/events/:id/stage/carry", in, h.carried).Name("stages.carried")
	r.Post("/events/:id/stage/carry", in, h.carryOver).Name("stages.carry")
	r.Get("/public/events/:id/stage", h.publicWay).Name("stages.public")
}

// read answers what a use case tells of the event in the path.
func read[Out any](c *fiber.Ctx, use func(actor contest.Actor, event contest.ID) (Out, error)) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	out, err := use(web.Actor(c), event)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(out)
}

// write is read for a use case that takes a body.
func write[In, Out any](c *fiber.Ctx, use func(actor contest.Actor, event contest.ID, in In) (Out, error)) error {
	in, err := web.Decode[In](c)
	if err != nil {
		return err
	}
	return read(c, func(a contest.Actor, event contest.ID) (Out, error) { return use(a, event, in) })
}

func (h *room) way(c *fiber.Ctx) error {
	return read(c, func(a contest.Actor, event contest.ID) (stages.Way, error) {
		return h.desk.Way(web.Context(c), a, event)
	})
}

type linking struct {
	Follows string `json:"follows"` // "" unties
}

func (h *room) link(c *fiber.Ctx) error {
	return write(c, func(a contest.Actor, event contest.ID, in linking) (stages.Way, error) {
		var follows contest.ID
		if in.Follows != "" {
			var err error
			if follows, err = idAt("/follows", in.Follows); err != nil {
				return stages.Way{}, err
			}
		}
		return h.desk.Link(web.Context(c), a, event, follows)
	})
}

// idAt reads an id of a body.
func idAt(path, text string) (contest.ID, error) {
	var id contest.ID
	if err := id.UnmarshalText([]byte(text)); err != nil || id.IsZero() {
		return id, fault.New(fault.Malformed, "stages.id", fault.At(path, "stages.id", ""))
	}
	return id, nil
}

type choices struct {
	Events []stages.Choice `json:"events"`
}

func (h *room) choices(c *fiber.Ctx) error {
	q := string([]byte(c.Query("q")))
	return read(c, func(a contest.Actor, event contest.ID) (choices, error) {
		list, err := h.desk.Choices(web.Context(c), a, event, q)
		return choices{list}, err
	})
}

func (h *room) advance(c *fiber.Ctx) error {
	return read(c, func(a contest.Actor, event contest.ID) (stages.Advance, error) {
		return h.desk.Advance(web.Context(c), a, event)
	})
}

type taking struct {
	Publication uint64 `json:"publication"`
	Digest      string `json:"digest"`
	Reason      string `json:"reason"`
	Preview     bool   `json:"preview"`
}

func (h *room) take(c *fiber.Ctx) error {
	return write(c, func(a contest.Actor, event contest.ID, in taking) (stages.Taken, error) {
		return h.desk.Take(web.Context(c), a, event, stages.Taking{
			Publication: in.Publication, Digest: in.Digest, Reason: in.Reason, IsPreview: in.Preview,
		})
	})
}

type declining struct {
	Source   string `json:"source"`
	Declines bool   `json:"declines"`
	Reason   string `json:"reason"`
}

func (h *room) decline(c *fiber.Ctx) error {
	return write(c, func(a contest.Actor, event contest.ID, in declining) (stages.Advance, error) {
		source, err := idAt("/source", in.Source)
		if err != nil {
			return stages.Advance{}, err
		}
		return h.desk.Decline(web.Context(c), a, event, stages.Declining{Source: source, Declines: in.Declines, Reason: in.Reason})
	})
}

func (h *room) carried(c *fiber.Ctx) error {
	return read(c, func(a contest.Actor, event contest.ID) (stages.Carry, error) {
		return h.desk.Carried(web.Context(c), a, event)
	})
}

type carrying struct {
	Publication uint64 `json:"publication"`
	Reason      string `json:"reason"`
	Preview     bool   `json:"preview"`
}

func (h *room) carryOver(c *fiber.Ctx) error {
	return write(c, func(a contest.Actor, event contest.ID, in carrying) (stages.CarriedOver, error) {
		return h.desk.CarryOver(web.Context(c), a, event, stages.Carrying{Publication: in.Publication, Reason: in.Reason, IsPreview: in.Preview})
	})
}

func (h *room) publicWay(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return web.SendPublic(c, web.CacheAsk, func() (any, error) { return h.desk.PublicWay(web.Context(c), event) })
}
