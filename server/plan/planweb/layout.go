package planweb

import (
	"strconv"

	"jiangtai/server/paper/excel"
	"jiangtai/server/plan"
)

// The words of the sheet; what has none stands as it is.
var (
	classWords = map[string]string{
		"national": "全国职工职业技能大赛", "industry-1": "行业一类", "industry-2": "行业二类", "city-1": "市级一类", "city-2": "市级二类",
		"craftsman": "工匠评选赛", plan.NoClass: "不列类",
	}
	stateWords = map[plan.State]string{
		plan.Planned: "已列计划", plan.Applied: "已申报", plan.Returned: "已退回", plan.Filed: "已备案", plan.Reported: "成绩已报",
		plan.SentBack: "成绩退回", plan.Accepted: "成绩已认定", plan.Cancelled: "已停办",
	}
	yesNo  = []excel.Option{{Value: "yes", Word: "是"}, {Value: "no", Word: "否"}}
	stages = []excel.Option{{Value: "final", Word: "决赛"}, {Value: "selection", Word: "选拔赛"}, {Value: "preliminary", Word: "初赛"}}
	depths = []excel.Option{{Value: "tablet", Word: "平板评分"}, {Value: "paper", Word: "纸面评分录入"}, {Value: "results", Word: "仅报成绩"}}
	chains = []excel.Option{{Value: "full", Word: "完整"}, {Value: "light", Word: "简化"}}
)

// layoutOf is the sheet of the plan (计划表).
func layoutOf(classes []string) excel.Layout {
	class := excel.Column{Key: "class", Title: "备案类别", Kind: excel.Choice, Width: 20, Note: "荣誉规则中的类别"}
	for _, c := range classes {
		word := classWords[c]
		if word == "" {
			word = c
		}
		class.Options = append(class.Options, excel.Option{Value: c, Word: word})
	}
	class.Example = class.Options[0].Word
	return excel.Layout{Sheet: "计划表", Columns: []excel.Column{
		{Key: "contest", Title: "赛事代码", Required: true, Example: "river-city-2026", Width: 18, Note: "赛事须已建立"},
		{Key: "code", Title: "赛项代码", Required: true, Example: "welder", Note: "字母、数字、点、横线；在赛事中唯一。已有的赛项按此修改，没有的新建"},
		{Key: "trade", Title: "工种", Required: true, Example: "焊工"},
		{Key: "title", Title: "赛项名称", Note: "同一工种有几个赛项时填写"},
		{Key: "group", Title: "组别", Example: "职工组"},
		{Key: "stage", Title: "阶段", Kind: excel.Choice, Options: stages, Example: "决赛", Note: "空：新赛项为决赛，已有的不变"},
		{Key: "host", Title: "承办单位代码", Example: "port-college", Note: "空即主办单位自办"},
		{Key: "host_name", Title: "承办单位", Width: 26, Example: "江城港务技师学院", Note: "新的承办单位须填名称"},
		{Key: "depth", Title: "使用深度", Kind: excel.Choice, Options: depths, Example: "平板评分", Note: "空：新赛项为平板评分；赛项开启后不能改"},
		{Key: "chain", Title: "流程要求", Kind: excel.Choice, Options: chains, Note: "空：正式赛事的新赛项为完整；赛项开启后不能改"},
		{Key: "year", Title: "计划年度", Kind: excel.Integer, Required: true, Example: "2026"},
		{Key: "listed", Title: "列入工会年度计划", Kind: excel.Choice, Options: yesNo, Example: "是"},
		class,
		{Key: "month", Title: "计划月份", Kind: excel.Integer, Example: "5"},
		{Key: "budget", Title: "预算（元）", Kind: excel.Integer, Example: "80000"},
		{Key: "return_by", Title: "成绩报送截止", Kind: excel.Date, Example: "2026-06-30"},
		{Key: "note", Title: "备注", Width: 24},
		{Key: "state", Title: "状态", Note: "系统填写，导入时不读"},
		{Key: "number", Title: "备案号", Note: "系统填写，导入时不读"},
	}}
}

// cellsOf is a line of the plan as the sheet has it.
func cellsOf(l excel.Layout, line plan.Line) []string {
	e, f := line.Event, line.Filing
	listed := "no"
	if f.IsListed {
		listed = "yes"
	}
	values := map[string]string{
		"contest": e.ContestCode, "code": e.Code, "trade": e.Trade, "title": e.Title, "group": e.Group, "stage": string(e.Stage),
		"host": e.HostCode, "host_name": e.HostName, "depth": string(e.Depth), "chain": string(e.Chain), "year": strconv.Itoa(f.Year),
		"listed": listed, "class": f.Class, "month": number(f.Month), "budget": number(f.Budget), "return_by": day(f.ReturnBy), "note": f.Note,
		"state": stateWords[f.State], "number": f.Number,
	}
	out := make([]string, len(l.Columns))
	for i, c := range l.Columns {
		out[i] = values[c.Key]
		for _, o := range c.Options {
			if o.Value == out[i] {
				out[i] = o.Word
			}
		}
	}
	return out
}

// number is a number's cell; 0 is open.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// rowOf reads a row of the sheet.
func rowOf(r excel.Row) plan.SheetRow {
	v := r.Values
	year, month, budget, listed := whole(v["year"]), whole(v["month"]), whole(v["budget"]), v["listed"] == "yes"
	class, until, note := v["class"], v["return_by"], v["note"]
	return plan.SheetRow{
		Contest: v["contest"], HostName: v["host_name"],
		EventDraft: plan.EventDraft{
			Code: v["code"], Trade: v["trade"], Title: v["title"], Stage: v["stage"], Group: v["group"], Host: v["host"], Depth: v["depth"], Chain: v["chain"],
		},
		Change: plan.Change{Year: &year, Month: &month, Budget: &budget, IsListed: &listed, Class: &class, ReturnBy: &until, Note: &note},
	}
}

// whole is the number of a column of that kind; what was none is told already.
func whole(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
