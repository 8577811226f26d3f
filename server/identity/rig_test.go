package identity_test

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity"
	"jiangtai/server/identity/identitytest"
)

const goodPassword = "correct horse 42"

var (
	cup, fair       = identitytest.Cup, identitytest.Fair
	welding, tiling = identitytest.Welding, identitytest.Tiling
	cooking         = identitytest.Cooking
)

// desk is a Desk over memory with a clock that moves when told.
type desk struct {
	*identity.Desk
	m       *identitytest.Memory
	at      time.Time
	revoked []contest.ID
	handed  map[contest.ID]int
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{m: identitytest.New(), at: time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return d.at }
	var err error
	d.Desk, err = identity.New(
		identity.Ports{
			Work: d.m, Accounts: d.m, Attempts: d.m, Sessions: d.m, Beats: d.m, Devices: d.m, Links: d.m,
			Audit: identity.NewAudit(d.m, d.m, clock), Chairs: d.m,
		},
		identity.Options{
			Clock: clock, Key: bytes.Repeat([]byte{1}, 32), PublicURL: "https://jt.example",
			OnRevoke: func(id contest.ID) { d.revoked = append(d.revoked, id) },
			Handed:   func(context.Context, contest.ID) (map[contest.ID]int, error) { return d.handed, nil },
		})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *desk) pass(by time.Duration) { d.at = d.at.Add(by) }

func (d *desk) account(t *testing.T, user string, grants ...contest.Grant) identity.Account {
	t.Helper()
	a, _, err := d.CreateAccount(t.Context(), identity.Operator(), identity.NewAccount{User: user, Name: user, Password: goodPassword, Grants: grants, Keep: true})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (d *desk) signIn(t *testing.T, user, password string) identity.Ticket {
	t.Helper()
	ticket, err := d.SignIn(t.Context(), identity.SignIn{User: user, Password: password, IP: "192.0.2.1"})
	if err != nil {
		t.Fatal(err)
	}
	return ticket
}

func (d *desk) pairChair(t *testing.T, chair scoring.ChairID) identity.Paired {
	t.Helper()
	codes, err := d.MakeCodes(t.Context(), identity.Operator(), welding, []scoring.ChairID{chair})
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Pair(t.Context(), identity.Pairing{Code: codes[0].Code, IP: "192.0.2.9"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func want(t *testing.T, err error, code string) {
	t.Helper()
	if got := fault.Code(err); got != code {
		t.Fatalf("got %q (%v), want %q", got, err, code)
	}
}

// wantField asks for a fault that names a place and what is wrong there.
func wantField(t *testing.T, err error, path, code string) {
	t.Helper()
	f := fault.Of(err)
	if f == nil || !slices.ContainsFunc(f.Fields, func(f fault.Field) bool { return f.Path == path && f.Code == code }) {
		t.Fatalf("no %s at %s in %v", code, path, err)
	}
}

var (
	administrator = contest.Grant{Role: contest.Administrator}
	organiser     = contest.Grant{Role: contest.Organiser, Contest: cup}
	chief         = contest.Grant{Role: contest.ChiefJudge, Contest: cup, Event: welding}
	clerk         = contest.Grant{Role: contest.Clerk, Contest: cup, Event: welding}
	spectator     = contest.Grant{Role: contest.Spectator, Contest: cup}
)
