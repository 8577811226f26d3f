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
	CanSign   bool // summaries and the list, on the console
}

// Overview tells the steps and documents of an event.
func (d *Desk) Overview(ctx context.Context, a contest.Actor, event contest.ID) (Overview, error) {
	var out Overview
	if err := d.read(ctx, a, event, staff, func(r Reading) error {
		out.CanPrint = a.Has(r.Event.Contest, event, printers...)
		out.CanVoid = a.Has(r.Event.Contest, event, heads...)
		out.CanRead = mayRead(a, r)
		out.CanSign = a.Has(r.Event.Contest, event, confirmers...)
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
			s := stepOf(list, Of{Kind: MarkSheet, Chair: ch.Number, Panel: p}, func() Sheet { return c.markSheet(ch) }, true)
			whole = whole && s.State == Signed
			steps = append(steps, s)
		}
		summaries[p] = whole
	}
	for _, p := range c.panels() {
		s := stepOf(list, Of{Kind: PanelSummary, Panel: p}, func() Sheet { return c.panelSummary(p) }, summaries[p])
		all = all && s.State == Signed
		steps = append(steps, s)
	}
	return append(steps, stepOf(list, Of{Kind: ResultList}, c.resultList, all))
}

// stepOf finds the document of a step that counts, and says what holds of it.
func stepOf(list []Document, of Of, now func() Sheet, below bool) Step {
	s := Step{Of: of, State: Missing}
	var closed []*Document
	for i := range list {
		doc := &list[i]
		if o := doc.Of; o.Kind != of.Kind || o.Chair != of.Chair || (o.Panel != of.Panel && of.Chair == 0) {
			continue
		}
		if s.Document = doc; doc.Void != nil {
			closed = nil // whoever declares a paper void does not mean that an older one counts
		} else if doc.IsClosed() {
			closed = append(closed, doc)
		}
	}
	if s.Document == nil {
		return s
	}
	if s.Document.Void != nil {
		s.State, s.Reason = Voided, ByPerson
		return s
	}
	content := now().digest()
	if s.Document.Content == content && !s.Document.IsClosed() {
		// A copy that is printed later takes no signature away.
		for _, doc := range closed {
			if doc.Content == content {
				s.Document = doc
			}
		}
	}
	switch doc := s.Document; {
	case doc.Content != content:
		s.State, s.Reason = Voided, ContentChanged
	case !doc.IsClosed():
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
	if err != nil || !slices.ContainsFunc(list, func(doc Document) bool { return doc.Of.Kind == ResultList && doc.IsClosed() }) {
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
