package strokes_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jiangtai/schemas"
	"jiangtai/server/fault"
	"jiangtai/server/signing/strokes"
)

type vector struct {
	Text          string
	Width, Height int
	Lines         [][][3]int
	Signed        bool
	Refusal       string
}

func vectors(t testing.TB) []vector {
	t.Helper()
	raw, err := schemas.Files.ReadFile("signing-vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Strokes []vector }
	if err := json.Unmarshal(raw, &file); err != nil || len(file.Strokes) < 20 {
		t.Fatal(err, len(file.Strokes))
	}
	return file.Strokes
}

func TestVectors(t *testing.T) {
	for _, v := range vectors(t) {
		s, err := strokes.Read(v.Text)
		if fault.Code(err) != v.Refusal && (err != nil || v.Refusal != "") {
			t.Errorf("%.40q: %v, want %q", v.Text, err, v.Refusal)
			continue
		}
		if err != nil {
			if f := fault.Of(err); f.Kind != fault.Malformed || len(f.Fields) != 1 || f.Fields[0].Path != "/strokes" {
				t.Errorf("%.40q: %+v", v.Text, f)
			}
			continue
		}
		lines := fmt.Sprint(s.Lines)
		want := fmt.Sprint(pointsOf(v.Lines))
		if s.Width != v.Width || s.Height != v.Height || lines != want || s.IsSigned() != v.Signed {
			t.Errorf("%.40q: %+v, signed %v", v.Text, s, s.IsSigned())
		}
		if _, err := strokes.ReadSigned(v.Text); (fault.Code(err) == "signing.strokes_empty") == v.Signed {
			t.Errorf("%.40q: %v", v.Text, err)
		}
	}
}

func pointsOf(lines [][][3]int) [][]strokes.Point {
	var out [][]strokes.Point
	for _, line := range lines {
		var points []strokes.Point
		for _, p := range line {
			points = append(points, strokes.Point{X: p[0], Y: p[1], T: p[2]})
		}
		out = append(out, points)
	}
	return out
}

// Whatever comes is refused or read within its bounds, and what is read says in other
// words what came.
func FuzzRead(f *testing.F) {
	for _, v := range vectors(f) {
		f.Add(v.Text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := strokes.Read(text)
		if err != nil {
			if hint := fault.Of(err).Fields[0].Hint; len(hint) > 24 || strings.ContainsFunc(hint, func(r rune) bool { return r < ' ' || r > '~' }) {
				t.Fatalf("hint %q", hint)
			}
			return
		}
		if len(text) > strokes.Most || s.Width < 1 || s.Height < 1 || s.Width > 10_000 || s.Height > 10_000 {
			t.Fatalf("%+v", s)
		}
		for _, line := range s.Lines {
			if len(line) == 0 {
				t.Fatal("a stroke without a point")
			}
			for _, p := range line {
				if p.X < 0 || p.Y < 0 || p.T < 0 || p.X > s.Width || p.Y > s.Height {
					t.Fatalf("%+v", p)
				}
			}
		}
		again, err := strokes.Read(write(s))
		if err != nil || fmt.Sprint(again) != fmt.Sprint(s) {
			t.Fatalf("%v: %+v, again %+v", err, s, again)
		}
	})
}

func write(s strokes.Strokes) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%d %d", s.Width, s.Height)
	for _, line := range s.Lines {
		for i, p := range line {
			sep := " "
			if i == 0 {
				sep = ";"
			}
			fmt.Fprintf(&out, "%s%d,%d,%d", sep, p.X, p.Y, p.T)
		}
	}
	return out.String()
}
