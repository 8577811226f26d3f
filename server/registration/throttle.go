package registration

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"jiangtai/server/fault"
)

// Look-ups that find nothing, and forms that turn out to be about somebody who
// is registered, tell something about others: ten, then one a minute. Forms as
// such may come from a whole factory behind one address.
const (
	lookupBurst = 10
	formBurst   = 60
	formEvery   = 5 * time.Second
	maxBuckets  = 100_000
)

// throttle is a bucket of tries for each address or account. Safe for concurrent
// use.
type throttle struct {
	every time.Duration
	burst int

	mu      sync.Mutex // guards buckets
	buckets map[string]*rate.Limiter
}

func newThrottle(every time.Duration, burst int) *throttle {
	return &throttle{every: every, burst: burst, buckets: map[string]*rate.Limiter{}}
}

// take counts a try before its outcome is known, so that many at once do not slip
// through, and says Busy when there were too many. back gives the try back when
// it told nothing.
func (t *throttle) take(key string, now time.Time) (back func(), err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	b := t.buckets[key]
	if b == nil {
		if len(t.buckets) >= maxBuckets {
			t.sweep(now)
		}
		b = rate.NewLimiter(rate.Every(t.every), t.burst)
		t.buckets[key] = b
	}
	taken := b.ReserveN(now, 1)
	if taken.DelayFrom(now) > 0 {
		taken.CancelAt(now)
		busy := fault.New(fault.Busy, "registration.too_many")
		busy.RetryAfter = int((t.every + time.Second - 1) / time.Second)
		return nil, busy
	}
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		b.AllowN(now, -1)
	}, nil
}

// sweep forgets buckets that are full again; all, when none is.
func (t *throttle) sweep(now time.Time) {
	for key, b := range t.buckets {
		if b.TokensAt(now) >= float64(t.burst) {
			delete(t.buckets, key)
		}
	}
	if len(t.buckets) >= maxBuckets {
		clear(t.buckets)
	}
}

// addressKey is the bucket of an address: a household has a whole /64 of IPv6.
func addressKey(ip string) string {
	addr, err := netip.ParseAddr(ip)
	if err != nil {
		return "?"
	}
	addr = addr.Unmap().WithZone("")
	if prefix, err := addr.Prefix(64); err == nil && addr.Is6() {
		return prefix.String()
	}
	return addr.String()
}
