package rescore_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/scoringtest"
	"jiangtai/server/rescore"
)

// TestGoldenSheets holds the second scorer against the sheets that the engine is
// held against, and both against each other.
func TestGoldenSheets(t *testing.T) {
	list, err := load("../../scoring/testdata/golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range list {
		w := world{t: t}
		for i, c := range g.Commands {
			w.records = append(w.records, scoring.Record{Command: c, Seq: uint64(i + 1)})
		}
		export := w.export()
		lines, err := rescore.Read(bytes.NewReader(export))
		if err != nil {
			t.Fatal(err)
		}
		got, err := rescore.Score(lines, map[uint64][]byte{1: g.Scheme}, false)
		if err != nil || len(got) != len(g.Want) {
			t.Fatalf("%s: %+v %v", g.Name, got, err)
		}
		for i, s := range got {
			if s.Entry != uint64(i+1) || s.Total != g.Want[i].Total || s.Rank != g.Want[i].Rank {
				t.Errorf("%s: %+v, want %+v", g.Name, s, g.Want[i])
			}
		}
		report, err := rescore.Compare(bytes.NewReader(export), [][]byte{g.Scheme})
		if err != nil || len(report.Differ) > 0 {
			t.Errorf("%s: %+v %v", g.Name, report, err)
		}
	}
}

// load reads the golden sheets of a folder.
func load(folder string) ([]scoringtest.Golden, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}
	texts := map[string][]byte{}
	for _, path := range paths {
		if texts[filepath.Base(path)], err = os.ReadFile(path); err != nil {
			return nil, err
		}
	}
	return scoringtest.Load(texts)
}
