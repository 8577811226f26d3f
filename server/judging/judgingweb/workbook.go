package judgingweb

import (
	"context"
	"crypto/sha256"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/fault"
	"jiangtai/server/judging/entering"
	"jiangtai/server/paper/excel"
	"jiangtai/server/web"
	"jiangtai/server/web/workbook"
)

const maxReason = 200 // characters of the reason of a workbook's corrections

func sendWorkbook(c *fiber.Ctx, sel entering.Selection, data []byte, err error) error {
	if err != nil {
		return err
	}
	name := "marks-" + string(sel.Kind)
	if sel.Chair != 0 {
		name += "-" + strconv.Itoa(int(sel.Chair))
	}
	return workbook.Send(c, name, data, nil)
}

// template is the sheet as a workbook: labels, and what is entered by now.
func (h *room) template(c *fiber.Ctx) error {
	event, sel, err := selection(c)
	if err != nil {
		return err
	}
	s, err := h.entering.Sheet(web.Context(c), web.Actor(c), event, sel)
	if err != nil {
		return err
	}
	data, err := excel.Prefilled(layoutOf(&s), rowsOf(&s))
	return sendWorkbook(c, sel, data, err)
}

// workbook reads an upload. mode preview tells what an import would do, annotate
// sends the workbook home with its faults, and import does it.
func (h *room) workbook(c *fiber.Ctx) error {
	mode, err := workbook.Mode(c)
	if err != nil {
		return err
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
	layout := layoutOf(&sheet)
	table, err := h.read(web.Context(c), c.Body(), layout)
	if err != nil {
		return err
	}
	done := entering.Imported{Rows: len(table.Rows)}
	faults := h.reading.Fields(table.Faults)
	if len(table.Rows) > 0 {
		list := listOf(&sheet, table)
		list.Sum, list.Reason, list.IsPreview = sha256.Sum256(c.Body()), reason, mode != "import" || len(faults) > 0
		if done, err = h.entering.Import(web.Context(c), web.Actor(c), event, sel, list); err != nil {
			return err
		}
		faults = workbook.Merge(faults, done.Faults)
	}
	done.Faults = append([]fault.Field{}, faults...)
	switch {
	case mode == "annotate":
		data, err := excel.Annotate(layout, table, workbook.Words(c, table, faults))
		return sendWorkbook(c, sel, data, err)
	case mode == "import" && len(faults) > 0:
		return fault.New(fault.Refused, "judging.sheet_invalid", faults...)
	}
	status := fiber.StatusOK
	if mode == "import" && !done.IsRepeat {
		status = fiber.StatusCreated
	}
	c.Set("Cache-Control", "no-store")
	return c.Status(status).JSON(struct {
		entering.Imported
		Notes []fault.Field `json:"notes"`
	}{done, append([]fault.Field{}, h.reading.Fields(table.Notes)...)})
}

// read reads a body, one at a time.
func (h *room) read(ctx context.Context, body []byte, l excel.Layout) (excel.Table, error) {
	leave, err := h.reading.Enter()
	if err != nil {
		return excel.Table{}, err
	}
	defer leave()
	return h.reading.Read(ctx, body, l)
}

// listOf are a table's rows as the desk takes them.
func listOf(s *entering.Sheet, t excel.Table) entering.List {
	list := entering.List{Columns: s.Columns, Place: func(row, column int) string {
		if column < 0 {
			return t.Place(row, keyOfWork)
		}
		return t.Place(row, keyOf(column))
	}}
	for _, r := range t.Rows {
		row := entering.ListRow{Work: r.Values[keyOfWork], Values: make([]string, len(s.Columns))}
		for j := range s.Columns {
			row.Values[j] = r.Values[keyOf(j)]
		}
		list.Rows = append(list.Rows, row)
	}
	return list
}
