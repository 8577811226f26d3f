package schemesheet

import (
	"slices"

	"jiangtai/server/paper/excel"
)

// The sheets.
const (
	sheetScheme     = "方案"
	sheetPanels     = "裁判组"
	sheetComponents = "部分"
	sheetCriteria   = "模块"
	sheetAspects    = "评分点"
	sheetLists      = "明细"
	sheetKeys       = "破平"
	sheetRounding   = "舍入"
	sheetPrizes     = "奖项"
	sheetSections   = "标准"
)

func options(pairs ...string) []excel.Option {
	var out []excel.Option
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, excel.Option{Value: pairs[i], Word: pairs[i+1]})
	}
	return out
}

// The words to choose from.
var (
	yesNo      = options("true", "是", "false", "否")
	identities = options("open", "公开", "seat", "赛位号", "coded", "评审号")
	policies   = options("mean", "平均", "median", "中位数", "sum", "合计", "trimmed", "去最高最低后平均", "middle", "去最高最低后合计", "chief", "组长")
	orders     = options("descending", "从高到低", "ascending", "从低到高")
	modes      = options("half_up", "四舍五入", "half_even", "四舍六入五成双", "floor", "舍去", "ceiling", "进位")
	tieModes   = options("widen", "扩大", "narrow", "缩小", "decide", "人工决定")
	voidLevels = options("aspect", "评分点", "criterion", "模块", "component", "部分", "entry", "整个参赛")
	kinds      = options("yes_no", "是否", "tolerance", "公差", "limits", "极限尺寸", "graded", "偏差分档", "excess", "超差扣分", "table", "条件表",
		"counted", "按次扣分", "points", "打分", "judgement", "评价等级", "panel", "各裁判打分", "deductions", "扣分项", "grades", "等级分段",
		"gate", "否决项", "time", "用时", "penalty", "违规扣分", "external", "外部成绩", "relative", "相对成绩")
	items = options("name", "名称", "identity", "默认盲评方式", "composition", "合成方式", "total", "总分", "pass", "总分合格线",
		"provisional", "评分中的名次", "ranking_order", "名次方向", "ranking_ties", "破平后仍并列", "standards_tolerance", "标准配分允差",
		"prizes_mode", "奖项取整", "prizes_running", "奖项按累计取整", "prizes_of", "奖项基数", "prizes_least", "设奖最少人数",
		"prizes_ties", "奖项并列", "prizes_below_pass", "不合格可获奖", "prizes_by", "奖项分开评",
		"advance_first", "晋级人数", "advance_line", "晋级分数线", "advance_ties", "晋级并列", "advance_by", "晋级分开取",
		"rankings", "另排名次", "teams_take", "团队成绩取", "teams_best", "取最好几人", "teams_size", "每队人数", "teams_least", "最少计入几人",
		"teams_round_places", "团队成绩小数位", "teams_round_mode", "团队成绩取整",
		"team_prizes_mode", "团体奖取整", "team_prizes_running", "团体奖按累计取整", "team_prizes_of", "团体奖基数", "team_prizes_least", "设团体奖最少队数",
		"team_prizes_ties", "团体奖并列", "team_prizes_below_pass", "不合格可获团体奖", "team_prizes_by", "团体奖分开评")
	groupings = options("group", "组别", "county", "县（市、区）", "unit", "单位")
	prizesOf  = options("ranked", "有名次的", "started", "实际参赛的")
	whose     = options(ofPersons, "个人", ofTeams, "团队")
)

// words are the words of the sheet 方案 by item, for those that have some.
var words = map[string][]excel.Option{
	"identity": identities, "composition": options("weighted", "加权", "sum", "相加"), "provisional": options("complete", "评完才排名", "points", "按已得分"),
	"ranking_order": orders, "ranking_ties": options("shared", "并列", "decision", "人工决定"), "prizes_mode": modes, "prizes_running": yesNo,
	"prizes_of": prizesOf, "prizes_ties": tieModes, "prizes_below_pass": yesNo, "prizes_by": groupings, "advance_ties": tieModes, "advance_by": groupings,
	"teams_take": options("sum", "成员合计", "mean", "成员平均", "best", "最好几人"), "teams_round_mode": modes,
	"team_prizes_mode": modes, "team_prizes_running": yesNo, "team_prizes_of": prizesOf, "team_prizes_ties": tieModes,
	"team_prizes_below_pass": yesNo, "team_prizes_by": groupings,
}

