package programmeweb

import (
	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/paper/excel"
	"jiangtai/server/programme"
	"jiangtai/server/web"
)

// exportEntries sends an event's entries as a workbook, as the reader may see them:
// of a masked list the labels, of a coded one no labels. Its columns are those of
// the sheet that adds entries, and the labels behind them.
func (h *rooms) exportEntries(c *fiber.Ctx) error {
	f := filter(c)
	var all programme.EntryList
	for {
		part, err := of(c, func(a contest.Actor, id contest.ID) (programme.EntryList, error) {
			return h.office.Entries(web.Context(c), a, id, f, programme.Page{Limit: programme.MaxPage, Offset: len(all.Entries)})
		})
		if err != nil {
			return err
		}
		part.Entries = append(all.Entries, part.Entries...)
		if all = part; len(all.Entries) >= all.Total {
			break
		}
	}
	names := !all.Masked
	layout := excel.Layout{Sheet: "参赛名单"}
	add := func(show bool, columns ...excel.Column) {
		if show {
			layout.Columns = append(layout.Columns, columns...)
		}
	}
	add(names, excel.Column{Key: "entry_no", Title: "参赛号"}, excel.Column{Key: "name", Title: "参赛者"},
		excel.Column{Key: "unit", Title: "单位代码"}, excel.Column{Key: "kind", Title: "类别"}, excel.Column{Key: "team", Title: "团队"},
		excel.Column{Key: "group", Title: "组别"}, excel.Column{Key: "county", Title: "县区"}, excel.Column{Key: "unit_name", Title: "单位", Width: 28})
	add(!all.Coded, excel.Column{Key: "seat_no", Title: "赛位号"}, excel.Column{Key: "work_code", Title: "评审号"})
	rows := make([][]string, 0, len(all.Entries))
	for _, e := range all.Entries {
		var row []string
		if names {
			kind := "选手"
			if e.Kind == contest.Team {
				kind = "团队"
			}
			row = append(row, e.EntryNo, e.Name, e.Unit.Code, kind, all.TeamNo(e), e.Group, e.InCounty(), e.Unit.Name)
		}
		if !all.Coded {
			row = append(row, e.SeatNo, e.WorkCode)
		}
		rows = append(rows, row)
	}
	data, err := excel.Prefilled(layout, rows)
	return sendWorkbook(c, "entries", data, err)
}
