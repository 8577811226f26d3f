package word

// Error is a file that cannot be read.
type Error struct {
	// IsType says that it is another kind of file, not a bad one of this kind.
	IsType bool
	Code   string // word.…
	Place  string // a part's name, or table:row
	Hint   string
}

// Error is the code with its place.
func (e *Error) Error() string { return e.Code + " " + e.Place }

func broken(code, place string) error { return &Error{Code: code, Place: place} }
