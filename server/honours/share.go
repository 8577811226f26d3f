package honours

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"jiangtai/server/fault"
)

// Who objects by the public page may do so five times, and then once in ten
// minutes: a named objection stops a nominee, and stopping everybody must not be
// an evening's work.
const (
	objectionBurst = 5
	objectionEvery = 10 * time.Minute
	maxBuckets     = 100_000
)

// tries is a bucket for each address. It is safe for concurrent use.
type tries struct {
	mu      sync.Mutex // guards buckets
	buckets map[string]*rate.Limiter
}

// take says Busy when an address had its share. When too many addresses are known
// all are forgotten: a flood must not fill the memory.
func (t *tries) take(from string, now time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.buckets == nil || len(t.buckets) >= maxBuckets {
		t.buckets = map[string]*rate.Limiter{}
	}
	key := bucketOf(from)
	b := t.buckets[key]
	if b == nil {
		b = rate.NewLimiter(rate.Every(objectionEvery), objectionBurst)
		t.buckets[key] = b
	}
	if b.AllowN(now, 1) {
		return nil
	}
	busy := fault.New(fault.Busy, "honours.too_many")
	busy.RetryAfter = int(objectionEvery / time.Second)
	return busy
}

// bucketOf is the bucket of an address: a household has a whole /64 of IPv6.
func bucketOf(ip string) string {
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
