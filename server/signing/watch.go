package signing

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"jiangtai/server/contest"
)

// Counted is how many papers an event has. Papers are never taken away and a
// paper is declared void once: equal counts are the same papers. Signatures come
// with their documents and need no count.
type Counted struct{ Documents, Voids, Scans int }

// watched is what was found of an event's list, and when it holds.
type watched struct {
	papers Counted
	stamp  any
	list   Document
	ok     bool
}

// watch remembers the signed lists. It is safe for concurrent use.
type watch struct {
	mu    sync.Mutex // guards found
	found map[contest.ID]watched
}

func (w *watch) find(event contest.ID, papers Counted, stamp any) (watched, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f, ok := w.found[event]
	return f, ok && f.papers == papers && f.stamp == stamp
}

func (w *watch) keep(event contest.ID, f watched) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.found == nil {
		w.found = map[contest.ID]watched{}
	}
	w.found[event] = f
}

// SignedLists are the lists that SignedList gives, of all events that have one. It
// is for rooms that ask again and again: one query for all, and a list is derived
// only where papers, the ledger, names or labels moved since it was asked. Beside
// an error it gives those that could be read. It asks for no permission.
func (d *Desk) SignedLists(ctx context.Context) (map[contest.ID]Document, error) {
	papers, err := d.cfg.Store.CountPapers(ctx)
	if err != nil {
		return nil, err
	}
	out := map[contest.ID]Document{}
	var failed []error
	for event, counted := range papers {
		f, err := d.watched(ctx, event, counted)
		switch {
		case err != nil:
			failed = append(failed, fmt.Errorf("list of event %s: %w", event, err))
		case f.ok:
			out[event] = f.list
		}
	}
	return out, errors.Join(failed...)
}

// watched derives an event's list unless it stands as it was. Papers and stamp are
// older than what is derived from: what moves meanwhile is seen the next time.
func (d *Desk) watched(ctx context.Context, event contest.ID, papers Counted) (watched, error) {
	stamp, err := d.cfg.Boards.Stamp(ctx, event)
	if err != nil {
		return watched{}, err
	}
	if f, ok := d.lists.find(event, papers, stamp); ok {
		return f, nil
	}
	f := watched{papers: papers, stamp: stamp}
	if f.list, f.ok, err = d.SignedList(ctx, event); err != nil {
		return watched{}, err
	}
	d.lists.keep(event, f)
	return f, nil
}
