package workbook

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/fault"
	"jiangtai/server/paper/excel"
	"jiangtai/server/web"
)

// Media is a workbook's media type.
const Media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Mode is what shall be done with an upload: preview tells what an import would do,
// annotate sends the file home with its faults, import does it. Malformed
// web.query for other words, Unsupported for a body of another type.
func Mode(c *fiber.Ctx) (string, error) {
	if err := web.RequireType(c, Media); err != nil {
		return "", err
	}
	mode := c.Query("mode")
	if mode != "preview" && mode != "annotate" && mode != "import" {
		return "", fault.New(fault.Malformed, "web.query", fault.At("mode", "web.query", "preview, annotate, import"))
	}
	return mode, nil
}

// Send sends a file under a plain name without an ending, or passes err on. Nobody
// keeps it: it may hold names.
func Send(c *fiber.Ctx, name string, data []byte, err error) error {
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, Media)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`.xlsx"`)
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return c.Send(data)
}

// Words are faults in the reader's language, by row; 0 is the whole sheet's where
// no row was read.
func Words(c *fiber.Ctx, t excel.Table, faults []fault.Field) map[int][]string {
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
