package scoring

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
func (r *Rules) Panels() []Panel { return append([]Panel(nil), r.panels...) }

// Scheme is what the rules were compiled from; it must not be changed.
func (r *Rules) Scheme() *scheme.Scheme { return r.scheme }

// Columns are the parts of the total that rows show: the components, or the
// criteria where there is one component only.
func (r *Rules) Columns() []Column { return append([]Column(nil), r.columns...) }

// Places is how many decimals totals have.
func (r *Rules) Places() int { return r.total.places }

// Max is the most that a total can be, "" on an open scale.
func (r *Rules) Max() string {
	if r.scheme.Total != nil {
		return r.scheme.Total.String()
	}
	sum, closed := exact.Zero, true
	for i := range r.components {
		best, ok := r.bestComponent(i)
		sum, closed = sum.Add(best.Mul(r.components[i].share)), closed && ok
	}
	return shownMax(sum, closed)
}

// Sealing says whether some criterion hides who the contestant is.
func (r *Rules) Sealing() bool { return r.sealing }

// Identity is the strongest identity of the scheme's criteria: coded before
// seat before open. Its label stands for the entry in views by code.
func (r *Rules) Identity() scheme.Identity {
	strongest := scheme.Open
	for i := range r.criteria {
		switch r.criteria[i].identity {
		case scheme.Coded:
			return scheme.Coded
		case scheme.Seat:
			strongest = scheme.Seat
		}
	}
	return strongest
}

// CriterionOf is the module of an aspect, false when there is no such aspect.
func (r *Rules) CriterionOf(aspect string) (CriterionInfo, bool) {
	i, ok := r.aspectAt[aspect]
	if !ok {
		return CriterionInfo{}, false
	}
	return r.criterionInfo(r.aspects[i].criterion), true
}

// Criteria are all modules in the scheme's order.
func (r *Rules) Criteria() []CriterionInfo {
	list := make([]CriterionInfo, len(r.criteria))
	for i := range list {
		list[i] = r.criterionInfo(i)
	}
	return list
}

func (r *Rules) criterionInfo(i int) CriterionInfo {
	c := &r.criteria[i]
	best, closed := r.bestCriterion(i)
	return CriterionInfo{c.src.ID, c.code, c.src.Name.Zh, c.src.Name.En, shownMax(best, closed), c.identity}
}

// Sheets are what a chair of the panel marks, in the scheme's order; none for
// an unknown panel.
func (r *Rules) Sheets(panel string) []Sheet {
	at, ok := r.panelAt[panel]
	if !ok {
		return nil
	}
	var list []Sheet
	for i := range r.criteria {
		s := Sheet{Criterion: r.criterionInfo(i)}
		for j := r.criteria[i].first; j < r.criteria[i].end; j++ {
			if r.aspects[j].panel == at {
				s.add(r.criteria[i].src, &r.aspects[j])
			}
		}
		if len(s.Subs) > 0 {
			list = append(list, s)
		}
	}
	return list
}

func (s *Sheet) add(c *scheme.Criterion, a *aspectRule) {
	if n := len(s.Subs); n == 0 || s.Subs[n-1].ID != a.sub {
		for i := range c.Subs {
			if c.Subs[i].ID == a.sub {
				code := s.Criterion.Code + exact.Int(i+1).String()
				s.Subs = append(s.Subs, SheetPart{ID: a.sub, Code: code, Name: c.Subs[i].Name.Zh, NameEn: c.Subs[i].Name.En})
			}
		}
	}
	last := &s.Subs[len(s.Subs)-1]
	last.Aspects = append(last.Aspects, a.pad.Pad())
}

func (r *Rules) bestCriterion(i int) (exact.Num, bool) {
	c, sum, closed := &r.criteria[i], exact.Zero, true
	for j := c.first; j < c.end; j++ {
		best, ok := r.scheme.BestMark(r.aspects[j].src)
		sum, closed = sum.Add(best), closed && ok
	}
	if c.factor != nil {
		sum = sum.Mul(*c.factor)
	}
	return sum, closed
}

func (r *Rules) bestComponent(i int) (exact.Num, bool) {
	sum, closed := exact.Zero, true
	for j := r.components[i].first; j < r.components[i].end; j++ {
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
	if len(r.components) > 1 {
		for i := range r.components {
			best, closed := r.bestComponent(i)
			list = append(list, Column{r.components[i].src.ID, r.components[i].src.Name.Zh, shownMax(best, closed)})
		}
		return list
	}
	for i := range r.criteria {
		best, closed := r.bestCriterion(i)
		list = append(list, Column{r.criteria[i].src.ID, r.criteria[i].src.Name.Zh, shownMax(best, closed)})
	}
	return list
}
