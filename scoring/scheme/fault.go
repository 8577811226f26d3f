package scheme

import (
	"sort"
	"strings"
)

// Fault is one thing wrong with a scheme: where (JSON pointer), what (a code of
// schemas/errors.json) and the value or numbers in question.
type Fault struct {
	Path string `json:"path"`
	Code string `json:"code"`
	Hint string `json:"hint,omitempty"`
}

// Faults are all that is wrong, in the order of their places. It is the error
// of Parse, Check and scoring.Compile; it is never empty.
type Faults []Fault

// Error lists them, one a line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, x := range f {
		lines[i] = x.Path + ": " + x.Code
		if x.Hint != "" {
			lines[i] += " (" + x.Hint + ")"
		}
	}
	return strings.Join(lines, "\n")
}

type collector struct{ faults Faults }

func (c *collector) add(path, code, hint string) {
	if len(c.faults) < 500 { // a hostile file must not make an answer larger than itself
		c.faults = append(c.faults, Fault{path, code, hint})
	}
}

func (c *collector) err() error {
	if len(c.faults) == 0 {
		return nil
	}
	sort.SliceStable(c.faults, func(i, j int) bool { return c.faults[i].Path < c.faults[j].Path })
	return c.faults
}
