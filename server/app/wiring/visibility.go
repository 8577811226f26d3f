package wiring

import (
	"context"
	"strings"
	"sync/atomic"

	"jiangtai/server/contest"
	"jiangtai/server/hub"
	"jiangtai/server/programme"
)

// visibility knows which events belong to contests that the public may not see
// yet. It is read for every subscription and made anew when events change, so
// it is one map behind a pointer. The zero value hides nothing.
type visibility struct {
	hidden atomic.Pointer[map[contest.ID]contest.ID] // event → its contest
}

// set takes all events as they now are.
func (v *visibility) set(all []programme.Event) {
	hidden := map[contest.ID]contest.ID{}
	for _, e := range all {
		if !e.Visible {
			hidden[e.ID] = e.Contest
		}
	}
	v.hidden.Store(&hidden)
}

// hides says whether the event is not there for the actor.
func (v *visibility) hides(actor contest.Actor, event contest.ID) bool {
	hidden := v.hidden.Load()
	if hidden == nil {
		return false
	}
	of, ok := (*hidden)[event]
	if !ok || actor.Event == event {
		return false
	}
	for _, g := range actor.Grants {
		if g.Contest == of || g.Event == event || g.Role == contest.Administrator {
			return false
		}
	}
	return true
}

// topicsForSocket are live's topics without those of hidden events.
type topicsForSocket struct{ app *Rooms }

// Find gives the topic, or live.ErrMissing.
func (p topicsForSocket) Find(ctx context.Context, actor contest.Actor, name string) (*hub.Topic, error) {
	if rest, ok := strings.CutPrefix(name, "event/"); ok {
		text, _, _ := strings.Cut(rest, "/")
		if id, err := parseID(text); err == nil && p.app.visible.hides(actor, id) {
			return nil, errTopicMissing
		}
	}
	if strings.HasPrefix(name, "desk/") { // a contest's, which has one once an event of it stands
		if err := p.app.Desk.Await(ctx, contest.ID{}); err != nil {
			return nil, err
		}
	}
	return p.app.Live.Find(ctx, actor, name)
}
