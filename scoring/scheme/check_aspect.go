package scheme

import (
	"reflect"
	"strconv"
	"strings"

	"jiangtai/scoring/exact"
)

// fields that an aspect of a kind may have beside the common ones; a field
// with a star must be there.
var fieldsOf = map[Kind]string{
	YesNo:      "max*",
	Tolerance:  "max* nominal* tol* accepts readings",
	Limits:     "max* nominal low high accepts readings",
	Graded:     "max nominal bands* else accepts readings",
	Excess:     "max* nominal tol low high step* per* whole accepts readings",
	Table:      "max inputs rows* else accepts readings",
	Counted:    "max* per*",
	PointsKind: "max min step spread readings",
	Judgement:  "max* levels* spread",
	PanelKind:  "max min step spread",
	Deductions: "max* items*",
	Grades:     "grades* step",
	Gate:       "voids* target",
	Time:       "max mode* limit best bands else accepts",
	Penalty:    "items* cap level",
	External:   "max min step carried",
	Relative:   "max* better step accepts readings",
}

const commonFields = " id name help kind panel by required factor unit section attempts policy "

// aspect checks one aspect and answers its best mark.
func (k *checker) aspect(at string, a *Aspect) (Num, bool) {
	k.aspects++
	k.id(at+"/id", "aspect", a.ID)
	k.kinds[a.ID] = a
	k.text(at+"/name", &a.Name)
	if a.Help != nil {
		k.text(at+"/help", a.Help)
	}
	fields, known := fieldsOf[a.Kind]
	if !known {
		k.add(at+"/kind", "scheme.unknown_kind", string(a.Kind))
		return exact.Zero, false
	}
	before := len(k.faults)
	k.kindFields(at, a, fields)
	k.common(at, a)
	if len(k.faults) == before {
		k.numbers(at, a)
	}
	best, closed := k.s.BestMark(a)
	if a.Section != "" {
		k.actual[a.Section] = k.actual[a.Section].Add(best)
	}
	return best, closed
}

// kindFields refuses fields of other kinds and asks for those that must be.
func (k *checker) kindFields(at string, a *Aspect, fields string) {
	allowed := commonFields + strings.ReplaceAll(fields, "*", "") + " "
	v := reflect.ValueOf(a).Elem()
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		given := !v.Field(i).IsZero()
		none := !given || v.Field(i).Kind() == reflect.Slice && v.Field(i).Len() == 0
		if given && !strings.Contains(allowed, " "+name+" ") {
			k.add(at+"/"+name, "scheme.field_not_used", string(a.Kind))
		}
		if none && strings.Contains(" "+fields+" ", " "+name+"* ") {
			k.add(at+"/"+name, "scheme.missing", "")
		}
	}
}

func (k *checker) common(at string, a *Aspect) {
	k.positive(at+"/factor", a.Factor)
	k.oneOf(at+"/by", a.By, "", "each", "one")
	p, known := k.panels[a.Panel]
	switch {
	case a.Kind == External && a.Panel != "":
		k.add(at+"/panel", "scheme.field_not_used", string(a.Kind))
	case a.Kind == External && a.By != "":
		k.add(at+"/by", "scheme.field_not_used", string(a.Kind))
	case a.Kind != External && a.Panel == "":
		k.add(at+"/panel", "scheme.missing", "")
	case a.Kind != External && !known:
		k.add(at+"/panel", "scheme.unknown_id", a.Panel)
	}
	if (a.Kind == Judgement || a.Kind == PanelKind) && a.By == "one" {
		k.add(at+"/by", "scheme.field_not_used", string(a.Kind))
	}
	if (a.Kind == Gate || a.Kind == Penalty) && (a.By == "each" || a.Attempts != nil) {
		k.add(at+"/by", "scheme.field_not_used", string(a.Kind))
	}
	if a.Policy != nil && !a.Each() {
		k.add(at+"/policy", "scheme.field_not_used", "one")
	}
	if known && a.Each() {
		k.policyOf(at, a, p)
	}
	if a.Spread != nil && !a.Each() {
		k.add(at+"/spread", "scheme.field_not_used", "one")
	}
	k.several(at+"/readings", a.Readings, 20, "max", "min", "mean", "range")
	k.several(at+"/attempts", a.Attempts, 20, "best", "mean", "middle")
	if a.Attempts != nil && a.Attempts.Take == "middle" && a.Attempts.Count < 3 {
		k.add(at+"/attempts/count", "scheme.too_few", "3")
	}
	if a.Readings != nil && len(a.Inputs) > 1 {
		k.add(at+"/readings", "scheme.field_not_used", "inputs")
	}
	if a.Carried != "" && !idForm.MatchString(a.Carried) {
		k.add(at+"/carried", "scheme.bad_id", a.Carried)
	}
	if a.Section != "" && !k.knowsSection(a.Section) {
		k.add(at+"/section", "scheme.unknown_id", a.Section)
	}
}

// policyOf checks an aspect's policy against its panel, also the one that a judgement
// has where none is written.
func (k *checker) policyOf(at string, a *Aspect, p *Panel) {
	policy := a.Policy
	if policy == nil && a.Kind == Judgement {
		own := k.s.PolicyOf(a)
		policy = &own
	}
	k.policy(at+"/policy", policy, p.Chairs)
}

func (k *checker) knowsSection(id string) bool {
	if k.s.Standards == nil {
		return false
	}
	for _, s := range k.s.Standards.Sections {
		if s.ID == id {
			return true
		}
	}
	return false
}

func (k *checker) several(at string, s *Several, most int, takes ...string) {
	if s == nil {
		return
	}
	k.oneOf(at+"/take", s.Take, takes...)
	if s.Count < 2 || s.Count > most {
		k.add(at+"/count", "scheme.out_of_range", "2–"+strconv.Itoa(most))
	}
}
