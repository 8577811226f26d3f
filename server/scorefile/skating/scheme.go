package skating

import (
	"encoding/json"
	"strconv"
	"strings"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
)

func num(s string) *scheme.Num {
	n := exact.Must(s)
	return &n
}

// makeScheme writes the event's marking scheme. Each component's mean is
// rounded, and rounded again after its factor: rounding once would change
// published totals.
func makeScheme(e *Event, factor string) []byte {
	cents := &scheme.Round{Places: 2, Mode: "half_up"}
	decides := "program-elements"
	if strings.Contains(e.Program, "FREE") {
		decides = "program-components"
	}
	s := scheme.Scheme{
		Format: scheme.Format,
		Name:   scheme.Text{Zh: e.Program, En: e.Program},
		Panels: []scheme.Panel{
			{ID: Technical, Name: scheme.Text{Zh: "技术组", En: "Technical panel"}, Chairs: 1},
			{
				ID: Judges, Name: scheme.Text{Zh: "裁判组", En: "Judges"}, Chairs: 9,
				Policy: &scheme.Policy{Kind: scheme.Trimmed, High: 1, Low: 1},
			},
		},
		Composition: scheme.Sum,
		Rounding:    scheme.Rounding{Panel: cents, Aspect: cents, Total: cents},
		Ranking:     scheme.Ranking{Keys: []scheme.Key{{By: "component", ID: decides}}},
		Components: []scheme.Component{
			{ID: "program-elements", Name: scheme.Text{Zh: "技术动作", En: "Elements"}, Criteria: []scheme.Criterion{
				{ID: "elements", Name: scheme.Text{Zh: "动作", En: "Elements"}, Subs: []scheme.SubCriterion{
					{ID: "elements", Name: scheme.Text{Zh: "动作", En: "Elements"}, Aspects: elementAspects(e.Elements)},
				}},
				{ID: "deductions", Name: scheme.Text{Zh: "扣分", En: "Deductions"}, Subs: []scheme.SubCriterion{
					{ID: "deductions", Name: scheme.Text{Zh: "扣分", En: "Deductions"}, Aspects: []scheme.Aspect{deductions()}},
				}},
			}},
			{ID: "program-components", Name: scheme.Text{Zh: "节目内容", En: "Components"}, Criteria: []scheme.Criterion{
				{ID: "components", Name: scheme.Text{Zh: "节目内容", En: "Components"}, Subs: []scheme.SubCriterion{
					{ID: "components", Name: scheme.Text{Zh: "节目内容", En: "Components"}, Aspects: componentAspects(factor)},
				}},
			}},
		},
	}
	text, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		panic(err) // a scheme is plain data
	}
	return text
}

func elementAspects(n int) []scheme.Aspect {
	var list []scheme.Aspect
	for i := 1; i <= n; i++ {
		id := strconv.Itoa(i)
		list = append(list, scheme.Aspect{
			ID: "e" + id, Name: scheme.Text{Zh: "动作 " + id, En: "Element " + id}, Kind: scheme.PointsKind, Panel: Technical,
			Max: num("40"), Step: num("0.01"),
		})
	}
	return list
}

func componentAspects(factor string) []scheme.Aspect {
	var list []scheme.Aspect
	for _, c := range components {
		list = append(list, scheme.Aspect{
			ID: c.id, Name: scheme.Text{Zh: c.zh, En: c.en}, Kind: scheme.PanelKind, Panel: Judges,
			Factor: num(factor), Max: num("10"), Step: num("0.25"),
		})
	}
	return list
}

func deductions() scheme.Aspect {
	return scheme.Aspect{
		ID: "deductions", Name: scheme.Text{Zh: "扣分", En: "Deductions"}, Kind: scheme.Penalty, Panel: Technical, Level: "total",
		Items: []scheme.Item{
			{ID: "taken", Name: scheme.Text{Zh: "合计扣分", En: "Taken in all"}, From: num("0"), To: num("20"), Step: num("0.5")},
		},
	}
}
