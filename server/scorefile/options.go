package scorefile

import (
	"errors"
	"fmt"
	"io"
	"os"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/fault"
)

// Input is a file: its name for messages, and its text.
type Input struct {
	Name string
	Text io.Reader
}

// Options are what the tool is asked for.
type Options struct {
	Scheme, Entries, Marks Input
	Format                 string // csv (also "") or json
	Working                string // an entry whose working is wanted instead of the standings; "" none
}

// maxInput is the largest file that is read.
const maxInput = 256 << 20

// Run scores the files and writes the standings, or one entry's working. The
// error is a *fault.Error with all faults of the input, or that of out.
func Run(o Options, out io.Writer) error {
	if o.Format != "" && o.Format != "csv" && o.Format != "json" {
		return fault.New(fault.Malformed, "score.unknown_format", fault.At("--format", "score.unknown_format", o.Format))
	}
	rules, err := readScheme(o.Scheme)
	if err != nil {
		return err
	}
	t := &tally{rules: rules, number: map[string]scoring.EntryID{}, cells: map[cellKey]bool{}, judges: map[string]map[string]bool{}}
	t.readEntries(o.Entries)
	t.readMarks(o.Marks)
	if err := t.err(); err != nil {
		return err
	}
	if err := t.fold(); err != nil {
		return err
	}
	return t.write(o, out)
}

// write writes what was asked for.
func (t *tally) write(o Options, out io.Writer) error {
	switch {
	case o.Working != "":
		return t.writeWorking(o, out)
	case o.Format == "json":
		return t.writeJSON(out)
	}
	return t.writeCSV(out)
}

// RunFiles is Run with the inputs opened by path.
func RunFiles(schemePath, entriesPath, marksPath, format, working string, out io.Writer) error {
	o := Options{Format: format, Working: working}
	var open []io.Closer
	defer func() {
		for _, f := range open {
			_ = f.Close() // they were only read
		}
	}()
	for _, in := range []struct {
		path string
		into *Input
	}{{schemePath, &o.Scheme}, {entriesPath, &o.Entries}, {marksPath, &o.Marks}} {
		f, err := os.Open(in.path)
		if err != nil {
			return fault.Wrap(err, fault.Missing, "score.no_such_file", fault.At(in.path, "score.no_such_file", ""))
		}
		open = append(open, f)
		*in.into = Input{in.path, f}
	}
	return Run(o, out)
}

func readAll(in Input) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(in.Text, maxInput+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", in.Name, err)
	}
	if len(text) > maxInput {
		return nil, fault.New(fault.TooLarge, "score.too_large", fault.At(in.Name, "score.too_large", ""))
	}
	return text, nil
}

func readScheme(in Input) (*scoring.Rules, error) {
	text, err := readAll(in)
	if err != nil {
		return nil, err
	}
	s, err := scheme.Parse(text)
	if err == nil {
		var rules *scoring.Rules
		if rules, err = scoring.Compile(s); err == nil {
			return rules, nil
		}
	}
	e := fault.Wrap(err, fault.Malformed, "score.bad_scheme")
	var faults scheme.Faults
	if errors.As(err, &faults) {
		for _, f := range faults {
			e.Fields = append(e.Fields, fault.At(in.Name+"#"+f.Path, f.Code, f.Hint))
		}
	}
	return nil, e
}
