package results

import (
	"cmp"
	"context"
	"slices"

	"jiangtai/scoring"
	"jiangtai/scoring/award"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
)

// Awards (奖项预览) is who would win what if the result were published now.
type Awards struct {
	Sealed   bool        `json:"sealed"`
	Official bool        `json:"official"`
	Seq      uint64      `json:"seq"`
	Given    bool        `json:"given"` // the scheme says what is won
	Base     int         `json:"base"`  // how many entries the shares are of
	TooFew   bool        `json:"too_few"`
	Least    int         `json:"least"`
	Prizes   []PrizeView `json:"prizes"`
	// Advance is who goes on; nil where the scheme says nothing of it.
	Advance *CutView `json:"advance"`
}

// PrizeView is one prize with its winners.
type PrizeView struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	NameEn  string   `json:"name_en,omitempty"`
	Count   int      `json:"count"` // how many the rule provides for
	Winners []Winner `json:"winners"`
	Open    *CutView `json:"open"` // a tie at its border that waits for a decision
}

// CutView is a list of entries, and of those who are tied at its end.
type CutView struct {
	Places  int      `json:"places"` // how many of the tied there is room for
	Winners []Winner `json:"winners"`
	Tied    []Winner `json:"tied"`
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
	out := Awards{Sealed: f.sealed, Official: f.phase == scoring.Official, Seq: f.seq, Prizes: []PrizeView{}}
	if s == nil || s.Prizes == nil && s.Advance == nil {
		return out, nil
	}
	w, err := d.winners(ctx, f)
	if err != nil {
		return Awards{}, err
	}
	if s.Prizes != nil {
		w.prizes(s.Prizes, field, &out)
	}
	if s.Advance != nil {
		going := award.Advance(s.Advance, field, ascending)
		out.Advance = &CutView{Winners: w.all(going.Entries), Tied: []Winner{}}
		for _, cut := range going.Open {
			out.Advance.Places += cut.Places
			out.Advance.Tied = append(out.Advance.Tied, w.all(cut.Group)...)
		}
	}
	return out, nil
}

// winners joins entries with what may be known of them.
type winners struct {
	f     *facts
	names map[scoring.EntryID]Name
	rows  map[scoring.EntryID]scoring.Row
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
	w.names, err = d.cfg.Names.Names(ctx, f.event.ID)
	return w, err
}

func (w *winners) prizes(p *scheme.Prizes, field []award.Entry, out *Awards) {
	given := award.Give(p, field)
	out.Given, out.Base, out.TooFew, out.Least = true, given.Base, given.TooFew, p.Least
	by := map[string][]scoring.EntryID{}
	for _, g := range given.Winners {
		by[g.Prize] = append(by[g.Prize], g.Entry)
	}
	for i := range p.List {
		prize := &p.List[i]
		v := PrizeView{ID: prize.ID, Name: prize.Name.Zh, NameEn: prize.Name.En, Count: given.Counts[i], Winners: w.all(by[prize.ID])}
		for _, cut := range given.Open {
			if cut.Prize == prize.ID {
				v.Open = &CutView{Places: cut.Places, Winners: []Winner{}, Tied: w.all(cut.Group)}
			}
		}
		out.Prizes = append(out.Prizes, v)
	}
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
