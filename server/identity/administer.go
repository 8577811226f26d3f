package identity

import (
	"context"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity/secret"
)

// NewAccount is an account to be made.
type NewAccount struct {
	User     string
	Name     string
	Password string // empty: one is made, shown once, to be changed
	Grants   []contest.Grant
	// Keep lets the given password stand: for people who chose it themselves
	// and for demonstrations. Only the Operator may say so.
	Keep bool
}

// CreateAccount makes an account and gives it with the password that was made,
// empty when one was given. Administrators give any role; an organiser gives
// host, chief judge, supervisor, clerk and spectator inside the own contest,
// and must give at least one.
func (d *Desk) CreateAccount(ctx context.Context, actor contest.Actor, c NewAccount) (Account, string, error) {
	if err := d.mayAdminister(actor); err != nil {
		return Account{}, "", err
	}
	a := Account{
		User: userKey(c.User), Name: c.Name, CreatedBy: actor.Account, CreatedAt: d.now(),
		MustChange: !c.Keep || actor.Account != operatorID,
	}
	grants, err := merge(actor, nil, c.Grants)
	if err != nil {
		return Account{}, "", err
	}
	a.Grants = grants
	if !isAdministrator(actor.Grants) && len(grants) == 0 {
		return Account{}, "", invalid([]fault.Field{fault.At("/grants", "identity.grants_empty", "")})
	}
	if err := d.checkGrants(ctx, grants); err != nil {
		return Account{}, "", err
	}
	made, err := d.fillAccount(ctx, &a, c.Password)
	if err != nil {
		return Account{}, "", err
	}
	err = d.Work.Do(ctx, func(ctx context.Context) error {
		if err := d.Accounts.SaveAccount(ctx, a); err != nil {
			return err
		}
		return d.Audit.Record(ctx, actor, "account.created", "account/"+a.ID.String(), map[string]string{"grants": spell(a.Grants)})
	})
	a.Version = 1
	return a, made, err
}

// fillAccount checks what was typed and gives the account id and hash, and the
// password that was made if none was given.
func (d *Desk) fillAccount(ctx context.Context, a *Account, password string) (made string, err error) {
	fields := append(checkUser(a.User), checkName(a.Name)...)
	if password == "" {
		if made, err = secret.NewPassword(); err != nil {
			return "", err
		}
		password = made
	} else {
		fields = append(fields, secret.CheckPassword("/password", password, a.User)...)
	}
	if err := invalid(fields); err != nil {
		return "", err
	}
	if a.ID, err = newID(); err != nil {
		return "", err
	}
	a.Hash, err = d.hasher.Make(ctx, password)
	return made, err
}

// checkGrants asks that every contest and event is there, and the event in its
// contest.
func (d *Desk) checkGrants(ctx context.Context, grants []contest.Grant) error {
	var fields []fault.Field
	for i, g := range grants {
		at := "/grants/" + strconv.Itoa(i)
		if !g.Event.IsZero() {
			e, err := d.Chairs.FindEvent(ctx, g.Event)
			if err != nil && !isMissing(err) {
				return err
			}
			if err != nil || e.Contest != g.Contest {
				fields = append(fields, fault.At(at+"/event", "identity.grant_event", g.Event.String()))
			}
			continue
		}
		if !g.Contest.IsZero() {
			if _, err := d.Chairs.FindContest(ctx, g.Contest); isMissing(err) {
				fields = append(fields, fault.At(at+"/contest", "identity.grant_contest", g.Contest.String()))
			} else if err != nil {
				return err
			}
		}
	}
	return invalid(fields)
}

func (d *Desk) mayAdminister(actor contest.Actor) error {
	if err := needAccount(actor); err != nil {
		return err
	}
	if !isAdministrator(actor.Grants) && len(organised(actor)) == 0 {
		return forbidden()
	}
	return nil
}

