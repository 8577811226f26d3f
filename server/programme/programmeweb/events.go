package programmeweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/programme"
	"jiangtai/server/web"
)

func (h *rooms) listEvents(c *fiber.Ctx) error {
	p, err := page(c)
	if err != nil {
		return err
	}
	total := 0
	list, err := of(c, func(a contest.Actor, id contest.ID) (list []programme.Event, err error) {
		list, total, err = h.office.ListEvents(web.Context(c), a, id, p)
		return list, err
	})
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"events": each(list, documentOfEvent), "total": total})
}

type newEvent struct {
	Code    string `json:"code"`
	Trade   string `json:"trade"`
	TradeEn string `json:"trade_en"`
	Title   string `json:"title"`
	TitleEn string `json:"title_en"`
	Stage   string `json:"stage"`
	Group   string `json:"group"`
	Hall    string `json:"hall"`
	Host    string `json:"host"`
	Depth   string `json:"depth"`
	Chain   string `json:"chain"`
}

func (h *rooms) createEvent(c *fiber.Ctx) error {
	in, err := web.Decode[newEvent](c)
	if err != nil {
		return err
	}
	made, err := of(c, func(a contest.Actor, id contest.ID) (programme.Event, error) {
		return h.office.CreateEvent(web.Context(c), a, id, programme.EventDraft(in))
	})
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(fiber.Map{"event": documentOfEvent(made)})
}

func (h *rooms) findEvent(c *fiber.Ctx) error {
	found, err := of(c, func(a contest.Actor, id contest.ID) (programme.Event, error) {
		return h.office.FindEvent(web.Context(c), a, id)
	})
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"event": documentOfEvent(found)})
}

type eventChange struct {
	Trade   *string `json:"trade"`
	TradeEn *string `json:"trade_en"`
	Title   *string `json:"title"`
	TitleEn *string `json:"title_en"`
	Stage   *string `json:"stage"`
	Group   *string `json:"group"`
	Hall    *string `json:"hall"`
	Host    *string `json:"host"`
	Depth   *string `json:"depth"`
	Chain   *string `json:"chain"`
}

func (h *rooms) changeEvent(c *fiber.Ctx) error {
	in, err := web.Decode[eventChange](c)
	if err != nil {
		return err
	}
	changed, err := of(c, func(a contest.Actor, id contest.ID) (programme.Event, error) {
		return h.office.ChangeEvent(web.Context(c), a, id, programme.EventChange(in))
	})
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"event": documentOfEvent(changed)})
}