// numbersOf are the items of 方案 that are whole numbers.
var numbersOf = map[string]bool{
	"prizes_least": true, "advance_first": true, "teams_best": true, "teams_size": true, "teams_least": true, "teams_round_places": true, "team_prizes_least": true,
}

// Whose keys and prizes a row is about; an empty cell means persons.
const (
	ofPersons = "persons"
	ofTeams   = "teams"
)

func text(key, title, note string) excel.Column {
	return excel.Column{Key: key, Title: title, Note: note}
}

func need(c excel.Column) excel.Column {
	c.Required = true
	return c
}

func wide(c excel.Column) excel.Column {
	c.Width = 28
	return c
}

func pick(key, title, note string, from []excel.Option) excel.Column {
	return excel.Column{Key: key, Title: title, Note: note, Kind: excel.Choice, Options: from}
}

func whole(key, title, note string) excel.Column {
	return excel.Column{Key: key, Title: title, Note: note, Kind: excel.Integer}
}

const idNote = "字母、数字、点、横线；稳定不变"

// The layouts of the sheets, in their order.
var (
	schemeLayout = excel.Layout{Sheet: sheetScheme, Columns: []excel.Column{
		need(pick("item", "项目", "一行一项", items)), need(wide(text("value", "内容", "选择类的项目填可选的词"))), wide(text("en", "英文", "只用于名称")),
	}}
	panelLayout = excel.Layout{Sheet: sheetPanels, Columns: []excel.Column{
		need(text("id", "代号", idNote)), need(text("name", "名称", "")), text("name_en", "英文名称", ""), whole("chairs", "人数", "空：不限"),
		pick("policy_kind", "合成办法", "空：平均", policies), whole("policy_high", "去最高几个", ""), whole("policy_low", "去最低几个", ""), whole("policy_least", "最少几人", ""),
	}}
	componentLayout = excel.Layout{Sheet: sheetComponents, Columns: []excel.Column{
		need(text("id", "代号", idNote)), need(text("name", "名称", "理论、实操、答辩")), text("name_en", "英文名称", ""),
		text("weight", "权重", "加权合成时填，合计为 1"), text("factor", "系数", "相加合成时填"), text("max", "满分", ""), text("pass", "合格线", ""),
		pick("of", "谁参加", "空：个人", options("team", "团队")),
	}}
	criterionLayout = excel.Layout{Sheet: sheetCriteria, Columns: []excel.Column{
		need(text("component", "部分代号", "")), need(text("id", "代号", idNote)), need(text("name", "名称", "")), text("name_en", "英文名称", ""),
		pick("identity", "盲评方式", "空：按方案", identities), text("max", "满分", "乘系数之后"), text("factor", "系数", ""),
	}}
	listLayout = excel.Layout{Sheet: sheetLists, Columns: []excel.Column{
		need(text("aspect", "评分点代号", "")),
		need(pick("list", "类别", "", options("bands", "分档", "inputs", "输入量", "rows", "条件行", "items", "扣分项", "grades", "等级", "levels", "评价等级"))),
		text("id", "代号", "输入量、扣分项、等级要填"), wide(text("name", "名称", "评价等级从 0 级起一行一级")), text("name_en", "英文名称", ""), text("unit", "单位", "输入量"),
		text("tol", "偏差不大于", "分档"), text("from", "从", "等级、扣分项"), text("to", "到", "等级、扣分项、用时分档"), text("mark", "得分", "分档、条件行"),
		text("amount", "每次扣", "扣分项"), text("step", "步长", "扣分项"), text("cap", "最多扣", "扣分项"), pick("voids", "否决", "扣分项", voidLevels),
		wide(text("when", "条件", "条件行：每个输入量一段，用分号隔开，如 ≥0.5 <1；≤15；任意")),
	}}
	keyLayout = excel.Layout{Sheet: sheetKeys, Columns: []excel.Column{
		need(pick("by", "依据", "从上到下依次比较", options("component", "部分", "criterion", "模块", "aspect", "评分点", "time", "用时", "best", "最好一次", "firsts", "第一的个数"))),
		text("id", "代号", ""), pick("order", "方向", "空：用时从低到高，其余从高到低", orders), pick("whose", "用于", "空：个人", whose),
	}}
	roundLayout = excel.Layout{Sheet: sheetRounding, Columns: []excel.Column{
		need(pick("stage", "环节", "没有写的环节不舍入", options("panel", "裁判组", "aspect", "评分点", "criterion", "模块", "component", "部分", "weighted", "加权后", "total", "总分"))),
		need(whole("places", "小数位", "")), pick("mode", "方式", "空：四舍五入", modes),
	}}
	prizeLayout = excel.Layout{Sheet: sheetPrizes, Columns: []excel.Column{
		need(text("id", "代号", idNote)), need(text("name", "名称", "一等奖")), text("name_en", "英文名称", ""), text("share", "比例", "0.1 即 10%"), whole("number", "名额", ""),
		pick("whose", "用于", "空：个人", whose),
	}}
	sectionLayout = excel.Layout{Sheet: sheetSections, Columns: []excel.Column{
		need(text("id", "代号", idNote)), need(text("name", "名称", "")), text("name_en", "英文名称", ""), need(text("max", "应占分数", "")),
	}}
	aspectLayout = excel.Layout{Sheet: sheetAspects, Columns: append([]excel.Column{
		need(text("criterion", "模块代号", "")), need(text("sub", "评分项代号", "")), text("sub_name", "评分项", "每个评分项的第一行要填"), text("sub_name_en", "评分项英文", ""),
		need(text("id", "代号", idNote)), need(wide(text("name", "评分点", ""))), text("name_en", "英文名称", ""), need(pick("kind", "类型", "", kinds)),
		text("panel", "裁判组代号", "外部成绩不填"), text("max", "配分", ""),
	}, aspectRest...)}
	aspectRest = []excel.Column{
		pick("by", "谁打分", "空：评价和各裁判打分为每人，其余为一人", options("each", "每人", "one", "一人")), pick("required", "必评", "空：是（否决项、违规为否）", yesNo),
		text("factor", "系数", ""), text("unit", "单位", ""), text("section", "标准代号", ""), text("min", "最低", "打分类"), text("step", "步长", ""),
		text("nominal", "公称值", ""), text("tol", "公差", ""), text("low", "下限", ""), text("high", "上限", ""), text("per", "每次（步）扣", ""),
		pick("whole", "满一步才扣", "超差扣分", yesNo), text("else", "都不满足得", ""), text("accepts_min", "可输入最小", ""), text("accepts_max", "可输入最大", ""),
		whole("readings_count", "测量次数", ""), pick("readings_take", "测量取", "", options("max", "最大", "min", "最小", "mean", "平均", "range", "极差")),
		whole("attempts_count", "试做次数", ""), pick("attempts_take", "试做取", "", options("best", "最好", "mean", "平均", "middle", "去最好最差")),
		text("spread", "裁判最大分差", ""), pick("policy_kind", "合成办法", "空：按裁判组", policies), whole("policy_high", "去最高几个", ""),
		whole("policy_low", "去最低几个", ""), whole("policy_least", "最少几人", ""), text("cap", "最多扣", "违规"),
		pick("level", "扣在", "违规；空：模块", options("criterion", "模块", "component", "部分", "total", "总分")), pick("voids", "否决", "否决项", voidLevels),
		text("target", "否决对象代号", ""), pick("mode", "用时办法", "", options("bands", "分档", "linear", "按比例", "tiebreak", "只用于破平", "seconds", "即秒数")),
		text("limit", "用时限（秒）", ""), text("best", "满分用时（秒）", ""), pick("better", "何者为好", "相对成绩；空：大", options("higher", "大", "lower", "小")),
		text("carried", "带入", "外部成绩：total（上一阶段总分）或上一阶段的部分代号"),
		wide(text("help", "评分说明", "")), wide(text("help_en", "说明英文", "")),
	}
)

// layouts are all sheets in the order of the book; those of the first five must
// be there.
func layouts() []excel.Layout {
	return []excel.Layout{
		schemeLayout, panelLayout, componentLayout, criterionLayout, aspectLayout, listLayout, keyLayout, roundLayout, prizeLayout, sectionLayout,
	}
}

const mustHave = 5

// Is says that a workbook with sheets of these names is one of ours.
func Is(names []string) bool {
	return slices.Contains(names, sheetScheme) && slices.Contains(names, sheetAspects)
}

// Like says that a workbook may have been one of ours: one of the sheets that must
// be there is.
func Like(names []string) bool {
	for _, l := range layouts()[:mustHave] {
		if slices.Contains(names, l.Sheet) {
			return true
		}
	}
	return false
}
