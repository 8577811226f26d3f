package pad

import (
	"errors"
	"reflect"
	"strings"

	"jiangtai/scoring/exact"
)

// Refusal says why a value is not accepted: a code of schemas/errors.json and
// the bound in question.
type Refusal struct {
	Code string
	Hint string
}

// Reading is an accepted value.
type Reading struct {
	Value string    // canonical text: equal values have equal text
	Mark  exact.Num // what it gives; of a penalty what it takes, not negative; relative: the number, which the field makes a mark
	Raw   exact.Num // the number measured, after readings became one; 0 where there is none
	Voids string    // "", or what a finding voids: criterion, component, entry; a gate's is "gate"
}

// Rule is a pad ready to read values. It is safe for concurrent use.
type Rule struct {
	pad       Pad
	min, high *exact.Num
	step      *exact.Num
	max       exact.Num
	otherwise exact.Num
	per       *exact.Num
	limit     exact.Num
	best      exact.Num
	capped    *exact.Num
	options   []exact.Num
	bands     []span
	rows      [][]span
	ranges    []span
	items     []item
}

type span struct {
	lo, hi         *exact.Num
	loOpen, hiOpen bool
	mark           exact.Num
}

type item struct {
	id, voids                     string
	amount, from, to, step, limit *exact.Num
	counted                       bool
}

// Alike says whether two rules read every value alike: they differ in what aspects are
// called at the most.
func (r *Rule) Alike(o *Rule) bool {
	if r.pad.Kind != o.pad.Kind || r.pad.Max != o.pad.Max {
		return false
	}
	return reflect.DeepEqual(r.nameless(), o.nameless())
}

func (r *Rule) nameless() Rule {
	n := *r
	n.pad.ID, n.pad.Code, n.pad.Name, n.pad.NameEn, n.pad.Text, n.pad.TextEn = "", "", "", "", "", ""
	return n
}

var errNumber = errors.New("pad: not an exact number")

// Compile makes a pad ready; the error says that a number in it is not one,
// which no pad of Make has.
func Compile(p Pad) (*Rule, error) {
	c := &compiler{}
	r := &Rule{
		pad: p, min: c.opt(p.Min), high: c.opt(p.High), step: c.opt(p.Step), max: c.num(p.Max),
		otherwise: c.num(p.Else), per: c.opt(p.Per), capped: c.opt(p.Cap),
	}
	if p.Linear != nil {
		r.limit, r.best = c.num(p.Linear.Limit), c.num(p.Linear.Best)
	}
	for _, o := range p.Options {
		r.options = append(r.options, c.num(o.Mark))
	}
	r.bands = c.spans(p.Bands)
	for _, row := range p.Rows {
		s := c.spans(row.When)
		for i := range s {
			s[i].mark = c.num(row.Mark)
		}
		r.rows = append(r.rows, s)
	}
	for _, g := range p.Ranges {
		r.ranges = append(r.ranges, span{lo: c.opt(g.From), hi: c.opt(g.To)})
	}
	for _, it := range p.Items {
		r.items = append(r.items, item{
			id: it.ID, voids: it.Voids, amount: c.opt(it.Amount), from: c.opt(it.From), to: c.opt(it.To),
			step: c.opt(it.Step), limit: c.opt(it.Cap), counted: it.Counted,
		})
	}
	return r, c.err
}

type compiler struct{ err error }

func (c *compiler) opt(s string) *exact.Num {
	if s == "" {
		return nil
	}
	n := c.num(s)
	return &n
}

// num reads a decimal or a fraction; "" is 0.
func (c *compiler) num(s string) exact.Num {
	if s == "" {
		return exact.Zero
	}
	n, err := exact.ParseText(s)
	if err != nil {
		c.err = errNumber
	}
	return n
}

func (c *compiler) spans(bands []Band) []span {
	var list []span
	for _, b := range bands {
		list = append(list, span{c.opt(b.Lo), c.opt(b.Hi), b.LoOpen, b.HiOpen, c.num(b.Mark)})
	}
	return list
}

func (s span) holds(x exact.Num) bool {
	if s.lo != nil {
		if c := x.Cmp(*s.lo); c < 0 || c == 0 && s.loOpen {
			return false
		}
	}
	if s.hi != nil {
		if c := x.Cmp(*s.hi); c > 0 || c == 0 && s.hiOpen {
			return false
		}
	}
	return true
}

