package evening

import (
	"cmp"
	"context"
	"slices"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Overview (全场) is an event on one page: who owes what for which work.
type Overview struct {
	Seq     uint64          `json:"seq"`
	Phase   scoring.Phase   `json:"phase"`
	Frozen  bool            `json:"frozen"`
	Sealed  bool            `json:"sealed"`
	Release scoring.Release `json:"release"`
	Late    int             `json:"late"` // marks that wait for two persons
	Chairs  []Chair         `json:"chairs"`
	Works   []Work          `json:"works"`
	Spreads []Spread        `json:"spreads"`
	// Hidden counts marks that are owed in modules whose label stays hidden.
	Hidden int `json:"hidden"`
}

// Chair is a chair of a panel with what it owes.
type Chair struct {
	Chair scoring.ChairID `json:"chair"`
	Panel string          `json:"panel"`
	Seat  int             `json:"seat"`
	Judge string          `json:"judge"`
	Done  int             `json:"done"`
	Need  int             `json:"need"`
}

// Work is a row: how far it is, and why it does not move.
type Work struct {
	Work   string         `json:"work"`
	Team   bool           `json:"team,omitempty"`
	Status scoring.Status `json:"status"`
	Done   int            `json:"done"`
	Need   int            `json:"need"`
	Owed   []Debt         `json:"owed"` // by chair
	Why    []Reason       `json:"why"`
}

// Debt is what one chair owes for one work; chair 0 is any chair of the panel, and
// without a panel whoever enters it.
type Debt struct {
	Chair scoring.ChairID `json:"chair"`
	Panel string          `json:"panel,omitempty"`
	Count int             `json:"count"`
}

// Spread is a panel whose marks lie further apart than the scheme allows.
type Spread struct {
	Work    string `json:"work"` // empty: its label stays hidden
	Panel   string `json:"panel"`
	Aspect  string `json:"aspect"`
	Code    string `json:"code"`
	Name    string `json:"name"`
	NameEn  string `json:"name_en,omitempty"`
	Attempt int    `json:"attempt"`
	Round   int    `json:"round"`
	Low     string `json:"low"`
	High    string `json:"high"`
	Allowed string `json:"allowed"`
	Again   bool   `json:"again"` // the next round is open: the tablets ask for it
}

// Overview tells how an event stands, to those who may see marks.
func (d *Desk) Overview(ctx context.Context, actor contest.Actor, event contest.ID) (Overview, error) {
	var out Overview
	err := d.read(ctx, actor, event, func(r Reading) error {
		out = overview(r)
		return nil
	})
	return out, err
}

func overview(r Reading) Overview {
	b := r.Board
	out := Overview{
		Seq: r.Seq, Phase: b.Phase(), Frozen: b.Frozen(), Sealed: b.Sealed(), Release: b.Policy(), Late: len(b.LateMarks()),
		Chairs: chairs(r), Works: []Work{}, Spreads: []Spread{},
	}
	if b.Rules() == nil {
		return out
	}
	wide := map[scoring.EntryID][]Spread{}
	for _, s := range b.OpenSpreads() {
		spread := spreadOf(r, s)
		out.Spreads = append(out.Spreads, spread)
		wide[s.Entry] = append(wide[s.Entry], spread)
	}
	for _, row := range b.View(scoring.Chief).Rows {
		label := r.Label(row.Entry)
		if label == "" {
			continue
		}
		w, hidden := workOf(r, row, label, wide[row.Entry])
		out.Works, out.Hidden = append(out.Works, w), out.Hidden+hidden
	}
	slices.SortStableFunc(out.Works, func(a, b Work) int { return cmp.Compare(a.Work, b.Work) })
	slices.SortStableFunc(out.Spreads, func(a, b Spread) int {
		return cmp.Or(cmp.Compare(a.Work, b.Work), cmp.Compare(a.Code, b.Code))
	})
	return out
}

func chairs(r Reading) []Chair {
	sits := map[scoring.ChairID]contest.Chair{}
	for _, c := range r.Chairs {
		sits[c.Number] = c
	}
	list := []Chair{}
	for _, c := range r.Board.Chairs() {
		list = append(list, Chair{c.Chair, c.Panel, sits[c.Chair].Seat, sits[c.Chair].Judge, c.Done, c.Need})
	}
	return list
}

func spreadOf(r Reading, s scoring.OpenSpread) Spread {
	rules := r.Board.Rules()
	a := &rules.Aspects[rules.AspectAt[s.Aspect]]
	out := Spread{
		Panel: rules.PanelList[a.Panel].ID, Aspect: s.Aspect, Code: a.Code, Name: a.Src.Name.Zh, NameEn: a.Src.Name.En,
		Attempt: int(s.Attempt), Round: int(s.Round), Low: s.Low, High: s.High, Allowed: s.Allowed, Again: s.Again,
	}
	if r.Shown(s.Aspect, s.Entry) {
		out.Work = r.Label(s.Entry)
	}
	return out
}

// workOf is a row with its debts, and how many of them stay hidden.
func workOf(r Reading, row scoring.Row, label string, wide []Spread) (w Work, hidden int) {
	w = Work{Work: label, Team: row.Team, Status: row.Status, Done: row.Done, Need: row.Need, Owed: []Debt{}, Why: []Reason{}}
	if r.Board.Sealed() {
		w.Done, w.Need = r.Board.Owed(row.Entry, func(m scoring.CriterionInfo) bool { return r.Board.Rules().IdentityOf(row.Team) == m.Identity })
	}
	if row.Status != scoring.Competing && row.Status != scoring.OutOfContest {
		w.Why = append(w.Why, Reason{Kind: ByStatus, Value: string(row.Status)})
		return w, 0
	}
	rules := r.Board.Rules()
	at := map[Debt]int{}
	short := 0
	for _, miss := range r.Board.Missing(row.Entry) {
		if !r.Shown(miss.Aspect, row.Entry) {
			hidden++
			continue
		}
		if miss.Short {
			short++
			continue
		}
		key := Debt{Chair: miss.Chair}
		if p := rules.Aspects[rules.AspectAt[miss.Aspect]].Panel; p >= 0 {
			key.Panel = rules.PanelList[p].ID
		}
		at[key]++
	}
	for key, n := range at {
		key.Count = n
		w.Owed = append(w.Owed, key)
	}
	slices.SortFunc(w.Owed, func(a, b Debt) int { return cmp.Or(cmp.Compare(a.Chair, b.Chair), cmp.Compare(a.Panel, b.Panel)) })
	w.Why = reasons(r, row.Entry, w.Owed, wide, short, hidden)
	return w, hidden
}
