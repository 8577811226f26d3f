package planweb

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/plan"
	"jiangtai/server/web"
	"jiangtai/server/web/workbook"
)

// Where documents and sheets are sent; the app gives these paths their limits.
const (
	FilesPath  = "/api/v1/plan/files"
	FilesLimit = plan.MaxFile + 1
	SheetPath  = "/api/v1/plan/sheet"
	SheetLimit = 5<<20 + 1
)

// rooms are the handlers.
type rooms struct {
	desk    *plan.Desk
	reading workbook.Reader
}

// Mount puts the routes on the API's router.
func Mount(r fiber.Router, desk *plan.Desk) {
	h, in := &rooms{desk: desk}, web.SignedIn
	r.Get("/plan", in, h.overview).Name("plan.overview")
	r.Get("/plan/template.xlsx", in, h.template).Name("plan.template")
	r.Get("/plan/sheet.xlsx", in, h.export).Name("plan.export")
	r.Post("/plan/sheet", in, h.sheet).Name("plan.sheet")
	r.Post("/plan/files", in, h.attach).Name("plan.files.attach")
	r.Get("/events/:id/filing", in, h.find).Name("plan.filings.find")
	r.Patch("/events/:id/filing", in, h.change).Name("plan.filings.change")
	r.Post("/events/:id/filing/acts", in, h.act).Name("plan.filings.act")
	r.Get("/events/:id/filing/files/:file", in, h.document).Name("plan.files.find")
	r.Delete("/events/:id/filing/files/:file", in, h.detach).Name("plan.files.detach")
	r.Get("/contests/:id/hosts", in, h.hosts).Name("plan.hosts.list")
	r.Put("/contests/:id/hosts/:host/contact", in, h.putContact).Name("plan.hosts.put_contact")
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

// queryOf reads year and contest.
func queryOf(c *fiber.Ctx) (plan.Query, error) {
	year, err := web.QueryInt(c, "year", 0, 2000, 2100)
	if err != nil {
		return plan.Query{}, err
	}
	id, err := web.QueryID(c, "contest")
	return plan.Query{Year: year, Contest: id}, err
}

func (h *rooms) overview(c *fiber.Ctx) error {
	q, err := queryOf(c)
	if err != nil {
		return err
	}
	o, err := h.desk.Plan(web.Context(c), web.Actor(c), q)
	if err != nil {
		return err
	}
	return c.JSON(documentOfOverview(o))
}

func (h *rooms) find(c *fiber.Ctx) error {
	v, err := of(c, func(a contest.Actor, id contest.ID) (plan.View, error) { return h.desk.Find(web.Context(c), a, id) })
	return sendView(c, v, err)
}

func sendView(c *fiber.Ctx, v plan.View, err error) error {
	if err != nil {
		return err
	}
	return c.JSON(documentOfView(v))
}

type changeDocument struct {
	Version  int     `json:"version"`
	Year     *int    `json:"year"`
	IsListed *bool   `json:"listed"`
	Class    *string `json:"class"`
	Month    *int    `json:"month"`
	Budget   *int    `json:"budget"`
	ReturnBy *string `json:"return_by"`
	Note     *string `json:"note"`
	Reason   string  `json:"reason"`
}

func (h *rooms) change(c *fiber.Ctx) error {
	in, err := web.Decode[changeDocument](c)
	if err != nil {
		return err
	}
	v, err := of(c, func(a contest.Actor, id contest.ID) (plan.View, error) {
		return h.desk.Change(web.Context(c), a, id, plan.Change(in))
	})
	return sendView(c, v, err)
}

type actDocument struct {
	Act     plan.ActKind `json:"act"`
	Version int          `json:"version"`
	Reason  string       `json:"reason"`
	Number  string       `json:"number"`
}

func (h *rooms) act(c *fiber.Ctx) error {
	in, err := web.Decode[actDocument](c)
	if err != nil {
		return err
	}
	v, err := of(c, func(a contest.Actor, id contest.ID) (plan.View, error) {
		return h.desk.Act(web.Context(c), a, id, plan.Act{Kind: in.Act, Version: in.Version, Reason: in.Reason, Number: in.Number})
	})
	return sendView(c, v, err)
}

func (h *rooms) attach(c *fiber.Ctx) error {
	id, err := web.QueryID(c, "event")
	if err == nil && id.IsZero() {
		err = fault.New(fault.Malformed, "web.query", fault.At("event", "web.query", "UUID"))
	}
	if err != nil {
		return err
	}
	if err := web.RequireType(c, fiber.MIMEOctetStream); err != nil {
		return err
	}
	name, kind := strings.Clone(c.Query("name")), plan.FileKind(strings.Clone(c.Query("kind")))
	f, err := h.desk.Attach(web.Context(c), web.Actor(c), id, kind, name, append([]byte{}, c.Body()...))
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(fiber.Map{"file": documentOfFile(f)})
}

func (h *rooms) document(c *fiber.Ctx) error {
	file, err := web.ParamID(c, "file")
	if err != nil {
		return err
	}
	f, err := of(c, func(a contest.Actor, id contest.ID) (plan.File, error) {
		return h.desk.Document(web.Context(c), a, id, file)
	})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, f.Media)
	c.Set(fiber.HeaderContentDisposition, "attachment; filename*=UTF-8''"+url.PathEscape(f.Name))
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return c.Send(f.Body)
}

func (h *rooms) detach(c *fiber.Ctx) error {
	file, err := web.ParamID(c, "file")
	if err != nil {
		return err
	}
	_, err = of(c, func(a contest.Actor, id contest.ID) (struct{}, error) {
		return struct{}{}, h.desk.Detach(web.Context(c), a, id, file)
	})
	if err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

func (h *rooms) hosts(c *fiber.Ctx) error {
	list, err := of(c, func(a contest.Actor, id contest.ID) ([]plan.Host, error) { return h.desk.Hosts(web.Context(c), a, id) })
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"hosts": each(list, documentOfHost)})
}

func (h *rooms) putContact(c *fiber.Ctx) error {
	host, err := web.ParamID(c, "host")
	if err != nil {
		return err
	}
	in, err := web.Decode[contactDocument](c)
	if err != nil {
		return err
	}
	made, err := of(c, func(a contest.Actor, id contest.ID) (plan.Host, error) {
		return h.desk.PutContact(web.Context(c), a, id, host, plan.Contact(in))
	})
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"host": documentOfHost(made)})
}
