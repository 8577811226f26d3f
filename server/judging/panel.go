package judging

import (
	"context"
	"slices"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// PanelView is one aspect of one work as its panel sees it (合议): who is in,
// and the values only when all are.
type PanelView struct {
	Work     string      `json:"work"`
	Aspect   string      `json:"aspect"`
	Attempt  uint8       `json:"attempt"`
	Round    uint8       `json:"round"`
	Complete bool        `json:"complete"`
	Repeated bool        `json:"repeated"` // an earlier round's spread was too wide
	Chairs   []PanelMark `json:"chairs"`
}

// PanelMark is one chair's place in it.
type PanelMark struct {
	Chair scoring.ChairID `json:"chair"`
	Seat  int             `json:"seat"`
	Judge string          `json:"judge"`
	In    bool            `json:"in"`
	Value string          `json:"value,omitempty"` // only when Complete
	Kind  string          `json:"kind,omitempty"`  // only when Complete: mark, not_performed or absent
}

// Panel shows a panel's marks of the newest round. A chair sees its own panel
// only; staff need the right to see marks. Everything else is Missing.
func (d *Desk) Panel(ctx context.Context, actor contest.Actor, event contest.ID, work, aspect string, attempt uint8) (PanelView, error) {
	c, err := d.panelDoor(ctx, actor, event, aspect)
	if err != nil {
		return PanelView{}, err
	}
	x := c.index.Load()
	at, ok := x.Aspects[aspect]
	entry, known := x.Marked(at, work)
	if !ok || !known {
		return PanelView{}, errMissing
	}
	s, done := c.Look()
	defer done()
	seen, ok := s.Board.Panel(entry, aspect, attempt)
	if !ok {
		return PanelView{}, errMissing
	}
	v := PanelView{
		Work: work, Aspect: aspect, Attempt: max(1, attempt), Round: seen.Round, Complete: seen.Complete,
		Repeated: seen.Repeated, Chairs: []PanelMark{},
	}
	for _, ch := range seen.Chairs {
		cell, _ := s.Board.Cell(entry, aspect, attempt, seen.Round, ch.Chair)
		v.Chairs = append(v.Chairs, PanelMark{
			Chair: ch.Chair, Seat: x.Chairs[ch.Chair].Seat, In: ch.In, Value: ch.Value, Kind: kindName(ch.Kind),
			Judge: x.Setup.JudgeOf(ch.Chair, cell.Seq, s.Board.SentLate(cell.MarkID)),
		})
	}
	return v, nil
}

func (d *Desk) panelDoor(ctx context.Context, actor contest.Actor, event contest.ID, aspect string) (*post, error) {
	if actor.Device.IsZero() {
		return d.reader(ctx, actor, event)
	}
	c, chair, err := d.tablet(ctx, actor)
	if err != nil {
		return nil, err
	}
	if event != actor.Event || !slices.Contains(c.index.Load().Aspects[aspect].Panels, chair.Panel) {
		return nil, errMissing
	}
	return c, nil
}
