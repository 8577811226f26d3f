package keying

import (
	"context"
	"strconv"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// MaxCells is how many cells are keyed in one delivery.
const MaxCells = 500

// Own is a clerk's own pass of a sheet, in the order of the paper. It holds nothing of the other pass.
type Own struct {
	Choice   Choice
	Place    int
	Phase    scoring.Phase
	IsTablet bool
	Columns  []Column
	Cells    []OwnCell
	Keyed    int
	Closed   int
}

// OwnCell is a cell as its clerk has keyed it; Kind "" is not yet.
type OwnCell struct {
	At
	Value
	Column     int
	IsClosed   bool
	HasPicture bool
}

// Take gives the clerk a place on a sheet, the first that is free, or the one that he has. Kinds: Missing, Forbidden,
// Stale when both are taken.
func (d *Desk) Take(ctx context.Context, a contest.Actor, event contest.ID, of Of) (Own, error) {
	e, err := d.enter(ctx, a, event, clerks)
	if err != nil {
		return Own{}, err
	}
	if _, err := e.choice(a, of); err != nil {
		return Own{}, err
	}
	err = d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		passes, err := d.cfg.Store.ListPasses(ctx, event)
		if err != nil {
			return err
		}
		taken := [3]bool{}
		for _, p := range passes {
			if p.Of != of {
				continue
			}
			if p.By == a.Who() {
				return nil
			}
			taken[p.Place] = true
		}
		p := Pass{ID: newID(), Event: event, Of: of, Place: 1, By: a.Who(), ByName: a.Name, At: d.now()}
		if taken[1] {
			p.Place = 2
		}
		if taken[p.Place] {
			return fault.New(fault.Stale, "keying.taken")
		}
		if err := d.cfg.Store.CreatePass(ctx, p); err != nil {
			return err
		}
		return d.cfg.Audit.Record(ctx, a, "keying.taken", "event/"+event.String(), of.detail("place", strconv.Itoa(p.Place)))
	})
	if err != nil {
		return Own{}, err
	}
	return d.Own(ctx, a, event, of)
}

// detail says of what sheet an audit speaks.
func (of Of) detail(name, value string) map[string]string {
	return map[string]string{"chair": strconv.Itoa(int(of.Chair)), "criterion": of.Criterion, name: value}
}

// Own is the clerk's own pass. Missing keying.no_pass when he has not taken a place.
func (d *Desk) Own(ctx context.Context, a contest.Actor, event contest.ID, of Of) (Own, error) {
	h, choice, err := d.own(ctx, a, event, of)
	if err != nil {
		return Own{}, err
	}
	place := h.mine(a)
	pictures, err := d.cfg.Store.ListPictures(ctx, event, of.Chair)
	if err != nil {
		return Own{}, err
	}
	has := map[At]bool{}
	for _, p := range pictures {
		has[At{Work: p.Work, Aspect: p.Aspect, Attempt: p.Attempt}] = true
	}
	out := Own{Choice: choice, Place: place + 1, Phase: h.sheet.Phase, IsTablet: h.sheet.IsTablet, Columns: h.sheet.Columns, Cells: []OwnCell{}}
	for i := range h.cells {
		c := &h.cells[i]
		k := c.of(place)
		one, all := c.At, c.At
		one.Round, all.Round, all.Attempt = 0, 0, 0
		out.Cells = append(out.Cells, OwnCell{At: c.At, Value: k.Value, Column: c.Column, IsClosed: k.IsClosed, HasPicture: has[one] || has[all]})
		if k.Kind != "" {
			out.Keyed++
		}
		if k.IsClosed {
			out.Closed++
		}
	}
	return out, nil
}

// own is the sheet for a clerk who has a place on it.
func (d *Desk) own(ctx context.Context, a contest.Actor, event contest.ID, of Of) (held, Choice, error) {
	e, err := d.enter(ctx, a, event, clerks)
	if err != nil {
		return held{}, Choice{}, err
	}
	choice, err := e.choice(a, of)
	if err != nil {
		return held{}, choice, err
	}
	h, err := d.sheet(ctx, event, of)
	if err == nil && h.mine(a) < 0 {
		err = fault.New(fault.Missing, "keying.no_pass")
	}
	return h, choice, err
}

// Typed is what a clerk has typed for a cell. "" and 空 are empty; - and 未做 are not performed.
type Typed struct {
	At   At
	Text string
}

// Read is what a typed cell was read as, or why it was not.
type Read struct {
	Value
	Code string
	Hint string
}

