package exact

import (
	"math"
	"math/big"
	"math/bits"
)

// Num is an exact rational number (有理数). The zero value is 0. Equal numbers
// may be held differently: compare with Equal, not with ==.
type Num struct {
	n int64    // numerator, not always reduced; never math.MinInt64
	d int64    // denominator, > 0; 0 is read as 1
	r *big.Rat // set when n/d does not fit; never changed after it is set
}

// Zero and One save their spelling.
var (
	Zero = Num{}
	One  = Int(1)
)

// Int is a whole number.
func Int(i int) Num {
	if int64(i) == math.MinInt64 {
		return fromRat(new(big.Rat).SetInt64(int64(i)))
	}
	return Num{n: int64(i), d: 1}
}

// Frac is n/d; d must not be 0.
func Frac(n, d int) Num { return Int(n).Div(Int(d)) }

func (a Num) den() int64 {
	if a.d == 0 {
		return 1
	}
	return a.d
}

// Rat is the number as a fresh big.Rat.
func (a Num) Rat() *big.Rat {
	if a.r != nil {
		return new(big.Rat).Set(a.r)
	}
	return big.NewRat(a.n, a.den())
}

// FromRat takes the value of r.
func FromRat(r *big.Rat) Num { return fromRat(new(big.Rat).Set(r)) }

func fromRat(r *big.Rat) Num {
	if r.Num().IsInt64() && r.Denom().IsInt64() && r.Num().Int64() != math.MinInt64 {
		return Num{n: r.Num().Int64(), d: r.Denom().Int64()}
	}
	return Num{r: r}
}

// Cents is the same number, over 100 where it can be: of numbers over one
// denominator sums and comparisons are quickest.
func (a Num) Cents() Num {
	if d := a.den(); a.r == nil && d < 100 && 100%d == 0 {
		if n, ok := mul64(a.n, 100/d); ok {
			return Num{n: n, d: 100}
		}
	}
	return a
}

// Over100 is n where the number is held as n/100, as Cents holds it; false where
// it is held otherwise.
func (a Num) Over100() (n int64, ok bool) {
	return a.n, a.r == nil && (a.d == 100 || a.n == 0)
}

// Hundredths is n/(100 × by), by > 0 and less than a thousand.
func Hundredths(n int64, by int) Num { return Num{n: n, d: 100 * int64(by)} }

// Sign is -1, 0 or 1.
func (a Num) Sign() int {
	switch {
	case a.r != nil:
		return a.r.Sign()
	case a.n < 0:
		return -1
	case a.n > 0:
		return 1
	}
	return 0
}

// IsZero says whether a is 0.
func (a Num) IsZero() bool { return a.r == nil && a.n == 0 }

// IsInt says whether a is whole.
func (a Num) IsInt() bool {
	if a.r != nil {
		return a.r.IsInt()
	}
	d := a.den()
	return d == 1 || a.n%d == 0
}

// Neg is -a.
func (a Num) Neg() Num {
	if a.r != nil {
		return fromRat(new(big.Rat).Neg(a.r))
	}
	return Num{n: -a.n, d: a.den()}
}

// Abs is |a|.
func (a Num) Abs() Num {
	if a.Sign() < 0 {
		return a.Neg()
	}
	return a
}

// Add is a + b.
func (a Num) Add(b Num) Num {
	if a.r == nil && b.r == nil {
		switch { // a sum begins with nothing
		case a.n == 0:
			return b
		case b.n == 0:
			return a
		}
		if ad, bd := a.den(), b.den(); ad == bd {
			if n, ok := add64(a.n, b.n); ok {
				return Num{n: n, d: ad}
			}
		}
		if s, ok := addSmall(a, b); ok {
			return s
		}
	}
	return fromRat(new(big.Rat).Add(a.Rat(), b.Rat()))
}

// addSmall finds a denominator for both. Most are powers of ten or a panel's
// size, of which one divides the other.
func addSmall(a, b Num) (Num, bool) {
	ad, bd := a.den(), b.den()
	if ad < bd {
		a, b, ad, bd = b, a, bd, ad
	}
	g := bd
	if bd > 1 && ad%bd != 0 {
		g = gcd(ad, bd)
	}
	x, ok1 := mul64(a.n, bd/g)
	y, ok2 := mul64(b.n, ad/g)
	d, ok3 := mul64(ad, bd/g)
	n, ok4 := add64(x, y)
	return Num{n: n, d: d}, ok1 && ok2 && ok3 && ok4
}

