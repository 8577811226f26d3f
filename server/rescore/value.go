package rescore

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

func rat(s string) (*big.Rat, error) {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil, fmt.Errorf("%w: value %q", errBody, s)
	}
	return r, nil
}

func add(a, b *big.Rat) *big.Rat { return new(big.Rat).Add(a, b) }
func sub(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
func mul(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }
func quo(a, b *big.Rat) *big.Rat { return new(big.Rat).Quo(a, b) }

func least(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) <= 0 {
		return a
	}
	return b
}

func most(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) >= 0 {
		return a
	}
	return b
}

func zero() *big.Rat { return new(big.Rat) }

// rounded rounds by the nearest of the two neighbours; what is missing does not
// round.
func (r *round) rounded(x *big.Rat) *big.Rat {
	if r == nil {
		return x
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(r.Places)), nil)
	scaled := mul(x, new(big.Rat).SetInt(scale))
	down := new(big.Int).Div(scaled.Num(), scaled.Denom())
	rest := sub(scaled, new(big.Rat).SetInt(down))
	up := false
	switch half := rest.Cmp(big.NewRat(1, 2)); {
	case rest.Sign() == 0 || r.Mode == "floor":
	case r.Mode == "ceiling" || half > 0:
		up = true
	case half == 0 && r.Mode == "half_even":
		up = down.Bit(0) == 1
	case half == 0:
		up = x.Sign() > 0
	}
	if up {
		down.Add(down, big.NewInt(1))
	}
	return new(big.Rat).SetFrac(down, scale)
}

// found is what one value says: its mark, the number measured, and what it
// voids.
type found struct {
	mark  *big.Rat
	raw   *big.Rat
	voids string
}

// find reads a value by the aspect's kind.
func (a *aspect) find(value string) (found, error) {
	switch a.Kind {
	case "deductions", "penalty":
		return a.findItems(value)
	case "gate":
		voids := ""
		if value == "1" {
			voids = a.Voids
		}
		return found{zero(), zero(), voids}, nil
	}
	var x []*big.Rat
	for _, part := range strings.Split(value, ";") {
		r, err := rat(part)
		if err != nil {
			return found{}, err
		}
		x = append(x, r)
	}
	if a.Readings != nil {
		x = []*big.Rat{taken(a.Readings.Take, x)}
	}
	return found{a.markOf(x), x[0], ""}, nil
}

func taken(how string, x []*big.Rat) *big.Rat {
	lo, hi, sum := x[0], x[0], zero()
	for _, r := range x {
		lo, hi, sum = least(lo, r), most(hi, r), add(sum, r)
	}
	switch how {
	case "min":
		return lo
	case "mean":
		return quo(sum, big.NewRat(int64(len(x)), 1))
	case "range":
		return sub(hi, lo)
	}
	return hi
}

// markOf is the handbook: what a measured number is worth.
func (a *aspect) markOf(x []*big.Rat) *big.Rat {
	v, off := x[0], sub(x[0], a.Nominal.or(0))
	switch a.Kind {
	case "yes_no":
		return mul(v, a.Max.Rat)
	case "tolerance":
		return a.maxIf(most(off, sub(zero(), off)).Cmp(a.Tol.Rat) <= 0)
	case "limits":
		return a.maxIf((a.Low == nil || off.Cmp(a.Low.Rat) >= 0) && (a.High == nil || off.Cmp(a.High.Rat) <= 0))
	case "graded":
		for _, b := range a.Bands {
			if most(off, sub(zero(), off)).Cmp(b.Tol.Rat) <= 0 {
				return b.Mark.Rat
			}
		}
		return a.Else.or(0)
	case "excess":
		return a.markExcess(off)
	case "table":
		return a.markTable(x)
	case "counted":
		return most(sub(a.Max.Rat, mul(a.Per.Rat, v)), zero())
	case "judgement":
		return quo(mul(a.Max.Rat, v), big.NewRat(int64(len(a.Levels)-1), 1))
	case "time":
		return a.markTime(v)
	}
	return v // points, panel, grades, external; relative: what is held against the best
}

func (a *aspect) maxIf(right bool) *big.Rat {
	if right {
		return a.Max.Rat
	}
	return zero()
}

// markExcess counts the steps beyond the nearer limit.
func (a *aspect) markExcess(off *big.Rat) *big.Rat {
	low, high := a.Low, a.High
	if a.Tol != nil {
		low, high = &number{sub(zero(), a.Tol.Rat)}, a.Tol
	}
	beyond := zero()
	if low != nil {
		beyond = most(beyond, sub(low.Rat, off))
	}
	if high != nil {
		beyond = most(beyond, sub(off, high.Rat))
	}
	begun := round{Mode: "ceiling"}
	if a.Whole {
		begun.Mode = "floor"
	}
	steps := begun.rounded(quo(beyond, a.Step.Rat))
	return most(sub(a.Max.Rat, mul(a.Per.Rat, steps)), zero())
}

func (a *aspect) markTable(x []*big.Rat) *big.Rat {
	for _, r := range a.Rows {
		met := true
		for i, c := range r.When {
			met = met && (c.Ge == nil || x[i].Cmp(c.Ge.Rat) >= 0) && (c.Gt == nil || x[i].Cmp(c.Gt.Rat) > 0) &&
				(c.Le == nil || x[i].Cmp(c.Le.Rat) <= 0) && (c.Lt == nil || x[i].Cmp(c.Lt.Rat) < 0)
		}
		if met {
			return r.Mark.Rat
		}
	}
	return a.Else.or(0)
}

func (a *aspect) markTime(t *big.Rat) *big.Rat {
	switch a.Mode {
	case "linear":
		share := quo(sub(a.Limit.Rat, t), sub(a.Limit.Rat, a.Best.Rat))
		return mul(a.Max.Rat, least(most(share, zero()), big.NewRat(1, 1)))
	case "bands":
		for _, b := range a.Bands {
			if t.Cmp(b.To.Rat) <= 0 {
				return b.Mark.Rat
			}
		}
		return a.Else.or(0)
	case "seconds":
		return t
	}
	return zero()
}

// findItems adds what a list of deductions or violations takes.
func (a *aspect) findItems(value string) (found, error) {
	sum, voids := zero(), ""
	for _, part := range strings.Split(value, ";") {
		id, amount, some := strings.Cut(part, "=")
		if !some {
			if value == "" {
				break
			}
			return found{}, fmt.Errorf("%w: value %q", errBody, value)
		}
		at := slices.IndexFunc(a.Items, func(it item) bool { return it.ID == id })
		x, err := rat(amount)
		if err != nil || at < 0 {
			return found{}, fmt.Errorf("%w: value %q", errBody, value)
		}
		it := &a.Items[at]
		if x.Sign() > 0 && reach[it.Voids] > reach[voids] {
			voids = it.Voids
		}
		if a.Kind == "penalty" && it.From == nil {
			x = mul(x, it.Amount.or(0)) // counted
		}
		if it.Cap != nil {
			x = least(x, it.Cap.Rat)
		}
		sum = add(sum, x)
	}
	if a.Cap != nil {
		sum = least(sum, a.Cap.Rat)
	}
	if a.Kind == "deductions" {
		return found{most(sub(a.Max.Rat, sum), zero()), sum, ""}, nil
	}
	return found{sum, sum, voids}, nil
}

// reach orders what violations void.
var reach = map[string]int{"criterion": 1, "component": 2, "entry": 3}
