package printing

import (
	"image"
	"image/color"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// What the code says is read back by another program than the one that wrote it.
func TestACodeIsReadBack(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"JT1:0123456789ABCDEF0123456789ABCDEF", "K123-X", "https://example.invalid/焊接"} {
		rows, err := modules(text)
		if err != nil {
			t.Fatal(err)
		}
		const scale, margin = 4, 4
		size := (len(rows) + 2*margin) * scale
		img := image.NewGray(image.Rect(0, 0, size, size))
		for y := range size {
			for x := range size {
				img.SetGray(x, y, color.Gray{Y: 255})
				r, c := y/scale-margin, x/scale-margin
				if r >= 0 && c >= 0 && r < len(rows) && c < len(rows) && rows[r][c] {
					img.SetGray(x, y, color.Gray{})
				}
			}
		}
		bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
		if err != nil {
			t.Fatal(err)
		}
		got, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
		if err != nil || got.GetText() != text {
			t.Errorf("%q is read as %v, %v", text, got, err)
		}
	}
}
