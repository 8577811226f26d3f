package scorefile

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"jiangtai/scoring"
	"jiangtai/scoring/whatif"
	"jiangtai/server/fault"
	"jiangtai/server/ledger"
)

// RunLedger scores an export of a ledger as if the scheme had been its only one
// (假设重算) and writes the standings, or one entry's working, as Run does. Entries are
// their ordinals in the ledger: no name is in it. What the scheme has no place
// for is told on notes, a line each. The error is a *fault.Error of the input,
// or that of a writer.
func RunLedger(schemePath, exportPath, format, working string, out, notes io.Writer) error {
	s, err := os.Open(schemePath)
	if err != nil {
		return fault.Wrap(err, fault.Missing, "score.no_such_file", fault.At(schemePath, "score.no_such_file", ""))
	}
	defer s.Close()
	rules, err := readScheme(Input{schemePath, s})
	if err != nil {
		return err
	}
	records, err := readLedger(exportPath)
	if err != nil {
		return err
	}
	board, left, err := whatif.Replay(rules, records)
	if err != nil {
		return fault.Wrap(err, fault.Malformed, "score.bad_ledger", fault.At(exportPath, "score.bad_ledger", ""))
	}
	for _, l := range left {
		if _, err := fmt.Fprintf(notes, "record %d (entry %d, %s) has no place in this scheme: %s %s\n", l.Seq, l.Entry, l.Aspect, l.Code, l.Hint); err != nil {
			return fmt.Errorf("write notes: %w", err)
		}
	}
	t := &tally{rules: rules, board: board, number: map[string]scoring.EntryID{}}
	for _, id := range board.Entries() {
		key := strconv.Itoa(int(id))
		for len(t.entries) < int(id) {
			t.entries = append(t.entries, fileEntry{})
		}
		t.entries[id-1].key, t.number[key] = key, id
	}
	return t.write(Options{Format: format, Working: working}, out)
}

var errSeq = errors.New("record is not in its place")

// readLedger reads the records of an export whose hashes hold.
func readLedger(path string) ([]scoring.Record, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.Wrap(err, fault.Missing, "score.no_such_file", fault.At(path, "score.no_such_file", ""))
	}
	defer f.Close()
	var records []scoring.Record
	_, err = ledger.Verify(f, ledger.Trust{Body: func(seq uint64, body []byte) error {
		r, err := scoring.ParseRecord(body)
		if err == nil && r.Seq != seq {
			err = errSeq
		}
		records = append(records, r)
		return err
	}})
	if err != nil {
		return nil, fault.Wrap(err, fault.Refused, "ledger.not_verified")
	}
	return records, nil
}
