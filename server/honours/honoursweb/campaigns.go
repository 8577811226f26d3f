package honoursweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/honours"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/quota"
	"jiangtai/server/honours/reading"
	"jiangtai/server/web"
)

func (h *rooms) listCampaigns(c *fiber.Ctx) error {
	list, err := h.reading.Campaigns(web.Context(c), web.Actor(c))
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"campaigns": each(list, documentOfCampaign)})
}

type newCampaign struct {
	Kind      contest.Kind  `json:"kind"`
	Sequence  string        `json:"sequence"`
	Year      int           `json:"year"`
	Name      string        `json:"name"`
	Places    int           `json:"places"`
	Committee int           `json:"committee"`
	Quotas    []quota.Quota `json:"quotas"`
	Deadline  string        `json:"deadline"`
}

func (h *rooms) createCampaign(c *fiber.Ctx) error {
	in, err := web.Decode[newCampaign](c)
	if err != nil {
		return err
	}
	deadline, err := day("/deadline", in.Deadline)
	if err != nil {
		return err
	}
	made, err := h.office.BeginCampaign(web.Context(c), web.Actor(c), honours.CampaignDraft{
		Kind: in.Kind, Sequence: in.Sequence, Year: in.Year, Name: in.Name, Places: in.Places, Committee: in.Committee, Quotas: in.Quotas, Deadline: deadline,
	})
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(fiber.Map{"campaign": documentOfCampaign(made)})
}

func (h *rooms) findCampaign(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	found, s, err := h.reading.Campaign(web.Context(c), web.Actor(c), id)
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"campaign": documentOfCampaign(found), "sequence": s})
}

type amendment struct {
	Places    int           `json:"places"`
	Committee int           `json:"committee"`
	Quotas    []quota.Quota `json:"quotas"`
	Deadline  string        `json:"deadline"`
	Reason    string        `json:"reason"`
}

func (h *rooms) amendCampaign(c *fiber.Ctx) error {
	return answer(c, fiber.StatusOK, func(a contest.Actor, id contest.ID, in amendment) (honours.Campaign, error) {
		deadline, err := day("/deadline", in.Deadline)
		if err != nil {
			return honours.Campaign{}, err
		}
		draft := honours.CampaignDraft{Places: in.Places, Committee: in.Committee, Quotas: filled(in.Quotas), Deadline: deadline}
		return h.office.AmendCampaign(web.Context(c), a, id, draft, in.Reason)
	}, func(v honours.Campaign) fiber.Map { return fiber.Map{"campaign": documentOfCampaign(v)} })
}

type share struct {
	Body   contest.ID `json:"body"`
	Name   string     `json:"name"`
	Places int        `json:"places"`
	Have   int        `json:"have"`
}

func (h *rooms) report(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	r, err := h.reading.Report(web.Context(c), web.Actor(c), id)
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"running": filled(r.Running), "final": filled(r.Final), "shares": each(r.Shares, func(s reading.Share) share {
		return share{s.Body.ID, s.Body.Name, s.Places, s.Have}
	})})
}

type entryDocument struct {
	chain.Entry
	ActorName string `json:"actor_name"` // empty: the public page
}

type recordDocument struct {
	entryDocument
	Hash  string `json:"hash"`
	Words string `json:"words"`
}

func (h *rooms) records(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	found, err := h.reading.History(web.Context(c), web.Actor(c), id)
	if err != nil {
		return err
	}
	out := make([]recordDocument, len(found.Entries))
	for i, e := range found.Entries {
		out[i] = recordDocument{entryDocument{e, found.Names[e.Actor]}, found.Records[i].Hash.String(), found.Records[i].Text}
	}
	return c.JSON(fiber.Map{"records": out, "intact": found.Intact})
}

func (h *rooms) listNominations(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	list, err := h.reading.Nominations(web.Context(c), web.Actor(c), id)
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"nominations": each(list, documentOfNomination)})
}

type nominee struct {
	Body    contest.ID      `json:"body"`
	Content honours.Content `json:"content"`
}

func (h *rooms) nominate(c *fiber.Ctx) error {
	return answer(c, fiber.StatusCreated, func(a contest.Actor, id contest.ID, in nominee) (honours.Nomination, error) {
		return h.office.Nominate(web.Context(c), a, id, in.Body, in.Content)
	}, nominationAnswer)
}

func (h *rooms) listNotices(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	notices, objections, err := h.reading.Notices(web.Context(c), web.Actor(c), id)
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"notices": each(notices, documentOfNotice), "objections": each(objections, documentOfObjection)})
}

type newNotice struct {
	Step        string       `json:"step"`
	Nominations []contest.ID `json:"nominations"`
	Place       string       `json:"place"`
	Text        string       `json:"text"`
	Replaces    contest.ID   `json:"replaces"`
	Ran         *ran         `json:"ran"`
}

type ran struct {
	StartsOn string `json:"starts_on"`
	EndsOn   string `json:"ends_on"`
	Evidence string `json:"evidence"`
	Reason   string `json:"reason"`
}

func (in newNotice) draft() (honours.NoticeDraft, error) {
	d := honours.NoticeDraft{Step: in.Step, Nominations: in.Nominations, Place: in.Place, Text: in.Text, Replaces: in.Replaces}
	if in.Ran == nil {
		return d, nil
	}
	d.Ran = &honours.Ran{Evidence: in.Ran.Evidence, Reason: in.Ran.Reason}
	var err error
	if d.Ran.StartsOn, err = day("/ran/starts_on", in.Ran.StartsOn); err != nil {
		return d, err
	}
	d.Ran.EndsOn, err = day("/ran/ends_on", in.Ran.EndsOn)
	return d, err
}

func (h *rooms) openNotice(c *fiber.Ctx) error {
	return answer(c, fiber.StatusCreated, func(a contest.Actor, id contest.ID, in newNotice) (honours.Notice, error) {
		d, err := in.draft()
		if err != nil {
			return honours.Notice{}, err
		}
		return h.office.OpenNotice(web.Context(c), a, id, d)
	}, noticeAnswer)
}
