package floor

import (
	"context"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Desk is the door of this room. It is safe for concurrent use.
type Desk struct {
	clocks Clocks
	events Events
	now    func() time.Time
}

// New makes a desk.
func New(clocks Clocks, events Events, now func() time.Time) *Desk { return &Desk{clocks, events, now} }

// View is the floor of an event as it stands (现场).
type View struct {
	At       time.Time
	Sessions []Session
}

// Sessions is what was recorded on the floor, for those who may read it. A session of
// which nothing stands any more, because it was all taken back, is not in it.
func (d *Desk) Sessions(ctx context.Context, actor contest.Actor, event contest.ID) (View, error) {
	clocks, err := d.clocks.Sessions(ctx, actor, event)
	if err != nil {
		return View{}, err
	}
	v := View{At: d.now(), Sessions: make([]Session, 0, len(clocks))}
	for i := range clocks {
		if stands(clocks[i].Records) {
			v.Sessions = append(v.Sessions, tell(&clocks[i]))
		}
	}
	return v, nil
}

func stands(all []Record) bool {
	for i := range all {
		if !all[i].IsUndone && all[i].word() != "undo" {
			return true
		}
	}
	return false
}

// Paper is what a session record says on paper (现场记录表).
type Paper struct {
	Head     Head
	At       time.Time
	Sessions []Session // of one module or all, never none
}

// Paper is the record to print, of one module or, with "", of all. Refused when there
// is nothing to print.
func (d *Desk) Paper(ctx context.Context, actor contest.Actor, event contest.ID, module string) (Paper, error) {
	v, err := d.Sessions(ctx, actor, event)
	if err != nil {
		return Paper{}, err
	}
	p := Paper{At: v.At}
	for i := range v.Sessions {
		if module == "" || v.Sessions[i].Module.ID == module {
			p.Sessions = append(p.Sessions, v.Sessions[i])
		}
	}
	if len(p.Sessions) == 0 {
		return Paper{}, fault.New(fault.Refused, "floor.nothing")
	}
	p.Head, err = d.events.Head(ctx, event)
	return p, err
}
