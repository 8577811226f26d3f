package judging

import (
	"jiangtai/server/contest"
	"jiangtai/server/judging/outbox"
)

// Unsent is what a tablet last said of its outbox.
type Unsent = outbox.Report

// Pending notes how many marks a tablet has not sent yet.
func (d *Desk) Pending(actor contest.Actor, count int) {
	if !actor.Device.IsZero() {
		d.unsent.Say(actor.Device, count, d.cfg.Now())
	}
}

// Signatures notes how many signatures a tablet has not sent yet.
func (d *Desk) Signatures(actor contest.Actor, count int) {
	if !actor.Device.IsZero() {
		d.unsent.Sign(actor.Device, count)
	}
}

// Outbox is what a device last said; ok is false when it said nothing since the
// start.
func (d *Desk) Outbox(device contest.ID) (u Unsent, ok bool) { return d.unsent.Of(device) }
