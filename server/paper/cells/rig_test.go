package cells

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"sync"
	"testing"

	"jiangtai/server/paper/printing"
)

var kit = sync.OnceValues(printing.Open)

// form is a blank sheet of ours with so many works, as its PDF says it.
func form(t testing.TB, works int) (printing.Document, printing.Plan) {
	t.Helper()
	press, err := kit()
	if err != nil {
		t.Fatal(err)
	}
	table := printing.Table{Columns: []printing.Column{{Head: "评审号", Min: 20, Share: 0.01}, {Head: "B1.1（10）", Share: 2}, {Head: "B1.2（5）", Share: 2}, {Head: "B1.3（20）", Share: 2}, {Head: "备注", Share: 3}}, Height: 9}
	for i := range works {
		label := fmt.Sprintf("%03dK", i+100)
		table.Rows = append(table.Rows, printing.Row{Cells: []string{label}, Names: []string{"", label + "/1", label + "/2", label + "/3"}})
	}
	d := printing.Document{
		Title: "评分表（空白）", Subtitle: "评分裁判 第 2 席", Contest: "江城市第二十一届职工职业技能大赛", Event: "焊接 · 决赛", Number: "WELDER-26-0003",
		Code: "JT1:0123456789ABCDEF0123456789ABCDEF", Anchored: true, Note: "账本第 531 条 · 7c0ffee21ab0de44", Initials: []string{"评分裁判"},
		Blocks: []printing.Block{table},
	}
	pdf, err := press.Print(d)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := printing.PlanOf(pdf)
	if err != nil {
		t.Fatal(err)
	}
	return d, plan
}

// bits is what is written into a cell: eight strokes or gaps, another pattern in each.
func bits(name string) uint8 {
	h := uint32(2166136261)
	for _, b := range []byte(name) {
		h = (h ^ uint32(b)) * 16777619
	}
	return uint8(h^h>>7^h>>16) | 1
}

// stroke is the box of stroke i of a cell, in millimetres.
func stroke(box [4]float64, i int) [4]float64 {
	step := box[2] / 9
	return [4]float64{box[0] + step*(float64(i)+0.75), box[1] + 2.2, step * 0.5, box[3] - 4.4}
}

const dotsPerMM = 8

// written is a page with strokes in its cells.
func written(t testing.TB, d printing.Document, plan printing.Plan, page int) *image.Gray {
	t.Helper()
	press, err := kit()
	if err != nil {
		t.Fatal(err)
	}
	img, err := press.Picture(d, page, dotsPerMM)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range plan.Fields {
		for i := range 8 {
			if f.Page == page && bits(f.Name)>>i&1 == 1 {
				fill(img, stroke(f.Box, i), 70)
			}
		}
	}
	return img
}

func fill(img *image.Gray, box [4]float64, ink uint8) {
	for y := int(box[1] * dotsPerMM); y < int((box[1]+box[3])*dotsPerMM); y++ {
		for x := int(box[0] * dotsPerMM); x < int((box[0]+box[2])*dotsPerMM); x++ {
			img.Pix[y*img.Stride+x] = ink
		}
	}
}

// shot is how a page is photographed.
type shot struct {
	w, h    int
	corners [4]point // where the page's corners lie in the picture
	light   func(x, y float64) float64
	noise   float64
	blur    int
	table   uint8
	quality int
}

// turned puts a page of some dots a millimetre into the middle, turned by degrees.
func turned(degrees, dots float64) shot {
	s := shot{table: 90, quality: 88}
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	s.w = int((210*math.Abs(cos) + 297*math.Abs(sin) + 40) * dots)
	s.h = int((297*math.Abs(cos) + 210*math.Abs(sin) + 40) * dots)
	for i, c := range [4]point{{-105, -148.5}, {105, -148.5}, {105, 148.5}, {-105, 148.5}} {
		s.corners[i] = point{float64(s.w)/2 + (c.x*cos-c.y*sin)*dots, float64(s.h)/2 + (c.x*sin+c.y*cos)*dots}
	}
	return s
}

// take is the photograph.
func take(t testing.TB, page *image.Gray, s shot) []byte {
	t.Helper()
	w, h := float64(page.Rect.Dx()-1), float64(page.Rect.Dy()-1)
	back, ok := planeOf(s.corners, [4]point{{0, 0}, {w, 0}, {w, h}, {0, h}})
	if !ok {
		t.Fatal("the page has no extent")
	}
	random := rand.New(rand.NewPCG(7, 11))
	img := image.NewGray(image.Rect(0, 0, s.w, s.h))
	eye := &Photo{full: page}
	for y := range s.h {
		for x := range s.w {
			v := float64(s.table) + 12*math.Sin(float64(x)/9)
			if at := back.at(float64(x), float64(y)); at.x >= 0 && at.y >= 0 && at.x < w && at.y < h {
				v = eye.dot(at) * 0.93
			}
			if s.light != nil {
				v *= s.light(float64(x)/float64(s.w), float64(y)/float64(s.h))
			}
			v += random.NormFloat64() * s.noise
			img.Pix[y*img.Stride+x] = uint8(min(max(v, 0), 255))
		}
	}
	for range s.blur {
		soften(img)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: s.quality}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// soften is a lens out of focus.
func soften(img *image.Gray) {
	from := bytes.Clone(img.Pix)
	for y := 1; y < img.Rect.Dy()-1; y++ {
		for x := 1; x < img.Rect.Dx()-1; x++ {
			o := y*img.Stride + x
			sum := 0
			for _, d := range []int{-img.Stride, 0, img.Stride} {
				sum += int(from[o+d-1]) + 2*int(from[o+d]) + int(from[o+d+1])
			}
			img.Pix[o] = uint8(sum / 12)
		}
	}
}

// readBack tells the strokes of a cut cell.
func readBack(t testing.TB, c Cut, box [4]float64) uint8 {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(c.JPEG))
	if err != nil {
		t.Fatal(err)
	}
	g := grey(img)
	var got uint8
	for i := range 8 {
		b := stroke(box, i)
		x0, y0 := (b[0]-box[0]+around)*perMM, (b[1]-box[1]+around)*perMM
		sum, n := 0, 0
		for y := int(y0 + 0.2*b[3]*perMM); y < int(y0+0.8*b[3]*perMM); y++ {
			for x := int(x0 + 0.2*b[2]*perMM); x < int(x0+0.8*b[2]*perMM); x++ {
				sum, n = sum+int(g.Pix[y*g.Stride+x]), n+1
			}
		}
		if sum/n < 170 {
			got |= 1 << i
		}
	}
	return got
}
