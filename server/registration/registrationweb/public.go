package registrationweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/registration"
	"jiangtai/server/registration/eligibility"
	"jiangtai/server/web"
)

func (h *rooms) calls(c *fiber.Ctx) error {
	return web.SendPublic(c, web.CacheAsk, func() (any, error) {
		list, err := h.desk.Calls(web.Context(c))
		return fiber.Map{"calls": each(list, func(call registration.Call) callDocument {
			return callDocument{documentOfEvent(call.Event), call.IsOpen, call.Terms.OpensAt, call.Terms.ClosesAt}
		})}, err
	})
}

func (h *rooms) call(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return web.SendPublic(c, web.CacheAsk, func() (any, error) {
		call, err := h.desk.Call(web.Context(c), id)
		if err != nil {
			return nil, err
		}
		return fiber.Map{
			"event": documentOfEvent(call.Event), "is_open": call.IsOpen, "opens_at": call.Terms.OpensAt, "closes_at": call.Terms.ClosesAt,
			"correct_until": call.Terms.CorrectsUntil(), "notice": call.Terms.Notice, "per_unit": call.Terms.PerUnit, "events_per_person": call.Terms.EventsPerPerson,
			"rules": each(call.Terms.Rules, func(r eligibility.Rule) eligibility.Rule { return r }),
			"units": each(call.Units, func(u contest.Unit) unitDocument { return unitDocument{Code: u.Code, Name: u.Name} }),
		}, nil
	})
}

type newRegistration struct {
	Event contest.ID `json:"event"`
	draftDocument
}

func (h *rooms) register(c *fiber.Ctx) error {
	in, err := web.Decode[newRegistration](c)
	if err != nil {
		return err
	}
	receipt, err := h.desk.Register(web.Context(c), web.Address(c), in.Event, in.draft())
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(fiber.Map{"number": receipt.Number, "secret": receipt.Secret, "status": registration.Submitted})
}

// receipt is what the request says it holds.
func receipt(c *fiber.Ctx) registration.Receipt {
	return registration.Receipt{Number: c.Params("number"), Secret: c.Get(SecretHeader)}
}

// answer sends a view to who holds its receipt.
func answer(c *fiber.Ctx, v registration.View, err error) error {
	if err != nil {
		return err
	}
	return c.JSON(documentOfView(v, false))
}

func (h *rooms) open(c *fiber.Ctx) error {
	v, err := h.desk.Open(web.Context(c), web.Address(c), receipt(c))
	return answer(c, v, err)
}

func (h *rooms) correct(c *fiber.Ctx) error {
	in, err := web.Decode[draftDocument](c)
	if err != nil {
		return err
	}
	v, err := h.desk.Correct(web.Context(c), web.Address(c), receipt(c), in.draft())
	return answer(c, v, err)
}

func (h *rooms) withdraw(c *fiber.Ctx) error {
	v, err := h.desk.Withdraw(web.Context(c), web.Address(c), receipt(c))
	return answer(c, v, err)
}