// Sub is a − b.
func (a Num) Sub(b Num) Num { return a.Add(b.Neg()) }

// Instead is a − was + is: a sum of which one number has become another.
func (a Num) Instead(was, is Num) Num {
	if a.r == nil && was.r == nil && is.r == nil && a.d > 0 && (was.d == a.d || was.n == 0) && (is.d == a.d || is.n == 0) {
		if less, ok := add64(a.n, -was.n); ok {
			if n, ok := add64(less, is.n); ok {
				return Num{n: n, d: a.d}
			}
		}
	}
	return a.Sub(was).Add(is)
}

// Mul is a × b.
func (a Num) Mul(b Num) Num {
	if a.r == nil && b.r == nil {
		if b.n == 1 && b.d == 1 {
			return a
		}
		n, ok1 := mul64(a.n, b.n)
		d, ok2 := mul64(a.den(), b.den())
		if ok1 && ok2 && d < roomy {
			return Num{n: n, d: d}
		}
		if m, ok := mulReduced(a, b); ok {
			return m
		}
	}
	return fromRat(new(big.Rat).Mul(a.Rat(), b.Rat()))
}

// roomy is how great a denominator may become before it is worth the time to
// reduce it: with less, sums of many still fit.
const roomy = 1 << 31

func mulReduced(a, b Num) (Num, bool) {
	a, b = a.reduced(), b.reduced()
	g1, g2 := gcd(a.n, b.d), gcd(b.n, a.d)
	n, ok1 := mul64(a.n/g1, b.n/g2)
	d, ok2 := mul64(a.d/g2, b.d/g1)
	return Num{n: n, d: d}, ok1 && ok2
}

// Div is a ÷ b. It panics when b is 0: schemes whose divisor can be 0 do not
// compile.
func (a Num) Div(b Num) Num {
	if b.IsZero() {
		panic("exact: division by zero")
	}
	if b.r != nil {
		return fromRat(new(big.Rat).Quo(a.Rat(), b.r))
	}
	if b.n < 0 {
		return a.Neg().Mul(Num{n: b.den(), d: -b.n})
	}
	return a.Mul(Num{n: b.den(), d: b.n})
}

// Cmp is -1, 0 or 1 as a is less than, equal to or greater than b.
func (a Num) Cmp(b Num) int {
	if a.r != nil || b.r != nil {
		return a.Rat().Cmp(b.Rat())
	}
	if a.den() == b.den() {
		return cmp64(a.n, b.n)
	}
	if as, bs := a.Sign(), b.Sign(); as != bs || as == 0 {
		return cmp64(int64(as), int64(bs))
	}
	h1, l1 := bits.Mul64(abs64(a.n), uint64(b.den()))
	h2, l2 := bits.Mul64(abs64(b.n), uint64(a.den()))
	c := cmpU(h1, h2)
	if c == 0 {
		c = cmpU(l1, l2)
	}
	return c * a.Sign()
}

// Equal says whether a and b are the same number.
func (a Num) Equal(b Num) bool { return a.Cmp(b) == 0 }

// Less says whether a < b.
func (a Num) Less(b Num) bool { return a.Cmp(b) < 0 }

// Max is the greater of the two.
func Max(a, b Num) Num {
	if a.Less(b) {
		return b
	}
	return a
}

// Min is the lesser of the two.
func Min(a, b Num) Num {
	if b.Less(a) {
		return b
	}
	return a
}

// reduced is the number in lowest terms, with its denominator written.
func (a Num) reduced() Num {
	d := a.den()
	if a.r != nil || d == 1 {
		return Num{n: a.n, d: d, r: a.r}
	}
	g := gcd(a.n, d)
	return Num{n: a.n / g, d: d / g}
}

// gcd of |a| and b > 0; gcd(0, b) is b.
func gcd(a, b int64) int64 {
	if a < 0 {
		a = -a
	}
	for a != 0 {
		a, b = b%a, a
	}
	return b
}

func add64(a, b int64) (int64, bool) {
	s := a + b
	return s, (s > a) == (b > 0) && s != math.MinInt64
}

func mul64(a, b int64) (int64, bool) {
	if int64(int32(a)) == a && int64(int32(b)) == b {
		return a * b, true
	}
	hi, lo := bits.Mul64(abs64(a), abs64(b))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}

func abs64(a int64) uint64 {
	if a < 0 {
		return uint64(-a)
	}
	return uint64(a)
}

func cmp64(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func cmpU(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
