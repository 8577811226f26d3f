package stages

import (
	"context"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// fresh is how long what the public is told may be old: a whole city may ask at
// once.
const fresh = 5 * time.Second

// told is what the public was told.
type told struct {
	at  time.Time
	way PublicWay
}

// PublicWay is an event between those before and after it, as everybody may see
// it.
type PublicWay struct {
	Before []Ref `json:"before"` // from the first stage on
	After  []Ref `json:"after"`
	// Advanced are the entry numbers of who goes on from this event by its published
	// result; nil while there is none, or where nobody goes on.
	Advanced []string `json:"advanced"`
}

// PublicWay tells everybody about an event of a visible contest; Missing for
// others. No permission is needed.
func (d *Desk) PublicWay(ctx context.Context, id contest.ID) (PublicWay, error) {
	e, err := d.cfg.Events.FindEvent(ctx, id)
	switch {
	case err != nil && fault.Of(err).Kind == fault.Missing, err == nil && !e.IsVisible:
		return PublicWay{}, errMissing
	case err != nil:
		return PublicWay{}, err
	}
	now := d.cfg.Now()
	d.mu.Lock()
	t, known := d.public[id]
	d.mu.Unlock()
	if known && now.Sub(t.at) < fresh {
		return t.way, nil
	}
	way, err := d.tell(ctx, e)
	if err == nil {
		d.mu.Lock()
		d.public[id] = told{now, way}
		d.mu.Unlock()
	}
	return way, err
}

// forget makes the public be told anew.
func (d *Desk) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	clear(d.public)
}

func (d *Desk) tell(ctx context.Context, e Event) (PublicWay, error) {
	links, err := d.cfg.Store.ListLinks(ctx)
	if err != nil {
		return PublicWay{}, err
	}
	way := Way{Event: Stop{Ref: refOf(e)}, Before: []Ref{}, After: []Ref{}}
	if err := d.neighbours(ctx, contest.Actor{}, &way, links[e.ID]); err != nil {
		return PublicWay{}, err
	}
	out := PublicWay{Before: way.Before, After: way.After}
	declined := map[contest.ID]string{}
	for _, next := range way.After {
		h, err := d.history(ctx, next.ID)
		if err != nil {
			return out, err
		}
		for id, reason := range h.declined {
			declined[id] = reason
		}
	}
	out.Advanced, err = d.advanced(ctx, e, declined)
	return out, err
}

// advanced are the numbers of who goes on; nil when nobody can say.
func (d *Desk) advanced(ctx context.Context, e Event, declined map[contest.ID]string) ([]string, error) {
	rules, err := d.rules(ctx, e.ID)
	if err != nil || rules == nil || rules.Scheme().Advance == nil {
		return nil, err
	}
	out, err := d.published(ctx, e)
	if err != nil || out == nil || out.advance == nil {
		return nil, err
	}
	g := out.going(declined)
	list := []string{}
	for i := range out.places {
		if p := &out.places[i]; g.goes[p.ID] {
			list = append(list, p.EntryNo)
		}
	}
	return list, nil
}
