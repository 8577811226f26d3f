package callsweb

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring"
	"jiangtai/server/calls"
	"jiangtai/server/contest"
	"jiangtai/server/web"
)

type room struct{ desk *calls.Desk }

// Mount puts the routes on the API's router.
func Mount(r fiber.Router, desk *calls.Desk) {
	h := &room{desk}
	r.Get("/tablet/calls", web.SignedIn, h.own).Name("calls.own")
	r.Post("/tablet/calls", web.SignedIn, h.call).Name("calls.create")
	r.Delete("/tablet/calls/:call", web.SignedIn, h.takeBack).Name("calls.close")
	r.Get("/events/:id/calls", web.SignedIn, h.list).Name("calls.list")
	r.Post("/events/:id/calls/:call/words", web.SignedIn, h.say).Name("calls.say")
}

// callView is a call as pages read it; judge, panel and seat are for the console.
type callView struct {
	ID       contest.ID      `json:"call_id"`
	About    calls.About     `json:"about"`
	Work     string          `json:"work,omitempty"`
	Text     string          `json:"text,omitempty"`
	ClientAt time.Time       `json:"client_at"`
	At       time.Time       `json:"at"`
	Closed   bool            `json:"closed"`
	Said     []saidView      `json:"said"`
	Chair    scoring.ChairID `json:"chair"`
	Panel    string          `json:"panel,omitempty"`
	Seat     int             `json:"seat,omitempty"`
	Judge    string          `json:"judge,omitempty"`
}

type saidView struct {
	Text   string    `json:"text,omitempty"`
	Closes bool      `json:"closes"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

func viewOf(c *calls.Call) callView {
	v := callView{
		ID: c.ID, About: c.About, Work: c.Work, Text: c.Words, ClientAt: c.ClientAt, At: c.At, Closed: c.IsClosed(), Chair: c.Chair,
		Said: []saidView{},
	}
	for _, s := range c.Said {
		v.Said = append(v.Said, saidView{s.Words, s.Closes, s.ByName, s.At})
	}
	return v
}

type callList struct {
	Calls []callView `json:"calls"`
}

func answer(c *fiber.Ctx, status int, out any) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Status(status).JSON(out)
}

func (h *room) own(c *fiber.Ctx) error {
	list, err := h.desk.Own(web.Context(c), web.Actor(c))
	if err != nil {
		return err
	}
	out := callList{[]callView{}}
	for i := range list {
		out.Calls = append(out.Calls, viewOf(&list[i]))
	}
	return answer(c, fiber.StatusOK, out)
}

type newCall struct {
	ID       contest.ID  `json:"call_id"`
	About    calls.About `json:"about"`
	Work     string      `json:"work"`
	Text     string      `json:"text"`
	ClientAt int64       `json:"client_at"`
}

func (h *room) call(c *fiber.Ctx) error {
	in, err := web.Decode[newCall](c)
	if err != nil {
		return err
	}
	made, err := h.desk.Make(web.Context(c), web.Actor(c), calls.Call{
		ID: in.ID, About: in.About, Work: in.Work, Words: in.Text, ClientAt: time.UnixMilli(in.ClientAt),
	})
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, viewOf(&made))
}

func (h *room) takeBack(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "call")
	if err != nil {
		return err
	}
	if err := h.desk.TakeBack(web.Context(c), web.Actor(c), id); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

func (h *room) list(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	list, e, err := h.desk.List(web.Context(c), web.Actor(c), event)
	if err != nil {
		return err
	}
	out := callList{[]callView{}}
	for i := range list {
		v := viewOf(&list[i])
		sat := e.ChairOf(list[i].Chair)
		v.Panel, v.Seat, v.Judge = sat.Panel, sat.Seat, sat.Judge
		out.Calls = append(out.Calls, v)
	}
	return answer(c, fiber.StatusOK, out)
}

type words struct {
	Text   string `json:"text"`
	Closes bool   `json:"closes"`
}

func (h *room) say(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	call, err := web.ParamID(c, "call")
	if err != nil {
		return err
	}
	in, err := web.Decode[words](c)
	if err != nil {
		return err
	}
	if err := h.desk.Say(web.Context(c), web.Actor(c), event, call, calls.Said{Words: in.Text, Closes: in.Closes}); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
