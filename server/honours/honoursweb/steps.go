package honoursweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/honours"
	"jiangtai/server/honours/chain"
	"jiangtai/server/web"
)

func (h *rooms) findNomination(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	f, err := h.reading.File(web.Context(c), web.Actor(c), id)
	if err != nil {
		return err
	}
	out := fiber.Map{
		"nomination": documentOfNomination(f.Nomination), "opinions": each(f.Opinions, documentOfOpinion), "notices": each(f.Notices, documentOfNotice),
		"objections": each(f.Objections, documentOfObjection), "records": each(f.Records, func(e chain.Entry) entryDocument { return entryDocument{e, f.Names[e.Actor]} }), "proposal": nil, "cast": f.Cast,
		"ways": each(f.Ways, func(w honours.Way) way { return way(w) }),
	}
	if f.Proposal != nil {
		out["proposal"] = documentOfProposal(*f.Proposal)
	}
	return c.JSON(out)
}

type way struct {
	Do   string `json:"do"`
	Code string `json:"code"`
}

func (h *rooms) editNomination(c *fiber.Ctx) error {
	return answer(c, fiber.StatusOK, func(a contest.Actor, id contest.ID, in honours.Content) (honours.Nomination, error) {
		return h.office.EditNomination(web.Context(c), a, id, in)
	}, nominationAnswer)
}

type act struct {
	Step     string     `json:"step"`
	Do       honours.Do `json:"do"`
	For      int        `json:"for"`
	Against  int        `json:"against"`
	Abstain  int        `json:"abstain"`
	HeldOn   string     `json:"held_on"`
	Document string     `json:"document"`
	Reason   string     `json:"reason"`
}

func (h *rooms) take(c *fiber.Ctx) error {
	return answer(c, fiber.StatusOK, func(a contest.Actor, id contest.ID, in act) (honours.Nomination, error) {
		return h.office.Take(web.Context(c), a, id, honours.Act(in))
	}, nominationAnswer)
}

type newOpinion struct {
	Department string `json:"department"`
	Answer     string `json:"answer"`
	Number     string `json:"number"`
	GivenOn    string `json:"given_on"`
	ExpiresOn  string `json:"expires_on"`
	Reason     string `json:"reason"`
}

func (h *rooms) addOpinion(c *fiber.Ctx) error {
	return answer(c, fiber.StatusCreated, func(a contest.Actor, id contest.ID, in newOpinion) (honours.Nomination, error) {
		given, err := day("/given_on", in.GivenOn)
		if err != nil {
			return honours.Nomination{}, err
		}
		expires, err := day("/expires_on", in.ExpiresOn)
		if err != nil {
			return honours.Nomination{}, err
		}
		return h.office.AddOpinion(web.Context(c), a, id, honours.OpinionDraft{
			Department: in.Department, Answer: in.Answer, Number: in.Number, GivenOn: given, ExpiresOn: expires, Reason: in.Reason,
		})
	}, nominationAnswer)
}

type newVote struct {
	Choice string `json:"choice"`
}

func (h *rooms) vote(c *fiber.Ctx) error {
	return answer(c, fiber.StatusCreated, func(a contest.Actor, id contest.ID, in newVote) (bool, error) {
		return true, h.office.CastVote(web.Context(c), a, id, in.Choice)
	}, func(voted bool) fiber.Map { return fiber.Map{"voted": voted} })
}

func (h *rooms) finishNotice(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	n, err := h.office.FinishNotice(web.Context(c), web.Actor(c), id)
	if err != nil {
		return err
	}
	return c.JSON(noticeAnswer(n))
}

type newObjection struct {
	Nomination contest.ID `json:"nomination"`
	Name       string     `json:"name"`
	Unit       string     `json:"unit"`
	Contact    string     `json:"contact"`
	Text       string     `json:"text"`
}

func (h *rooms) object(c *fiber.Ctx) error {
	return answer(c, fiber.StatusCreated, func(a contest.Actor, id contest.ID, in newObjection) (honours.Objection, error) {
		return h.office.Object(web.Context(c), a, id, honours.ObjectionDraft(in))
	}, objectionAnswer)
}

type decision struct {
	Upheld  bool   `json:"upheld"`
	Finding string `json:"finding"`
}

func (h *rooms) decideObjection(c *fiber.Ctx) error {
	return answer(c, fiber.StatusOK, func(a contest.Actor, id contest.ID, in decision) (honours.Objection, error) {
		return h.office.DecideObjection(web.Context(c), a, id, in.Upheld, in.Finding)
	}, objectionAnswer)
}
