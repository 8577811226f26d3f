package keying

import (
	"context"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Overview is an event's paper to one who works there.
type Overview struct {
	Phase     scoring.Phase
	Depth     contest.Depth
	Way       Way
	CanSetWay bool
	CanKey    bool
	CanFree   bool
	CanBring  bool
	Sheets    []Progress
}

// Progress is how far a sheet is. It holds no value.
type Progress struct {
	Choice
	IsTablet bool
	Cells    int
	Pictures int // of the chair
	Places   [2]Place
	Counts   map[State]int
}

// Place is one of a sheet's two passes.
type Place struct {
	By     string // "" while it is free
	IsMine bool
	Keyed  int
	Closed int
}

// Overview tells the sheets that the actor may see and how far each is.
func (d *Desk) Overview(ctx context.Context, a contest.Actor, event contest.ID) (Overview, error) {
	e, err := d.enter(ctx, a, event, staff)
	if err != nil {
		return Overview{}, err
	}
	way, err := d.cfg.Store.FindWay(ctx, event)
	if err != nil {
		return Overview{}, err
	}
	out := Overview{
		Phase: e.Phase, Depth: e.Depth, Way: wayOf(way, e.Depth), Sheets: []Progress{},
		CanSetWay: a.Has(e.Contest, event, heads...), CanKey: a.Has(e.Contest, event, clerks...),
		CanFree: a.Has(e.Contest, event, heads...), CanBring: a.Has(e.Contest, event, bringers...),
	}
	b, err := d.load(ctx, event, nil)
	if err != nil {
		return Overview{}, err
	}
	pictures, err := d.cfg.Store.CountPictures(ctx, event)
	if err != nil {
		return Overview{}, err
	}
	for _, c := range e.Sheets {
		if e.hides(a, c.Identity) {
			continue
		}
		s, err := d.cfg.Sheets.Sheet(ctx, event, c.Of)
		if err != nil {
			return Overview{}, err
		}
		h := b.hold(c.Of, s)
		p := h.progress(a)
		p.Choice, p.Pictures = c, pictures[c.Chair]
		out.Sheets = append(out.Sheets, p)
	}
	return out, nil
}

func (h *held) progress(a contest.Actor) Progress {
	out := Progress{IsTablet: h.sheet.IsTablet, Cells: len(h.cells), Counts: map[State]int{}}
	for i, p := range h.passes {
		if p == nil {
			continue
		}
		out.Places[i].By, out.Places[i].IsMine = p.ByName, p.By == a.Who()
	}
	for i := range h.cells {
		c := &h.cells[i]
		out.Counts[c.State]++
		for place := range 2 {
			k := c.of(place)
			if k.Kind != "" {
				out.Places[place].Keyed++
			}
			if k.IsClosed {
				out.Places[place].Closed++
			}
		}
	}
	return out
}