// Pad is what the rule was compiled from.
func (r *Rule) Pad() Pad { return r.pad }

// Read turns a value into a mark, or says why not.
func (r *Rule) Read(v string) (Reading, *Refusal) {
	switch {
	case len(v) > 4096:
		return Reading{}, &Refusal{"judging.malformed_value", "4096"}
	case len(r.options) > 0:
		return r.readOption(v)
	case len(r.items) > 0:
		return r.readItems(v)
	case len(r.pad.Inputs) > 1:
		return r.readInputs(v)
	case r.pad.Readings != nil:
		return r.readReadings(v)
	}
	x, refusal := r.number(v)
	if refusal != nil {
		return Reading{}, refusal
	}
	return r.one(written(v, x), x)
}

// one gives the mark of a single number.
func (r *Rule) one(canonical string, x exact.Num) (Reading, *Refusal) {
	out := Reading{Value: canonical, Raw: x}
	switch {
	case len(r.ranges) > 0:
		for _, g := range r.ranges {
			if g.holds(x) {
				out.Mark = x
				return out, nil
			}
		}
		return Reading{}, &Refusal{"judging.between_grades", x.String()}
	case r.pad.Free:
		out.Mark = x
	case r.per != nil:
		out.Mark = exact.Max(r.max.Sub(r.per.Mul(x)), exact.Zero)
	case r.pad.Linear != nil:
		share := r.limit.Sub(x).Div(r.limit.Sub(r.best))
		out.Mark = r.max.Mul(exact.Min(exact.Max(share, exact.Zero), exact.One))
	default:
		out.Mark = r.lookUp([]exact.Num{x})
	}
	return out, nil
}

// lookUp finds the first band or row that holds.
func (r *Rule) lookUp(x []exact.Num) exact.Num {
	for _, b := range r.bands {
		if b.holds(x[0]) {
			return b.mark
		}
	}
	for _, row := range r.rows {
		met := true
		for i, s := range row {
			met = met && s.holds(x[i])
		}
		if met {
			return row[0].mark
		}
	}
	return r.otherwise
}

func (r *Rule) readOption(v string) (Reading, *Refusal) {
	for i, o := range r.pad.Options {
		if o.Value == v {
			out := Reading{Value: v, Mark: r.options[i]}
			if r.pad.Kind == "gate" && v == "1" {
				out.Voids = "gate"
			}
			return out, nil
		}
	}
	x, refusal := plain(v)
	switch {
	case refusal != nil:
		return Reading{}, refusal
	case x.Sign() < 0:
		return Reading{}, &Refusal{"judging.below_min", "0"}
	case exact.Int(len(r.options) - 1).Less(x):
		return Reading{}, &Refusal{"judging.above_max", exact.Int(len(r.options) - 1).String()}
	case x.IsInt():
		return r.readOption(x.String())
	}
	return Reading{}, &Refusal{"judging.off_step", "1"}
}

func (r *Rule) readInputs(v string) (Reading, *Refusal) {
	x, canonical, refusal := r.numbers(v, len(r.pad.Inputs))
	if refusal != nil {
		return Reading{}, refusal
	}
	return Reading{Value: canonical, Raw: x[0], Mark: r.lookUp(x)}, nil
}

func (r *Rule) readReadings(v string) (Reading, *Refusal) {
	x, canonical, refusal := r.numbers(v, r.pad.Readings.Count)
	if refusal != nil {
		return Reading{}, refusal
	}
	lo, hi, sum := x[0], x[0], exact.Zero
	for _, n := range x {
		lo, hi, sum = exact.Min(lo, n), exact.Max(hi, n), sum.Add(n)
	}
	taken := hi
	switch r.pad.Readings.Take {
	case "min":
		taken = lo
	case "mean":
		taken = sum.Div(exact.Int(len(x)))
	case "range":
		taken = hi.Sub(lo)
	}
	return r.one(canonical, taken)
}

func (r *Rule) numbers(v string, count int) ([]exact.Num, string, *Refusal) {
	parts := strings.Split(v, ";")
	if len(parts) != count {
		return nil, "", &Refusal{"judging.wrong_count", exact.Int(count).String()}
	}
	list := make([]exact.Num, count)
	for i, p := range parts {
		x, refusal := r.number(p)
		if refusal != nil {
			return nil, "", refusal
		}
		list[i], parts[i] = x, written(p, x)
	}
	return list, strings.Join(parts, ";"), nil
}
