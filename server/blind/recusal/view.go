package recusal

import (
	"cmp"
	"context"
	"slices"

	"jiangtai/scoring"
	"jiangtai/server/blind"
	"jiangtai/server/contest"
)

// View is an event's ties as an actor may see them now. While they are sealed it
// holds the event and the stage, whatever was declared.
type View struct {
	Event  blind.Event
	Stage  Stage
	Judges []Judge
	Units  []contest.Unit  // of entries, by name
	People []contest.Entry // by entry number
	Ties   []Tie
	// Pairs are what ties have come to, where nothing is sealed.
	Pairs []PairView
}

// Judge (裁判) is who sits in a chair.
type Judge struct {
	contest.Chair
	Home     contest.ID // the unit, where it is known
	HomeName string
	// Proposed counts the entries of that unit, while no tie to it is declared.
	Proposed int
	Tied     int // ties that hold for the chair
}

// PairView is one pair, for those who may see marks and names together.
type PairView struct {
	Chair    scoring.ChairID
	Judge    string
	EntryNo  string
	Name     string
	Unit     string
	State    State
	Code     string
	Aspect   string
	Decision *Decision
}

// Find shows an event's ties. While they may be declared they are shown to those
// who declare; once nothing is sealed to the chief judge and administrators too.
func (d *Desk) Find(ctx context.Context, a contest.Actor, id contest.ID) (View, error) {
	e, err := d.find(ctx, a, id, viewers)
	if err != nil {
		return View{}, err
	}
	v := View{Event: e}
	if v.Stage, err = d.stage(ctx, e); err != nil {
		return View{}, err
	}
	open := e.IsOpen && (!e.IsSealing() || e.IsUnsealed)
	if v.Stage == Sealed || !open && !a.Has(e.Contest, e.ID, declarers...) {
		return v, nil
	}
	ev, err := d.read(ctx, e, d.cfg.Entries.Entries)
	if err != nil {
		return View{}, err
	}
	v.Ties = ev.ties
	if v.Judges, err = d.judges(ctx, ev); err != nil {
		return View{}, err
	}
	if v.Stage == Declaring {
		v.Units, v.People = ev.units(), ev.entries
	}
	if open {
		v.Pairs, err = d.pairs(ctx, ev)
	}
	return v, err
}

func (ev *event) units() []contest.Unit {
	var out []contest.Unit
	for _, e := range ev.entries {
		if e.Unit.ID != (contest.ID{}) && !slices.ContainsFunc(out, func(u contest.Unit) bool { return u.ID == e.Unit.ID }) {
			out = append(out, e.Unit)
		}
	}
	slices.SortFunc(out, func(a, b contest.Unit) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Code, b.Code)) })
	return out
}

func (d *Desk) judges(ctx context.Context, ev *event) ([]Judge, error) {
	homes, err := d.cfg.Store.ListHomes(ctx, ev.ID)
	if err != nil {
		return nil, err
	}
	out := make([]Judge, 0, len(ev.chairs))
	for _, ch := range ev.chairs {
		j := Judge{Chair: ch}
		for _, h := range homes {
			if h.Chair == ch.Number && h.Judge == ch.Judge {
				j.Home = h.Unit
			}
		}
		declared := false
		for i := range ev.ties {
			if t := &ev.ties[i]; t.Withdrawn == nil && t.holds(ch) {
				j.Tied++
				declared = declared || t.Kind.IsOfUnit() && t.Unit == j.Home
			}
		}
		for _, e := range ev.entries {
			if j.Home != (contest.ID{}) && e.Unit.ID == j.Home {
				if j.HomeName = e.Unit.Name; !declared {
					j.Proposed++
				}
			}
		}
		out = append(out, j)
	}
	return out, nil
}

func (d *Desk) pairs(ctx context.Context, ev *event) ([]PairView, error) {
	list, err := d.weigh(ctx, ev)
	if err != nil {
		return nil, err
	}
	labels := ev.labels()
	out := make([]PairView, 0, len(list))
	for i := range list {
		w := &list[i]
		ch, _ := ev.chair(w.Chair)
		e := labels[w.Entry]
		v := PairView{
			Chair: w.Chair, Judge: ch.Judge, EntryNo: e.EntryNo, Name: e.Name, Unit: e.Unit.Short, State: w.state(), Decision: w.last,
		}
		if !w.Applied {
			v.Code, v.Aspect = w.Code, w.Aspect
		}
		out = append(out, v)
	}
	return out, nil
}
