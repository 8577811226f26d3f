package judgingweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/judging"
	"jiangtai/server/judging/entering"
	"jiangtai/server/web"
	"jiangtai/server/web/workbook"
)

// MarksPath is where marks are sent; the app gives it MarksLimit as the limit of
// the body: 500 marks with the longest remarks.
const (
	MarksPath  = "/api/v1/marks"
	MarksLimit = 4 << 20
)

const headerPending = "X-Jiangtai-Pending"

type room struct {
	desk     *judging.Desk
	entering *entering.Desk
	reading  workbook.Reader
}

// Mount puts the routes on the API's router. Shortcut is for MarksPath beside it.
func Mount(r fiber.Router, desk *judging.Desk) {
	h := &room{desk: desk, entering: entering.New(desk)}
	in := web.SignedIn
	r.Post("/marks", web.DrainingToo, h.give).Name("marks.give")
	r.Get("/tablet/bundle", in, h.bundle).Name("tablet.bundle")
	r.Get("/events/:id/panel/:work/:aspect", in, h.panel).Name("panel.find")
	r.Post("/events/:id/acts", in, h.act).Name("acts.give")
	r.Get("/events/:id/progress", in, h.progress).Name("progress.find")
	r.Get("/events/:id/records", in, h.records).Name("records.list")
	r.Get("/events/:id/working/:work", in, h.working).Name("working.find")
	r.Get("/events/:id/ledger", in, h.ledger).Name("ledger.export")
	r.Get("/contests/:id/desk", in, h.matrix).Name("desk.matrix")
	r.Get("/events/:id/marks-sheets", in, h.sheets).Name("sheets.list")
	r.Get("/events/:id/marks-sheet", in, h.sheet).Name("sheet.find")
	r.Post("/events/:id/marks-sheet", in, h.enter).Name("sheet.enter")
	r.Get("/events/:id/marks-sheet/template.xlsx", in, h.template).Name("sheet.template")
	r.Post("/events/:id/marks-sheet/workbook", in, h.workbook).Name("sheet.workbook")
	r.Post("/events/:id/marks-sheet/list", in, h.list).Name("sheet.list")
	r.Get("/events/:id/marks-sheet/one-number", in, h.oneNumber).Name("sheet.scheme")
}

// pending notes what the tablet says of its outbox. What cannot be read is not
// said.
func (h *room) pending(actor contest.Actor, said []byte) {
	if len(said) == 0 {
		return
	}
	if n, err := strconv.Atoi(string(said)); err == nil && n >= 0 && n < 1_000_000 {
		h.desk.Pending(actor, n)
	}
}
