package programmeweb

import (
	"sync"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/programme"
	"jiangtai/server/web"
)

// PackagesPath is where packages are sent; the app gives it a larger body limit,
// PackagesLimit.
const (
	PackagesPath  = "/api/v1/packages"
	PackagesLimit = 20<<20 + 1
)

// rooms are the handlers.
type rooms struct {
	office  *programme.Office
	reading sync.Mutex // held while a package or a workbook is read
}

// Mount puts the routes on the API's router.
func Mount(r fiber.Router, office *programme.Office) {
	h := &rooms{office: office}
	r.Get("/public/contests", h.publicContests).Name("public.contests")
	r.Get("/public/events", h.publicEvents).Name("public.events")

	in := web.SignedIn
	r.Get("/contests", in, h.listContests).Name("contests.list")
	r.Post("/contests", in, h.createContest).Name("contests.create")
	r.Get("/contests/:id", in, h.findContest).Name("contests.find")
	r.Patch("/contests/:id", in, h.changeContest).Name("contests.change")
	r.Get("/contests/:id/events", in, h.listEvents).Name("events.list")
	r.Post("/contests/:id/events", in, h.createEvent).Name("events.create")
	r.Get("/contests/:id/package", in, h.export).Name("packages.export")
	r.Post("/packages", in, h.importPackage).Name("packages.import")

	r.Get("/events/:id", in, h.findEvent).Name("events.find")
	r.Patch("/events/:id", in, h.changeEvent).Name("events.change")
	r.Get("/events/:id/scheme", in, h.scheme).Name("scheme.find")
	r.Put("/events/:id/scheme", in, h.putScheme).Name("scheme.put")
	r.Get("/events/:id/scheme/changes", in, h.schemeChanges).Name("scheme.changes")
	r.Post("/events/:id/scheme/changes", in, h.draftChanges).Name("scheme.draft_changes")
	r.Get("/trades", in, h.listTrades).Name("trades.list")
	r.Get("/trades/:id/scheme", in, h.template).Name("trades.scheme")
	r.Get("/scheme-sheets/template.xlsx", in, h.schemeTemplate).Name("scheme.template")
	r.Get("/events/:id/scheme-sheet", in, h.schemeSheet).Name("scheme.sheet")
	r.Post("/events/:id/scheme-sheet", in, h.putSchemeSheet).Name("scheme.put_sheet")
	r.Post("/scheme-tables", in, h.readTable).Name("scheme.table")
	r.Get("/events/:id/chairs", in, h.chairs).Name("chairs.list")
	r.Put("/events/:id/chairs", in, h.putChairs).Name("chairs.put")
	r.Get("/events/:id/entries", in, h.entries).Name("entries.list")
	r.Get("/events/:id/entries/export.xlsx", in, h.exportEntries).Name("entries.export")
	r.Put("/events/:id/entries", in, h.putEntries).Name("entries.put")

	r.Get("/units", in, h.listUnits).Name("units.list")
	r.Post("/units", in, h.createUnit).Name("units.create")
	r.Get("/hosts", in, h.listHosts).Name("hosts.list")
	r.Post("/hosts", in, h.createHost).Name("hosts.create")
}

// page reads q, limit and offset.
func page(c *fiber.Ctx) (programme.Page, error) {
	limit, err := web.QueryInt(c, "limit", 50, 1, programme.MaxPage)
	if err != nil {
		return programme.Page{}, err
	}
	offset, err := web.QueryInt(c, "offset", 0, 0, 1_000_000)
	if err != nil {
		return programme.Page{}, err
	}
	q, err := search(c)
	return programme.Page{Q: q, Limit: limit, Offset: offset}, err
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
