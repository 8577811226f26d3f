package scheme

import (
	"strconv"

	"jiangtai/scoring/exact"
)

// mostSteps keeps an excess aspect's table small enough for a tablet.
const mostSteps = 500

// numbers checks what the kind's numbers must be among themselves; fields that
// must be there are there.
func (k *checker) numbers(at string, a *Aspect) {
	if a.Kind != PointsKind && a.Kind != PanelKind && a.Kind != External {
		k.positive(at+"/max", a.Max)
	}
	k.positive(at+"/step", a.Step)
	k.positive(at+"/per", a.Per)
	k.ordered(at+"/max", a.Min, a.Max)
	k.ordered(at+"/high", a.Low, a.High)
	k.notNegative(at+"/tol", a.Tol)
	k.notNegative(at+"/spread", a.Spread)
	if a.Accepts != nil {
		k.ordered(at+"/accepts/max", a.Accepts.Min, a.Accepts.Max)
	}
	if a.Kind != Relative {
		k.steps(at, a)
	}
	switch a.Kind {
	case Limits:
		if a.Low == nil && a.High == nil {
			k.add(at+"/low", "scheme.missing", "")
		}
	case Graded:
		k.bands(at, a)
	case Excess:
		k.excess(at, a)
	case Table:
		k.table(at, a)
	case Judgement:
		k.levels(at, a)
	case Deductions, Penalty:
		k.items(at, a)
	case Grades:
		k.grades(at, a)
	case Gate:
		k.oneOf(at+"/voids", a.Voids, "aspect", "criterion", "component", "entry")
	case Time:
		k.time(at, a)
	case Relative:
		k.oneOf(at+"/better", a.Better, "", "higher", "lower")
		if a.Accepts != nil {
			k.notNegative(at+"/accepts/min", a.Accepts.Min)
		}
	}
}

func (k *checker) ordered(at string, low, high *Num) {
	if low != nil && high != nil && high.Less(*low) {
		k.add(at, "scheme.not_ascending", low.String()+" > "+high.String())
	}
}

func (k *checker) notNegative(at string, n *Num) {
	if n != nil && n.Sign() < 0 {
		k.add(at, "scheme.not_positive", n.String())
	}
}

// mark checks a mark of a band, row or grade against the aspect's max.
func (k *checker) mark(at string, mark, most *Num) {
	switch {
	case mark == nil:
		k.add(at, "scheme.missing", "")
	case mark.Sign() < 0:
		k.add(at, "scheme.not_positive", mark.String())
	case most != nil && most.Less(*mark):
		k.add(at, "scheme.above_max", mark.String()+" > "+most.String())
	}
}

func (k *checker) bands(at string, a *Aspect) {
	var last *Num
	for i := range a.Bands {
		b, bAt := &a.Bands[i], at+"/bands/"+strconv.Itoa(i)
		k.mark(bAt+"/mark", b.Mark, a.Max)
		limit, other, name, wrong := b.Tol, b.To, "/tol", "/to"
		if a.Kind == Time {
			limit, other, name, wrong = b.To, b.Tol, "/to", "/tol"
		}
		if other != nil {
			k.add(bAt+wrong, "scheme.field_not_used", string(a.Kind))
		}
		if limit == nil {
			k.add(bAt+name, "scheme.missing", "")
			continue
		}
		k.notNegative(bAt+name, limit)
		if last != nil && !last.Less(*limit) {
			k.add(bAt+name, "scheme.not_ascending", last.String()+" ≥ "+limit.String())
		}
		last = limit
	}
	if a.Else != nil {
		k.mark(at+"/else", a.Else, a.Max)
	}
}

func (k *checker) excess(at string, a *Aspect) {
	byTol := a.Nominal != nil && a.Tol != nil
	if (a.Tol != nil) && (!byTol || a.Low != nil || a.High != nil) {
		k.add(at+"/tol", "scheme.field_not_used", "low, high")
	}
	if a.Tol == nil && a.Low == nil && a.High == nil {
		k.add(at+"/high", "scheme.missing", "")
	}
	if a.Step.Sign() > 0 && a.Per.Sign() > 0 && exact.Int(mostSteps).Less(a.Max.Div(*a.Per)) {
		k.add(at+"/per", "scheme.too_many_steps", a.Max.Div(*a.Per).Round(0, exact.Ceiling).String())
	}
}

