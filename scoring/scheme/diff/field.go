package diff

import (
	"cmp"
	"reflect"
	"strconv"
	"strings"

	"jiangtai/scoring/scheme"
)

// field is one field of a thing as lines to read; none where it is not written.
type field struct {
	name  string
	lines []scheme.Text
}

// fieldsOf reads the fields of a struct in their order in the file, those of
// structs inside it as outer.inner. What has an id is no field but a node.
func fieldsOf(src any) []field {
	var out []field
	collect(&out, "", reflect.ValueOf(src).Elem(), true)
	return out
}

func collect(out *[]field, prefix string, v reflect.Value, is bool) {
	for i := range v.NumField() {
		in := v.Field(i)
		name, options, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if name == "id" || name == "format" || isNodes(in.Type()) {
			continue
		}
		name = prefix + name
		lines, ok := leaf(in, options == "")
		switch {
		case ok && !is:
			*out = append(*out, field{name, nil})
		case ok:
			*out = append(*out, field{name, lines})
		case in.Kind() == reflect.Pointer && in.IsNil():
			collect(out, name+".", reflect.New(in.Type().Elem()).Elem(), false)
		default:
			collect(out, name+".", reflect.Indirect(in), is)
		}
	}
}

// isNodes says that a field is a list of things with ids, or of keys.
func isNodes(t reflect.Type) bool {
	if t.Kind() != reflect.Slice || t.Elem().Kind() != reflect.Struct {
		return false
	}
	_, has := t.Elem().FieldByName("ID")
	return has
}

// leaf writes what is no struct of fields. The 0 of a number that must be written
// is said.
func leaf(v reflect.Value, must bool) ([]scheme.Text, bool) {
	switch x := v.Interface().(type) {
	case scheme.Text:
		return []scheme.Text{x}, true
	case *scheme.Text:
		if x == nil {
			return nil, true
		}
		return []scheme.Text{*x}, true
	case *scheme.Num:
		return word(numText(x)), true
	case *bool:
		if x == nil {
			return nil, true
		}
		return word(strconv.FormatBool(*x)), true
	case []scheme.Text:
		return x, true
	case []string:
		return each(x, func(s string) string { return s }), true
	case []scheme.Band:
		return each(x, band), true
	case []scheme.Row:
		return each(x, row), true
	}
	switch v.Kind() {
	case reflect.Bool:
		if !v.Bool() {
			return nil, true
		}
		return word("true"), true
	case reflect.Int:
		if v.IsZero() && !must {
			return nil, true
		}
		return word(strconv.FormatInt(v.Int(), 10)), true
	case reflect.String:
		return word(v.String()), true
	}
	return nil, false
}

// named says what an id in a field names, as "judges 评分裁判" or "A1.2 外观".
func (t *tree) named(name string, lines []scheme.Text) []scheme.Text {
	if len(lines) != 1 {
		return lines
	}
	id := lines[0].Zh
	var at *node
	switch name {
	case "panel":
		at = t.byKey["panel/"+id]
	case "section":
		at = t.byKey["section/"+id]
	case "target":
		for _, sort := range []string{"aspect", "criterion", "component"} {
			at = cmp.Or(at, t.byKey[sort+"/"+id])
		}
	}
	if at == nil {
		return lines
	}
	out := scheme.Text{Zh: cmp.Or(at.Code, id) + " " + at.Name.Zh}
	if at.Name.En != "" {
		out.En = cmp.Or(at.Code, id) + " " + at.Name.En
	}
	return []scheme.Text{out}
}

func word(s string) []scheme.Text {
	if s == "" {
		return nil
	}
	return []scheme.Text{{Zh: s}}
}

func each[T any](list []T, line func(T) string) []scheme.Text {
	var out []scheme.Text
	for _, v := range list {
		out = append(out, scheme.Text{Zh: line(v)})
	}
	return out
}

func numText(n *scheme.Num) string {
	if n == nil {
		return ""
	}
	return n.String()
}

// band is "± 0.02 → 2", of a time "≤ 60 → 8".
func band(b scheme.Band) string {
	var parts []string
	if b.Tol != nil {
		parts = append(parts, "± "+b.Tol.String())
	}
	if b.To != nil {
		parts = append(parts, "≤ "+b.To.String())
	}
	return strings.Join(append(parts, "→ "+numText(b.Mark)), " ")
}

// row is "≥ 0 ≤ 1; ≤ 15 → 16", a condition that always holds "*".
func row(r scheme.Row) string {
	var out []string
	for _, c := range r.When {
		var parts []string
		for _, s := range []struct {
			sign string
			n    *scheme.Num
		}{{"≥ ", c.Ge}, {"> ", c.Gt}, {"≤ ", c.Le}, {"< ", c.Lt}} {
			if s.n != nil {
				parts = append(parts, s.sign+s.n.String())
			}
		}
		if parts == nil {
			parts = []string{"*"}
		}
		out = append(out, strings.Join(parts, " "))
	}
	return strings.Join(out, "; ") + " → " + numText(r.Mark)
}
