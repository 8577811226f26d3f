package judgingweb

import (
	"context"
	"crypto/sha256"
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/fault"
	"jiangtai/server/judging/entering"
	"jiangtai/server/paper/excel"
	"jiangtai/server/web"
)

const (
	mediaWorkbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	readingTime   = 10 * time.Second
	maxReason     = 200 // characters of the reason of a workbook's corrections
)

func sendWorkbook(c *fiber.Ctx, sel entering.Selection, data []byte, err error) error {
	if err != nil {
		return err
	}
	name := "marks-" + string(sel.Kind)
	if sel.Chair != 0 {
		name += "-" + strconv.Itoa(int(sel.Chair))
	}
	c.Set(fiber.HeaderContentType, mediaWorkbook)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`.xlsx"`)
	c.Set("Cache-Control", "no-store")
	return c.Send(data)
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
	if err := web.RequireType(c, mediaWorkbook); err != nil {
		return err
	}
	mode, reason := c.Query("mode"), strings.TrimSpace(c.Query("reason"))
	if mode != "preview" && mode != "annotate" && mode != "import" {
		return fault.New(fault.Malformed, "web.query", fault.At("mode", "web.query", "preview, annotate, import"))
	}
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
	faults := fieldsOf(table.Faults)
	if len(table.Rows) > 0 {
		list := listOf(&sheet, table)
		list.Sum, list.Reason, list.IsPreview = sha256.Sum256(c.Body()), reason, mode != "import" || len(faults) > 0
		if done, err = h.entering.Import(web.Context(c), web.Actor(c), event, sel, list); err != nil {
			return err
		}
		faults = merge(faults, done.Faults)
	}
	done.Faults = append([]fault.Field{}, faults...)
	switch {
	case mode == "annotate":
		data, err := excel.Annotate(layout, table, wordsOf(c, table, faults))
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
	}{done, append([]fault.Field{}, fieldsOf(table.Notes)...)})
}

// read reads a body within its time, one at a time: a hostile workbook has the
// memory of one.
func (h *room) read(ctx context.Context, body []byte, l excel.Layout) (excel.Table, error) {
	if !h.reading.TryLock() {
		busy := fault.New(fault.Busy, "excel.busy")
		busy.RetryAfter = 2
		return excel.Table{}, busy
	}
	defer h.reading.Unlock()
	ctx, cancel := context.WithTimeout(ctx, readingTime)
	defer cancel()
	b, err := excel.Open(ctx, body, excel.Usual())
	if err != nil {
		return excel.Table{}, refusal(err)
	}
	t, err := b.Read(ctx, l)
	return t, refusal(err)
}

// refusal is a file's fault as the program's error.
func refusal(err error) error {
	var e *excel.Error
	if !errors.As(err, &e) {
		return err
	}
	kind := fault.Refused
	switch {
	case e.IsType:
		kind = fault.Unsupported
	case e.Faults[0].Code == "excel.too_large":
		kind = fault.TooLarge
	}
	return fault.New(kind, e.Faults[0].Code, fieldsOf(e.Faults)...)
}

func fieldsOf(list []excel.Fault) []fault.Field {
	var out []fault.Field
	for _, f := range list {
		out = append(out, fault.At(f.Place, f.Code, f.Hint))
	}
	return out
}

// merge joins what the file and what the desk found, once for each place.
func merge(found, more []fault.Field) []fault.Field {
	told := map[string]bool{}
	for _, f := range found {
		told[f.Path] = true
	}
	for _, f := range more {
		if !told[f.Path] {
			found = append(found, f)
		}
	}
	return found
}

// wordsOf are the faults in words by row; 0 is the whole sheet's where no row was
// read.
func wordsOf(c *fiber.Ctx, t excel.Table, faults []fault.Field) map[int][]string {
	out := map[int][]string{}
	for _, f := range faults {
		parts := strings.Split(f.Path, ":")
		row, column := 0, ""
		switch {
		case len(parts) > 2:
			row, _ = strconv.Atoi(parts[1])
			column = parts[2] + " "
		case len(parts) > 1:
			row, _ = strconv.Atoi(parts[1])
		}
		if len(t.Rows) == 0 {
			row = 0
		}
		words := column + web.Title(f.Code, web.Language(c))
		if f.Hint != "" {
			words += "（" + f.Hint + "）"
		}
		out[row] = append(out[row], words)
	}
	return out
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
