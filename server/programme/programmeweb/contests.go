package programmeweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/programme"
	"jiangtai/server/web"
)

func (h *rooms) listContests(c *fiber.Ctx) error {
	p, err := page(c)
	if err != nil {
		return err
	}
	list, total, err := h.office.ListContests(web.Context(c), web.Actor(c), p)
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"contests": each(list, documentOfContest), "total": total})
}

type newContest struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	NameEn    string `json:"name_en"`
	Kind      string `json:"kind"`
	Organiser string `json:"organiser"`
	StartsOn  string `json:"starts_on"`
	EndsOn    string `json:"ends_on"`
	Visible   *bool  `json:"visible"`
}

func (h *rooms) createContest(c *fiber.Ctx) error {
	in, err := web.Decode[newContest](c)
	if err != nil {
		return err
	}
	made, err := h.office.CreateContest(web.Context(c), web.Actor(c), programme.ContestDraft{
		Code: in.Code, Name: in.Name, NameEn: in.NameEn, Kind: in.Kind, Organiser: in.Organiser,
		StartsOn: in.StartsOn, EndsOn: in.EndsOn, Visible: in.Visible == nil || *in.Visible,
	})
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(fiber.Map{"contest": documentOfContest(made)})
}

func (h *rooms) findContest(c *fiber.Ctx) error {
	found, err := of(c, func(a contest.Actor, id contest.ID) (programme.Contest, error) {
		return h.office.FindContest(web.Context(c), a, id)
	})
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"contest": documentOfContest(found)})
}

type contestChange struct {
	Name      *string `json:"name"`
	NameEn    *string `json:"name_en"`
	Kind      *string `json:"kind"`
	Organiser *string `json:"organiser"`
	StartsOn  *string `json:"starts_on"`
	EndsOn    *string `json:"ends_on"`
	Visible   *bool   `json:"visible"`
}

func (h *rooms) changeContest(c *fiber.Ctx) error {
	in, err := web.Decode[contestChange](c)
	if err != nil {
		return err
	}
	changed, err := of(c, func(a contest.Actor, id contest.ID) (programme.Contest, error) {
		return h.office.ChangeContest(web.Context(c), a, id, programme.ContestChange(in))
	})
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"contest": documentOfContest(changed)})
}
