package rescore_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
)

// draw makes random schemes and values; equal seeds make equal ones. A coarse one
// draws few values, so that totals are often equal.
type draw struct {
	*rand.Rand
	coarse bool
}

type object = map[string]any

func (d draw) chance(one, of int) bool { return d.IntN(of) < one }

// few is a number below n; a coarse draw's is mostly 0.
func (d draw) few(n int) int {
	if d.coarse && d.chance(3, 4) {
		return 0
	}
	return d.IntN(n)
}

func pick[T any](d draw, list ...T) T { return list[d.IntN(len(list))] }

func zh(s string) object { return object{"zh": s} }

func (d draw) round() object {
	r := object{"places": d.IntN(4)}
	if d.chance(3, 4) {
		r["mode"] = pick(d, "half_up", "half_even", "floor", "ceiling")
	}
	return r
}

func (d draw) policy() object {
	return pick(d,
		object{"kind": "mean"}, object{"kind": "mean", "least": 2}, object{"kind": "median"}, object{"kind": "sum", "least": 1},
		object{"kind": "trimmed", "high": 1, "low": 1}, object{"kind": "trimmed", "low": 1}, object{"kind": "middle", "high": 1, "least": 2},
		object{"kind": "sum"}, object{"kind": "middle", "high": 1, "low": 1}, object{"kind": "chief"},
	)
}

// scheme draws a scheme of one to three components; ids say where they are.
func (d draw) scheme() object {
	s := object{
		"format": "jiangtai.scheme/1", "name": zh("随机"), "provisional": pick(d, "complete", "points"),
		"panels": []any{
			object{"id": "floor", "name": zh("现场")},
			object{"id": "judges", "name": zh("评分"), "policy": d.policy()},
		},
	}
	rounding := object{}
	for _, stage := range []string{"panel", "aspect", "criterion", "component", "total"} {
		if d.chance(1, 2) {
			rounding[stage] = d.round()
		}
	}
	var components []any
	n := 1 + d.few(3)
	weighted := n == 2 && d.chance(1, 2)
	if weighted && d.chance(1, 2) {
		rounding["weighted"] = d.round()
	}
	for i := range n {
		c := d.component(fmt.Sprintf("c%d", i))
		if weighted {
			c["weight"] = []string{"0.35", "0.65"}[i]
		} else if d.chance(1, 2) {
			c["factor"] = pick(d, "0.3", "2", "1.25")
		}
		components = append(components, c)
	}
	s["ranking"] = object{"order": pick(d, "descending", "ascending"), "ties": pick(d, "decision", "shared"), "keys": d.keys(components)}
	if d.chance(1, 2) {
		components = d.teams(s, components)
	}
	s["components"], s["rounding"] = components, rounding
	d.passing(s)
	d.honours(s)
	return s
}

func (d draw) component(id string) object {
	var criteria []any
	for i := range 1 + d.few(2) {
		kid := fmt.Sprintf("%sk%d", id, i)
		var aspects []any
		for j := range 1 + d.few(4) {
			aspects = append(aspects, d.aspect(fmt.Sprintf("%sa%d", kid, j), id, kid))
		}
		k := object{"id": kid, "name": zh("模块"), "subs": []any{object{"id": kid, "name": zh("项"), "aspects": aspects}}}
		if d.chance(1, 3) {
			k["factor"] = pick(d, "0.125", "1.5")
		}
		criteria = append(criteria, k)
	}
	return object{"id": id, "name": zh("部"), "criteria": criteria}
}

// kinds are each kind's own fields.
func (d draw) kind(component, criterion string) object {
	bands := func(limit string) []any {
		return []any{object{limit: "0.5", "mark": "5"}, object{limit: "2", "mark": "3.5"}, object{limit: "6", "mark": "1"}}
	}
	levels := []any{zh("差"), zh("可"), zh("良"), zh("优")}
	condition := func() object {
		return pick(d, object{"le": "2"}, object{"lt": "2", "ge": "0"}, object{"gt": "3.3"}, object{})
	}
	return []func() object{
		func() object { return object{"kind": "yes_no", "max": "5"} },
		func() object { return object{"kind": "tolerance", "max": "5", "nominal": "3.3", "tol": "1.7"} },
		func() object { return object{"kind": "limits", "max": "5", "nominal": "3", "low": "-1", "high": "0"} },
		func() object { return object{"kind": "limits", "max": "5", "high": "3.333333"} },
		func() object { return object{"kind": "graded", "nominal": "3", "bands": bands("tol"), "else": "0.5"} },
		func() object {
			return object{"kind": "excess", "max": "5", "nominal": "3", "tol": "0.5", "step": "0.75", "per": "0.8", "whole": d.chance(1, 2)}
		},
		func() object { return object{"kind": "excess", "max": "5", "low": "4", "step": "1", "per": "2"} },
		func() object {
			return object{
				"kind": "table", "inputs": []any{object{"id": "x", "name": zh("深")}, object{"id": "y", "name": zh("长")}}, "else": "0.25",
				"rows": []any{object{"when": []any{condition(), condition()}, "mark": "7"}, object{"when": []any{condition(), condition()}, "mark": "3"}},
			}
		},
		func() object { return object{"kind": "counted", "max": "5", "per": "1.75"} },
		func() object { return object{"kind": "points", "max": "10", "min": pick(d, "0", "-5")} },
		func() object { return object{"kind": "judgement", "max": "0.7", "levels": levels} },
		func() object { return object{"kind": "panel", "max": "10", "spread": pick(d, "6", "20")} },
		func() object {
			return object{"kind": "deductions", "max": "5", "items": []any{
				object{"id": "p", "name": zh("乱放"), "amount": "0.5", "cap": "2"}, object{"id": "q", "name": zh("其他"), "from": "0.5", "to": "6"},
			}}
		},
		func() object {
			return object{"kind": "grades", "grades": []any{
				object{"id": "a", "name": zh("优"), "from": "5", "to": "10"}, object{"id": "b", "name": zh("良"), "from": "0", "to": "4.9"},
			}}
		},
		func() object {
			g := object{"kind": "gate", "voids": pick(d, "criterion", "component", "entry")}
			if g["voids"] == "component" && d.chance(1, 2) {
				g["target"] = component
			}
			if g["voids"] == "criterion" && d.chance(1, 2) {
				g["target"] = criterion
			}
			return g
		},
		func() object { return object{"kind": "time", "mode": "linear", "max": "5", "limit": "9", "best": "2"} },
		func() object { return object{"kind": "time", "mode": "bands", "bands": bands("to"), "else": "0.1"} },
		func() object { return object{"kind": "time", "mode": pick(d, "tiebreak", "seconds")} },
		func() object {
			return object{"kind": "penalty", "cap": "6", "level": pick(d, "criterion", "component", "total"), "items": []any{
				object{"id": "p", "name": zh("手套"), "amount": "1.5", "cap": "4"},
				object{"id": "q", "name": zh("其他"), "from": "0", "to": "3"},
				object{"id": "r", "name": zh("危险"), "voids": pick(d, "criterion", "component", "entry")},
			}}
		},
		func() object { return object{"kind": "external", "max": "10"} },
		func() object { return object{"kind": "relative", "max": "6", "better": pick(d, "higher", "lower")} },
		func() object { return object{"kind": "relative", "max": "6", "better": pick(d, "higher", "lower")} },
	}[d.IntN(22)]()
}

