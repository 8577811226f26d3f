package exact_test

import (
	"math"
	"math/big"
	"testing"

	"jiangtai/scoring/exact"
)

// huge is a number that no two int64 hold.
func huge() exact.Num { return exact.Int(math.MaxInt64).Mul(exact.Int(math.MaxInt64)) }

// TestBeyondInt64 holds what leaves int64 against big.Rat, one operation each.
func TestBeyondInt64(t *testing.T) {
	h, one := huge(), exact.One
	for name, c := range map[string]struct {
		got  exact.Num
		want string
	}{
		"the least int64":       {exact.Int(math.MinInt64), "-9223372036854775808"},
		"its opposite":          {exact.Int(math.MinInt64).Neg(), "9223372036854775808"},
		"its size":              {exact.Int(math.MinInt64).Abs(), "9223372036854775808"},
		"huge":                  {h, "85070591730234615847396907784232501249"},
		"huge and back":         {h.Sub(h), "0"},
		"one by huge":           {one.Div(h).Mul(h), "1"},
		"huge by minus one":     {h.Div(exact.Int(-1)), "-85070591730234615847396907784232501249"},
		"huge, rounded":         {h.Add(exact.Frac(1, 2)).Round(0, exact.HalfUp).Sub(h), "1"},
		"huge, half to even":    {h.Add(exact.Frac(1, 2)).Round(0, exact.HalfEven).Sub(h), "1"},
		"huge, floor":           {h.Add(exact.Frac(1, 2)).Round(0, exact.Floor).Sub(h), "0"},
		"minus huge, half up":   {h.Neg().Sub(exact.Frac(1, 2)).Round(0, exact.HalfUp).Add(h), "-1"},
		"minus huge, ceiling":   {h.Neg().Sub(exact.Frac(1, 2)).Round(0, exact.Ceiling).Add(h), "0"},
		"greater of huge":       {exact.Max(one, h), h.String()},
		"lesser of huge":        {exact.Min(h, one), "1"},
		"greater of small":      {exact.Max(exact.Int(3), exact.Int(2)), "3"},
		"lesser of small":       {exact.Min(exact.Int(2), exact.Int(3)), "2"},
		"a part of huge":        {h.Div(exact.Int(10)), "8507059173023461584739690778423250124.9"},
		"an eighth of the most": {exact.Int(math.MaxInt64).Div(exact.Int(8)), "1152921504606846975.875"},
		"a third of huge + 1/3": {h.Add(exact.One).Div(exact.Int(3)), "85070591730234615847396907784232501250/3"},
	} {
		if got := c.got.String(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if h.Sign() != 1 || h.Neg().Sign() != -1 || h.IsZero() || !h.IsInt() || h.Div(exact.Int(2)).IsInt() {
		t.Error("sign or wholeness of huge")
	}
	if h.Cmp(one) != 1 || one.Cmp(h) != -1 || h.Cmp(h) != 0 {
		t.Error("comparing huge")
	}
	if got := h.Fixed(2); got != h.String()+".00" {
		t.Errorf("huge with two places: %s", got)
	}
	if got := exact.Int(math.MaxInt64).Fixed(3); got != "9223372036854775807.000" {
		t.Errorf("the greatest int64 with three places: %s", got)
	}
}

// TestCompareAcrossDenominators: products that differ in the low word only.
func TestCompareAcrossDenominators(t *testing.T) {
	for _, c := range []struct {
		a, b [2]int
		want int
	}{
		{[2]int{1, 3}, [2]int{1, 2}, -1},
		{[2]int{2, 4}, [2]int{1, 2}, 0},
		{[2]int{-1, 3}, [2]int{-1, 2}, 1},
		{[2]int{-1, 3}, [2]int{1, 2}, -1},
		{[2]int{0, 3}, [2]int{0, 2}, 0},
		{[2]int{math.MaxInt64, 2}, [2]int{math.MaxInt64 - 1, 3}, 1},
		{[2]int{math.MaxInt64 - 1, math.MaxInt64}, [2]int{math.MaxInt64 - 2, math.MaxInt64 - 1}, 1},
	} {
		a, b := exact.Frac(c.a[0], c.a[1]), exact.Frac(c.b[0], c.b[1])
		if got := a.Cmp(b); got != c.want || b.Cmp(a) != -c.want {
			t.Errorf("%s and %s: %d, want %d", a, b, got, c.want)
		}
	}
}

func TestWhole(t *testing.T) {
	for _, c := range []struct {
		n                            string
		halfUp, even, floor, ceiling int
	}{
		{"2.5", 3, 2, 2, 3},
		{"3.5", 4, 4, 3, 4},
		{"-2.5", -3, -2, -3, -2},
		{"0.49", 0, 0, 0, 1},
		{"7", 7, 7, 7, 7},
		{"0", 0, 0, 0, 0},
	} {
		n := exact.Must(c.n)
		got := [4]int{n.Whole(exact.HalfUp), n.Whole(exact.HalfEven), n.Whole(exact.Floor), n.Whole(exact.Ceiling)}
		if want := [4]int{c.halfUp, c.even, c.floor, c.ceiling}; got != want {
			t.Errorf("%s: %v, want %v", c.n, got, want)
		}
	}
	if huge().Whole(exact.HalfUp) != math.MaxInt || huge().Neg().Whole(exact.HalfUp) != math.MinInt {
		t.Error("what no int holds becomes the nearest")
	}
}

func TestMustPanicsOnWhatIsNoNumber(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Fatal("no panic")
		}
	}()
	exact.Must("1e3")
}

// TestNumbersAreValues: nothing that is handed out changes what it came from.
func TestNumbersAreValues(t *testing.T) {
	h := huge()
	text := h.String()
	r := h.Rat()
	r.Add(r, big.NewRat(1, 1))
	given := big.NewRat(1, 3)
	third := exact.FromRat(given)
	given.Add(given, given)
	_ = h.Add(exact.One).Neg().Abs()
	if h.String() != text || third.String() != "1/3" {
		t.Errorf("%s, before %s; %s", h, text, third)
	}
}

// TestFixedOfSmallOnes: signs and zeros in front of the point.
func TestFixedOfSmallOnes(t *testing.T) {
	for _, c := range []struct {
		n      string
		places int
		want   string
	}{
		{"0.05", 1, "0.1"},
		{"-0.05", 1, "-0.1"},
		{"-0.04", 1, "0.0"},
		{"0.001", 3, "0.001"},
		{"-0.001", 3, "-0.001"},
		{"12", 0, "12"},
		{"12", -5, "12"},
		{"0", 2, "0.00"},
		{"99.995", 2, "100.00"},
		{"1", 20, "1.000000000000"},
	} {
		if got := exact.Must(c.n).Fixed(c.places); got != c.want {
			t.Errorf("%s with %d places: %s, want %s", c.n, c.places, got, c.want)
		}
	}
}
