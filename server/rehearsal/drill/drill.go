package drill

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"jiangtai/server/fault"
	"jiangtai/server/rehearsal"
	"jiangtai/server/rehearsal/crowd"
	"jiangtai/server/rehearsal/pulse"
	"jiangtai/server/rehearsal/wire"
)

// Drill is a rehearsal to be run (演练).
type Drill struct {
	// Staff is signed in: an administrator, who may have a contest made, or an
	// organiser of Contest.
	Staff *rehearsal.Client
	TLS   *tls.Config // of the phones; nil is the system's authorities
	// Contest is the id or code of a rehearsal or demonstration whose events wait;
	// "" makes one. Of a named one whole panels sit down: there may be more judges.
	Contest    string
	Judges     int
	Spectators int
	Length     time.Duration
	Pace       Pace // zero: one to three seconds
	Seed       uint64
	Now        func() time.Time
	// Even leaves out what goes wrong on purpose: nobody's network breaks off, nobody
	// reads slowly. Together is how many phones connect at once; 0: 64.
	Even     bool
	Together int
	// During is told when marking begins; it may cut the phones off. It must return
	// when ctx ends. nil: nobody.
	During func(ctx context.Context, phones *crowd.Crowd)
	// Local gives the i-th phone an address to come from; nil: the system's choice.
	Local func(i int) net.Addr
	// Say is told how it goes; nil: nobody.
	Say func(Step)
}

// Step is where a rehearsal is.
type Step struct {
	Name string        // seat, gather, mark, drain, compare
	At   time.Duration // into marking
	Here int           // phones, or tablets while seating
	Of   int
	Got  int // receipts
	Ways Quantiles
}

// phases after the marking end by themselves.
const (
	draining  = 40 * time.Second
	catching  = 20 * time.Second
	comparing = 3 * time.Minute
	gathering = 2 * time.Minute
)

// run is a drill under way.
type run struct {
	Drill
	book    *book
	halls   []*crowd.Hall
	events  []event
	tablets []*tablet
	crowd   *crowd.Crowd
	ways    *pulse.Series
	lag     pulse.Spread
	begin   time.Time
	slot    time.Duration
	here    []int // the fewest phones by slot
	most    int   // phones at one time
	result  *Result
}

// Run rehearses. What refuses it before anything was written is a *fault.Error and
// no result; afterwards there is always a result, and in it what went wrong. When
// ctx ends, marking ends, and the rest is done within a few minutes.
func (d Drill) Run(ctx context.Context) (*Result, error) {
	r := &run{Drill: d}
	if r.Pace == (Pace{}) {
		r.Pace = Pace{time.Second, 3 * time.Second}
	}
	at, err := r.check(ctx)
	if err != nil {
		return nil, err
	}
	r.result = &Result{
		Server: d.Staff.Base, Contest: at, Made: at.ID == "", Began: d.Now(), Judges: r.Judges, Spectators: d.Spectators,
		Stays: []string{}, Faults: []string{}, Slots: []Slot{}, Ways: []Bar{},
	}
	r.book = &book{
		now: d.Now, got: map[string]uint64{}, sent: map[string]bool{},
		marks: Marks{Returned: map[string]int{}, Retries: map[string]int{}},
	}
	r.from(d.Now(), time.Second) // of a run that never comes to marking
	r.stage(ctx)
	r.finish()
	return r.result, nil
}

// stage goes from the contest to the comparison as far as it comes.
func (r *run) stage(ctx context.Context) {
	rest, end := context.WithTimeout(context.WithoutCancel(ctx), r.Length+gathering+draining+catching+comparing)
	defer end()
	err := r.seat(ctx)
	if err == nil {
		err = r.mark(ctx, rest)
	}
	if r.crowd != nil {
		defer r.crowd.Close()
	}
	if err == nil {
		err = r.compare(rest)
	}
	r.result.Interrupted = ctx.Err() != nil
	if err != nil && !errors.Is(err, context.Canceled) {
		r.result.Faults = append(r.result.Faults, err.Error())
	}
	r.leave(rest)
}

