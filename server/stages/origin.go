package stages

import (
	"context"
	"strings"

	"jiangtai/server/contest"
)

// origins join entries of an event with those of the event before.
type origins struct {
	from map[contest.ID]contest.ID // entry → entry of the event before
	to   map[contest.ID]contest.ID // and back
	// twins are entries of the event before that could be more than one entry here,
	// or share one: nobody but a person can tell.
	twins map[contest.ID]bool
}

func (o *origins) join(source, entry contest.ID) { o.from[entry], o.to[source] = source, entry }

// origins finds who is who: by what was taken over, by the person that
// registration knows, by name and unit.
func (d *Desk) origins(ctx context.Context, l *loaded) (origins, error) {
	o := origins{map[contest.ID]contest.ID{}, map[contest.ID]contest.ID{}, map[contest.ID]bool{}}
	here := map[contest.ID]bool{}
	for _, e := range l.entries {
		here[e.ID] = true
	}
	for source, m := range l.history.taken {
		if here[m.Entry] {
			o.join(source, m.Entry)
		}
	}
	now, err := d.cfg.Persons.Persons(ctx, l.event.ID)
	if err != nil {
		return o, err
	}
	then, err := d.cfg.Persons.Persons(ctx, l.before.ID)
	if err != nil {
		return o, err
	}
	sources := make([]contest.Entry, len(l.result.places))
	for i := range l.result.places {
		sources[i] = l.result.places[i].Entry
	}
	o.match(sources, l.entries, func(e contest.Entry, in map[contest.ID]string) string { return in[e.ID] }, then, now)
	o.match(sources, l.entries, func(e contest.Entry, _ map[contest.ID]string) string { return nameKey(e) }, then, now)
	return o, nil
}

// nameKey is by whom an entry is known without a registration. What is not part
// of a name, and the units' codes, which are another contest's, do not count.
func nameKey(e contest.Entry) string {
	fold := func(s string) string { return strings.Join(strings.Fields(s), "") }
	return fold(e.Name) + "\x00" + fold(e.Unit.Name)
}

// match joins those that are alone with their key on both sides. Where both know
// a person and they differ, equal names do not make them one.
func (o *origins) match(sources, entries []contest.Entry, key func(contest.Entry, map[contest.ID]string) string, then, now map[contest.ID]string) {
	free := map[string][]contest.Entry{}
	for _, e := range entries {
		if _, joined := o.from[e.ID]; !joined {
			if k := key(e, now); k != "" {
				free[k] = append(free[k], e)
			}
		}
	}
	wanting := map[string][]contest.Entry{}
	for _, e := range sources {
		if _, joined := o.to[e.ID]; !joined {
			if k := key(e, then); k != "" {
				wanting[k] = append(wanting[k], e)
			}
		}
	}
	for k, list := range wanting {
		others := free[k]
		switch {
		case len(others) == 0:
		case len(list) == 1 && len(others) == 1:
			if a, b := then[list[0].ID], now[others[0].ID]; a == "" || b == "" || a == b {
				o.join(list[0].ID, others[0].ID)
			}
		default:
			for _, e := range list {
				o.twins[e.ID] = true
			}
		}
	}
}

// Origins tells of an event's entries that were taken over which entry of the
// event before each was. It asks for no permission and is for other rooms: who is
// known there is the same person here.
func (d *Desk) Origins(ctx context.Context, event contest.ID) (before contest.ID, from map[contest.ID]contest.ID, err error) {
	h, err := d.history(ctx, event)
	from = make(map[contest.ID]contest.ID, len(h.taken))
	for source, m := range h.taken {
		from[m.Entry] = source
	}
	return h.follows, from, err
}
