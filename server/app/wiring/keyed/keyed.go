package keyed

import (
	"context"
	"encoding/hex"
	"slices"
	"strings"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/judging/entering"
	"jiangtai/server/keying"
	"jiangtai/server/signing"
	"jiangtai/server/signing/form"
)

// Sheets is keying's Sheets: judging's boards by the outlines of entering.
type Sheets struct {
	Desk    *judging.Desk
	Tablets judging.Tablets
}

var _ keying.Sheets = Sheets{}

func missing(err error) error {
	if f := fault.Of(err); err != nil && f.Kind == fault.Missing {
		return fault.Wrap(err, fault.Missing, "keying.missing")
	}
	return err
}

// Event tells what an event is and which sheets it has.
func (p Sheets) Event(ctx context.Context, event contest.ID) (keying.Event, error) {
	var out keying.Event
	err := p.Desk.Read(ctx, event, func(r judging.Reading) error {
		out = keying.Event{Event: r.Setup.Event, Phase: r.Board.Phase(), Sealed: r.Board.Sealed()}
		list, rules := entering.Panels(r)
		if rules != nil {
			out.Sealing = string(rules.Identity())
		}
		for _, c := range list {
			out.Sheets = append(out.Sheets, keying.Choice{
				Of: keying.Of{Chair: c.Chair, Criterion: c.Criterion}, Panel: c.Panel, Seat: c.Seat, Judge: c.Judge, Code: c.Code, Name: c.Name,
				NameEn: c.NameEn, Identity: c.Identity,
			})
		}
		return nil
	})
	return out, missing(err)
}

// Sheet is one sheet as it stands.
func (p Sheets) Sheet(ctx context.Context, event contest.ID, of keying.Of) (keying.Sheet, error) {
	had, has := false, false
	tablets, err := p.Tablets.Tablets(ctx, event)
	if err != nil {
		return keying.Sheet{}, err
	}
	for _, t := range tablets {
		had = had || t.Chair == of.Chair
		has = has || t.Chair == of.Chair && !t.Replaced
	}
	var out keying.Sheet
	err = p.Desk.Read(ctx, event, func(r judging.Reading) error {
		s, err := entering.Outline(r, entering.Selection{Kind: entering.Panel, Chair: of.Chair, Criterion: of.Criterion})
		if err != nil {
			return err
		}
		_, rules := entering.Panels(r)
		out = outlined(&s, rules, had)
		out.IsTablet = has && r.Setup.Event.Depth == contest.Tablet
		return nil
	})
	return out, missing(err)
}

// outlined is a sheet of entering in keying's words. A mark under a random id where the chair had a tablet is the
// tablet's; those of lists and of keying have ids that follow from what they are.
func outlined(s *entering.Sheet, rules *scoring.Rules, hadTablet bool) keying.Sheet {
	out := keying.Sheet{Identity: s.Identity, Version: s.Version, Phase: s.Phase}
	for _, c := range s.Columns {
		rule := rules.Aspects[rules.AspectAt[c.Pad.ID]].Pad
		out.Columns = append(out.Columns, keying.Column{Title: c.Title, Attempt: c.Attempt, Pad: c.Pad, Read: func(text string) (string, string, string) {
			read, no := rule.Read(text)
			if no != nil {
				return "", no.Code, no.Hint
			}
			return read.Value, "", ""
		}})
	}
	for _, r := range s.Rows {
		row := keying.Row{Work: r.Work, IsOff: !isMarked(r.Status)}
		for _, c := range r.Cells {
			row.Cells = append(row.Cells, keying.Standing{
				IsClosed: c.Closed, Round: c.Round, Value: keying.Value{Kind: keying.Kind(c.Kind), Text: c.Value}, MarkID: c.MarkID,
				ByTablet: hadTablet && c.Kind != "" && c.MarkID[6]>>4 != 8,
			})
			if last := &row.Cells[len(row.Cells)-1]; c.Kind == "" {
				last.Kind = keying.Empty
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func isMarked(s scoring.Status) bool {
	return slices.Contains([]scoring.Status{"", scoring.Competing, scoring.OutOfContest}, s)
}

// Enter gives marks for a clerk.
func (p Sheets) Enter(ctx context.Context, clerk contest.Actor, event contest.ID, marks []keying.Giving) ([]keying.Answer, error) {
	list := make([]judging.Entered, len(marks))
	for i, m := range marks {
		list[i] = judging.Entered{
			MarkID: m.MarkID, Kind: m.Kind, Chair: m.Chair, Work: m.At.Work, Aspect: m.At.Aspect, Attempt: m.At.Attempt, Round: m.At.Round,
			Value: m.Value, Version: m.Version, Supersedes: m.Supersedes, Reason: m.Reason,
		}
	}
	got, err := p.Desk.EnterKeyed(ctx, clerk, event, list)
	out := make([]keying.Answer, len(got))
	for i, o := range got {
		out[i].Seq = o.Receipt.Seq
		if o.Fault != nil {
			out[i].Code = o.Fault.Code
			if len(o.Fault.Fields) > 0 {
				out[i].Hint = o.Fault.Fields[0].Hint
			}
		}
	}
	return out, err
}

// Papers is keying's Papers: what signing has printed.
type Papers struct{ Desk *signing.Desk }

var _ keying.Papers = Papers{}

// Paper finds a form by the text of its code.
func (p Papers) Paper(ctx context.Context, event contest.ID, code string) (keying.Paper, error) {
	other := fault.New(fault.Refused, "keying.other_document")
	var id contest.ID
	raw, err := hex.DecodeString(strings.TrimPrefix(code, "JT1:"))
	if err != nil || copy(id[:], raw) != len(id) || len(raw) != len(id) {
		return keying.Paper{}, other
	}
	doc, pdf, err := p.Desk.Paper(ctx, event, id)
	switch {
	case fault.Code(err) == "signing.missing":
		return keying.Paper{}, other
	case err != nil:
		return keying.Paper{}, err
	}
	return keying.Paper{ID: doc.ID, Number: doc.Number, Chair: doc.Of.Chair, IsVoid: doc.Void != nil, PDF: pdf, Cell: cellOf}, nil
}

func cellOf(name string) (keying.At, bool) {
	c, ok := form.Parse(name)
	return keying.At{Work: c.Work, Aspect: c.Aspect, Attempt: c.Attempt}, ok && c.Work != "—"
}
