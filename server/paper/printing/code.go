package printing

import (
	"image/color"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
)

// modules is a QR code: dark or light, by row. Upper case, digits and $%*+-./: make the smallest ones.
func modules(text string) ([][]bool, error) {
	code, err := encode(text)
	if err != nil {
		return nil, ErrTooLong
	}
	size := code.Bounds()
	rows := make([][]bool, size.Dy())
	for y := range rows {
		rows[y] = make([]bool, size.Dx())
		for x := range rows[y] {
			rows[y][x] = color.GrayModel.Convert(code.At(x, y)) == color.Gray{}
		}
	}
	return rows, nil
}

func encode(text string) (barcode.Barcode, error) {
	if code, err := qr.Encode(text, qr.M, qr.AlphaNumeric); err == nil {
		return code, nil
	}
	return qr.Encode(text, qr.M, qr.Unicode)
}

// code draws a QR code; its margin of four modules lies within the square.
func (p *pen) code(m mark) error {
	rows, err := modules(m.text)
	if err != nil {
		return err
	}
	unit := m.w / float64(len(rows)+2*quiet)
	p.pdf.SetFillColor(0, 0, 0)
	for y, row := range rows {
		for x := 0; x < len(row); x++ {
			run := 0
			for x+run < len(row) && row[x+run] {
				run++
			}
			if run == 0 {
				continue
			}
			// A hair more than its square, so that no viewer leaves a white line between two.
			p.pdf.Rect(m.x+float64(x+quiet)*unit, m.y+float64(y+quiet)*unit, float64(run)*unit+0.01, unit+0.01, "F")
			x += run
		}
	}
	return nil
}
