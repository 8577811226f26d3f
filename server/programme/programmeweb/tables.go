package programmeweb

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/fault"
	"jiangtai/server/programme/programmeweb/marktable"
	"jiangtai/server/web"
)

// TablesPath is where tables of marks are sent; the app gives it a larger body
// limit, TablesLimit.
const (
	TablesPath  = "/api/v1/scheme-tables"
	TablesLimit = 5<<20 + 1
)

const mediaDocument = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// readTable reads a table of marks of an event's host, a document or a workbook,
// into a scheme; nothing is written. mode preview tells all that was found, scheme
// gives the scheme alone, as a file.
func (h *rooms) readTable(c *fiber.Ctx) error {
	kind, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";")
	if kind != mediaDocument {
		if err := web.RequireType(c, mediaWorkbook); err != nil {
			return err
		}
	}
	mode := c.Query("mode")
	if mode != "preview" && mode != "scheme" {
		return fault.New(fault.Malformed, "web.query", fault.At("mode", "web.query", "preview, scheme"))
	}
	id, err := web.QueryID(c, "event")
	if err != nil {
		return err
	}
	if err := h.office.CanPutScheme(web.Context(c), web.Actor(c), id); err != nil {
		return err
	}
	read, err := h.tableOf(c)
	if err != nil {
		return err
	}
	if mode == "scheme" {
		c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
		c.Set(fiber.HeaderContentDisposition, `attachment; filename="scheme.json"`)
		c.Set(fiber.HeaderCacheControl, "private, no-store")
		return c.Send(read.Text)
	}
	return c.JSON(fiber.Map{
		"text": string(read.Text), "total": read.Total,
		"rows": append([]marktable.Taken{}, read.Taken...), "unread": append([]marktable.Unread{}, read.Unread...),
		"sums": append([]marktable.Sum{}, read.Sums...), "skipped": append([]string{}, read.Skipped...),
	})
}

// tableOf reads the body within its time, one at a time.
func (h *rooms) tableOf(c *fiber.Ctx) (*marktable.Result, error) {
	if !h.reading.TryLock() {
		busy := fault.New(fault.Busy, "excel.busy")
		busy.RetryAfter = 2
		return nil, busy
	}
	defer h.reading.Unlock()
	ctx, cancel := context.WithTimeout(web.Context(c), readingTime)
	defer cancel()
	grids, err := marktable.Open(ctx, c.Body())
	if err != nil {
		return nil, err
	}
	return marktable.Read(grids)
}
