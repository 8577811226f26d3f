package evidence

import (
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// What is taken at most.
const (
	MaxFile    = 1_500_000 // bytes of a file
	MaxSide    = 2400      // dots; a tablet sends 1600
	MaxPerCell = 12        // photos of one chair for one work and aspect
	MaxOfEvent = 5000
)

// maxLead is how far a tablet's clock may be ahead to be believed at all.
const maxLead = 24 * time.Hour

// Photo (证据照片) is one picture that is kept, without its bytes.
type Photo struct {
	ID     contest.ID
	Event  contest.ID
	Chair  scoring.ChairID
	Judge  string // who sat there
	Device contest.ID
	Work   string // the label that the chair knows the work by
	Aspect string // its id in the scheme
	Width  int
	Height int
	Size   int
	Sum    [32]byte // of what is kept
	Sent   [32]byte // of what the tablet sent
	// ClientAt is when it was taken, by the tablet's clock; the zero time when that is
	// plainly wrong. It is shown and never relied on.
	ClientAt time.Time
	At       time.Time // when it came in
}

// Upload is a photo as a tablet sends it.
type Upload struct {
	ID       contest.ID
	Work     string
	Aspect   string
	Sum      [32]byte // of File, as the tablet computed it
	ClientAt time.Time
	File     []byte
}
