package idnumber

import (
	"log/slog"
	"regexp"
	"strings"
)

// Mask hides the middle of a number: 35*************123 of an ID number,
// 138****1234 of a phone, of anything else all but the first and the last
// character.
func Mask(s string) string {
	r := []rune(s)
	front, back := 1, 1
	switch {
	case len(r) == 18:
		front, back = 2, 3
	case len(r) == 11:
		front, back = 3, 4
	case len(r) <= 2:
		front, back = 0, 0
	}
	return string(r[:front]) + strings.Repeat("*", len(r)-front-back) + string(r[len(r)-back:])
}

// numbers are ID numbers and phones inside other text.
var numbers = regexp.MustCompile(`\d{17}[\dXx]|\d{15}|1[3-9]\d{9}`)

// MaskWithin masks every ID number and phone that a free text holds.
func MaskWithin(s string) string { return numbers.ReplaceAllStringFunc(s, Mask) }

// String is the mask.
func (id ID) String() string { return Mask(id.digits) }

// GoString is the mask.
func (id ID) GoString() string { return id.String() }

// MarshalText is the mask: JSON of ours never holds the number.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// LogValue is the mask.
func (id ID) LogValue() slog.Value { return slog.StringValue(id.String()) }

// String is the mask.
func (p Phone) String() string { return Mask(p.digits) }

// GoString is the mask.
func (p Phone) GoString() string { return p.String() }

// MarshalText is the mask.
func (p Phone) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// LogValue is the mask.
func (p Phone) LogValue() slog.Value { return slog.StringValue(p.String()) }
