package signing

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Print makes a document: numbered, kept, and ready to be signed. Kinds: Missing,
// Forbidden by role or because marks may not be read yet, Refused when there is
// nothing to print or a character has no shape.
func (d *Desk) Print(ctx context.Context, a contest.Actor, event contest.ID, of Of) (Document, error) {
	beside, err := d.entering(ctx, a, event)
	if err != nil {
		return Document{}, err
	}
	extra, err := d.drawn(ctx, a, event, of)
	if err != nil {
		return Document{}, err
	}
	var doc Document
	err = d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		var sheet Sheet
		var at Reading
		if err := d.read(ctx, a, event, roles(of.Kind), func(r Reading) error {
			at = r
			at.Board = nil
			var err error
			sheet, err = beside.of(r).sheet(&of, extra, mayRead(a, r))
			return err
		}); err != nil {
			return err
		}
		var err error
		doc, err = d.keep(ctx, a, at, of, sheet, nil)
		return err
	})
	return doc, err
}

// entering is beside for somebody who works for the event.
func (d *Desk) entering(ctx context.Context, a contest.Actor, event contest.ID) (composing, error) {
	if err := d.read(ctx, a, event, append([]contest.Role{contest.CodingJudge}, staff...), func(Reading) error { return nil }); err != nil {
		return composing{}, err
	}
	return d.beside(ctx, event)
}

// roles are who prints papers of a kind. What lies in the coding desk it gives to
// its own judges only.
func roles(k Kind) []contest.Role {
	if k == DrawRecord || k == Labels {
		return append([]contest.Role{contest.CodingJudge}, printers...)
	}
	return printers
}

// extra is what of the coding desk is printed.
type extra struct {
	record DrawSheet
	labels []string
}

func (d *Desk) drawn(ctx context.Context, a contest.Actor, event contest.ID, of Of) (x extra, err error) {
	switch of.Kind {
	case DrawRecord:
		x.record, err = d.cfg.Draws.Record(ctx, a, event, of.Layer)
		x.record.Pairs = nil // what is kept lies open in the database
	case Labels:
		x.labels, err = d.cfg.Draws.Labels(ctx, a, event, of.Layer)
	}
	return x, err
}

// sheet says what stands on a paper, and fills in its panel.
func (c *compose) sheet(of *Of, x extra, mayRead bool) (Sheet, error) {
	switch of.Kind {
	case DrawRecord:
		of.Chair, of.Panel = 0, ""
		return c.drawRecord(x.record), nil
	case Labels:
		of.Chair, of.Panel = 0, ""
		return c.labels(x.labels, of.Layer), nil
	case BlankSheet:
		ch, err := c.seat(of)
		if err == nil && c.rules() == nil {
			err = fault.New(fault.Refused, "signing.no_scheme")
		}
		if err != nil {
			return Sheet{}, err
		}
		return c.blankSheet(ch), nil
	case MarkSheet, PanelSummary, ResultList:
		return c.withMarks(of, mayRead)
	}
	return Sheet{}, fault.New(fault.Malformed, "signing.unknown_kind", fault.At("/kind", "signing.unknown_kind", ""))
}

// seat finds the chair that a paper is about, and fills in its panel.
func (c *compose) seat(of *Of) (contest.Chair, error) {
	ch, ok := c.chair(of.Chair)
	if !ok {
		return ch, fault.New(fault.Missing, "signing.no_such_chair", fault.At("/chair", "signing.no_such_chair", ""))
	}
	of.Panel, of.Layer = ch.Panel, ""
	return ch, nil
}

// withMarks are the papers that need an open ledger, and somebody who may read it.
func (c *compose) withMarks(of *Of, mayRead bool) (Sheet, error) {
	if c.r.Board.Rules() == nil {
		return Sheet{}, fault.New(fault.Refused, "signing.not_open")
	}
	if of.Kind == ResultList {
		if *of = (Of{Kind: ResultList}); !mayRead {
			return Sheet{}, errTooEarly
		}
		return c.resultList(), nil
	}
	if of.Kind == PanelSummary {
		if of.Chair, of.Layer = 0, ""; len(c.seated(of.Panel)) == 0 {
			return Sheet{}, fault.New(fault.Missing, "signing.no_such_panel", fault.At("/panel", "signing.no_such_panel", ""))
		}
		if !mayRead {
			return Sheet{}, errTooEarly
		}
		return c.panelSummary(of.Panel), nil
	}
	ch, err := c.seat(of)
	if err == nil && !mayRead {
		err = errTooEarly
	}
	if err != nil {
		return Sheet{}, err
	}
	return c.markSheet(ch), nil
}

var errTooEarly = fault.New(fault.Forbidden, "signing.too_early")

// keep numbers a sheet, prints it with the signature if there is one, and keeps it,
// inside a transaction.
func (d *Desk) keep(ctx context.Context, a contest.Actor, at Reading, of Of, sheet Sheet, ink *Inked) (Document, error) {
	serial, err := d.cfg.Store.NextSerial(ctx, at.Event.ID)
	if err != nil {
		return Document{}, err
	}
	doc := Document{
		ID: newID(), Event: at.Event.ID, Serial: serial, Of: of, Seq: at.Seq, Head: at.Head, Content: sheet.digest(), Names: sheet.Names,
		At: d.now(), By: a.Who(), ByName: a.Name,
	}
	doc.Number = number(at.Event.Code, doc.At, serial)
	stamp := doc.stamp()
	stamp.Ink = ink
	pdf, pages, err := d.cfg.Press.Print(sheet, stamp)
	if err != nil {
		return Document{}, err
	}
	doc.Pages = pages
	if err := d.cfg.Store.CreateDocument(ctx, doc, pdf); err != nil {
		return Document{}, err
	}
	return doc, d.cfg.Audit.Record(ctx, a, "document.printed", "event/"+doc.Event.String(), map[string]string{
		"number": doc.Number, "kind": string(of.Kind), "chair": strconv.Itoa(int(of.Chair)), "panel": of.Panel, "layer": of.Layer,
	})
}

