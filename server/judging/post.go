package judging

import (
	"context"
	"sync/atomic"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging/clerk"
)

// post is an event with its clerk and what is known of its setup.
type post struct {
	*clerk.Clerk
	desk   *Desk
	event  contest.ID
	ledger contest.ID
	index  atomic.Pointer[index] // replaced as a whole
	owes   bool                  // Survey is to have written what is owed
}

// newPost opens the ledger of an event.
func (d *Desk) newPost(ctx context.Context, event contest.ID) (*post, error) {
	setup, err := d.cfg.Events.Setup(ctx, event)
	if err != nil {
		return nil, err
	}
	p := &post{desk: d, event: event, ledger: setup.Event.Ledger}
	d.mu.Lock()
	start := d.starts[p.ledger]
	d.mu.Unlock()
	p.index.Store(newIndex(setup))
	p.Clerk, err = clerk.Open(ctx, clerk.Config{
		Ledger: p.ledger, Ledgers: d.cfg.Ledgers, Refusals: d.cfg.Notes, Witness: d.cfg.Witness, Follower: told{p},
		Key: d.cfg.Key, Rules: func() scoring.RuleSet { return p.index.Load().Setup.Rules },
		Each: func(aspect string) bool { return p.index.Load().Aspects[aspect].Each },
		Now:  d.cfg.Now, Log: d.cfg.Log.With("event", event.String()), Meter: d.cfg.Meter,
		Snapshots: d.cfg.Snapshots, Start: start,
	})
	if err != nil {
		return nil, err
	}
	if setup, err = p.before(ctx, setup); err == nil {
		p.index.Store(newIndex(setup))
	}
	return p, err
}

// refresh replaces the setup, in the clerk's goroutine.
func (p *post) refresh(ctx context.Context) error {
	setup, err := p.desk.cfg.Events.Setup(ctx, p.event)
	if err != nil {
		return err
	}
	if setup, err = p.before(ctx, setup); err != nil {
		return err
	}
	p.index.Store(newIndex(setup))
	p.Renew()
	return nil
}

// told passes what the clerk tells on, with the event.
type told struct{ *post }

// Opened implements clerk.Follower.
func (t told) Opened(epoch uint64, b *scoring.Board) {
	t.desk.cfg.Follower.Opened(t.index.Load().Setup, epoch, b)
}

// Applied implements clerk.Follower.
func (t told) Applied(at time.Time, c *scoring.Change, b *scoring.Board) {
	t.desk.cfg.Follower.Applied(t.event, at, c, b)
}
