package identity_test

import (
	"slices"
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/identity"
)

func TestWhoMayGrantWhat(t *testing.T) {
	d := newDesk(t)
	elsewhere := contest.Grant{Role: contest.Clerk, Contest: fair, Event: cooking}
	actors := map[string]contest.Actor{
		"administrator": d.account(t, "root", administrator).Actor(contest.ID{}),
		"organiser":     d.account(t, "office", organiser).Actor(contest.ID{}),
		"chief":         d.account(t, "chief", chief).Actor(contest.ID{}),
		"tablet":        identity.ActorOf(d.pairChair(t, 1).Holder),
		"public":        {},
	}
	for _, c := range []struct {
		actor string
		grant contest.Grant
		want  string
	}{
		{"administrator", administrator, ""},
		{"administrator", organiser, ""},
		{"administrator", elsewhere, ""},
		{"administrator", contest.Grant{Role: contest.Judge, Contest: cup, Event: welding}, "identity.invalid"},
		{"administrator", contest.Grant{Role: "king"}, "identity.invalid"},
		{"administrator", contest.Grant{Role: contest.Administrator, Contest: cup}, "identity.invalid"},
		{"administrator", contest.Grant{Role: contest.Organiser}, "identity.invalid"},
		{"administrator", contest.Grant{Role: contest.ChiefJudge, Contest: cup}, "identity.invalid"},
		{"administrator", contest.Grant{Role: contest.ChiefJudge, Contest: fair, Event: welding}, "identity.invalid"},
		{"administrator", contest.Grant{Role: contest.Spectator, Contest: contest.ID{99}}, "identity.invalid"},
		{"organiser", chief, ""},
		{"organiser", clerk, ""},
		{"organiser", spectator, ""},
		{"organiser", contest.Grant{Role: contest.Supervisor, Contest: cup}, ""},
		{"organiser", contest.Grant{Role: contest.HostSecretary, Contest: cup, Event: tiling}, ""},
		{"organiser", organiser, "identity.grant_above"},
		{"organiser", administrator, "identity.grant_above"},
		{"organiser", elsewhere, "identity.grant_above"},
		{"organiser", contest.Grant{Role: contest.Clerk, Contest: cup, Event: cooking}, "identity.invalid"},
		{"chief", clerk, "identity.forbidden"},
		{"tablet", clerk, "identity.forbidden"},
		{"public", clerk, "identity.sign_in"},
	} {
		t.Run(c.actor+" "+identity.Spell([]contest.Grant{c.grant}), func(t *testing.T) {
			before := len(d.m.Accounts)
			a, password, err := d.CreateAccount(t.Context(), actors[c.actor], identity.NewAccount{User: "fresh", Name: "新人", Grants: []contest.Grant{c.grant}})
			want(t, err, c.want)
			if c.want != "" {
				if len(d.m.Accounts) != before {
					t.Error("an account was made nevertheless")
				}
				return
			}
			defer delete(d.m.Accounts, a.ID)
			if !a.MustChange || password == "" {
				t.Error("a password that somebody else knows may stand")
			}
		})
	}
}

