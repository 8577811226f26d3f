package cells

import (
	"cmp"
	"image"
	"slices"
)

// blot is a dark patch: where its middle is and how large a square would be.
type blot struct {
	middle point
	side   float64
	box    image.Rectangle
	unlike float64 // how far it is from being a quadrangle; 0 is one
}

// maxBlots is how many patches are tried as anchors, the most likely ones.
const maxBlots = 14

// blots finds dark quadrangles of about a side, in dots.
func blots(img *image.Gray, side float64) []blot {
	dark := darker(img, int(side*2.2)+8)
	w, h := img.Rect.Dx(), img.Rect.Dy()
	var found []blot
	stack := make([]int32, 0, 4096)
	for start := range dark {
		if !dark[start] {
			continue
		}
		var m moments
		stack = append(stack[:0], int32(start))
		dark[start] = false
		for len(stack) > 0 {
			at := int(stack[len(stack)-1])
			stack = stack[:len(stack)-1]
			x, y := at%w, at/w
			m.add(x, y)
			if x > 0 && dark[at-1] {
				dark[at-1] = false
				stack = append(stack, int32(at-1))
			}
			if x < w-1 && dark[at+1] {
				dark[at+1] = false
				stack = append(stack, int32(at+1))
			}
			if y > 0 && dark[at-w] {
				dark[at-w] = false
				stack = append(stack, int32(at-w))
			}
			if y < h-1 && dark[at+w] {
				dark[at+w] = false
				stack = append(stack, int32(at+w))
			}
		}
		if b, ok := m.blot(side); ok {
			found = append(found, b)
		}
	}
	slices.SortStableFunc(found, func(a, b blot) int { return cmp.Compare(a.unlike, b.unlike) })
	return found[:min(len(found), maxBlots)]
}

// moments are the sums of a patch.
type moments struct {
	n, x, y, xx, yy, xy float64
	box                 image.Rectangle
}

func (m *moments) add(x, y int) {
	fx, fy := float64(x), float64(y)
	m.n, m.x, m.y = m.n+1, m.x+fx, m.y+fy
	m.xx, m.yy, m.xy = m.xx+fx*fx, m.yy+fy*fy, m.xy+fx*fy
	dot := image.Rect(x, y, x+1, y+1)
	if m.n == 1 {
		m.box = dot
		return
	}
	m.box = m.box.Union(dot)
}

// blot is the patch as a quadrangle; false when it is none of about that side.
func (m *moments) blot(side float64) (blot, bool) {
	if m.n < side*side*0.16 || m.n > side*side*4.5 {
		return blot{}, false
	}
	cx, cy := m.x/m.n, m.y/m.n
	// A twelfth is added for the extent of a dot itself.
	xx, yy, xy := m.xx/m.n-cx*cx+1./12, m.yy/m.n-cy*cy+1./12, m.xy/m.n-cx*cy
	det := xx*yy - xy*xy
	if det <= 0 {
		return blot{}, false
	}
	// 1 for every parallelogram; less for rings, letters and stars.
	full := m.n * m.n / (144 * det)
	long := (xx + yy) * (xx + yy) / (4 * det) // 1 for a square, 1.6 for one and a half by one, seen from above
	if full < 0.78 || full > 1.25 || long > 2.2 {
		return blot{}, false
	}
	return blot{middle: point{cx, cy}, side: sqrt(m.n), box: m.box, unlike: abs(1-full) + (long-1)/4}, true
}

// darker tells the dots that are much darker than what is around them.
func darker(img *image.Gray, reach int) []bool {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	sums := make([]uint32, (w+1)*(h+1))
	for y := range h {
		row := uint32(0)
		for x := range w {
			row += uint32(img.Pix[y*img.Stride+x])
			sums[(y+1)*(w+1)+x+1] = sums[y*(w+1)+x+1] + row
		}
	}
	out := make([]bool, w*h)
	for y := range h {
		top, bottom := max(0, y-reach), min(h, y+reach+1)
		for x := range w {
			left, right := max(0, x-reach), min(w, x+reach+1)
			sum := sums[bottom*(w+1)+right] - sums[top*(w+1)+right] - sums[bottom*(w+1)+left] + sums[top*(w+1)+left]
			mean := sum / uint32((bottom-top)*(right-left))
			out[y*w+x] = uint32(img.Pix[y*img.Stride+x])*10 < mean*6
		}
	}
	return out
}
