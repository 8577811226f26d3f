package stages

import (
	"context"
	"maps"
	"strings"

	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Link names the event before, or none for the zero id, by who arranges the
// event's entries, while it is not open. All that is wrong with it comes at once:
// an event that is not there for the actor, a circle, numbers that the scheme
// would then carry from nowhere.
func (d *Desk) Link(ctx context.Context, a contest.Actor, id, follows contest.ID) (Way, error) {
	if _, err := d.event(ctx, a, id, takers); err != nil {
		return Way{}, err
	}
	if open, err := d.isOpen(ctx, id); err != nil || open {
		return Way{}, or(err, errOpen)
	}
	err := d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		links, err := d.cfg.Store.ListLinks(ctx)
		if err != nil {
			return err
		}
		h, err := d.history(ctx, id)
		if err != nil || h.follows == follows {
			return err
		}
		if fields, err := d.wrong(ctx, a, id, follows, links); err != nil || fields != nil {
			return or(err, fault.New(fault.Refused, "stages.link", fields...))
		}
		act := h.next(d, a, id, Follow)
		act.Follows = follows
		if err := d.cfg.Store.AppendAct(ctx, act); err != nil {
			return err
		}
		return d.cfg.Audit.Record(ctx, a, "stage.follows", "event/"+id.String(), map[string]string{"follows": idText(follows)})
	})
	if err != nil {
		return Way{}, err
	}
	d.forget()
	return d.Way(ctx, a, id)
}

// or is the first error, or the other one.
func or(err error, otherwise *fault.Error) error {
	if err != nil {
		return err
	}
	return otherwise
}

func idText(id contest.ID) string {
	if id.IsZero() {
		return ""
	}
	return id.String()
}

// wrong is all that speaks against following an event.
func (d *Desk) wrong(ctx context.Context, a contest.Actor, id, follows contest.ID, links map[contest.ID]contest.ID) ([]fault.Field, error) {
	var fields []fault.Field
	if !follows.IsZero() {
		e, err := d.cfg.Events.FindEvent(ctx, follows)
		switch {
		case err != nil && fault.Of(err).Kind == fault.Missing, err == nil && !may(a, e):
			return []fault.Field{fault.At("/follows", "stages.no_such_event", "")}, nil
		case err != nil:
			return nil, err
		}
	}
	links = maps.Clone(links)
	links[id] = follows
	if way := chain(links, id); way[len(way)-1] == id && len(way) > 1 {
		text, err := d.codes(ctx, a, way)
		if err != nil {
			return nil, err
		}
		fields = append(fields, fault.At("/follows", "stages.circle", text))
	}
	var rules *scheme.Scheme
	err := d.cfg.Boards.Read(ctx, id, func(r Reading) error {
		if r.Rules != nil {
			rules = r.Rules.Scheme()
		}
		return nil
	})
	if err != nil || rules == nil {
		return fields, err
	}
	more, err := d.check(ctx, id, rules, links)
	return append(fields, more...), err
}

// codes names the events of a way that the actor may read.
func (d *Desk) codes(ctx context.Context, a contest.Actor, way []contest.ID) (string, error) {
	words := make([]string, 0, len(way))
	for _, id := range way {
		e, err := d.cfg.Events.FindEvent(ctx, id)
		switch {
		case err != nil:
			return "", err
		case may(a, e):
			words = append(words, e.Code)
		default:
			words = append(words, "…")
		}
	}
	return strings.Join(words, " ← "), nil
}
