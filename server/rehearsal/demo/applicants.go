package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// applicants invents people who apply. Their ID numbers are valid by form and
// check digit and begin with a code that is given to no district: they are no
// person's.
type applicants struct {
	r     *rand.Rand
	now   time.Time
	units []string // names of the contest's units
	n     int
}

var (
	surnames = strings.Fields("梁 曾 单 查 解 欧阳 江 程 苏 陆 汪 范 石 廖 方 邹 孟 秦 邱 尹 薛 龙 黎 贺 顾 毛 邵 万 钱 严")
	givens   = strings.Fields("志远 春生 秋月 文海 小雨 立新 国栋 丽珍 海峰 晓彤 卫东 思敏 建军 玉兰 永康 俊杰 云飞 少华 新民 长青 广田 景行 守义 宏伟 庆丰")
	posts    = strings.Fields("操作工 班组长 技术员 检修工 质检员 工段长")
)

// districtless are the six digits before the date of birth; GB/T 2260 has no such
// district.
const districtless = "420199"

func (a *applicants) pick(list []string) string { return list[a.r.IntN(len(list))] }

// number is the ID number of the n-th person; every second one is a woman. Of
// 10,500 no two have one birthday.
func (a *applicants) number() string {
	born := time.Date(1975, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, a.n*37%10_500)
	return withCheckDigit(fmt.Sprintf("%s%s00%d", districtless, born.Format("20060102"), a.n%2))
}

// withCheckDigit adds the eighteenth digit of GB 11643.
func withCheckDigit(first string) string {
	sum, weight := 0, 1
	for i := len(first) - 1; i >= 0; i-- {
		weight = weight * 2 % 11
		sum += int(first[i]-'0') * weight
	}
	return first + string("10X98765432"[sum%11])
}

// next is an application without faults; a rule warns of it where years is 0.
func (a *applicants) next(years int) map[string]any {
	a.n++
	employments, skills := []string{"employee", "employee", "migrant", "dispatched", "new_form"}, []string{"none", "5", "4", "3", "3", "2"}
	return map[string]any{
		"name": a.pick(surnames) + a.pick(givens), "id_number": a.number(), "phone": fmt.Sprintf("1990000%04d", a.n%10_000),
		"unit_name": a.pick(a.units), "post": a.pick(posts), "employment": a.pick(employments), "skill": a.pick(skills),
		"city_years": years, "trade_years": 2 + a.r.IntN(15), "education": a.pick([]string{"高中", "中专", "大专", "本科"}),
		"certificates": []any{map[string]string{"kind": "健康证", "until": a.now.AddDate(1, 0, 0).Format(time.DateOnly)}},
		"promise":      true, "consent": map[string]any{"notice": noticeVersion, "sensitive": true},
	}
}
