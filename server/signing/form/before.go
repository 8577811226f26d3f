package form

import "jiangtai/scoring"

// Before is who sat in a chair until another judge took it (前任): theirs are the marks
// of records below Until, and what their tablets sent late. The zero Before is of a chair that nobody has taken.
type Before struct {
	Until  uint64
	Judges string // their names, the first one first
	// Left are the tablets of those who left a chair.
	Left map[scoring.ID]string
}

// Star stands behind a mark that one of them gave: by its record, or by the tablet that
// sent it late.
func (b Before) Star(seq uint64, late scoring.ID) string {
	if _, left := b.Left[late]; left || seq < b.Until {
		return "*"
	}
	return ""
}

// Note stands behind the name of the one who sits there now.
func (b Before) Note() string {
	if b.Until == 0 {
		return ""
	}
	return "（带 * 的分数由前任 " + b.Judges + " 给出）"
}