func TestAnOrganiserManagesOnlyWhatIsBelow(t *testing.T) {
	d := newDesk(t)
	office := d.account(t, "office", organiser).Actor(contest.ID{})
	yes, name := true, "别名"
	for _, c := range []struct {
		user   string
		grants []contest.Grant
		want   string
	}{
		{"below", []contest.Grant{clerk, chief}, ""},
		{"equal", []contest.Grant{organiser}, "identity.forbidden"},
		{"both", []contest.Grant{clerk, administrator}, "identity.forbidden"},
		{"elsewhere.too", []contest.Grant{clerk, {Role: contest.Clerk, Contest: fair, Event: cooking}}, "identity.forbidden"},
		{"elsewhere", []contest.Grant{{Role: contest.Clerk, Contest: fair, Event: cooking}}, "identity.account_missing"},
		{"root", []contest.Grant{administrator}, "identity.account_missing"},
		{"nothing", nil, "identity.account_missing"},
	} {
		t.Run(c.user, func(t *testing.T) {
			a := d.account(t, c.user, c.grants...)
			_, err := d.ResetPassword(t.Context(), office, a.ID)
			want(t, err, c.want)
			_, err = d.ChangeAccount(t.Context(), office, a.ID, identity.AccountChange{Name: &name})
			want(t, err, c.want)
			_, err = d.ChangeAccount(t.Context(), office, a.ID, identity.AccountChange{Disabled: &yes})
			want(t, err, c.want)
			if stored := d.m.Accounts[a.ID]; c.want != "" && (stored.Version != 1 || stored.Hash != a.Hash) {
				t.Error("the account was changed")
			}
		})
	}
	list, total, err := d.ListAccounts(t.Context(), office, identity.AccountFilter{Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	var users []string
	for _, a := range list {
		users = append(users, a.User)
		for _, g := range a.Grants {
			if g.Contest != cup {
				t.Errorf("%s shows a grant elsewhere", a.User)
			}
		}
	}
	if want := []string{"below", "both", "elsewhere.too", "equal", "office"}; !slices.Equal(users, want) || total != len(want) {
		t.Errorf("%v of %d", users, total)
	}
	if list, total, err := d.ListAccounts(t.Context(), office, identity.AccountFilter{Contests: []contest.ID{fair}, Limit: 50}); err != nil || total != 0 {
		t.Errorf("another contest's accounts: %v of %d, %v", list, total, err)
	}
	_, _, err = d.CreateAccount(t.Context(), office, identity.NewAccount{User: "fresh", Name: "新人"})
	wantField(t, err, "/grants", "identity.grants_empty")
}

// An organiser changes the grants of the own contest and leaves the others.
func TestGrantsAreChangedWithinTheActorsReach(t *testing.T) {
	d := newDesk(t)
	office := d.account(t, "office", organiser).Actor(contest.ID{})
	far := contest.Grant{Role: contest.Clerk, Contest: fair, Event: cooking}
	a := d.account(t, "zhang", clerk, far, administrator)
	wanted := []contest.Grant{chief}
	seen, err := d.ChangeAccount(t.Context(), office, a.ID, identity.AccountChange{Grants: &wanted})
	if err != nil {
		t.Fatal(err)
	}
	if got := identity.Spell(d.m.Accounts[a.ID].Grants); got != identity.Spell([]contest.Grant{far, administrator, chief}) {
		t.Errorf("stored %s", got)
	}
	if !slices.Equal(seen.Grants, wanted) {
		t.Errorf("shown %v", seen.Grants)
	}
	wanted = []contest.Grant{chief, chief}
	_, err = d.ChangeAccount(t.Context(), office, a.ID, identity.AccountChange{Grants: &wanted})
	wantField(t, err, "/grants/1", "identity.grant_twice")
}

func TestWhatIsTakenAwayEndsSessions(t *testing.T) {
	yes := true
	less, more := []contest.Grant{clerk}, []contest.Grant{clerk, chief, spectator}
	for name, c := range map[string]struct {
		change identity.AccountChange
		ended  bool
	}{
		"disabled":         {identity.AccountChange{Disabled: &yes}, true},
		"a grant fewer":    {identity.AccountChange{Grants: &less}, true},
		"a grant more":     {identity.AccountChange{Grants: &more}, false},
		"nothing at all":   {identity.AccountChange{}, false},
		"no grants at all": {identity.AccountChange{Grants: &[]contest.Grant{}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			a := d.account(t, "zhang", clerk, chief)
			ticket := d.signIn(t, "zhang", goodPassword)
			if _, err := d.Identify(t.Context(), ticket.Token, ""); err != nil {
				t.Fatal(err)
			}
			if _, err := d.ChangeAccount(t.Context(), identity.Operator(), a.ID, c.change); err != nil {
				t.Fatal(err)
			}
			actor, err := d.Identify(t.Context(), ticket.Token, "") // at once: the clock stands
			if c.ended {
				want(t, err, "identity.ended")
			} else if want(t, err, ""); name == "a grant more" && !actor.Has(cup, contest.ID{}, contest.Spectator) {
				t.Error("the new grant is not there yet")
			}
			if slices.Contains(d.revoked, ticket.Session.ID) != c.ended {
				t.Errorf("sockets told: %v", d.revoked)
			}
		})
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	d := newDesk(t)
	a := d.account(t, "root", administrator, clerk)
	yes, none := true, []contest.Grant{}
	for _, change := range []identity.AccountChange{{Disabled: &yes}, {Grants: &none}} {
		_, err := d.ChangeAccount(t.Context(), a.Actor(contest.ID{}), a.ID, change)
		want(t, err, "identity.last_administrator")
	}
	second := d.account(t, "root2", administrator)
	if _, err := d.ChangeAccount(t.Context(), a.Actor(contest.ID{}), second.ID, identity.AccountChange{Disabled: &yes}); err != nil {
		t.Fatal(err)
	}
	_, err := d.ChangeAccount(t.Context(), a.Actor(contest.ID{}), a.ID, identity.AccountChange{Grants: &none})
	want(t, err, "identity.last_administrator")
}

func TestAResetPasswordMustBeChanged(t *testing.T) {
	d := newDesk(t)
	a := d.account(t, "zhang", administrator)
	old := d.signIn(t, "zhang", goodPassword)
	for range identity.MaxAttempts {
		_, err := d.SignIn(t.Context(), identity.SignIn{User: "zhang", Password: "wrong"})
		want(t, err, "identity.wrong")
	}
	password, err := d.ResetPassword(t.Context(), identity.Operator(), a.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Identify(t.Context(), old.Token, "")
	want(t, err, "identity.ended")
	ticket := d.signIn(t, "zhang", password) // the lock is lifted too
	actor, err := d.Identify(t.Context(), ticket.Token, "")
	want(t, err, "identity.must_change")
	_, err = d.Second(t.Context(), "zhang", password)
	want(t, err, "identity.must_change")

	change := func(old, fresh string) error { return d.ChangePassword(t.Context(), actor, old, fresh) }
	wantField(t, change("wrong", "another horse 43"), "/old", "identity.password_wrong")
	wantField(t, change(password, password), "/new", "identity.password_same")
	wantField(t, change(password, "short"), "/new", "identity.password_short")
	elsewhere := d.signIn(t, "zhang", password)
	if err := change(password, "another horse 43"); err != nil {
		t.Fatal(err)
	}
	_, err = d.Identify(t.Context(), ticket.Token, "")
	want(t, err, "")
	_, err = d.Identify(t.Context(), elsewhere.Token, "")
	want(t, err, "identity.ended")
	d.signIn(t, "zhang", "another horse 43")
}

func TestTheOwnerOfTheMachineComesBackIn(t *testing.T) {
	d := newDesk(t)
	a := d.account(t, "zhang", clerk)
	yes := true
	if _, err := d.ChangeAccount(t.Context(), identity.Operator(), a.ID, identity.AccountChange{Disabled: &yes}); err != nil {
		t.Fatal(err)
	}
	password, err := d.ResetAdministrator(t.Context(), "Zhang")
	if err != nil {
		t.Fatal(err)
	}
	if ticket := d.signIn(t, "zhang", password); !ticket.Account.IsAdministrator() || !ticket.Account.MustChange {
		t.Errorf("%+v", ticket.Account)
	}
	_, err = d.ResetAdministrator(t.Context(), "nobody")
	want(t, err, "identity.account_missing")
}

func TestSetUp(t *testing.T) {
	d := newDesk(t)
	link, err := d.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	try := func(link, user, password string) error {
		_, err := d.SetUp(t.Context(), identity.FirstAdministrator{Link: link, User: user, Name: "管理员", Password: password}, "192.0.2.1")
		return err
	}
	want(t, try("!"+link[1:], "root", goodPassword), "identity.link_wrong")
	want(t, try("", "root", goodPassword), "identity.link_wrong")
	wantField(t, try(link, "root", ""), "/password", "identity.password_short")
	wantField(t, try(link, "根", goodPassword), "/user", "identity.user_form")
	d.pass(identity.LinkLife)
	want(t, try(link, "root", goodPassword), "identity.link_wrong")
	if link, err = d.SetupLink(t.Context()); err != nil {
		t.Fatal(err)
	}
	want(t, try(link, "root", goodPassword), "")
	want(t, try(link, "root2", goodPassword), "identity.link_done")
	if ticket := d.signIn(t, "root", goodPassword); !ticket.Account.IsAdministrator() || ticket.Account.MustChange {
		t.Errorf("%+v", ticket.Account)
	}
}

func TestNamesAreWhatTheySeem(t *testing.T) {
	for name, ok := range map[string]bool{
		"张三": true, "Ann O’Neil": true, "欧阳·买买提": true, "𬱖": true,
		"": false, " 张": false, "张\n三": false, "张\u202e三": false, "张\u0000": false, "\xff": false, "a\u200bb": false,
	} {
		if got := len(identity.CheckName(name)) == 0; got != ok {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func TestOnlyAdministratorsReadTheAudit(t *testing.T) {
	d := newDesk(t)
	root := d.account(t, "root", administrator)
	_, err := d.Audit.List(t.Context(), root.Actor(contest.ID{}), 0)
	want(t, err, "")
	for _, g := range []contest.Grant{organiser, chief, clerk, spectator} {
		_, err := d.Audit.List(t.Context(), contest.Actor{Account: contest.ID{9}, Grants: []contest.Grant{g}}, 0)
		want(t, err, "identity.forbidden")
	}
	_, err = d.Audit.List(t.Context(), contest.Actor{}, 0)
	want(t, err, "identity.sign_in")
	if fault.Of(err).Kind != fault.Unauthenticated {
		t.Error(err)
	}
}
