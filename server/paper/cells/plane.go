package cells

import "math"

type point struct{ x, y float64 }

func (p point) to(q point) float64 { return math.Hypot(p.x-q.x, p.y-q.y) }

// plane maps a page in millimetres to a picture in dots.
type plane [9]float64

// planeOf is the plane that brings four points of a page to four of a picture; false when three lie on a line.
func planeOf(page, dots [4]point) (plane, bool) {
	var a [8][9]float64
	for i := range 4 {
		p, d := page[i], dots[i]
		a[2*i] = [9]float64{p.x, p.y, 1, 0, 0, 0, -d.x * p.x, -d.x * p.y, d.x}
		a[2*i+1] = [9]float64{0, 0, 0, p.x, p.y, 1, -d.y * p.x, -d.y * p.y, d.y}
	}
	for c := range 8 {
		best := c
		for r := c + 1; r < 8; r++ {
			if math.Abs(a[r][c]) > math.Abs(a[best][c]) {
				best = r
			}
		}
		if math.Abs(a[best][c]) < 1e-9 {
			return plane{}, false
		}
		a[c], a[best] = a[best], a[c]
		for r := range 8 {
			if r == c {
				continue
			}
			f := a[r][c] / a[c][c]
			for k := c; k < 9; k++ {
				a[r][k] -= f * a[c][k]
			}
		}
	}
	m := plane{8: 1}
	for i := range 8 {
		m[i] = a[i][8] / a[i][i]
	}
	return m, true
}

func (m *plane) at(x, y float64) point {
	w := m[6]*x + m[7]*y + m[8]
	return point{(m[0]*x + m[1]*y + m[2]) / w, (m[3]*x + m[4]*y + m[5]) / w}
}

// scale is how many dots a millimetre has about a place of the page.
func (m *plane) scale(p point) float64 {
	o := m.at(p.x, p.y)
	a, b := m.at(p.x+1, p.y), m.at(p.x, p.y+1)
	return math.Sqrt(math.Abs((a.x-o.x)*(b.y-o.y) - (a.y-o.y)*(b.x-o.x)))
}
