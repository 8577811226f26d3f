package rescore

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/fault"
)

// Report is the two scorers' results side by side.
type Report struct {
	Records int
	Entries int
	Differ  []Difference // where they do not agree; none is what one hopes for
}

// Difference is an entry on which the scorers do not agree.
type Difference struct {
	Engine, Rescored Standing
}

// Compare scores an export twice and tells where the results differ. schemes are
// the texts of the schemes that the ledger adopted, in any order: each record
// of adoption names its text by its hash. An error is a *fault.Error of kind
// Malformed.
func Compare(export io.Reader, schemes [][]byte) (Report, error) {
	lines, err := Read(export)
	if err != nil {
		return Report{}, fault.Wrap(err, fault.Malformed, "rescore.bad_export")
	}
	texts := Versions(lines, schemes)
	mine, err := Score(lines, texts, false)
	if err != nil {
		return Report{}, fault.Wrap(err, fault.Malformed, "rescore.cannot_score")
	}
	theirs, err := engine(lines, texts)
	if err != nil {
		return Report{}, fault.Wrap(err, fault.Malformed, "rescore.cannot_score")
	}
	r := Report{Records: len(lines), Entries: len(mine)}
	for i := range max(len(mine), len(theirs)) {
		var d Difference
		if i < len(mine) {
			d.Rescored = mine[i]
		}
		if i < len(theirs) {
			d.Engine = theirs[i]
		}
		if d.Engine != d.Rescored {
			r.Differ = append(r.Differ, d)
		}
	}
	return r, nil
}

// Versions finds the text of each version that a ledger adopted: by its hash, or
// where the record names none the only text there is.
func Versions(lines []Line, schemes [][]byte) map[uint64][]byte {
	texts := map[uint64][]byte{}
	for i := range lines {
		if lines[i].kind != kindAdopt {
			continue
		}
		for _, text := range schemes {
			sum := sha256.Sum256(text)
			if hex.EncodeToString(sum[:]) == lines[i].value || lines[i].value == "" && len(schemes) == 1 {
				texts[lines[i].version] = text
			}
		}
	}
	return texts
}

// engine is what the board makes of the same records.
func engine(lines []Line, texts map[uint64][]byte) ([]Standing, error) {
	set := scoring.RuleSet{}
	for version, text := range texts {
		s, err := scheme.Parse(text)
		if err != nil {
			return nil, fmt.Errorf("scheme version %d: %w", version, err)
		}
		if set[uint16(version)], err = scoring.Compile(s); err != nil {
			return nil, fmt.Errorf("scheme version %d: %w", version, err)
		}
	}
	b := scoring.NewBoard(set)
	for i := range lines {
		r, err := scoring.ParseRecord(lines[i].Body)
		if err == nil {
			err = b.Apply(r, nil)
		}
		if err != nil {
			return nil, fmt.Errorf("record %d: %w", lines[i].Seq, err)
		}
	}
	return standings(b), nil
}

func standings(b *scoring.Board) []Standing {
	at := map[scoring.EntryID]int{}
	list := make([]Standing, len(b.Entries()))
	for i, id := range b.Entries() {
		at[id], list[i].Entry = i, uint64(id)
	}
	for _, row := range b.View(scoring.Chief).Rows {
		list[at[row.Entry]].Total, list[at[row.Entry]].Rank = row.Total, row.Rank
	}
	return list
}
