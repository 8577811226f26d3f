package whole

import (
	"fmt"
	"io"
)

// Figure is a number beside the most that it may be.
type Figure struct {
	What string
	Seen float64
	Goal float64 // at most; below zero there is none
	Unit string
	Note string
}

// String is a line with the figure, its goal, and MISSED where it is missed.
func (f Figure) String() string {
	word, goal := "ok    ", fmt.Sprintf("(goal ≤ %g)", f.Goal)
	switch {
	case f.Goal < 0:
		word, goal = "      ", "(no goal)"
	case f.Seen > f.Goal:
		word = "MISSED"
	}
	return fmt.Sprintf("%s %-58s %9.2f %-4s %s  %s", word, f.What, f.Seen, f.Unit, goal, f.Note)
}

// Print writes figures below each other.
func Print(out io.Writer, list ...Figure) {
	for _, f := range list {
		fmt.Fprintln(out, f)
	}
}