func (d draw) aspect(id, component, criterion string) object {
	a := d.kind(component, criterion)
	kind := a["kind"]
	a["id"], a["name"] = id, zh("点")
	judged := kind == "judgement" || kind == "panel"
	apart := kind == "gate" || kind == "penalty"
	if kind != "external" {
		a["panel"] = "floor"
		if judged || !apart && d.chance(1, 4) {
			if a["panel"] = "judges"; !judged {
				a["by"] = "each"
			}
			if d.chance(1, 3) {
				a["policy"] = d.policy()
			}
		}
	}
	if !apart && d.chance(1, 4) {
		a["attempts"] = object{"count": 3, "take": pick(d, "best", "mean", "middle")}
	}
	if d.chance(1, 4) {
		a["factor"] = pick(d, "0.3", "1.2", "3")
	}
	if d.chance(1, 5) {
		a["required"] = d.chance(1, 2)
	}
	if _, several := a["inputs"]; !several && strings.Contains("tolerance limits graded excess table points relative", kind.(string)) && d.chance(1, 4) {
		a["readings"] = object{"count": 2, "take": pick(d, "max", "min", "mean", "range")}
	}
	return a
}

// keys draws a tie-break list that fits the components.
func (d draw) keys(components []any) []any {
	list := []any{object{"by": "firsts"}, object{"by": "firsts", "id": "c0", "order": "ascending"}}
	for _, c := range components {
		list = append(list, object{"by": "component", "id": c.(object)["id"]})
		for _, k := range c.(object)["criteria"].([]any) {
			list = append(list, object{"by": "criterion", "id": k.(object)["id"], "order": pick(d, "ascending", "descending")})
			for _, a := range k.(object)["subs"].([]any)[0].(object)["aspects"].([]any) {
				a := a.(object)
				list = append(list, object{"by": "aspect", "id": a["id"]})
				if a["kind"] == "time" {
					list = append(list, object{"by": "time", "id": a["id"]})
				}
				if a["attempts"] != nil {
					list = append(list, object{"by": "best", "id": a["id"]})
				}
			}
		}
	}
	d.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	if d.chance(1, 3) {
		return []any{} // ties are shared
	}
	return list[:d.IntN(len(list)+1)]
}

// value draws what a chair may type for the aspect; some of it is refused.
func (d draw) value(a object) string {
	if d.coarse {
		switch a["kind"] {
		case "yes_no":
			return "1"
		case "judgement", "counted":
			return pick(d, "1", "1", "1", "2")
		case "deductions", "penalty":
			return pick(d, "", "", "", "p=1")
		}
	}
	one := func() string {
		if d.coarse {
			return pick(d, "3", "3", "3", "5")
		}
		return pick(d, "0", "1", "2", "3", "3.3", "3.333333", "4", "5", "6", "7.25", "9.995", "10")
	}
	switch a["kind"] {
	case "yes_no", "gate":
		return pick(d, "0", "0", "1")
	case "judgement":
		return pick(d, "0", "1", "2", "2", "3")
	case "counted":
		return pick(d, "0", "1", "2", "3")
	case "deductions":
		return pick(d, "", "p=0.5", "p=3", "p=1;q=0.7", "q=6")
	case "penalty":
		return pick(d, "", "", "p=1", "p=4;q=0.7", "q=3", "r=1")
	case "external", "panel", "points", "grades":
		if a["readings"] == nil {
			return one()
		}
	}
	if a["inputs"] != nil || a["readings"] != nil {
		return one() + ";" + one()
	}
	return one()
}

func text(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}
