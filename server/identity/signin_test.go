package identity_test

import (
	"strings"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity"
)

func TestSignInGivesASessionOfItsOwn(t *testing.T) {
	d := newDesk(t)
	a := d.account(t, "zhang", chief)
	one, two := d.signIn(t, "zhang", goodPassword), d.signIn(t, " Zhang", goodPassword)
	if one.Token == two.Token || one.Session.ID == two.Session.ID {
		t.Error("two sign-ins share a session")
	}
	actor, err := d.Identify(t.Context(), one.Token, "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	if actor.Account != a.ID || actor.Session != one.Session.ID || !actor.Has(cup, welding, contest.ChiefJudge) {
		t.Errorf("%+v", actor)
	}
	for token := range d.m.Sessions {
		if strings.Contains(one.Token, string(token[:])) {
			t.Error("the token itself is stored")
		}
	}
}

// W1: five wrong ones are answered, the sixth and the right one are locked out.
func TestFiveWrongPasswordsLock(t *testing.T) {
	for _, user := range []string{"zhang", "nobody"} {
		d := newDesk(t)
		d.account(t, "zhang")
		try := func(password string) error {
			_, err := d.SignIn(t.Context(), identity.SignIn{User: user, Password: password, IP: "192.0.2.1"})
			return err
		}
		for range identity.MaxAttempts {
			want(t, try("wrong"), "identity.wrong")
		}
		for _, password := range []string{"wrong", goodPassword} {
			err := try(password)
			want(t, err, "identity.locked")
			if after := fault.Of(err).RetryAfter; after < 890 || after > 901 {
				t.Errorf("%s: retry after %d s", user, after)
			}
		}
		d.pass(identity.LockWindow + time.Second)
		if user == "zhang" {
			d.signIn(t, user, goodPassword)
		}
	}
}

func TestARightPasswordForgetsTheWrongOnes(t *testing.T) {
	d := newDesk(t)
	d.account(t, "zhang")
	for range 4 {
		for range identity.MaxAttempts - 1 {
			_, err := d.SignIn(t.Context(), identity.SignIn{User: "zhang", Password: "wrong"})
			want(t, err, "identity.wrong")
		}
		d.signIn(t, "zhang", goodPassword)
	}
}

