package rehearsal

import (
	"strconv"
	"strings"
)

// micro is a decimal number in millionths: enough for what people measure, and
// exact, so that a simulated value is a multiple of its step.
type micro int64

const one micro = 1_000_000

// parseMicro reads a decimal; anything else, "" among it, is the fallback.
func parseMicro(s string, fallback micro) micro {
	sign := micro(1)
	if strings.HasPrefix(s, "-") {
		sign, s = -1, s[1:]
	}
	whole, frac, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 40)
	if err != nil || len(frac) > 6 {
		return fallback
	}
	f, err := strconv.ParseInt(frac+strings.Repeat("0", 6-len(frac)), 10, 40)
	if err != nil {
		return fallback
	}
	return sign * (micro(n)*one + micro(f))
}

// String writes it without needless zeros.
func (m micro) String() string {
	if m < 0 {
		return "-" + (-m).String()
	}
	out := strconv.FormatInt(int64(m/one), 10)
	if frac := m % one; frac != 0 {
		digits := strconv.FormatInt(int64(frac), 10)
		out += "." + strings.TrimRight(strings.Repeat("0", 6-len(digits))+digits, "0")
	}
	return out
}

// onStep is the multiple of the step next below m, and m itself without a step.
func (m micro) onStep(step micro) micro {
	if step <= 0 {
		return m
	}
	return m / step * step
}
