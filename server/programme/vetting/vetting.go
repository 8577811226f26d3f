package vetting

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jiangtai/server/fault"
	"jiangtai/server/programme/parcel"
)

// The forms of codes and labels. Labels stand in addresses and on paper slips.
var (
	// ContestCode is a contest's.
	ContestCode = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,39}$`)
	// RowCode is a unit's, a host's and an event's.
	RowCode   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$`)
	labelForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,19}$`)
)

// maxName is the longest name, in characters.
const maxName = 120

// Place says where a row's field stands, in a file or in a document.
type Place func(row int, field string) string

// Checker collects what is wrong with values, for a package and the console
// alike.
type Checker struct {
	Faults *parcel.Faults
	Filled bool // the reader of the package has told of what is empty
}

// Form is a checker of what the console sends.
func Form() Checker { return Checker{Faults: &parcel.Faults{}} }

// Empty tells of a place that must be filled, once.
func (c Checker) Empty(at string) {
	if !c.Filled {
		c.Faults.Add(at, "programme.empty", "")
	}
}

// Refuse is the error of all that was found, nil for nothing.
func (c Checker) Refuse(code string) error {
	if !c.Faults.Any() {
		return nil
	}
	return fault.New(fault.Refused, code, c.Faults.Fields()...)
}

// Text checks a name: showable, not too long, not empty where it is required.
func (c Checker) Text(at, s string, required bool) string {
	s = strings.TrimSpace(s)
	switch {
	case s == "" && required:
		c.Empty(at)
	case utf8.RuneCountInString(s) > maxName:
		c.Faults.Add(at, "programme.too_long", strconv.Itoa(maxName))
	case !parcel.Showable(s):
		c.Faults.Add(at, "programme.not_showable", "")
	}
	return s
}

// Code checks a code against its form and against those already seen.
func (c Checker) Code(at, s string, pattern *regexp.Regexp, seen map[string]bool) {
	switch {
	case s == "":
		c.Empty(at)
	case !pattern.MatchString(s):
		c.Faults.Add(at, "programme.code_wrong", s)
	case seen[s]:
		c.Faults.Add(at, "programme.code_duplicate", s)
	}
	seen[s] = true
}

// OneOf checks a word of a closed list; "" is the otherwise.
func OneOf[T ~string](c Checker, at, s string, otherwise T, all ...T) T {
	if s == "" && otherwise != "" {
		return otherwise
	}
	names := make([]string, 0, len(all))
	for _, v := range all {
		if string(v) == s {
			return v
		}
		names = append(names, string(v))
	}
	c.Faults.Add(at, "programme.not_one_of", strings.Join(names, ", "))
	return otherwise
}

// Date reads 2026-05-18; "" is the zero time.
func (c Checker) Date(at, s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1950 || t.Year() > 2200 {
		c.Faults.Add(at, "programme.date_wrong", s)
		return time.Time{}
	}
	return t
}
