package programmeweb

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jiangtai/scoring/scheme"
	"jiangtai/server/fault"
	"jiangtai/server/programme/outline"
	"jiangtai/server/programme/programmeweb/marktable"
	"jiangtai/server/programme/programmeweb/schemesheet"
	"jiangtai/server/programme/programmeweb/worldsheet"
	"jiangtai/server/web"
)

// TablesPath is where tables of marks are sent; the app gives it a larger body
// limit, TablesLimit.
const (
	TablesPath  = "/api/v1/scheme-tables"
	TablesLimit = 5<<20 + 1
)

const mediaDocument = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// What a file was recognised as.
const (
	asTable    = "table"    // 配分 / 评分标准 / 扣分 / 得分, in Word or Excel
	asColumns  = "columns"  // the sheet of eleven columns
	asTemplate = "template" // our own workbook
	asScheme   = "scheme"   // JSON
)

// foundScheme is a file that was read.
type foundScheme struct {
	*marktable.Result
	kind   string
	faults []fault.Field
}

// readTable reads a file of an event's host into a scheme, whatever it is; nothing is
// written. mode preview tells all that was found, scheme gives the scheme alone, as
// a file.
func (h *rooms) readTable(c *fiber.Ctx) error {
	media, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";")
	if media != mediaDocument && media != fiber.MIMEApplicationJSON {
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
	found, err := h.found(c, media)
	if err != nil {
		return err
	}
	if v, _, err := h.office.Scheme(web.Context(c), web.Actor(c), id); err == nil {
		found.match(v.Text)
	}
	if mode == "preview" {
		return c.JSON(found.document())
	}
	if len(found.faults) > 0 {
		return fault.New(fault.Refused, "programme.sheet_faulty", found.faults...)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="scheme.json"`)
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return c.Send(found.Text)
}

// match gives what came from a sheet without ids those of the scheme in force.
func (f foundScheme) match(present []byte) {
	if f.kind != asTable && f.kind != asColumns {
		return
	}
	var ids map[string]string
	f.Result.Text, ids = matched(f.Result.Text, present)
	for i := range f.Unread {
		for j, id := range f.Unread[i].Aspects {
			if is := ids[id]; is != "" {
				f.Unread[i].Aspects[j] = is
			}
		}
	}
}

func (f foundScheme) document() fiber.Map {
	return fiber.Map{
		"kind": f.kind, "text": string(f.Text), "total": f.Total, "faults": list(f.faults),
		"rows": list(f.Taken), "unread": list(f.Unread), "notes": list(f.Notes), "sums": list(f.Sums), "skipped": list(f.Skipped),
	}
}

// found reads the body within its time, one at a time.
func (h *rooms) found(c *fiber.Ctx, media string) (foundScheme, error) {
	if media == fiber.MIMEApplicationJSON {
		return ofScheme(c.Body()), nil
	}
	if !h.reading.TryLock() {
		busy := fault.New(fault.Busy, "excel.busy")
		busy.RetryAfter = 2
		return foundScheme{}, busy
	}
	defer h.reading.Unlock()
	ctx, cancel := context.WithTimeout(web.Context(c), readingTime)
	defer cancel()
	grids, err := marktable.Open(ctx, c.Body())
	if err != nil {
		return foundScheme{}, err
	}
	var names []string
	for _, g := range grids {
		names = append(names, g.Name)
	}
	switch {
	case schemesheet.Is(names):
		return ofTemplate(ctx, c.Body())
	case worldsheet.Is(grids):
		read, err := worldsheet.Read(grids)
		return foundScheme{Result: read, kind: asColumns}, err
	}
	read, err := marktable.Read(grids)
	if fault.Code(err) == "programme.table_missing" && schemesheet.Like(names) {
		return ofTemplate(ctx, c.Body()) // a torn workbook of ours: its faults say more
	}
	return foundScheme{Result: read, kind: asTable}, err
}

// ofScheme is a scheme that needs no reading, with what is wrong in it.
func ofScheme(body []byte) foundScheme {
	text := bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	out := foundScheme{Result: &marktable.Result{Total: totalOf(text)}, kind: asScheme}
	if _, out.faults = outline.Read(text, ""); len(out.faults) == 0 {
		out.Text = bytes.Clone(text)
	}
	return out
}

func ofTemplate(ctx context.Context, body []byte) (foundScheme, error) {
	read, err := schemesheet.Read(ctx, body)
	if err != nil {
		return foundScheme{}, err
	}
	out := foundScheme{Result: &marktable.Result{Text: read.Text, Total: totalOf(read.Text)}, kind: asTemplate, faults: read.Faults}
	for _, n := range read.Notes {
		out.Notes = append(out.Notes, marktable.Unread{Place: marktable.PlaceOf(n.Path), Text: n.Hint, Why: n.Code, Aspects: []string{}})
	}
	return out, nil
}

// totalOf is what a scheme declares as its total; "" where it declares none.
func totalOf(text []byte) string {
	var s struct {
		Total *scheme.Num `json:"total"`
	}
	if json.Unmarshal(text, &s) != nil || s.Total == nil {
		return ""
	}
	return s.Total.String()
}
