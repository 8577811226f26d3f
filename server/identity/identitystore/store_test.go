package identitystore_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jiangtai/server/contest"
	"jiangtai/server/identity"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

func TestEveryStatementFitsTheTables(t *testing.T) {
	storetest.PrepareConstants(t, storetest.New(t))
}

func TestEveryConstraintHasAMeaning(t *testing.T) {
	db := storetest.New(t)
	missing, stale, err := db.Unmapped(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range missing {
		for _, ours := range []string{"accounts_", "grants_", "sign_in_", "devices_", "sessions_", "pairing_", "setup_", "audit_"} {
			if strings.HasPrefix(name, ours) {
				t.Errorf("%s has no meaning", name)
			}
		}
	}
	if len(stale) > 0 {
		t.Errorf("no such constraints: %v", stale)
	}
}

func TestAnAccountIsReadAsItWasWritten(t *testing.T) {
	r := newRig(t)
	made := r.account(t, "zhang",
		contest.Grant{Role: contest.Clerk, Contest: cup, Event: welding}, contest.Grant{Role: contest.Organiser, Contest: cup})
	for name, find := range map[string]func() (identity.Account, error){
		"by id":   func() (identity.Account, error) { return r.store.FindAccount(t.Context(), made.ID) },
		"by user": func() (identity.Account, error) { return r.store.FindUser(t.Context(), "zhang") },
	} {
		got, err := find()
		if err != nil {
			t.Fatal(name, err)
		}
		sorted := cmpopts.SortSlices(func(a, b contest.Grant) bool { return a.Role < b.Role })
		if diff := cmp.Diff(made, got, sorted); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	_, err := r.store.FindUser(t.Context(), "li\x00\xff")
	wantCode(t, err, "identity.account_missing")
}

func TestAChangeOfAnOldVersionIsRefused(t *testing.T) {
	r := newRig(t)
	a := r.account(t, "zhang")
	save := func(a identity.Account) error {
		return r.db.Do(t.Context(), func(ctx context.Context) error { return r.store.SaveAccount(ctx, a) })
	}
	first, second := a, a
	first.Name = "first"
	if err := save(first); err != nil {
		t.Fatal(err)
	}
	second.Name = "second"
	wantCode(t, save(second), "identity.account_stale")
	b := r.account(t, "li")
	b.User = "zhang"
	wantCode(t, save(b), "identity.user_taken")
}

func TestListAccounts(t *testing.T) {
	r := newRig(t)
	r.account(t, "root1", administrator)
	r.account(t, "b.clerk", contest.Grant{Role: contest.Clerk, Contest: cup, Event: welding})
	r.account(t, "a.host", contest.Grant{Role: contest.HostSecretary, Contest: cup, Event: welding})
	for _, c := range []struct {
		name   string
		filter identity.AccountFilter
		want   []string
		total  int
	}{
		{"all", identity.AccountFilter{Limit: 10}, []string{"a.host", "b.clerk", "root1"}, 3},
		{"a page", identity.AccountFilter{Limit: 1, Offset: 1}, []string{"b.clerk"}, 3},
		{"none wanted", identity.AccountFilter{}, nil, 3},
		{"of a contest", identity.AccountFilter{Contests: []contest.ID{cup}, Limit: 10}, []string{"a.host", "b.clerk"}, 2},
		{"of no contest", identity.AccountFilter{Contests: []contest.ID{}, Limit: 10}, nil, 0},
		{"by part of a name", identity.AccountFilter{Query: "测试ROOT", Limit: 10}, []string{"root1"}, 1},
		{"a sign is no pattern", identity.AccountFilter{Query: "%", Limit: 10}, nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, total, err := r.store.ListAccounts(t.Context(), c.filter)
			if err != nil {
				t.Fatal(err)
			}
			var users []string
			for _, a := range list {
				users = append(users, a.User)
				if len(a.Grants) != 1 {
					t.Errorf("%s has %d grants", a.User, len(a.Grants))
				}
			}
			if total != c.total || cmp.Diff(users, c.want) != "" {
				t.Errorf("got %v of %d, want %v of %d", users, total, c.want, c.total)
			}
		})
	}
}

func TestTheAuditIsKept(t *testing.T) {
	r := newRig(t)
	a := r.account(t, "zhang", administrator)
	for _, statement := range []string{
		"UPDATE audit SET what = 'nothing'", "DELETE FROM audit", "TRUNCATE audit",
		"UPDATE audit SET at = at WHERE audit_id = 1", "DELETE FROM audit WHERE audit_id = 1",
	} {
		err := r.db.Do(t.Context(), func(ctx context.Context) error {
			_, err := r.db.Querier(ctx).ExecContext(ctx, statement)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "the audit is kept") {
			t.Errorf("%s: %v", statement, err)
		}
	}
	list, err := r.store.ListAudit(t.Context(), 1<<62, 10)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d entries, %v", len(list), err)
	}
	want := identity.AuditEntry{
		Number: list[0].Number, At: r.now(), Actor: identity.Operator().Account, What: "account.created",
		Object: "account/" + a.ID.String(), Detail: map[string]string{"grants": "administrator"},
	}
	if diff := cmp.Diff(want, list[0]); diff != "" {
		t.Error(diff)
	}
}

func TestAnActAndItsAuditFallTogether(t *testing.T) {
	r := newRig(t)
	failure := errors.New("later in the same transaction")
	err := r.db.Do(t.Context(), func(ctx context.Context) error {
		if err := r.Audit.Record(ctx, identity.Operator(), "event.opened", "event/x", nil); err != nil {
			return err
		}
		return failure
	})
	if !errors.Is(err, failure) {
		t.Fatal(err)
	}
	if list, err := r.store.ListAudit(t.Context(), 1<<62, 10); err != nil || len(list) != 0 {
		t.Errorf("%v %v", list, err)
	}
	if err := r.Audit.Record(t.Context(), identity.Operator(), "event.tried", "event/x", nil); err != nil {
		t.Error(err)
	}
	if list, err := r.store.ListAudit(t.Context(), 1<<62, 10); err != nil || len(list) != 1 {
		t.Errorf("without a transaction of the caller: %v %v", list, err)
	}
}

func TestPruneForgetsWhatIsLongOver(t *testing.T) {
	r := newRig(t)
	r.account(t, "zhang")
	old := r.signIn(t, "zhang")
	code := r.code(t, 1)
	if _, err := r.SignIn(t.Context(), identity.SignIn{User: "nobody", Password: "x"}); err == nil {
		t.Fatal("signed in as nobody")
	}
	beat := func() {
		t.Helper()
		if err := r.Beat(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	r.pass(13 * time.Hour)
	beat()
	_, err := r.Identify(t.Context(), old.Token, "")
	wantCode(t, err, "identity.expired")
	r.pass(31 * 24 * time.Hour)
	beat()
	_, err = r.Identify(t.Context(), old.Token, "")
	wantCode(t, err, "identity.sign_in")
	_, err = r.Pair(t.Context(), identity.Pairing{Code: code})
	wantCode(t, err, "identity.code_wrong")
	for _, table := range []string{"sessions", "sign_in_attempts", "pairing_codes"} {
		var n int
		if err := r.db.Querier(t.Context()).GetContext(t.Context(), &n, "SELECT count(*) FROM "+table); err != nil || n != 0 {
			t.Errorf("%s has %d rows (%v)", table, n, err)
		}
	}
}

var _ identity.Work = (*store.DB)(nil)
