package stages

import (
	"context"

	"jiangtai/scoring"
	"jiangtai/scoring/award"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// result is the published result of the event before.
type result struct {
	Publication
	event     Event
	advance   *scheme.Advance // nil: its scheme says nothing of going on
	ascending bool
	places    []placed // in the order of the list
}

// placed is one entry of it.
type placed struct {
	contest.Entry
	row    scoring.Row
	award  award.Entry
	values map[string]string // published, by component, and the total
}

// loaded is an event with the one before it, as far as it is published.
type loaded struct {
	event   Event
	history history
	before  *Event
	result  *result // nil: not published now
	open    bool
	phase   scoring.Phase
	rules   *scoring.Rules
	version uint16
	entries []contest.Entry
	cells   map[cell]scoring.CellMark // of carried aspects
	origin  origins
}

// cell is a carried number's place.
type cell struct {
	entry  scoring.EntryID
	aspect string
}

// load gathers what taking over and carrying over are reckoned from.
func (d *Desk) load(ctx context.Context, event, before contest.ID) (*loaded, error) {
	l := &loaded{cells: map[cell]scoring.CellMark{}}
	var err error
	if l.event, err = d.cfg.Events.FindEvent(ctx, event); err != nil {
		return nil, err
	}
	if l.history, err = d.history(ctx, event); err != nil {
		return nil, err
	}
	if l.entries, err = d.cfg.Events.ListEntries(ctx, event); err != nil {
		return nil, err
	}
	err = d.cfg.Boards.Read(ctx, event, func(r Reading) error {
		l.read(r)
		return nil
	})
	if err != nil || before.IsZero() {
		return l, err
	}
	e, err := d.cfg.Events.FindEvent(ctx, before)
	if err != nil {
		return nil, err
	}
	l.before = &e
	if l.result, err = d.published(ctx, e); err != nil || l.result == nil {
		return l, err
	}
	l.origin, err = d.origins(ctx, l)
	return l, err
}

func isOpen(r Reading) bool { return r.Board.Phase() != scoring.Waiting || r.Board.Rules() != nil }

func (l *loaded) read(r Reading) {
	l.open, l.phase, l.rules, l.version = isOpen(r), r.Board.Phase(), r.Rules, r.Version
	for _, a := range carried(r.Rules) {
		for _, e := range l.entries {
			if m, ok := r.Board.Cell(e.Ordinal, a.Src.ID, 1, 1, 0); ok {
				l.cells[cell{e.Ordinal, a.Src.ID}] = m
			}
		}
	}
}

// tries is how often a result is read again that moves while it is read.
const tries = 3

// published reads the result of an event; nil when none is published now.
func (d *Desk) published(ctx context.Context, e Event) (*result, error) {
	for range tries {
		p, ok, err := d.publication(ctx, e.ID)
		if err != nil || !ok {
			return nil, err
		}
		entries, err := d.cfg.Events.ListEntries(ctx, e.ID)
		if err != nil {
			return nil, err
		}
		out := &result{Publication: p, event: e}
		moved := false
		err = d.cfg.Boards.Read(ctx, e.ID, func(r Reading) error {
			if moved = r.Seq != p.Read; !moved {
				out.read(r, entries)
			}
			return nil
		})
		if err != nil || !moved {
			return out, err
		}
	}
	return nil, fault.New(fault.Busy, "stages.moving")
}

// publication is the event's published result, reckoned once for each state of its
// ledger: its digest covers the workings of all entries.
func (d *Desk) publication(ctx context.Context, event contest.ID) (Publication, bool, error) {
	var seq uint64
	official := false
	err := d.cfg.Boards.Read(ctx, event, func(r Reading) error {
		seq, official = r.Seq, r.Board.Phase() == scoring.Official
		return nil
	})
	if err != nil || !official {
		return Publication{}, false, err
	}
	d.mu.Lock()
	known, ok := d.known[event]
	d.mu.Unlock()
	if ok && known.Read == seq {
		return known, true, nil
	}
	p, ok, err := d.cfg.Boards.Publication(ctx, event)
	if ok && err == nil {
		d.mu.Lock()
		d.known[event] = p
		d.mu.Unlock()
	}
	return p, ok, err
}

func (out *result) read(r Reading, entries []contest.Entry) {
	rules := r.Board.Rules()
	out.advance, out.ascending = rules.Scheme().Advance, rules.Ascending
	by := make(map[scoring.EntryID]contest.Entry, len(entries))
	for _, e := range entries {
		by[e.Ordinal] = e
	}
	field := map[scoring.EntryID]award.Entry{}
	for _, e := range r.Board.Results() {
		field[e.ID] = e
	}
	for _, row := range r.Board.View(scoring.Chief).Rows {
		p := placed{Entry: by[row.Entry], row: row, award: field[row.Entry], values: map[string]string{whole: row.Total}}
		p.parts(r.Board, rules)
		out.places = append(out.places, p)
	}
}

// parts are the components as they are published: as rows show them, or where
// rows show criteria, as the working does.
func (p *placed) parts(b *scoring.Board, rules *scoring.Rules) {
	if len(rules.Components) > 1 {
		for i, value := range p.row.Parts {
			p.values[rules.Components[i].Src.ID] = value
		}
		return
	}
	w := b.Working(p.row.Entry)
	for i := range w.Components {
		if c := &w.Components[i]; c.Complete {
			p.values[rules.Components[i].Src.ID] = c.Value
		}
	}
}

// find is an entry of the result by its id.
func (out *result) find(id contest.ID) (*placed, bool) {
	for i := range out.places {
		if out.places[i].ID == id {
			return &out.places[i], true
		}
	}
	return nil, false
}