// number is what people call a document: the event's code, the year, its serial.
func number(event string, at time.Time, serial int) string {
	return fmt.Sprintf("%s-%s-%04d", strings.ToUpper(event), at.In(contest.Zone).Format("06"), serial)
}

func short(head string) string { return head[:min(16, len(head))] }

// Code is what the QR code of a document says: short, and no more than its id.
func (doc Document) Code() string {
	return "JT1:" + strings.ToUpper(strings.ReplaceAll(doc.ID.String(), "-", ""))
}

// PDF gives a document as it was printed, to those who may read what it says. The
// record of a draw that its layer's coding judge asks for has the pairs as well:
// printed anew under its number, for the envelope, and kept nowhere.
func (d *Desk) PDF(ctx context.Context, a contest.Actor, event contest.ID, serial int) (Document, []byte, error) {
	doc, err := d.find(ctx, a, event, serial)
	if err != nil {
		return doc, nil, err
	}
	if doc.Of.Kind == DrawRecord {
		if pdf, err := d.withPairs(ctx, a, doc); err != nil || pdf != nil {
			return doc, pdf, err
		}
	}
	pdf, err := d.cfg.Store.PDF(ctx, doc.ID)
	return doc, pdf, err
}

// withPairs prints the record of a draw for the envelope; nil for who may not know
// its pairs.
func (d *Desk) withPairs(ctx context.Context, a contest.Actor, doc Document) ([]byte, error) {
	record, err := d.cfg.Draws.Record(ctx, a, doc.Event, doc.Of.Layer)
	if err != nil && fault.Of(err).Kind != fault.Missing {
		return nil, err
	}
	if record.Pairs == nil { // not there for this reader, or without what he may not know
		return nil, nil
	}
	beside, err := d.entering(ctx, a, doc.Event)
	if err != nil {
		return nil, err
	}
	var sheet Sheet
	if err := d.read(ctx, a, doc.Event, roles(doc.Of.Kind), func(r Reading) error {
		r.Seq, r.Head = doc.Seq, doc.Head
		sheet = beside.of(r).drawRecord(record)
		return nil
	}); err != nil {
		return nil, err
	}
	pdf, _, err := d.cfg.Press.Print(sheet, doc.stamp())
	return pdf, err
}

// stamp is what stands at the edge of a document's pages.
func (doc Document) stamp() Stamp {
	return Stamp{Number: doc.Number, Code: doc.Code(), At: doc.At, Note: fmt.Sprintf("账本第 %d 条 · %s", doc.Seq, short(doc.Head))}
}

// find gives a document to somebody who may read it. Papers of the coding desk
// are for the coding judges until the event is unsealed.
func (d *Desk) find(ctx context.Context, a contest.Actor, event contest.ID, serial int) (Document, error) {
	var allowed func(Document) bool
	if err := d.read(ctx, a, event, append([]contest.Role{contest.CodingJudge}, staff...), func(r Reading) error {
		reads, sealed := mayRead(a, r), r.sealed()
		works := a.Has(r.Event.Contest, event, staff...)
		allowed = func(doc Document) bool {
			switch doc.Of.Kind {
			case DrawRecord, Labels:
				return doc.By == a.Who() || !sealed && reads
			case BlankSheet:
				return works
			}
			return reads
		}
		return nil
	}); err != nil {
		return Document{}, err
	}
	doc, err := d.cfg.Store.FindDocument(ctx, event, serial)
	if err == nil && !allowed(doc) {
		err = errMissing
	}
	return doc, err
}

// labels are the stickers of a layer.
func (c *compose) labels(list []string, layer string) Sheet {
	s := c.head("标签", "")
	s.Facts = nil
	for _, l := range list {
		s.Labels = append(s.Labels, Label{Code: l, Big: l, Small: c.r.Event.Trade + " " + labelHead(map[string]string{"seat": "seat", "code": "coded"}[layer])})
	}
	return s
}

// drawRecord is the record of a draw, to be signed and sealed in an envelope.
func (c *compose) drawRecord(x DrawSheet) Sheet {
	s := c.head("抽签记录", "")
	s.Facts = append(s.Facts, x.Facts...)
	if x.Pairs != nil {
		p := Part{}
		const beside = 3
		for range beside {
			p.Columns = append(p.Columns, Column{Head: x.From, Weight: 1}, Column{Head: x.To, Weight: 1, Bold: true})
		}
		rows := (len(x.Pairs) + beside - 1) / beside
		for i := range rows {
			row := make([]string, 2*beside)
			for j := range beside {
				if at := j*rows + i; at < len(x.Pairs) {
					row[2*j], row[2*j+1] = x.Pairs[at][0], x.Pairs[at][1]
				}
			}
			p.Rows = append(p.Rows, row)
		}
		s.Parts = []Part{p}
	}
	s.Notes = slices.Clone(x.Notes)
	if x.Pairs != nil {
		s.Notes = append(s.Notes, "本页含号码对应关系：签字后装袋密封，不得扫描上传。")
	}
	s.Text = "抽签过程真实有效，记录装入信封密封。"
	s.Signers = []Signer{{Role: "加密裁判"}, {Role: "见证人"}, {Role: "监督"}}
	s.Initials = []string{"加密裁判", "见证人"}
	return s
}
