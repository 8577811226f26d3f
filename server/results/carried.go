package results

import (
	"context"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Stages knows which event follows which. The app plugs it.
type Stages interface {
	// Carried tells how the numbers stand that an event carries over from the stage
	// before; false when its scheme carries none.
	Carried(ctx context.Context, event contest.ID) (Carried, bool, error)
}

// Carried is how the carried numbers of an event stand.
type Carried struct {
	IsTied      bool // the event follows one
	IsPublished bool // whose result is published
	New         int  // numbers that could be given now
	Differs     int  // numbers that are not as they are published
}

// What a line of carried numbers waits for.
const (
	stageNone   = "none"        // the event follows no other
	stageWaits  = "unpublished" // the stage before is not published
	stageReady  = "ready"       // they can be taken over
	stageByHand = "by_hand"     // the stage before has none for these works
)

// carried says of missing carried numbers what they wait for, and adds those that
// are not as they are published: after a lock too, when nobody can change them.
func (d *Desk) carried(ctx context.Context, a *account, lines []Line) ([]Line, error) {
	if d.cfg.Stages == nil || a.phase == scoring.Waiting {
		return lines, nil
	}
	c, ok, err := d.cfg.Stages.Carried(ctx, a.event.ID)
	if err != nil || !ok {
		return lines, err
	}
	word := stageReady
	switch {
	case !c.IsTied:
		word = stageNone
	case !c.IsPublished:
		word = stageWaits
	case c.New == 0:
		word = stageByHand
	}
	for i := range lines {
		if lines[i].Kind == LineCarried {
			lines[i].Stage = word
		}
	}
	if c.Differs > 0 {
		lines = append(lines, Line{Kind: LineCarriedOld, Opens: OpensStages, Count: c.Differs})
	}
	return lines, nil
}
