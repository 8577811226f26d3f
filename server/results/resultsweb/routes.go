package resultsweb

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/results"
	"jiangtai/server/web"
)

type room struct{ desk *results.Desk }

// Mount puts the routes on the API's router.
func Mount(r fiber.Router, desk *results.Desk) {
	h := &room{desk}
	in := web.SignedIn
	r.Get("/events/:id/outstanding", in, h.outstanding).Name("results.outstanding")
	r.Get("/events/:id/result", in, h.status).Name("results.status")
	r.Get("/events/:id/recheck", in, h.recheck).Name("results.recheck.find")
	r.Post("/events/:id/recheck", in, h.draw).Name("results.recheck.draw")
	r.Post("/events/:id/recheck/findings", in, h.find).Name("results.findings.create")
	r.Get("/events/:id/awards", in, h.awards).Name("results.awards")
	r.Post("/events/:id/notice", in, h.announce).Name("results.notice.create")
}

// read answers what a use case tells of the event in the path.
func read[Out any](c *fiber.Ctx, status int, use func(actor contest.Actor, event contest.ID) (Out, error)) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	out, err := use(web.Actor(c), event)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Status(status).JSON(out)
}

// write is read for a use case that takes a body.
func write[In, Out any](c *fiber.Ctx, status int, use func(actor contest.Actor, event contest.ID, in In) (Out, error)) error {
	in, err := web.Decode[In](c)
	if err != nil {
		return err
	}
	return read(c, status, func(a contest.Actor, event contest.ID) (Out, error) { return use(a, event, in) })
}

func (h *room) outstanding(c *fiber.Ctx) error {
	return read(c, fiber.StatusOK, func(a contest.Actor, event contest.ID) (results.Outstanding, error) {
		return h.desk.Outstanding(web.Context(c), a, event)
	})
}

func (h *room) status(c *fiber.Ctx) error {
	return read(c, fiber.StatusOK, func(a contest.Actor, event contest.ID) (results.Status, error) {
		return h.desk.Status(web.Context(c), a, event)
	})
}

func (h *room) recheck(c *fiber.Ctx) error {
	return read(c, fiber.StatusOK, func(a contest.Actor, event contest.ID) (results.RecheckView, error) {
		return h.desk.Recheck(web.Context(c), a, event)
	})
}

func (h *room) awards(c *fiber.Ctx) error {
	return read(c, fiber.StatusOK, func(a contest.Actor, event contest.ID) (results.Awards, error) {
		return h.desk.Awards(web.Context(c), a, event)
	})
}

type newDraw struct {
	Rule   results.Rule `json:"rule"`
	Reason string       `json:"reason"`
}

func (h *room) draw(c *fiber.Ctx) error {
	return write(c, fiber.StatusCreated, func(a contest.Actor, event contest.ID, in newDraw) (results.RecheckView, error) {
		return h.desk.Draw(web.Context(c), a, event, in.Rule, in.Reason)
	})
}

type newFinding struct {
	Work   string `json:"work"`
	Sheet  string `json:"sheet"`
	Right  bool   `json:"right"`
	Reason string `json:"reason"`
}

func (h *room) find(c *fiber.Ctx) error {
	return write(c, fiber.StatusCreated, func(a contest.Actor, event contest.ID, in newFinding) (results.RecheckView, error) {
		var sheet results.Sum
		if err := sheet.UnmarshalText([]byte(in.Sheet)); err != nil {
			return results.RecheckView{}, fault.New(fault.Malformed, "results.sheet", fault.At("/sheet", "results.sheet", ""))
		}
		return h.desk.Find(web.Context(c), a, event, in.Work, sheet, in.Right, in.Reason)
	})
}

type newNotice struct {
	EndsOn string `json:"ends_on"`
	Place  string `json:"place"`
}

func (h *room) announce(c *fiber.Ctx) error {
	return write(c, fiber.StatusCreated, func(a contest.Actor, event contest.ID, in newNotice) (results.Status, error) {
		day, err := time.Parse(time.DateOnly, in.EndsOn)
		if err != nil {
			return results.Status{}, fault.New(fault.Malformed, "results.no_day", fault.At("/ends_on", "results.no_day", ""))
		}
		return h.desk.Announce(web.Context(c), a, event, day, in.Place)
	})
}
