package judging

import (
	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Limits of one delivery.
const (
	MaxMarks = 500
	MaxText  = 2000 // characters of a remark or reason
)

// MarkCommand is a mark (打分) as a tablet sends it. The zero Attempt and Round
// are read as 1.
type MarkCommand struct {
	MarkID     scoring.ID
	Event      contest.ID
	Chair      scoring.ChairID
	Kind       scoring.Kind // Mark, NotPerformed, Withdraw or Finish
	Work       string       // the label by the identity of the aspect's module
	Aspect     string       // for Finish: the criterion
	Attempt    uint8
	Round      uint8
	Value      string
	Version    uint16
	Supersedes scoring.ID
	DeviceSeq  uint32
	ClientAt   int64 // unix milliseconds, the device's clock; only shown
	Text       string
	// Fault is what the transport could not read of this one mark; it is
	// answered in its place and the mark goes no further.
	Fault *fault.Error
}
