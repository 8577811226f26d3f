package judging

import (
	"context"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging/bundle"
	"jiangtai/server/judging/outbox"
)

// What a tablet marks with, package bundle makes.
type (
	// Bundle is all that a chair's tablet needs to mark without a network.
	Bundle = bundle.Bundle
	// Work is one work or contestant as a chair may know it.
	Work = bundle.Work
	// OwnMark is a mark of a chair that holds now.
	OwnMark = bundle.OwnMark
	// BundleHead is the state that a bundle was made of.
	BundleHead = bundle.Head
	// Finished is a sheet that a chair has finished.
	Finished = bundle.Finished
	// Session is the clock of one work in a module.
	Session = bundle.Session
)

const maxHoles = outbox.MaxHoles

// Bundle gives a paired tablet what it marks with.
func (d *Desk) Bundle(ctx context.Context, actor contest.Actor) (Bundle, error) {
	c, chair, err := d.tablet(ctx, actor)
	if err != nil {
		return Bundle{}, err
	}
	st, done := c.Look()
	defer done()
	b := bundle.Make(st.Board, c.index.Load().Index, chair, actor.Device)
	b.Head.Seq, b.Head.ServerTime = st.Seq(), d.cfg.Now().UTC()
	b.Device.Highest, b.Device.Holes = st.Count(actor.Device, maxHoles)
	return b, nil
}

func kindName(k scoring.Kind) string { return bundle.KindName(k) }

// ParseKind reads the name of a kind that a tablet may send; "" is a mark.
func ParseKind(name string) (scoring.Kind, bool) {
	if name == "" {
		return scoring.Mark, true
	}
	for _, k := range tabletKinds {
		if kindName(k) == name {
			return k, true
		}
	}
	return scoring.NoKind, false
}
