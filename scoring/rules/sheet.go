package rules

import (
	"jiangtai/scoring/exact"
	"jiangtai/scoring/pad"
	"jiangtai/scoring/scheme"
)

// Sheet is what one chair of a panel marks for one entry in one module (评分表).
type Sheet struct {
	Criterion CriterionInfo `json:"criterion"`
	Subs      []SheetPart   `json:"subs"`
}

// CriterionInfo names a module.
type CriterionInfo struct {
	ID       string          `json:"id"`
	Code     string          `json:"code"`
	Name     string          `json:"name"`
	NameEn   string          `json:"name_en,omitempty"`
	Max      string          `json:"max,omitempty"` // "" on an open scale
	Identity scheme.Identity `json:"identity"`
	Of       string          `json:"of,omitempty"` // "team": teams are marked in it, nobody else
}

// SheetPart is a sub-criterion with those of its aspects that the panel marks.
type SheetPart struct {
	ID      string    `json:"id"`
	Code    string    `json:"code"`
	Name    string    `json:"name"`
	NameEn  string    `json:"name_en,omitempty"`
	Aspects []pad.Pad `json:"aspects"`
}

// Panels are the scheme's panels in its order.
func (r *Rules) Panels() []Panel { return append([]Panel(nil), r.PanelList...) }

// Scheme is what the rules were compiled from; it must not be changed.
func (r *Rules) Scheme() *scheme.Scheme { return r.scheme }

// Columns are the parts of the total that rows show: the components, or the
// criteria where there is one component only.
func (r *Rules) Columns() []Column { return append([]Column(nil), r.columns...) }

// Places is how many decimals totals have.
func (r *Rules) Places() int { return r.Total.Places }

// Max is the most that a person's total can be, "" on an open scale.
func (r *Rules) Max() string {
	if r.scheme.Total != nil {
		return r.scheme.Total.String()
	}
	sum, closed := exact.Zero, true
	for i := range r.Components {
		if r.Components[i].OfTeam {
			continue
		}
		best, ok := r.bestComponent(i)
		sum, closed = sum.Add(best.Mul(r.Components[i].Share)), closed && ok
	}
	return shownMax(sum, closed)
}

// Sealing says whether some criterion hides who the contestant is.
func (r *Rules) Sealing() bool { return r.sealing }

// Identity is the strongest identity of the scheme's criteria: coded before
// seat before open. Its label stands for the entry in views by code.
func (r *Rules) Identity() scheme.Identity {
	return r.strongest(func(*Module) bool { return true })
}

// IdentityOf is Identity of the criteria in which teams are marked, or persons: of
// another kind of entry than the strongest there may be no label.
func (r *Rules) IdentityOf(team bool) scheme.Identity {
	if r.Teams == nil {
		return r.Identity()
	}
	return r.strongest(func(m *Module) bool { return m.OfTeam == team })
}

func (r *Rules) strongest(of func(*Module) bool) scheme.Identity {
	strongest := scheme.Open
	for i := range r.Modules {
		switch m := &r.Modules[i]; {
		case !of(m):
		case m.Identity == scheme.Coded:
			return scheme.Coded
		case m.Identity == scheme.Seat:
			strongest = scheme.Seat
		}
	}
	return strongest
}

// CriterionOf is the module of an aspect, false when there is no such aspect.
func (r *Rules) CriterionOf(aspect string) (CriterionInfo, bool) {
	i, ok := r.AspectAt[aspect]
	if !ok {
		return CriterionInfo{}, false
	}
	return r.criterionInfo(r.Aspects[i].Module), true
}

// Criteria are all modules in the scheme's order.
func (r *Rules) Criteria() []CriterionInfo {
	list := make([]CriterionInfo, len(r.Modules))
	for i := range list {
		list[i] = r.criterionInfo(i)
	}
	return list
}

func (r *Rules) criterionInfo(i int) CriterionInfo {
	c := &r.Modules[i]
	best, closed := r.bestCriterion(i)
	return CriterionInfo{c.Src.ID, c.Code, c.Src.Name.Zh, c.Src.Name.En, shownMax(best, closed), c.Identity, ofWord(c.OfTeam)}
}

// Sheets are what a chair of the panel marks, in the scheme's order; none for
// an unknown panel.
func (r *Rules) Sheets(panel string) []Sheet {
	at, ok := r.PanelAt[panel]
	if !ok {
		return nil
	}
	var list []Sheet
	for i := range r.Modules {
		s := Sheet{Criterion: r.criterionInfo(i)}
		for j := r.Modules[i].First; j < r.Modules[i].End; j++ {
			if r.Aspects[j].Panel == at {
				s.add(r.Modules[i].Src, &r.Aspects[j])
			}
		}
		if len(s.Subs) > 0 {
			list = append(list, s)
		}
	}
	return list
}

func (s *Sheet) add(c *scheme.Criterion, a *Aspect) {
	if n := len(s.Subs); n == 0 || s.Subs[n-1].ID != a.Sub {
		for i := range c.Subs {
			if c.Subs[i].ID == a.Sub {
				code := s.Criterion.Code + exact.Int(i+1).String()
				s.Subs = append(s.Subs, SheetPart{ID: a.Sub, Code: code, Name: c.Subs[i].Name.Zh, NameEn: c.Subs[i].Name.En})
			}
		}
	}
	last := &s.Subs[len(s.Subs)-1]
	last.Aspects = append(last.Aspects, a.Pad.Pad())
}

func (r *Rules) bestCriterion(i int) (exact.Num, bool) {
	c, sum, closed := &r.Modules[i], exact.Zero, true
	for j := c.First; j < c.End; j++ {
		best, ok := r.scheme.BestMark(r.Aspects[j].Src)
		sum, closed = sum.Add(best), closed && ok
	}
	if c.Factor != nil {
		sum = sum.Mul(*c.Factor)
	}
	return sum, closed
}

func (r *Rules) bestComponent(i int) (exact.Num, bool) {
	sum, closed := exact.Zero, true
	for j := r.Components[i].First; j < r.Components[i].End; j++ {
		best, ok := r.bestCriterion(j)
		sum, closed = sum.Add(best), closed && ok
	}
	return sum, closed
}

func shownMax(n exact.Num, closed bool) string {
	if !closed || n.Sign() <= 0 {
		return ""
	}
	return n.String()
}

func (r *Rules) makeColumns() []Column {
	var list []Column
	if len(r.Components) > 1 {
		for i := range r.Components {
			best, closed := r.bestComponent(i)
			list = append(list, Column{r.Components[i].Src.ID, r.Components[i].Src.Name.Zh, shownMax(best, closed), ofWord(r.Components[i].OfTeam)})
		}
		return list
	}
	for i := range r.Modules {
		best, closed := r.bestCriterion(i)
		list = append(list, Column{r.Modules[i].Src.ID, r.Modules[i].Src.Name.Zh, shownMax(best, closed), ""})
	}
	return list
}

// Column is one part of the total that rows show.
type Column struct {
	ID   string // component or criterion id
	Name string
	Max  string // "" when open
	Of   string // "team": only rows of teams have it; "": persons have it, and teams the sum of their members that count
}