// seat makes the contest, pairs the tablets and opens the events.
func (r *run) seat(ctx context.Context) error {
	if r.result.Made {
		if err := r.make(ctx); err != nil {
			return err
		}
	}
	var group errgroup.Group
	group.SetLimit(8)
	left := r.Judges
	var mu sync.Mutex // guards r.tablets
	for i, e := range r.events {
		hall := &crowd.Hall{Topic: "event/" + e.ID + "/public", Taps: &crowd.Taps{}}
		r.halls = append(r.halls, hall)
		n := min(left, e.chairs)
		left -= n
		group.Go(func() error {
			seated, err := r.seatEvent(ctx, e, i, n, hall)
			mu.Lock()
			defer mu.Unlock()
			r.tablets = append(r.tablets, seated...)
			r.say(Step{Name: "seat", Here: len(r.tablets), Of: r.Judges})
			return err
		})
	}
	return group.Wait()
}

// make has the contest made.
func (r *run) make(ctx context.Context) error {
	now := r.Now()
	code := "rehearsal-" + now.Format("20060102-150405")
	zip, err := Package(code, r.Judges, aspectsFor(r.Length, r.Pace), now)
	if err != nil {
		return err
	}
	id, err := r.Staff.Import(ctx, zip)
	if err != nil {
		return err
	}
	if r.result.Contest, err = r.find(ctx, id); err != nil {
		return err
	}
	r.events, err = r.waiting(ctx, id)
	return err
}

