package exact

import (
	"math"
	"math/big"
)

// Mode is a way of rounding (修约方式).
type Mode uint8

// The modes. HalfUp rounds a half away from zero, as 四舍五入 does.
const (
	HalfUp Mode = iota
	HalfEven
	Floor
	Ceiling
)

// MaxPlaces is the most decimal places that a number is rounded to.
const MaxPlaces = 12

var powers = [MaxPlaces + 1]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12}

// pow10 is 10^places; places outside 0…MaxPlaces are taken as the nearer end.
func pow10(places int) int64 {
	if uint(places) < uint(len(powers)) {
		return powers[places]
	}
	return powers[min(max(places, 0), MaxPlaces)]
}

// Round rounds to places decimals; places outside 0…MaxPlaces are taken as the
// nearer end.
func (a Num) Round(places int, mode Mode) Num {
	scale := pow10(places)
	if a.r == nil {
		d := a.den()
		if d == scale || d < scale && scale%d == 0 {
			return a
		}
		if n, ok := mul64(a.n, scale); ok {
			return Num{n: roundQuo(n, d, mode), d: scale}
		}
	}
	return a.roundBig(scale, mode)
}

// roundQuo is n/d (d > 0) rounded to a whole number.
func roundQuo(n, d int64, mode Mode) int64 {
	q, r := quoRem(n, d)
	if r < 0 {
		q, r = q-1, r+d
	}
	up := false
	switch mode {
	case Ceiling:
		up = r > 0
	case Floor:
	case HalfEven:
		up = r > d-r || (r == d-r && q%2 != 0)
	default:
		up = r > d-r || (r == d-r && n > 0)
	}
	if up {
		q++
	}
	return q
}

// quoRem is n/d and n%d, d > 0. Numbers of 32 bits are divided in half the time.
func quoRem(n, d int64) (q, r int64) {
	if uint64(n)>>32 == 0 && uint64(d)>>32 == 0 {
		x, y := uint32(n), uint32(d)
		return int64(x / y), int64(x % y)
	}
	return n / d, n % d
}

func (a Num) roundBig(scale int64, mode Mode) Num {
	r := a.Rat()
	n := new(big.Int).Mul(r.Num(), big.NewInt(scale))
	d := r.Denom()
	q, m := new(big.Int).DivMod(n, d, new(big.Int))
	half := new(big.Int).Lsh(m, 1).Cmp(d)
	up := false
	switch {
	case m.Sign() == 0 || mode == Floor:
	case mode == Ceiling:
		up = true
	case mode == HalfEven:
		up = half > 0 || (half == 0 && q.Bit(0) == 1)
	default:
		up = half > 0 || (half == 0 && n.Sign() > 0)
	}
	if up {
		q.Add(q, big.NewInt(1))
	}
	return fromRat(new(big.Rat).SetFrac(q, big.NewInt(scale)))
}

// Whole rounds to a whole number; what no int holds becomes the nearest that is
// held.
func (a Num) Whole(mode Mode) int {
	r := a.Round(0, mode)
	switch {
	case r.r == nil:
		return int(r.n)
	case r.r.Sign() < 0:
		return math.MinInt
	}
	return math.MaxInt
}

// IsMultipleOf says whether a is a whole multiple of b; b must not be 0.
func (a Num) IsMultipleOf(b Num) bool {
	if a.r == nil && b.r == nil {
		x, ok1 := mul64(a.n, b.den())
		y, ok2 := mul64(b.n, a.den())
		if ok1 && ok2 {
			return x%y == 0
		}
	}
	return a.Div(b).IsInt()
}
