package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"
)

// Demo is a demonstration: the events of one contest, with people marking at a
// human pace until every event is published.
type Demo struct {
	Staff   *Client // signed in as an organiser who may act on all events
	Contest string
	// Second signs the acts that two persons must do.
	Second struct{ User, Password string }
	Seed   uint64
	// Speed 1 is a human pace: a judge gives a mark about each twelve seconds.
	Speed float64
	// Paired is told of every event once its tablets are paired.
	Paired func(Event, []Code)
	// Ready is called when every event stands where it starts.
	Ready func() error
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

// Run sets every event in motion and returns when all are published or ctx is
// done.
func (d *Demo) Run(ctx context.Context) error {
	events, err := d.Staff.Events(ctx, d.Contest)
	if err != nil {
		return err
	}
	var group errgroup.Group
	ready, readied := context.WithCancel(ctx)
	defer readied()
	var prepared sync.WaitGroup
	gate := make(chan struct{}, 4) // two cores: more at once only wait for each other
	for i, e := range events {
		prepared.Add(1)
		group.Go(func() error {
			gate <- struct{}{}
			tablets, err := d.prepare(ctx, i, e)
			<-gate
			prepared.Done()
			if err != nil {
				return fmt.Errorf("event %s: %w", e.Code, err)
			}
			<-ready.Done() // everybody begins together
			return d.follow(ctx, i, e, tablets)
		})
	}
	prepared.Wait()
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

// prepare pairs the event's tablets and brings it to where it starts.
func (d *Demo) prepare(ctx context.Context, i int, e Event) ([]*Tablet, error) {
	codes, err := d.Staff.Codes(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	tablets := make([]*Tablet, 0, len(codes))
	for _, c := range codes {
		paired, err := d.Staff.As("").Pair(ctx, c.Code)
		if err != nil {
			return nil, err
		}
		tablets = append(tablets, &Tablet{Client: paired})
	}
	if d.Paired != nil {
		fresh, err := d.Staff.Codes(ctx, e.ID)
		if err != nil {
			return nil, err
		}
		d.Paired(e, fresh)
	}
	s := startOf(i)
	if !s.open {
		return tablets, nil
	}
	if err := d.act(ctx, e, "open", nil); err != nil {
		return nil, err
	}
	for _, t := range tablets {
		if err := d.rush(ctx, e, t, s.marked); err != nil {
			return nil, err
		}
	}
	if s.marked == 100 {
		if err := d.lock(ctx, e); err != nil {
			return nil, err
		}
	}
	if s.publish {
		return tablets, d.publish(ctx, e)
	}
	return tablets, nil
}

// follow lets the judges mark, and then locks and publishes.
func (d *Demo) follow(ctx context.Context, i int, e Event, tablets []*Tablet) error {
	s := startOf(i)
	if s.publish {
		return nil
	}
	if !s.open {
		if !d.wait(ctx, time.Duration(i)*20*time.Second) {
			return nil
		}
		if err := d.act(ctx, e, "open", nil); err != nil {
			return err
		}
	}
	var group errgroup.Group
	for n, t := range tablets {
		group.Go(func() error { return d.judge(ctx, e, t, n) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if s.marked < 100 {
		if !d.wait(ctx, 30*time.Second) {
			return nil
		}
		if err := d.lock(ctx, e); err != nil {
			return err
		}
	}
	if !d.wait(ctx, time.Duration(2+i%7)*time.Minute) {
		return nil
	}
	return d.publish(ctx, e)
}

// judge marks what is open, one mark at a time. A judge whose chair was taken
// over by another tablet stands up.
func (d *Demo) judge(ctx context.Context, e Event, t *Tablet, n int) error {
	h := hand{d.rand(e.ID, n)}
	if err := t.Load(ctx); err != nil {
		return stood(err)
	}
	for _, c := range t.Open() {
		if !d.wait(ctx, time.Duration(6_000+h.r.IntN(12_000))*time.Millisecond) {
			return nil
		}
		if _, err := t.Send(ctx, []MarkBody{t.Mark(c, h.value(c.Pad, quality(e.ID, c.Work)))}); err != nil {
			return stood(err)
		}
	}
	return nil
}

// rush marks the first per cent of the works at once.
func (d *Demo) rush(ctx context.Context, e Event, t *Tablet, percent int) error {
	if err := t.Load(ctx); err != nil {
		return err
	}
	h := hand{d.rand(e.ID, 1000+t.Bundle.Chair.Number)}
	works := map[string]bool{}
	for i, w := range t.Bundle.Works {
		works[w.Work] = i*100 < percent*len(t.Bundle.Works)
	}
	var batch []MarkBody
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		_, err := t.Send(ctx, batch)
		batch = batch[:0]
		return err
	}
	for _, c := range t.Open() {
		if !works[c.Work] {
			continue
		}
		batch = append(batch, t.Mark(c, h.value(c.Pad, quality(e.ID, c.Work))))
		if len(batch) == 200 {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// lock is by two persons: a visitor's tablet that went away with marks must not
// end the demonstration.
func (d *Demo) lock(ctx context.Context, e Event) error { return d.act(ctx, e, "lock", d.second()) }

func (d *Demo) second() map[string]string {
	return map[string]string{"user": d.Second.User, "password": d.Second.Password}
}

// publish makes the result official; a sealed event is unsealed first.
func (d *Demo) publish(ctx context.Context, e Event) error {
	second := d.second()
	err := d.act(ctx, e, "publish", second)
	var p *Problem
	if errors.As(err, &p) && p.Code == "judging.sealed" {
		if err := d.act(ctx, e, "unseal", second); err != nil {
			return err
		}
		err = d.act(ctx, e, "publish", second)
	}
	return err
}

func (d *Demo) act(ctx context.Context, e Event, act string, second map[string]string) error {
	body := map[string]any{"act_id": uuid.NewString(), "act": act}
	if second != nil {
		body["second"] = second
	}
	return d.Staff.Act(ctx, e.ID, body)
}

// wait lets time pass at the demonstration's speed; false when it has ended.
func (d *Demo) wait(ctx context.Context, t time.Duration) bool {
	timer := time.NewTimer(time.Duration(float64(t) / d.Speed))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// quality of a work, 40 to 99: the same for every judge who sees it.
func quality(event, work string) int {
	f := fnv.New32a()
	_, _ = f.Write([]byte(event + work))
	return 40 + int(f.Sum32()%60)
}

func (d *Demo) rand(event string, n int) *rand.Rand {
	f := fnv.New64a()
	_, _ = f.Write([]byte(event))
	return rand.New(rand.NewPCG(d.Seed^f.Sum64(), uint64(n)))
}

// stood is nil for what makes a judge stand up: the chair was taken over, the
// session ended, or the program is stopping.
func stood(err error) error {
	var p *Problem
	if errors.As(err, &p) && p.Status == http.StatusUnauthorized {
		return nil
	}
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}
