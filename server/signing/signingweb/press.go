package signingweb

import (
	"errors"
	"fmt"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/paper/printing"
	"jiangtai/server/signing"
)

// Press (打印) is signing.Press over the printing kit. It is safe for concurrent
// use.
type Press struct {
	kit *printing.Press
	err error // why there is none
}

var _ signing.Press = (*Press)(nil)

// NewPress takes the kit's fonts. A program that was built without them runs, and
// says so when somebody prints.
func NewPress() *Press {
	kit, err := printing.Open()
	return &Press{kit, err}
}

// Print is signing.Press.
func (p *Press) Print(s signing.Sheet, stamp signing.Stamp) ([]byte, int, error) {
	if p.err != nil {
		return nil, 0, fault.Wrap(p.err, fault.Unavailable, "signing.no_fonts")
	}
	doc := printing.Document{
		Title: s.Title, Subtitle: s.Subtitle, Contest: s.Contest, Event: s.Event, Number: stamp.Number, Code: stamp.Code, Mark: s.Mark,
		Note: stamp.Note, PrintedAt: stamp.At, Zone: contest.Zone, Initials: s.Initials, Landscape: s.Wide, Blocks: blocks(s),
	}
	pages, err := p.kit.Pages(doc)
	if err != nil {
		return nil, 0, printFault(err)
	}
	pdf, err := p.kit.Print(doc)
	if err != nil {
		return nil, 0, printFault(err)
	}
	return pdf, pages, nil
}

func printFault(err error) error {
	var missing *printing.MissingGlyph
	if errors.As(err, &missing) {
		hint := fmt.Sprintf("%c U+%04X", missing.Rune, missing.Rune)
		return fault.New(fault.Refused, "signing.glyph", fault.At("/", "signing.glyph", hint))
	}
	return fmt.Errorf("print a document: %w", err)
}

func blocks(s signing.Sheet) []printing.Block {
	var out []printing.Block
	if len(s.Facts) > 0 {
		facts := make(printing.Facts, len(s.Facts))
		for i, f := range s.Facts {
			facts[i] = printing.Fact{Name: f.Name, Value: f.Value}
		}
		out = append(out, facts)
	}
	for _, p := range s.Parts {
		if p.Page {
			out = append(out, printing.Break{})
		}
		if p.Heading != "" {
			out = append(out, printing.Heading(p.Heading))
		}
		out = append(out, table(p))
	}
	for _, n := range s.Notes {
		out = append(out, printing.Paragraph{Text: n, Size: 9, Grey: true})
	}
	if len(s.Labels) > 0 {
		labels := make(printing.Labels, len(s.Labels))
		for i, l := range s.Labels {
			labels[i] = printing.Label{Code: l.Code, Big: l.Big, Small: l.Small}
		}
		out = append(out, labels)
	}
	if len(s.Signers) > 0 {
		sign := printing.Signatures{Text: s.Text}
		for _, one := range s.Signers {
			sign.Signers = append(sign.Signers, printing.Signer{Role: one.Role, Name: one.Name, Times: one.Times})
		}
		out = append(out, sign)
	}
	return out
}

// narrow is the width of a column that is as wide as its head, by its characters.
func narrow(head string) float64 { return 6 + 3.6*float64(len([]rune(head))) }

func table(p signing.Part) printing.Table {
	t := printing.Table{}
	if p.Tall {
		t.Height = 9
	}
	for _, c := range p.Columns {
		col := printing.Column{Head: c.Head, Share: float64(c.Weight), Bold: c.Bold}
		if c.Weight == 0 {
			col.Min, col.Share = max(narrow(c.Head), 14), 0.01
		}
		switch {
		case c.Number && c.Weight > 0:
			col.Align = printing.Center // a wide column: its number stays with its head
		case c.Number:
			col.Align = printing.Right
		}
		t.Columns = append(t.Columns, col)
	}
	for _, r := range p.Rows {
		t.Rows = append(t.Rows, printing.Row{Cells: r})
	}
	return t
}
