package pad

import (
	"regexp"
	"strings"

	"jiangtai/scoring/exact"
)

// number reads one number and holds it against range and step.
func (r *Rule) number(v string) (exact.Num, *Refusal) {
	x, refusal := plain(v)
	if refusal != nil {
		return x, refusal
	}
	switch {
	case r.min != nil && x.Less(*r.min):
		return x, &Refusal{"judging.below_min", r.min.String()}
	case r.high != nil && r.high.Less(x):
		return x, &Refusal{"judging.above_max", r.high.String()}
	case r.step != nil && !x.IsMultipleOf(*r.step):
		return x, &Refusal{"judging.off_step", r.step.String()}
	}
	return x, nil
}

var decimal = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// plain reads a decimal. One that is a decimal but too long is told as out of
// range or step: that is what it is to the judge who typed it.
func plain(v string) (exact.Num, *Refusal) {
	x, err := exact.Parse(v)
	if err == nil {
		return x, nil
	}
	if !decimal.MatchString(v) {
		return x, &Refusal{"judging.malformed_value", ""}
	}
	whole, _, _ := strings.Cut(strings.TrimPrefix(v, "-"), ".")
	switch {
	case len(whole) <= 9:
		return x, &Refusal{"judging.off_step", "0.000001"}
	case v[0] == '-':
		return x, &Refusal{"judging.below_min", "-999999999"}
	}
	return x, &Refusal{"judging.above_max", "999999999"}
}

// readItems reads "id=number;id=number"; "" is none.
func (r *Rule) readItems(v string) (Reading, *Refusal) {
	given := make([]*exact.Num, len(r.items))
	if v != "" {
		for _, part := range strings.Split(v, ";") {
			if refusal := r.readItem(part, given); refusal != nil {
				return Reading{}, refusal
			}
		}
	}
	return r.sumItems(given), nil
}

func (r *Rule) readItem(part string, given []*exact.Num) *Refusal {
	id, number, ok := strings.Cut(part, "=")
	if !ok {
		return &Refusal{"judging.malformed_value", ""}
	}
	for i := range r.items {
		if r.items[i].id != id {
			continue
		}
		if given[i] != nil {
			return &Refusal{"judging.duplicate_item", id}
		}
		x, refusal := r.items[i].read(number)
		given[i] = &x
		return refusal
	}
	return &Refusal{"judging.unknown_item", ""}
}

func (it *item) read(number string) (exact.Num, *Refusal) {
	x, refusal := plain(number)
	switch {
	case refusal != nil:
		return x, refusal
	case x.Sign() < 0:
		return x, &Refusal{"judging.below_min", "0"}
	case it.counted && !x.IsInt():
		return x, &Refusal{"judging.off_step", "1"}
	case it.counted:
		return x, nil
	case it.amount != nil && !x.IsMultipleOf(*it.amount):
		return x, &Refusal{"judging.off_step", it.amount.String()}
	case it.from != nil && x.Sign() > 0 && x.Less(*it.from):
		return x, &Refusal{"judging.below_min", it.from.String()}
	case it.to != nil && it.to.Less(x):
		return x, &Refusal{"judging.above_max", it.to.String()}
	case it.step != nil && !x.IsMultipleOf(*it.step):
		return x, &Refusal{"judging.off_step", it.step.String()}
	}
	return x, nil
}

// sumItems adds what the items take; the canonical text has them in the
// scheme's order and leaves out zeros.
func (r *Rule) sumItems(given []*exact.Num) Reading {
	var parts []string
	out, taken := Reading{}, exact.Zero
	for i := range r.items {
		it, x := &r.items[i], given[i]
		if x == nil || x.IsZero() {
			continue
		}
		parts = append(parts, it.id+"="+x.String())
		out.Voids = wider(out.Voids, it.voids)
		amount := *x
		if it.counted {
			amount = exact.Zero
			if it.amount != nil {
				amount = it.amount.Mul(*x)
			}
		}
		if it.limit != nil {
			amount = exact.Min(amount, *it.limit)
		}
		taken = taken.Add(amount)
	}
	if r.capped != nil {
		taken = exact.Min(taken, *r.capped)
	}
	out.Value, out.Raw, out.Mark = strings.Join(parts, ";"), taken, taken
	if r.pad.Kind == "deductions" {
		out.Mark = exact.Max(r.max.Sub(taken), exact.Zero)
	}
	return out
}

var width = map[string]int{"": 0, "criterion": 1, "component": 2, "entry": 3}

func wider(a, b string) string {
	if width[a] < width[b] {
		return b
	}
	return a
}

// written is the canonical text of x, which v says: v itself where it is
// written so already, as all are that come from a ledger.
func written(v string, x exact.Num) string {
	whole, places, point := strings.Cut(v, ".")
	digits := strings.TrimPrefix(whole, "-")
	switch {
	case point && places[len(places)-1] == '0':
	case len(digits) > 1 && digits[0] == '0':
	case x.IsZero() && v != "0":
	default:
		return v
	}
	return x.String()
}
