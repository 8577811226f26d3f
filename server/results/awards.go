package results

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"jiangtai/scoring"
	"jiangtai/scoring/award"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
)

// Awards (奖项预览) is who would win what if the result were published now.
type Awards struct {
	Sealed   bool   `json:"sealed"`
	Official bool   `json:"official"`
	Seq      uint64 `json:"seq"`
	GivenView
	// Advance is who goes on; nil where the scheme says nothing of it.
	Advance *CutView `json:"advance"`
	// Teams are the prizes of teams; nil where there are none.
	Teams *GivenView `json:"teams,omitempty"`
}

// GivenView is what one rule of prizes gives.
type GivenView struct {
	Given  bool        `json:"given"` // the scheme says what is won
	Base   int         `json:"base"`  // how many entries the shares are of
	TooFew bool        `json:"too_few"`
	Least  int         `json:"least"`
	By     string      `json:"by,omitempty"` // prizes are won in each of these apart: group, county, unit
	Prizes []PrizeView `json:"prizes"`       // by group, then by prize
}

// PrizeView is one prize with its winners, in one group where each is apart.
type PrizeView struct {
	Group   int      `json:"group,omitempty"` // its number; 0: of all together
	Called  string   `json:"group_name,omitempty"`
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	NameEn  string   `json:"name_en,omitempty"`
	Count   int      `json:"count"` // how many the rule provides for
	Winners []Winner `json:"winners"`
	Open    *CutView `json:"open"` // a tie at its border that waits for a decision
}

// CutView is a list of entries, and of those who are tied at its end.
type CutView struct {
	Group   int       `json:"group,omitempty"` // as in PrizeView
	Called  string    `json:"group_name,omitempty"`
	Places  int       `json:"places"` // how many of the tied there is room for
	Winners []Winner  `json:"winners"`
	Tied    []Winner  `json:"tied"`
	By      string    `json:"by,omitempty"` // of going on in groups apart: their grouping
	In      []CutView `json:"in,omitempty"` // and each of them
}

// Winner is an entry in a list. Name and unit are empty while the event is
// sealed.
type Winner struct {
	Work  string `json:"work"`
	Name  string `json:"name,omitempty"`
	Unit  string `json:"unit,omitempty"`
	Rank  int    `json:"rank"`
	Total string `json:"total"`
}

// Awards shows who would win what by the scheme's rule, to those who may see
// marks.
func (d *Desk) Awards(ctx context.Context, actor contest.Actor, event contest.ID) (Awards, error) {
	var f *facts
	var s *scheme.Scheme
	var field []award.Entry
	ascending := false
	err := d.read(ctx, actor, event, readers, func(r Reading) (err error) {
		f, err = know(r)
		if rules := r.Board.Rules(); rules != nil {
			s, field, ascending = rules.Scheme(), r.Board.Results(), rules.Ascending
		}
		return err
	})
	if err != nil {
		return Awards{}, err
	}
	out := Awards{Sealed: f.sealed, Official: f.phase == scoring.Official, Seq: f.seq, GivenView: GivenView{Prizes: []PrizeView{}}}
	if s == nil || s.Prizes == nil && s.TeamPrizes == nil && s.Advance == nil {
		return out, nil
	}
	w, err := d.winners(ctx, f)
	if err != nil {
		return Awards{}, err
	}
	if s.Prizes != nil {
		out.GivenView = w.given(s.Prizes, award.Give(s.Prizes, field))
	}
	if s.TeamPrizes != nil {
		teams := w.given(s.TeamPrizes, award.GiveTeams(s.TeamPrizes, field))
		out.Teams = &teams
	}
	if s.Advance != nil {
		out.Advance = w.advance(s.Advance.By, field, award.Advance(s.Advance, field, ascending))
	}
	return out, nil
}

// advance tells who goes on, and in which group where each is cut apart.
func (w *winners) advance(by string, field []award.Entry, going award.Advancing) *CutView {
	in, groups := map[scoring.EntryID]int{}, map[int]*CutView{}
	for i := range field {
		in[field[i].ID] = field[i].In.By(by)
	}
	group := func(n int) *CutView {
		if groups[n] == nil {
			groups[n] = &CutView{Group: n, Called: w.groups[by][n], Winners: []Winner{}, Tied: []Winner{}}
		}
		return groups[n]
	}
	out := &CutView{Winners: w.all(going.Entries), Tied: []Winner{}, By: by}
	for _, id := range going.Entries {
		g := group(in[id])
		g.Winners = append(g.Winners, w.all([]scoring.EntryID{id})...)
	}
	for _, cut := range going.Open {
		g := group(cut.In)
		g.Places, g.Tied = cut.Places, w.all(cut.Group)
		out.Places += cut.Places
		out.Tied = append(out.Tied, g.Tied...)
	}
	if by == "" {
		return out
	}
	for _, n := range slices.Sorted(maps.Keys(groups)) {
		out.In = append(out.In, *groups[n])
	}
	return out
}

// winners joins entries with what may be known of them.
type winners struct {
	f     *facts
	names map[scoring.EntryID]Name
	// groups are names as Names gives them.
	groups map[string]map[int]string
	rows   map[scoring.EntryID]scoring.Row
}

func (d *Desk) winners(ctx context.Context, f *facts) (*winners, error) {
	w := &winners{f: f, rows: map[scoring.EntryID]scoring.Row{}}
	for _, row := range f.rows {
		w.rows[row.Entry] = row
	}
	if f.sealed {
		return w, nil
	}
	var err error
	if w.names, err = d.cfg.Names.Names(ctx, f.event.ID); err != nil {
		return w, err
	}
	w.groups, err = d.cfg.Names.Groups(ctx, f.event.ID)
	return w, err
}

// given tells what a rule of prizes gives.
func (w *winners) given(p *scheme.Prizes, given award.Prizes) GivenView {
	out := GivenView{Given: true, Base: given.Base, TooFew: given.TooFew, Least: p.Least, By: p.By, Prizes: []PrizeView{}}
	if p.By == "" {
		given.Groups = []award.Group{{Counts: given.Counts}}
	}
	type won struct {
		group int
		prize string
	}
	by := map[won][]scoring.EntryID{}
	for _, g := range given.Winners {
		by[won{g.In, g.Prize}] = append(by[won{g.In, g.Prize}], g.Entry)
	}
	for _, g := range given.Groups {
		for i := range p.List {
			prize := &p.List[i]
			v := PrizeView{
				Group: g.Number, Called: w.groups[p.By][g.Number], ID: prize.ID, Name: prize.Name.Zh, NameEn: prize.Name.En, Count: g.Counts[i],
				Winners: w.all(by[won{g.Number, prize.ID}]),
			}
			for _, cut := range given.Open {
				if cut.Prize == prize.ID && cut.In == g.Number {
					v.Open = &CutView{Group: g.Number, Places: cut.Places, Winners: []Winner{}, Tied: w.all(cut.Group)}
				}
			}
			out.Prizes = append(out.Prizes, v)
		}
	}
	return out
}

func (w *winners) all(list []scoring.EntryID) []Winner {
	out := make([]Winner, 0, len(list))
	for _, id := range list {
		n, row := w.names[id], w.rows[id]
		out = append(out, Winner{w.f.labels[id], n.Name, n.Unit, row.Rank, row.Total})
	}
	// By rank and label: the order of ordinals would tell whose labels they are.
	slices.SortStableFunc(out, func(a, b Winner) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Work, b.Work))
	})
	return out
}
