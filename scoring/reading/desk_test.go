package reading_test

import (
	"jiangtai/scoring/reading"
	"jiangtai/scoring/record"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/tally/tallytest"
)

type desk struct{ *tallytest.Desk }

func newDesk(t tallytest.Fataler, r *rules.Rules) *desk { return &desk{tallytest.New(t, r)} }

// reads is what the sheet tells of entry 7.
func (d *desk) reads(recused ...record.ChairID) reading.Sheet {
	return reading.Sheet{Counter: &d.Counter, Of: &d.Sheet, Entry: 7, Recused: recused}
}

// recuse takes a chair of the judges out of all that is begun of an aspect.
func (d *desk) recuse(id string, chair record.ChairID) {
	at := d.Rules.AspectAt[id]
	for i := range d.Aspects[at].Tries {
		for _, cells := range d.Aspects[at].Tries[i].Rounds {
			cells[chair-2].Out = true
		}
		d.SettleTry(&d.Rules.Aspects[at], &d.Aspects[at].Tries[i])
	}
	d.Refresh(&d.Sheet, at)
}
