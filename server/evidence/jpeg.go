package evidence

import (
	"bytes"
	"encoding/binary"
	"image/jpeg"

	"jiangtai/server/fault"
)

// The markers of a JPEG that matter here.
const (
	markSOI  = 0xd8
	markEOI  = 0xd9
	markSOS  = 0xda
	markDQT  = 0xdb
	markDHT  = 0xc4
	markDRI  = 0xdd
	markSOF0 = 0xc0 // baseline
	markSOF2 = 0xc2 // progressive; SOF1 between them is extended
	markAPP0 = 0xe0
	markAPPF = 0xef
	markCOM  = 0xfe
	markRST0 = 0xd0
	markRST7 = 0xd7
)

func broken() error { return fault.New(fault.Refused, "evidence.picture") }

// Clean gives the picture of a JPEG file and nothing else: without any APPn or COM
// segment (place, camera, thumbnail, words) and without what follows its end. Kinds:
// Unsupported when it is no JPEG, Refused when it is broken or has too many dots.
func Clean(file []byte) (out []byte, width, height int, err error) {
	if len(file) < 4 || file[0] != 0xff || file[1] != markSOI || file[2] != 0xff {
		return nil, 0, 0, fault.New(fault.Unsupported, "evidence.not_jpeg")
	}
	out, err = strip(file)
	if err != nil {
		return nil, 0, 0, err
	}
	size, err := jpeg.DecodeConfig(bytes.NewReader(out))
	if err != nil {
		return nil, 0, 0, fault.Wrap(err, fault.Refused, "evidence.picture")
	}
	if size.Width < 1 || size.Height < 1 || size.Width > MaxSide || size.Height > MaxSide {
		return nil, 0, 0, fault.New(fault.Refused, "evidence.too_many_dots")
	}
	if _, err := jpeg.Decode(bytes.NewReader(out)); err != nil {
		return nil, 0, 0, fault.Wrap(err, fault.Refused, "evidence.picture")
	}
	return out, size.Width, size.Height, nil
}

// strip copies the segments that make the picture.
func strip(file []byte) ([]byte, error) {
	out := append(make([]byte, 0, len(file)), 0xff, markSOI)
	rest := file[2:]
	for {
		mark, body, after, ok := segment(rest)
		if !ok {
			return nil, broken()
		}
		switch {
		case mark == markEOI:
			return append(out, 0xff, markEOI), nil
		case mark >= markAPP0 && mark <= markAPPF || mark == markCOM:
		case mark == markSOS:
			scan := entropy(after)
			out = append(append(out, body...), after[:scan]...)
			after = after[scan:]
		case mark == markDQT || mark == markDHT || mark == markDRI || mark >= markSOF0 && mark <= markSOF2:
			out = append(out, body...)
		default:
			return nil, broken()
		}
		rest = after
	}
}

// segment reads one marker with its body, marker and length included, and what
// follows. Bytes 0xff may fill the room before a marker; they are not kept.
func segment(b []byte) (mark byte, body, after []byte, ok bool) {
	for len(b) > 1 && b[0] == 0xff && b[1] == 0xff {
		b = b[1:]
	}
	if len(b) < 2 || b[0] != 0xff {
		return 0, nil, nil, false
	}
	if mark = b[1]; mark == markEOI {
		return mark, b[:2], b[2:], true
	}
	if len(b) < 4 {
		return 0, nil, nil, false
	}
	n := 2 + int(binary.BigEndian.Uint16(b[2:]))
	if n < 4 || n > len(b) {
		return 0, nil, nil, false
	}
	return mark, b[:n], b[n:], true
}

// entropy is how long a scan's data is: until a marker that is neither a stuffed
// zero nor a restart.
func entropy(b []byte) int {
	for i := 0; i+1 < len(b); i++ {
		if next := b[i+1]; b[i] == 0xff && next != 0 && next != 0xff && (next < markRST0 || next > markRST7) {
			return i
		}
	}
	return len(b)
}
