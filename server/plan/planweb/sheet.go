package planweb

import (
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/fault"
	"jiangtai/server/paper/excel"
	"jiangtai/server/plan"
	"jiangtai/server/web"
	"jiangtai/server/web/workbook"
)

// template is an empty sheet, for whoever is signed in.
func (h *rooms) template(c *fiber.Ctx) error {
	data, err := excel.Template(layoutOf(slices.Concat(h.desk.Classes, []string{plan.NoClass})))
	return workbook.Send(c, "plan", data, err)
}

func (h *rooms) export(c *fiber.Ctx) error {
	q, err := queryOf(c)
	if err != nil {
		return err
	}
	o, err := h.desk.Plan(web.Context(c), web.Actor(c), q)
	if err != nil {
		return err
	}
	l := layoutOf(o.Classes)
	data, err := excel.Export(l, each(o.Lines, func(line plan.Line) []string { return cellsOf(l, line) }))
	return workbook.Send(c, "plan-"+strconv.Itoa(o.Year), data, err)
}

// sheet reads an upload. mode preview tells what an import would do, annotate
// sends the sheet home with its faults, and import does it.
func (h *rooms) sheet(c *fiber.Ctx) error {
	mode, err := workbook.Mode(c)
	if err != nil {
		return err
	}
	leave, err := h.reading.Enter()
	if err != nil {
		return err
	}
	defer leave()
	l := layoutOf(slices.Concat(h.desk.Classes, []string{plan.NoClass}))
	table, err := h.reading.Read(web.Context(c), c.Body(), l)
	if err != nil {
		return err
	}
	faults := h.reading.Fields(table.Faults)
	var done plan.Uploaded
	if len(table.Rows) > 0 {
		done, err = h.desk.Import(web.Context(c), web.Actor(c), each(table.Rows, rowOf), plan.Upload{
			IsPreview: mode != "import" || len(faults) > 0, Place: table.Place,
		})
		if faults, err = workbook.MergeError(faults, err, "plan.invalid"); err != nil {
			return err
		}
	}
	switch {
	case mode == "annotate":
		data, err := excel.Annotate(l, table, workbook.Words(c, table, faults))
		return workbook.Send(c, "plan", data, err)
	case mode == "import" && len(faults) > 0:
		return fault.New(fault.Refused, "plan.invalid", faults...)
	}
	return sendUploaded(c, mode, table, done, faults, h.reading.Fields(table.Notes))
}

type rowDocument struct {
	Row     int          `json:"row"`
	Code    string       `json:"code"`
	Trade   string       `json:"trade"`
	Outcome plan.Outcome `json:"outcome"`
}

func sendUploaded(c *fiber.Ctx, mode string, t excel.Table, done plan.Uploaded, faults, notes []fault.Field) error {
	rows := []rowDocument{}
	for i, r := range t.Rows {
		d := rowDocument{Row: r.Number, Code: r.Values["code"], Trade: r.Values["trade"]}
		if i < len(done.Rows) {
			d.Outcome = done.Rows[i]
		}
		rows = append(rows, d)
	}
	status := fiber.StatusOK
	if mode == "import" {
		status = fiber.StatusCreated
	}
	return c.Status(status).JSON(fiber.Map{
		"rows": rows, "faults": append([]fault.Field{}, faults...), "notes": append([]fault.Field{}, notes...),
	})
}
