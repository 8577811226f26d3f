package signingweb

import (
	"bytes"
	"image"
	_ "image/jpeg" // decoders that image.Decode finds
	_ "image/png"
	"math"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"

	"jiangtai/server/fault"
	"jiangtai/server/signing"
)

// Eyes read the QR codes of scans. They are safe for concurrent use.
type Eyes struct{}

var _ signing.Eyes = Eyes{}

// maxDots is the largest picture that is decoded: A4 at 600 dots an inch, and some.
const maxDots = 48 << 20

// enough is the longer side, in dots, that a printed code is looked for in: six dots to
// its smallest square.
const enough = 2500

// maxPages is how many pictures of a PDF are looked at.
const maxPages = 12

// Codes is signing.Eyes. Of a PDF the JPEG pictures are read, which is how scanners
// write their pages; where a scanner writes others, a person says whose it is.
func (Eyes) Codes(file []byte, kind string) ([]string, error) {
	if kind != "application/pdf" {
		return codesIn(file)
	}
	var found []string
	for i, page := range jpegs(file) {
		if i == maxPages {
			break
		}
		one, err := codesIn(page)
		if err != nil {
			continue // no page: a mask, a profile, a thumbnail in a colour space of its own
		}
		found = append(found, one...)
	}
	return found, nil
}

// jpegs are the streams of a PDF that begin like a JPEG.
func jpegs(file []byte) [][]byte {
	var out [][]byte
	for {
		_, rest, ok := bytes.Cut(file, []byte("stream"))
		if !ok {
			return out
		}
		file = rest
		body := bytes.TrimPrefix(bytes.TrimPrefix(rest, []byte("\r")), []byte("\n"))
		if !bytes.HasPrefix(body, []byte("\xff\xd8\xff")) {
			continue
		}
		body, rest, ok = bytes.Cut(body, []byte("endstream"))
		out = append(out, body)
		if file = rest; !ok {
			return out
		}
	}
}

// codesIn reads a picture.
func codesIn(file []byte) ([]string, error) {
	size, _, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return nil, fault.Wrap(err, fault.Refused, "signing.file")
	}
	if size.Width <= 0 || size.Height <= 0 || size.Width*size.Height > maxDots {
		return nil, fault.New(fault.Refused, "signing.too_many_dots")
	}
	picture, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, fault.Wrap(err, fault.Refused, "signing.file")
	}
	if large := float64(max(size.Width, size.Height)); large > enough {
		picture = redrawn(picture, 0, enough/large)
	}
	return codes(picture), nil
}

// looks are the ways each view is looked at: as it is; a little turned, for in one code
// of a hundred some of its dots look like a corner to whoever reads along them; smaller,
// which takes away grain.
var looks = []func(image.Image) image.Image{
	func(view image.Image) image.Image { return view },
	func(view image.Image) image.Image { return redrawn(view, math.Pi/7, 1) },
	func(view image.Image) image.Image { return redrawn(view, 0, 0.5) },
	func(view image.Image) image.Image { return redrawn(view, math.Pi/7, 0.75) },
}

// codes tries the page's corner where the code is printed, each way up, and then
// the whole page.
func codes(picture image.Image) []string {
	for _, look := range looks {
		for _, view := range views(picture) {
			if text, ok := read(look(view)); ok {
				return []string{text}
			}
		}
	}
	return nil
}

// redrawn is the view turned about its middle and drawn so much larger, on white.
func redrawn(view image.Image, angle, larger float64) image.Image {
	from := view.Bounds()
	w, h := float64(from.Dx()), float64(from.Dy())
	sin, cos := math.Sincos(angle)
	sin, cos = larger*sin, larger*cos
	width, height := w*cos+h*sin, w*sin+h*cos
	out := image.NewGray(image.Rect(0, 0, max(1, int(width)), max(1, int(height))))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	x, y := float64(from.Min.X)+w/2, float64(from.Min.Y)+h/2
	if angle == 0 {
		draw.BiLinear.Scale(out, out.Rect, view, from, draw.Src, nil) // which takes every dot's share when it draws smaller
		return out
	}
	draw.BiLinear.Transform(out, f64.Aff3{
		cos, -sin, width/2 - cos*x + sin*y,
		sin, cos, height/2 - sin*x - cos*y,
	}, view, from, draw.Src, nil)
	return out
}

type cropper interface {
	SubImage(r image.Rectangle) image.Image
}

// views are what is looked at: the four corners, then all of it.
func views(picture image.Image) []image.Image {
	b := picture.Bounds()
	whole := []image.Image{picture}
	crop, ok := picture.(cropper)
	if !ok {
		return whole
	}
	w, h := b.Dx()*2/5, b.Dy()*2/5
	var out []image.Image
	for _, at := range []image.Point{{b.Max.X - w, b.Min.Y}, {b.Min.X, b.Min.Y}, {b.Max.X - w, b.Max.Y - h}, {b.Min.X, b.Max.Y - h}} {
		out = append(out, crop.SubImage(image.Rect(at.X, at.Y, at.X+w, at.Y+h)))
	}
	return append(out, whole...)
}

func read(view image.Image) (string, bool) {
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(view)
	if err != nil {
		return "", false
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, hints)
	if err != nil {
		return "", false
	}
	return result.GetText(), true
}
