package schemesheet

import (
	"slices"
	"strconv"
	"strings"

	"jiangtai/scoring/scheme"
	"jiangtai/server/paper/excel"
)

// scheme builds the whole from the sheets. What refers to nothing is told and
// left out.
func (r *reader) scheme() node {
	out := node{"format": scheme.Format}
	r.general(out)
	panels := []any{}
	for i := range r.rows(sheetPanels) {
		panels = append(panels, r.object(panelLayout, i, "/panels/"+strconv.Itoa(i)))
	}
	out["panels"], r.out.Panels = panels, len(panels)
	out["components"] = r.components()
	if rounds := r.rows(sheetRounding); len(rounds) > 0 {
		rounding := node{}
		for i, row := range rounds {
			stage := row.Values["stage"]
			if _, twice := rounding[stage]; twice {
				r.fault(r.tables[sheetRounding].Place(i, "stage"), "programme.sheet_twice", "")
				continue
			}
			rounding[stage] = r.object(roundLayout, i, "/rounding/"+stage, "stage")
		}
		out["rounding"] = rounding
	}
	for _, n := range nestings {
		r.nested(out, n)
	}
	return out
}

// general reads the sheet 方案.
func (r *reader) general(out node) {
	t, seen := r.tables[sheetScheme], map[string]bool{}
	for i, row := range t.Rows {
		item, value := row.Values["item"], row.Values["value"]
		switch {
		case item == "":
			continue
		case seen[item]:
			r.fault(t.Place(i, "item"), "programme.sheet_twice", "")
			continue
		}
		seen[item] = true
		keys := parts(item)
		r.spots["/"+keys[0]] = spot{table: t, row: i, renamed: map[string]string{"": "value", "zh": "value", "en": "en"}}
		for n := 2; n <= len(keys) && item != "name"; n++ {
			r.spots["/"+strings.Join(keys[:n], "/")] = spot{table: t, row: i, renamed: map[string]string{"": "value"}}
		}
		if item == "rankings" {
			r.groupings(out, i, value)
		} else if v, ok := r.value(i, item, value); ok {
			set(out, keys, v)
		}
		if en := row.Values["en"]; en != "" {
			if item != "name" {
				r.fault(t.Place(i, "en"), "programme.sheet_not_here", "")
				continue
			}
			set(out, []string{"name", "en"}, en)
		}
	}
}

// groupings reads 组别、单位.
func (r *reader) groupings(out node, row int, value string) {
	all := []any{}
	for _, o := range groupings {
		value = strings.ReplaceAll(value, o.Word, o.Value) // one of the words has a comma of its own
	}
	for _, word := range strings.FieldsFunc(value, func(c rune) bool { return strings.ContainsRune("、，,;； ", c) }) {
		i := slices.IndexFunc(groupings, func(o excel.Option) bool { return o.Value == word })
		if i < 0 {
			r.fault(r.tables[sheetScheme].Place(row, "value"), "excel.choice", "组别、县（市、区）、单位")
			return
		}
		all = append(all, groupings[i].Value)
	}
	if len(all) > 0 {
		out["rankings"] = all
	}
}

// value is the content of an item, by its words or as a number where it is one.
func (r *reader) value(row int, item, value string) (any, bool) {
	t := r.tables[sheetScheme]
	if from := words[item]; from != nil {
		var known string
		for _, o := range from {
			if o.Word == value || o.Value == value {
				if o.Value == "true" || o.Value == "false" {
					return o.Value == "true", true
				}
				return o.Value, true
			}
			known += "、" + o.Word
		}
		if value != "" {
			r.fault(t.Place(row, "value"), "excel.choice", known[len("、"):])
		}
		return nil, false
	}
	if numbersOf[item] {
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 {
			r.fault(t.Place(row, "value"), "excel.integer", value)
			return nil, false
		}
		return n, true
	}
	return value, value != ""
}

// nested puts the rows of a sheet into a list of an object of the scheme.
func (r *reader) nested(out node, n nesting) {
	var all []any
	for i, row := range r.rows(n.layout.Sheet) {
		if whose := row.Values["whose"]; n.whose != "" && whose != n.whose && (whose != "" || n.whose == ofTeams) {
			continue
		}
		all = append(all, r.object(n.layout, i, "/"+n.key+"/"+n.list+"/"+strconv.Itoa(len(all)), "whose"))
	}
	if all == nil {
		return
	}
	set(out, []string{n.key, n.list}, all)
}

