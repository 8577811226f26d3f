package wording

import (
	"regexp"
	"strings"

	"jiangtai/scoring/exact"
)

// lead is what words lead to.
type lead uint8

const (
	deduct     lead = iota // 扣 2 分
	deductSome             // 扣 1–3 分
	deductFree             // 酌情扣分
	lose                   // 不得分
	keep                   // 不扣分, 满分, 得分
	award                  // 得 3 分
	awardSome              // 得 3–5 分
	awardEach              // 每 … 得 1 分
	awardFree              // 酌情给分
	capped                 // 最多扣 6 分
	voidAll                // 取消资格
	voidPart               // 本模块 0 分
	nothing                // 扣完为止
)

// clause is words and what they lead to.
type clause struct {
	text string // may be empty
	lead lead
	a, b exact.Num
	all  string // of awardEach: the words with it
}

const num = `(\d+(?:\.\d+)?)`

// leads in the order of who wins at one place.
var leads = []struct {
	lead lead
	form *regexp.Regexp
}{
	{nothing, regexp.MustCompile(`(?:直至|直到|至)?(?:将|把)?(?:本项|该项|此项|单项)?(?:配分|分数|分值|得分)?(?:全部)?扣(?:完|光|尽|到0)(?:本项|该项|此项|单项)?(?:配分|分数|分值|分)?(?:为|即)?止|不(?:计|得|出现|记|产生)负分|不(?:再)?倒扣分?|(?:以此|依此|依次|以下)类推|共\d+(?:个|题|笔|项|处|道|步)[^，。；\d扣得]{0,6}$`)},
	{capped, regexp.MustCompile(`(?:本项|该项|此项|单项|累计|合计|总计|共)*(?:最多|至多|最高|累计|不超过|上限|共计|限)(?:可)?扣(?:除|分)?(?:不超过|至|到)?` + num + `分|扣分(?:最多|不超过|总计不超过|累计不超过)` + num + `分|扣(?:完|满)` + num + `分(?:为|即)止|以` + num + `分为限|` + num + `分封顶|(?:上限|最多)` + num + `分`)},
	{voidPart, regexp.MustCompile(`(?:本|该|此)(?:模块|部分|大项|任务|单元|环节|阶段)(?:考核|成绩)*(?:不得分|(?:为|记|计|按|以)*0分(?:计|处理|计算)?)`)},
	{voidAll, regexp.MustCompile(`取消(?:其|该选手|选手|参赛者|考生)?[^，。；\d]{0,6}?(?:资格|成绩)|(?:总分|总成绩|实操成绩|考核成绩|考试成绩|竞赛成绩|比赛成绩|整体成绩|全部成绩|成绩)(?:为|记|计|按|以|作)*0分(?:计|处理|论处)?|(?:立即|应|并)?(?:终止|停止|中止)(?:其)?(?:考试|考核|操作|比赛|竞赛|作业|答题)|(?:按|判|判定|视|视为|以)(?:为)?不(?:合格|及格)(?:论处|论|处理)?|不予评(?:分|定|判)|一票否决|(?:考核|考试|比赛)(?:不通过|不合格)|不计成绩`)},
	{awardEach, regexp.MustCompile(`每[^，。；扣减超\d]{1,12}?(?:得|给|计)?` + num + `分`)},
	{deductSome, regexp.MustCompile(`(?:酌情|视情况|视情节|适当)?(?:扣(?:除|减|掉)?|减)` + num + `(?:分)?[~-]` + num + `分`)},
	{deduct, regexp.MustCompile(`(?:倒扣|扣(?:除|减|掉)?|减|罚)(?:总分|本项|配分|该项)?` + num + `分`)},
	{deductFree, regexp.MustCompile(`(?:酌情|适当|视情(?:况|节)?(?:轻重)?|视程度|视严重程度|斟酌)(?:酌情|给予|予以)?(?:扣|减)分`)},
	{keep, regexp.MustCompile(`不扣分|(?:可|才|方|即|方可|才能|者)?(?:得|给|为|计)(?:满|全)分|得(?:本项|该项)(?:全部)?分(?:值)?|得配分|满分`)},
	{lose, regexp.MustCompile(`(?:则|均|都|即)?(?:本|该|此)?(?:小|分|考核|评分)?(?:项目|项)?(?:不得分|不给分|不计分|无分|不得此项分|扣(?:除)?全(?:部)?(?:配)?分|(?:配分|分数|分值)全扣|扣完(?:配分)?|扣除(?:本项|该项)?全部(?:配)?分|扣完(?:本项|该项)(?:配)?分)|(?:得|计|记|为|按|评|判|作|给)+0分(?:计|处理|计算|计分)?|得分为0|[:：]?0分(?:$)`)},
	{awardFree, regexp.MustCompile(`(?:酌情|适当|视情(?:况|节)?|视(?:完成|操作)情况|综合|按(?:完成|操作)?(?:程度|情况|质量))(?:酌情|给予)?(?:给分|得分|评分|打分|计分|记分)`)},
	{awardSome, regexp.MustCompile(`(?:酌情)?(?:得|给|记|评|计|为)?` + num + `(?:分)?~` + num + `分`)},
	{award, regexp.MustCompile(`(?:可)?(?:得|给|记|计|评|加|为)?` + num + `分`)},
	{keep, regexp.MustCompile(`(?:才|方|可|方可|即|者)?(?:得分|给分)`)},
}

