package programme

import (
	"context"

	"jiangtai/server/contest"
)

// PublicEvent is an event as everyone may see it, with how it stands.
type PublicEvent struct {
	Event
	Count Count
}

// PublicContests gives the visible contests, newest first. No permission is
// needed.
func (o *Office) PublicContests(ctx context.Context, p Page) ([]Contest, int, error) {
	return o.Store.ListContests(ctx, ContestQuery{Scope: Scope{All: true}, Visible: true, Page: p.bounded()})
}

// PublicEvents gives events of visible contests, of one or of all, with how they
// stand. Q searches code, trade, title, group, hall and the pinyin of trade and
// title; entrants' names are not searched. No permission is needed.
func (o *Office) PublicEvents(ctx context.Context, id contest.ID, p Page) ([]PublicEvent, int, error) {
	list, total, err := o.Store.ListEvents(ctx, EventQuery{Scope: Scope{All: true}, Contest: id, Visible: true, Page: p.bounded()})
	if err != nil {
		return nil, 0, err
	}
	counts, err := o.counts(ctx, list)
	if err != nil {
		return nil, 0, err
	}
	out := make([]PublicEvent, 0, len(list))
	for _, e := range list {
		n, ok := counts[e.ID]
		if !ok {
			n.Phase = "waiting"
		}
		out = append(out, PublicEvent{e, n})
	}
	return out, total, nil
}

func (o *Office) counts(ctx context.Context, list []Event) (map[contest.ID]Count, error) {
	if o.Counts == nil || len(list) == 0 {
		return nil, nil
	}
	ids := make([]contest.ID, 0, len(list))
	for _, e := range list {
		ids = append(ids, e.ID)
	}
	return o.Counts.Counts(ctx, ids)
}
