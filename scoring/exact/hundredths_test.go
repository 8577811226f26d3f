package exact_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/exact"
)

// TestHundredths: what a number comes to in hundredths, where it is held so.
func TestHundredths(t *testing.T) {
	for _, c := range []struct {
		name string
		n    exact.Num
		want int64
		ok   bool
	}{
		{"nothing", exact.Num{}, 0, true},
		{"a whole number", exact.Int(7).Cents(), 700, true},
		{"a half", exact.Frac(-1, 2).Cents(), -50, true},
		{"a quarter", exact.Frac(29, 4).Cents(), 725, true},
		{"a hundredth", exact.Must("0.01").Cents(), 1, true},
		{"made of hundredths", exact.Hundredths(725, 1), 725, true},
		{"a third", exact.Frac(1, 3).Cents(), 0, false},
		{"an eighth", exact.Frac(1, 8).Cents(), 0, false},
		{"a thousandth", exact.Must("0.001").Cents(), 0, false},
		{"a mean of three", exact.Hundredths(725, 3), 0, false},
		{"too great for it", exact.Int(math.MaxInt64).Cents(), 0, false},
		{"beyond int64", huge().Cents(), 0, false},
	} {
		got, ok := c.n.Over100()
		if ok != c.ok || ok && got != c.want {
			t.Errorf("%s: %d %v, want %d %v", c.name, got, ok, c.want, c.ok)
		}
	}
}

// held says whether a number is whole and int64 has it and its opposite.
func held(r *big.Rat) bool { return r.IsInt() && new(big.Int).Abs(r.Num()).IsInt64() }

// TestCentsIsTheSameNumber, in whatever way it is held, and in hundredths when it
// comes to a whole number of them that is not too great.
func TestCentsIsTheSameNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, ra := number(t, "a")
		same(t, "in hundredths", a.Cents(), ra)
		times := new(big.Rat).Mul(ra, big.NewRat(100, 1))
		n, ok := a.Cents().Over100()
		if want := held(times); ok != want {
			t.Fatalf("%s held as hundredths: %v, want %v", a, ok, want)
		}
		if ok && times.Cmp(new(big.Rat).SetInt64(n)) != 0 {
			t.Fatalf("%s is %d hundredths", a, n)
		}
	})
}

// TestHundredthsShared: so many hundredths by so many marks.
func TestHundredthsShared(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, by := rapid.Int64Range(-1<<60, 1<<60).Draw(t, "n"), rapid.IntRange(1, 999).Draw(t, "by")
		same(t, "shared", exact.Hundredths(n, by), big.NewRat(n, 100*int64(by)))
	})
}

// TestScaled: the number times a power of ten, where that is whole and no greater
// than int64, also of a number that is not held reduced.
func TestScaled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, ra := number(t, "a")
		if rapid.Bool().Draw(t, "not reduced") {
			n, by := rapid.Int64Range(-1e6, 1e6).Draw(t, "hundredths"), rapid.IntRange(1, 12).Draw(t, "by")
			a, ra = exact.Hundredths(n, by), big.NewRat(n, 100*int64(by))
		}
		places := rapid.IntRange(0, 12).Draw(t, "places")
		power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
		want := new(big.Rat).Mul(ra, new(big.Rat).SetInt(power))
		got, ok := a.Scaled(places)
		if fits := held(want); ok != fits {
			t.Fatalf("%s with %d places: %v, want %v", a, places, ok, fits)
		}
		if ok && want.Cmp(new(big.Rat).SetInt64(got)) != 0 {
			t.Fatalf("%s with %d places: %d, want %s", a, places, got, want.RatString())
		}
	})
}

func TestScaledExamples(t *testing.T) {
	for _, c := range []struct {
		name   string
		n      exact.Num
		places int
		want   int64
		ok     bool
	}{
		{"a total", exact.Must("82.43"), 2, 8243, true},
		{"below nothing", exact.Must("-0.5"), 3, -500, true},
		{"held as hundredths, wanted in tenths", exact.Hundredths(50, 1), 1, 5, true},
		{"a mean that comes out even", exact.Hundredths(300, 4), 2, 75, true},
		{"a third", exact.Frac(1, 3), 6, 0, false},
		{"more places than wanted", exact.Must("0.125"), 2, 0, false},
		{"too great", exact.Int(math.MaxInt64), 1, 0, false},
		{"the greatest", exact.Int(math.MaxInt64), 0, math.MaxInt64, true},
		{"beyond int64", huge(), 0, 0, false},
	} {
		if got, ok := c.n.Scaled(c.places); ok != c.ok || ok && got != c.want {
			t.Errorf("%s: %d %v, want %d %v", c.name, got, ok, c.want, c.ok)
		}
	}
}

// TestInstead: of a sum in which one number became another, held in whatever way.
func TestInstead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, ra := number(t, "a")
		was, rw := number(t, "was")
		is, ri := number(t, "is")
		want := new(big.Rat).Add(new(big.Rat).Sub(ra, rw), ri)
		same(t, "one instead of the other", a.Instead(was, is), want)
	})
	for _, c := range []struct{ a, was, is, want exact.Num }{
		{exact.Hundredths(700, 5), exact.Hundredths(200, 5), exact.Hundredths(300, 5), exact.Frac(8, 5)},
		{exact.Hundredths(700, 1), exact.Zero, exact.Hundredths(50, 1), exact.Must("7.5")},
		{exact.Hundredths(700, 1), exact.Hundredths(700, 1), exact.Zero, exact.Zero},
		{exact.Zero, exact.Zero, exact.Hundredths(50, 1), exact.Must("0.5")},
		{exact.Int(math.MaxInt64), exact.Int(-1), exact.Zero, exact.Int(math.MaxInt64).Add(exact.One)},
		{exact.Int(math.MaxInt64), exact.Int(0), exact.Int(2), exact.Int(math.MaxInt64).Add(exact.Int(2))},
		{huge(), huge(), exact.One, exact.One},
	} {
		if got := c.a.Instead(c.was, c.is); !got.Equal(c.want) {
			t.Errorf("%s − %s + %s = %s, want %s", c.a, c.was, c.is, got, c.want)
		}
	}
}

// TestQuotientsOfAllSizes: numbers of 32 bits are divided in a way of their own.
func TestQuotientsOfAllSizes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.SampledFrom([]int64{3, 1 << 15, 1<<32 - 1, 1 << 32, 1<<32 + 7, 1 << 40}).Draw(t, "size")
		n, d := rapid.Int64Range(-size, size).Draw(t, "n"), rapid.Int64Range(1, size).Draw(t, "d")
		places := rapid.IntRange(0, 3).Draw(t, "places")
		scale := new(big.Rat).SetInt64([]int64{1, 10, 100, 1000}[places])
		times := new(big.Rat).Mul(big.NewRat(n, d), scale)
		whole := new(big.Int).Div(times.Num(), times.Denom()) // towards −∞
		want := new(big.Rat).Quo(new(big.Rat).SetInt(whole), scale)
		same(t, "rounded down", exact.Frac(int(n), int(d)).Round(places, exact.Floor), want)
	})
}
