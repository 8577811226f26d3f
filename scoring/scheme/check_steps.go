package scheme

import (
	"strconv"

	"jiangtai/scoring/exact"
)

// steps checks that what can be given at most and at least lies on the step that
// is given by: a maximum beside it is one that nobody can ever have.
func (k *checker) steps(at string, a *Aspect) {
	if a.Kind == Excess {
		return // its step is of what is measured
	}
	k.divides(at+"/max", a.Step, a.Max)
	k.divides(at+"/min", a.Step, a.Min)
	for i := range a.Items {
		it, iAt := &a.Items[i], at+"/items/"+strconv.Itoa(i)
		k.divides(iAt+"/from", it.Step, it.From)
		k.divides(iAt+"/to", it.Step, it.To)
	}
	k.gradeSteps(at, a)
}

// gradeSteps: the highest grade's end can be given, and of each other grade some mark.
func (k *checker) gradeSteps(at string, a *Aspect) {
	best := -1
	for i := range a.Grades {
		g := &a.Grades[i]
		if g.From == nil || g.To == nil {
			return
		}
		if best < 0 || a.Grades[best].To.Less(*g.To) {
			best = i
		}
		if a.Step != nil && a.Step.Sign() > 0 && g.To.Less(g.From.Div(*a.Step).Round(0, exact.Ceiling).Mul(*a.Step)) {
			k.add(at+"/grades/"+strconv.Itoa(i), "scheme.step_does_not_divide", a.Step.String())
		}
	}
	if best >= 0 {
		k.divides(at+"/grades/"+strconv.Itoa(best)+"/to", a.Step, a.Grades[best].To)
	}
}

func (k *checker) divides(at string, step, n *Num) {
	if step != nil && step.Sign() > 0 && n != nil && !n.IsMultipleOf(*step) {
		k.add(at, "scheme.step_does_not_divide", n.String()+" ÷ "+step.String())
	}
}
