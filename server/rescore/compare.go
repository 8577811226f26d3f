package rescore

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

	"jiangtai/server/fault"
)

// Report is the two scorers' results side by side.
type Report struct {
	Records int
	Entries int
	Facts   Facts        // what the second scorer came to
	Differ  []Difference // where they do not agree; none is what one hopes for
}

// Difference is a fact on which the scorers do not agree; "" where one has none.
type Difference struct {
	Fact
	Engine, Rescored string
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
	f, err := score(lines, texts, false)
	if err != nil {
		return Report{}, fault.Wrap(err, fault.Malformed, "rescore.cannot_score")
	}
	theirs, err := engine(lines, texts)
	if err != nil {
		return Report{}, fault.Wrap(err, fault.Malformed, "rescore.cannot_score")
	}
	mine := f.facts()
	return Report{
		Records: len(lines), Entries: len(f.sheets), Facts: mine, Differ: differences(theirs, mine),
	}, nil
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