// ListAccounts gives accounts by user name with their total: all to an
// administrator, to an organiser those with a grant in the own contests. A
// contest asked for narrows that.
func (d *Desk) ListAccounts(ctx context.Context, actor contest.Actor, f AccountFilter) ([]Account, int, error) {
	if err := d.mayAdminister(actor); err != nil {
		return nil, 0, err
	}
	if own := organised(actor); !isAdministrator(actor.Grants) {
		if f.Contests != nil {
			own = slices.DeleteFunc(own, func(c contest.ID) bool { return !slices.Contains(f.Contests, c) })
		}
		f.Contests = append([]contest.ID{}, own...) // never nil: that would be all
	}
	f.Limit = min(max(f.Limit, 0), 500)
	f.Offset = max(f.Offset, 0)
	list, total, err := d.Accounts.ListAccounts(ctx, f)
	for i := range list {
		list[i] = seenBy(actor, list[i])
	}
	return list, total, err
}

// AccountChange is what to change of an account; nil leaves it.
type AccountChange struct {
	Name     *string
	Disabled *bool
	Grants   *[]contest.Grant // within what the actor may give: all of it, anew
}

// ChangeAccount changes an account. Disabling, and taking a grant away, end its
// sessions at once. Refused identity.last_administrator keeps one who can sign
// in; an account out of the actor's sight is Missing.
func (d *Desk) ChangeAccount(ctx context.Context, actor contest.Actor, id contest.ID, c AccountChange) (Account, error) {
	if err := d.mayAdminister(actor); err != nil {
		return Account{}, err
	}
	if c.Grants != nil {
		if err := d.checkGrants(ctx, *c.Grants); err != nil {
			return Account{}, err
		}
	}
	var after Account
	err := d.change(ctx, func(ctx context.Context) ([]contest.ID, error) {
		before, err := d.visible(ctx, actor, id)
		if err != nil {
			return nil, err
		}
		if after, err = d.changed(actor, before, c); err != nil {
			return nil, err
		}
		if err := d.keepAdministrator(ctx, before, after); err != nil {
			return nil, err
		}
		if err := d.Accounts.SaveAccount(ctx, after); err != nil {
			return nil, err
		}
		after.Version++
		if err := d.Audit.Record(ctx, actor, "account.changed", "account/"+id.String(), map[string]string{
			"grants": spell(after.Grants), "disabled": strconv.FormatBool(after.Disabled()),
		}); err != nil {
			return nil, err
		}
		return d.endLessened(ctx, before, after)
	})
	return seenBy(actor, after), err
}

func (d *Desk) visible(ctx context.Context, actor contest.Actor, id contest.ID) (Account, error) {
	a, err := d.Accounts.FindAccount(ctx, id)
	if err == nil && !maySee(actor, a) {
		err = fault.New(fault.Missing, "identity.account_missing")
	}
	return a, err
}

// changed applies the change; name and disabling ask for the whole account.
func (d *Desk) changed(actor contest.Actor, a Account, c AccountChange) (Account, error) {
	if (c.Name != nil || c.Disabled != nil) && !mayManage(actor, a) {
		return Account{}, forbidden()
	}
	if c.Name != nil {
		if err := invalid(checkName(*c.Name)); err != nil {
			return Account{}, err
		}
		a.Name = *c.Name
	}
	if c.Disabled != nil && *c.Disabled != a.Disabled() {
		a.DisabledAt = time.Time{}
		if *c.Disabled {
			a.DisabledAt = d.now()
		}
	}
	if c.Grants != nil {
		grants, err := merge(actor, a.Grants, *c.Grants)
		if err != nil {
			return Account{}, err
		}
		a.Grants = grants
	}
	return a, nil
}

// keepAdministrator refuses a change after which nobody could administer.
func (d *Desk) keepAdministrator(ctx context.Context, before, after Account) error {
	was := before.IsAdministrator() && !before.Disabled()
	is := after.IsAdministrator() && !after.Disabled()
	if !was || is {
		return nil
	}
	others, err := d.Accounts.OtherAdministrators(ctx, before.ID)
	if err != nil {
		return err
	}
	if others == 0 {
		return fault.New(fault.Refused, "identity.last_administrator")
	}
	return nil
}

