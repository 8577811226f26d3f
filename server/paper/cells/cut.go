package cells

import (
	"bytes"
	"image"
	"image/jpeg"
	"slices"

	"jiangtai/server/paper/printing"
)

const (
	perMM   = 8   // dots a millimetre of a cut cell
	around  = 1.2 // millimetres of its neighbourhood: hands write over lines
	quality = 78
)

// Cut (切图) is one cell's picture.
type Cut struct {
	Name string // as the plan calls it
	JPEG []byte
}

// Cells cuts the cells of the page that the photograph shows, in the plan's order. MissingAnchor,
// ErrNoAnchors; ErrNoCode when the plan is of another document, or has no such page.
func (p *Photo) Cells(plan printing.Plan) ([]Cut, error) {
	if p.Page > plan.Pages || p.Code != plan.Says {
		return nil, ErrNoCode
	}
	m, err := p.locate(plan)
	if err != nil {
		return nil, err
	}
	var out []Cut
	for _, f := range plan.Fields {
		if f.Page != p.Page {
			continue
		}
		var file bytes.Buffer
		if err := jpeg.Encode(&file, p.cell(&m, f.Box), &jpeg.Options{Quality: quality}); err != nil {
			return nil, err
		}
		out = append(out, Cut{Name: f.Name, JPEG: file.Bytes()})
	}
	return out, nil
}

// cell is one rectangle of the page, seen from above and levelled.
func (p *Photo) cell(m *plane, box [4]float64) *image.Gray {
	left, top := box[0]-around, box[1]-around
	w, h := int((box[2]+2*around)*perMM), int((box[3]+2*around)*perMM)
	out := image.NewGray(image.Rect(0, 0, w, h))
	fine := 1
	if m.scale(point{box[0], box[1]}) > perMM*1.3 {
		fine = 2
	}
	for y := range h {
		for x := range w {
			sum := 0.0
			for i := range fine * fine {
				fx := (float64(x) + (float64(i%fine)+0.5)/float64(fine)) / perMM
				fy := (float64(y) + (float64(i/fine)+0.5)/float64(fine)) / perMM
				sum += p.dot(m.at(left+fx, top+fy))
			}
			out.Pix[y*out.Stride+x] = uint8(sum/float64(fine*fine) + 0.5)
		}
	}
	level(out)
	return out
}

// dot is the grey at a place between dots; white beyond the picture.
func (p *Photo) dot(at point) float64 {
	x, y := int(at.x), int(at.y)
	if at.x < 0 || at.y < 0 || x+1 >= p.full.Rect.Dx() || y+1 >= p.full.Rect.Dy() {
		return 255
	}
	fx, fy := at.x-float64(x), at.y-float64(y)
	row := p.full.Pix[y*p.full.Stride+x:]
	below := p.full.Pix[(y+1)*p.full.Stride+x:]
	return (float64(row[0])*(1-fx)+float64(row[1])*fx)*(1-fy) + (float64(below[0])*(1-fx)+float64(below[1])*fx)*fy
}

// level makes the paper white: each column of dots has its own light, because the edge of a shadow may run through a cell.
func level(img *image.Gray) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	const strip = 12
	var paper []int
	for x := 0; x < w; x += strip {
		var all []uint8
		for y := range h {
			all = append(all, img.Pix[y*img.Stride+x:y*img.Stride+min(x+strip, w)]...)
		}
		slices.Sort(all)
		paper = append(paper, max(int(all[len(all)*7/10]), 40))
	}
	at := func(i int) int { return paper[min(max(i, 0), len(paper)-1)] }
	for x := range w {
		// Between the middles of two strips.
		i := (x - strip/2) / strip
		if x < strip/2 {
			i = -1
		}
		part := x - strip/2 - i*strip
		light := (at(i)*(strip-part) + at(i+1)*part) / strip
		for y := range h {
			o := y*img.Stride + x
			img.Pix[o] = uint8(min(255, int(img.Pix[o])*247/light))
		}
	}
}
