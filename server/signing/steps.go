package signing

import (
	"context"
	"slices"

	"jiangtai/server/contest"
)

// Overview is what an event's papers are to one who works there.
type Overview struct {
	Steps     []Step     // what has to be signed, in its order
	Documents []Document // all, the newest first
	CanPrint  bool
	CanVoid   bool
	CanRead   bool // papers with marks
}

// Overview tells the steps and documents of an event.
func (d *Desk) Overview(ctx context.Context, a contest.Actor, event contest.ID) (Overview, error) {
	var out Overview
	if err := d.read(ctx, a, event, staff, func(r Reading) error {
		out.CanPrint = a.Has(r.Event.Contest, event, printers...)
		out.CanVoid = a.Has(r.Event.Contest, event, heads...)
		out.CanRead = mayRead(a, r)
		return nil
	}); err != nil {
		return out, err
	}
	var err error
	if out.Steps, err = d.Steps(ctx, event); err != nil {
		return out, err
	}
	out.Documents, err = d.cfg.Store.ListDocuments(ctx, event)
	slices.Reverse(out.Documents)
	return out, err
}

// Steps derives what an event's persons have to sign and how far it is: each
// chair's mark sheet, each panel's summary, the result list. It asks for no
// permission: it is for rooms that wait for signatures.
func (d *Desk) Steps(ctx context.Context, event contest.ID) ([]Step, error) {
	list, err := d.cfg.Store.ListDocuments(ctx, event)
	if err != nil {
		return nil, err
	}
	beside, err := d.beside(ctx, event)
	if err != nil {
		return nil, err
	}
	var steps []Step
	err = d.cfg.Boards.Read(ctx, event, func(r Reading) error {
		if r.Board.Rules() == nil {
			return nil
		}
		steps = derive(beside.of(r), list)
		return nil
	})
	return steps, err
}

// derive holds the documents against what they would say now.
func derive(c *compose, list []Document) []Step {
	var steps []Step
	summaries, all := map[string]bool{}, true
	for _, p := range c.panels() {
		whole := true
		for _, ch := range c.seated(p) {
			s := stepOf(list, Of{Kind: MarkSheet, Chair: ch.Number, Panel: p}, c.markSheet(ch), true)
			whole = whole && s.State == Signed
			steps = append(steps, s)
		}
		summaries[p] = whole
	}
	for _, p := range c.panels() {
		s := stepOf(list, Of{Kind: PanelSummary, Panel: p}, c.panelSummary(p), summaries[p])
		all = all && s.State == Signed
		steps = append(steps, s)
	}
	return append(steps, stepOf(list, Of{Kind: ResultList}, c.resultList(), all))
}

// stepOf finds the newest document of a step and says what holds of it.
func stepOf(list []Document, of Of, now Sheet, below bool) Step {
	s := Step{Of: of, State: Missing}
	for i := range list {
		if o := list[i].Of; o.Kind == of.Kind && o.Chair == of.Chair && (o.Panel == of.Panel || of.Chair != 0) {
			s.Document = &list[i]
		}
	}
	switch doc := s.Document; {
	case doc == nil:
	case doc.Void != nil:
		s.State, s.Reason = Voided, ByPerson
	case doc.Content != now.digest():
		s.State, s.Reason = Voided, ContentChanged
	case doc.Scan == nil:
		s.State = Printed
	case !below:
		s.State, s.Reason = Voided, BelowChanged
	default:
		s.State = Signed
	}
	return s
}

// panels are those that mark something, in the scheme's order.
func (c *compose) panels() []string {
	var out []string
	for _, p := range c.rules().Panels() {
		if len(c.seated(p.ID)) > 0 && len(c.rules().Sheets(p.ID)) > 0 {
			out = append(out, p.ID)
		}
	}
	return out
}

func (c *compose) seated(panel string) []contest.Chair {
	var out []contest.Chair
	for _, ch := range c.r.Chairs {
		if ch.Panel == panel {
			out = append(out, ch)
		}
	}
	slices.SortFunc(out, func(a, b contest.Chair) int { return a.Seat - b.Seat })
	return out
}

// SignedList is the newest signed result list of an event that holds names; false
// while there is none. It asks for no permission.
func (d *Desk) SignedList(ctx context.Context, event contest.ID) (Document, bool, error) {
	// Most events have none, and what stands on papers is not read for them.
	list, err := d.cfg.Store.ListDocuments(ctx, event)
	if err != nil || !slices.ContainsFunc(list, func(doc Document) bool { return doc.Of.Kind == ResultList && doc.Scan != nil }) {
		return Document{}, false, err
	}
	steps, err := d.Steps(ctx, event)
	if err != nil || len(steps) == 0 {
		return Document{}, false, err
	}
	last := steps[len(steps)-1]
	if last.State != Signed || !last.Document.Names {
		return Document{}, false, nil
	}
	return *last.Document, true, nil
}