func (d *Desk) endLessened(ctx context.Context, before, after Account) ([]contest.ID, error) {
	e := Ending{Account: after.ID, At: d.now()}
	switch {
	case after.Disabled() && !before.Disabled():
		e.Why = Disabled
	case takesAway(before.Grants, after.Grants):
		e.Why = NewGrants
	default:
		return nil, nil
	}
	return d.Sessions.EndSessions(ctx, e)
}

// ResetPassword gives the account a password that is shown once and must be
// changed; it ends the account's sessions and its lock.
func (d *Desk) ResetPassword(ctx context.Context, actor contest.Actor, id contest.ID) (string, error) {
	if err := d.mayAdminister(actor); err != nil {
		return "", err
	}
	password, err := secret.NewPassword()
	if err != nil {
		return "", err
	}
	hash, err := d.hasher.Make(ctx, password)
	if err != nil {
		return "", err
	}
	err = d.change(ctx, func(ctx context.Context) ([]contest.ID, error) {
		a, err := d.visible(ctx, actor, id)
		if err != nil {
			return nil, err
		}
		if !mayManage(actor, a) {
			return nil, forbidden()
		}
		a.Hash, a.MustChange = hash, true
		return d.newSecret(ctx, actor, a, "account.password_reset", contest.ID{})
	})
	if err != nil {
		return "", err
	}
	return password, nil
}

// newSecret saves the account with its new hash, lifts its lock, and ends its
// sessions but one.
func (d *Desk) newSecret(ctx context.Context, actor contest.Actor, a Account, what string, except contest.ID) ([]contest.ID, error) {
	if err := d.Accounts.SaveAccount(ctx, a); err != nil {
		return nil, err
	}
	if err := d.Attempts.ForgetAttempts(ctx, Hash(sha256.Sum256([]byte(a.User)))); err != nil {
		return nil, err
	}
	if err := d.Audit.Record(ctx, actor, what, "account/"+a.ID.String(), nil); err != nil {
		return nil, err
	}
	return d.Sessions.EndSessions(ctx, Ending{Account: a.ID, Except: except, Why: NewSecret, At: d.now()})
}

// ChangePassword is for the account itself; the old password counts as a guess.
// Its other sessions end.
func (d *Desk) ChangePassword(ctx context.Context, actor contest.Actor, old, fresh string) error {
	if err := needAccount(actor); err != nil {
		return err
	}
	own, err := d.Accounts.FindAccount(ctx, actor.Account)
	if err != nil {
		return err
	}
	fields := secret.CheckPassword("/new", fresh, own.User)
	if fresh == old {
		fields = append(fields, fault.At("/new", "identity.password_same", ""))
	}
	if err := invalid(fields); err != nil {
		return err
	}
	a, err := d.verify(ctx, own.User, old)
	if fault.Code(err) == "identity.wrong" {
		// Not Unauthenticated: the session stands, a client must not sign out.
		return invalid([]fault.Field{fault.At("/old", "identity.password_wrong", "")})
	}
	if err != nil {
		return err
	}
	if a.Hash, err = d.hasher.Make(ctx, fresh); err != nil {
		return err
	}
	a.MustChange = false
	return d.change(ctx, func(ctx context.Context) ([]contest.ID, error) {
		return d.newSecret(ctx, actor, a, "account.password_changed", actor.Session)
	})
}

// spell writes grants for the audit.
func spell(grants []contest.Grant) string {
	words := make([]string, 0, len(grants))
	for _, g := range grants {
		w := string(g.Role)
		switch {
		case !g.Event.IsZero():
			w += "@event/" + g.Event.String()
		case !g.Contest.IsZero():
			w += "@contest/" + g.Contest.String()
		}
		words = append(words, w)
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}
