package live

import (
	"context"
	"slices"
	"sync"
	"time"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/hub"
)

// audiences have a topic each; the desk is one topic for a whole contest.
var audiences = [...]scoring.Audience{scoring.Public, scoring.Jury, scoring.Chief}

var topicOf = map[scoring.Audience]string{scoring.Public: "public", scoring.Jury: "jury", scoring.Chief: "chief"}

// event is one event's three stages and what is said beside their rows.
type event struct {
	live *Live
	id   contest.ID

	mu       sync.Mutex // guards all below and the stages
	meta     contest.Event
	kind     contest.Kind
	title    string // of the contest
	as       scheme.Identity
	entrants map[scoring.EntryID]Entrant
	groups   groups
	nameless bool           // nobody answered when it last asked for names
	mixed    bool           // modules are marked under labels of more than one kind
	places   int            // decimals of totals
	rules    *scoring.Rules // that the two were read of
	asked    int            // how many entries the board had when names were last missing
	stages   [len(audiences)]*stage
	counts   scoring.Standings // the desk's
	lastAt   time.Time
}

func newEvent(l *Live, id contest.ID) *event {
	e := &event{live: l, id: id}
	for i, a := range audiences {
		s := &stage{event: e, audience: a}
		s.topic = l.cfg.Hub.NewTopic("event/"+id.String()+"/"+topicOf[a], hub.At{}, s)
		e.stages[i] = s
	}
	return e
}

// load asks for all that is said beside rows.
func (e *event) load(meta contest.Event, kind contest.Kind, as scheme.Identity) {
	ctx, cancel := context.WithTimeout(context.Background(), namesWithin)
	defer cancel()
	title, err := e.live.cfg.Names.Contest(ctx, meta.Contest)
	if err != nil {
		e.live.cfg.Log.Error("live: contest's name", "contest", meta.Contest.String(), "error", err)
	}
	e.mu.Lock()
	e.meta, e.kind, e.title = meta, kind, title
	e.mu.Unlock()
	e.loadNames(as)
	e.loadGroups(as)
}

// loadNames asks for the entrants. Without an answer those that are known stay,
// unless another identity holds now; whoever is not known goes out with his
// ordinal until somebody opens the event again, see Live.Nameless.
func (e *event) loadNames(as scheme.Identity) {
	ctx, cancel := context.WithTimeout(context.Background(), namesWithin)
	defer cancel()
	list, err := e.live.cfg.Names.Entrants(ctx, e.id, as)
	if err != nil {
		e.live.cfg.Log.Error("live: names", "event", e.id.String(), "error", err)
	}
	known := make(map[scoring.EntryID]Entrant, len(list))
	for _, en := range list {
		if as != scheme.Open {
			en.Name, en.Unit, en.Search = "", "", ""
		}
		known[en.Entry] = en
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.nameless = err != nil; !e.nameless || as != e.as {
		e.as, e.entrants = as, known
	}
}

// needsNames says whether identity changed or the board has entries that the
// names lack. One number of entries is asked for in vain once.
func (e *event) needsNames(as scheme.Identity, entries int) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if as != e.as {
		return true
	}
	if entries <= len(e.entrants) || entries == e.asked {
		return false
	}
	e.asked = entries
	return true
}

func (e *event) open(epoch uint64, b Board) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.counts, e.lastAt = b.Head(scoring.DeskCount), e.live.cfg.Now()
	e.readRules(b)
	for _, s := range e.stages {
		s.epoch = epoch
		s.replace(b.View(s.audience), e.live.cfg.Now().UnixNano())
	}
}

// apply tells each audience what it may know; true when the desk's row changed.
func (e *event) apply(at time.Time, c *scoring.Change, b Board) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.readRules(b)
	for _, s := range e.stages {
		switch a := s.audience; {
		case c.Reset[a]:
			s.replace(b.View(a), at.UnixNano())
		case c.Touched[a]:
			s.move(c, b.Head(a), at.UnixNano())
		}
	}
	if !c.Touched[scoring.DeskCount] {
		return false
	}
	e.counts, e.lastAt = b.Head(scoring.DeskCount), at
	return true
}

func (e *event) readRules(b Board) {
	if r := b.Rules(); r != nil && r != e.rules {
		e.rules = r
		e.places = r.Places()
		e.mixed = slices.ContainsFunc(r.Criteria(), func(c scoring.CriterionInfo) bool { return c.Identity != r.Identity() })
	}
}

func (e *event) isNameless() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.nameless
}

func (e *event) contest() contest.ID {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.meta.Contest
}

// stageOf finds a topic's stage by the last part of its name.
func (e *event) stageOf(name string) *stage {
	for _, s := range e.stages {
		if topicOf[s.audience] == name {
			return s
		}
	}
	return nil
}
