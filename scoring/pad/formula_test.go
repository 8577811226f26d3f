package pad_test

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/pad"
	"jiangtai/scoring/scheme"
)

// The tables are held here against the formulas that they were unrolled from,
// computed with big.Rat and without a table.

func hundredths(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

func ruleOf(t *rapid.T, a *scheme.Aspect) *pad.Rule {
	a.ID, a.Name, a.Panel = "a", scheme.Text{Zh: "点"}, "p"
	s := &scheme.Scheme{
		Format: scheme.Format, Name: scheme.Text{Zh: "式"}, Panels: []scheme.Panel{{ID: "p", Name: scheme.Text{Zh: "组"}}},
		Components: []scheme.Component{{ID: "c", Name: scheme.Text{Zh: "部"}, Criteria: []scheme.Criterion{{
			ID: "k", Name: scheme.Text{Zh: "块"}, Subs: []scheme.SubCriterion{{ID: "s", Name: scheme.Text{Zh: "项"}, Aspects: []scheme.Aspect{*a}}},
		}}}},
	}
	if err := scheme.Check(s); err != nil {
		t.Fatal(err)
	}
	r, err := pad.Compile(pad.Make(a, "A1.1"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func num(s string) *scheme.Num {
	n := exact.Must(s)
	return &n
}

func held(t *rapid.T, r *pad.Rule, value string, want *big.Rat) {
	got, refusal := r.Read(value)
	if refusal != nil {
		t.Fatalf("%s is refused: %+v", value, *refusal)
	}
	if got.Mark.Rat().Cmp(want) != 0 {
		t.Fatalf("%s gives %s, the formula %s", value, got.Mark, want.RatString())
	}
}

func TestExcessIsItsFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most, per := rapid.IntRange(1, 2000).Draw(t, "max"), rapid.IntRange(10, 300).Draw(t, "per")
		step, tol := rapid.IntRange(1, 50).Draw(t, "step"), rapid.IntRange(0, 100).Draw(t, "tol")
		nominal, x := rapid.IntRange(-500, 500).Draw(t, "nominal"), rapid.IntRange(-1500, 1500).Draw(t, "x")
		whole := rapid.Bool().Draw(t, "whole")
		r := ruleOf(t, &scheme.Aspect{
			Kind: scheme.Excess, Max: num(hundredths(most)), Nominal: num(hundredths(nominal)), Tol: num(hundredths(tol)),
			Step: num(hundredths(step)), Per: num(hundredths(per)), Whole: whole,
		})
		beyond := max(x-nominal, nominal-x) - tol
		steps := 0
		if beyond > 0 {
			steps = beyond / step
			if !whole && beyond%step != 0 {
				steps++
			}
		}
		held(t, r, hundredths(x), rat(hundredths(max(most-per*steps, 0))))
	})
}

func TestToleranceAndLimitsAreTheirFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nominal, x := rapid.IntRange(-300, 300).Draw(t, "nominal"), rapid.IntRange(-500, 500).Draw(t, "x")
		low, high := rapid.IntRange(-200, 0).Draw(t, "low"), rapid.IntRange(0, 200).Draw(t, "high")
		limits := &scheme.Aspect{Kind: scheme.Limits, Max: num("3.5"), Nominal: num(hundredths(nominal))}
		inside := true
		if rapid.Bool().Draw(t, "has low") {
			limits.Low = num(hundredths(low))
			inside = inside && x >= nominal+low
		}
		if limits.Low == nil || rapid.Bool().Draw(t, "has high") {
			limits.High = num(hundredths(high))
			inside = inside && x <= nominal+high
		}
		want := map[bool]*big.Rat{true: rat("3.5"), false: rat("0")}
		held(t, ruleOf(t, limits), hundredths(x), want[inside])
		tolerance := &scheme.Aspect{Kind: scheme.Tolerance, Max: num("3.5"), Nominal: num(hundredths(nominal)), Tol: num(hundredths(high))}
		held(t, ruleOf(t, tolerance), hundredths(x), want[max(x-nominal, nominal-x) <= high])
	})
}

func TestGradedIsItsFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nominal, x := rapid.IntRange(-300, 300).Draw(t, "nominal"), rapid.IntRange(-500, 500).Draw(t, "x")
		a := &scheme.Aspect{Kind: scheme.Graded, Nominal: num(hundredths(nominal)), Else: num("0.25")}
		want, tol := "0.25", -1
		for i := range rapid.IntRange(1, 5).Draw(t, "bands") {
			tol += rapid.IntRange(1, 80).Draw(t, "wider")
			mark := strconv.Itoa(9 - i)
			a.Bands = append(a.Bands, scheme.Band{Tol: num(hundredths(tol)), Mark: num(mark)})
			if want == "0.25" && max(x-nominal, nominal-x) <= tol {
				want = mark
			}
		}
		held(t, ruleOf(t, a), hundredths(x), rat(want))
	})
}

func TestLinearTimeIsItsFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		best := rapid.IntRange(0, 5000).Draw(t, "best")
		limit := best + rapid.IntRange(1, 5000).Draw(t, "longer")
		x := rapid.IntRange(0, 12000).Draw(t, "x")
		r := ruleOf(t, &scheme.Aspect{
			Kind: scheme.Time, Mode: "linear", Max: num("7.5"), Limit: num(hundredths(limit)), Best: num(hundredths(best)),
		})
		at := min(max(x, best), limit)
		want := new(big.Rat).Mul(rat("7.5"), big.NewRat(int64(limit-at), int64(limit-best)))
		held(t, r, hundredths(x), want)
	})
}

func TestDeductionsAreTheirFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fixed, limit := rapid.IntRange(0, 12).Draw(t, "times"), rapid.IntRange(1, 10).Draw(t, "cap")
		chosen := rapid.IntRange(2, 20).Draw(t, "half marks")
		r := ruleOf(t, &scheme.Aspect{Kind: scheme.Deductions, Max: num("10"), Items: []scheme.Item{
			{ID: "f", Name: scheme.Text{Zh: "固定"}, Amount: num("0.5"), Cap: num(strconv.Itoa(limit))},
			{ID: "c", Name: scheme.Text{Zh: "酌情"}, From: num("1"), To: num("10"), Step: num("0.5")},
		}})
		taken := min(fixed*50, limit*100) + chosen*50
		held(t, r, "c="+hundredths(chosen*50)+";f="+hundredths(fixed*50), rat(hundredths(max(1000-taken, 0))))
	})
}

func TestReadingsAreTheirFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(t, "readings")
		take := rapid.SampledFrom([]string{"max", "min", "mean", "range"}).Draw(t, "take")
		r := ruleOf(t, &scheme.Aspect{
			Kind: scheme.PointsKind, Max: num("100"), Readings: &scheme.Several{Count: n, Take: take},
		})
		lo, hi, sum := 10000, 0, 0
		var texts []string
		for range n {
			x := rapid.IntRange(0, 10000).Draw(t, "x")
			lo, hi, sum = min(lo, x), max(hi, x), sum+x
			texts = append(texts, hundredths(x))
		}
		want := map[string]*big.Rat{
			"max": rat(hundredths(hi)), "min": rat(hundredths(lo)), "range": rat(hundredths(hi - lo)), "mean": big.NewRat(int64(sum), int64(100*n)),
		}
		held(t, r, strings.Join(texts, ";"), want[take])
	})
}

// TestCompileRefusesWhatIsNoNumber: a pad from elsewhere is not trusted.
func TestCompileRefusesWhatIsNoNumber(t *testing.T) {
	for _, p := range []pad.Pad{
		{Min: "x"},
		{Max: "1e5"},
		{Else: " 1"},
		{Per: "1/0"},
		{Linear: &pad.Linear{Limit: "a", Best: "1"}},
		{Bands: []pad.Band{{Lo: "?"}}},
		{Rows: []pad.Row{{Mark: "m"}}},
		{Options: []pad.Option{{Mark: "-"}}},
		{Ranges: []pad.Range{{From: "from"}}},
		{Items: []pad.Item{{Amount: "many"}}},
	} {
		if p.Rows != nil {
			p.Rows[0].When = []pad.Band{{}}
		}
		if _, err := pad.Compile(p); err == nil {
			t.Errorf("compiled %+v", p)
		}
	}
}
