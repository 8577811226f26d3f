package programmeweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
	"jiangtai/server/web"
)

// inContest reads the contest that a list is of.
func inContest(c *fiber.Ctx) (contest.ID, error) {
	id, err := web.QueryID(c, "contest")
	if err == nil && id.IsZero() {
		err = fault.New(fault.Malformed, "web.query", fault.At("contest", "web.query", "UUID"))
	}
	return id, err
}

// named refuses a body that names no contest.
func named(id contest.ID) error {
	if id.IsZero() {
		return fault.New(fault.Malformed, "web.type", fault.At("/contest", "web.type", "UUID"))
	}
	return nil
}

func (h *rooms) listUnits(c *fiber.Ctx) error {
	p, err := page(c)
	if err != nil {
		return err
	}
	id, err := inContest(c)
	if err != nil {
		return err
	}
	list, total, err := h.office.ListUnits(web.Context(c), web.Actor(c), id, p)
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"units": each(list, documentOfUnit), "total": total})
}

type newUnit struct {
	Contest contest.ID `json:"contest"`
	Code    string     `json:"code"`
	Name    string     `json:"name"`
	Short   string     `json:"short"`
	Kind    string     `json:"kind"`
	Parent  string     `json:"parent"`
}

func (h *rooms) createUnit(c *fiber.Ctx) error {
	in, err := web.Decode[newUnit](c)
	if err != nil {
		return err
	}
	if err := named(in.Contest); err != nil {
		return err
	}
	made, err := h.office.CreateUnit(web.Context(c), web.Actor(c), in.Contest,
		programme.UnitDraft{Code: in.Code, Name: in.Name, Short: in.Short, Kind: in.Kind, Parent: in.Parent})
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(fiber.Map{"unit": documentOfUnit(made)})
}

func (h *rooms) listHosts(c *fiber.Ctx) error {
	id, err := inContest(c)
	if err != nil {
		return err
	}
	list, err := h.office.ListHosts(web.Context(c), web.Actor(c), id)
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"hosts": each(list, documentOfHost)})
}

type newHost struct {
	Contest contest.ID `json:"contest"`
	Code    string     `json:"code"`
	Name    string     `json:"name"`
}

func (h *rooms) createHost(c *fiber.Ctx) error {
	in, err := web.Decode[newHost](c)
	if err != nil {
		return err
	}
	if err := named(in.Contest); err != nil {
		return err
	}
	made, err := h.office.CreateHost(web.Context(c), web.Actor(c), in.Contest, programme.HostDraft{Code: in.Code, Name: in.Name})
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(fiber.Map{"host": documentOfHost(made)})
}
