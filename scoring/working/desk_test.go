package working_test

import (
	"jiangtai/scoring/rules"
	"jiangtai/scoring/tally/tallytest"
	"jiangtai/scoring/working"
)

type desk struct{ *tallytest.Desk }

func newDesk(t tallytest.Fataler, r *rules.Rules) *desk { return &desk{tallytest.New(t, r)} }

// shows is the derivation of the sheet.
func (d *desk) shows() working.Sheet { return working.Sheet{Counter: &d.Counter, Of: &d.Sheet} }
