package city

import (
	"math/rand/v2"
	"strings"
)

var (
	surnames = strings.Fields("王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 袁 潘 于 蒋 蔡 余 杜 叶 程 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 谭 陆 汪 范 金 石 廖 贾 夏 韦 付 方 白 邹 孟 熊 秦 邱 江 尹 薛 闫 段 雷 侯 龙 史 陶 黎 贺 顾 毛 郝 龚 邵 万 钱 严 覃 武 戴 莫 孔 向 汤 欧阳 上官 单 查 解 仇")
	givens   = strings.Fields("志远 建国 文斌 海峰 晓彤 卫东 小军 丽珍 国强 思敏 俊杰 婷 凯 敏 海涛 立新 国栋 明 芳 娟 勇 磊 静 洋 艳 强 军 杰 涛 超 秀英 桂兰 玉梅 春生 德华 永康 家豪 梓涵 雨桐 浩然 子轩 思远 一鸣 佳怡 欣悦 晨曦 锦程 振宇 少华 云飞 立群 长青 守义 广田 金凤 新民 庆丰 宏伟 彦 璐 琦 曼 骁 喆 翀 旻 昊 璟 煜 铭 瀚文 景行 若谷 知行 致和 怀瑾 望舒")
	firsts   = strings.Fields("文 志 国 建 海 晓 春 立 永 家 子 思 雨 佳 明 德 光 世 玉 金 云 少 振 宏 宇 嘉 启 景 维 学")
	seconds  = strings.Fields("华 平 军 伟 峰 波 林 辉 东 红 霞 琴 英 兰 梅 芝 生 成 民 良 超 亮 健 斌 凡 宁 安 然 涵 怡")
	places   = strings.Fields("匠城 东湖 西岭 南港 北岸 云岭 长河 青石 白塘 大桥 新安 临江 柳湾 金沙 石门 望山")
	lines    = strings.Fields("造船 重工 轨道交通 热电 汽车总装 精密机械 建工安装 港务 电力设备 化工 纺织 食品 水务 燃气 公交 物流 通信 仪表 阀门 电梯 光伏 医院 酒店 餐饮 养老服务 家政 印务 家具 环境 检测")
	counties = strings.Fields("东湖区 西岭区 南港区 北岸区 云岭县 长河县")
	forms    = strings.Fields("有限公司 集团有限公司 厂 有限责任公司 股份有限公司")
)

// person invents a name that is not in taken.
func person(r *rand.Rand, taken map[string]bool) string {
	for {
		name := surnames[r.IntN(len(surnames))] + given(r)
		if !taken[name] {
			taken[name] = true
			return name
		}
	}
}

// given is one of the common given names, or one put together of two
// syllables, so that some thousand people need not share names.
func given(r *rand.Rand) string {
	if r.IntN(2) == 0 {
		return givens[r.IntN(len(givens))]
	}
	return firsts[r.IntN(len(firsts))] + seconds[r.IntN(len(seconds))]
}

// unit is an invented 单位.
type unit struct{ code, name, short, kind string }

// units invents n work units with short names that no two share.
func units(r *rand.Rand, n int) []unit {
	seen := map[string]bool{}
	var out []unit
	for len(out) < n {
		short := places[r.IntN(len(places))] + lines[r.IntN(len(lines))]
		if seen[short] {
			continue
		}
		seen[short] = true
		out = append(out, unit{
			code:  code("U", len(out)+1),
			name:  short + forms[r.IntN(len(forms))],
			short: short,
			kind:  "work_unit",
		})
	}
	return out
}

func code(prefix string, n int) string {
	const digits = "0123456789"
	return prefix + string([]byte{digits[n/100%10], digits[n/10%10], digits[n%10]})
}
