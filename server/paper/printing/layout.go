package printing

import "fmt"

// The page, in millimetres.
const (
	pageShort, pageLong = 210.0, 297.0
	marginSide          = 15.0
	marginTop           = 10.0
	marginBottom        = 9.0
	headHeight          = 24.0 // with the QR code
	footHeight          = 9.0
	initialsHeight      = 9.0
	codeSize            = 21.0
)

// mark is a text, a line, a box or a code on a page. What is not used is zero.
type mark struct {
	kind       markKind
	x, y, w, h float64 // of a text: x and y of its baseline
	text       string
	style      style
	dashed     bool
	ink        *Ink
}

type markKind uint8

const (
	markText markKind = iota
	markLine
	markFrame
	markShade
	markCode
	markAnchor
	markInk
)

type page struct {
	marks  []mark
	fields []Field
	signed bool // has Signatures of its own
}

// layout places a document's blocks on pages.
type layout struct {
	press         *Press
	doc           *Document
	width, height float64 // of the page
	pages         []*page
	y             float64 // where the next block begins
	err           error
}

func newLayout(p *Press, d *Document) *layout {
	l := &layout{press: p, doc: d, width: pageShort, height: pageLong}
	if d.Landscape {
		l.width, l.height = pageLong, pageShort
	}
	return l
}

// run places everything and returns the pages, heads and feet included.
func (l *layout) run() ([]*page, error) {
	l.newPage()
	l.title()
	for i, b := range l.doc.Blocks {
		var next Block
		if i+1 < len(l.doc.Blocks) {
			next = l.doc.Blocks[i+1]
		}
		b.place(l, next)
		if l.err != nil {
			return nil, l.err
		}
	}
	for n := range l.pages {
		l.frame(n)
	}
	return l.pages, l.err
}

func (l *layout) left() float64  { return marginSide }
func (l *layout) right() float64 { return l.width - marginSide }
func (l *layout) inner() float64 { return l.width - 2*marginSide }
func (l *layout) top() float64   { return marginTop + headHeight + 3 }

// bottom is where content ends: above the foot and the initials.
func (l *layout) bottom() float64 {
	b := l.height - marginBottom - footHeight
	if len(l.doc.Initials) > 0 {
		b -= initialsHeight
	}
	return b
}

func (l *layout) room() float64 { return l.bottom() - l.y }

// fresh tells whether nothing stands on this page yet.
func (l *layout) fresh() bool { return l.y <= l.top()+1e-6 }

func (l *layout) newPage() {
	l.pages = append(l.pages, &page{})
	l.y = l.top()
}

// need starts a new page when h does not fit on this one.
func (l *layout) need(h float64) {
	if h > l.room()+1e-6 && !l.fresh() {
		l.newPage()
	}
}

func (l *layout) page() *page { return l.pages[len(l.pages)-1] }

func (l *layout) add(m mark) { l.page().marks = append(l.page().marks, m) }

func (l *layout) measure(text string, s style) float64 {
	w, err := l.press.width(text, s)
	l.fail(err)
	return w
}

func (l *layout) wrap(text string, s style, limit float64) []string {
	lines, err := l.press.wrap(text, s, limit)
	l.fail(err)
	return lines
}

func (l *layout) fail(err error) {
	if l.err == nil {
		l.err = err
	}
}

// text puts one line with its top at y, within w from x on.
func (l *layout) text(text string, s style, x, y, w float64, a Align) {
	if text == "" {
		return
	}
	long := l.measure(text, s)
	switch a {
	case Center:
		x += (w - long) / 2
	case Right:
		x += w - long
	case Left:
	}
	l.add(mark{kind: markText, x: x, y: y + s.leading()*0.74, w: long, text: text, style: s})
}

