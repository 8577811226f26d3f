package exact_test

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/exact"
)

// numbers draws pairs of a Num and the same number as big.Rat: small ones,
// ones at the edge of int64 and ones far beyond it.
func number(t *rapid.T, label string) (exact.Num, *big.Rat) {
	var n, d int64
	switch rapid.IntRange(0, 3).Draw(t, label+" size") {
	case 0:
		n, d = rapid.Int64Range(-1000, 1000).Draw(t, label), rapid.Int64Range(1, 12).Draw(t, label+" under")
	case 1:
		n, d = rapid.Int64Range(-1e15, 1e15).Draw(t, label), 1_000_000
	case 2:
		n, d = rapid.Int64Range(-1<<62, 1<<62).Draw(t, label), rapid.Int64Range(1, 1<<62).Draw(t, label+" under")
	default:
		n, d = rapid.Int64().Draw(t, label), rapid.Int64Range(1, 9).Draw(t, label+" under")
	}
	r := big.NewRat(n, d)
	return exact.FromRat(r), r
}

func same(t *rapid.T, what string, got exact.Num, want *big.Rat) {
	if got.Rat().Cmp(want) != 0 {
		t.Fatalf("%s: %s, oracle %s", what, got, want.RatString())
	}
}

func TestArithmeticEqualsBigRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, ra := number(t, "a")
		b, rb := number(t, "b")
		same(t, "sum", a.Add(b), new(big.Rat).Add(ra, rb))
		same(t, "difference", a.Sub(b), new(big.Rat).Sub(ra, rb))
		same(t, "product", a.Mul(b), new(big.Rat).Mul(ra, rb))
		if rb.Sign() != 0 {
			same(t, "quotient", a.Div(b), new(big.Rat).Quo(ra, rb))
			if got, want := a.IsMultipleOf(b), new(big.Rat).Quo(ra, rb).IsInt(); got != want {
				t.Fatalf("multiple: %v, oracle %v", got, want)
			}
		}
		same(t, "negative", a.Neg(), new(big.Rat).Neg(ra))
		same(t, "absolute", a.Abs(), new(big.Rat).Abs(ra))
		if got, want := a.Cmp(b), ra.Cmp(rb); got != want || a.Less(b) != (want < 0) || a.Equal(b) != (want == 0) {
			t.Fatalf("compare: %d, oracle %d", got, want)
		}
		if a.Sign() != ra.Sign() || a.IsZero() != (ra.Sign() == 0) || a.IsInt() != ra.IsInt() {
			t.Fatalf("sign, zero or whole of %s", a)
		}
		if ra.Cmp(rb) <= 0 {
			same(t, "least", exact.Min(a, b), ra)
			same(t, "greatest", exact.Max(a, b), rb)
		}
	})
}

// TestLongChainsComeBack: sums and products that leave int64 on the way and
// return are still equal.
func TestLongChainsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sum, oracle := exact.Zero, new(big.Rat)
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			n, r := number(t, "n")
			if rapid.Bool().Draw(t, "times") && r.Sign() != 0 {
				sum, oracle = sum.Mul(n), new(big.Rat).Mul(oracle, r)
			} else {
				sum, oracle = sum.Add(n), new(big.Rat).Add(oracle, r)
			}
		}
		same(t, "chain", sum, oracle)
		same(t, "back to nothing", sum.Sub(sum), new(big.Rat))
	})
}

// oracleRound rounds by comparing with the two neighbours.
func oracleRound(x *big.Rat, places int, mode exact.Mode) *big.Rat {
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil))
	y := new(big.Rat).Mul(x, scale)
	lo := new(big.Int).Div(y.Num(), y.Denom())
	hi := new(big.Int).Add(lo, big.NewInt(1))
	if y.IsInt() {
		hi = lo
	}
	toLo := new(big.Rat).Sub(y, new(big.Rat).SetInt(lo))
	toHi := new(big.Rat).Sub(new(big.Rat).SetInt(hi), y)
	pick := lo
	switch c := toLo.Cmp(toHi); {
	case mode == exact.Ceiling:
		pick = hi
	case mode == exact.Floor:
	case c > 0:
		pick = hi
	case c == 0 && mode == exact.HalfEven && lo.Bit(0) == 1:
		pick = hi
	case c == 0 && mode == exact.HalfUp && y.Sign() > 0:
		pick = hi
	}
	return new(big.Rat).Quo(new(big.Rat).SetInt(pick), scale)
}

func TestRoundEqualsOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, ra := number(t, "a")
		if rapid.Bool().Draw(t, "half") {
			h := big.NewRat(rapid.Int64Range(-99999, 99999).Draw(t, "halves"), 2000)
			a, ra = exact.FromRat(h), h
		}
		places := rapid.IntRange(0, 6).Draw(t, "places")
		for _, mode := range []exact.Mode{exact.HalfUp, exact.HalfEven, exact.Floor, exact.Ceiling} {
			got := a.Round(places, mode)
			same(t, "round", got, oracleRound(ra, places, mode))
			if again := got.Round(places, mode); !again.Equal(got) {
				t.Fatalf("rounding twice: %s then %s", got, again)
			}
		}
		if got, want := a.Fixed(places), oracleRound(ra, places, exact.HalfUp).FloatString(places); got != want {
			t.Fatalf("fixed: %s, oracle %s", got, want)
		}
	})
}

