package judging

import (
	"jiangtai/server/fault"
)

var (
	errRole       = fault.New(fault.Forbidden, "judging.role")
	errChair      = fault.New(fault.Forbidden, "judging.other_chair")
	errMissing    = fault.New(fault.Missing, "judging.missing")
	errByLabel    = fault.New(fault.Refused, "judging.by_label", fault.At("/entry_no", "judging.by_label", ""))
	errLocked     = fault.New(fault.Refused, "judging.locked")
	errSealed     = fault.New(fault.Refused, "judging.sealed")
	errTwoPersons = fault.New(fault.Forbidden, "judging.two_persons")
)

// later is an answer that asks for the same again; nothing was written.
func later(code string, cause error) *fault.Error {
	e := fault.Wrap(cause, fault.Unavailable, code)
	e.RetryAfter = 1
	return e
}
