package evening

import (
	"context"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Panels (合议现场) is one work as its panels see it: who is in for each aspect.
type Panels struct {
	Seq     uint64   `json:"seq"`
	Work    string   `json:"work"`
	Why     []Reason `json:"why"`
	Aspects []Aspect `json:"aspects"`
}

// Aspect is one attempt at one aspect.
type Aspect struct {
	Aspect   string `json:"aspect"`
	Code     string `json:"code"`
	Name     string `json:"name"`
	NameEn   string `json:"name_en,omitempty"`
	Panel    string `json:"panel"`
	Attempt  int    `json:"attempt"`
	Round    int    `json:"round"`
	Required bool   `json:"required"`
	Complete bool   `json:"complete"`
	Repeated bool   `json:"repeated"`        // an earlier round's spread was too wide
	Value    string `json:"value,omitempty"` // the panel's, once it is settled
	Chairs   []Seen `json:"chairs"`
}

// Seen is a chair's part: its value only when all are in.
type Seen struct {
	Chair scoring.ChairID `json:"chair"`
	Seat  int             `json:"seat"`
	Judge string          `json:"judge"`
	In    bool            `json:"in"`
	Kind  string          `json:"kind,omitempty"`
	Value string          `json:"value,omitempty"`
}

var kindWords = map[scoring.Kind]string{scoring.Mark: "mark", scoring.NotPerformed: "not_performed", scoring.Absent: "absent"}

// Panels shows a work by the label that staff call it. Missing for a work that is
// not there.
func (d *Desk) Panels(ctx context.Context, actor contest.Actor, event contest.ID, work string) (Panels, error) {
	out := Panels{Work: work, Aspects: []Aspect{}, Why: []Reason{}}
	err := d.read(ctx, actor, event, func(r Reading) error {
		entry, ok := r.Find(work)
		if !ok || r.Board.Rules() == nil || r.Board.Status(entry) == "" {
			return errMissing
		}
		out.Seq = r.Seq
		out.aspects(r, entry)
		var wide []Spread
		for _, s := range r.Board.OpenSpreads() {
			if s.Entry == entry {
				wide = append(wide, spreadOf(r, s))
			}
		}
		for _, row := range r.Board.View(scoring.Chief).Rows {
			if row.Entry == entry {
				w, _ := workOf(r, row, work, wide)
				out.Why = w.Why
			}
		}
		return nil
	})
	return out, err
}

func (p *Panels) aspects(r Reading, entry scoring.EntryID) {
	sits := map[scoring.ChairID]contest.Chair{}
	for _, c := range r.Chairs {
		sits[c.Number] = c
	}
	rules := r.Board.Rules()
	for i := range rules.Aspects {
		a := &rules.Aspects[i]
		if a.Panel < 0 || !r.Shown(a.Src.ID, entry) {
			continue
		}
		for attempt := 1; attempt <= a.Tries; attempt++ {
			seen, ok := r.Board.Panel(entry, a.Src.ID, uint8(attempt))
			if !ok {
				continue
			}
			v := Aspect{
				Aspect: a.Src.ID, Code: a.Code, Name: a.Src.Name.Zh, NameEn: a.Src.Name.En, Panel: rules.PanelList[a.Panel].ID, Attempt: attempt,
				Round: int(seen.Round), Required: a.Required, Complete: seen.Complete, Repeated: seen.Repeated, Chairs: []Seen{},
			}
			if seen.Complete {
				v.Value = seen.Value
			}
			for _, c := range seen.Chairs {
				v.Chairs = append(v.Chairs, Seen{c.Chair, sits[c.Chair].Seat, sits[c.Chair].Judge, c.In, kindWords[c.Kind], c.Value})
			}
			p.Aspects = append(p.Aspects, v)
		}
	}
}
