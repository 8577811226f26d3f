package correctionweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/correction"
	"jiangtai/server/web"
)

type room struct{ desk *correction.Desk }

// Mount puts the routes on the API's router.
func Mount(r fiber.Router, desk *correction.Desk) {
	h := &room{desk}
	r.Get("/events/:id/corrections", web.SignedIn, h.list).Name("corrections.list")
	r.Post("/events/:id/corrections/preview", web.SignedIn, h.preview).Name("corrections.preview")
	r.Post("/events/:id/corrections", web.SignedIn, h.perform).Name("corrections.create")
}

// change is a mark as it should be.
type change struct {
	Work    string          `json:"work"`
	Chair   scoring.ChairID `json:"chair"`
	Aspect  string          `json:"aspect"`
	Attempt uint8           `json:"attempt"`
	Kind    string          `json:"kind"`
	Value   string          `json:"value"`
}

var kinds = map[string]scoring.Kind{"": scoring.Mark, "mark": scoring.Mark, "not_performed": scoring.NotPerformed}

// read leaves a kind that nobody knows to the desk, which refuses it.
func (c change) read() correction.Change {
	return correction.Change{Work: c.Work, Chair: c.Chair, Aspect: c.Aspect, Attempt: c.Attempt, Kind: kinds[c.Kind], Value: c.Value}
}

type order struct {
	ID contest.ID `json:"correction_id"`
	change
	Seq    uint64 `json:"seq"`
	Reason string `json:"reason"`
	Second struct {
		User     string `json:"user"`
		Password string `json:"password"`
	} `json:"second"`
}

func answer(c *fiber.Ctx, status int, out any, err error) error {
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Status(status).JSON(out)
}

func (h *room) list(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	list, err := h.desk.List(web.Context(c), web.Actor(c), event)
	return answer(c, fiber.StatusOK, fiber.Map{"corrections": list}, err)
}

func (h *room) preview(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	in, err := web.Decode[change](c)
	if err != nil {
		return err
	}
	out, err := h.desk.Preview(web.Context(c), web.Actor(c), event, in.read())
	return answer(c, fiber.StatusOK, out, err)
}

func (h *room) perform(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	in, err := web.Decode[order](c)
	if err != nil {
		return err
	}
	out, err := h.desk.Perform(web.Context(c), web.Actor(c), event, correction.Order{
		ID: in.ID, Change: in.read(), Seq: in.Seq, Reason: in.Reason, User: in.Second.User, Password: in.Second.Password,
	})
	return answer(c, fiber.StatusCreated, out, err)
}
