package cells

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// cuts photographs page n of a form and holds every cell against what was written into it.
func cuts(t *testing.T, s shot, page int) (wrong, all int) {
	t.Helper()
	d, plan := form(t, 30)
	file := take(t, written(t, d, plan, page), s)
	keep(t, file)
	p, err := Look(file)
	if err != nil {
		t.Fatal(err)
	}
	if p.Code != d.Code || p.Page != page {
		t.Fatalf("it says %s, page %d", p.Code, p.Page)
	}
	got, err := p.Cells(plan)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range plan.Fields {
		if f.Page != page {
			continue
		}
		if all == len(got) || got[all].Name != f.Name {
			t.Fatalf("cell %d is not %s", all, f.Name)
		}
		if readBack(t, got[all], f.Box) != bits(f.Name) {
			wrong++
		}
		all++
	}
	return wrong, all
}

// keep writes what the camera saw, to look at, when a folder is named.
func keep(t *testing.T, file []byte) {
	t.Helper()
	if folder := os.Getenv("CELLS_SAMPLES"); folder != "" {
		name := filepath.Join(folder, filepath.Base(t.Name())+".jpg")
		if err := os.WriteFile(name, file, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func tilted(by float64) shot {
	s := turned(4, 7)
	mid := point{float64(s.w) / 2, float64(s.h) / 2}
	for i, c := range s.corners {
		k := 1 - by*(mid.y-c.y)/float64(s.h) // farther away at the top
		s.corners[i] = point{mid.x + (c.x-mid.x)*k, mid.y + (c.y-mid.y)*k}
	}
	return s
}

func TestEveryCellIsCutWhereItIs(t *testing.T) {
	t.Parallel()
	shadow := func(x, y float64) float64 {
		return 1 - 0.5*min(max((x+y*0.3-0.7)*25, 0), 1) // its edge is some millimetres wide
	}
	lamp := func(x, y float64) float64 { return 1.05 - 0.6*math.Hypot(x-0.2, y-0.1) }
	for name, s := range map[string]func() shot{
		"scan150":  func() shot { return turned(0.6, 150/25.4) },
		"scan300":  func() shot { return turned(-0.4, 300/25.4) },
		"turned20": func() shot { return turned(20, 7) },
		"sideways": func() shot { return turned(90, 7) },
		"headlong": func() shot { return turned(183, 7) },
		"tilted":   func() shot { return tilted(0.28) },
		"shadow":   func() shot { s := turned(-7, 7); s.light = shadow; return s },
		"lamp":     func() shot { s := tilted(0.15); s.light = lamp; return s },
		"noise":    func() shot { s := turned(3, 8); s.noise = 14; return s },
		"blurred":  func() shot { s := turned(-3, 8); s.blur = 3; return s },
		"darkdesk": func() shot { s := turned(5, 7); s.table = 15; return s },
		"bright":   func() shot { s := turned(5, 7); s.table = 235; return s },
		"poor":     func() shot { s := tilted(0.2); s.noise, s.blur, s.light, s.quality = 8, 1, lamp, 55; return s },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if wrong, all := cuts(t, s(), 1); wrong > 0 || all < 40 {
				t.Errorf("%d of %d cells are not what was written", wrong, all)
			}
		})
	}
}

func TestTheSecondPageSaysThatItIs(t *testing.T) {
	t.Parallel()
	if wrong, all := cuts(t, turned(2, 7), 2); wrong > 0 || all == 0 {
		t.Errorf("%d of %d cells", wrong, all)
	}
}

func TestWhichCornerIsMissing(t *testing.T) {
	t.Parallel()
	d, plan := form(t, 10)
	for corner := range 4 {
		img := written(t, d, plan, 1)
		c := plan.Corners[corner]
		fill(img, [4]float64{c[0] - 4, c[1] - 4, 8, 8}, 255) // a thumb
		p, err := Look(take(t, img, turned(6, 7)))
		if err != nil {
			t.Fatal(err)
		}
		var missing *MissingAnchor
		if _, err := p.Cells(plan); !errors.As(err, &missing) || int(missing.Corner) != corner {
			t.Errorf("without the %s one: %v", Corner(corner), err)
		}
	}
	img := written(t, d, plan, 1)
	for _, c := range plan.Corners[1:] {
		fill(img, [4]float64{c[0] - 4, c[1] - 4, 8, 8}, 255)
	}
	p, err := Look(take(t, img, turned(6, 7)))
	if err != nil {
		t.Fatal(err)
	}
	var missing *MissingAnchor
	if _, err := p.Cells(plan); !errors.Is(err, ErrNoAnchors) && (!errors.As(err, &missing) || missing.Corner == UpperLeft) {
		t.Errorf("with one anchor: %v", err)
	}
}

// A plan of another form does not fit what the camera saw: its code would stand elsewhere.
func TestAnotherFormIsNotCut(t *testing.T) {
	t.Parallel()
	d, plan := form(t, 10)
	p, err := Look(take(t, written(t, d, plan, 1), turned(2, 7)))
	if err != nil {
		t.Fatal(err)
	}
	other := plan
	other.Code[0], other.Code[1] = 15, 260
	if got, err := p.Cells(other); err == nil {
		t.Errorf("%d cells were cut by another plan", len(got))
	}
	other = plan
	other.Says = "JT1:F"
	if _, err := p.Cells(other); !errors.Is(err, ErrNoCode) {
		t.Errorf("another document: %v", err)
	}
	other = plan
	other.Pages = 0
	if _, err := p.Cells(other); !errors.Is(err, ErrNoCode) {
		t.Errorf("a page that is not: %v", err)
	}
}

func TestBlotsAndStampsDoNotMislead(t *testing.T) {
	t.Parallel()
	d, plan := form(t, 20)
	img := written(t, d, plan, 1)
	for i := range 12 {
		fill(img, [4]float64{20 + float64(i)*14, 272 - float64(i%3)*3, 4.5, 4.5}, 10)
	}
	p, err := Look(take(t, img, turned(-5, 7)))
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.Cells(plan)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range plan.Fields {
		if readBack(t, got[i], f.Box) != bits(f.Name) && f.Box[1] < 260 {
			t.Errorf("%s is another cell", f.Name)
		}
	}
}

// huge is a small PNG that says it is so many dots wide and high.
func huge(w, h uint32) []byte {
	var b bytes.Buffer
	b.WriteString("\x89PNG\r\n\x1a\n")
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	head = append(binary.BigEndian.AppendUint32(head, h), 8, 2, 0, 0, 0)
	_ = binary.Write(&b, binary.BigEndian, uint32(13))
	b.Write(head)
	_ = binary.Write(&b, binary.BigEndian, crc32.ChecksumIEEE(head))
	return b.Bytes()
}

func TestWhatIsNoPhotographOfAForm(t *testing.T) {
	t.Parallel()
	encoded := func(img image.Image, to func(*bytes.Buffer, image.Image) error) []byte {
		var b bytes.Buffer
		if err := to(&b, img); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	asJPEG := func(b *bytes.Buffer, img image.Image) error { return jpeg.Encode(b, img, nil) }
	asPNG := func(b *bytes.Buffer, img image.Image) error { return png.Encode(b, img) }
	white := image.NewGray(image.Rect(0, 0, 900, 1200))
	for i := range white.Pix {
		white.Pix[i] = 240
	}
	d, _ := form(t, 3)
	d.Anchored = false
	press, err := kit()
	if err != nil {
		t.Fatal(err)
	}
	plain, err := press.Picture(d, 1, 6)
	if err != nil {
		t.Fatal(err)
	}
	whole := encoded(white, asJPEG)
	for _, c := range []struct {
		name string
		file []byte
		want error
	}{
		{"nothing", nil, ErrFile},
		{"words", []byte("a photograph"), ErrFile},
		{"half a JPEG", whole[:len(whole)/2], ErrFile},
		{"a million dots a side", huge(1_000_000, 1_000_000), ErrTooManyDots},
		{"the largest numbers", huge(0x7fffffff, 0x7fffffff), ErrFile},
		{"a long strip", huge(400_000, 200), ErrTooManyDots},
		{"no size", huge(0, 0), ErrFile},
		{"a stamp", encoded(image.NewGray(image.Rect(0, 0, 60, 60)), asPNG), ErrTooFewDots},
		{"a sheet of white", whole, ErrNoCode},
		{"a paper of ours that is no form", encoded(plain, asPNG), ErrNoCode},
		{"a file of 21 MB", make([]byte, MaxFile+1), ErrTooLarge},
	} {
		if _, err := Look(c.file); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestColoursAndTransparency(t *testing.T) {
	t.Parallel()
	d, plan := form(t, 5)
	page := written(t, d, plan, 1)
	ghost := image.NewNRGBA(page.Rect)
	for i, v := range page.Pix {
		if v < 200 { // what is not ink shows the ground
			ghost.SetNRGBA(i%page.Stride, i/page.Stride, color.NRGBA{20, 20, 90, 255})
		}
	}
	var file bytes.Buffer
	if err := png.Encode(&file, ghost); err != nil {
		t.Fatal(err)
	}
	p, err := Look(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.Cells(plan)
	if err != nil || len(got) != len(plan.Fields) {
		t.Fatalf("%d cells, %v", len(got), err)
	}
	for i, f := range plan.Fields {
		if readBack(t, got[i], f.Box) != bits(f.Name) {
			t.Errorf("%s is not what was written", f.Name)
		}
	}
}

func FuzzLook(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff"))
	f.Add(huge(40, 40))
	f.Fuzz(func(t *testing.T, file []byte) {
		if p, err := Look(file); (p == nil) == (err == nil) {
			t.Error("neither a photograph nor an error")
		}
	})
}

func ExampleCorner() {
	fmt.Println(LowerLeft)
	// Output: lower left
}
