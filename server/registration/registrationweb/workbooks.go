package registrationweb

import (
	"context"
	"crypto/sha256"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/paper/excel"
	"jiangtai/server/registration"
	"jiangtai/server/registration/idnumber"
	"jiangtai/server/web"
)

const (
	mediaWorkbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	readingTime   = 10 * time.Second
)

// subject is which workbook is meant and of what.
type subject struct {
	kind   string
	scope  contest.ID
	notice string // in force for applications
}

// subjectOf reads the query and asks whether the actor may import there.
func (h *rooms) subjectOf(c *fiber.Ctx, kind string) (subject, error) {
	s := subject{kind: kind}
	name := "event"
	switch kind {
	case "units":
		name = "contest"
	case "registrations", "judges", "entries":
	default:
		return s, fault.New(fault.Missing, "web.missing")
	}
	var err error
	if s.scope, err = web.QueryID(c, name); err == nil && s.scope.IsZero() {
		err = fault.New(fault.Malformed, "web.query", fault.At(name, "web.query", "UUID"))
	}
	if err != nil {
		return s, err
	}
	s.notice, err = h.desk.CanImport(web.Context(c), web.Actor(c), kind, s.scope)
	return s, err
}

func (h *rooms) layout(c *fiber.Ctx, s subject) (excel.Layout, error) {
	switch s.kind {
	case "units":
		return layoutOfUnits(), nil
	case "judges":
		return layoutOfJudges(), nil
	case "entries":
		units, err := h.desk.Units(web.Context(c), web.Actor(c), s.scope)
		return layoutOfEntries(units), err
	}
	units, err := h.desk.Units(web.Context(c), web.Actor(c), s.scope)
	return layoutOfRegistrations(units), err
}

// sendWorkbook sends a file under a plain name.
func sendWorkbook(c *fiber.Ctx, name string, data []byte, err error) error {
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, mediaWorkbook)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`.xlsx"`)
	return c.Send(data)
}

func (h *rooms) template(c *fiber.Ctx) error {
	s, err := h.subjectOf(c, c.Params("kind"))
	if err != nil {
		return err
	}
	l, err := h.layout(c, s)
	if err != nil {
		return err
	}
	data, err := excel.Template(l)
	return sendWorkbook(c, s.kind, data, err)
}

// workbook reads an upload. mode preview tells what an import would do, annotate
// sends the workbook home with its faults, and import does it.
func (h *rooms) workbook(c *fiber.Ctx) error {
	if err := web.RequireType(c, mediaWorkbook); err != nil {
		return err
	}
	mode := c.Query("mode")
	if mode != "preview" && mode != "annotate" && mode != "import" {
		return fault.New(fault.Malformed, "web.query", fault.At("mode", "web.query", "preview, annotate, import"))
	}
	s, err := h.subjectOf(c, c.Query("kind"))
	if err != nil {
		return err
	}
	l, err := h.layout(c, s)
	if err != nil {
		return err
	}
	if !h.reading.TryLock() {
		busy := fault.New(fault.Busy, "excel.busy")
		busy.RetryAfter = 2
		return busy
	}
	defer h.reading.Unlock()
	table, err := readTable(web.Context(c), c.Body(), l)
	if err != nil {
		return err
	}
	faults := fieldsOf(table.Faults)
	done := registration.Uploaded{Rows: len(table.Rows)}
	if len(table.Rows) > 0 {
		up := registration.Upload{Sum: sha256.Sum256(c.Body()), IsPreview: mode != "import" || len(faults) > 0, Place: placesOf(table)}
		done, err = h.take(c, s, table, up)
		if faults, err = merge(faults, err); err != nil {
			return err
		}
	}
	switch {
	case mode == "annotate":
		data, err := excel.Annotate(l, table, wordsOf(c, table, faults))
		return sendWorkbook(c, s.kind, data, err)
	case mode == "import" && len(faults) > 0:
		return fault.New(fault.Refused, "registration.invalid", faults...)
	}
	return sendUploaded(c, mode, done, faults, fieldsOf(table.Notes))
}

