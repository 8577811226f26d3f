package scheme

import (
	"strconv"

	"jiangtai/scoring/exact"
)

// Prizes say who wins what (奖项设置). Declared pass marks hold for all of them.
type Prizes struct {
	List      []Prize `json:"list"`                 // the highest first
	Mode      string  `json:"mode,omitempty"`       // of shares: half_up (default), half_even, floor, ceiling
	Running   bool    `json:"running,omitempty"`    // the running total is rounded, not each share alone
	Of        string  `json:"of,omitempty"`         // what shares are of: ranked (default) entries, or all that started
	Least     int     `json:"least,omitempty"`      // with fewer of these no prize is given
	Ties      string  `json:"ties,omitempty"`       // at a cut: widen (default), narrow or decide
	BelowPass bool    `json:"below_pass,omitempty"` // prizes are given below a pass mark too
	By        string  `json:"by,omitempty"`         // in each of these apart: group, county, unit (one of the rankings); "" in all together
}

// Prize is one of them: a share of the entries, or a number.
type Prize struct {
	ID     string `json:"id"`
	Name   Text   `json:"name"`
	Share  *Num   `json:"share,omitempty"`
	Number int    `json:"number,omitempty"`
}

// Advance says who goes on to the next stage (晋级): the first so many, those at
// a line, or of the first so many those at the line.
type Advance struct {
	First int    `json:"first,omitempty"`
	Line  *Num   `json:"line,omitempty"` // the total that is enough
	Ties  string `json:"ties,omitempty"` // at the cut: widen (default), narrow or decide
	By    string `json:"by,omitempty"`   // as with prizes
}

func (k *checker) checkPrizes() {
	if a := k.s.Advance; a != nil {
		if a.First == 0 && a.Line == nil {
			k.add("/advance/first", "scheme.missing", "")
		}
		k.notNegative("/advance/line", a.Line)
		k.oneOf("/advance/ties", a.Ties, "", "widen", "narrow", "decide")
		k.by("/advance/by", a.By)
	}
	k.prizes("/prizes", "prize", k.s.Prizes)
	k.prizes("/team_prizes", "team prize", k.s.TeamPrizes)
}

func (k *checker) prizes(path, sort string, p *Prizes) {
	if p == nil {
		return
	}
	k.oneOf(path+"/mode", p.Mode, "", "half_up", "half_even", "floor", "ceiling")
	k.oneOf(path+"/of", p.Of, "", "ranked", "started")
	k.oneOf(path+"/ties", p.Ties, "", "widen", "narrow", "decide")
	k.by(path+"/by", p.By)
	if len(p.List) == 0 {
		k.add(path+"/list", "scheme.missing", "")
	}
	shares := exact.Zero
	for i := range p.List {
		prize, at := &p.List[i], path+"/list/"+strconv.Itoa(i)
		k.id(at+"/id", sort, prize.ID)
		k.text(at+"/name", &prize.Name)
		k.positive(at+"/share", prize.Share)
		switch {
		case prize.Share != nil && prize.Number > 0:
			k.add(at+"/number", "scheme.field_not_used", "share")
		case prize.Share == nil && prize.Number == 0:
			k.add(at+"/share", "scheme.missing", "")
		case prize.Share != nil:
			shares = shares.Add(*prize.Share)
		}
	}
	if exact.One.Less(shares) {
		k.add(path+"/list", "scheme.shares_over_one", shares.String())
	}
}
