package registrationweb

import (
	"strconv"
	"strings"

	"jiangtai/server/contest"
	"jiangtai/server/paper/excel"
	"jiangtai/server/registration"
)

// yesNo are the two choices of a question.
var yesNo = []excel.Option{{Value: "yes", Word: "是"}, {Value: "no", Word: "否"}}

// codesOf is a column of the units' codes, to choose from.
func codesOf(units []contest.Unit, note string) excel.Column {
	codes := excel.Column{Key: "unit", Title: "单位代码", Note: note}
	if len(units) > 0 {
		codes.Kind, codes.Example = excel.Choice, units[0].Code
		for _, u := range units {
			codes.Options = append(codes.Options, excel.Option{Value: u.Code, Word: u.Code})
		}
	}
	return codes
}

// layoutOfRegistrations is the sheet of applications.
func layoutOfRegistrations(units []contest.Unit) excel.Layout {
	codes := codesOf(units, "赛事单位表中的代码；不在表中的单位留空，填写单位名称")
	return excel.Layout{Sheet: "报名表", Columns: []excel.Column{
		{Key: "name", Title: "姓名", Required: true, Example: "张三", Note: "与证件一致"},
		{Key: "id_number", Title: "证件号码", Kind: excel.Number, Required: true, Width: 22, Example: "11010519491231002X", Note: "18 位，按文本填写"},
		{Key: "phone", Title: "手机号", Required: true, Example: "13800000000"},
		codes,
		{Key: "unit_name", Title: "单位名称", Width: 28, Example: "某某公司"},
		{Key: "credit_code", Title: "统一社会信用代码", Width: 22},
		{Key: "employment", Title: "用工形式", Kind: excel.Choice, Example: "正式职工", Options: []excel.Option{
			{Value: "employee", Word: "正式职工"},
			{Value: "migrant", Word: "农民工"},
			{Value: "dispatched", Word: "劳务派遣"},
			{Value: "flexible", Word: "灵活就业"},
			{Value: "new_form", Word: "新就业形态"},
		}},
		{Key: "skill", Title: "技能等级", Kind: excel.Choice, Example: "三级（高级工）", Options: []excel.Option{
			{Value: "none", Word: "无"},
			{Value: "5", Word: "五级（初级工）"},
			{Value: "4", Word: "四级（中级工）"},
			{Value: "3", Word: "三级（高级工）"},
			{Value: "2", Word: "二级（技师）"},
			{Value: "1", Word: "一级（高级技师）"},
			{Value: "special", Word: "特级技师"},
			{Value: "chief", Word: "首席技师"},
		}},
		{Key: "skill_certificate", Title: "技能证书编号", Width: 20},
		{Key: "city_years", Title: "在本市工作年限", Kind: excel.Integer, Example: "5", Note: "满年数"},
		{Key: "trade_years", Title: "从事本工种年限", Kind: excel.Integer, Example: "4", Note: "满年数"},
		{Key: "is_teacher", Title: "是否院校教师", Kind: excel.Choice, Options: yesNo, Example: "否"},
		{Key: "titles", Title: "已获荣誉称号", Width: 24, Note: "多个用顿号隔开"},
		{Key: "certificates", Title: "持有证件", Width: 28, Note: "如：焊工证:2027-01-31、健康证"},
		{Key: "ethnicity", Title: "民族"},
		{Key: "political", Title: "政治面貌"},
		{Key: "education", Title: "学历"},
		{Key: "post", Title: "岗位"},
		{Key: "ownership", Title: "单位性质", Kind: excel.Choice, Options: []excel.Option{{Value: "public", Word: "公有"}, {Value: "non_public", Word: "非公有"}}},
		{Key: "union", Title: "县区或产业工会", Width: 20},
		{Key: "promise", Title: "本人已承诺", Kind: excel.Choice, Required: true, Options: yesNo, Example: "是", Note: "所填内容真实"},
		{Key: "consent", Title: "本人已同意个人信息告知书", Kind: excel.Choice, Required: true, Options: yesNo, Example: "是", Width: 16},
		{Key: "unit_opinion", Title: "单位意见", Width: 24},
		{Key: "union_opinion", Title: "工会意见", Width: 24},
	}}
}

