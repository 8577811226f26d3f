package identity

import (
	"time"

	"jiangtai/server/contest"
)

// What the tests of the room look into.
const (
	StaffIdle, StaffLife     = staffIdle, staffLife
	TabletIdle, TabletLife   = tabletIdle, tabletLife
	LinkLife, CodeLife       = linkLife, defaultCode
	SignInBurst, SignInEvery = signInBurst, signInEvery
	PairBurst, PairEvery     = pairingBurst, pairingEvery
	TouchEvery, CacheLife    = touchEvery, cacheLife
)

var (
	AddressKey = addressKey
	CheckName  = checkName
	Spell      = spell
	NewBucket  = newThrottle
	NewCache   = newCache
)

// Hashed counts the password hashes that were computed.
func (d *Desk) Hashed() uint64 { return d.hasher.Worked() }

// EnterSignIn is a sign-in under way from the address.
func (d *Desk) EnterSignIn(ip string, now time.Time) (func(failed bool), error) {
	return d.signIns.enter(ip, now)
}

func (t *throttle) Enter(key string, now time.Time) (func(failed bool), error) {
	return t.enter(key, now)
}

func (c *cache) Find(token Hash, now time.Time) (uint64, bool) {
	_, at, ok := c.find(token, now)
	return at, ok
}

func (c *cache) Keep(token Hash, at uint64, now time.Time) { c.keep(token, Holder{}, at, now) }

func (c *cache) Forget() { c.forget() }

// ActorOf is whom the session's holder acts as.
func ActorOf(h Holder) contest.Actor { return h.actor() }