func TestRoundingModes(t *testing.T) {
	for _, c := range []struct{ n, up, even, floor, ceiling string }{
		{"0.125", "0.13", "0.12", "0.12", "0.13"},
		{"0.135", "0.14", "0.14", "0.13", "0.14"},
		{"-0.125", "-0.13", "-0.12", "-0.13", "-0.12"},
		{"-0.135", "-0.14", "-0.14", "-0.14", "-0.13"},
		{"82.425", "82.43", "82.42", "82.42", "82.43"},
		{"1.004999", "1", "1", "1", "1.01"},
		{"2", "2", "2", "2", "2"},
		{"-0.001", "0", "0", "-0.01", "0"},
		{"999999999.999999", "1000000000", "1000000000", "999999999.99", "1000000000"},
	} {
		n := exact.Must(c.n)
		got := [4]string{
			n.Round(2, exact.HalfUp).String(), n.Round(2, exact.HalfEven).String(),
			n.Round(2, exact.Floor).String(), n.Round(2, exact.Ceiling).String(),
		}
		if want := [4]string{c.up, c.even, c.floor, c.ceiling}; got != want {
			t.Errorf("%s: %v, want %v", c.n, got, want)
		}
	}
	if got := exact.Must("1.5").Round(-3, exact.HalfUp).String(); got != "2" {
		t.Errorf("places below 0: %s", got)
	}
	if got := exact.Frac(1, 3).Round(99, exact.HalfUp).String(); got != "0.333333333333" {
		t.Errorf("places above the most: %s", got)
	}
}

// mayParse is the promise's own form of a value.
var mayParse = regexp.MustCompile(`^-?\d{1,9}(\.\d{1,6})?$`)

func TestParse(t *testing.T) {
	for _, c := range []struct{ in, out string }{
		{"0", "0"},
		{"-0", "0"},
		{"-0.000000", "0"},
		{"007.50", "7.5"},
		{"999999999.999999", "999999999.999999"},
		{"-1.000001", "-1.000001"},
	} {
		n, err := exact.Parse(c.in)
		if err != nil || n.String() != c.out {
			t.Errorf("%q: %s %v, want %s", c.in, n, err, c.out)
		}
	}
	for _, in := range []string{
		"", "-", ".", "1.", ".5", "-.5", "+1", "1e3", "1E3", "0x10", " 1", "1 ", "1_000", "1,5", "１", "--1", "1.2.3",
		"1234567890", "0.1234567", "NaN", "Infinity", "1/2", "\x001", "1\n", "-",
	} {
		if n, err := exact.Parse(in); !errors.Is(err, exact.ErrSyntax) {
			t.Errorf("%q is read as %s (%v)", in, n, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1.5", "-0", "999999999.999999", "1e3", "", "00.10", "٣"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := exact.Parse(s)
		if (err == nil) != mayParse.MatchString(s) {
			t.Fatalf("%q: %v", s, err)
		}
		if err != nil {
			return
		}
		want, _ := new(big.Rat).SetString(s)
		if n.Rat().Cmp(want) != 0 {
			t.Fatalf("%q is %s", s, n)
		}
		again, err := exact.Parse(n.String())
		if err != nil || !again.Equal(n) {
			t.Fatalf("%q prints as %q", s, n)
		}
	})
}

func TestTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, ra := number(t, "a")
		text := a.String()
		back, err := exact.ParseText(text)
		if err != nil || !back.Equal(a) {
			t.Fatalf("%s of %s reads as %s (%v)", text, ra.RatString(), back, err)
		}
		if strings.Contains(text, ".") && (strings.HasSuffix(text, "0") || strings.Contains(text, "/")) {
			t.Fatalf("%s has zeros to spare", text)
		}
	})
	for _, c := range []struct {
		n    exact.Num
		want string
	}{
		{exact.Frac(14, 9), "14/9"},
		{exact.Frac(-1, 36), "-1/36"},
		{exact.Frac(1, 8), "0.125"},
		{exact.Int(-12), "-12"},
		{exact.Int(1 << 62).Mul(exact.Int(8)), "36893488147419103232"},
		{exact.Int(1 << 62).Mul(exact.Int(8)).Div(exact.Int(10)), "3689348814741910323.2"},
		{exact.Num{}, "0"},
	} {
		if got := c.n.String(); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
	for _, bad := range []string{"", "1/0", "x", "1/2/3", "1e5", "1-2"} {
		if n, err := exact.ParseText(bad); err == nil {
			t.Errorf("%q reads as %s", bad, n)
		}
	}
}

func TestMarshalling(t *testing.T) {
	var n exact.Num
	if err := n.UnmarshalText([]byte("7.25")); err != nil || !n.Equal(exact.Frac(29, 4)) {
		t.Fatalf("%s %v", n, err)
	}
	if err := n.UnmarshalText([]byte("1e9")); err == nil {
		t.Fatal("an exponent is read")
	}
	if b, _ := n.MarshalText(); string(b) != "7.25" {
		t.Fatalf("%s", b)
	}
}

func TestDivisionByZeroPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Fatal("no panic")
		}
	}()
	exact.One.Div(exact.Zero)
}

// ExampleNum shows the sum that binary floating point gets wrong.
func ExampleNum() {
	total := exact.Must("0.3").Mul(exact.Must("73.5")).Add(exact.Must("0.7").Mul(exact.Must("86.25")))
	fmt.Println(total, "published as", total.Fixed(2))
	// Output: 82.425 published as 82.43
}

func BenchmarkMean(b *testing.B) {
	marks := []exact.Num{exact.Must("7.5"), exact.Must("8"), exact.Must("7.25"), exact.Must("7.75"), exact.Must("8.25")}
	b.ReportAllocs()
	for b.Loop() {
		sum := exact.Zero
		for _, m := range marks {
			sum = sum.Add(m)
		}
		if sum.Div(exact.Int(len(marks))).Round(2, exact.HalfUp).IsZero() {
			b.Fatal("nothing")
		}
	}
}
