package keyingweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/keying"
	"jiangtai/server/web"
)

// PhotosPath is where photographs go; PhotosLimit is its largest body, one byte more than the room takes.
const (
	PhotosPath  = "/api/v1/keying/photos"
	PhotosLimit = keying.MaxFile + 1
)

type room struct{ desk *keying.Desk }

// Mount puts the routes on the API's router.
func Mount(r fiber.Router, desk *keying.Desk) {
	h := &room{desk}
	in := web.SignedIn
	r.Get("/events/:id/keying", in, h.overview).Name("keying.overview")
	r.Put("/events/:id/keying/way", in, h.way).Name("keying.way")
	r.Post("/events/:id/keying/passes", in, h.take).Name("keying.take")
	r.Get("/events/:id/keying/pass", in, h.own).Name("keying.own")
	r.Post("/events/:id/keying/cells", in, h.key).Name("keying.cells")
	r.Post("/events/:id/keying/finish", in, h.finish).Name("keying.finish")
	r.Post("/events/:id/keying/free", in, h.free).Name("keying.free")
	r.Get("/events/:id/keying/differences", in, h.differences).Name("keying.differences")
	r.Post("/events/:id/keying/decisions", in, h.decide).Name("keying.decide")
	r.Get("/events/:id/keying/cell.jpg", in, h.picture).Name("keying.picture")
	r.Post("/keying/photos", in, h.bring).Name("keying.photos.create")
}

func answer[T any](c *fiber.Ctx, status int, body T, err error) error {
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Status(status).JSON(body)
}

// asked reads the event of the path and a body.
func asked[T any](c *fiber.Ctx) (contest.ID, T, error) {
	var in T
	event, err := web.ParamID(c, "id")
	if err == nil {
		in, err = web.Decode[T](c)
	}
	return event, in, err
}

func (h *room) overview(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	o, err := h.desk.Overview(web.Context(c), web.Actor(c), event)
	return answer(c, fiber.StatusOK, overviewOf(o), err)
}

func (h *room) way(c *fiber.Ctx) error {
	event, in, err := asked[wayBody](c)
	if err != nil {
		return err
	}
	err = h.desk.SetWay(web.Context(c), web.Actor(c), event, keying.Way(in.Way))
	return answer(c, fiber.StatusOK, in, err)
}

func (h *room) take(c *fiber.Ctx) error {
	event, in, err := asked[sheetBody](c)
	if err != nil {
		return err
	}
	o, err := h.desk.Take(web.Context(c), web.Actor(c), event, in.of())
	return answer(c, fiber.StatusOK, ownOf(o), err)
}

// queried reads which sheet a query names.
func queried(c *fiber.Ctx) (contest.ID, keying.Of, error) {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return event, keying.Of{}, err
	}
	chair, err := web.QueryInt(c, "chair", 0, 1, 0xffff)
	return event, keying.Of{Chair: scoring.ChairID(chair), Criterion: c.Query("criterion")}, err
}

func (h *room) own(c *fiber.Ctx) error {
	event, of, err := queried(c)
	if err != nil {
		return err
	}
	o, err := h.desk.Own(web.Context(c), web.Actor(c), event, of)
	return answer(c, fiber.StatusOK, ownOf(o), err)
}

func (h *room) key(c *fiber.Ctx) error {
	event, in, err := asked[cellsBody](c)
	if err != nil {
		return err
	}
	list := make([]keying.Typed, len(in.Cells))
	for i, t := range in.Cells {
		list[i] = keying.Typed{At: t.at(), Text: t.Text}
	}
	out, err := h.desk.Key(web.Context(c), web.Actor(c), event, in.of(), list)
	return answer(c, fiber.StatusOK, readsOf(out), err)
}

func (h *room) finish(c *fiber.Ctx) error {
	event, in, err := asked[sheetBody](c)
	if err != nil {
		return err
	}
	g, err := h.desk.Finish(web.Context(c), web.Actor(c), event, in.of())
	return answer(c, fiber.StatusOK, givenOf(g), err)
}

func (h *room) free(c *fiber.Ctx) error {
	event, in, err := asked[freeBody](c)
	if err != nil {
		return err
	}
	if err := h.desk.Free(web.Context(c), web.Actor(c), event, in.of(), in.Place); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

func (h *room) differences(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	list, err := h.desk.Differences(web.Context(c), web.Actor(c), event)
	return answer(c, fiber.StatusOK, differencesOf(list), err)
}

func (h *room) decide(c *fiber.Ctx) error {
	event, in, err := asked[decisionBody](c)
	if err != nil {
		return err
	}
	g, err := h.desk.Decide(web.Context(c), web.Actor(c), event, keying.Deciding{
		Of: in.of(), At: in.at(), IsSettle: in.Settle, Text: in.Text, Reason: in.Reason, User: in.User, Password: in.Password,
	})
	return answer(c, fiber.StatusOK, givenOf(g), err)
}

func (h *room) picture(c *fiber.Ctx) error {
	event, of, err := queried(c)
	if err != nil {
		return err
	}
	attempt, err := web.QueryInt(c, "attempt", 1, 0, 255)
	if err != nil {
		return err
	}
	jpeg, err := h.desk.Picture(web.Context(c), web.Actor(c), event, of, keying.At{Work: c.Query("work"), Aspect: c.Query("aspect"), Attempt: uint8(attempt)})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentType, "image/jpeg")
	return c.Send(jpeg)
}

func (h *room) bring(c *fiber.Ctx) error {
	event, err := web.QueryID(c, "event")
	if err != nil {
		return err
	}
	if event.IsZero() {
		return fault.New(fault.Missing, "keying.missing")
	}
	b, err := h.desk.Bring(web.Context(c), web.Actor(c), event, append([]byte{}, c.Body()...))
	return answer(c, fiber.StatusCreated, brought{b.Number, int(b.Chair), b.Page, b.Cells}, err)
}
