package evidenceweb

import (
	"encoding/hex"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/evidence"
	"jiangtai/server/fault"
	"jiangtai/server/web"
)

// PhotosPath is where photos go; PhotosLimit is its largest body, one byte more than
// the room takes, so that the room says no in its own words.
const (
	PhotosPath  = "/api/v1/tablet/evidence"
	PhotosLimit = evidence.MaxFile + 1
)

type room struct{ desk *evidence.Desk }

// Mount puts the routes on the API's router.
func Mount(r fiber.Router, desk *evidence.Desk) {
	h := &room{desk}
	in := web.SignedIn
	r.Post("/tablet/evidence", in, h.give).Name("evidence.give")
	r.Get("/events/:id/evidence", in, h.list).Name("evidence.list")
	r.Get("/events/:id/evidence/:photo/file.jpg", in, h.file).Name("evidence.file")
}

func (h *room) give(c *fiber.Ctx) error {
	if err := web.RequireType(c, "image/jpeg"); err != nil {
		return err
	}
	up, err := upload(c)
	if err != nil {
		return err
	}
	p, isNew, err := h.desk.Give(web.Context(c), web.Actor(c), up)
	if err != nil {
		return err
	}
	status := fiber.StatusOK
	if isNew {
		status = fiber.StatusCreated
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Status(status).JSON(viewOf(p))
}

// maxLabel is the longest label or aspect that is asked about.
const maxLabel = 100

func upload(c *fiber.Ctx) (evidence.Upload, error) {
	up := evidence.Upload{Work: c.Query("work"), Aspect: c.Query("aspect")}
	var err error
	if up.ID, err = web.QueryID(c, "id"); err != nil {
		return up, err
	}
	sum, err := hex.DecodeString(c.Query("sha256"))
	at, late := strconv.ParseInt(c.Query("client_at", "0"), 10, 64)
	switch {
	case up.ID.IsZero():
		return up, bad("id")
	case up.Work == "" || len(up.Work) > maxLabel:
		return up, bad("work")
	case up.Aspect == "" || len(up.Aspect) > maxLabel:
		return up, bad("aspect")
	case err != nil || len(sum) != len(up.Sum):
		return up, bad("sha256")
	case late != nil || at < 0 || at > 1<<52:
		return up, bad("client_at")
	}
	copy(up.Sum[:], sum)
	up.ClientAt, up.File = time.UnixMilli(at).UTC(), append([]byte{}, c.Body()...)
	return up, nil
}

func bad(name string) error {
	return fault.New(fault.Malformed, "web.query", fault.At(name, "web.query", ""))
}

type photoView struct {
	ID       contest.ID `json:"id"`
	Work     string     `json:"work"`
	Aspect   string     `json:"aspect"`
	Chair    int        `json:"chair"`
	Judge    string     `json:"judge"`
	Width    int        `json:"width"`
	Height   int        `json:"height"`
	Size     int        `json:"size"`
	SHA256   string     `json:"sha256"`
	ClientAt *time.Time `json:"client_at,omitempty"`
	At       time.Time  `json:"at"`
}

func viewOf(p evidence.Photo) photoView {
	v := photoView{
		ID: p.ID, Work: p.Work, Aspect: p.Aspect, Chair: int(p.Chair), Judge: p.Judge, Width: p.Width, Height: p.Height, Size: p.Size,
		SHA256: hex.EncodeToString(p.Sum[:]), At: p.At,
	}
	if !p.ClientAt.IsZero() {
		v.ClientAt = &p.ClientAt
	}
	return v
}

type photoList struct {
	Photos []photoView `json:"photos"`
}

func (h *room) list(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	list, err := h.desk.List(web.Context(c), web.Actor(c), event)
	if err != nil {
		return err
	}
	out := photoList{make([]photoView, len(list))}
	for i, p := range list {
		out.Photos[i] = viewOf(p)
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(out)
}

func (h *room) file(c *fiber.Ctx) error {
	event, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	id, err := web.ParamID(c, "photo")
	if err != nil {
		return err
	}
	p, file, err := h.desk.File(web.Context(c), web.Actor(c), event, id)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderContentType, "image/jpeg")
	c.Set(fiber.HeaderContentDisposition, `inline; filename="evidence-`+p.ID.String()[:8]+`.jpg"`)
	return c.Send(file)
}
