package cells

import (
	"image"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// looks are how large a picture is made to look for the code: most are found in the first.
var looks = []int{1800, 1200, 2600, maxSide}

// findCode finds the code of a form and the middles of its three finders in the picture's dots.
func findCode(full *image.Gray) (text string, finders [3]point, ok bool) {
	tried := 0
	for _, side := range looks {
		img := shrink(full, side)
		if img.Rect.Dx() == tried {
			continue // it is no larger than that
		}
		tried = img.Rect.Dx()
		for _, view := range []*image.Gray{img, inked(img)} {
			for _, part := range parts(img.Rect) {
				text, at, ok := readCode(view, part)
				if !ok {
					continue
				}
				k := float64(full.Rect.Dx()) / float64(img.Rect.Dx())
				for i := range at {
					at[i] = point{at[i].x * k, at[i].y * k}
				}
				return text, at, true
			}
		}
	}
	return "", finders, false
}

// inked is black where a dot is much darker than what is around it, else white: the edge of a shadow is neither.
func inked(img *image.Gray) *image.Gray {
	out := image.NewGray(img.Rect)
	for i, dark := range darker(img, img.Rect.Dx()/45) {
		if !dark {
			out.Pix[i] = 255
		}
	}
	return out
}

// parts are the whole picture, and then its corners: other codes, or what looks like
// one, may lie on the table.
func parts(all image.Rectangle) []image.Rectangle {
	out := []image.Rectangle{all}
	for _, share := range []int{55, 38} {
		w, h := all.Dx()*share/100, all.Dy()*share/100
		for _, at := range []image.Point{{all.Max.X - w, 0}, {0, 0}, {all.Max.X - w, all.Max.Y - h}, {0, all.Max.Y - h}} {
			out = append(out, image.Rect(at.X, at.Y, at.X+w, at.Y+h))
		}
	}
	return out
}

func readCode(img *image.Gray, part image.Rectangle) (text string, at [3]point, ok bool) {
	source, err := gozxing.NewPlanarYUVLuminanceSource(img.Pix, img.Stride, img.Rect.Dy(), part.Min.X, part.Min.Y, part.Dx(), part.Dy(), false)
	if err != nil {
		return "", at, false
	}
	bitmap, err := gozxing.NewBinaryBitmap(gozxing.NewHybridBinarizer(source))
	if err != nil {
		return "", at, false
	}
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, hints)
	if err != nil || len(result.GetResultPoints()) < 3 {
		return "", at, false
	}
	if _, _, ours := pageOf(result.GetText()); !ours {
		return "", at, false
	}
	// The reader tells lower left, upper left, upper right.
	for i, j := range []int{1, 2, 0} {
		p := result.GetResultPoints()[j]
		at[i] = point{p.GetX() + float64(part.Min.X), p.GetY() + float64(part.Min.Y)}
	}
	return result.GetText(), at, true
}
