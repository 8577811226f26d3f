package programmeweb

import (
	"bytes"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
	"jiangtai/server/programme/parcel"
	"jiangtai/server/web"
)

type countsDocument struct {
	Events  int `json:"events"`
	Entries int `json:"entries"`
	Units   int `json:"units"`
	Hosts   int `json:"hosts"`
	Judges  int `json:"judges"`
	Schemes int `json:"schemes"`
}

func (h *rooms) importPackage(c *fiber.Ctx) error {
	if err := web.RequireType(c, "application/zip"); err != nil {
		return err
	}
	preview, err := web.QueryInt(c, "preview", 0, 0, 1)
	if err != nil {
		return err
	}
	if err := h.office.MayImport(web.Actor(c)); err != nil {
		return err
	}
	if !h.reading.TryLock() {
		busy := fault.New(fault.Busy, "package.busy")
		busy.RetryAfter = 2
		return busy
	}
	defer h.reading.Unlock()
	if preview == 1 {
		return h.preview(c)
	}
	made, counted, err := h.office.Import(web.Context(c), web.Actor(c), programme.ReadZip(c.Body()))
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(fiber.Map{"contest": documentOfContest(made), "counts": countsDocument(counted)})
}

func (h *rooms) preview(c *fiber.Ctx) error {
	seen, err := h.office.Preview(web.Context(c), web.Actor(c), programme.ReadZip(c.Body()))
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{
		"contest": documentOfContest(seen.Contest), "counts": countsDocument(seen.Counted), "faults": seen.Faults,
	})
}

func (h *rooms) export(c *fiber.Ctx) error {
	out, err := of(c, func(a contest.Actor, id contest.ID) (*parcel.Parcel, error) {
		return h.office.Export(web.Context(c), a, id)
	})
	if err != nil {
		return err
	}
	files, err := out.Files()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := files.Zip(&b, h.office.Now().UTC()); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/zip")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+out.Contest.Code+`.zip"`)
	return c.Send(b.Bytes())
}
