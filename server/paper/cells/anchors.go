package cells

import (
	"image"
	"math"

	"jiangtai/server/paper/printing"
)

func sqrt(v float64) float64 { return math.Sqrt(v) }
func abs(v float64) float64  { return math.Abs(v) }

const (
	offBy   = 2.5 // millimetres that the code may lie from where the anchors say
	farther = 6.0 // the same where one anchor is missing, and only its corner is to be told
)

// seen is what the plan says and where it was found.
type seen struct {
	corners [4]point // of the page
	finders [3]point
	dots    [3]point // the finders in the picture
	side    float64  // of an anchor, millimetres
	blots   []blot
}

// locate finds the page that a plan describes.
func (p *Photo) locate(plan printing.Plan) (plane, error) {
	s := seen{dots: p.finders, side: plan.Anchor, finders: findersOf(plan)}
	for i, c := range plan.Corners {
		s.corners[i] = point{c[0], c[1]}
	}
	mm := s.finders[0].to(s.finders[1])
	perMM := (p.finders[0].to(p.finders[1]) + p.finders[0].to(p.finders[2])) / 2 / mm
	small := shrink(p.full, seenSide)
	k := float64(p.full.Rect.Dx()) / float64(small.Rect.Dx())
	s.blots = blots(small, perMM*plan.Anchor/k)
	for i := range s.blots {
		s.blots[i] = p.refine(s.blots[i], k)
	}
	lines := edges(plan, p.Page)
	if m, ok := s.four(func(m *plane) float64 { return p.lined(m, lines) }); ok {
		return m, nil
	}
	if corner, ok := s.three(); ok {
		return plane{}, &MissingAnchor{Corner: corner}
	}
	return plane{}, ErrNoAnchors
}

// findersOf are the middles of the code's finders on the page: upper left, upper right, lower left.
func findersOf(plan printing.Plan) [3]point {
	const margin, middle = 4, 3.5
	unit := plan.Code[2] / float64(plan.Modules+2*margin)
	near, far := (margin+middle)*unit, (float64(plan.Modules)+margin-middle)*unit
	x, y := plan.Code[0], plan.Code[1]
	return [3]point{{x + near, y + near}, {x + far, y + near}, {x + near, y + far}}
}

// refine weighs a blot in the large picture.
func (p *Photo) refine(b blot, k float64) blot {
	grow := int(b.side*k*0.12) + 1
	box := image.Rect(int(float64(b.box.Min.X)*k)-grow, int(float64(b.box.Min.Y)*k)-grow, int(float64(b.box.Max.X)*k)+grow, int(float64(b.box.Max.Y)*k)+grow).Intersect(p.full.Rect)
	low, high := 255, 0
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for _, v := range p.full.Pix[y*p.full.Stride+box.Min.X : y*p.full.Stride+box.Max.X] {
			low, high = min(low, int(v)), max(high, int(v))
		}
	}
	limit := (low + high) / 2
	var sum, sx, sy float64
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			if weight := float64(limit - int(p.full.Pix[y*p.full.Stride+x])); weight > 0 {
				sum, sx, sy = sum+weight, sx+weight*float64(x), sy+weight*float64(y)
			}
		}
	}
	b.side *= k
	b.middle = point{b.middle.x * k, b.middle.y * k}
	if sum > 0 {
		b.middle = point{sx / sum, sy / sum}
	}
	return b
}

// turns says whether three points turn to the right in a picture, as the corners of a page do that is not mirrored.
func turns(a, b, c point) bool {
	return (b.x-a.x)*(c.y-b.y)-(b.y-a.y)*(c.x-b.x) > 0
}

// four finds the four blots that are the page's anchors: those by which the code and most of the lines stand where they
// were found.
func (s *seen) four(lined func(*plane) float64) (plane, bool) {
	best, most := plane{}, enough
	for i, a := range s.blots {
		for j, b := range s.blots {
			for l, c := range s.blots {
				if i == j || j == l || i == l || !turns(a.middle, b.middle, c.middle) {
					continue
				}
				for o, d := range s.blots {
					if o == i || o == j || o == l || !turns(b.middle, c.middle, d.middle) || !turns(c.middle, d.middle, a.middle) || !turns(d.middle, a.middle, b.middle) {
						continue
					}
					m, ok := planeOf(s.corners, [4]point{a.middle, b.middle, c.middle, d.middle})
					if !ok || !s.fits(&m, 0, a) || !s.fits(&m, 1, b) || !s.fits(&m, 2, c) || !s.fits(&m, 3, d) {
						continue
					}
					if s.off(&m) > offBy {
						continue
					}
					if share := lined(&m); share > most {
						best, most = m, share
					}
				}
			}
		}
	}
	return best, most > enough
}

// fits says whether a blot is as large as an anchor would be there.
func (s *seen) fits(m *plane, corner int, b blot) bool {
	want := s.side * m.scale(s.corners[corner])
	return b.side > want*0.72 && b.side < want*1.35
}

// off is how many millimetres the code lies from where a plane puts it.
func (s *seen) off(m *plane) float64 {
	worst := 0.0
	for i, f := range s.finders {
		worst = max(worst, m.at(f.x, f.y).to(s.dots[i])/m.scale(f))
	}
	return worst
}

// three tells which anchor is missing when three are there: the code's middle stands in for it.
func (s *seen) three() (Corner, bool) {
	middle := func(p [3]point) point { return point{(p[1].x + p[2].x) / 2, (p[1].y + p[2].y) / 2} }
	missing, least := UpperLeft, farther
	for gone := range 4 {
		page := s.corners
		page[gone] = middle(s.finders)
		rest := [3]int{(gone + 1) % 4, (gone + 2) % 4, (gone + 3) % 4}
		for i, a := range s.blots {
			for j, b := range s.blots {
				for l, c := range s.blots {
					if i == j || j == l || i == l || !turns(a.middle, b.middle, c.middle) {
						continue
					}
					var dots [4]point
					dots[gone], dots[rest[0]], dots[rest[1]], dots[rest[2]] = middle(s.dots), a.middle, b.middle, c.middle
					m, ok := planeOf(page, dots)
					if !ok || !s.fits(&m, rest[0], a) || !s.fits(&m, rest[1], b) || !s.fits(&m, rest[2], c) {
						continue
					}
					if off := s.off(&m); off < least {
						missing, least = Corner(gone), off
					}
				}
			}
		}
	}
	return missing, least < farther
}
