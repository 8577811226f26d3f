package signingweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/signing"
	"jiangtai/server/web"
)

// ScansPath is where scans go; ScansLimit is its largest body, one byte more than
// the room takes, so that the room says no in its own words.
const (
	ScansPath  = "/api/v1/documents/scans"
	ScansLimit = signing.MaxFile + 1
)

type room struct{ desk *signing.Desk }

// Mount puts the routes on the API's router.
func Mount(r fiber.Router, desk *signing.Desk) {
	h := &room{desk}
	in := web.SignedIn
	r.Get("/events/:id/documents", in, h.overview).Name("signing.overview")
	r.Post("/events/:id/documents", in, h.print).Name("signing.documents.create")
	r.Get("/events/:id/documents/:serial/file.pdf", in, h.pdf).Name("signing.documents.pdf")
	r.Get("/events/:id/documents/:serial/scan", in, h.scanFile).Name("signing.scans.find")
	r.Post("/events/:id/documents/:serial/void", in, h.void).Name("signing.documents.void")
	r.Post("/documents/scans", in, h.scan).Name("signing.scans.create")
	h.mountScreens(r)
}

// place reads the event and, where the path has one, the document's serial.
func place(c *fiber.Ctx) (event contest.ID, serial int, err error) {
	if event, err = web.ParamID(c, "id"); err != nil || c.Params("serial") == "" {
		return event, 0, err
	}
	serial, err = strconv.Atoi(c.Params("serial"))
	if err != nil || serial < 1 {
		return event, 0, fault.New(fault.Missing, "web.missing")
	}
	return event, serial, nil
}

func answer(c *fiber.Ctx, status int, body any) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Status(status).JSON(body)
}

func (h *room) overview(c *fiber.Ctx) error {
	event, _, err := place(c)
	if err != nil {
		return err
	}
	o, err := h.desk.Overview(web.Context(c), web.Actor(c), event)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, overviewOf(o))
}

type newDocument struct {
	Kind  string `json:"kind"`
	Chair int    `json:"chair"`
	Panel string `json:"panel"`
	Layer string `json:"layer"`
}

func (h *room) print(c *fiber.Ctx) error {
	event, _, err := place(c)
	if err != nil {
		return err
	}
	in, err := web.Decode[newDocument](c)
	if err != nil {
		return err
	}
	if in.Chair < 0 || in.Chair > 65535 {
		return fault.New(fault.Malformed, "signing.no_such_chair", fault.At("/chair", "signing.no_such_chair", ""))
	}
	doc, err := h.desk.Print(web.Context(c), web.Actor(c), event, signing.Of{
		Kind: signing.Kind(in.Kind), Chair: scoring.ChairID(in.Chair), Panel: in.Panel, Layer: in.Layer,
	})
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusCreated, documentOf(doc))
}

func (h *room) pdf(c *fiber.Ctx) error {
	event, serial, err := place(c)
	if err != nil {
		return err
	}
	doc, pdf, err := h.desk.PDF(web.Context(c), web.Actor(c), event, serial)
	if err != nil {
		return err
	}
	// Ours: it needs no sandbox, in which some browsers show no PDF.
	return send(c, pdf, "application/pdf", `inline; filename="`+doc.Number+`.pdf"`)
}

func (h *room) scanFile(c *fiber.Ctx) error {
	event, serial, err := place(c)
	if err != nil {
		return err
	}
	doc, file, err := h.desk.ScanFile(web.Context(c), web.Actor(c), event, serial)
	if err != nil {
		return err
	}
	// Somebody's: shown where nothing of it may run.
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	return send(c, file, doc.Scan.Type, `inline; filename="`+doc.Number+"-scan"+extensions[doc.Scan.Type]+`"`)
}

var extensions = map[string]string{"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}

func send(c *fiber.Ctx, file []byte, kind, how string) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentType, kind)
	c.Set(fiber.HeaderContentDisposition, how)
	return c.Send(file)
}

type voiding struct {
	Reason string `json:"reason"`
}

func (h *room) void(c *fiber.Ctx) error {
	event, serial, err := place(c)
	if err != nil {
		return err
	}
	in, err := web.Decode[voiding](c)
	if err != nil {
		return err
	}
	doc, err := h.desk.Void(web.Context(c), web.Actor(c), event, serial, in.Reason)
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusOK, documentOf(doc))
}

func (h *room) scan(c *fiber.Ctx) error {
	event, err := web.QueryID(c, "event")
	if err != nil {
		return err
	}
	serial, err := web.QueryInt(c, "serial", 0, 1, 1<<30)
	if err != nil {
		return err
	}
	sure, err := web.QueryInt(c, "confirm", 0, 0, 1)
	if err != nil {
		return err
	}
	doc, err := h.desk.Scan(web.Context(c), web.Actor(c), event, serial, signing.Upload{File: append([]byte{}, c.Body()...), IsSure: sure == 1})
	if err != nil {
		return err
	}
	return answer(c, fiber.StatusCreated, documentOf(doc))
}
