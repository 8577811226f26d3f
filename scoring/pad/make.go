package pad

import (
	"strconv"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
)

func text(n *scheme.Num) string {
	if n == nil {
		return ""
	}
	return n.String()
}

func value(n *scheme.Num) exact.Num {
	if n == nil {
		return exact.Zero
	}
	return *n
}

// Make compiles an aspect of a checked scheme; code is its visible code.
func Make(a *scheme.Aspect, code string) Pad {
	p := Pad{
		ID: a.ID, Code: code, Name: a.Name.Zh, NameEn: a.Name.En, Kind: string(a.Kind), Max: text(a.Max),
		Each: a.Each(), Required: a.IsRequired(), Attempts: a.Tries(), Unit: a.Unit, Places: 6,
	}
	if a.Help != nil {
		p.Text, p.TextEn = a.Help.Zh, a.Help.En
	}
	if a.Accepts != nil {
		p.Min, p.High = text(a.Accepts.Min), text(a.Accepts.Max)
	}
	if a.Readings != nil {
		p.Readings = &Readings{a.Readings.Count, a.Readings.Take}
	}
	if a.Else != nil {
		p.Else = text(a.Else)
	}
	fillKind(&p, a)
	if p.Step != "" {
		p.Places = places(p.Step)
	}
	return p
}

func fillKind(p *Pad, a *scheme.Aspect) {
	switch a.Kind {
	case scheme.YesNo:
		p.Options = []Option{{Value: "1", Label: "yes", Mark: p.Max}, {Value: "0", Label: "no", Mark: "0"}}
	case scheme.Gate:
		p.Max = "0"
		p.Options = []Option{{Value: "0", Label: "none", Mark: "0"}, {Value: "1", Label: "found", Mark: "0"}}
	case scheme.Judgement:
		p.Options = levels(a)
	case scheme.Tolerance, scheme.Limits, scheme.Excess:
		lo, hi := limits(a)
		p.Bands = []Band{{Lo: text(lo), Hi: text(hi), Mark: p.Max}}
		if a.Kind == scheme.Excess {
			p.Bands = append(p.Bands, excess(a, lo, hi)...)
		}
	case scheme.Graded:
		for _, b := range a.Bands {
			n := value(a.Nominal)
			p.Bands = append(p.Bands, Band{Lo: n.Sub(*b.Tol).String(), Hi: n.Add(*b.Tol).String(), Mark: text(b.Mark)})
		}
	case scheme.Table:
		fillTable(p, a)
	case scheme.Counted:
		p.Per, p.Step, p.Min = text(a.Per), "1", "0"
	case scheme.PointsKind, scheme.PanelKind, scheme.External:
		p.Free, p.Step, p.Min, p.High = true, text(a.Step), value(a.Min).String(), text(a.Max)
	case scheme.Relative:
		p.Free, p.Step = true, text(a.Step)
		if p.Min == "" {
			p.Min = "0"
		}
	case scheme.Grades:
		fillGrades(p, a)
	case scheme.Time:
		fillTime(p, a)
	case scheme.Deductions, scheme.Penalty:
		fillItems(p, a)
	}
}

func levels(a *scheme.Aspect) []Option {
	top := exact.Int(len(a.Levels) - 1)
	list := make([]Option, len(a.Levels))
	for i, l := range a.Levels {
		mark := a.Max.Mul(exact.Int(i)).Div(top)
		list[i] = Option{Value: strconv.Itoa(i), Label: strconv.Itoa(i), Text: l.Zh, TextEn: l.En, Mark: mark.String()}
	}
	return list
}

// limits are the ends of what is right, as absolute numbers.
func limits(a *scheme.Aspect) (lo, hi *exact.Num) {
	n := value(a.Nominal)
	if a.Tol != nil {
		l, h := n.Sub(*a.Tol), n.Add(*a.Tol)
		return &l, &h
	}
	if a.Low != nil {
		l := n.Add(*a.Low)
		lo = &l
	}
	if a.High != nil {
		h := n.Add(*a.High)
		hi = &h
	}
	return lo, hi
}

