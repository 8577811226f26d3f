package clerk

import (
	"jiangtai/scoring"
	"jiangtai/server/fault"
)

// What a ledger store answers beside the faults of the base.
var (
	// ErrMoved says that the ledger's head is not the expected one.
	ErrMoved = fault.New(fault.Stale, "judging.moved")
	// ErrKnownMark says that a mark id of the batch is in another ledger.
	ErrKnownMark = fault.New(fault.Refused, "judging.mark_owner")
)

var (
	errOwner    = fault.New(fault.Refused, "judging.mark_owner")
	errPayload  = fault.New(fault.Refused, "judging.mark_payload")
	errSeqReuse = fault.New(fault.Refused, "judging.seq_reuse")
)

// later is an answer that asks for the same again; nothing was written.
func later(code string, cause error) *fault.Error {
	e := fault.Wrap(cause, fault.Unavailable, code)
	e.RetryAfter = 1
	return e
}

var kindOf = map[scoring.Class]fault.Kind{
	scoring.Malformed: fault.Malformed,
	scoring.Rule:      fault.Refused,
	scoring.Stale:     fault.Stale,
	scoring.NotFound:  fault.Missing,
	scoring.NotOpen:   fault.Closed,
}

// Refused is the engine's refusal as a clerk answers it.
func Refused(r *scoring.Refusal) *fault.Error { return refused(r) }

// refused is the engine's refusal in the program's words. The head of a stale
// correction travels as a field of its own.
func refused(r *scoring.Refusal) *fault.Error {
	e := fault.New(kindOf[r.Class], r.Code)
	if r.Path != "" || r.Hint != "" {
		e.Fields = append(e.Fields, fault.At(r.Path, r.Code, r.Hint))
	}
	if !r.Head.IsZero() {
		e.Fields = append(e.Fields, fault.At("head", r.Code, r.Head.String()))
	}
	return e
}
