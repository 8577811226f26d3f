package judging

import (
	"jiangtai/scoring"
	"jiangtai/scoring/session"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Limits of one delivery.
const (
	MaxMarks = 500
	MaxText  = 2000 // characters of a remark or reason
	// MaxStrokes is how long a contestant's signature may be, in characters.
	MaxStrokes = 16 << 10
)

// MarkCommand is a mark (打分) as a tablet sends it. The zero Attempt and Round
// are read as 1.
type MarkCommand struct {
	MarkID     scoring.ID
	Event      contest.ID
	Chair      scoring.ChairID
	Kind       scoring.Kind // Mark, NotPerformed, Withdraw, Finish or Clock
	Work       string       // the label by the identity of the aspect's module
	Aspect     string       // for Finish and Clock: the criterion
	Attempt    uint8
	Round      uint8
	Value      string
	Version    uint16
	Supersedes scoring.ID
	DeviceSeq  uint32
	ClientAt   int64 // unix milliseconds, the device's clock; a session's time is made of it
	Text       string
	// Fault is what the transport could not read of this one mark; it is
	// answered in its place and the mark goes no further.
	Fault *fault.Error
}

// maxText is how long the text of a mark may be.
func (m *MarkCommand) maxText() int {
	if m.Kind == scoring.Clock && m.Value == session.Signed {
		return MaxStrokes
	}
	return MaxText
}