// components builds components, modules, headings and aspects.
func (r *reader) components() []any {
	components, byID := []any{}, map[string]*place{}
	for i, row := range r.rows(sheetComponents) {
		at := "/components/" + strconv.Itoa(i)
		c := r.object(componentLayout, i, at)
		c["criteria"] = []any{}
		components = append(components, c)
		byID[row.Values["id"]] = &place{node: c, pointer: at}
	}
	r.out.Components = len(components)
	modules := map[string]*place{}
	for i, row := range r.rows(sheetCriteria) {
		of := byID[row.Values["component"]]
		if of == nil {
			r.unknown(sheetCriteria, i, "component")
			continue
		}
		at := of.next("criteria")
		m := r.object(criterionLayout, i, at, "component")
		m["subs"] = []any{}
		of.add("criteria", m)
		modules[row.Values["id"]] = &place{node: m, pointer: at}
	}
	r.out.Criteria = len(modules)
	aspects := map[string]*place{}
	subs := map[[2]string]*place{}
	for i, row := range r.rows(sheetAspects) {
		of := modules[row.Values["criterion"]]
		if of == nil {
			r.unknown(sheetAspects, i, "criterion")
			aspects[row.Values["id"]] = &place{node: node{}, pointer: "/nowhere"} // its lists are not at fault
			continue
		}
		sub := r.sub(subs, of, i)
		at := sub.next("aspects")
		a := r.object(aspectLayout, i, at, "criterion", "sub", "sub_name", "sub_name_en")
		sub.add("aspects", a)
		aspects[row.Values["id"]] = &place{node: a, pointer: at}
	}
	r.out.Aspects = len(r.rows(sheetAspects))
	r.lists(aspects)
	return components
}

// place is an object under construction, with its pointer.
type place struct {
	node    node
	pointer string
}

// next is the pointer of the next object of a list.
func (p *place) next(list string) string {
	all, _ := p.node[list].([]any)
	return p.pointer + "/" + list + "/" + strconv.Itoa(len(all))
}

func (p *place) add(list string, v any) {
	all, _ := p.node[list].([]any)
	p.node[list] = append(all, v)
}

func (r *reader) unknown(sheet string, row int, column string) {
	t := r.tables[sheet]
	r.torn = true
	r.fault(t.Place(row, column), "programme.sheet_unknown", t.Rows[row].Values[column])
}

// sub finds the heading of an aspect's row, or makes it.
func (r *reader) sub(known map[[2]string]*place, of *place, row int) *place {
	t := r.tables[sheetAspects]
	v := t.Rows[row].Values
	key := [2]string{of.pointer, v["sub"]}
	if p := known[key]; p != nil {
		if v["sub_name"] != "" && v["sub_name"] != at(p.node, "name", "zh") {
			r.fault(t.Place(row, "sub_name"), "programme.sheet_other_name", at(p.node, "name", "zh"))
		}
		return p
	}
	p := &place{node: node{"id": v["sub"], "name": node{"zh": v["sub_name"]}, "aspects": []any{}}, pointer: of.next("subs")}
	if v["sub_name_en"] != "" {
		set(p.node, []string{"name", "en"}, v["sub_name_en"])
	}
	r.spots[p.pointer] = spot{table: t, row: row, renamed: map[string]string{"id": "sub", "name": "sub_name"}}
	of.add("subs", p.node)
	known[key] = p
	return p
}

// lists puts the rows of 明细 into their aspects.
func (r *reader) lists(aspects map[string]*place) {
	t := r.tables[sheetLists]
	for i, row := range t.Rows {
		of, kind := aspects[row.Values["aspect"]], row.Values["list"]
		if of == nil {
			r.unknown(sheetLists, i, "aspect")
			continue
		}
		if kind == "" {
			continue // told already
		}
		pointer := of.next(kind)
		n := r.object(listLayout, i, pointer, "aspect", "list", "when")
		switch kind {
		case "levels":
			level := node{"zh": row.Values["name"]}
			if en := row.Values["name_en"]; en != "" {
				level["en"] = en
			}
			r.spots[pointer] = spot{table: t, row: i, renamed: map[string]string{"": "name", "zh": "name", "en": "name_en"}}
			of.add(kind, level)
			continue
		case "rows":
			when, ok := whenOf(row.Values["when"])
			if !ok {
				r.fault(t.Place(i, "when"), "programme.sheet_condition", row.Values["when"])
			}
			n["when"] = when
			r.spots[pointer] = spot{table: t, row: i, renamed: map[string]string{"when": "when"}}
		}
		if kind != "rows" && row.Values["when"] != "" {
			r.fault(t.Place(i, "when"), "programme.sheet_not_here", "")
		}
		of.add(kind, n)
	}
}
