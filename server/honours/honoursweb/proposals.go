package honoursweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/honours"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/honours/reading"
	"jiangtai/server/honours/rule"
	"jiangtai/server/honours/union"
	"jiangtai/server/web"
)

type profileDocument struct {
	ID      string               `json:"id"`
	Version int                  `json:"version"`
	Name    string               `json:"name"`
	NameEn  string               `json:"name_en"`
	Source  string               `json:"source"`
	Classes []string             `json:"classes"`
	Awards  map[string]rule.Sort `json:"awards"`
}

// rules are the tables that filings and campaigns choose from; they are no
// secret of anybody.
func (h *rooms) rules(c *fiber.Ctx) error {
	return c.JSON(fiber.Map{
		"profiles": each(h.desk.Profiles, func(p *rule.Profile) profileDocument {
			return profileDocument{p.ID, p.Version, p.Name, p.NameEn, p.Source, p.Classes, p.Awards}
		}),
		"sequences":      h.office.Sequences,
		"calendar_until": h.office.Calendar.Last(),
	})
}

func (h *rooms) listFilings(c *fiber.Ctx) error {
	list, err := h.desk.Filings(web.Context(c), web.Actor(c))
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"filings": filled(list)})
}

func (h *rooms) putFiling(c *fiber.Ctx) error {
	in, err := web.Decode[proposal.Filing](c)
	if err != nil {
		return err
	}
	out, err := h.desk.FileContest(web.Context(c), web.Actor(c), in)
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"filing": out})
}

func (h *rooms) listProposals(c *fiber.Ctx) error {
	p, err := page(c)
	if err != nil {
		return err
	}
	state, err := word(c, "state")
	if err != nil {
		return err
	}
	list, total, err := h.desk.Proposals(web.Context(c), web.Actor(c), proposal.State(state), p)
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"proposals": each(list, documentOfProposal), "total": total})
}

type newNomination struct {
	Campaign contest.ID      `json:"campaign"`
	Body     contest.ID      `json:"body"`
	Content  honours.Content `json:"content"`
}

func (h *rooms) takeUp(c *fiber.Ctx) error {
	return answer(c, fiber.StatusCreated, func(a contest.Actor, id contest.ID, in newNomination) (honours.Nomination, error) {
		return h.office.TakeUp(web.Context(c), a, id, in.Campaign, in.Body, in.Content)
	}, nominationAnswer)
}

type because struct {
	Reason string `json:"reason"`
}

func (h *rooms) dismiss(c *fiber.Ctx) error {
	return answer(c, fiber.StatusOK, func(a contest.Actor, id contest.ID, in because) (proposal.Proposal, error) {
		return h.desk.Dismiss(web.Context(c), a, id, in.Reason)
	}, func(p proposal.Proposal) fiber.Map { return fiber.Map{"proposal": documentOfProposal(p)} })
}

func (h *rooms) listBodies(c *fiber.Ctx) error {
	list, err := h.reading.Bodies(web.Context(c), web.Actor(c))
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"bodies": each(list, documentOfBody)})
}

type accountDocument struct {
	ID    contest.ID     `json:"id"`
	User  string         `json:"user"`
	Name  string         `json:"name"`
	Roles []contest.Role `json:"roles"`
}

func (h *rooms) people(c *fiber.Ctx) error {
	list, err := h.reading.ListPeople(web.Context(c), web.Actor(c))
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"people": each(list, func(a reading.Account) accountDocument {
		a.Roles = filled(a.Roles)
		return accountDocument(a)
	})})
}

func (h *rooms) createBody(c *fiber.Ctx) error {
	in, err := web.Decode[bodyDocument](c)
	if err != nil {
		return err
	}
	in.ID = contest.ID{}
	made, err := h.office.SaveBody(web.Context(c), web.Actor(c), union.Body(in))
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(fiber.Map{"body": documentOfBody(made)})
}

func (h *rooms) putBody(c *fiber.Ctx) error {
	return answer(c, fiber.StatusOK, func(a contest.Actor, id contest.ID, in bodyDocument) (union.Body, error) {
		in.ID = id
		return h.office.SaveBody(web.Context(c), a, union.Body(in))
	}, func(b union.Body) fiber.Map { return fiber.Map{"body": documentOfBody(b)} })
}

func (h *rooms) listIncidents(c *fiber.Ctx) error {
	list, err := h.reading.Incidents(web.Context(c), web.Actor(c))
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"incidents": each(list, documentOfIncident)})
}

type newIncident struct {
	Key  string `json:"key"`
	Kind string `json:"kind"`
	On   string `json:"on"`
	Note string `json:"note"`
}

func (h *rooms) createIncident(c *fiber.Ctx) error {
	in, err := web.Decode[newIncident](c)
	if err != nil {
		return err
	}
	on, err := day("/on", in.On)
	if err != nil {
		return err
	}
	made, err := h.office.AddIncident(web.Context(c), web.Actor(c), honours.Incident{Key: in.Key, Kind: in.Kind, On: on, Note: in.Note})
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(fiber.Map{"incident": documentOfIncident(made)})
}

func (h *rooms) register(c *fiber.Ctx) error {
	q, err := query(c)
	if err != nil {
		return err
	}
	list, total, err := h.reading.Register(web.Context(c), web.Actor(c), q)
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"honours": each(list, documentOfHonoured), "total": total})
}

func (h *rooms) revoke(c *fiber.Ctx) error {
	return answer(c, fiber.StatusOK, func(a contest.Actor, id contest.ID, in because) (honours.Honoured, error) {
		return h.office.Revoke(web.Context(c), a, id, in.Reason)
	}, func(v honours.Honoured) fiber.Map { return fiber.Map{"honour": documentOfHonoured(v)} })
}