// Key keeps what a clerk has typed into his own pass and answers each in its place. Kinds of the whole: Missing,
// Forbidden, Malformed, TooLarge, Stale when a cell is closed.
func (d *Desk) Key(ctx context.Context, a contest.Actor, event contest.ID, of Of, list []Typed) ([]Read, error) {
	h, _, err := d.own(ctx, a, event, of)
	switch {
	case err != nil:
		return nil, err
	case len(list) == 0:
		return nil, fault.New(fault.Malformed, "keying.no_cells")
	case len(list) > MaxCells:
		return nil, fault.New(fault.TooLarge, "keying.too_many", fault.At("/cells", "keying.too_many", strconv.Itoa(MaxCells)))
	}
	place := h.mine(a)
	out, keep := make([]Read, len(list)), []Keyed{}
	for i, t := range list {
		c, found := h.find(t.At)
		if !found {
			out[i] = Read{Code: "keying.no_cell"}
			continue
		}
		if out[i] = h.sheet.Columns[c.Column].read(t.Text); out[i].Code != "" {
			continue
		}
		if k := c.of(place); k.IsClosed && k.Value != out[i].Value {
			out[i] = Read{Code: "keying.closed"}
			continue
		} else if k.IsClosed {
			continue
		}
		keep = append(keep, Keyed{At: t.At, Value: out[i].Value, Pass: h.passes[place].ID, KeyedAt: d.now()})
	}
	if len(keep) == 0 {
		return out, nil
	}
	return out, d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		return d.cfg.Store.PutKeyed(ctx, h.passes[place].ID, keep)
	})
}

// read tells what a typed text is.
func (c *Column) read(text string) Read {
	switch text {
	case "", "空":
		return Read{Value: Value{Kind: Empty}}
	case "-", "－", "—", "未做", "缺考", "未作":
		return Read{Value: Value{Kind: NotPerformed}}
	}
	value, code, hint := c.Read(text)
	if code != "" {
		return Read{Code: code, Hint: hint}
	}
	return Read{Value: Value{Kind: Mark, Text: value}}
}

// Finish closes a clerk's pass when every cell is keyed; with the second one the sheet is compared, and what both agree
// on is given as marks. Asked again it gives what could not be given then. Refused keying.unkeyed with how many are left.
func (d *Desk) Finish(ctx context.Context, a contest.Actor, event contest.ID, of Of) (Given, error) {
	h, _, err := d.own(ctx, a, event, of)
	if err != nil {
		return Given{}, err
	}
	place, left, open := h.mine(a), 0, 0
	for i := range h.cells {
		k := h.cells[i].of(place)
		if k.Kind == "" {
			left++
		}
		if !k.IsClosed {
			open++
		}
	}
	if left > 0 {
		return Given{}, fault.New(fault.Refused, "keying.unkeyed", fault.At("", "keying.unkeyed", strconv.Itoa(left)))
	}
	if open > 0 {
		if err := d.cfg.Work.Do(ctx, func(ctx context.Context) error {
			if err := d.cfg.Store.ClosePass(ctx, h.passes[place].ID, d.now()); err != nil {
				return err
			}
			return d.cfg.Audit.Record(ctx, a, "keying.finished", "event/"+event.String(), of.detail("cells", strconv.Itoa(open)))
		}); err != nil {
			return Given{}, err
		}
		if h, err = d.sheet(ctx, event, of); err != nil {
			return Given{}, err
		}
	}
	return d.give(ctx, a, event, &h)
}

// Free gives a place free and forgets what was keyed there: its own clerk's, or by a head. Stale once some of it is closed.
func (d *Desk) Free(ctx context.Context, a contest.Actor, event contest.ID, of Of, place int) error {
	e, err := d.enter(ctx, a, event, append([]contest.Role{contest.Clerk}, heads...))
	if err != nil {
		return err
	}
	if _, err := e.choice(a, of); err != nil {
		return err
	}
	return d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		passes, err := d.cfg.Store.ListPasses(ctx, event)
		if err != nil {
			return err
		}
		for _, p := range passes {
			if p.Of != of || p.Place != place {
				continue
			}
			if p.By != a.Who() && !a.Has(e.Contest, event, heads...) {
				return errRole
			}
			if err := d.cfg.Store.RemovePass(ctx, p.ID); err != nil {
				return err
			}
			return d.cfg.Audit.Record(ctx, a, "keying.freed", "event/"+event.String(), of.detail("of", p.ByName))
		}
		return fault.New(fault.Missing, "keying.no_pass")
	})
}