func (k *checker) table(at string, a *Aspect) {
	inputs, ids := max(len(a.Inputs), 1), map[string]bool{}
	for i := range a.Inputs {
		in, iAt := &a.Inputs[i], at+"/inputs/"+strconv.Itoa(i)
		k.text(iAt+"/name", &in.Name)
		k.localID(iAt+"/id", in.ID, ids)
	}
	for i := range a.Rows {
		r, rAt := &a.Rows[i], at+"/rows/"+strconv.Itoa(i)
		k.mark(rAt+"/mark", r.Mark, a.Max)
		if len(r.When) != inputs {
			k.add(rAt+"/when", "scheme.wrong_count", strconv.Itoa(len(r.When))+" ≠ "+strconv.Itoa(inputs))
		}
		for j, c := range r.When {
			cAt := rAt + "/when/" + strconv.Itoa(j)
			if c.Ge != nil && c.Gt != nil || c.Le != nil && c.Lt != nil {
				k.add(cAt, "scheme.two_limits", "")
				continue
			}
			k.ordered(cAt, c.least(), c.most())
		}
	}
	if a.Else != nil {
		k.mark(at+"/else", a.Else, a.Max)
	}
}

func (k *checker) localID(at, id string, seen map[string]bool) {
	if !idForm.MatchString(id) {
		k.add(at, "scheme.bad_id", id)
	}
	if seen[id] {
		k.add(at, "scheme.duplicate_id", id)
	}
	seen[id] = true
}

func (k *checker) levels(at string, a *Aspect) {
	if len(a.Levels) < 2 || len(a.Levels) > 11 {
		k.add(at+"/levels", "scheme.wrong_count", strconv.Itoa(len(a.Levels)))
	}
	for i := range a.Levels {
		k.text(at+"/levels/"+strconv.Itoa(i), &a.Levels[i])
	}
}

func (k *checker) items(at string, a *Aspect) {
	ids := map[string]bool{}
	k.positive(at+"/cap", a.Cap)
	k.oneOf(at+"/level", a.Level, "", "criterion", "component", "total")
	for i := range a.Items {
		it, iAt := &a.Items[i], at+"/items/"+strconv.Itoa(i)
		k.localID(iAt+"/id", it.ID, ids)
		k.text(iAt+"/name", &it.Name)
		fixed, chosen := it.Amount != nil, it.From != nil || it.To != nil
		switch {
		case fixed && chosen, chosen && it.Voids != "":
			k.add(iAt+"/from", "scheme.field_not_used", "amount")
		case !fixed && !chosen && it.Voids == "":
			k.add(iAt+"/amount", "scheme.missing", "")
		case chosen && (it.From == nil || it.To == nil):
			k.add(iAt+"/to", "scheme.missing", "")
		}
		if it.Voids != "" {
			k.oneOf(iAt+"/voids", it.Voids, "criterion", "component", "entry")
			if a.Kind == Deductions {
				k.add(iAt+"/voids", "scheme.field_not_used", string(a.Kind))
			}
		}
		if it.Step != nil && !chosen {
			k.add(iAt+"/step", "scheme.field_not_used", "amount")
		}
		k.positive(iAt+"/amount", it.Amount)
		k.positive(iAt+"/step", it.Step)
		k.positive(iAt+"/cap", it.Cap)
		k.notNegative(iAt+"/from", it.From)
		k.ordered(iAt+"/to", it.From, it.To)
	}
}

func (k *checker) grades(at string, a *Aspect) {
	ids := map[string]bool{}
	for i := range a.Grades {
		g, gAt := &a.Grades[i], at+"/grades/"+strconv.Itoa(i)
		k.localID(gAt+"/id", g.ID, ids)
		k.text(gAt+"/name", &g.Name)
		k.mark(gAt+"/from", g.From, nil)
		k.mark(gAt+"/to", g.To, nil)
		k.ordered(gAt+"/to", g.From, g.To)
		for j := range a.Grades[:i] {
			o := &a.Grades[j]
			if g.From != nil && g.To != nil && o.From != nil && o.To != nil && !g.To.Less(*o.From) && !o.To.Less(*g.From) {
				k.add(gAt, "scheme.grades_overlap", o.ID)
			}
		}
	}
}

func (k *checker) time(at string, a *Aspect) {
	if !k.oneOf(at+"/mode", a.Mode, "bands", "linear", "tiebreak", "seconds") {
		return
	}
	linear, bands := a.Mode == "linear", a.Mode == "bands"
	if linear && (a.Max == nil || a.Limit == nil || a.Best == nil) {
		k.add(at+"/limit", "scheme.missing", "max, limit, best")
		return
	}
	k.notNegative(at+"/best", a.Best)
	if linear && !a.Best.Less(*a.Limit) {
		k.add(at+"/limit", "scheme.not_ascending", a.Best.String()+" ≥ "+a.Limit.String())
	}
	if !linear && (a.Limit != nil || a.Best != nil) {
		k.add(at+"/limit", "scheme.field_not_used", a.Mode)
	}
	if bands && len(a.Bands) == 0 {
		k.add(at+"/bands", "scheme.missing", "")
	}
	if !bands && (len(a.Bands) > 0 || a.Else != nil) {
		k.add(at+"/bands", "scheme.field_not_used", a.Mode)
	}
	if (a.Mode == "tiebreak" || a.Mode == "seconds") && a.Max != nil {
		k.add(at+"/max", "scheme.field_not_used", a.Mode)
	}
	if bands {
		k.bands(at, a)
	}
}
