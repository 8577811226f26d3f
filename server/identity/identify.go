package identity

import (
	"context"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity/secret"
)

// Identify says who holds the token and notes that he was seen. No token is
// the public, without an error. Unauthenticated is identity.sign_in (no such
// session), identity.expired, identity.ended or identity.replaced (the chair
// has another tablet).
//
// An account that must change its password comes back with the error Forbidden
// identity.must_change and with its actor, for the few things it may do.
func (d *Desk) Identify(ctx context.Context, token, ip string) (contest.Actor, error) {
	if token == "" {
		return contest.Actor{}, nil
	}
	h, err := d.holder(ctx, token)
	if err != nil {
		return contest.Actor{}, err
	}
	d.cache.touch(Touch{Session: h.Session.ID, At: d.now(), IP: ip, Pending: -1})
	if h.Account.MustChange {
		return h.actor(), mustChange()
	}
	return h.actor(), nil
}

// holder finds who holds the token; with an error of fate, who held it.
func (d *Desk) holder(ctx context.Context, token string) (Holder, error) {
	hash, ok := secret.HashToken(token)
	if !ok {
		return Holder{}, signInFirst()
	}
	now := d.now()
	h, at, ok := d.cache.find(hash, now)
	if !ok {
		found, err := d.Sessions.FindSession(ctx, hash)
		if isMissing(err) {
			return Holder{}, signInFirst()
		}
		if err != nil {
			return Holder{}, err
		}
		h = d.cache.keep(hash, found, at, now)
	}
	return h, h.fate(now)
}

// handOver is how long a tablet that was replaced may still send what it holds.
const handOver = 24 * time.Hour

// Draining says whose token it was that a tablet shows which was replaced or taken
// out of use less than a day ago: it may hand over what it holds, and nothing else.
// For everybody else it answers as Identify does.
func (d *Desk) Draining(ctx context.Context, token, ip string) (contest.Actor, error) {
	h, err := d.holder(ctx, token)
	switch {
	case err == nil:
		return h.actor(), nil
	case h.Device.FrozenAt.IsZero() || !d.now().Before(h.Device.FrozenAt.Add(handOver)):
		return contest.Actor{}, err
	}
	d.cache.touch(Touch{Session: h.Session.ID, At: d.now(), IP: ip, Pending: -1})
	return h.actor(), nil
}

// Current is what a signed-in one may know of himself.
type Current struct {
	Account Account       // of an account
	Event   contest.Event // of a tablet, with Chair and Device
	Chair   contest.Chair
	Device  contest.ID
}

// Current tells the actor who he is.
func (d *Desk) Current(ctx context.Context, actor contest.Actor) (Current, error) {
	switch {
	case actor.IsPublic():
		return Current{}, signInFirst()
	case !actor.Account.IsZero():
		a, err := d.Accounts.FindAccount(ctx, actor.Account)
		return Current{Account: a}, err
	}
	event, chair, err := d.findChair(ctx, actor.Event, actor.Chair)
	return Current{Event: event, Chair: chair, Device: actor.Device}, err
}

// SignOut ends the actor's own session. Ending it twice is no fault.
func (d *Desk) SignOut(ctx context.Context, actor contest.Actor) error {
	if actor.Session.IsZero() {
		return nil
	}
	return d.endSession(ctx, actor, Ending{Session: actor.Session, Why: SignedOut})
}

// ListSessions gives the account's own sessions that stand, newest first.
func (d *Desk) ListSessions(ctx context.Context, actor contest.Actor) ([]Session, error) {
	if err := needAccount(actor); err != nil {
		return nil, err
	}
	return d.Sessions.ListSessions(ctx, actor.Account)
}

// RevokeSession ends one of the account's own sessions; one that is not his, or
// stands no more, is Missing.
func (d *Desk) RevokeSession(ctx context.Context, actor contest.Actor, session contest.ID) error {
	if err := needAccount(actor); err != nil {
		return err
	}
	if session.IsZero() {
		return fault.New(fault.Missing, "identity.session_missing")
	}
	return d.endSession(ctx, actor, Ending{Session: session, Account: actor.Account, Why: Revoked})
}

func (d *Desk) endSession(ctx context.Context, actor contest.Actor, e Ending) error {
	e.At = d.now()
	return d.change(ctx, func(ctx context.Context) ([]contest.ID, error) {
		ended, err := d.Sessions.EndSessions(ctx, e)
		if err != nil {
			return nil, err
		}
		if len(ended) == 0 {
			if e.Why == Revoked {
				return nil, fault.New(fault.Missing, "identity.session_missing")
			}
			return nil, nil
		}
		return ended, d.Audit.Record(ctx, actor, "session.ended", "session/"+e.Session.String(), map[string]string{"why": string(e.Why)})
	})
}
