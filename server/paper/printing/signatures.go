package printing

const (
	signHeight  = 13.0
	labelColumn = 3
	labelHeight = 34.0
	labelCode   = 25.0
)

// rows are the lines to sign on, one for each time a role signs.
func (s Signatures) rows() []Signer {
	var all []Signer
	for _, one := range s.Signers {
		for range max(1, one.Times) {
			all = append(all, one)
		}
	}
	return all
}

func (s Signatures) textStyle() style { return style{size: 9.5} }

func (s Signatures) height(l *layout) float64 {
	h := 6 + float64((len(s.rows())+1)/2)*signHeight
	if s.Text != "" {
		h += float64(len(l.wrap(s.Text, s.textStyle(), l.inner())))*s.textStyle().leading() + 2
	}
	return h
}

func (s Signatures) place(l *layout, _ Block) {
	l.need(s.height(l))
	l.page().signed = true
	l.y += 3
	if s.Text != "" {
		for _, line := range l.wrap(s.Text, s.textStyle(), l.inner()) {
			l.text(line, s.textStyle(), l.left(), l.y, l.inner(), Left)
			l.y += s.textStyle().leading()
		}
		l.y += 2
	}
	half := l.inner() / 2
	for i, one := range s.rows() {
		x, y := l.left()+float64(i%2)*half, l.y+float64(i/2)*signHeight
		s.line(l, one, x, y, half-6)
	}
	l.y += float64((len(s.rows())+1)/2)*signHeight + 3
}

// line is: role, the place to sign, a date.
func (s Signatures) line(l *layout, one Signer, x, y, w float64) {
	role, small := style{size: 10}, style{size: 8.5, grey: true}
	base := y + 8.5
	l.text(one.Role, role, x, base-role.leading()+1, w, Left)
	from := x + l.measure(one.Role, role) + 2
	if one.Name != "" {
		printed := "（" + clean(one.Name) + "）"
		l.text(printed, small, from-1, base-small.leading()+0.8, w, Left)
		from += l.measure(printed, small)
	}
	const date = "    月    日    时    分"
	dated := x + w - l.measure(date, small)
	l.line(from, base+1.2, dated-1, base+1.2)
	l.text(date, small, dated, base-small.leading()+0.8, w, Left)
}

// Labels: cut along the dashed lines.
func (b Labels) place(l *layout, _ Block) {
	w := l.inner() / labelColumn
	for i := 0; i < len(b); i += labelColumn {
		l.need(labelHeight)
		for j, one := range b[i:min(i+labelColumn, len(b))] {
			one.place(l, l.left()+float64(j)*w, l.y, w)
		}
		l.y += labelHeight
	}
	l.y += 2
}

func (b Label) place(l *layout, x, y, w float64) {
	l.add(mark{kind: markFrame, x: x, y: y, w: w, h: labelHeight, dashed: true})
	l.add(mark{kind: markCode, x: x + 3, y: y + (labelHeight-labelCode)/2, w: labelCode, h: labelCode, text: b.Code})
	left, inner := x+labelCode+5, w-labelCode-7
	big := style{size: 20, bold: true}
	for big.size > 10 && l.measure(b.Big, big) > inner {
		big.size--
	}
	l.text(b.Big, big, left, y+6, inner, Left)
	small := style{size: 8, grey: true}
	for i, line := range l.wrap(b.Small, small, inner) {
		l.text(line, small, left, y+8+big.leading()+float64(i)*small.leading(), inner, Left)
	}
}
