package demo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"jiangtai/server/rehearsal"
)

// seat pairs an event's tablets, and makes codes by which a visitor takes them
// over.
func (d *Marking) seat(ctx context.Context, e rehearsal.Event) ([]*rehearsal.Tablet, error) {
	codes, err := d.Staff.Codes(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	tablets := make([]*rehearsal.Tablet, 0, len(codes))
	for _, c := range codes {
		paired, err := d.Staff.As("").Pair(ctx, c.Code)
		if err != nil {
			return nil, err
		}
		tablets = append(tablets, &rehearsal.Tablet{Client: paired})
	}
	if d.Paired != nil {
		fresh, err := d.Staff.Codes(ctx, e.ID)
		if err != nil {
			return nil, err
		}
		d.Paired(e, fresh)
	}
	return tablets, nil
}

// judge marks what is open, one mark at a time, and on the floor ends a work's session
// before it notes its time. A judge whose chair was taken over by another tablet stands
// up.
func (d *Marking) judge(ctx context.Context, e rehearsal.Event, t *rehearsal.Tablet, n int) error {
	h := d.hand(e.ID, n)
	if err := t.Load(ctx); err != nil {
		return stood(err)
	}
	floor := hallOf(t, d.Now)
	for _, c := range t.Open() {
		if !d.wait(ctx, time.Duration(6_000+h.R.IntN(12_000))*time.Millisecond) {
			return nil
		}
		words, value := floor.before(c, h.Value(c.Pad, quality(e.ID, c.Work)))
		answers, err := t.Send(ctx, append(words, t.Mark(c, value)))
		if err != nil || answers[len(answers)-1].Status == http.StatusAccepted { // kept, and not counted
			return stood(err)
		}
	}
	return nil
}

// rush marks the first per cent of the works at once.
func (d *Marking) rush(ctx context.Context, e rehearsal.Event, t *rehearsal.Tablet, percent int) error {
	if err := t.Load(ctx); err != nil {
		return err
	}
	works := map[string]bool{}
	for i, w := range t.Bundle.Works {
		works[w.Work] = i*100 < percent*len(t.Bundle.Works)
	}
	return d.give(ctx, e, t, func(c rehearsal.Cell) (string, bool) { return "", works[c.Work] })
}

var errGiven = errors.New("the program refused what a judge gave")

// give marks at once what a tablet has open. For each cell it asks whether it is
// marked, and with which value; "" is what a judge would give.
func (d *Marking) give(ctx context.Context, e rehearsal.Event, t *rehearsal.Tablet, ask func(rehearsal.Cell) (string, bool)) error {
	h := d.hand(e.ID, 1000+t.Bundle.Chair.Number)
	var batch []rehearsal.MarkBody
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		answers, err := t.Send(ctx, batch)
		for i, a := range answers {
			if a.Problem != nil {
				return fmt.Errorf("%w: %s: %w", errGiven, batch[i].Aspect, a.Problem)
			}
		}
		batch = batch[:0]
		return err
	}
	for _, c := range t.Open() {
		value, is := ask(c)
		if !is {
			continue
		}
		if value == "" {
			value = h.Value(c.Pad, quality(e.ID, c.Work))
		}
		batch = append(batch, t.Mark(c, value))
		if len(batch) == 200 {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// stood is nil for what makes a judge stand up: the chair was taken over, the
// session ended, or the program is stopping.
func stood(err error) error {
	var p *rehearsal.Problem
	if errors.As(err, &p) && p.Status == http.StatusUnauthorized {
		return nil
	}
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}
