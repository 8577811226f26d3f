package identity

import (
	"context"
	"errors"
	"sync"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity/secret"
)

// Ports is what the room needs of others. All are required.
type Ports struct {
	Work     Work
	Accounts Accounts
	Attempts Attempts
	Sessions Sessions
	Beats    Beats
	Devices  Devices
	Links    Links
	Audit    *Audit
	Chairs   Chairs
}

// Options are the room's settings.
type Options struct {
	Clock func() time.Time // required
	// Key is at least 32 secret bytes that survive a restart and do not lie in
	// the database. Another key makes unused pairing codes useless, no more.
	Key []byte
	// PublicURL stands before /tablet in what QR codes hold, without a slash.
	PublicURL string
	// OnRevoke is called after a session ended, at once and again on each beat
	// of the next minute: another process may have ended it, or a socket may
	// have opened on what it was told a moment before. It must not block.
	// Open sockets of the session must close.
	OnRevoke func(session contest.ID)
	// Handed is how many marks of an event's devices are kept and not counted: what
	// replaced tablets have handed over. nil: nobody knows.
	Handed func(ctx context.Context, event contest.ID) (map[contest.ID]int, error)
	// CodeLife is how long a pairing code can be used; zero is 12 hours.
	CodeLife time.Duration
}

// Desk has the use cases of identity. It asks for permission itself; actors are
// arguments. Safe for concurrent use.
type Desk struct {
	Ports
	clock    func() time.Time
	key      []byte
	public   string
	onRevoke func(contest.ID)
	codeLife time.Duration
	handed   func(context.Context, contest.ID) (map[contest.ID]int, error)

	hasher  *secret.Hasher
	cache   *cache
	signIns *throttle
	pairs   *throttle

	mu    sync.Mutex // guards what Beat remembers
	beats beats
}

var errOptions = errors.New("identity: clock and a key of at least 32 bytes are required")

// New makes the desk.
func New(p Ports, o Options) (*Desk, error) {
	if o.Clock == nil || len(o.Key) < 32 {
		return nil, errOptions
	}
	h, err := secret.NewHasher()
	if err != nil {
		return nil, err
	}
	if o.OnRevoke == nil {
		o.OnRevoke = func(contest.ID) {}
	}
	if o.CodeLife <= 0 {
		o.CodeLife = defaultCode
	}
	return &Desk{
		Ports: p, clock: o.Clock, key: o.Key, public: o.PublicURL,
		onRevoke: o.OnRevoke, codeLife: o.CodeLife, handed: o.Handed,
		hasher: h, cache: newCache(),
		signIns: newThrottle(signInEvery, signInBurst),
		pairs:   newThrottle(pairingEvery, pairingBurst),
	}, nil
}

// now is in the precision of the database, so that a time read back is equal.
func (d *Desk) now() time.Time { return d.clock().UTC().Truncate(time.Microsecond) }

// operatorID is who acts from the command line of the machine itself.
var operatorID = contest.ID{15: 1}

// Operator is the actor of the program's own commands: admin, import, demo. Who
// can run them holds the database anyway. It stands in the audit by its id.
func Operator() contest.Actor {
	return contest.Actor{
		Account: operatorID, Name: "jiangtai",
		Grants: []contest.Grant{{Role: contest.Administrator}},
	}
}

// change runs fn in a transaction and then lets the ended sessions be felt: the
// cache first, since COMMIT may have happened even when it answered an error.
func (d *Desk) change(ctx context.Context, fn func(ctx context.Context) ([]contest.ID, error)) error {
	var ended []contest.ID
	err := d.Work.Do(ctx, func(ctx context.Context) error {
		var err error
		ended, err = fn(ctx)
		return err
	})
	d.cache.forget()
	if err != nil {
		return err
	}
	d.tell(ended)
	return nil
}

// tell calls the hook.
func (d *Desk) tell(ended []contest.ID) {
	for _, id := range ended {
		d.onRevoke(id)
	}
}

// needAccount is nil for a signed-in account, else says what it lacks.
func needAccount(actor contest.Actor) error {
	switch {
	case actor.IsPublic():
		return signInFirst()
	case actor.Account.IsZero():
		return forbidden()
	}
	return nil
}

func isMissing(err error) bool { return err != nil && fault.Of(err).Kind == fault.Missing }
