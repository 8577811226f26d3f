package planweb

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/fault"
	"jiangtai/server/paper/excel"
	"jiangtai/server/plan"
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

// template is an empty sheet, for whoever is signed in.
func (h *rooms) template(c *fiber.Ctx) error {
	data, err := excel.Template(layoutOf(slices.Concat(h.desk.Classes, []string{plan.NoClass})))
	return sendWorkbook(c, "plan", data, err)
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
	return sendWorkbook(c, "plan-"+strconv.Itoa(o.Year), data, err)
}

// sheet reads an upload. mode preview tells what an import would do, annotate
// sends the sheet home with its faults, and import does it.
func (h *rooms) sheet(c *fiber.Ctx) error {
	if err := web.RequireType(c, mediaWorkbook); err != nil {
		return err
	}
	mode := c.Query("mode")
	if mode != "preview" && mode != "annotate" && mode != "import" {
		return fault.New(fault.Malformed, "web.query", fault.At("mode", "web.query", "preview, annotate, import"))
	}
	if !h.reading.TryLock() {
		busy := fault.New(fault.Busy, "excel.busy")
		busy.RetryAfter = 2
		return busy
	}
	defer h.reading.Unlock()
	l := layoutOf(slices.Concat(h.desk.Classes, []string{plan.NoClass}))
	table, err := readTable(web.Context(c), c.Body(), l)
	if err != nil {
		return err
	}
	faults := fieldsOf(table.Faults)
	var done plan.Uploaded
	if len(table.Rows) > 0 {
		done, err = h.desk.Import(web.Context(c), web.Actor(c), each(table.Rows, rowOf), plan.Upload{
			IsPreview: mode != "import" || len(faults) > 0, Place: table.Place,
		})
		if faults, err = merge(faults, err); err != nil {
			return err
		}
	}
	switch {
	case mode == "annotate":
		data, err := excel.Annotate(l, table, wordsOf(c, table, faults))
		return sendWorkbook(c, "plan", data, err)
	case mode == "import" && len(faults) > 0:
		return fault.New(fault.Refused, "plan.invalid", faults...)
	}
	return sendUploaded(c, mode, table, done, faults)
}

type rowDocument struct {
	Row     int          `json:"row"`
	Code    string       `json:"code"`
	Trade   string       `json:"trade"`
	Outcome plan.Outcome `json:"outcome"`
}

func sendUploaded(c *fiber.Ctx, mode string, t excel.Table, done plan.Uploaded, faults []fault.Field) error {
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
		"rows": rows, "faults": append([]fault.Field{}, faults...), "notes": append([]fault.Field{}, fieldsOf(t.Notes)...),
	})
}

// readTable reads the body within its time.
func readTable(ctx context.Context, body []byte, l excel.Layout) (excel.Table, error) {
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

// merge joins what the sheet and what the desk found, once for each place: a cell
// that could not be read is empty for the desk. Other errors stay errors.
func merge(found []fault.Field, err error) ([]fault.Field, error) {
	if err == nil {
		return found, nil
	}
	f := fault.Of(err)
	if f.Code != "plan.invalid" {
		return nil, err
	}
	told := map[string]bool{}
	for _, at := range found {
		told[at.Path] = true
	}
	for _, at := range f.Fields {
		if !told[at.Path] {
			found = append(found, at)
		}
	}
	return found, nil
}

// wordsOf are the faults in words, by row; 0 is the whole sheet's where no row
// was read.
func wordsOf(c *fiber.Ctx, t excel.Table, faults []fault.Field) map[int][]string {
	out := map[int][]string{}
	for _, f := range faults {
		parts := strings.Split(f.Path, ":")
		row, column := 0, ""
		if n, err := strconv.Atoi(parts[len(parts)-1]); err == nil {
			row = n
		} else if len(parts) > 1 {
			row, _ = strconv.Atoi(parts[len(parts)-2])
			column = parts[len(parts)-1] + " "
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
