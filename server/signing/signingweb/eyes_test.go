package signingweb_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"jiangtai/server/fault"
	"jiangtai/server/signing/signingweb"
)

const mine = "JT1:019AB3C4D5E6F708192A3B4C5D6E7F80"

// page is a scanned page: grey, with lines of writing, and a code in its upper
// right corner.
func page(t *testing.T, text string) *image.Gray {
	t.Helper()
	p := image.NewGray(image.Rect(0, 0, 1240, 1754))
	draw.Draw(p, p.Bounds(), image.NewUniform(color.Gray{Y: 238}), image.Point{}, draw.Src)
	for y := 300; y < 1600; y += 40 {
		for x := 100; x < 1100; x += 7 {
			p.SetGray(x, y+(x*7919)%5, color.Gray{Y: 60})
		}
	}
	if text == "" {
		return p
	}
	code, err := qr.Encode(text, qr.M, qr.AlphaNumeric)
	if err != nil {
		t.Fatal(err)
	}
	if code, err = barcode.Scale(code, 120, 120); err != nil {
		t.Fatal(err)
	}
	draw.Draw(p, image.Rect(1030, 70, 1150, 190), code, image.Point{}, draw.Src)
	return p
}

// turned is the page upside down.
func turned(p *image.Gray) *image.Gray {
	out := image.NewGray(p.Bounds())
	b := p.Bounds()
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.SetGray(b.Dx()-1-x, b.Dy()-1-y, p.GrayAt(x, y))
		}
	}
	return out
}

// enlarged has n × n dots for each.
func enlarged(p *image.Gray, n int) *image.Gray {
	b := p.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx()*n, b.Dy()*n))
	for i := range out.Pix {
		out.Pix[i] = p.GrayAt(i%out.Stride/n, i/out.Stride/n).Y
	}
	return out
}

func asPNG(t *testing.T, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(t *testing.T, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, &jpeg.Options{Quality: 70}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEyesReadTheCodeOfAScan(t *testing.T) {
	for name, c := range map[string]struct {
		file []byte
		kind string
		want []string
	}{
		"png":         {asPNG(t, page(t, mine)), "image/png", []string{mine}},
		"jpeg":        {asJPEG(t, page(t, mine)), "image/jpeg", []string{mine}},
		"600 an inch": {asPNG(t, enlarged(page(t, mine), 4)), "image/png", []string{mine}},
		"upside down": {asPNG(t, turned(page(t, mine))), "image/png", []string{mine}},
		"no code":     {asPNG(t, page(t, "")), "image/png", nil},
		"a PDF":       {[]byte("%PDF-1.7"), "application/pdf", nil},
	} {
		got, err := signingweb.Eyes{}.Codes(c.file, c.kind)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// These were not found in the picture as it is, whichever part of it was looked at.
func TestEyesReadCodesThatHideFromOneLook(t *testing.T) {
	for _, id := range []string{
		"A1BC0BBD864B1DBF6CB175B16594F26C", "A0A20B2EB0539612C0AB8CCCC22FE08C", "F1FB572FFC9A1FD3314234E2DF8B7AA0",
		"D6C14441579708432CF20148631966C7", "4D54EF75E76729892044721C52B86609", "FC8BBFF62B44BC93DD5F29AF1AB89246",
	} {
		p := page(t, "JT1:"+id)
		for kind, file := range map[string][]byte{"image/png": asPNG(t, p), "image/jpeg": asJPEG(t, turned(p))} {
			got, err := signingweb.Eyes{}.Codes(file, kind)
			if err != nil || !slices.Equal(got, []string{"JT1:" + id}) {
				t.Errorf("%s %s: %q, %v", id, kind, got, err)
			}
		}
	}
}

// A small file may say that it is a million dots wide, or stop in the middle.
func TestEyesRefuseWhatIsNoPicture(t *testing.T) {
	whole := asPNG(t, page(t, mine))
	huge := slices.Clone(whole)
	copy(huge[16:], []byte{0, 15, 66, 64, 0, 15, 66, 64}) // its header says 1,000,000 × 1,000,000
	fix(huge)
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"nothing":       {nil, "signing.file"},
		"only its name": {whole[:8], "signing.file"},
		"cut off":       {whole[:len(whole)/2], "signing.file"},
		"huge":          {huge, "signing.too_many_dots"},
	} {
		_, err := signingweb.Eyes{}.Codes(c.file, "image/png")
		if fault.Code(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}
