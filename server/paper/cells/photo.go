package cells

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"strconv"
	"strings"
)

// Limits of a file.
const (
	MaxFile  = 20 << 20
	MaxDots  = 36 << 20 // A4 at 600 dots an inch
	minSide  = 500      // dots: below that no hand can be read
	maxSide  = 4000     // dots of the copy that is kept
	seenSide = 1600     // dots of the copy in which anchors are looked for
)

// Photo (照片) is a picture in which a form's code was found.
type Photo struct {
	Code string // what the code says, without the page
	Page int    // 1 and up

	full    *image.Gray
	finders [3]point // of the code: upper left, upper right, lower left
}

// Look decodes a JPEG or PNG and finds the form's code. The errors of this package.
func Look(file []byte) (*Photo, error) {
	full, err := decode(file)
	if err != nil {
		return nil, err
	}
	p := &Photo{full: full}
	text, finders, ok := findCode(full)
	if !ok {
		return nil, ErrNoCode
	}
	p.finders = finders
	if p.Code, p.Page, ok = pageOf(text); !ok {
		return nil, ErrNoCode
	}
	return p, nil
}

// pageOf takes a form's code apart: the document's, and the number of the page.
func pageOf(text string) (code string, page int, ok bool) {
	at := strings.LastIndexByte(text, ':')
	if at < 0 || !strings.Contains(text[:at], ":") {
		return "", 0, false
	}
	page, err := strconv.Atoi(text[at+1:])
	return text[:at], page, err == nil && page > 0
}

// decode reads a picture's size, then the picture.
func decode(file []byte) (*image.Gray, error) {
	if len(file) > MaxFile {
		return nil, ErrTooLarge
	}
	config, read := jpeg.DecodeConfig, jpeg.Decode
	if bytes.HasPrefix(file, []byte("\x89PNG\r\n\x1a\n")) {
		config, read = png.DecodeConfig, png.Decode
	}
	size, err := config(bytes.NewReader(file))
	switch {
	case err != nil:
		return nil, ErrFile
	case size.Width <= 0 || size.Height <= 0 || size.Width > MaxDots/size.Height:
		return nil, ErrTooManyDots
	case min(size.Width, size.Height) < minSide:
		return nil, ErrTooFewDots
	}
	img, err := read(bytes.NewReader(file))
	if err != nil {
		return nil, ErrFile
	}
	return shrink(grey(img), maxSide), nil
}

// grey is a picture without colours.
func grey(img image.Image) *image.Gray {
	b := img.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	switch from := img.(type) {
	case *image.Gray:
		for y := range b.Dy() {
			copy(out.Pix[y*out.Stride:], from.Pix[y*from.Stride:y*from.Stride+b.Dx()])
		}
	case *image.YCbCr:
		for y := range b.Dy() {
			copy(out.Pix[y*out.Stride:], from.Y[y*from.YStride:y*from.YStride+b.Dx()])
		}
	default:
		for y := range b.Dy() {
			for x := range b.Dx() {
				// What shows through is paper.
				r, g, bl, a := img.At(b.Min.X+x, b.Min.Y+y).RGBA()
				out.Pix[y*out.Stride+x] = uint8((299*r + 587*g + 114*bl + 1000*(0xffff-a)) / 1000 >> 8)
			}
		}
	}
	return out
}

// shrink makes the longer side at most limit, each dot the mean of those that it stands for.
func shrink(img *image.Gray, limit int) *image.Gray {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if max(w, h) <= limit {
		return img
	}
	nw, nh := max(1, w*limit/max(w, h)), max(1, h*limit/max(w, h))
	out := image.NewGray(image.Rect(0, 0, nw, nh))
	for y := range nh {
		top, bottom := y*h/nh, max((y+1)*h/nh, y*h/nh+1)
		for x := range nw {
			left, right := x*w/nw, max((x+1)*w/nw, x*w/nw+1)
			sum := 0
			for yy := top; yy < bottom; yy++ {
				for _, v := range img.Pix[yy*img.Stride+left : yy*img.Stride+right] {
					sum += int(v)
				}
			}
			out.Pix[y*out.Stride+x] = uint8(sum / ((bottom - top) * (right - left)))
		}
	}
	return out
}
