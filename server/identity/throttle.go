package identity

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"jiangtai/server/fault"
)

// The buckets count failures. Sign-in: an office of sixty behind one address
// may mistype on the same morning; beyond that a guess each five seconds.
// Pairing: two hundred tablets of a hall may be waiting for an answer at once;
// a guess each second against 39 bits is nothing.
const (
	signInBurst  = 60
	signInEvery  = 5 * time.Second
	pairingBurst = 200
	pairingEvery = time.Second
	// maxBuckets bounds memory; 100,000 addresses are about 20 MB.
	maxBuckets = 100_000
)

// throttle is a bucket of failures for each address. Safe for concurrent use.
type throttle struct {
	every time.Duration
	burst int

	mu      sync.Mutex // guards buckets and what is in them
	buckets map[string]*bucket
}

type bucket struct {
	failures *rate.Limiter
	tries    int // under way: each may become a failure
}

func newThrottle(every time.Duration, burst int) *throttle {
	return &throttle{every: every, burst: burst, buckets: map[string]*bucket{}}
}

// enter asks to try something for key. The caller must call leave with the
// outcome when it was let in.
func (t *throttle) enter(key string, now time.Time) (leave func(failed bool), err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	b := t.buckets[key]
	if b == nil {
		if len(t.buckets) >= maxBuckets {
			t.sweep(now)
		}
		b = &bucket{failures: rate.NewLimiter(rate.Every(t.every), t.burst)}
		t.buckets[key] = b
	}
	if b.failures.TokensAt(now)-float64(b.tries) < 1 {
		busy := fault.New(fault.Busy, "identity.too_many")
		busy.RetryAfter = int((t.every + time.Second - 1) / time.Second)
		return nil, busy
	}
	b.tries++
	return func(failed bool) {
		t.mu.Lock()
		defer t.mu.Unlock()
		b.tries--
		if failed {
			b.failures.AllowN(now, 1)
		}
	}, nil
}

// sweep forgets buckets that are full again; when none is, all that nobody is
// inside of, since a bound that does not hold is none.
func (t *throttle) sweep(now time.Time) {
	for key, b := range t.buckets {
		if b.tries == 0 && b.failures.TokensAt(now) >= float64(t.burst) {
			delete(t.buckets, key)
		}
	}
	if len(t.buckets) < maxBuckets {
		return
	}
	for key, b := range t.buckets {
		if b.tries == 0 {
			delete(t.buckets, key)
		}
	}
}

// addressKey is the bucket of an address: a household or hall has a whole /64
// of IPv6.
func addressKey(ip string) string {
	addr, err := netip.ParseAddr(ip)
	if err != nil {
		return "?"
	}
	addr = addr.Unmap().WithZone("")
	if addr.Is4() {
		return addr.String()
	}
	prefix, err := addr.Prefix(64)
	if err != nil {
		return "?"
	}
	return prefix.String()
}
