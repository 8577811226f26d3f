package schemesheet

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"jiangtai/scoring/scheme"
	"jiangtai/server/fault"
	"jiangtai/server/paper/excel"
)

// Template is an empty workbook with all sheets.
func Template() ([]byte, error) {
	var out []excel.Filled
	for _, l := range layouts() {
		out = append(out, excel.Filled{Layout: l})
	}
	return excel.Write(out)
}

// Write is a scheme's text as a workbook. Refused programme.sheet_unfit for one
// that would not be read back as it is.
func Write(ctx context.Context, source []byte) ([]byte, error) {
	s, err := scheme.Parse(source)
	if err != nil {
		return nil, fmt.Errorf("read the scheme: %w", err)
	}
	tree, err := treeOf(s)
	if err != nil {
		return nil, err
	}
	data, err := excel.Write(sheetsOf(tree))
	if err != nil {
		return nil, err
	}
	back, err := Read(ctx, data)
	if err != nil {
		return nil, fault.Wrap(err, fault.Refused, "programme.sheet_unfit")
	}
	same, err := scheme.Parse(back.Text)
	if err != nil {
		return nil, fault.Wrap(err, fault.Refused, "programme.sheet_unfit")
	}
	was, err1 := plainOf(s)
	is, err2 := plainOf(same)
	if err1 != nil || err2 != nil || !bytes.Equal(was, is) {
		return nil, fault.New(fault.Refused, "programme.sheet_unfit")
	}
	return data, nil
}

// plainOf is a scheme's JSON with the spaces of its texts as a cell has them.
func plainOf(s *scheme.Scheme) ([]byte, error) {
	tree, err := treeOf(s)
	if err != nil {
		return nil, err
	}
	return json.Marshal(tidied(tree))
}

func tidied(v any) any {
	switch v := v.(type) {
	case string:
		return excel.Tidy(v)
	case map[string]any:
		for k := range v {
			v[k] = tidied(v[k])
		}
	case []any:
		for i := range v {
			v[i] = tidied(v[i])
		}
	}
	return v
}

// treeOf is a scheme as plain JSON values; numbers stay as they are written.
func treeOf(s *scheme.Scheme) (node, error) {
	raw, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var out node
	return out, d.Decode(&out)
}

// node is a JSON object.
type node = map[string]any

