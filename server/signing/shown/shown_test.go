package shown_test

import (
	"encoding/hex"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"jiangtai/schemas"
	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/signing/shown"
)

type vector struct {
	Note    string
	Event   contest.ID
	Chair   scoring.ChairID
	Version uint16
	Marks   []shown.Mark
	Text    string
	Sha256  string
}

func vectors(t *testing.T) []vector {
	t.Helper()
	raw, err := schemas.Files.ReadFile("signing-vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Sheets []vector }
	if err := json.Unmarshal(raw, &file); err != nil || len(file.Sheets) < 5 {
		t.Fatal(err, len(file.Sheets))
	}
	return file.Sheets
}

// The text and its digest are those that the tablet writes, in whatever order the
// marks come.
func TestVectors(t *testing.T) {
	for _, v := range vectors(t) {
		for range 5 {
			rand.Shuffle(len(v.Marks), func(i, j int) { v.Marks[i], v.Marks[j] = v.Marks[j], v.Marks[i] })
			text := shown.MarkSheet(v.Event, v.Chair, v.Version, v.Marks)
			sum := text.Sum()
			if string(text) != v.Text || hex.EncodeToString(sum[:]) != v.Sha256 {
				t.Errorf("%s:\n%s\nwant\n%s", v.Note, text, v.Text)
			}
		}
	}
}

// Everything that a judge sees changes the digest, and so do event, chair and version.
func TestEverythingCounts(t *testing.T) {
	mark := shown.Mark{Work: "417D", Aspect: "look", Attempt: 1, Round: 1, Kind: "mark", Value: "7"}
	sum := func(event contest.ID, chair scoring.ChairID, version uint16, m shown.Mark) [32]byte {
		return shown.MarkSheet(event, chair, version, []shown.Mark{m}).Sum()
	}
	all := [][32]byte{sum(contest.ID{1}, 1, 1, mark), sum(contest.ID{2}, 1, 1, mark), sum(contest.ID{1}, 2, 1, mark), sum(contest.ID{1}, 1, 2, mark)}
	for _, change := range []func(m *shown.Mark){
		func(m *shown.Mark) { m.Work = "418D" }, func(m *shown.Mark) { m.Aspect = "size" }, func(m *shown.Mark) { m.Attempt = 2 },
		func(m *shown.Mark) { m.Round = 2 }, func(m *shown.Mark) { m.Kind = "absent" }, func(m *shown.Mark) { m.Value = "8" },
	} {
		m := mark
		change(&m)
		all = append(all, sum(contest.ID{1}, 1, 1, m))
	}
	for i := range all {
		if slices.Contains(all[:i], all[i]) {
			t.Errorf("%d: the digest is another's", i)
		}
	}
}

// A summary says which chair gave what, and is no mark sheet.
func TestPanelSummary(t *testing.T) {
	marks := []shown.Mark{
		{Work: "417D", Aspect: "look", Attempt: 1, Round: 1, Chair: 3, Kind: "mark", Value: "8"},
		{Work: "417D", Aspect: "look", Attempt: 1, Round: 1, Chair: 2, Kind: "mark", Value: "7"},
		{Work: "417D", Aspect: "look", Attempt: 1, Round: 2, Chair: 2, Kind: "mark", Value: "7.5"},
	}
	text := string(shown.PanelSummary(contest.ID{1}, "judges", 2, marks))
	want := "jiangtai panel summary 1\nevent 01000000-0000-0000-0000-000000000000\npanel judges\nversion 2\n" +
		"417D\tlook\t1\t1\t3\tmark\t8\n417D\tlook\t1\t2\t2\tmark\t7.5\n"
	if text != want {
		t.Errorf("%s\nwant\n%s", text, want)
	}
	if strings.HasPrefix(string(shown.MarkSheet(contest.ID{1}, 2, 2, nil)), text[:20]) {
		t.Error("a summary looks like a sheet")
	}
}
