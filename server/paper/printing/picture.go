package printing

import (
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/vector"
)

// maxPicture is the longest side of a picture, in dots.
const maxPicture = 8000

// Picture draws one page (1 and up) as a picture with so many dots a millimetre: what a screen shows without a reader
// of PDF, and what a camera would see. MissingGlyph, ErrTooLong also for a page that is not.
func (p *Press) Picture(d Document, n int, dots float64) (*image.Gray, error) {
	l := newLayout(p, &d)
	pages, err := l.run()
	if err != nil {
		return nil, err
	}
	if n < 1 || n > len(pages) || dots <= 0 || l.height*dots > maxPicture || l.width*dots > maxPicture {
		return nil, ErrTooLong
	}
	c := canvas{press: p, dots: dots, img: image.NewGray(image.Rect(0, 0, int(l.width*dots), int(l.height*dots)))}
	draw.Draw(c.img, c.img.Rect, image.White, image.Point{}, draw.Src)
	for _, m := range pages[n-1].marks {
		if err := c.draw(m); err != nil {
			return nil, err
		}
	}
	return c.img, nil
}

// canvas draws marks as dots.
type canvas struct {
	press *Press
	dots  float64
	img   *image.Gray
}

func (c *canvas) draw(m mark) error {
	switch m.kind {
	case markText:
		return c.text(m)
	case markLine:
		const thick = 0.2
		c.box(m.x-thick/2, m.y-thick/2, m.w+thick, m.h+thick, 90)
	case markFrame:
		c.frame(m)
	case markShade:
		c.box(m.x, m.y, m.w, m.h, 240)
	case markAnchor:
		c.box(m.x, m.y, m.w, m.h, 0)
	case markCode:
		rows, err := modules(m.text)
		if err != nil {
			return err
		}
		unit := m.w / float64(len(rows)+2*quiet)
		for y, row := range rows {
			for x, dark := range row {
				if dark {
					c.box(m.x+float64(x+quiet)*unit, m.y+float64(y+quiet)*unit, unit, unit, 0)
				}
			}
		}
	}
	return nil
}

func (c *canvas) frame(m mark) {
	const thick = 0.35
	for _, side := range [][4]float64{{m.x, m.y, m.w, thick}, {m.x, m.y + m.h, m.w, thick}, {m.x, m.y, thick, m.h}, {m.x + m.w, m.y, thick, m.h}} {
		c.box(side[0], side[1], side[2], side[3], 60)
	}
}

// box fills a rectangle; its edges may lie between dots.
func (c *canvas) box(x, y, w, h float64, ink uint8) {
	at := func(v float64) float32 { return float32(v * c.dots) }
	area := image.Rect(int(x*c.dots), int(y*c.dots), int((x+w)*c.dots)+1, int((y+h)*c.dots)+1).Intersect(c.img.Rect)
	if area.Empty() {
		return
	}
	r := vector.NewRasterizer(area.Dx(), area.Dy())
	left, top := float32(area.Min.X), float32(area.Min.Y)
	r.MoveTo(at(x)-left, at(y)-top)
	r.LineTo(at(x+w)-left, at(y)-top)
	r.LineTo(at(x+w)-left, at(y+h)-top)
	r.LineTo(at(x)-left, at(y+h)-top)
	r.ClosePath()
	r.Draw(c.img, area, image.NewUniform(color.Gray{Y: ink}), image.Point{})
}

func (c *canvas) text(m mark) error {
	x, em := m.x, m.style.size*mmPerPoint
	ink := uint8(20)
	if m.style.grey {
		ink = 95
	}
	for _, r := range m.text {
		f, g, err := c.press.find(r, m.style.bold)
		if err != nil {
			return err
		}
		if f == nil {
			if f = &c.press.regular; m.style.bold {
				f = &c.press.bold
			}
		}
		if err := c.glyph(f, g.index, x, m.y, em, ink); err != nil {
			return err
		}
		x += g.advance * em
	}
	return nil
}

// glyph fills an outline.
func (c *canvas) glyph(f *face, index sfnt.GlyphIndex, x, y, em float64, ink uint8) error {
	segments, err := f.outline(index)
	if err != nil {
		return err
	}
	area := image.Rect(int((x-em/2)*c.dots), int((y-1.5*em)*c.dots), int((x+2*em)*c.dots)+1, int((y+em)*c.dots)+1).Intersect(c.img.Rect)
	if area.Empty() {
		return nil
	}
	unit := em / float64(f.em)
	at := func(s sfnt.Segment, i int) (px, py float32) {
		return float32((x+float64(s.Args[i].X)*unit)*c.dots) - float32(area.Min.X), float32((y+float64(s.Args[i].Y)*unit)*c.dots) - float32(area.Min.Y)
	}
	r := vector.NewRasterizer(area.Dx(), area.Dy())
	for _, s := range segments {
		x0, y0 := at(s, 0)
		x1, y1 := at(s, 1)
		x2, y2 := at(s, 2)
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			r.ClosePath()
			r.MoveTo(x0, y0)
		case sfnt.SegmentOpLineTo:
			r.LineTo(x0, y0)
		case sfnt.SegmentOpQuadTo:
			r.QuadTo(x0, y0, x1, y1)
		case sfnt.SegmentOpCubeTo:
			r.CubeTo(x0, y0, x1, y1, x2, y2)
		}
	}
	r.ClosePath()
	r.Draw(c.img, area, image.NewUniform(color.Gray{Y: ink}), image.Point{})
	return nil
}
