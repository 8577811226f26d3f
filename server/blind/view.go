package blind

import (
	"context"

	"jiangtai/server/contest"
)

// View is the coding desk of an event as an actor may see it. Nothing in it joins
// an entry to a label.
type View struct {
	Event   Event
	CheckIn CheckIn
	Entries []Entered
	Layers  []LayerView
	Voided  []Draw
	Steps   []Step
	// SeesNames says that Entries hold names.
	SeesNames bool
}

// Entered is an entry in the check-in list.
type Entered struct {
	EntryNo string
	Name    string // for those who made the list
	Unit    string
	State   State
	// Drawn says that it has drawn in the first layer, while that draw is open.
	Drawn bool
}

// LayerView is one layer that the event needs.
type LayerView struct {
	Layer  Layer
	Draw   *Draw // without seed; nil before it begins
	Drawn  int
	Rest   int  // who is in and has not drawn
	Struck int  // strikes
	IsOwn  bool // the actor is its coding judge
}

// Find shows the coding desk of an event to those who work there.
func (d *Desk) Find(ctx context.Context, a contest.Actor, event contest.ID) (View, error) {
	e, err := d.eventFor(ctx, a, event, viewers)
	if err != nil {
		return View{}, err
	}
	s, err := d.read(ctx, e, d.Labels.Entries)
	if err != nil {
		return View{}, err
	}
	v := View{Event: e, CheckIn: s.checkIn, SeesNames: a.Has(e.Contest, e.ID, namers...)}
	if err := d.viewLayers(ctx, a, s, &v); err != nil {
		return View{}, err
	}
	drawn := map[contest.ID]bool{}
	if dr, ok := s.draw(s.firstLayer()); ok && dr.Phase == Open {
		if drawn, err = d.drawnEntries(ctx, s); err != nil {
			return View{}, err
		}
	}
	for _, en := range s.entries {
		row := Entered{EntryNo: en.EntryNo, State: s.arrivals[en.ID].State, Drawn: drawn[en.ID]}
		if v.SeesNames {
			row.Name, row.Unit = en.Name, en.Unit.Short
		}
		v.Entries = append(v.Entries, row)
	}
	v.Steps, err = d.Store.ListSteps(ctx, event)
	return v, err
}

func (d *Desk) viewLayers(ctx context.Context, a contest.Actor, s *sheet, v *View) error {
	for _, l := range s.layers() {
		row := LayerView{Layer: l}
		if dr, ok := s.draw(l); ok {
			pairs, rest, err := d.drawRest(ctx, s, dr)
			if err != nil {
				return err
			}
			strikes, err := d.Store.ListStrikes(ctx, dr.ID)
			if err != nil {
				return err
			}
			for _, p := range pairs {
				if !p.IsSpare {
					row.Drawn++
				}
			}
			row.Rest, row.Struck, row.IsOwn = len(rest), len(strikes), dr.Judge == a.Who()
			dr.Seed = nil
			row.Draw = &dr
		}
		v.Layers = append(v.Layers, row)
	}
	for _, dr := range s.draws {
		if dr.Phase == Void {
			dr.Seed = nil
			v.Voided = append(v.Voided, dr)
		}
	}
	return nil
}
