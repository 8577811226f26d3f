package live

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/hub"
)

// ErrMissing is what Find and Standings answer for what does not exist and for
// what is not the actor's.
var ErrMissing = errors.New("live: no such topic")

// Board is what live reads of a scoring.Board, only during the clerk's call.
type Board interface {
	View(a scoring.Audience) scoring.Standings
	// Head is View without columns and rows.
	Head(a scoring.Audience) scoring.Standings
	// Rules are nil before a scheme was adopted.
	Rules() *scoring.Rules
}

// Entrant is an entry as an audience may know it.
type Entrant struct {
	Entry scoring.EntryID
	Label string // what stands for it: entry number, seat number or work code
	// The rest is empty unless identity is open.
	Name, Unit string
	Search     string // pinyin, for the board's search
}

// Names is the port to the rooms that know names. It is called outside all
// locks, in a clerk's goroutine: it should answer soon.
type Names interface {
	// Contest is the contest's shown name.
	Contest(ctx context.Context, id contest.ID) (string, error)
	// Entrants are the event's entries as those may know them who know the
	// identity: names with open, the seat number or the work code alone otherwise.
	Entrants(ctx context.Context, event contest.ID, as scheme.Identity) ([]Entrant, error)
}

// Config is what Live needs; Hub, Names and Now are never nil.
type Config struct {
	Hub   *hub.Hub
	Names Names
	// Groups names the groups that rows are ranked in; nil: they have numbers only.
	Groups Groups
	Now    func() time.Time
	Log    *slog.Logger // nil discards
	// Summon opens the board of an event that nobody opened yet, which calls
	// Opened before it returns. nil: every event is opened at the start.
	Summon func(ctx context.Context, event contest.ID) error
	// DeskEvery is the least time between two frames of a desk; 0: 200 ms.
	DeskEvery time.Duration
}

const namesWithin = 5 * time.Second

// Live is safe for concurrent use; calls about one event come one at a time.
type Live struct {
	cfg     Config
	started uint64 // the desks' epoch

	mu     sync.RWMutex // guards events and desks
	events map[contest.ID]*event
	desks  map[contest.ID]*desk
}

// New makes a Live without events.
func New(cfg Config) *Live {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.DeskEvery == 0 {
		cfg.DeskEvery = 200 * time.Millisecond
	}
	return &Live{
		cfg: cfg, started: uint64(cfg.Now().Unix()),
		events: map[contest.ID]*event{}, desks: map[contest.ID]*desk{},
	}
}

// Opened says that the event's board stands: after a start, when names, labels or
// the event itself were edited, or when history changed and with it the epoch.
// Everybody gets a snapshot.
func (l *Live) Opened(meta contest.Event, kind contest.Kind, epoch uint64, b Board) {
	l.mu.Lock()
	e := l.events[meta.ID]
	isNew := e == nil
	if isNew {
		e = newEvent(l, meta.ID)
	}
	l.mu.Unlock()
	e.load(meta, kind, identityOf(b))
	e.open(epoch, b)
	if isNew {
		// Only now: nobody is to find it half made.
		l.mu.Lock()
		l.events[meta.ID] = e
		l.mu.Unlock()
	}
	l.desk(meta.Contest).note(e)
}

// Applied says that a record was applied at the time. c and b are the caller's
// again afterwards. An event that was not opened is passed over.
func (l *Live) Applied(id contest.ID, at time.Time, c *scoring.Change, b Board) {
	e := l.event(id)
	if e == nil {
		return
	}
	if as := identityOf(b); e.needsNames(as, b.Head(scoring.DeskCount).Entries) {
		e.loadNames(as)
		e.loadGroups(as)
	} else if as == scheme.Open && e.needsGroups(rankingsOf(b), c.Rows[scoring.Chief]) {
		e.loadGroups(as)
	}
	if e.apply(at, c, b) {
		l.desk(e.contest()).note(e)
	}
}

// Nameless are the events whose names nobody answered when they were last asked
// for, as while a database starts again: they want to be opened anew.
func (l *Live) Nameless() []contest.ID {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var list []contest.ID
	for id, e := range l.events {
		if e.isNameless() {
			list = append(list, id)
		}
	}
	return list
}

// Close stops what would still be sent later. The hub is closed by its owner.
func (l *Live) Close() {
	l.mu.RLock()
	defer l.mu.RUnlock()
	for _, d := range l.desks {
		d.close()
	}
}

func (l *Live) event(id contest.ID) *event {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.events[id]
}

// summoned finds an event, opening its board where nobody did.
func (l *Live) summoned(ctx context.Context, id contest.ID) (*event, error) {
	if e := l.event(id); e != nil {
		return e, nil
	}
	if l.cfg.Summon == nil {
		return nil, ErrMissing
	}
	if err := l.cfg.Summon(ctx, id); err != nil {
		return nil, err
	}
	if e := l.event(id); e != nil {
		return e, nil
	}
	return nil, ErrMissing
}

func rankingsOf(b Board) []string {
	if r := b.Rules(); r != nil {
		return r.Scheme().Rankings
	}
	return nil
}

func identityOf(b Board) scheme.Identity {
	if r := b.Rules(); r != nil && b.Head(scoring.Chief).Sealed {
		return r.Identity()
	}
	return scheme.Open
}
