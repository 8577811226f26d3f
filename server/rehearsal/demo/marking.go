package demo

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"jiangtai/server/rehearsal"
)

// Marking is the demonstration of a contest's days: its events, with people
// marking at a human pace until all are published but those that wait for a
// visitor.
type Marking struct {
	Staff   *rehearsal.Client // signed in as an organiser who may act on all events
	Seats   *rehearsal.Client // coding judge of the seats
	Codes   *rehearsal.Client // coding judge of the work codes
	Clerk   *rehearsal.Client // score clerk
	Contest string
	// Second signs the acts that two persons must do; a supervisor.
	Second struct{ User, Password string }
	Seed   uint64
	// Speed 1 is a human pace: a judge gives a mark about each twelve seconds.
	Speed float64
	Now   func() time.Time
	// Paired is told of every event once its tablets are paired.
	Paired func(rehearsal.Event, []rehearsal.Code)
	// Ready is called when every event stands where it starts.
	Ready func() error

	printer sync.Mutex // one office prints and scans at a time: fonts and pictures are large
}

// start is where an event stands when the demonstration begins.
type start struct {
	marked  int  // per cent of its works
	open    bool // else it opens later
	publish bool
}

// startOf spreads the events over all states of a contest day.
func startOf(i int) start {
	switch i % 10 {
	case 0, 4:
		return start{marked: 62, open: true}
	case 1, 7:
		return start{marked: 88, open: true}
	case 2:
		return start{marked: 35, open: true}
	case 3:
		return start{marked: 10, open: true}
	case 5:
		return start{marked: 100, open: true}
	case 6:
		return start{marked: 100, open: true, publish: true}
	case 8:
		return start{marked: 75, open: true}
	}
	return start{}
}

// Run sets every event in motion and returns when all that go on by themselves are
// published or ctx is done.
func (d *Marking) Run(ctx context.Context) error {
	events, err := d.Staff.Events(ctx, d.Contest)
	if err != nil {
		return err
	}
	var group errgroup.Group
	ready, readied := context.WithCancel(ctx)
	defer readied()
	var prepared sync.WaitGroup
	failed := make(chan error, len(events))
	gate := make(chan struct{}, 4) // two cores: more at once only wait for each other
	for i, e := range events {
		prepared.Add(1)
		group.Go(func() error {
			gate <- struct{}{}
			then, err := d.prepare(ctx, i, e)
			<-gate
			if err != nil {
				failed <- fmt.Errorf("event %s: %w", e.Code, err)
			}
			prepared.Done()
			<-ready.Done() // everybody begins together
			if then == nil || err != nil {
				return err
			}
			return then(ctx)
		})
	}
	prepared.Wait()
	if len(failed) > 0 {
		return fmt.Errorf("demonstration: %w", <-failed)
	}
	if d.Ready != nil {
		if err := d.Ready(); err != nil {
			return err
		}
	}
	readied()
	if err := group.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("demonstration: %w", err)
	}
	return nil
}