// clauses reads a text. What stands behind the last lead comes back as the rest.
func clauses(s string) (out []clause, rest string) {
	for _, sentence := range sentences(s) {
		for sentence != "" {
			from, c, to := firstLead(sentence)
			if to == 0 {
				rest = join(rest, sentence)
				break
			}
			before := trim(sentence[:from])
			if len(out) > 0 && rest == "" {
				before = takeSuffix(&out[len(out)-1], before)
			}
			c.text, rest = join(rest, before), ""
			out = append(out, c)
			sentence = trim(sentence[to:])
		}
		if len(out) > 0 {
			rest = takeSuffix(&out[len(out)-1], rest)
		}
	}
	return out, rest
}

var suffix = regexp.MustCompile(`^(?:/|每(?:一)?)(?:处|项|次|个|条|根|件|只|点|道|mm)(?:[，。、；]|$)|^(?:即可|者|计|处理)$`)

// takeSuffix gives 扣 2 分/处 its 处.
func takeSuffix(c *clause, s string) string {
	m := suffix.FindString(s)
	if m == "" {
		return s
	}
	c.text += trim(m)
	return trim(s[len(m):])
}

func join(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	return a + "，" + b
}

// firstLead is the first that the sentence has; to is 0 where it has none.
func firstLead(s string) (from int, c clause, to int) {
	from = len(s) + 1
	for _, l := range leads {
		m := l.form.FindStringSubmatchIndex(s)
		if m == nil || m[0] >= from {
			continue
		}
		from, to = m[0], m[1]
		c = clause{lead: l.lead, all: s[m[0]:m[1]]}
		var numbers []exact.Num
		for i := 2; i < len(m); i += 2 {
			if m[i] >= 0 {
				n, err := exact.Parse(s[m[i]:m[i+1]])
				if err != nil {
					return 0, clause{}, 0
				}
				numbers = append(numbers, n)
			}
		}
		if len(numbers) > 0 {
			c.a = numbers[0]
		}
		if len(numbers) > 1 {
			c.b = numbers[1]
		}
	}
	return from, c, to
}

// has says that a clause leads to one of these.
func has(list []clause, of ...lead) bool { return count(list, of...) > 0 }

func count(list []clause, of ...lead) int {
	n := 0
	for _, c := range list {
		for _, l := range of {
			if c.lead == l {
				n++
			}
		}
	}
	return n
}

// only says that all clauses lead to these, of which there is at least one.
func only(list []clause, of ...lead) bool { return len(list) > 0 && count(list, of...) == len(list) }

func mentions(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