func sendUploaded(c *fiber.Ctx, mode string, done registration.Uploaded, faults, notes []fault.Field) error {
	status, out := fiber.StatusOK, fiber.Map{
		"rows": done.Rows, "repeated": done.IsRepeat, "faults": append([]fault.Field{}, faults...), "notes": append([]fault.Field{}, notes...),
	}
	if !done.Import.IsZero() {
		out["import"] = done.Import
	}
	if mode == "import" && !done.IsRepeat {
		status = fiber.StatusCreated
	}
	return c.Status(status).JSON(out)
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

// fieldsOf says the same in the program's words. A number may stand in any cell,
// even in the first row of a sheet without a header.
func fieldsOf(list []excel.Fault) []fault.Field {
	var out []fault.Field
	for _, f := range list {
		out = append(out, fault.At(f.Place, f.Code, idnumber.MaskWithin(f.Hint)))
	}
	return out
}

// placesOf says where a draft's field stands in the sheet. Parts of a field are
// in its cell.
func placesOf(t excel.Table) func(row int, field string) string {
	return func(row int, field string) string {
		key, _, _ := strings.Cut(field, "/")
		return t.Place(row, key)
	}
}

// take hands the rows to the desk.
func (h *rooms) take(c *fiber.Ctx, s subject, t excel.Table, up registration.Upload) (registration.Uploaded, error) {
	ctx, a := web.Context(c), web.Actor(c)
	switch s.kind {
	case "units":
		return h.desk.ImportUnits(ctx, a, s.scope, each(t.Rows, unitOf), up)
	case "judges":
		return h.desk.ImportJudges(ctx, a, s.scope, each(t.Rows, judgeOf), up)
	case "entries":
		return h.desk.ImportEntries(ctx, a, s.scope, each(t.Rows, entryOf), up)
	}
	drafts := each(t.Rows, func(r excel.Row) registration.Draft { return draftOf(r, s.notice) })
	return h.desk.ImportRegistrations(ctx, a, s.scope, drafts, up)
}

// merge joins what the sheet and what the desk found, once for each place: a cell
// that could not be read is empty for the desk. Other errors stay errors.
func merge(found []fault.Field, err error) ([]fault.Field, error) {
	if err == nil {
		return found, nil
	}
	f := fault.Of(err)
	if f.Code != "registration.invalid" {
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

// statusWords are the states as people know them.
var statusWords = map[registration.Status]string{
	registration.Drafted: "草稿", registration.Submitted: "已提交", registration.HostApproved: "承办单位已审", registration.Approved: "已通过",
	registration.Returned: "退回修改", registration.Refused: "未通过", registration.Withdrawn: "已撤回",
}

// export sends an event's applications: numbers as masks only.
func (h *rooms) export(c *fiber.Ctx) error {
	list, err := of(c, func(a contest.Actor, id contest.ID) ([]registration.Registration, error) {
		return h.desk.All(web.Context(c), a, id)
	})
	if err != nil {
		return err
	}
	l := excel.Layout{Sheet: "报名名单", Columns: []excel.Column{
		{Title: "报名编号", Width: 18},
		{Title: "姓名"},
		{Title: "证件号码（脱敏）", Width: 24},
		{Title: "手机号（脱敏）", Width: 16},
		{Title: "单位", Width: 30},
		{Title: "状态"},
		{Title: "参赛号"},
		{Title: "提交时间", Width: 20},
		{Title: "原因", Width: 30},
	}}
	rows := each(list, func(r registration.Registration) []string {
		at := ""
		if !r.SubmittedAt.IsZero() {
			at = r.SubmittedAt.In(contest.Zone).Format(time.DateTime)
		}
		return []string{r.Number, r.Name, r.IDNumber.String(), r.Phone.String(), r.Unit.Name, statusWords[r.Status], r.EntryNo, at, r.Reason}
	})
	data, err := excel.Export(l, rows)
	return sendWorkbook(c, "registrations", data, err)
}