// one shrinks a text to one line of w and puts it; what would become smaller than legible ends with an ellipsis.
// Only the head uses it, where the same words stand in full below.
func (l *layout) one(text string, s style, x, y, w float64) {
	text = clean(text)
	for s.size > 6 && l.measure(text, s) > w {
		s.size -= 0.5
	}
	for runes := []rune(text); len(runes) > 1 && l.err == nil && l.measure(text, s) > w; {
		runes = runes[:len(runes)-1]
		text = string(runes) + "…"
	}
	l.text(text, s, x, y, w, Left)
}

func (l *layout) line(x1, y1, x2, y2 float64) {
	l.add(mark{kind: markLine, x: x1, y: y1, w: x2 - x1, h: y2 - y1})
}

// title stands on the first page only.
func (l *layout) title() {
	for _, part := range []struct {
		text  string
		style style
	}{{l.doc.Title, style{size: 17, bold: true}}, {l.doc.Subtitle, style{size: 11}}} {
		if part.text == "" {
			continue
		}
		for _, line := range l.wrap(part.text, part.style, l.inner()) {
			l.text(line, part.style, l.left(), l.y, l.inner(), Center)
			l.y += part.style.leading()
		}
	}
	l.y += 3
}

// frame puts head and foot on page n, when the number of pages is known.
func (l *layout) frame(n int) {
	p := l.pages[n]
	back := l.pages
	l.pages = []*page{p} // add goes to the page in hand
	defer func() { l.pages = back }()
	l.head(n + 1)
	l.foot(n+1, len(back))
	if l.doc.Anchored {
		l.anchors()
	}
	if !p.signed && len(l.doc.Initials) > 0 {
		l.initials()
	}
}

func (l *layout) head(n int) {
	right := l.right()
	if l.doc.Code != "" {
		right -= codeSize
		l.add(mark{kind: markCode, x: right, y: marginTop, w: codeSize, h: codeSize, text: l.codeOf(n)})
		right -= 4
	}
	w := right - l.left()
	if l.doc.Mark != "" {
		s := style{size: 11, bold: true}
		box := l.measure(l.doc.Mark, s) + 6
		l.add(mark{kind: markFrame, x: right - box, y: marginTop + 1, w: box, h: 7})
		l.text(l.doc.Mark, s, right-box, marginTop+1.8, box, Center)
		w -= box + 4
	}
	l.one(l.doc.Contest, style{size: 9, grey: true}, l.left(), marginTop+1, w)
	l.one(l.doc.Event, style{size: 12, bold: true}, l.left(), marginTop+6, w)
	if l.doc.Number != "" {
		l.one("编号 "+l.doc.Number, style{size: 9}, l.left(), marginTop+13.5, w)
	}
	y := marginTop + headHeight - 1
	l.line(l.left(), y, l.right(), y)
}

func (l *layout) foot(n, of int) {
	s := style{size: 7.5, grey: true}
	y := l.height - marginBottom - footHeight + 2
	l.line(l.left(), y, l.right(), y)
	pages := fmt.Sprintf("第 %d 页，共 %d 页", n, of)
	if !l.doc.PrintedAt.IsZero() && l.doc.Zone != nil {
		pages = "打印于 " + l.doc.PrintedAt.In(l.doc.Zone).Format("2006-01-02 15:04:05") + "    " + pages
	}
	l.text(pages, s, l.left(), y+1, l.inner(), Right)
	l.one(l.doc.Note, s, l.left(), y+1, l.inner()-l.measure(pages, s)-5)
}

// initials are short lines at the foot, so that no page of several can be exchanged.
func (l *layout) initials() {
	s := style{size: 8.5}
	y := l.height - marginBottom - footHeight - initialsHeight + 3
	each := l.inner() / float64(len(l.doc.Initials))
	for i, role := range l.doc.Initials {
		x := l.left() + float64(i)*each
		l.text(role, s, x, y, each, Left)
		l.line(x+l.measure(role, s)+1, y+s.leading(), x+each-4, y+s.leading())
	}
}
