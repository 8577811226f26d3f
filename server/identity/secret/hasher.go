package secret

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"golang.org/x/crypto/argon2"

	"jiangtai/server/fault"
)

// The cost of one guess: OWASP's minimum for argon2id. Not more, because the
// same two cores take marks while people sign in: about 30 ms of one core and
// 19 MiB. The parameters stand in each hash, so they can be raised; a hash of
// other parameters is made new when its owner signs in.
const (
	argonTime    = 2
	argonMemory  = 19 * 1024 // KiB
	argonThreads = 1
	argonKey     = 32
	argonSalt    = 16
	// atOnce bounds hashing to 38 MiB and leaves the second core to marks even
	// under a flood of guesses.
	atOnce = 2
)

// errHash is a stored hash that nobody wrote in this form.
var errHash = errors.New("secret: stored password hash cannot be read")

// Hasher makes and checks argon2id hashes. Safe for concurrent use.
type Hasher struct {
	slots  chan struct{}
	dummy  string
	worked atomic.Uint64
}

// NewHasher makes a hasher and the dummy hash: chance, which costs a start nothing and
// which no more passwords have than one that was computed.
func NewHasher() (*Hasher, error) {
	h := &Hasher{slots: make(chan struct{}, atOnce)}
	chance := make([]byte, argonSalt+argonKey)
	if _, err := rand.Read(chance); err != nil {
		return nil, fmt.Errorf("random for the dummy hash: %w", err)
	}
	h.dummy = prefix() + enc(chance[:argonSalt]) + "$" + enc(chance[argonSalt:])
	return h, nil
}

// Dummy is a hash that no password has: checked where there is no account, it
// costs what checking a real one does.
func (h *Hasher) Dummy() string { return h.dummy }

// Worked counts the computations so far.
func (h *Hasher) Worked() uint64 { return h.worked.Load() }

func (h *Hasher) enter(ctx context.Context) error {
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		busy := fault.Wrap(ctx.Err(), fault.Busy, "identity.busy")
		busy.RetryAfter = 2
		return busy
	}
}

// Make hashes a password with a new salt. Busy identity.busy when the context
// ended before there was a free place.
func (h *Hasher) Make(ctx context.Context, password string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer func() { <-h.slots }()
	salt := make([]byte, argonSalt)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("random for a salt: %w", err)
	}
	h.worked.Add(1)
	key := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, argonKey)
	return prefix() + enc(salt) + "$" + enc(key), nil
}

// Check compares a password with a hash in PHC form. stale says that the hash
// was made with other parameters than today's. Busy as Make.
func (h *Hasher) Check(ctx context.Context, hash, password string) (ok, stale bool, err error) {
	p, err := parsePHC(hash)
	if err != nil {
		return false, false, err
	}
	if len(password) > 4*maxPassword {
		password = "" // no password is that long; the work stays the same
	}
	if err := h.enter(ctx); err != nil {
		return false, false, err
	}
	defer func() { <-h.slots }()
	h.worked.Add(1)
	key := argon2.IDKey([]byte(password), p.salt, p.time, p.memory, p.threads, uint32(len(p.key)))
	ok = subtle.ConstantTimeCompare(key, p.key) == 1 && password != ""
	return ok, !strings.HasPrefix(hash, prefix()), nil
}

type phc struct {
	memory, time uint32
	threads      uint8
	salt, key    []byte
}

func prefix() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, argonMemory, argonTime, argonThreads)
}

func enc(b []byte) string { return base64.RawStdEncoding.EncodeToString(b) }

func parsePHC(s string) (phc, error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return phc{}, errHash
	}
	var p phc
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.time, &p.threads); err != nil {
		return phc{}, errHash
	}
	var err error
	if p.salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return phc{}, errHash
	}
	if p.key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
		return phc{}, errHash
	}
	if p.memory == 0 || p.memory > 1<<20 || p.time == 0 || p.threads == 0 || len(p.salt) < 8 || len(p.key) < 16 {
		return phc{}, errHash
	}
	return p, nil
}
