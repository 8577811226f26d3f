package judgingweb

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/fault"
	"jiangtai/server/judging/entering"
	"jiangtai/server/web"
)

// list reads measured numbers as a file of lines. mode preview tells what an import would do, and import does it.
func (h *room) list(c *fiber.Ctx) error {
	if err := web.RequireType(c, "text/csv"); err != nil {
		return err
	}
	mode := c.Query("mode")
	if mode != "preview" && mode != "import" {
		return fault.New(fault.Malformed, "web.query", fault.At("mode", "web.query", "preview, import"))
	}
	reason := strings.TrimSpace(c.Query("reason"))
	if utf8.RuneCountInString(reason) > maxReason {
		return fault.New(fault.Refused, "judging.text_length", fault.At("reason", "judging.text_length", strconv.Itoa(maxReason)))
	}
	event, sel, err := selection(c)
	if err != nil {
		return err
	}
	sheet, err := h.entering.Sheet(web.Context(c), web.Actor(c), event, sel)
	if err != nil {
		return err
	}
	list, faults, err := entering.ReadCSV(c.Body(), &sheet)
	if err != nil {
		return err
	}
	list.Reason, list.IsPreview = reason, mode != "import" || len(faults) > 0
	done, err := h.entering.Import(web.Context(c), web.Actor(c), event, sel, list)
	if err != nil {
		return err
	}
	done.Faults = append(append([]fault.Field{}, faults...), done.Faults...)
	if mode == "import" && len(done.Faults) > 0 {
		return fault.New(fault.Refused, "judging.sheet_invalid", done.Faults...)
	}
	status := fiber.StatusOK
	if mode == "import" && !done.IsRepeat {
		status = fiber.StatusCreated
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Status(status).JSON(struct {
		entering.Imported
		Notes []fault.Field `json:"notes"`
	}{done, []fault.Field{}})
}