func layoutOfUnits() excel.Layout {
	return excel.Layout{Sheet: "单位表", Columns: []excel.Column{
		{Key: "code", Title: "代码", Required: true, Example: "u001", Note: "字母、数字、点、横线，最多 40 个"},
		{Key: "name", Title: "全称", Required: true, Example: "某某公司", Width: 30},
		{Key: "short", Title: "简称", Example: "某某", Note: "大屏上显示；空即全称"},
		{Key: "kind", Title: "类别", Later: true, Kind: excel.Choice, Example: "单位", Options: []excel.Option{
			{Value: "work_unit", Word: "单位"}, {Value: "grassroots", Word: "基层工会"}, {Value: "county", Word: "县区总工会"}, {Value: "industry", Word: "产业工会"},
		}},
		{Key: "parent", Title: "上级代码", Later: true, Note: "所属工会在本表中的代码，可空"},
	}}
}

func layoutOfEntries(units []contest.Unit) excel.Layout {
	return excel.Layout{Sheet: "参赛名单", Columns: []excel.Column{
		{Key: "entry_no", Title: "参赛号", Example: "001", Note: "空即依次编号"},
		{Key: "name", Title: "参赛者", Required: true, Example: "张三", Note: "姓名或队名"},
		codesOf(units, "赛事单位表中的代码，可空"),
		{Key: "kind", Title: "类别", Later: true, Kind: excel.Choice, Example: "选手", Note: "空即选手", Options: []excel.Option{
			{Value: "person", Word: "选手"}, {Value: "team", Word: "团队"},
		}},
		{Key: "team", Title: "团队", Later: true, Note: "队员所在的队：队名或队的参赛号，可空"},
		{Key: "group", Title: "组别", Later: true, Note: "如：职工组、学生组，可空"},
		{Key: "county", Title: "县区", Later: true, Note: "单位表中查得到的不必填"},
	}}
}

func layoutOfJudges() excel.Layout {
	return excel.Layout{Sheet: "裁判表", Columns: []excel.Column{
		{Key: "panel", Title: "裁判组", Required: true, Example: "p", Note: "评分标准中裁判组的代号"},
		{Key: "seat", Title: "席位", Kind: excel.Integer, Example: "1", Note: "空即依次"},
		{Key: "judge", Title: "裁判姓名", Example: "李四"},
		{Key: "chief", Title: "是否组长", Kind: excel.Choice, Options: yesNo, Example: "否"},
	}}
}

// draftOf reads a row of the sheet of applications; notice is the one in force.
func draftOf(r excel.Row, notice string) registration.Draft {
	v := r.Values
	d := registration.Draft{
		Name: v["name"], IDNumber: v["id_number"], Phone: v["phone"], Unit: v["unit"], UnitName: v["unit_name"], CreditCode: v["credit_code"],
		Ethnicity: v["ethnicity"], Political: v["political"], Education: v["education"], Post: v["post"], Ownership: v["ownership"], Union: v["union"],
		Employment: v["employment"], Skill: v["skill"], SkillCertificate: v["skill_certificate"], CityYears: whole(v["city_years"]), TradeYears: whole(v["trade_years"]),
		IsTeacher: v["is_teacher"] == "yes", Titles: items(v["titles"]), Promise: v["promise"] == "yes",
		UnitOpinion: v["unit_opinion"], UnionOpinion: v["union_opinion"],
	}
	for _, s := range items(v["certificates"]) {
		kind, until, _ := strings.Cut(strings.ReplaceAll(s, "：", ":"), ":")
		d.Certificates = append(d.Certificates, registration.CertificateDraft{Kind: strings.TrimSpace(kind), Until: strings.TrimSpace(until)})
	}
	if v["consent"] == "yes" {
		d.Notice, d.IsSensitive = notice, true
	}
	return d
}

func entryOf(r excel.Row) registration.EntryRow {
	return registration.EntryRow{
		No: r.Values["entry_no"], Name: r.Values["name"], Unit: r.Values["unit"],
		Kind: r.Values["kind"], Team: r.Values["team"], Group: r.Values["group"], County: r.Values["county"],
	}
}

func unitOf(r excel.Row) registration.UnitRow {
	return registration.UnitRow{Code: r.Values["code"], Name: r.Values["name"], Short: r.Values["short"], Kind: r.Values["kind"], Parent: r.Values["parent"]}
}

func judgeOf(r excel.Row) registration.JudgeRow {
	return registration.JudgeRow{Panel: r.Values["panel"], Seat: whole(r.Values["seat"]), Judge: r.Values["judge"], IsChief: r.Values["chief"] == "yes"}
}

// whole is the number of a column of that kind; what was none is told already.
func whole(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// items are the parts of a cell that lists several.
func items(s string) []string {
	var out []string
	for part := range strings.SplitSeq(strings.NewReplacer("，", "、", ",", "、", "；", "、", ";", "、").Replace(s), "、") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
