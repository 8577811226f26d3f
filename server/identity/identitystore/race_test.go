package identitystore_test

import (
	"sync/atomic"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/identity"
)

func TestACodeUsedSixtyFourTimesAtOncePairsOnce(t *testing.T) {
	r := newRig(t)
	code := r.code(t, 1)
	counts := atOnce(64, func(int) error {
		_, err := r.Pair(t.Context(), identity.Pairing{Code: code, IP: "192.0.2.7"})
		return err
	})
	if counts[""] != 1 || counts["identity.code_used"] != 63 {
		t.Errorf("%v", counts)
	}
	list, err := r.ListDevices(t.Context(), identity.Operator(), welding)
	if err != nil || len(list) != 1 {
		t.Errorf("%d devices, %v", len(list), err)
	}
}

func TestGuessesAtOnceAreCountedBeforeTheyAreTried(t *testing.T) {
	r := newRig(t)
	r.account(t, "zhang")
	counts := atOnce(40, func(int) error {
		_, err := r.Second(t.Context(), "zhang", "a wrong guess")
		return err
	})
	if counts["identity.wrong"] != identity.MaxAttempts || counts["identity.locked"] != 40-identity.MaxAttempts {
		t.Errorf("%v", counts)
	}
	_, err := r.Second(t.Context(), "zhang", secret)
	wantCode(t, err, "identity.locked")
	r.pass(identity.LockWindow + time.Second)
	if _, err := r.Second(t.Context(), "ZHANG ", secret); err != nil {
		t.Error(err)
	}
}

// Two administrators who disable each other at the same moment must not both
// succeed: nobody could administer any more.
func TestTheLastAdministratorStaysInARace(t *testing.T) {
	yes, none := true, []contest.Grant{}
	for name, change := range map[string]identity.AccountChange{
		"disabled": {Disabled: &yes}, "without the role": {Grants: &none},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			for round := range 8 {
				var pair [2]identity.Account
				for i := range pair {
					pair[i] = r.account(t, "admin"+string(rune('a'+2*round+i)), administrator)
				}
				if round > 0 {
					retire(t, r, pair)
				}
				counts := atOnce(2, func(i int) error {
					_, err := r.ChangeAccount(t.Context(), pair[i].Actor(contest.ID{}), pair[1-i].ID, change)
					return err
				})
				if counts[""] != 1 || counts["identity.last_administrator"] != 1 {
					t.Fatalf("round %d: %v", round, counts)
				}
			}
		})
	}
}

// retire leaves only the pair as administrators.
func retire(t *testing.T, r *rig, pair [2]identity.Account) {
	t.Helper()
	yes := true
	list, _, err := r.store.ListAccounts(t.Context(), identity.AccountFilter{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		if a.ID != pair[0].ID && a.ID != pair[1].ID && a.IsAdministrator() && !a.Disabled() {
			if _, err := r.ChangeAccount(t.Context(), identity.Operator(), a.ID, identity.AccountChange{Disabled: &yes}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestTheSetupLinkMakesOneAdministrator(t *testing.T) {
	r := newRig(t)
	first, err := r.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	link, err := r.SetupLink(t.Context())
	if err != nil || link == "" || link == first {
		t.Fatal(link, err)
	}
	_, err = r.SetUp(t.Context(), identity.FirstAdministrator{Link: first, User: "zhang", Name: "张", Password: secret}, "")
	wantCode(t, err, "identity.link_wrong")
	counts := atOnce(16, func(i int) error {
		_, err := r.SetUp(t.Context(), identity.FirstAdministrator{
			Link: link, User: "admin" + string(rune('a'+i)), Name: "管理员", Password: secret,
		}, "")
		return err
	})
	if counts[""] != 1 || counts["identity.link_done"] != 15 {
		t.Errorf("%v", counts)
	}
	if link, err := r.SetupLink(t.Context()); err != nil || link != "" {
		t.Errorf("a link for a program that has an administrator: %q %v", link, err)
	}
}

// Two sheets printed at once for the same chairs: one of the two counts.
func TestOfCodesMadeAtOnceOneSheetCounts(t *testing.T) {
	r := newRig(t)
	var sheets [8][]identity.PrintedCode
	atOnce(len(sheets), func(i int) error {
		var err error
		sheets[i], err = r.MakeCodes(t.Context(), identity.Operator(), welding, nil)
		return err
	})
	var good int
	for _, sheet := range sheets {
		for _, c := range sheet {
			if _, err := r.Pair(t.Context(), identity.Pairing{Code: c.Code}); err == nil {
				good++
			}
		}
	}
	if good != 100 {
		t.Errorf("%d codes pair for 100 chairs", good)
	}
}

// A sign-in whose password was checked before the account was disabled must not
// leave a session after it.
func TestNoSessionOutlivesDisabling(t *testing.T) {
	r := newRig(t)
	a := r.account(t, "zhang", contest.Grant{Role: contest.Spectator, Contest: cup})
	yes, no := true, false
	r.signIn(t, "zhang")
	for range 8 {
		var ticket atomic.Pointer[identity.Ticket]
		atOnce(2, func(i int) error {
			if i == 0 {
				got, err := r.SignIn(t.Context(), identity.SignIn{User: "zhang", Password: secret})
				if err == nil {
					ticket.Store(&got)
				}
				return err
			}
			_, err := r.ChangeAccount(t.Context(), identity.Operator(), a.ID, identity.AccountChange{Disabled: &yes})
			return err
		})
		standing, err := r.store.ListSessions(t.Context(), a.ID)
		if err != nil || len(standing) != 0 {
			t.Fatalf("%d sessions stand, %v", len(standing), err)
		}
		if got := ticket.Load(); got != nil {
			_, err := r.Identify(t.Context(), got.Token, "")
			wantCode(t, err, "identity.ended")
		}
		if _, err := r.ChangeAccount(t.Context(), identity.Operator(), a.ID, identity.AccountChange{Disabled: &no}); err != nil {
			t.Fatal(err)
		}
	}
}

// What another process ends, this one refuses within a second and tells on the
// next beat.
func TestAnotherProcessEndsASession(t *testing.T) {
	here := newRig(t)
	there := newRigOn(t, here.db)
	here.account(t, "root1", administrator)
	here.account(t, "root2", administrator)
	ticket := here.signIn(t, "root1")
	if _, err := here.Identify(t.Context(), ticket.Token, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := there.ResetAdministrator(t.Context(), "root1"); err != nil {
		t.Fatal(err)
	}
	here.pass(time.Second)
	_, err := here.Identify(t.Context(), ticket.Token, "")
	wantCode(t, err, "identity.ended")
	if err := here.Beat(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !here.wasRevoked(ticket.Session.ID) {
		t.Error("its socket was not told")
	}
}
