package signing_test

import (
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/signing"
	"jiangtai/server/signing/form"
	"jiangtai/server/signing/signingtest"
)

// TestAMarkSheetNamesEarlierJudges: another judge has taken the chair; what was marked
// before is told apart and is under the name of who gave it.
func TestAMarkSheetNamesEarlierJudges(t *testing.T) {
	store := signingtest.NewMemory()
	r := signingtest.New(t, store, store, signingtest.Options{})
	r.MarkAll()
	stars := func() (cells, starred int, facts string) {
		s := printed(t, r, signingtest.Chief, signing.Of{Kind: signing.MarkSheet, Chair: 2})
		for _, row := range s.Parts[0].Rows {
			for _, text := range row[1:] {
				if cells++; strings.Contains(text, "*") {
					starred++
				}
			}
		}
		for _, f := range s.Facts {
			facts += f.Name + f.Value + " "
		}
		return cells, starred, facts
	}
	cells, starred, facts := stars()
	if cells == 0 || starred > 0 || strings.Contains(facts, "前任") {
		t.Errorf("nobody took it: %d of %d, %s", starred, cells, facts)
	}
	var seqs []uint64
	if err := r.Read(t.Context(), signingtest.Event, func(at signing.Reading) error {
		for _, m := range at.Board.Marks(2) {
			seqs = append(seqs, m.Seq)
		}
		return nil
	}); err != nil || len(seqs) < 2 {
		t.Fatal(seqs, err)
	}
	r.Before = map[scoring.ChairID]form.Before{2: {Until: seqs[1], Judges: "江一"}}
	_, starred, facts = stars()
	if starred != 1 || !strings.Contains(facts, "裁判周启明（带 * 的分数由前任 江一 给出）") {
		t.Errorf("one mark is the earlier judge's: %d, %s", starred, facts)
	}
}

// TestAMarkOfAnEarlierJudgesTabletHasAStar: it came late and counts by a later record.
func TestAMarkOfAnEarlierJudgesTabletHasAStar(t *testing.T) {
	tablet, other := scoring.ID{1}, scoring.ID{2}
	b := form.Before{Until: 10, Judges: "江一", Left: map[scoring.ID]string{tablet: "江一"}}
	for _, c := range []struct {
		seq  uint64
		late scoring.ID
		want string
	}{{9, scoring.ID{}, "*"}, {10, scoring.ID{}, ""}, {30, tablet, "*"}, {30, other, ""}} {
		if got := b.Star(c.seq, c.late); got != c.want {
			t.Errorf("%d from %v: %q, want %q", c.seq, c.late, got, c.want)
		}
	}
}
