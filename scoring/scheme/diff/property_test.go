package diff_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/scheme"
	"jiangtai/scoring/scheme/diff"
)

// edits are all places of a scheme where a hand can change one thing; which
// of them the walk meets is the same for equal schemes.
func edits(v reflect.Value, fresh func() string) []func() {
	var out []func()
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return []func(){func() { v.Set(reflect.New(v.Type().Elem())); fill(v.Elem(), fresh) }}
		}
		out = append(out, func() { v.SetZero() })
		if _, isNum := v.Interface().(*exact.Num); isNum {
			return append(out, func() { n := v.Interface().(*exact.Num).Add(exact.One); v.Set(reflect.ValueOf(&n)) })
		}
		return append(out, edits(v.Elem(), fresh)...)
	case reflect.Struct:
		for i := range v.NumField() {
			out = append(out, edits(v.Field(i), fresh)...)
		}
	case reflect.Slice:
		out = append(out, func() {
			made := reflect.New(v.Type().Elem()).Elem()
			fill(made, fresh)
			v.Set(reflect.Append(reflect.MakeSlice(v.Type(), 0, 0), append([]reflect.Value{made}, items(v)...)...))
		})
		for i := range v.Len() {
			out = append(out, edits(v.Index(i), fresh)...)
			out = append(out, func() {
				v.Set(reflect.AppendSlice(v.Slice(0, i).Slice3(0, i, i), v.Slice(i+1, v.Len())))
			})
			if i > 0 {
				out = append(out, func() {
					a, b := reflect.ValueOf(v.Index(i-1).Interface()), reflect.ValueOf(v.Index(i).Interface())
					v.Index(i - 1).Set(b)
					v.Index(i).Set(a)
				})
			}
		}
	default:
		return []func(){func() { fill(v, fresh) }}
	}
	return out
}

func items(v reflect.Value) []reflect.Value {
	var out []reflect.Value
	for i := range v.Len() {
		out = append(out, v.Index(i))
	}
	return out
}

// fill gives a value that was not there before: texts and ids are fresh.
func fill(v reflect.Value, fresh func() string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(fresh())
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int:
		v.SetInt(v.Int() + 1)
	case reflect.Struct:
		if n, isNum := v.Addr().Interface().(*exact.Num); isNum {
			*n = n.Add(exact.Int(7))
			return
		}
		for i := range v.NumField() {
			if f := v.Field(i); f.Kind() == reflect.String || f.Kind() == reflect.Struct {
				fill(f, fresh)
			}
		}
	}
}

func clone(t *rapid.T, s *scheme.Scheme) *scheme.Scheme {
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var out scheme.Scheme
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return &out
}

// Whatever one hand changes in a scheme is found, and so is what several do;
// without a change nothing is. The aspects to be marked again are exactly those
// whose marks the engine drops, and what came one way goes the other.
func TestEveryChangeIsFound(t *testing.T) {
	text := read(t)
	base := parsed(t, text)
	rapid.Check(t, func(t *rapid.T) {
		was, is := clone(t, base), clone(t, base)
		if list := diff.Compare(was, is); list != nil {
			t.Fatalf("nothing changed: %+v", list)
		}
		n := 0
		fresh := func() string { n++; return "fresh" + strconv.Itoa(n) }
		for range rapid.SampledFrom([]int{1, 1, 1, 2, 5}).Draw(t, "edits") {
			hands := edits(reflect.ValueOf(is).Elem(), fresh)
			hands[rapid.IntRange(0, len(hands)-1).Draw(t, "edit")]()
		}
		list := diff.Compare(was, is)
		if (list == nil) != reflect.DeepEqual(was, is) {
			t.Fatalf("%d changes; the schemes are equal: %v", len(list), reflect.DeepEqual(was, is))
		}
		if want, got := dropped(was, is), diff.CostOf(list).Again; !slices.Equal(want, got) {
			t.Fatalf("to be marked again are %v, told %v", want, got)
		}
		back := diff.Compare(is, was)
		for there, again := range map[diff.Kind]diff.Kind{diff.Added: diff.Removed, diff.Removed: diff.Added, diff.Changed: diff.Changed} {
			if count(list, there) != count(back, again) {
				t.Fatalf("%d %s, and on the way back %d %s", count(list, there), there, count(back, again), again)
			}
		}
	})
}

// Where both schemes are valid the engine's own rules say the same.
func TestTheEngineAgrees(t *testing.T) {
	text := read(t)
	base := parsed(t, text)
	before, err := rules.Compile(base)
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	n := 0
	fresh := func() string { n++; return "f" + strconv.Itoa(n) }
	for i := range len(edits(reflect.ValueOf(parsed(t, text)).Elem(), fresh)) {
		is := parsed(t, text)
		edits(reflect.ValueOf(is).Elem(), fresh)[i]()
		after, err := rules.Compile(is)
		if err != nil {
			continue
		}
		checked++
		var want []string
		for _, a := range after.Aspects {
			if j, ok := before.AspectAt[a.Src.ID]; ok &&
				(before.Aspects[j].OfTeam != a.OfTeam || !scheme.KeepsMarks(before.Aspects[j].Src, a.Src, before.Aspects[j].Policy, a.Policy)) {
				want = append(want, a.Code)
			}
		}
		list := diff.Compare(base, is)
		if got := diff.CostOf(list).Again; !slices.Equal(want, got) {
			t.Errorf("edit %d: the engine drops the marks of %v, told %v: %+v", i, want, got, list)
		}
	}
	if checked < 100 {
		t.Errorf("only %d edits gave a valid scheme", checked)
	}
}

func count(list []diff.Change, kind diff.Kind) int {
	n := 0
	for _, c := range list {
		if c.Kind == kind {
			n++
		}
	}
	return n
}

// dropped are the codes of aspects in both whose marks do not stay, found
// without the comparison.
func dropped(was, is *scheme.Scheme) []string {
	before, side := map[string]*scheme.Aspect{}, map[string]bool{}
	each(was, func(_ string, team bool, a *scheme.Aspect) { before[a.ID], side[a.ID] = a, team })
	var out []string
	each(is, func(code string, team bool, a *scheme.Aspect) {
		if b := before[a.ID]; b != nil && (side[a.ID] != team || !scheme.KeepsMarks(b, a, was.PolicyOf(b), is.PolicyOf(a))) {
			out = append(out, code)
		}
	})
	return out
}

func each(s *scheme.Scheme, visit func(code string, team bool, a *scheme.Aspect)) {
	module := 0
	for i := range s.Components {
		for j := range s.Components[i].Criteria {
			for k := range s.Components[i].Criteria[j].Subs {
				list := s.Components[i].Criteria[j].Subs[k].Aspects
				for l := range list {
					visit(scheme.Letter(module)+strconv.Itoa(k+1)+"."+strconv.Itoa(l+1), s.Components[i].Of == scheme.OfTeam, &list[l])
				}
			}
			module++
		}
	}
}
