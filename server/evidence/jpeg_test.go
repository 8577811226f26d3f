package evidence_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"jiangtai/server/evidence"
	"jiangtai/server/evidence/evidencetest"
	"jiangtai/server/fault"
)

// A photograph as a phone writes it tells where and with what it was taken, in a
// picture of its own beside. None of it is kept; the picture stays the same, dot by dot.
func TestOnlyThePictureIsKept(t *testing.T) {
	plain := evidencetest.JPEG(t, 64, 48, 7)
	secrets := []string{"GPS 30.5N 114.3E", "梁志远的手机", "<script>alert(1)</script>", "PK\x03\x04 a second file"}
	full := evidencetest.With(plain,
		evidencetest.Segment(0xe1, "Exif\x00\x00"+secrets[0]), evidencetest.Segment(0xfe, secrets[1]), evidencetest.Segment(0xed, secrets[2]))
	full = append(full, secrets[3]...)
	out, width, height, err := evidence.Clean(full)
	if err != nil || width != 64 || height != 48 {
		t.Fatalf("%d × %d: %v", width, height, err)
	}
	for _, s := range secrets {
		if bytes.Contains(out, []byte(s)) {
			t.Errorf("%q is kept", s)
		}
	}
	if !bytes.HasSuffix(out, []byte{0xff, 0xd9}) {
		t.Error("there is something behind the end")
	}
	if got, want := dots(t, out), dots(t, plain); !bytes.Equal(got, want) {
		t.Error("the picture is another one")
	}
	again, _, _, err := evidence.Clean(out)
	if err != nil || !bytes.Equal(again, out) {
		t.Errorf("cleaning twice is not cleaning once: %v", err)
	}
}

// dots are the picture's grey values.
func dots(t *testing.T, file []byte) []byte {
	t.Helper()
	m, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return m.(*image.YCbCr).Y
}

func TestWhatIsNoPicture(t *testing.T) {
	plain := evidencetest.JPEG(t, 32, 32, 1)
	var other bytes.Buffer
	if err := png.Encode(&other, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		file []byte
		code string
	}{
		"nothing":                       {nil, "evidence.not_jpeg"},
		"a page":                        {[]byte("<html><body onload=alert(1)>"), "evidence.not_jpeg"},
		"a drawing with a script":       {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`), "evidence.not_jpeg"},
		"a PNG":                         {other.Bytes(), "evidence.not_jpeg"},
		"a JPEG behind a page":          {append([]byte("<html>"), plain...), "evidence.not_jpeg"},
		"the magic alone":               {[]byte{0xff, 0xd8, 0xff, 0xe0}, "evidence.picture"},
		"cut off in the header":         {plain[:60], "evidence.picture"},
		"cut off in the picture":        {plain[:len(plain)-20], "evidence.picture"},
		"without a picture":             {[]byte{0xff, 0xd8, 0xff, 0xd9}, "evidence.picture"},
		"a length beyond the file":      {evidencetest.With(plain, []byte{0xff, 0xe1, 0xff, 0xff})[:40], "evidence.picture"},
		"a length of nothing":           {evidencetest.With(plain, []byte{0xff, 0xe1, 0, 0}), "evidence.picture"},
		"an arithmetic JPEG":            {evidencetest.With(plain, evidencetest.Segment(0xc9, "\x08\x00\x20\x00\x20\x03")), "evidence.picture"},
		"bytes between the segments":    {evidencetest.With(plain, []byte("MZ")), "evidence.not_jpeg"},
		"50,000 dots wide, says it":     {evidencetest.Claiming(plain, 50_000, 50_000), "evidence.too_many_dots"},
		"65,535 dots of one dot height": {evidencetest.Claiming(plain, 65_535, 1), "evidence.too_many_dots"},
		"no dots":                       {evidencetest.Claiming(plain, 0, 32), "evidence.too_many_dots"},
	} {
		t.Run(name, func(t *testing.T) {
			out, _, _, err := evidence.Clean(c.file)
			if fault.Code(err) != c.code || out != nil {
				t.Errorf("%v with %d bytes, want %s", err, len(out), c.code)
			}
		})
	}
}

// FuzzClean: whatever comes in, what is kept is a whole picture without words beside.
func FuzzClean(f *testing.F) {
	plain := evidencetest.JPEG(f, 16, 16, 3)
	f.Add(plain)
	f.Add(evidencetest.With(plain, evidencetest.Segment(0xe1, "Exif\x00\x00MM"), evidencetest.Segment(0xfe, strings.Repeat("x", 300))))
	f.Add(append(append([]byte{}, plain...), "PK\x03\x04"...))
	f.Add(evidencetest.Claiming(plain, 9999, 9999))
	f.Fuzz(func(t *testing.T, file []byte) {
		out, width, height, err := evidence.Clean(file)
		if err != nil {
			return
		}
		if len(out) > len(file) || width > evidence.MaxSide || height > evidence.MaxSide {
			t.Fatalf("%d bytes of %d, %d × %d", len(out), len(file), width, height)
		}
		if _, err := jpeg.Decode(bytes.NewReader(out)); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(out, []byte("Exif\x00\x00")) {
			t.Fatal("the camera's words are kept")
		}
	})
}
