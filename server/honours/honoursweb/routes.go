package honoursweb

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours"
	"jiangtai/server/honours/calendar"
	"jiangtai/server/honours/material"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/honours/reading"
	"jiangtai/server/web"
)

// rooms are the handlers.
type rooms struct {
	office  *honours.Office
	reading *reading.Room
	papers  *material.Desk
	desk    *proposal.Desk
}

// Papers are sent to one exact path, which has a larger limit of its own.
const (
	FilesPath  = "/api/v1/honours/files"
	FilesLimit = material.MaxSize + 1
)

// Mount puts the routes on the API's router. Bodies at FilesPath may be as long
// as FilesLimit.
func Mount(r fiber.Router, office *honours.Office, look *reading.Room, papers *material.Desk, desk *proposal.Desk) {
	h := &rooms{office, look, papers, desk}
	r.Get("/public/notices", h.publicNotices).Name("public.notices")
	r.Get("/public/honours", h.publicHonours).Name("public.honours")
	r.Post("/public/notices/:id/objections", h.objectPublicly).Name("public.notices.object")

	in := web.SignedIn
	r.Get("/honours/rules", in, h.rules).Name("honours.rules.list")
	r.Get("/honours/calendar", in, h.calendar).Name("honours.calendar.find")
	r.Post("/honours/files", in, h.keepFile).Name("honours.files.keep")
	r.Get("/honours/files", in, h.listFiles).Name("honours.files.list")
	r.Get("/honours/files/:sum", in, h.openFile).Name("honours.files.open")
	r.Get("/honours/filings", in, h.listFilings).Name("honours.filings.list")
	r.Put("/honours/filings", in, h.putFiling).Name("honours.filings.put")
	r.Get("/honours/proposals", in, h.listProposals).Name("honours.proposals.list")
	r.Post("/honours/proposals/:id/nomination", in, h.takeUp).Name("honours.proposals.nominate")
	r.Post("/honours/proposals/:id/dismissal", in, h.dismiss).Name("honours.proposals.dismiss")
	r.Get("/honours/bodies", in, h.listBodies).Name("honours.bodies.list")
	r.Post("/honours/bodies", in, h.createBody).Name("honours.bodies.create")
	r.Put("/honours/bodies/:id", in, h.putBody).Name("honours.bodies.put")
	r.Get("/honours/people", in, h.people).Name("honours.people.list")
	r.Get("/honours/incidents", in, h.listIncidents).Name("honours.incidents.list")
	r.Post("/honours/incidents", in, h.createIncident).Name("honours.incidents.create")
	r.Get("/honours/register", in, h.register).Name("honours.register.list")
	r.Post("/honours/register/:id/revocation", in, h.revoke).Name("honours.register.revoke")

	r.Get("/honours/campaigns", in, h.listCampaigns).Name("honours.campaigns.list")
	r.Post("/honours/campaigns", in, h.createCampaign).Name("honours.campaigns.create")
	r.Get("/honours/campaigns/:id", in, h.findCampaign).Name("honours.campaigns.find")
	r.Put("/honours/campaigns/:id", in, h.amendCampaign).Name("honours.campaigns.amend")
	r.Get("/honours/campaigns/:id/quotas", in, h.report).Name("honours.campaigns.quotas")
	r.Get("/honours/campaigns/:id/records", in, h.records).Name("honours.campaigns.records")
	r.Get("/honours/campaigns/:id/nominations", in, h.listNominations).Name("honours.nominations.list")
	r.Post("/honours/campaigns/:id/nominations", in, h.nominate).Name("honours.nominations.create")
	r.Get("/honours/campaigns/:id/notices", in, h.listNotices).Name("honours.notices.list")
	r.Post("/honours/campaigns/:id/notices", in, h.openNotice).Name("honours.notices.open")

	r.Get("/honours/nominations/:id", in, h.findNomination).Name("honours.nominations.find")
	r.Put("/honours/nominations/:id", in, h.editNomination).Name("honours.nominations.edit")
	r.Post("/honours/nominations/:id/steps", in, h.take).Name("honours.nominations.take")
	r.Post("/honours/nominations/:id/opinions", in, h.addOpinion).Name("honours.opinions.create")
	r.Post("/honours/nominations/:id/votes", in, h.vote).Name("honours.votes.cast")
	r.Post("/honours/notices/:id/finish", in, h.finishNotice).Name("honours.notices.finish")
	r.Post("/honours/notices/:id/objections", in, h.object).Name("honours.objections.create")
	r.Post("/honours/objections/:id/decision", in, h.decideObjection).Name("honours.objections.decide")
}

// page reads limit and offset.
func page(c *fiber.Ctx) (proposal.Page, error) {
	limit, err := web.QueryInt(c, "limit", 50, 1, honours.MaxPage)
	if err != nil {
		return proposal.Page{}, err
	}
	offset, err := web.QueryInt(c, "offset", 0, 0, 1_000_000)
	return proposal.Page{Limit: limit, Offset: offset}, err
}

// word reads a short text of the query.
func word(c *fiber.Ctx, name string) (string, error) {
	s := c.Query(name)
	if len(s) > 120 || !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return "", fault.New(fault.Malformed, "web.query", fault.At(name, "web.query", ""))
	}
	return s, nil
}

// answer runs a use case on the object that the path names, with the body that
// was sent, and answers what is made of its result.
func answer[In, Out any](c *fiber.Ctx, status int, use func(a contest.Actor, id contest.ID, in In) (Out, error), made func(Out) fiber.Map) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	in, err := web.Decode[In](c)
	if err != nil {
		return err
	}
	out, err := use(web.Actor(c), id, in)
	if err != nil {
		return err
	}
	return c.Status(status).JSON(made(out))
}

// day reads a day of a body; empty is none.
func day(path, s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	d, err := calendar.ParseDay(s)
	if err != nil {
		return d, fault.New(fault.Refused, "honours.invalid", fault.At(path, "honours.day", s))
	}
	return d, nil
}

func each[T, D any](list []T, document func(T) D) []D {
	out := make([]D, 0, len(list))
	for _, v := range list {
		out = append(out, document(v))
	}
	return out
}

// filled is the list, never null in JSON.
func filled[T any](list []T) []T { return append([]T{}, list...) }