// excess unrolls the steps beyond the limits into bands: a begun step counts,
// with Whole only a completed one.
func excess(a *scheme.Aspect, lo, hi *exact.Num) []Band {
	var bands []Band
	mark, whole := *a.Max, 0
	if a.Whole {
		whole = 1
	}
	for i := 1; mark.Sign() > 0; i++ {
		mark = exact.Max(a.Max.Sub(a.Per.Mul(exact.Int(i-whole))), exact.Zero)
		if mark.Sign() == 0 {
			break
		}
		reach := a.Step.Mul(exact.Int(i))
		if hi != nil {
			bands = append(bands, Band{Lo: text(hi), LoOpen: true, Hi: hi.Add(reach).String(), HiOpen: a.Whole, Mark: mark.String()})
		}
		if lo != nil {
			bands = append(bands, Band{Lo: lo.Sub(reach).String(), LoOpen: a.Whole, Hi: text(lo), HiOpen: true, Mark: mark.String()})
		}
	}
	return bands
}

func fillTable(p *Pad, a *scheme.Aspect) {
	p.Max = ""
	if a.Max != nil {
		p.Max = text(a.Max)
	}
	for _, in := range a.Inputs {
		p.Inputs = append(p.Inputs, Input{ID: in.ID, Name: in.Name.Zh, NameEn: in.Name.En, Unit: in.Unit})
	}
	for _, r := range a.Rows {
		row := Row{Mark: text(r.Mark)}
		for _, c := range r.When {
			row.When = append(row.When, condition(c))
		}
		p.Rows = append(p.Rows, row)
	}
}

func condition(c scheme.Condition) Band {
	b := Band{Lo: text(c.Ge), Hi: text(c.Le)}
	if c.Gt != nil {
		b.Lo, b.LoOpen = text(c.Gt), true
	}
	if c.Lt != nil {
		b.Hi, b.HiOpen = text(c.Lt), true
	}
	return b
}

func fillGrades(p *Pad, a *scheme.Aspect) {
	p.Free, p.Step = true, text(a.Step)
	lo, hi := *a.Grades[0].From, *a.Grades[0].To
	for _, g := range a.Grades {
		p.Ranges = append(p.Ranges, Range{Value: g.ID, Label: g.Name.Zh, From: text(g.From), To: text(g.To), LabelEn: g.Name.En})
		lo, hi = exact.Min(lo, *g.From), exact.Max(hi, *g.To)
	}
	p.Min, p.High, p.Max = lo.String(), hi.String(), hi.String()
}

func fillTime(p *Pad, a *scheme.Aspect) {
	if p.Min == "" {
		p.Min = "0"
	}
	if p.Unit == "" {
		p.Unit = "s"
	}
	switch a.Mode {
	case "linear":
		p.Linear = &Linear{text(a.Limit), text(a.Best)}
	case "bands":
		for _, b := range a.Bands {
			p.Bands = append(p.Bands, Band{Hi: text(b.To), Mark: text(b.Mark)})
		}
	case "seconds":
		p.Free = true
	default:
		p.Max, p.Else = "0", "0"
	}
}

func fillItems(p *Pad, a *scheme.Aspect) {
	p.Cap = text(a.Cap)
	for _, it := range a.Items {
		item := Item{
			ID: it.ID, Name: it.Name.Zh, NameEn: it.Name.En, Amount: text(it.Amount), From: text(it.From), To: text(it.To),
			Step: text(it.Step), Cap: text(it.Cap), Voids: it.Voids, Counted: a.Kind == scheme.Penalty && it.From == nil,
		}
		p.Items = append(p.Items, item)
	}
	if a.Kind == scheme.Penalty {
		p.Max = "0"
	}
}

// places is how many decimals a multiple of step can have.
func places(step string) int {
	for i := range len(step) {
		if step[i] == '.' {
			return len(step) - i - 1
		}
	}
	return 0
}
