package drill

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"

	"jiangtai/server/rehearsal"
	"jiangtai/server/rehearsal/crowd"
	"jiangtai/server/rehearsal/pulse"
)

var errNeither = errors.New("neither a receipt nor a problem")

// Pace is how long a judge takes for a mark.
type Pace struct{ Least, Most time.Duration }

func (p Pace) mean() time.Duration { return max((p.Least+p.Most)/2, time.Millisecond) }

// most is how many marks a tablet sends in one request.
const most = 50

// again: of so many marks one is sent twice.
const again = 40

// tablet is a judge's tablet with an outbox. One goroutine taps, one sends.
type tablet struct {
	book   *book
	tablet *rehearsal.Tablet
	hall   *crowd.Hall
	random *rand.Rand // the tapper's
	pace   Pace
	// off is when its network is away.
	off, on time.Time

	mu   sync.Mutex // guards box and done
	box  []*given
	done bool // no further taps
	wake chan struct{}
}

// given is a mark in an outbox.
type given struct {
	body   rehearsal.MarkBody
	tapped time.Time
	isSent bool
	isLate bool // was tapped without a network
}

// book is where all tablets write down what they saw.
type book struct {
	now     func() time.Time
	receipt *pulse.Series // of marks that were tapped with a network
	all     *pulse.Series // of all; only counted

	mu    sync.Mutex // guards the rest
	marks Marks
	flush pulse.Spread
	got   map[string]uint64 // record by mark, of receipts
	sent  map[string]bool   // every mark that was ever sent
}

// tap gives marks until ctx is done.
func (t *tablet) tap(ctx context.Context) {
	hand := rehearsal.Hand{R: t.random}
	spread := int64(t.pace.Most - t.pace.Least)
	// Nobody begins on the same beat.
	wait := time.Duration(t.random.Int64N(int64(t.pace.mean())))
	for _, c := range t.tablet.Open() {
		if !rehearsal.Pause(ctx, wait) {
			break
		}
		wait = t.pace.Least + time.Duration(t.random.Int64N(max(1, spread)))
		now := t.book.now()
		g := &given{body: t.tablet.Mark(c, hand.Value(c.Pad, 40+t.random.IntN(60))), tapped: now, isLate: t.away(now)}
		t.mu.Lock()
		t.box = append(t.box, g)
		t.mu.Unlock()
		t.book.write(func(m *Marks) { m.Given++ })
		t.rouse()
	}
	t.mu.Lock()
	t.done = true
	t.mu.Unlock()
	t.rouse()
}

func (t *tablet) rouse() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

func (t *tablet) away(now time.Time) bool { return now.After(t.off) && now.Before(t.on) }

// send empties the outbox as marks come into it, until the taps have ended and it
// is empty, or ctx is done.
func (t *tablet) send(ctx context.Context) {
	tries := 0
	var flushing time.Time // since when a tablet that came back delivers
	for {
		now := t.book.now()
		t.mu.Lock()
		batch, done := t.box[:min(most, len(t.box))], t.done
		t.mu.Unlock()
		switch {
		case len(batch) == 0 && done:
			return
		case len(batch) == 0:
			if !flushing.IsZero() {
				t.book.flushed(now.Sub(flushing))
				flushing = time.Time{}
			}
			select {
			case <-ctx.Done():
				return
			case <-t.wake:
			}
			continue
		case t.away(now) && !done:
			if !rehearsal.Pause(ctx, min(t.on.Sub(now), 200*time.Millisecond)) {
				return
			}
			continue
		}
		if flushing.IsZero() && batch[0].isLate {
			flushing = now
		}
		if err := t.deliver(ctx, batch, now); err != nil {
			if ctx.Err() != nil || !rehearsal.Pause(ctx, retry(err, tries)) {
				return
			}
			tries++
			continue
		}
		tries = 0
	}
}

// retry is how long to wait after a request that failed: as the server asks, else
// ever longer up to eight seconds.
func retry(err error, tries int) time.Duration {
	var p *rehearsal.Problem
	if errors.As(err, &p) && p.RetryAfter > 0 {
		return time.Duration(min(p.RetryAfter, 8)) * time.Second
	}
	return min(8*time.Second, 250*time.Millisecond<<min(tries, 5))
}

// deliver sends a batch and takes out of the outbox what was answered.
func (t *tablet) deliver(ctx context.Context, batch []*given, now time.Time) error {
	bodies := make([]rehearsal.MarkBody, len(batch))
	for i, g := range batch {
		bodies[i] = g.body
		if !g.isSent {
			g.isSent = true
			t.hall.Taps.Tap(g.body.Work, now)
		}
	}
	t.book.sending(bodies)
	answers, err := t.tablet.Send(ctx, bodies)
	if err != nil {
		if ctx.Err() == nil {
			t.book.write(func(m *Marks) { m.Retries[why(err)]++ })
		}
		return err
	}
	at := t.book.now()
	kept := batch[:0:0]
	var later error
	for i, a := range answers {
		if t.book.answered(batch[i], a, at) {
			continue
		}
		kept, later = append(kept, batch[i]), errNeither
		if a.Problem != nil {
			later = a.Problem
		}
	}
	t.mu.Lock()
	t.box = append(kept, t.box[len(batch):]...)
	t.mu.Unlock()
	if later == nil && len(batch) <= 2 && batch[0].body.DeviceSeq%again == 5 {
		t.sendAgain(ctx, bodies, answers)
	}
	return later
}

// sendAgain is a tablet that did not get the answer: it must get the same one.
func (t *tablet) sendAgain(ctx context.Context, bodies []rehearsal.MarkBody, answers []rehearsal.Result) {
	second, err := t.tablet.Send(ctx, bodies)
	if err != nil {
		return
	}
	t.book.write(func(m *Marks) {
		m.Again++
		for i := range answers {
			one, two := answers[i].Receipt, second[i].Receipt
			if one != nil && (two == nil || *one != *two) {
				m.Differed++
			}
		}
	})
}

func (b *book) write(what func(*Marks)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	what(&b.marks)
}

func (b *book) sending(bodies []rehearsal.MarkBody) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range bodies {
		b.sent[bodies[i].MarkID] = true
	}
}

func (b *book) flushed(took time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.marks.Flushes++
	b.flush.Add(took)
}

// answered writes an answer down; false when the mark has to be sent again.
func (b *book) answered(g *given, a rehearsal.Result, at time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case a.Receipt != nil:
		b.marks.Received++
		b.got[g.body.MarkID] = a.Receipt.Seq
		b.all.Add(at, 0)
		if g.isLate {
			b.marks.Flushed++
		} else {
			b.receipt.Add(at, at.Sub(g.tapped))
		}
	case a.Problem != nil && a.Problem.Status < http.StatusInternalServerError && a.Problem.Status != http.StatusTooManyRequests:
		b.marks.Returned[a.Problem.Code]++
	default:
		if a.Problem != nil {
			b.marks.Retries[why(a.Problem)]++
		}
		return false
	}
	return true
}

// why is a failed request in a word.
func why(err error) string {
	var p *rehearsal.Problem
	if errors.As(err, &p) {
		return strconv.Itoa(p.Status) + " " + p.Code
	}
	return "network"
}

// left is how many marks are still in the outbox.
func (t *tablet) left() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.box)
}
