package ooxml

// Reason is why a file is not read.
type Reason uint8

const (
	// TooLarge is more bytes than are taken.
	TooLarge Reason = iota + 1
	// OtherType is another kind of file, not a bad one of this kind.
	OtherType
	// Damaged is an archive that is broken or hostile.
	Damaged
	// LeadsOut is a part that links to another file where that is not taken.
	LeadsOut
	// BadXML is a part that is no plain XML.
	BadXML
	// TooSlow is a context that ended before the file was read.
	TooSlow
)

// Refusal is a file that is not read.
type Refusal struct {
	Reason Reason
	Place  string // a part's name, or ""
	Hint   string // the limit that was passed, or the type that it is; may be ""
}

// Error is for the log; people are told by the reason.
func (r *Refusal) Error() string {
	return [...]string{"", "too large", "another type", "damaged", "leads out", "bad XML", "too slow"}[r.Reason] + " " + r.Place + " " + r.Hint
}

func damaged(place, hint string) error {
	return &Refusal{Reason: Damaged, Place: place, Hint: hint}
}
