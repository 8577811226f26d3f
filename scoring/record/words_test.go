package record_test

import (
	"encoding/json"
	"strings"
	"testing"

	"jiangtai/scoring/record"
)

func TestIDText(t *testing.T) {
	id, err := record.ParseID("0A1b2c3D-0000-4000-8000-0123456789ab")
	if err != nil || id.String() != "0a1b2c3d-0000-4000-8000-0123456789ab" || id.IsZero() {
		t.Fatalf("%s %v", id, err)
	}
	for _, bad := range []string{
		"", "0a1b2c3d", "0a1b2c3d00004000800000123456789ab000", "{a1b2c3d-0000-4000-8000-0123456789ab}", "0a1b2c3g-0000-4000-8000-0123456789ab",
		"0a1b2c3d-0000-4000-8000-0123456789a", "0a1b2c3d-0000-4000-8000_0123456789ab",
	} {
		if id, err := record.ParseID(bad); err == nil || !id.IsZero() {
			t.Errorf("%q reads as %s", bad, id)
		}
	}
	for text, want := range map[string]string{`""`: `""`, `"0A1b2c3D-0000-4000-8000-0123456789ab"`: `"0a1b2c3d-0000-4000-8000-0123456789ab"`} {
		var id record.ID
		if err := json.Unmarshal([]byte(text), &id); err != nil {
			t.Fatal(err)
		}
		if out, _ := json.Marshal(id); string(out) != want {
			t.Errorf("%s is written %s", text, out)
		}
	}
	if err := json.Unmarshal([]byte(`"x"`), &record.ID{}); err == nil {
		t.Error("x is an id")
	}
}

// TestFlagsRoundTrip: each set of flags has one text, and no other text reads.
func TestFlagsRoundTrip(t *testing.T) {
	seen := map[string]bool{}
	for f := range (record.AllFlags | record.Team) + 1 {
		text := f.String()
		if back, ok := record.ParseFlags(text); !ok || back != f || seen[text] {
			t.Errorf("%d is %q, which reads as %d %v", f, text, back, ok)
		}
		seen[text] = true
	}
	for _, bad := range []string{"rank", "ranked,", ",ranked", "ranked,ranked", "ranked, prize", "NONE", "none,ranked"} {
		if f, ok := record.ParseFlags(bad); ok {
			t.Errorf("%q reads as %v", bad, f)
		}
	}
}

func TestWordsAreClosed(t *testing.T) {
	for _, s := range []record.Status{"competing", "dns", "dnf", "dsq", "withdrawn", "out"} {
		if !s.Valid() {
			t.Errorf("%s is no status", s)
		}
	}
	for _, s := range []record.Status{"", "Competing", "absent", "dns "} {
		if s.Valid() {
			t.Errorf("%q is a status", s)
		}
	}
	for r, rows := range map[record.Release]bool{"live": true, "ranks": true, "top:1": true, "top:999": true, "progress": false, "none": false} {
		if !r.Valid() || r.HasRows() != rows {
			t.Errorf("%s: valid %v, rows %v", r, r.Valid(), r.HasRows())
		}
	}
	for _, r := range []record.Release{"", "top", "top:0", "top:01", "top:1000", "top:-1", "top: 1", "all"} {
		if r.Valid() || r.Top() != 0 {
			t.Errorf("%q is a release of the first %d", r, r.Top())
		}
	}
}

// FuzzWords: what reads is written as it was read, but for the order of flags.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"", "none", "ranked,unit", "top:10", "live", "prize,ranked"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if flags, ok := record.ParseFlags(s); ok {
			if again, ok := record.ParseFlags(flags.String()); !ok || again != flags {
				t.Fatalf("%q is written %q", s, flags)
			}
		}
		if r := record.Release(s); r.Top() > 0 && (!r.Valid() || !r.HasRows() || !strings.HasPrefix(s, "top:")) {
			t.Fatalf("%q shows the first %d", s, r.Top())
		}
	})
}

// TestGroupsByTheirWords: a number for each word, 0 for another.
func TestGroupsByTheirWords(t *testing.T) {
	g := record.Groups{4, 5, 6}
	for word, want := range map[string]int{"group": 4, "county": 5, "unit": 6, "team": 0, "": 0} {
		if got := g.By(word); got != want {
			t.Errorf("%s: %d, want %d", word, got, want)
		}
	}
	if record.GroupAt("unit") != 2 || record.GroupAt("team") != -1 {
		t.Error("places of words")
	}
}
