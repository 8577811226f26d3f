package live

import (
	"context"
	"strings"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/hub"
)

var (
	// staff may follow how a jury works and how far a contest is.
	staff = []contest.Role{
		contest.Administrator, contest.Organiser, contest.HostSecretary, contest.ChiefJudge,
		contest.Supervisor, contest.Clerk, contest.Spectator,
	}
	// chiefs see values by code before they are released.
	chiefs = []contest.Role{contest.Administrator, contest.Organiser, contest.ChiefJudge}
)

// Find gives the actor's topic by its name: event/<id>/public, /jury, /chief,
// /entry/<key> or desk/<contest>. The error is ErrMissing, or what Summon said.
func (l *Live) Find(ctx context.Context, actor contest.Actor, name string) (*hub.Topic, error) {
	kind, rest, _ := strings.Cut(name, "/")
	text, audience, _ := strings.Cut(rest, "/")
	id, err := scoring.ParseID(text)
	if err != nil || id.IsZero() || id.String() != text {
		return nil, ErrMissing // one spelling a topic
	}
	switch {
	case kind == "desk" && audience == "":
		// Only contests that have an event open have a desk.
		l.mu.RLock()
		d := l.desks[id]
		l.mu.RUnlock()
		if d == nil || !actor.Has(id, contest.ID{}, staff...) {
			return nil, ErrMissing
		}
		return d.topic, nil
	case kind == "event":
		return l.findEvent(ctx, actor, id, audience)
	}
	return nil, ErrMissing
}

func (l *Live) findEvent(ctx context.Context, actor contest.Actor, id contest.ID, audience string) (*hub.Topic, error) {
	key, isOwn := strings.CutPrefix(audience, ownTopic)
	if audience != "public" && !isOwn && actor.IsPublic() {
		return nil, ErrMissing
	}
	e, err := l.summoned(ctx, id)
	if err != nil {
		return nil, err
	}
	if isOwn {
		if o := e.stageOf("public").ownRow(key); o != nil {
			return o.topic, nil
		}
		return nil, ErrMissing
	}
	s := e.stageOf(audience)
	if s == nil || !mayFollow(actor, e.contest(), id, s.audience) {
		return nil, ErrMissing
	}
	return s.topic, nil
}

func mayFollow(actor contest.Actor, of, id contest.ID, a scoring.Audience) bool {
	switch a {
	case scoring.Public:
		return true
	case scoring.Jury:
		sits := actor.Chair != 0 && actor.Event == id
		return sits || actor.Has(of, id, staff...)
	case scoring.Chief:
		return actor.Has(of, id, chiefs...)
	}
	return false
}

// Standings is the public snapshot of an event, as its topic's readers get it but
// for the number: the same slice until something changes that the public may know.
// It must not be changed. The error is ErrMissing, or what Summon said.
func (l *Live) Standings(ctx context.Context, id contest.ID) ([]byte, error) {
	e, err := l.summoned(ctx, id)
	if err != nil {
		return nil, err
	}
	return e.stageOf("public").standings(), nil
}

// Counts is what lists of events show to everybody.
type Counts struct {
	Phase     scoring.Phase
	Frozen    bool
	Sealed    bool
	Release   scoring.Release
	Entries   int
	Done      int // required marks in, as far as the public may know
	Need      int
	UpdatedAt time.Time // of the last change that the public may know of
}

// Counts is false for an event that was not opened.
func (l *Live) Counts(id contest.ID) (Counts, bool) {
	e := l.event(id)
	if e == nil {
		return Counts{}, false
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	s := e.stages[0]
	h := s.head
	return Counts{
		Phase: h.Phase, Frozen: h.Frozen, Sealed: h.Sealed, Release: h.Release,
		Entries: h.Entries, Done: h.Done, Need: h.Need, UpdatedAt: time.Unix(0, s.at).UTC(),
	}, true
}