// at finds a value by its keys as a cell has it: "" for what is not there.
func at(n node, keys ...string) string {
	var v any = n
	for _, k := range keys {
		o, ok := v.(node)
		if !ok {
			return ""
		}
		v = o[k]
	}
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// list are the objects of a list.
func list(n node, key string) []node {
	values, _ := n[key].([]any)
	out := make([]node, 0, len(values))
	for _, v := range values {
		if o, ok := v.(node); ok {
			out = append(out, o)
		}
	}
	return out
}

// parts says where a column's value stands in its object.
func parts(column string) []string {
	switch column {
	case "name", "help":
		return []string{column, "zh"}
	case "name_en", "help_en":
		return []string{strings.TrimSuffix(column, "_en"), "en"}
	}
	if rest, ok := strings.CutPrefix(column, "team_prizes_"); ok {
		return []string{"team_prizes", rest}
	}
	if rest, ok := strings.CutPrefix(column, "teams_round_"); ok {
		return []string{"teams", "round", rest}
	}
	head, rest, nested := strings.Cut(column, "_")
	if nested {
		return []string{head, rest}
	}
	return []string{column}
}

// rowOf is an object as a row of a layout; given are columns that are not its own.
func rowOf(l excel.Layout, n node, given map[string]string) []string {
	out := make([]string, len(l.Columns))
	for i, c := range l.Columns {
		v, ok := given[c.Key]
		if !ok {
			v = at(n, parts(c.Key)...)
		}
		out[i] = wordOf(c.Options, v)
	}
	return out
}

func wordOf(from []excel.Option, value string) string {
	for _, o := range from {
		if o.Value == value {
			return o.Word
		}
	}
	return value
}

func sheetsOf(s node) []excel.Filled {
	rows := map[string][][]string{}
	add := func(l excel.Layout, n node, given map[string]string) {
		rows[l.Sheet] = append(rows[l.Sheet], rowOf(l, n, given))
	}
	for _, o := range items {
		value := at(s, parts(o.Value)...)
		if o.Value == "rankings" {
			value = groupingWords(s)
		}
		if value != "" {
			en := ""
			if o.Value == "name" {
				en = at(s, "name", "en")
			}
			rows[sheetScheme] = append(rows[sheetScheme], []string{o.Word, wordOf(words[o.Value], value), en})
		}
	}
	for _, p := range list(s, "panels") {
		add(panelLayout, p, nil)
	}
	for _, c := range list(s, "components") {
		add(componentLayout, c, nil)
		for _, m := range list(c, "criteria") {
			add(criterionLayout, m, map[string]string{"component": at(c, "id")})
			writeAspects(add, m)
		}
	}
	rounding, _ := s["rounding"].(node)
	for _, stage := range []string{"panel", "aspect", "criterion", "component", "weighted", "total"} {
		if r, ok := rounding[stage].(node); ok {
			add(roundLayout, r, map[string]string{"stage": stage})
		}
	}
	for _, n := range nestings {
		if o, ok := s[n.key].(node); ok {
			for _, row := range list(o, n.list) {
				add(n.layout, row, n.given())
			}
		}
	}
	var out []excel.Filled
	for _, l := range layouts() {
		out = append(out, excel.Filled{Layout: l, Rows: rows[l.Sheet]})
	}
	return out
}

// groupingWords are the rankings beside the whole one.
func groupingWords(s node) string {
	var out []string
	all, _ := s["rankings"].([]any)
	for _, v := range all {
		if word, ok := v.(string); ok {
			out = append(out, wordOf(groupings, word))
		}
	}
	return strings.Join(out, "、")
}

// nesting is a list inside an object of the scheme that has a sheet; two share one
// where it is of persons and of teams.
type nesting struct {
	key, list, whose string
	layout           excel.Layout
}

var nestings = []nesting{
	{"ranking", "keys", ofPersons, keyLayout},
	{"teams", "keys", ofTeams, keyLayout},
	{"prizes", "list", ofPersons, prizeLayout},
	{"team_prizes", "list", ofTeams, prizeLayout},
	{"standards", "sections", "", sectionLayout},
}

// given is the column that says whose a row is: of teams only, so that a scheme
// without them looks as it did.
func (n nesting) given() map[string]string {
	if n.whose == ofTeams {
		return map[string]string{"whose": ofTeams}
	}
	return nil
}

// writeAspects adds the aspects of a module and their lists.
func writeAspects(add func(excel.Layout, node, map[string]string), m node) {
	for _, sub := range list(m, "subs") {
		for i, a := range list(sub, "aspects") {
			given := map[string]string{"criterion": at(m, "id"), "sub": at(sub, "id"), "sub_name": "", "sub_name_en": ""}
			if i == 0 {
				given["sub_name"], given["sub_name_en"] = at(sub, "name", "zh"), at(sub, "name", "en")
			}
			add(aspectLayout, a, given)
			for _, kind := range []string{"bands", "inputs", "rows", "items", "grades"} {
				for _, n := range list(a, kind) {
					given := map[string]string{"aspect": at(a, "id"), "list": kind, "when": ""}
					if kind == "rows" {
						given["when"] = whenText(list(n, "when"))
					}
					add(listLayout, n, given)
				}
			}
			for _, n := range list(a, "levels") {
				add(listLayout, node{}, map[string]string{"aspect": at(a, "id"), "list": "levels", "name": at(n, "zh"), "name_en": at(n, "en")})
			}
		}
	}
}