// prepare brings an event to where it starts and says how it goes on; nil when it
// waits for a visitor or has ended.
func (d *Marking) prepare(ctx context.Context, i int, e rehearsal.Event) (func(context.Context) error, error) {
	if s, ok := scenes[e.Code]; ok {
		return nil, s(d, ctx, e)
	}
	s := startOf(i)
	if e.Depth != "tablet" {
		if err := d.begin(ctx, e, s, func() error { return d.keyAll(ctx, e, s.marked) }); err != nil || s.publish {
			return nil, err
		}
		return func(ctx context.Context) error {
			return d.follow(ctx, i, e, func() error { return d.keyOn(ctx, e) })
		}, nil
	}
	tablets, err := d.seat(ctx, e)
	if err != nil {
		return nil, err
	}
	err = d.begin(ctx, e, s, func() error {
		for _, t := range tablets {
			if err := d.rush(ctx, e, t, s.marked); err != nil {
				return err
			}
			if err := d.settle(ctx, i, e, t); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || s.publish {
		return nil, err
	}
	return func(ctx context.Context) error {
		return d.follow(ctx, i, e, func() error {
			var group errgroup.Group
			for n, t := range tablets {
				group.Go(func() error { return d.judge(ctx, e, t, n) })
			}
			return group.Wait()
		})
	}, nil
}

// begin opens, marks, locks and publishes as far as the event's start says.
func (d *Marking) begin(ctx context.Context, e rehearsal.Event, s start, mark func() error) error {
	if !s.open {
		return nil
	}
	if err := d.act(ctx, e, "open", nil); err != nil {
		return err
	}
	if err := mark(); err != nil {
		return err
	}
	if s.marked == 100 {
		if err := d.lock(ctx, e); err != nil {
			return err
		}
	}
	if s.publish {
		return d.publish(ctx, e)
	}
	return nil
}

// follow lets people mark, and then locks and publishes.
func (d *Marking) follow(ctx context.Context, i int, e rehearsal.Event, mark func() error) error {
	s := startOf(i)
	if !s.open {
		if !d.wait(ctx, time.Duration(i)*20*time.Second) {
			return nil
		}
		if err := d.act(ctx, e, "open", nil); err != nil {
			return taken(err)
		}
	}
	if s.marked < 100 {
		if err := mark(); err != nil {
			return err
		}
		if !d.wait(ctx, 30*time.Second) {
			return nil
		}
		if err := d.lock(ctx, e); err != nil {
			return taken(err)
		}
	}
	if !d.wait(ctx, time.Duration(2+i%7)*time.Minute) {
		return nil
	}
	return taken(d.publish(ctx, e))
}

// taken is nil for what the program refuses because a visitor has done it, or
// something else, meanwhile: the event is his from then on.
func taken(err error) error {
	var p *rehearsal.Problem
	if errors.As(err, &p) {
		return nil
	}
	return err
}

// lock is by two persons: a visitor's tablet that went away with marks must not
// end the demonstration.
func (d *Marking) lock(ctx context.Context, e rehearsal.Event) error {
	return d.act(ctx, e, "lock", d.second())
}

func (d *Marking) second() map[string]string {
	return map[string]string{"user": d.Second.User, "password": d.Second.Password}
}

// publish makes the result official; a sealed event is unsealed first.
func (d *Marking) publish(ctx context.Context, e rehearsal.Event) error {
	second := d.second()
	err := d.act(ctx, e, "publish", second)
	var p *rehearsal.Problem
	if errors.As(err, &p) && p.Code == "judging.sealed" {
		if err := d.act(ctx, e, "unseal", second); err != nil {
			return err
		}
		err = d.act(ctx, e, "publish", second)
	}
	return err
}

func (d *Marking) act(ctx context.Context, e rehearsal.Event, act string, second map[string]string) error {
	body := map[string]any{"act_id": uuid.NewString(), "act": act}
	if second != nil {
		body["second"] = second
	}
	return d.Staff.Act(ctx, e.ID, body)
}

// wait lets time pass at the demonstration's speed; false when it has ended.
func (d *Marking) wait(ctx context.Context, t time.Duration) bool {
	return rehearsal.Pause(ctx, time.Duration(float64(t)/d.Speed))
}

// quality of a work, 40 to 99: the same for every judge who sees it.
func quality(event, work string) int {
	f := fnv.New32a()
	_, _ = f.Write([]byte(event + work))
	return 40 + int(f.Sum32()%60)
}

// hand is that of the n-th person of an event.
func (d *Marking) hand(event string, n int) rehearsal.Hand {
	f := fnv.New64a()
	_, _ = f.Write([]byte(event))
	return rehearsal.Hand{R: rand.New(rand.NewPCG(d.Seed^f.Sum64(), uint64(n)))}
}