// seatEvent pairs so many tablets and opens the event.
func (r *run) seatEvent(ctx context.Context, e event, i, n int, hall *crowd.Hall) ([]*tablet, error) {
	codes, err := r.Staff.Codes(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	if err := r.Staff.Act(ctx, e.ID, map[string]any{"act_id": uuid.NewString(), "act": "open"}); err != nil {
		return nil, err
	}
	var out []*tablet
	for seat, c := range codes[:min(n, len(codes))] {
		paired, err := r.Staff.As("").Pair(ctx, c.Code)
		if err != nil {
			return out, err
		}
		t := &rehearsal.Tablet{Client: paired}
		if err := t.Load(ctx); err != nil {
			return out, err
		}
		random := rand.New(rand.NewPCG(r.Seed, uint64(i)<<16|uint64(seat)))
		out = append(out, &tablet{book: r.book, tablet: t, hall: hall, random: random, pace: r.Pace, wake: make(chan struct{}, 1)})
	}
	return out, nil
}

// mark gathers the phones, lets the judges mark, and waits until all outboxes are
// empty and the phones have caught up.
func (r *run) mark(ctx, rest context.Context) error {
	cfg := crowd.Config{
		Target: wire.Target{Base: r.Staff.Base, TLS: r.TLS}, Halls: r.halls, Phones: r.Spectators, Now: r.Now, Seed: r.Seed,
		Restless: 0.1, CutEvery: max(5*time.Second, r.Length/6), Slow: 0.02, SlowFor: 5 * time.Second,
		Together: r.Together, Local: r.Local,
		Arrived: func(at time.Time, way time.Duration) { r.ways.Add(at, way) },
	}
	if r.Even {
		cfg.Restless, cfg.Slow = 0, 0
	}
	r.crowd = crowd.Open(rest, cfg)
	if err := r.gather(ctx); err != nil {
		return err
	}
	r.begin = r.Now()
	r.slot = slotOf(r.Length)
	r.from(r.begin, r.slot)
	marking, stop := context.WithTimeout(ctx, r.Length)
	defer stop()
	sending, halt := context.WithTimeout(rest, r.Length+draining)
	defer halt()
	var taps, sends sync.WaitGroup
	for i, t := range r.tablets {
		if i%7 == 3 && !r.Even { // one of a panel has a bad network
			t.off = r.begin.Add(time.Duration(float64(r.Length) * (0.1 + 0.5*t.random.Float64())))
			t.on = t.off.Add(min(40*time.Second, r.Length/4))
		}
		taps.Go(func() { t.tap(marking) })
		sends.Go(func() { t.send(sending) })
	}
	if r.During != nil {
		taps.Go(func() { r.During(marking, r.crowd) })
	}
	r.watch(marking)
	r.result.Seconds = r.Now().Sub(r.begin).Seconds()
	taps.Wait()
	r.say(Step{Name: "drain", Here: r.crowd.Here(), Of: r.Spectators})
	r.crowd.Calm()
	sends.Wait()
	return nil
}

// gather waits for the phones, until a while brings few further ones: some that do
// not come are no reason to give up.
func (r *run) gather(ctx context.Context) error {
	gathered, end := context.WithTimeout(ctx, gathering)
	defer end()
	for came, before, still := false, 0, 0; !came && still < 5 && gathered.Err() == nil; {
		moment, cancel := context.WithTimeout(gathered, 2*time.Second)
		came = r.crowd.Gather(moment) == nil
		cancel()
		here := r.crowd.Here()
		if still++; here > before+r.Spectators/100 {
			before, still = here, 0
		}
		r.most = here
		r.say(Step{Name: "gather", Here: here, Of: r.Spectators})
	}
	if ctx.Err() == nil && r.crowd.Here() == 0 {
		return fault.New(fault.Unavailable, "rehearse.no_phones")
	}
	return ctx.Err()
}

// watch notes how many phones are here and how late this machine is, until the
// marking ends.
func (r *run) watch(ctx context.Context) {
	const beat = 100 * time.Millisecond
	for n := 1; ctx.Err() == nil; n++ {
		planned := r.begin.Add(time.Duration(n) * beat)
		if !rehearsal.Pause(ctx, planned.Sub(r.Now())) {
			return
		}
		now := r.Now()
		r.lag.Add(now.Sub(planned))
		for at := int(now.Sub(r.begin) / r.slot); len(r.here) <= at; {
			r.here = append(r.here, r.Spectators)
		}
		here := r.crowd.Here()
		r.most = max(r.most, here)
		r.here[len(r.here)-1] = min(r.here[len(r.here)-1], here)
		if n%50 == 0 {
			r.say(Step{Name: "mark", At: now.Sub(r.begin), Here: here, Of: r.Spectators, Got: r.received(), Ways: quantiles(r.ways.Whole())})
		}
	}
}

// from begins the figures by time.
func (r *run) from(begin time.Time, slot time.Duration) {
	r.ways, r.book.receipt, r.book.all = pulse.NewSeries(begin, slot), pulse.NewSeries(begin, slot), pulse.NewSeries(begin, slot)
}

func (r *run) received() int {
	r.book.mu.Lock()
	defer r.book.mu.Unlock()
	return r.book.marks.Received
}

func (r *run) say(s Step) {
	if r.Say != nil {
		r.Say(s)
	}
}

// slotOf cuts the time into at most 120 slots.
func slotOf(length time.Duration) time.Duration {
	for _, seconds := range []int{1, 2, 5, 10, 20, 30, 60} {
		if s := time.Duration(seconds) * time.Second; length <= 120*s {
			return s
		}
	}
	return length / 60
}

// leave hides the contest that was made, so that nobody mistakes it for a real one,
// and says what stays.
func (r *run) leave(ctx context.Context) {
	at := r.result.Contest
	if at.ID == "" {
		return
	}
	if r.result.Made {
		path := "/api/v1/contests/" + at.ID
		if err := r.Staff.Do(ctx, http.MethodPatch, path, map[string]any{"visible": false}, nil); err != nil {
			r.result.Faults = append(r.result.Faults, fmt.Sprintf("hide the contest: %v", err))
		}
	}
	r.result.Stays = append(r.result.Stays, at.Code)
}
