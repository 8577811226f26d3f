package registrationweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/registration"
	"jiangtai/server/registration/idnumber"
	"jiangtai/server/web"
	"jiangtai/server/web/workbook"
)

// WorkbooksPath is where workbooks are sent; the app gives it a larger body
// limit, WorkbooksLimit.
const (
	WorkbooksPath  = "/api/v1/workbooks"
	WorkbooksLimit = 5<<20 + 1
)

// SecretHeader carries the secret of a receipt.
const SecretHeader = "X-Receipt-Secret"

// rooms are the handlers.
type rooms struct {
	desk    *registration.Desk
	reading workbook.Reader
}

// Mount puts the routes on the API's router.
func Mount(r fiber.Router, desk *registration.Desk) {
	// A number may stand in any cell, even in the first row of a sheet without a header.
	h := &rooms{desk: desk, reading: workbook.Reader{Hint: idnumber.MaskWithin}}
	r.Get("/public/registration-calls", h.calls).Name("registrations.calls")
	r.Get("/public/events/:id/registration", h.call).Name("registrations.call")
	r.Post("/public/registrations", h.register).Name("registrations.register")
	r.Get("/public/registrations/:number", h.open).Name("registrations.open")
	r.Put("/public/registrations/:number", h.correct).Name("registrations.correct")
	r.Delete("/public/registrations/:number", h.withdraw).Name("registrations.withdraw")

	in := web.SignedIn
	r.Get("/contests/:id/registration-terms", in, h.contestTerms).Name("registrations.contest_terms")
	r.Put("/contests/:id/registration-terms", in, h.putContestTerms).Name("registrations.put_contest_terms")
	r.Get("/events/:id/registration-terms", in, h.eventTerms).Name("registrations.event_terms")
	r.Put("/events/:id/registration-terms", in, h.putEventTerms).Name("registrations.put_event_terms")
	r.Get("/events/:id/registrations", in, h.list).Name("registrations.list")
	r.Post("/events/:id/registrations", in, h.enlist).Name("registrations.enlist")
	r.Post("/events/:id/registrations/decisions", in, h.decide).Name("registrations.decide")
	r.Post("/events/:id/registrations/lookup", in, h.lookup).Name("registrations.lookup")
	r.Get("/events/:id/registrations/export.xlsx", in, h.export).Name("registrations.export")
	r.Get("/registrations/:id", in, h.find).Name("registrations.find")
	r.Put("/registrations/:id", in, h.change).Name("registrations.change")
	r.Post("/registrations/:id/reveal", in, h.reveal).Name("registrations.reveal")
	r.Get("/workbooks/:kind/template.xlsx", in, h.template).Name("registrations.template")
	r.Post("/workbooks", in, h.workbook).Name("registrations.workbook")
}

// of runs a use case on the object that the path names.
func of[T any](c *fiber.Ctx, use func(a contest.Actor, id contest.ID) (T, error)) (T, error) {
	id, err := web.ParamID(c, "id")
	if err != nil {
		var none T
		return none, err
	}
	return use(web.Actor(c), id)
}

// each maps a list; never nil, so that JSON has [].
func each[T, D any](list []T, document func(T) D) []D {
	out := make([]D, 0, len(list))
	for _, v := range list {
		out = append(out, document(v))
	}
	return out
}
