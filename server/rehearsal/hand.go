package rehearsal

import (
	"math/rand/v2"
	"strings"

	"jiangtai/scoring/pad"
)

// Hand fills in marks the way a judge would for work of a certain quality.
type Hand struct {
	R *rand.Rand
}

// Value is a plausible input for the pad; quality runs from 0 (poor) to 100.
func (h Hand) Value(p pad.Pad, quality int) string {
	switch {
	case len(p.Options) > 0:
		return h.option(p, quality)
	case len(p.Items) > 0:
		return h.items(p, quality)
	case len(p.Inputs) > 0:
		return h.inputs(p, quality)
	case p.Readings != nil:
		out := make([]string, p.Readings.Count)
		for i := range out {
			out[i] = h.measured(p, quality).String()
		}
		return strings.Join(out, ";")
	case len(p.Ranges) > 0:
		r := p.Ranges[h.choose(len(p.Ranges), quality)]
		return h.between(parseMicro(r.From, 0), parseMicro(r.To, 0), stepOf(p)).String()
	case p.Free:
		low := parseMicro(p.Min, 0)
		high := parseMicro(p.High, parseMicro(p.Max, 100*one))
		reach := low + (high-low)*micro(quality)/100
		from := max(low, reach-max((high-low)/20, stepOf(p))) // wide enough that a multiple of the step lies in it
		return h.between(from, reach, stepOf(p)).String()
	case p.Per != "":
		return (micro(h.R.IntN(1+(100-quality)/18)) * one).String()
	case p.Linear != nil:
		best, limit := parseMicro(p.Linear.Best, 0), parseMicro(p.Linear.Limit, 0)
		slack := (limit - best) * micro(100-quality) / 100
		return h.between(best, best+slack, one).String()
	}
	return h.measured(p, quality).String()
}

// option picks among choices by their order, worst first as pads list levels;
// yes and no are told apart by their marks.
func (h Hand) option(p pad.Pad, quality int) string {
	best, worst := 0, 0
	for i, o := range p.Options {
		if parseMicro(o.Mark, 0) > parseMicro(p.Options[best].Mark, 0) {
			best = i
		}
		if parseMicro(o.Mark, 0) < parseMicro(p.Options[worst].Mark, 0) {
			worst = i
		}
	}
	if len(p.Options) == 2 {
		if h.R.IntN(100) < quality/2+48 {
			return p.Options[best].Value
		}
		return p.Options[worst].Value
	}
	// Three judges within one level of each other: that is what panels settle on.
	level := min(len(p.Options)-1, quality*len(p.Options)/100)
	if h.R.IntN(3) == 0 && level > 0 && quality*len(p.Options)%100 < 30 {
		level--
	}
	return p.Options[level].Value
}

func (h Hand) items(p pad.Pad, quality int) string {
	var out []string
	for _, it := range p.Items {
		if h.R.IntN(100) < quality+4 || it.Voids != "" {
			continue
		}
		n := "1"
		if !it.Counted && it.Amount != "" {
			n = it.Amount
		} else if !it.Counted {
			n = h.between(parseMicro(it.From, 0), parseMicro(it.To, one), parseMicro(it.Step, one)).String()
		}
		out = append(out, it.ID+"="+n)
	}
	return strings.Join(out, ";")
}

func (h Hand) inputs(p pad.Pad, quality int) string {
	out := make([]string, len(p.Inputs))
	row := pad.Row{}
	if len(p.Rows) > 0 {
		row = p.Rows[h.choose(len(p.Rows), quality)]
	}
	for i := range p.Inputs {
		var b pad.Band
		if i < len(row.When) {
			b = row.When[i]
		}
		hi := parseMicro(b.Hi, 5*one)
		lo := parseMicro(b.Lo, min(0, hi))
		out[i] = h.between(lo, hi, one/10).String()
	}
	return strings.Join(out, ";")
}

// measured is a number inside one of the pad's bands, the better the more
// likely, or the middle of what it accepts.
func (h Hand) measured(p pad.Pad, quality int) micro {
	low, high := parseMicro(p.Min, -one), parseMicro(p.High, 100*one)
	if len(p.Bands) == 0 {
		return h.between(low, high, stepOf(p))
	}
	b := p.Bands[h.choose(len(p.Bands), quality)]
	hi := min(high, parseMicro(b.Hi, high))
	lo := max(low, parseMicro(b.Lo, min(low, hi)))
	step := stepOf(p)
	if p.Step == "" {
		step = max((hi-lo)/50, 1).onStep(one / 1000)
		step = max(step, one/1000)
	}
	return h.between(lo, hi, step)
}

// choose prefers the first places for good work.
func (h Hand) choose(n, quality int) int {
	i := h.R.IntN(n)
	if h.R.IntN(100) < quality {
		i = 0
	}
	return i
}

// between is a multiple of step from low to high, both inside.
func (h Hand) between(low, high, step micro) micro {
	if step <= 0 {
		step = one
	}
	first := low.onStep(step)
	if first < low {
		first += step
	}
	n := int64((high-first)/step) + 1
	if high < first || n <= 0 {
		return low
	}
	return first + step*micro(h.R.Int64N(n))
}

func stepOf(p pad.Pad) micro {
	if p.Step != "" {
		return parseMicro(p.Step, one)
	}
	step := one
	for range p.Places {
		step /= 10
	}
	if p.Places > 2 {
		return one / 100
	}
	return max(step, 1)
}
