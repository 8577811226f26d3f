package printing

import (
	"bytes"
	"fmt"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/sfnt"
)

const family = "noto"

// Print sets the document and returns its PDF. MissingGlyph, ErrTooLong.
func (p *Press) Print(d Document) ([]byte, error) {
	l := newLayout(p, &d)
	pages, err := l.run()
	if err != nil {
		return nil, err
	}
	pen := newPen(p, &d)
	if d.Anchored {
		plan, err := l.plan()
		if err != nil {
			return nil, err
		}
		packet, err := plan.packet()
		if err != nil {
			return nil, err
		}
		pen.pdf.SetXmpMetadata(packet)
	}
	for _, page := range pages {
		pen.pdf.AddPage()
		for _, m := range page.marks {
			if err := pen.draw(m); err != nil {
				return nil, err
			}
		}
	}
	var out bytes.Buffer
	if err := pen.pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("write the PDF: %w", err)
	}
	return out.Bytes(), nil
}

// Pages tells how many pages the document has.
func (p *Press) Pages(d Document) (int, error) {
	pages, err := newLayout(p, &d).run()
	return len(pages), err
}

// pen draws marks with the PDF library.
type pen struct {
	press *Press
	pdf   *fpdf.Fpdf
}

func newPen(p *Press, d *Document) *pen {
	orientation := "P"
	if d.Landscape {
		orientation = "L"
	}
	f := fpdf.New(orientation, "mm", "A4", "")
	f.SetMargins(0, 0, 0)
	f.SetAutoPageBreak(false, 0)
	f.SetCatalogSort(true)
	at := d.PrintedAt.UTC()
	if d.PrintedAt.IsZero() {
		at = time.Unix(0, 0).UTC() // the library would ask the clock
	}
	f.SetCreationDate(at)
	f.SetModificationDate(at)
	f.SetTitle(d.Title, true)
	f.SetSubject(d.Number, true)
	f.SetCreator("jiangtai", true)
	f.SetLang("zh-CN")
	f.AddUTF8FontFromBytes(family, "", p.regular.raw)
	f.AddUTF8FontFromBytes(family, "B", p.bold.raw)
	return &pen{press: p, pdf: f}
}

func (p *pen) draw(m mark) error {
	switch m.kind {
	case markText:
		return p.text(m)
	case markLine:
		p.pdf.SetDrawColor(90, 90, 90)
		p.pdf.SetLineWidth(0.2)
		p.pdf.Line(m.x, m.y, m.x+m.w, m.y+m.h)
	case markFrame:
		p.frame(m)
	case markShade:
		p.pdf.SetFillColor(238, 240, 241)
		p.pdf.Rect(m.x, m.y, m.w, m.h, "F")
	case markInk:
		p.strokes(m)
	case markCode:
		return p.code(m)
	case markAnchor:
		p.pdf.SetFillColor(0, 0, 0)
		p.pdf.Rect(m.x, m.y, m.w, m.h, "F")
	}
	return nil
}

func (p *pen) frame(m mark) {
	p.pdf.SetDrawColor(60, 60, 60)
	p.pdf.SetLineWidth(0.35)
	if m.dashed {
		p.pdf.SetDrawColor(170, 170, 170)
		p.pdf.SetLineWidth(0.15)
		p.pdf.SetDashPattern([]float64{1.5, 1.5}, 0)
		defer p.pdf.SetDashPattern([]float64{}, 0)
	}
	p.pdf.Rect(m.x, m.y, m.w, m.h, "D")
}

// text writes what the embedded font has as text, and draws the rest.
func (p *pen) text(m mark) error {
	weight := ""
	if m.style.bold {
		weight = "B"
	}
	p.pdf.SetFont(family, weight, m.style.size)
	ink := 20
	if m.style.grey {
		ink = 95
	}
	p.pdf.SetTextColor(ink, ink, ink)
	p.pdf.SetFillColor(ink, ink, ink)
	x, em := m.x, m.style.size*mmPerPoint
	var run []rune
	from := x
	flush := func() {
		if len(run) > 0 {
			p.pdf.Text(from, m.y, string(run))
			run = run[:0]
		}
	}
	for _, r := range m.text {
		f, g, err := p.press.find(r, m.style.bold)
		if err != nil {
			return err
		}
		if f == nil {
			if len(run) == 0 {
				from = x
			}
			run = append(run, r)
		} else {
			flush()
			if err := p.shape(f, g.index, x, m.y, em); err != nil {
				return err
			}
		}
		x += g.advance * em
	}
	flush()
	return nil
}

// shape fills a glyph's outline.
func (p *pen) shape(f *face, index sfnt.GlyphIndex, x, y, em float64) error {
	segments, err := f.outline(index)
	if err != nil {
		return fmt.Errorf("read the outline of a glyph: %w", err)
	}
	unit := em / float64(f.em)
	at := func(s sfnt.Segment, i int) (px, py float64) {
		return x + float64(s.Args[i].X)*unit, y + float64(s.Args[i].Y)*unit
	}
	for _, s := range segments {
		x0, y0 := at(s, 0)
		x1, y1 := at(s, 1)
		x2, y2 := at(s, 2)
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			p.pdf.MoveTo(x0, y0)
		case sfnt.SegmentOpLineTo:
			p.pdf.LineTo(x0, y0)
		case sfnt.SegmentOpQuadTo:
			p.pdf.CurveTo(x0, y0, x1, y1)
		case sfnt.SegmentOpCubeTo:
			p.pdf.CurveBezierCubicTo(x0, y0, x1, y1, x2, y2)
		}
	}
	p.pdf.DrawPath("F")
	return nil
}
