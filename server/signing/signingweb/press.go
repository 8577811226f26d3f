package signingweb

import (
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/paper/printing"
	"jiangtai/server/signing"
)

// Press (打印) is signing.Press over the printing kit. It is safe for concurrent
// use.
type Press struct{}

var _ signing.Press = (*Press)(nil)

// NewPress makes one. The kit's fonts are read when somebody first prints; a program
// that was built without them runs, and says so then.
func NewPress() *Press { return &Press{} }

// Print is signing.Press.
func (*Press) Print(s signing.Sheet, stamp signing.Stamp) ([]byte, int, error) {
	kit, err := printing.Open()
	if err != nil {
		return nil, 0, fault.Wrap(err, fault.Unavailable, "signing.no_fonts")
	}
	doc := printing.Document{
		Title: s.Title, Subtitle: s.Subtitle, Contest: s.Contest, Event: s.Event, Number: stamp.Number, Code: stamp.Code, Mark: s.Mark,
		Note: stamp.Note, PrintedAt: stamp.At, Zone: contest.Zone, Initials: s.Initials, Landscape: s.Wide, Anchored: s.Anchored, Blocks: blocks(s, stamp.Ink),
	}
	if stamp.Ink != nil {
		doc.Initials = nil // nobody signs it by hand
	}
	pages, err := kit.Pages(doc)
	if err != nil {
		return nil, 0, printFault(err)
	}
	pdf, err := kit.Print(doc)
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

func blocks(s signing.Sheet, ink *signing.Inked) []printing.Block {
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
	if ink != nil {
		return append(out, inkOf(s.Text, ink))
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

// inkOf is a signature on its page: who, from where, when, and of what.
func inkOf(text string, k *signing.Inked) printing.Ink {
	clock := func(t time.Time) string { return t.In(contest.Zone).Format("2006-01-02 15:04:05") }
	b := printing.Ink{Text: text, Who: k.Role + "　" + k.Name, Width: float64(k.Strokes.Width), Height: float64(k.Strokes.Height)}
	if k.Place != "" {
		b.Notes = append(b.Notes, k.Place)
	}
	b.Notes = append(b.Notes, "屏幕手写签名，收到 "+clock(k.At))
	if !k.Given.IsZero() {
		b.Notes = append(b.Notes, "平板时间 "+clock(k.Given))
	}
	sum := hex.EncodeToString(k.Shown[:])
	b.Notes = append(b.Notes, "所签内容摘要 SHA-256", sum[:32], sum[32:])
	for _, line := range k.Strokes.Lines {
		dots := make([]printing.Dot, len(line))
		for i, p := range line {
			dots[i] = printing.Dot{X: float64(p.X), Y: float64(p.Y)}
		}
		b.Lines = append(b.Lines, dots)
	}
	return b
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
	for i, r := range p.Rows {
		row := printing.Row{Cells: r}
		if p.Cells != nil {
			for _, c := range p.Cells[i] {
				row.Names = append(row.Names, c.Name())
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
