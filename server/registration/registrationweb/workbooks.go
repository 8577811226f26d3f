package registrationweb

import (
	"crypto/sha256"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/paper/excel"
	"jiangtai/server/registration"
	"jiangtai/server/web"
	"jiangtai/server/web/workbook"
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
	return workbook.Send(c, s.kind, data, err)
}

// workbook reads an upload. mode preview tells what an import would do, annotate
// sends the workbook home with its faults, and import does it.
func (h *rooms) workbook(c *fiber.Ctx) error {
	mode, err := workbook.Mode(c)
	if err != nil {
		return err
	}
	s, err := h.subjectOf(c, c.Query("kind"))
	if err != nil {
		return err
	}
	l, err := h.layout(c, s)
	if err != nil {
		return err
	}
	leave, err := h.reading.Enter()
	if err != nil {
		return err
	}
	defer leave()
	table, err := h.reading.Read(web.Context(c), c.Body(), l)
	if err != nil {
		return err
	}
	faults := h.reading.Fields(table.Faults)
	done := registration.Uploaded{Rows: len(table.Rows)}
	if len(table.Rows) > 0 {
		up := registration.Upload{Sum: sha256.Sum256(c.Body()), IsPreview: mode != "import" || len(faults) > 0, Place: placesOf(table)}
		done, err = h.take(c, s, table, up)
		if faults, err = workbook.MergeError(faults, err, "registration.invalid"); err != nil {
			return err
		}
	}
	switch {
	case mode == "annotate":
		data, err := excel.Annotate(l, table, workbook.Words(c, table, faults))
		return workbook.Send(c, s.kind, data, err)
	case mode == "import" && len(faults) > 0:
		return fault.New(fault.Refused, "registration.invalid", faults...)
	}
	return sendUploaded(c, mode, done, faults, h.reading.Fields(table.Notes))
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
	return workbook.Send(c, "registrations", data, err)
}
