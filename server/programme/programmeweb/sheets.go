package programmeweb

import (
	"context"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
	"jiangtai/server/programme/programmeweb/schemesheet"
	"jiangtai/server/programme/programmeweb/worldsheet"
	"jiangtai/server/web"
)

const (
	mediaWorkbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	readingTime   = 10 * time.Second
)

// sendWorkbook sends a file under a plain name.
func sendWorkbook(c *fiber.Ctx, name string, data []byte, err error) error {
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, mediaWorkbook)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`.xlsx"`)
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return c.Send(data)
}

func (h *rooms) schemeTemplate(c *fiber.Ctx) error {
	data, err := schemesheet.Template()
	return sendWorkbook(c, "scheme", data, err)
}

// schemeSheet sends an event's newest scheme as a workbook: our own, or with form
// columns the sheet of eleven columns, and with lost what of the scheme that one
// does not say.
func (h *rooms) schemeSheet(c *fiber.Ctx) error {
	form := c.Query("form", asTemplate)
	if form != asTemplate && form != asColumns && form != "lost" {
		return fault.New(fault.Malformed, "web.query", fault.At("form", "web.query", "template, columns, lost"))
	}
	v, err := of(c, func(a contest.Actor, id contest.ID) (programme.SchemeVersion, error) {
		v, _, err := h.office.Scheme(web.Context(c), a, id)
		return v, err
	})
	if err != nil {
		return err
	}
	if form == asTemplate {
		data, err := schemesheet.Write(web.Context(c), v.Text)
		return sendWorkbook(c, "scheme-"+v.Name, data, err)
	}
	book, err := worldsheet.Write(web.Context(c), v.Text)
	if err != nil || form == asColumns {
		return sendWorkbook(c, "marking-scheme-"+v.Name, book.Data, err)
	}
	return c.JSON(documentOfChanges(int(v.Version), 0, book.Lost))
}

// putSchemeSheet reads a workbook. mode preview tells what is wrong with it and
// gives the scheme that it is; import makes that the event's newest version.
func (h *rooms) putSchemeSheet(c *fiber.Ctx) error {
	if err := web.RequireType(c, mediaWorkbook); err != nil {
		return err
	}
	mode := c.Query("mode")
	if mode != "preview" && mode != "import" {
		return fault.New(fault.Malformed, "web.query", fault.At("mode", "web.query", "preview, import"))
	}
	if _, err := of(c, func(a contest.Actor, id contest.ID) (struct{}, error) {
		return struct{}{}, h.office.CanPutScheme(web.Context(c), a, id)
	}); err != nil {
		return err
	}
	read, err := h.readSheet(c)
	if err != nil {
		return err
	}
	if mode == "preview" {
		return c.JSON(fiber.Map{
			"faults": append([]fault.Field{}, read.Faults...), "notes": append([]fault.Field{}, read.Notes...), "text": string(read.Text),
			"counts": fiber.Map{"components": read.Components, "criteria": read.Criteria, "aspects": read.Aspects, "panels": read.Panels},
		})
	}
	if len(read.Faults) > 0 {
		return fault.New(fault.Refused, "programme.sheet_faulty", read.Faults...)
	}
	reason := strings.Clone(c.Query("reason"))
	made, err := of(c, func(a contest.Actor, id contest.ID) (programme.SchemeVersion, error) {
		return h.office.PutScheme(web.Context(c), a, id, read.Text, reason)
	})
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(fiber.Map{"version": documentOfVersion(made)})
}

// readSheet reads the body within its time, one at a time.
func (h *rooms) readSheet(c *fiber.Ctx) (schemesheet.Sheet, error) {
	if !h.reading.TryLock() {
		busy := fault.New(fault.Busy, "excel.busy")
		busy.RetryAfter = 2
		return schemesheet.Sheet{}, busy
	}
	defer h.reading.Unlock()
	ctx, cancel := context.WithTimeout(web.Context(c), readingTime)
	defer cancel()
	return schemesheet.Read(ctx, c.Body())
}
