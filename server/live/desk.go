package live

import (
	"slices"
	"strings"
	"sync"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/hub"
)

// desk is the organisers' topic of a contest: how far each event is.
type desk struct {
	live  *Live
	topic *hub.Topic

	mu      sync.Mutex // guards the rest
	n       uint64
	rows    map[contest.ID][]byte
	dirty   map[contest.ID]*event
	pending *time.Timer // nil: nothing waits
	closed  bool
	cached  []byte
}

func (l *Live) desk(id contest.ID) *desk {
	l.mu.RLock()
	d := l.desks[id]
	l.mu.RUnlock()
	if d != nil {
		return d
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if d = l.desks[id]; d == nil {
		d = &desk{live: l, rows: map[contest.ID][]byte{}, dirty: map[contest.ID]*event{}}
		d.topic = l.cfg.Hub.NewTopic("desk/"+id.String(), hub.At{Epoch: l.started}, d)
		l.desks[id] = d
	}
	return d
}

// note remembers that the event's counts changed, and sends them soon.
func (d *desk) note(e *event) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return
	}
	d.dirty[e.id] = e
	if d.pending == nil {
		d.pending = time.AfterFunc(d.live.cfg.DeskEvery, d.flush)
	}
}

func (d *desk) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	if d.pending != nil {
		d.pending.Stop()
	}
}

// flush publishes the events that changed, each as it is now. It runs in one
// timer at a time.
func (d *desk) flush() {
	d.mu.Lock()
	if d.closed {
		d.mu.Unlock()
		return
	}
	from, moved := d.absorb()
	to, b := d.n, beginChange(nil, d.topic, from, d.n, d.live.cfg.Now().UnixNano())
	b = append(append(append(b, `,"rows":[`...), strings.Join(moved, ",")...), `]}`...)
	d.mu.Unlock()
	d.topic.Publish(from, to, b)
	d.mu.Lock()
	defer d.mu.Unlock()
	// Only now may the next one run: frames are published in order.
	d.pending = nil
	if len(d.dirty) > 0 && !d.closed {
		d.pending = time.AfterFunc(d.live.cfg.DeskEvery, d.flush)
	}
}

// absorb makes the rows of what is dirty and moves n.
func (d *desk) absorb() (from uint64, moved []string) {
	for id, e := range d.dirty {
		row := e.deskRow()
		d.rows[id] = row
		moved = append(moved, string(row))
	}
	clear(d.dirty)
	from = d.n
	d.n++
	d.cached = nil
	return from, moved
}

// Snapshot is the hub's.
func (d *desk) Snapshot() (uint64, []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.cached != nil {
		return d.n, d.cached
	}
	rows := make([]string, 0, len(d.rows))
	for _, r := range d.rows {
		rows = append(rows, string(r))
	}
	slices.Sort(rows)
	b := beginSnapshot(nil, d.topic, d.live.started, d.n, d.live.cfg.Now().UnixNano())
	b = append(append(append(b, `,"head":{},"rows":[`...), strings.Join(rows, ",")...), `]}`...)
	d.cached = numbered(b, d.topic)
	return d.n, d.cached
}

// deskRow is an event's row on the desk: counts, never a name.
func (e *event) deskRow() []byte {
	e.mu.Lock()
	defer e.mu.Unlock()
	b := append([]byte(`{"k":"`), e.id.String()...)
	b = appendText(append(b, '"'), `,"phase":`, string(e.counts.Phase))
	b = appendInt(b, `,"done":`, e.counts.Done)
	b = appendInt(b, `,"need":`, e.counts.Need)
	b = appendInt(b, `,"entries":`, e.counts.Entries)
	b = appendBool(b, `,"frozen":`, e.counts.Frozen)
	b = appendBool(b, `,"sealed":`, e.counts.Sealed)
	b = append(b, `,"last_at":"`...)
	b = e.lastAt.UTC().AppendFormat(b, "2006-01-02T15:04:05.000Z07:00")
	return append(b, `"}`...)
}
