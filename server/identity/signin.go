package identity

import (
	"context"
	"crypto/sha256"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity/secret"
)

// MaxAttempts guesses of one account's password in LockWindow; the lock lasts
// as long again.
const (
	MaxAttempts = 5
	LockWindow  = 15 * time.Minute
)

// SignIn is who wants in, and from where.
type SignIn struct {
	User     string
	Password string
	IP       string
	Agent    string
}

// SignIn opens a session for an account. Unauthenticated identity.wrong says
// nothing of whether the account exists or is disabled; Busy identity.locked
// and identity.too_many say when to come back.
func (d *Desk) SignIn(ctx context.Context, c SignIn) (Ticket, error) {
	leave, err := d.signIns.enter(addressKey(c.IP), d.now())
	if err != nil {
		return Ticket{}, err
	}
	account, err := d.verify(ctx, c.User, c.Password)
	leave(fault.Code(err) == "identity.wrong")
	if err != nil {
		return Ticket{}, d.refused(ctx, account, c, err)
	}
	return d.openSession(ctx, account, c)
}

// verify counts the guess, checks the password and forgets the count. With
// identity.wrong the account is what was found, for the audit.
func (d *Desk) verify(ctx context.Context, user, password string) (Account, error) {
	user = userKey(user)
	key := Hash(sha256.Sum256([]byte(user)))
	now := d.now()
	var tries int
	var until time.Time
	err := d.Work.Do(ctx, func(ctx context.Context) error {
		var err error
		tries, until, err = d.Attempts.CountAttempt(ctx, key, now)
		return err
	})
	if err != nil {
		return Account{}, err
	}
	if tries > MaxAttempts {
		locked := fault.New(fault.Busy, "identity.locked")
		locked.RetryAfter = int(until.Sub(now)/time.Second) + 1
		return Account{}, locked
	}
	account, err := d.Accounts.FindUser(ctx, user)
	hash := account.Hash
	switch {
	case isMissing(err):
		hash = d.hasher.Dummy()
	case err != nil:
		return Account{}, err
	}
	ok, stale, err := d.hasher.Check(ctx, hash, password)
	switch {
	case err != nil:
		return Account{}, err
	case !ok || account.ID.IsZero() || account.Disabled():
		return account, fault.New(fault.Unauthenticated, "identity.wrong")
	}
	return d.verified(ctx, account, key, password, stale)
}

// verified forgets the guesses and renews a hash of older parameters.
func (d *Desk) verified(ctx context.Context, a Account, key Hash, password string, stale bool) (Account, error) {
	if stale {
		hash, err := d.hasher.Make(ctx, password)
		if err != nil {
			return Account{}, err
		}
		a.Hash = hash
	}
	err := d.Work.Do(ctx, func(ctx context.Context) error {
		if stale {
			if err := d.Accounts.SaveAccount(ctx, a); err != nil {
				return err
			}
			a.Version++
		}
		return d.Attempts.ForgetAttempts(ctx, key)
	})
	return a, err
}

// refused audits a guess. What was typed as the user is not written: people
// type passwords there.
func (d *Desk) refused(ctx context.Context, a Account, c SignIn, why error) error {
	code := fault.Code(why)
	if code != "identity.wrong" && code != "identity.locked" {
		return why
	}
	object := "account/unknown"
	if !a.ID.IsZero() {
		object = "account/" + a.ID.String()
	}
	err := d.Work.Do(ctx, func(ctx context.Context) error {
		return d.Audit.Record(ctx, contest.Actor{}, "session.refused", object, map[string]string{"code": code, "ip": c.IP})
	})
	if err != nil {
		return err
	}
	return why
}

func (d *Desk) openSession(ctx context.Context, a Account, c SignIn) (Ticket, error) {
	now := d.now()
	s := Session{
		Account: a.ID, CreatedAt: now, SeenAt: now, Idle: staffIdle, ExpiresAt: now.Add(staffLife),
		IP: c.IP, Agent: agent(c.Agent),
	}
	token, hash, err := issue(&s)
	if err != nil {
		return Ticket{}, err
	}
	err = d.Work.Do(ctx, func(ctx context.Context) error {
		if err := d.Sessions.CreateSession(ctx, s, hash, a.Version); err != nil {
			return err
		}
		return d.Audit.Record(ctx, a.Actor(s.ID), "session.created", "session/"+s.ID.String(), map[string]string{"ip": c.IP})
	})
	if err != nil {
		return Ticket{}, err
	}
	return Ticket{token, Holder{Session: s, Account: a}}, nil
}

// issue gives the session its id and makes its token.
func issue(s *Session) (string, Hash, error) {
	id, err := newID()
	if err != nil {
		return "", Hash{}, err
	}
	s.ID = id
	return secret.NewToken()
}

// agent keeps what a browser says of itself short and printable.
func agent(s string) string {
	out := make([]rune, 0, 120)
	for _, r := range s {
		if len(out) == cap(out) {
			break
		}
		if r >= ' ' && r < 0x7f {
			out = append(out, r)
		}
	}
	return string(out)
}

// Second checks the password of the second person of a two-person act, with
// the same lock as signing in. The actor has no session. Whether he is another
// person than the first, and has the right, the caller asks.
func (d *Desk) Second(ctx context.Context, user, password string) (contest.Actor, error) {
	a, err := d.verify(ctx, user, password)
	if err != nil {
		return contest.Actor{}, d.refused(ctx, a, SignIn{}, err)
	}
	if a.MustChange {
		return contest.Actor{}, mustChange()
	}
	return a.Actor(contest.ID{}), nil
}

func mustChange() error { return fault.New(fault.Forbidden, "identity.must_change") }