// W2: who asks cannot tell whether there is such a user.
func TestAnUnknownUserCostsTheSame(t *testing.T) {
	d := newDesk(t)
	d.account(t, "zhang")
	disabled := d.account(t, "gone")
	yes := true
	if _, err := d.ChangeAccount(t.Context(), identity.Operator(), disabled.ID, identity.AccountChange{Disabled: &yes}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []identity.SignIn{
		{User: "zhang", Password: "wrong"},
		{User: "nobody", Password: goodPassword},
		{User: "gone", Password: goodPassword},
		{User: "", Password: ""},
		{User: "zhang", Password: strings.Repeat("x", 100_000)},
		{User: strings.Repeat("y", 100_000), Password: "wrong"},
	} {
		before, entries := d.Hashed(), len(d.m.Audit)
		_, err := d.SignIn(t.Context(), c)
		want(t, err, "identity.wrong")
		if f := fault.Of(err); f.Kind != fault.Unauthenticated || len(f.Fields) != 0 {
			t.Errorf("%.20s: %v", c.User, f)
		}
		if n := d.Hashed() - before; n != 1 {
			t.Errorf("%.20s: %d hashes computed", c.User, n)
		}
		if n := len(d.m.Audit) - entries; n != 1 {
			t.Errorf("%.20s: %d entries in the audit", c.User, n)
		}
	}
	for _, e := range d.m.Audit {
		if strings.Contains(e.Object, "nobody") {
			t.Error("what was typed as a user stands in the audit")
		}
	}
}

func TestSecondHasTheSameLock(t *testing.T) {
	d := newDesk(t)
	a := d.account(t, "zhang", chief)
	actor, err := d.Second(t.Context(), "zhang", goodPassword)
	if err != nil || actor.Account != a.ID || !actor.Session.IsZero() || !actor.Has(cup, welding, contest.ChiefJudge) {
		t.Fatalf("%+v %v", actor, err)
	}
	for i := range identity.MaxAttempts {
		if i%2 == 0 {
			_, err = d.Second(t.Context(), "zhang", "wrong")
		} else {
			_, err = d.SignIn(t.Context(), identity.SignIn{User: "zhang", Password: "wrong"})
		}
		want(t, err, "identity.wrong")
	}
	_, err = d.Second(t.Context(), "zhang", goodPassword)
	want(t, err, "identity.locked")
}

func TestAnAddressIsSlowedButNotForTheRight(t *testing.T) {
	d := newDesk(t)
	d.account(t, "zhang")
	guess := func(i int, ip string) error {
		_, err := d.SignIn(t.Context(), identity.SignIn{User: "u" + strings.Repeat("x", i), Password: "wrong", IP: ip})
		return err
	}
	for range 200 { // right ones cost nothing
		leave, err := d.EnterSignIn("192.0.2.1", d.at)
		if err != nil {
			t.Fatal(err)
		}
		leave(false)
	}
	for i := range identity.SignInBurst {
		want(t, guess(i, "192.0.2.1"), "identity.wrong")
	}
	want(t, guess(99, "192.0.2.1"), "identity.too_many")
	want(t, guess(99, "192.0.2.2"), "identity.wrong")
	d.pass(identity.SignInEvery)
	d.signIn(t, "zhang", goodPassword)
}

func TestSessionsEndByThemselves(t *testing.T) {
	d := newDesk(t)
	d.account(t, "zhang")
	ask := func(token string) error {
		_, err := d.Identify(t.Context(), token, "")
		return err
	}
	idle := d.signIn(t, "zhang", goodPassword)
	d.pass(identity.StaffIdle - time.Second)
	want(t, ask(idle.Token), "")
	d.pass(identity.StaffIdle - time.Second) // seen half an hour ago, in memory only
	want(t, ask(idle.Token), "")
	d.pass(identity.StaffIdle)
	want(t, ask(idle.Token), "identity.expired")

	busy := d.signIn(t, "zhang", goodPassword)
	for range 24 {
		d.pass(29 * time.Minute)
		want(t, ask(busy.Token), "")
	}
	d.pass(25 * time.Minute)
	want(t, ask(busy.Token), "identity.expired")

	tablet := d.pairChair(t, 1)
	d.pass(identity.TabletIdle - time.Minute)
	want(t, ask(tablet.Token), "")
	d.pass(identity.TabletLife - identity.TabletIdle + time.Minute)
	want(t, ask(tablet.Token), "identity.expired")
}

func TestIdentifyReadsASessionAtMostOnceASecond(t *testing.T) {
	d := newDesk(t)
	d.account(t, "zhang")
	ticket := d.signIn(t, "zhang", goodPassword)
	for range 50 {
		if _, err := d.Identify(t.Context(), ticket.Token, ""); err != nil {
			t.Fatal(err)
		}
		d.pass(20 * time.Millisecond)
	}
	if d.m.Reads != 2 {
		t.Errorf("%d reads in a second", d.m.Reads)
	}
}

func TestWhatIsNoTokenIsNotLookedFor(t *testing.T) {
	d := newDesk(t)
	for _, token := range []string{"x", strings.Repeat("A", 42), strings.Repeat("A", 44), "' OR 1=1 --"} {
		_, err := d.Identify(t.Context(), token, "")
		want(t, err, "identity.sign_in")
	}
	if d.m.Reads != 0 {
		t.Errorf("%d reads", d.m.Reads)
	}
	if actor, err := d.Identify(t.Context(), "", ""); err != nil || !actor.IsPublic() {
		t.Errorf("%+v %v", actor, err)
	}
	_, err := d.Identify(t.Context(), strings.Repeat("A", 43), "")
	want(t, err, "identity.sign_in")
}

func TestOwnSessions(t *testing.T) {
	d := newDesk(t)
	d.account(t, "zhang")
	d.account(t, "li")
	one, two, other := d.signIn(t, "zhang", goodPassword), d.signIn(t, "zhang", goodPassword), d.signIn(t, "li", goodPassword)
	zhang := identity.ActorOf(one.Holder)
	list, err := d.ListSessions(t.Context(), zhang)
	if err != nil || len(list) != 2 {
		t.Fatalf("%d sessions, %v", len(list), err)
	}
	want(t, d.RevokeSession(t.Context(), zhang, other.Session.ID), "identity.session_missing")
	want(t, d.RevokeSession(t.Context(), zhang, contest.ID{}), "identity.session_missing")
	if err := d.RevokeSession(t.Context(), zhang, two.Session.ID); err != nil {
		t.Fatal(err)
	}
	_, err = d.Identify(t.Context(), two.Token, "")
	want(t, err, "identity.ended")
	for range 2 { // twice is no fault
		if err := d.SignOut(t.Context(), zhang); err != nil {
			t.Fatal(err)
		}
	}
	_, err = d.Identify(t.Context(), one.Token, "")
	want(t, err, "identity.ended")
	if len(d.revoked) != 2 {
		t.Errorf("%d sockets were told", len(d.revoked))
	}
	_, err = d.ListSessions(t.Context(), contest.Actor{})
	want(t, err, "identity.sign_in")
}

func TestBeatWritesWhatWasSeen(t *testing.T) {
	d := newDesk(t)
	tablet := d.pairChair(t, 1)
	actor, err := d.Identify(t.Context(), tablet.Token, "192.0.2.9")
	if err != nil {
		t.Fatal(err)
	}
	want(t, d.Report(t.Context(), actor, -1, ""), "identity.invalid")
	if err := d.Report(t.Context(), actor, 17, "192.0.2.9"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Identify(t.Context(), tablet.Token, "192.0.2.9"); err != nil {
		t.Fatal(err)
	}
	d.m.Fail = fault.New(fault.Unavailable, "store.unavailable")
	want(t, d.Beat(t.Context()), "store.unavailable")
	d.m.Fail = nil
	d.pass(identity.TouchEvery)
	if err := d.Beat(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(d.m.Touched) != 1 || d.m.Touched[0].Pending != 17 || d.m.Touched[0].Session != actor.Session {
		t.Errorf("%+v", d.m.Touched)
	}
}
