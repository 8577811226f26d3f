package marktable

import (
	"regexp"
	"slices"
	"strings"
)

// role is what a column holds.
type role uint8

const (
	unknown role = iota
	number
	section
	content
	marks
	standard
	grade
	noted // by the judges: found, deducted, got, remarks
)

// titles are the names of columns; the first form that fits decides.
var titles = []struct {
	role role
	form *regexp.Regexp
}{
	{number, regexp.MustCompile(`^(序号|编号|项号|项次|No\.?|NO\.?|号)$`)},
	{noted, regexp.MustCompile(`^(备注|说明|签[名字].*|评分人.*|裁判.*|评委.*|考评员.*|复核.*|.*记录|.*量具|检测工具|自评.*|互评.*|教师评.*|得分|扣分|实得分?|实际得分|扣分原因|扣分情况|扣分值|评分|打分|成绩|检测结果|测量结果|检查结果|实测.*|结果|选手.*|考核结果|考核得分|是否完成|完成情况)$`)},
	{grade, regexp.MustCompile(`^(优秀|优|良好|良|中等|中|合格|及格|一般|较好|较差|差|不合格|不及格|[ABCDE]级?)([（(].*[)）])?$`)},
	{standard, regexp.MustCompile(`(^|[^内容要点求])(评分|扣分|评价|评判|给分|得分|计分|打分|评定)(的)?(标准|细则|办法|方法|依据|说明|规则)$|^扣分点$|^(标准|细则|评分标准及扣分|扣分项目?及标准)$`)},
	{marks, regexp.MustCompile(`^(考核|本项|单项)?(配分|分值|满分|标准分|标准分值|分数|应得分|分数分配|配分值|总分值)(.*分.*)?$`)},
	{section, regexp.MustCompile(`^(项目|模块|类别|部分|环节|阶段|一级指标|项目类别|主要项目|工序|任务)$|^(考核|评分|评价|鉴定|竞赛|测试|实操|操作|检验|检测)(项目|模块|环节|类别)(名称)?$`)},
	{content, regexp.MustCompile(`内容|要求|要素|考核点|评分点|科目|允许偏差|允差|公差|要点|指标|步骤|流程|尺寸|项目|名称|工序|标准`)},
}

func roleOf(title string) role {
	title = strings.NewReplacer("\n", "", " ", "", "\u3000", "", "：", "", ":", "").Replace(title)
	bare := regexp.MustCompile(`[（(][^（()）]*[)）]$`).ReplaceAllString(title, "")
	for _, t := range titles {
		if t.form.MatchString(bare) || t.role == grade && t.form.MatchString(title) {
			return t.role
		}
	}
	return unknown
}

// header is the row of titles and what its columns hold.
type header struct {
	row   int
	roles []role
}

// findHeader finds the first row with a title of marks and one of what they are
// for.
func findHeader(g *Grid) (header, bool) {
	for row := range g.Rows {
		h := header{row: row, roles: make([]role, len(g.Rows[row]))}
		var found [noted + 1]int
		for column := range g.Rows[row] {
			c := g.At(row, column)
			if c.Text == "" || c.Left && slices.Contains([]role{marks, standard, number}, h.roles[column-1]) {
				continue // a title over two columns names the first of them
			}
			h.roles[column] = roleOf(c.Text)
			found[h.roles[column]]++
		}
		if found[marks] > 0 && found[section]+found[content]+found[standard] > 0 {
			return h, true
		}
	}
	return header{}, false
}

// is are the columns of a role.
func (h header) is(r role) []int {
	var out []int
	for column, have := range h.roles {
		if have == r {
			out = append(out, column)
		}
	}
	return out
}

// words are the columns that say what a row is about, from the left.
func (h header) words() []int {
	var out []int
	for column, have := range h.roles {
		if have == section || have == content {
			out = append(out, column)
		}
	}
	return out
}

// sectioned says that the first of the columns of words holds sections: a cell of
// it goes over several rows, or is left empty below.
func (h header) sectioned(g *Grid) bool {
	columns := h.words()
	if len(columns) < 2 {
		return false
	}
	last := ""
	for row := h.row + 1; row < len(g.Rows); row++ {
		c, next := g.At(row, columns[0]), g.At(row, columns[1])
		if next.Text == "" || next.Left || g.At(row, h.is(marks)[0]).Text == "" || c.Left {
			continue
		}
		if next.Up && c.Up {
			continue
		}
		if c.Up || last != "" && (c.Text == "" || c.Text == last) {
			return true
		}
		last = c.Text
	}
	return false
}
