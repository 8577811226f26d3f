package printing

func (h Heading) place(l *layout, next Block) {
	s := style{size: 11.5, bold: true}
	lines := l.wrap(string(h), s, l.inner())
	own := float64(len(lines))*s.leading() + 4.5
	l.need(own + least(next))
	l.y += 3
	for _, line := range lines {
		l.text(line, s, l.left(), l.y, l.inner(), Left)
		l.y += s.leading()
	}
	l.y += 1.5
}

// least is how much of a block must stand below its heading.
func least(b Block) float64 {
	switch b.(type) {
	case nil, Break:
		return 0
	case Signatures, Ink, Labels:
		return 60
	}
	return 22
}

func (p Paragraph) place(l *layout, _ Block) {
	s := style{size: p.Size, bold: p.Bold, grey: p.Grey}
	if s.size == 0 {
		s.size = 10
	}
	align := Left
	if p.Center {
		align = Center
	}
	for _, line := range l.wrap(p.Text, s, l.inner()) {
		l.need(s.leading())
		l.text(line, s, l.left(), l.y, l.inner(), align)
		l.y += s.leading()
	}
	l.y += 1.5
}

// Facts: the name takes its own width, the value the rest.
func (f Facts) place(l *layout, _ Block) {
	name, value := style{size: 9, grey: true}, style{size: 10}
	half := l.inner() / 2
	column := 0
	for _, fact := range f {
		gap := l.measure(fact.Name, name) + 3
		whole := gap+l.measure(flat(fact.Value), value) > half-4
		if whole && column == 1 {
			column = 0
			l.y += value.leading() + 0.6
		}
		w := half - 4
		if whole {
			w = l.inner()
		}
		lines := l.wrap(fact.Value, value, w-gap)
		if column == 0 {
			l.need(float64(len(lines)) * value.leading())
		}
		x := l.left() + float64(column)*half
		l.text(fact.Name, name, x, l.y+0.3, gap, Left)
		for i, line := range lines {
			l.text(line, value, x+gap, l.y+float64(i)*value.leading(), w-gap, Left)
		}
		if whole || column == 1 {
			l.y += float64(len(lines))*value.leading() + 0.6
			column = 0
			continue
		}
		column = 1
	}
	if column == 1 {
		l.y += value.leading() + 0.6
	}
	l.y += 2
}

func (g Gap) place(l *layout, _ Block) {
	if !l.fresh() {
		l.y += float64(g)
	}
}

func (Break) place(l *layout, _ Block) {
	if !l.fresh() {
		l.newPage()
	}
}
