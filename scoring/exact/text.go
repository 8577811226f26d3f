package exact

import (
	"errors"
	"math/big"
	"strconv"
	"strings"
)

// ErrSyntax is what Parse answers for anything but -?\d{1,9}(\.\d{1,6})?.
var ErrSyntax = errors.New("exact: not a plain decimal of at most 9 digits and 6 places")

// Parse reads a plain decimal: an optional minus, one to nine digits, and
// optionally a point and one to six digits. No exponent, plus, space, leading
// or trailing point. "-0" is 0.
func Parse(s string) (Num, error) {
	neg := strings.HasPrefix(s, "-")
	if neg {
		s = s[1:]
	}
	n, digits, places, point := int64(0), 0, 0, false
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '.' && !point && digits > 0:
			point = true
		case c < '0' || c > '9':
			return Num{}, ErrSyntax
		case point:
			places++
			n = n*10 + int64(c-'0')
		default:
			digits++
			n = n*10 + int64(c-'0')
		}
		if digits > 9 || places > 6 {
			return Num{}, ErrSyntax
		}
	}
	if digits == 0 || point && places == 0 {
		return Num{}, ErrSyntax
	}
	for places > 0 && n%10 == 0 {
		n, places = n/10, places-1
	}
	if neg {
		n = -n
	}
	return Num{n: n, d: powers[places]}, nil
}

// Must is Parse for constants in code and tests; it panics on a fault.
func Must(s string) Num {
	n, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return n
}

// Fixed writes a with exactly places decimals, rounded half-up when it has
// more. It is for showing: round first where the scheme says how.
func (a Num) Fixed(places int) string {
	places = min(max(places, 0), MaxPlaces)
	r := a.Round(places, HalfUp)
	if r.r != nil {
		return r.r.FloatString(places)
	}
	scaled, ok := mul64(r.n, pow10(places)/r.den())
	if !ok {
		return r.Rat().FloatString(places)
	}
	return point(scaled, places)
}

// Scaled is a × 10^places where that is a whole number of 64 bits.
func (a Num) Scaled(places int) (int64, bool) {
	scale := pow10(places)
	if a.r == nil && a.d == scale {
		return a.n, true
	}
	if d := a.den(); a.r == nil && scale%d == 0 {
		return mul64(a.n, scale/d)
	}
	low := a.reduced()
	if low.r != nil || scale%low.d != 0 {
		return 0, false
	}
	return mul64(low.n, scale/low.d)
}

// point writes scaled/10^places.
func point(scaled int64, places int) string {
	var b [32]byte
	s := strconv.AppendInt(b[:0], scaled, 10)
	if places == 0 {
		return string(s)
	}
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	whole, frac := "0", string(s)
	if len(s) > places {
		whole, frac = string(s[:len(s)-places]), string(s[len(s)-places:])
	}
	return sign + whole + "." + strings.Repeat("0", places-len(frac)) + frac
}

// String writes the number exactly: a plain decimal without trailing zeros
// where one of up to twelve places exists, else a fraction such as "14/9".
func (a Num) String() string { return a.reduced().text() }

func (a Num) text() string {
	if a.r == nil && powers[MaxPlaces]%a.den() == 0 {
		for p := range MaxPlaces + 1 {
			if powers[p]%a.den() != 0 {
				continue
			}
			if scaled, ok := mul64(a.n, powers[p]/a.den()); ok {
				return point(scaled, p)
			}
			break
		}
	}
	if a.IsInt() {
		return a.Rat().Num().String()
	}
	r := a.Rat()
	scaled := new(big.Rat).Mul(r, new(big.Rat).SetInt64(powers[MaxPlaces]))
	if scaled.IsInt() {
		return strings.TrimRight(r.FloatString(MaxPlaces), "0")
	}
	return r.RatString()
}

// MarshalText writes String.
func (a Num) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what Parse reads.
func (a *Num) UnmarshalText(b []byte) error {
	n, err := Parse(string(b))
	if err != nil {
		return err
	}
	*a = n
	return nil
}

// ParseText reads what String writes: a decimal of any length or a fraction of
// two whole numbers.
func ParseText(s string) (Num, error) {
	if n, err := Parse(s); err == nil {
		return n, nil
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && c != '.' && c != '/' && (c != '-' || i > 0) {
			return Num{}, ErrSyntax
		}
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return Num{}, ErrSyntax
	}
	return fromRat(r), nil
}
