package identity

import (
	"context"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity/secret"
)

// SetupLink makes the one-time token for the first administrator, to be printed
// as PUBLIC_URL/console#setup=TOKEN. Empty when an account exists. It lives for
// a day; a new one, made at every start, voids those before it.
func (d *Desk) SetupLink(ctx context.Context) (string, error) {
	token, hash, err := secret.NewToken()
	if err != nil {
		return "", err
	}
	now := d.now()
	err = d.Work.Do(ctx, func(ctx context.Context) error {
		if err := d.nobodyYet(ctx); err != nil {
			return err
		}
		return d.Links.CreateLink(ctx, hash, now, now.Add(linkLife))
	})
	if fault.Code(err) == "identity.link_done" {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return token, nil
}

// nobodyYet is Closed identity.link_done once there is an account. It holds off
// every other who asks, until the transaction ends.
func (d *Desk) nobodyYet(ctx context.Context) error {
	if _, err := d.Accounts.OtherAdministrators(ctx, contest.ID{}); err != nil {
		return err
	}
	_, total, err := d.Accounts.ListAccounts(ctx, AccountFilter{})
	if err == nil && total > 0 {
		err = fault.New(fault.Closed, "identity.link_done")
	}
	return err
}

// FirstAdministrator is the command of the one-time link.
type FirstAdministrator struct {
	Link     string
	User     string
	Name     string
	Password string
}

// SetUp makes the first administrator. The link is taken in the transaction
// that makes the account, so that a refused password leaves it whole. Missing
// identity.link_wrong, Closed identity.link_done.
func (d *Desk) SetUp(ctx context.Context, c FirstAdministrator, ip string) (Account, error) {
	leave, err := d.signIns.enter(addressKey(ip), d.now())
	if err != nil {
		return Account{}, err
	}
	a, err := d.setUp(ctx, c)
	leave(fault.Code(err) == "identity.link_wrong")
	return a, err
}

func (d *Desk) setUp(ctx context.Context, c FirstAdministrator) (Account, error) {
	link, ok := secret.HashToken(c.Link)
	if !ok {
		return Account{}, fault.New(fault.Missing, "identity.link_wrong")
	}
	now := d.now()
	a := Account{
		User: userKey(c.User), Name: c.Name, CreatedAt: now,
		Grants: []contest.Grant{{Role: contest.Administrator}},
	}
	// An empty password would make fillAccount make one.
	if c.Password == "" {
		return Account{}, invalid([]fault.Field{fault.At("/password", "identity.password_short", "")})
	}
	if _, err := d.fillAccount(ctx, &a, c.Password); err != nil {
		return Account{}, err
	}
	err := d.Work.Do(ctx, func(ctx context.Context) error {
		if err := d.nobodyYet(ctx); err != nil {
			return err
		}
		if err := d.Links.UseLink(ctx, link, now); err != nil {
			return err
		}
		if err := d.Accounts.SaveAccount(ctx, a); err != nil {
			return err
		}
		return d.Audit.Record(ctx, a.Actor(contest.ID{}), "account.first_administrator", "account/"+a.ID.String(), nil)
	})
	a.Version = 1
	return a, err
}

// ResetAdministrator lets the owner of the machine in again: the account gets a
// password that is shown once, may sign in, and is an administrator. Only the
// command line may call it. Missing identity.account_missing.
func (d *Desk) ResetAdministrator(ctx context.Context, user string) (string, error) {
	password, err := secret.NewPassword()
	if err != nil {
		return "", err
	}
	hash, err := d.hasher.Make(ctx, password)
	if err != nil {
		return "", err
	}
	err = d.change(ctx, func(ctx context.Context) ([]contest.ID, error) {
		a, err := d.Accounts.FindUser(ctx, userKey(user))
		if err != nil {
			return nil, err
		}
		a.Hash, a.MustChange, a.DisabledAt = hash, true, time.Time{}
		if !a.IsAdministrator() {
			a.Grants = append(a.Grants, contest.Grant{Role: contest.Administrator})
		}
		return d.newSecret(ctx, Operator(), a, "account.administrator_reset", contest.ID{})
	})
	if err != nil {
		return "", err
	}
	return password, nil
}
