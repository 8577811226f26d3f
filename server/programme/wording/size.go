package wording

import (
	"regexp"
	"strings"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
)

// size is a measured number with its limits: nominal with tol or with low and high
// relative to it, or limits alone.
type size struct {
	nominal, tol, low, high *exact.Num
	unit                    string
	isDeviation             bool // what is measured is the difference from the size
}

const (
	unitForm = `(mm|cm|dm|m|μm|um|°|′|″|℃|kg|g|mg|ml|mL|L|s|min|MPa|V|A|Ω|Hz|N|%|` + minute + `|度|米|克|千克|毫升|秒|摄氏度)?`
	deviated = `([+-]?\d+(?:\.\d+)?)`
)

var sizeForms = []struct {
	form *regexp.Regexp
	read func(m []string) (size, bool)
}{
	{regexp.MustCompile(`(?:^|[^\d.])` + num + ` ?` + unitForm + ` ?± ?` + num + ` ?` + unitForm), plusMinus},
	{regexp.MustCompile(`(?:^|[^\d.])` + num + ` ?(?:mm|°)?(?: |（|\^|_)` + deviated + ` ?(?:/|，|_|\^| |~) ?` + deviated + `）?` + unitForm), twoLimits},
	{regexp.MustCompile(`(?:^|[^\d.])` + num + `([+-])(\d*\.\d+)(?:/0|~0|_0|\^0)?` + unitForm), oneLimit},
	{regexp.MustCompile(`(?:粗糙度|Ra|Rz)[^\d]{0,6}` + num), roughness},
	{regexp.MustCompile(`(?:允许偏差|允差|偏差|误差|公差)[^\d，。；±]{0,6}± ?` + num + ` ?` + unitForm), deviation},
	{regexp.MustCompile(`(?:^|[^\d.\p{L}])± ?` + num + ` ?` + unitForm), deviation},
	{regexp.MustCompile(`(?:平面度|直线度|平行度|垂直度|平整度|圆度|圆柱度|同轴度|对称度|圆跳动|全跳动|跳动|位置度|倾斜度|轮廓度|间隙|允许偏差|允差|误差|偏差|角变形|错边量|错边|⊥|∥|◎|//)[^\d，。；~]{0,8}?` + num + ` ?` + unitForm + `(?:以内|以下)?(?:$|[^\d~.])`), atMost},
	{regexp.MustCompile(`(?:≤|<|不大于|不超过|不高于|不多于|小于|小于等于|控制在)` + num + ` ?` + unitForm), atMost},
	{regexp.MustCompile(num + ` ?` + unitForm + `(?:以内|之内|以下)$`), atMost},
	{regexp.MustCompile(`(?:≥|>|不小于|不少于|不低于|大于等于)` + num + ` ?` + unitForm), atLeast},
	{regexp.MustCompile(`(?:^|[^\d.])(-?\d+(?:\.\d+)?) ?~ ?` + num + ` ?` + unitForm), fromTo},
}

// sizesOf finds the sizes of a text, each place once.
func sizesOf(s string) []size {
	var out []size
	for _, f := range sizeForms {
		for {
			m := f.form.FindStringSubmatchIndex(s)
			if m == nil {
				break
			}
			var parts []string
			for i := 0; i < len(m); i += 2 {
				if m[i] < 0 {
					parts = append(parts, "")
					continue
				}
				parts = append(parts, s[m[i]:m[i+1]])
			}
			if found, ok := f.read(parts); ok {
				found.unit = strings.ReplaceAll(found.unit, minute, "min")
				out = append(out, found)
			}
			s = s[:m[0]] + "，" + s[m[1]:]
		}
	}
	return out
}

func numOf(s string) *exact.Num {
	n, err := exact.Parse(strings.TrimPrefix(s, "+"))
	if err != nil {
		return nil
	}
	return &n
}

func first(s ...string) string {
	for _, one := range s {
		if one != "" {
			return one
		}
	}
	return ""
}

func plusMinus(m []string) (size, bool) {
	nominal, tol := numOf(m[1]), numOf(m[3])
	if nominal == nil || tol == nil {
		return size{}, false
	}
	if m[4] == "′" && m[2] != "′" { // minutes of arc are no decimals of a degree
		zero := exact.Zero
		return size{nominal: &zero, tol: tol, unit: "′", isDeviation: true}, true
	}
	return size{nominal: nominal, tol: tol, unit: first(m[4], m[2], "mm")}, true
}

func twoLimits(m []string) (size, bool) {
	nominal, a, b := numOf(m[1]), numOf(m[2]), numOf(m[3])
	if nominal == nil || a == nil || b == nil || !strings.ContainsAny(m[2]+m[3], "+-") || a.Equal(*b) {
		return size{}, false
	}
	low, high := exact.Min(*a, *b), exact.Max(*a, *b)
	return size{nominal: nominal, low: &low, high: &high, unit: first(m[4], "mm")}, true
}

func oneLimit(m []string) (size, bool) {
	nominal, by := numOf(m[1]), numOf(m[3])
	if nominal == nil || by == nil || !by.Less(*nominal) {
		return size{}, false
	}
	low, high := exact.Zero, *by
	if m[2] == "-" {
		low, high = by.Neg(), exact.Zero
	}
	return size{nominal: nominal, low: &low, high: &high, unit: first(m[4], "mm")}, true
}

func roughness(m []string) (size, bool) {
	return size{high: numOf(m[1]), unit: "μm"}, numOf(m[1]) != nil
}

func deviation(m []string) (size, bool) {
	zero := exact.Zero
	return size{nominal: &zero, tol: numOf(m[1]), unit: m[2], isDeviation: true}, numOf(m[1]) != nil
}

func atMost(m []string) (size, bool) {
	return size{high: numOf(m[1]), unit: m[2]}, numOf(m[1]) != nil
}

func atLeast(m []string) (size, bool) {
	return size{low: numOf(m[1]), unit: m[2]}, numOf(m[1]) != nil
}

func fromTo(m []string) (size, bool) {
	low, high := numOf(m[1]), numOf(m[2])
	return size{low: low, high: high, unit: m[3]}, low != nil && high != nil && low.Less(*high)
}

// on puts the limits on an aspect.
func (s size) on(a *scheme.Aspect) {
	a.Nominal, a.Tol, a.Low, a.High, a.Unit = s.nominal, s.tol, s.low, s.high, s.unit
	if s.isDeviation {
		a.Name.Zh += "（偏差）"
	}
}

// step reads 每超 0.01mm: the step, and whether its unit is the size's.
var (
	step = regexp.MustCompile(`^(?:尺寸)?(?:超过?|每)[^\d，。；]{0,6}` + num + ` ?` + unitForm + `$`)
	over = regexp.MustCompile(`^[^，。；]{0,8}(?:超差|超出|超过|大于|>|不合格|不符合|不符|降级|降低|达不到|未达到?|不达标|不在|有误差|超标|不等|不满足|小于|<)[^，。；]{0,12}$`)
)

func (s size) stepOf(text string) *exact.Num {
	m := step.FindStringSubmatch(text)
	if m == nil || m[2] != "" && s.unit != "" && strings.ReplaceAll(m[2], minute, "min") != s.unit {
		return nil
	}
	n := numOf(m[1])
	if n == nil || n.Sign() <= 0 {
		return nil
	}
	return n
}
