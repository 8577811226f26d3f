package judging

import (
	"context"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging/official"
)

// Official names an event whose result is official, with the number of its
// ledger's last record.
type Official struct {
	Event, Contest contest.ID
	Seq            uint64
}

// What rooms read that follow publications, package official makes.
type (
	// Published is an event's official result (公布的结果).
	Published = official.Published
	// PublishedRow is an entry of it.
	PublishedRow = official.Row
)

// Officials names the events whose result is official now, once all stand. It is for
// rooms that follow publications and asks for no permission.
func (d *Desk) Officials(ctx context.Context) (out []Official, err error) {
	if err := d.Await(ctx, contest.ID{}); err != nil {
		return nil, err
	}
	for _, p := range d.all() {
		s, done := p.Look()
		if s.Board.Phase() == scoring.Official {
			out = append(out, Official{p.event, p.index.Load().Setup.Event.Contest, s.Seq()})
		}
		done()
	}
	return out, nil
}

// Published is the official result of an event whose publication is recorded
// after a number; false when there is none. It asks for no permission.
func (d *Desk) Published(ctx context.Context, event contest.ID, after uint64) (Published, bool, error) {
	p, err := d.post(ctx, event)
	if err != nil {
		return Published{}, false, err
	}
	out, ok, err := p.published()
	if err != nil || !ok {
		return out, false, err
	}
	found := false
	err = d.cfg.Ledgers.Load(ctx, p.ledger, after, func(l Line) error {
		if l.Seq > out.Read {
			return nil
		}
		rec, err := scoring.ParseRecord(l.Body)
		if err == nil && rec.Kind == scoring.Publish {
			found = true
			out.Seq, out.At, out.Hash = l.Seq, time.Unix(0, rec.At).UTC(), l.Hash.String()
		}
		return err
	})
	return out, found && err == nil, err
}

// published reads the board; false when its result is not official.
func (p *post) published() (Published, bool, error) {
	s, done := p.Look()
	defer done()
	return official.Of(s.Board, p.index.Load().Setup)
}
