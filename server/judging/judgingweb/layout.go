package judgingweb

import (
	"strconv"
	"strings"

	"jiangtai/scoring"
	"jiangtai/server/judging/entering"
	"jiangtai/server/paper/excel"
)

const keyOfWork = "work"

func keyOf(column int) string { return "c" + strconv.Itoa(column) }

// labelWords are what the first column is called.
var labelWords = map[string]string{"open": "参赛号", "seat": "赛位号", "coded": "评审号"}

// layoutOf is a sheet of marks as a workbook: the labels, and a column for each
// aspect. Its words are the scheme's.
func layoutOf(s *entering.Sheet) excel.Layout {
	l := excel.Layout{Sheet: "录分表", Columns: []excel.Column{{
		Key: keyOfWork, Title: labelWords[s.Identity], Required: true, Note: "模板已填好，请勿改动",
	}}}
	for j := range s.Columns {
		pad := &s.Columns[j].Pad
		c := excel.Column{Key: keyOf(j), Title: excel.Tidy(s.Columns[j].Title), Note: noteOf(pad), Width: 16}
		if len(pad.Options) > 0 {
			c.Kind = excel.Choice
			c.Options = append(optionsOf(pad), excel.Option{Value: entering.NotPerformed, Word: entering.NotPerformed})
		}
		l.Columns = append(l.Columns, c)
	}
	return l
}

// optionWords are the labels of choices that the scheme does not name itself.
var optionWords = map[string]string{"yes": "是", "no": "否", "none": "无", "found": "有"}

func optionsOf(p *scoring.Pad) []excel.Option {
	var out []excel.Option
	for _, o := range p.Options {
		word := o.Label
		if w, ok := optionWords[word]; ok {
			word = w
		}
		if word == "" {
			word = o.Value
		}
		out = append(out, excel.Option{Value: o.Value, Word: excel.Tidy(word)})
	}
	return out
}

// noteOf says what may stand in a column.
func noteOf(p *scoring.Pad) string {
	var parts []string
	if p.Text != "" {
		parts = append(parts, p.Text)
	}
	switch {
	case len(p.Options) > 0:
	case len(p.Items) > 0:
		names := make([]string, len(p.Items))
		for i, item := range p.Items {
			names[i] = item.ID + "（" + item.Name + "）"
		}
		parts = append(parts, "写法：代号=数值，多项用分号隔开。代号："+strings.Join(names, "、"))
	case len(p.Inputs) > 0:
		names := make([]string, len(p.Inputs))
		for i, input := range p.Inputs {
			names[i] = input.Name
		}
		parts = append(parts, "多个数用分号隔开，依次为 "+strings.Join(names, "、"))
	case p.Readings != nil:
		parts = append(parts, strconv.Itoa(p.Readings.Count)+" 个读数，用分号隔开")
	default:
		if p.Min != "" || p.High != "" {
			parts = append(parts, strings.TrimSpace(p.Min+"–"+p.High+" "+p.Unit))
		}
		if p.Step != "" {
			parts = append(parts, "间隔 "+p.Step)
		}
	}
	return strings.Join(append(parts, "缺考或未做填“"+entering.NotPerformed+"”，没有成绩则留空"), "；")
}

// rowsOf are the works with what is entered by now.
func rowsOf(s *entering.Sheet) [][]string {
	rows := make([][]string, 0, len(s.Rows))
	for i := range s.Rows {
		if st := s.Rows[i].Status; st != "" && st != scoring.Competing && st != scoring.OutOfContest {
			continue
		}
		row := []string{s.Rows[i].Work}
		for j := range s.Rows[i].Cells {
			row = append(row, textOf(&s.Columns[j].Pad, &s.Rows[i].Cells[j]))
		}
		rows = append(rows, row)
	}
	return rows
}

func textOf(p *scoring.Pad, c *entering.Cell) string {
	if c.Kind == "not_performed" {
		return entering.NotPerformed
	}
	for _, o := range optionsOf(p) {
		if o.Value == c.Value {
			return o.Word
		}
	}
	return c.Value
}
