package signingweb

import (
	"bytes"
	"image"
	_ "image/jpeg" // decoders that image.Decode finds
	_ "image/png"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"jiangtai/server/fault"
	"jiangtai/server/signing"
)

// Eyes read the QR codes of scans. They are safe for concurrent use.
type Eyes struct{}

var _ signing.Eyes = Eyes{}

// maxDots is the largest picture that is decoded: A4 at 600 dots an inch, and some.
const maxDots = 48 << 20

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
	return codes(picture), nil
}

// codes tries the page's corner where the code is printed, each way up, and then
// the whole page.
func codes(picture image.Image) []string {
	var found []string
	for _, view := range views(picture) {
		if text, ok := read(view); ok {
			found = append(found, text)
			break
		}
	}
	return found
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
