package printing

// Ink (手写签名) is a signature that was written on a screen, with who wrote it and
// what for. It is never split, and counts as the page's Signatures.
type Ink struct {
	Text  string   // what is signed for; "" for none
	Who   string   // role and name
	Notes []string // chair, times, digest: one line each
	// Width and Height are the pad's in its own unit; Lines are the strokes on it, from
	// its left upper corner.
	Width, Height float64
	Lines         [][]Dot
}

// Dot is a point of a stroke.
type Dot struct{ X, Y float64 }

const (
	inkWidth  = 78.0
	inkHeight = 32.0
	inkInset  = 1.5
	inkPen    = 0.45
)

func (b Ink) place(l *layout, _ Block) {
	text := style{size: 9.5}
	var lines []string
	if b.Text != "" {
		lines = l.wrap(b.Text, text, l.inner())
	}
	l.need(6 + float64(len(lines))*text.leading() + inkHeight)
	l.page().signed = true
	l.y += 3
	for _, line := range lines {
		l.text(line, text, l.left(), l.y, l.inner(), Left)
		l.y += text.leading()
	}
	l.y++
	l.add(mark{kind: markFrame, x: l.left(), y: l.y, w: inkWidth, h: inkHeight})
	l.add(mark{kind: markInk, x: l.left() + inkInset, y: l.y + inkInset, w: inkWidth - 2*inkInset, h: inkHeight - 2*inkInset, ink: &b})
	who, note := style{size: 11, bold: true}, style{size: 8.5, grey: true}
	x, w, y := l.left()+inkWidth+5, l.inner()-inkWidth-5, l.y+1
	for _, line := range l.wrap(b.Who, who, w) {
		l.text(line, who, x, y, w, Left)
		y += who.leading()
	}
	for _, n := range b.Notes {
		for _, line := range l.wrap(n, note, w) {
			l.text(line, note, x, y, w, Left)
			y += note.leading()
		}
	}
	l.y += inkHeight + 3
}

// strokes draws a signature into its place, as large as fits and no larger than it
// was wide.
func (p *pen) strokes(m mark) {
	if m.ink.Width <= 0 || m.ink.Height <= 0 {
		return
	}
	scale := min(m.w/m.ink.Width, m.h/m.ink.Height)
	left := m.x + (m.w-scale*m.ink.Width)/2
	top := m.y + (m.h-scale*m.ink.Height)/2
	at := func(d Dot) (x, y float64) { return left + scale*d.X, top + scale*d.Y }
	p.pdf.SetDrawColor(15, 22, 48)
	p.pdf.SetLineWidth(inkPen)
	p.pdf.SetLineCapStyle("round")
	p.pdf.SetLineJoinStyle("round")
	defer p.pdf.SetLineCapStyle("butt")
	defer p.pdf.SetLineJoinStyle("miter")
	for _, line := range m.ink.Lines {
		if len(line) == 0 {
			continue
		}
		x, y := at(line[0])
		p.pdf.MoveTo(x, y)
		if len(line) == 1 {
			p.pdf.LineTo(x, y)
		}
		for _, d := range line[1:] {
			x, y = at(d)
			p.pdf.LineTo(x, y)
		}
		p.pdf.DrawPath("D")
	}
}
