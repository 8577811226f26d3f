package identityweb_test

import (
	"sync"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/identity"
	"jiangtai/server/identity/identitytest"
)

// One request per route and role: who may what. An answer that says "not
// there" is what a stranger to the contest gets.
func TestWhoMayWhat(t *testing.T) {
	welding, cup := identitytest.Welding.String(), identitytest.Cup.String()
	r := newRig(t, "")
	target := r.account(t, "target", clerk).ID.String()
	boss := r.account(t, "boss", administrator, clerk).ID.String()
	who := map[string]string{
		"public": "", "root": r.signIn(t, "root", administrator), "organiser": r.signIn(t, "organiser", organiser),
		"chief": r.signIn(t, "chief", chief), "clerk": r.signIn(t, "clerk", clerk), "spectator": r.signIn(t, "spectator", spectator),
		"stranger": r.signIn(t, "stranger", contest.Grant{Role: contest.Organiser, Contest: identitytest.Fair}),
		"tablet":   r.pair(t, "1"),
	}
	for _, c := range []struct {
		method, path, body string
		want               map[string]string // role → code; "" is success; missing roles get other
		other              string
	}{
		{"GET", "/accounts", "", map[string]string{"root": "", "organiser": "", "stranger": "", "public": "identity.sign_in"}, "identity.forbidden"},
		{"POST", "/accounts", `{"user":"x","name":"x","grants":[]}`, map[string]string{"root": "identity.invalid", "organiser": "identity.invalid", "stranger": "identity.invalid", "public": "identity.sign_in"}, "identity.forbidden"},
		{"POST", "/accounts", `{"user":"fresh","name":"x","grants":[{"role":"administrator"}]}`, map[string]string{"root": "", "organiser": "identity.grant_above", "stranger": "identity.grant_above", "public": "identity.sign_in"}, "identity.forbidden"},
		{"POST", "/accounts", `{"user":"y.fresh","name":"x","grants":[{"role":"organiser","contest":"` + cup + `"}]}`, map[string]string{"root": "", "organiser": "identity.grant_above", "stranger": "identity.grant_above", "public": "identity.sign_in"}, "identity.forbidden"},
		{"PATCH", "/accounts/" + target, `{"name":"别名"}`, map[string]string{"root": "", "organiser": "", "stranger": "identity.account_missing", "public": "identity.sign_in"}, "identity.forbidden"},
		{"PATCH", "/accounts/" + boss, `{"name":"别名"}`, map[string]string{"root": "", "organiser": "identity.forbidden", "stranger": "identity.account_missing", "public": "identity.sign_in"}, "identity.forbidden"},
		{"POST", "/accounts/" + boss + "/password-reset", "", map[string]string{"root": "", "organiser": "identity.forbidden", "stranger": "identity.account_missing", "public": "identity.sign_in"}, "identity.forbidden"},
		{"POST", "/accounts/" + target + "/password-reset", "", map[string]string{"root": "", "organiser": "", "stranger": "identity.account_missing", "public": "identity.sign_in"}, "identity.forbidden"},
		{"GET", "/audit", "", map[string]string{"root": "", "public": "identity.sign_in"}, "identity.forbidden"},
		{"GET", "/sessions", "", map[string]string{"public": "identity.sign_in", "tablet": "identity.forbidden"}, ""},
		{"GET", "/sessions/current", "", map[string]string{"public": "identity.sign_in"}, ""},
		{"GET", "/events/" + welding + "/devices", "", map[string]string{"root": "", "organiser": "", "chief": "", "clerk": "", "public": "identity.sign_in", "tablet": "identity.forbidden"}, "identity.event_missing"},
		{"POST", "/events/" + welding + "/pairing-codes", `{"chairs":[2]}`, map[string]string{"root": "", "organiser": "", "chief": "", "public": "identity.sign_in", "tablet": "identity.forbidden"}, "identity.event_missing"},
		{"PUT", "/devices/current", `{"pending":3}`, map[string]string{"tablet": "", "public": "identity.sign_in"}, "identity.forbidden"},
		{"PUT", "/accounts/current/password", `{"old":"a","new":"b"}`, map[string]string{"public": "identity.sign_in", "tablet": "identity.forbidden"}, "identity.invalid"},
		{"DELETE", "/devices/" + welding, "", map[string]string{"public": "identity.sign_in", "tablet": "identity.forbidden"}, "identity.device_missing"},
	} {
		for role, bearer := range who {
			want, ok := c.want[role]
			if !ok {
				want = c.other
			}
			a := r.ask(t, c.method, c.path, c.body, "Authorization", bearer)
			if a.code != want || (a.status < 300) != (want == "") {
				t.Errorf("%s: %s %s %s: %d %s, want %q", role, c.method, c.path, c.body, a.status, a.body, want)
			}
		}
	}
}

func TestPairingATablet(t *testing.T) {
	r := newRig(t, "https://"+host)
	code := r.code(t, "1")
	a := r.ask(t, "POST", "/pairings", `{"code":"`+code+`","device_name":"A 厅 3 号"}`)
	a.want(t, 201, "")
	event, _ := a.json["event"].(map[string]any)
	chair, _ := a.json["chair"].(map[string]any)
	if event["id"] != identitytest.Welding.String() || chair["number"] != 1.0 || chair["judge"] != "王评" || a.text(t, "device") == "" {
		t.Error(a.body)
	}
	if k := a.cookies[0]; k.MaxAge != int((16*time.Hour).Seconds()) || !k.HttpOnly || !k.Secure {
		t.Errorf("%+v", k)
	}
	r.ask(t, "POST", "/pairings", `{"code":"`+code+`"}`).want(t, 409, "identity.code_used")
	r.ask(t, "POST", "/pairings", `{"code":"2222-2222"}`).want(t, 404, "identity.code_wrong")
	r.ask(t, "POST", "/pairings", `{"code":"1"}`).want(t, 400, "identity.code_form")
	r.ask(t, "POST", "/pairings", `{"code":"`+code+`","chair":2}`).want(t, 400, "web.json")
	first, second := r.code(t, "2"), r.code(t, "2")
	r.ask(t, "POST", "/pairings", `{"code":"`+first+`"}`).want(t, 423, "identity.code_void")
	r.pass(12 * time.Hour)
	r.ask(t, "POST", "/pairings", `{"code":"`+second+`"}`).want(t, 423, "identity.code_expired")
}

func TestOfManyWithOneCodeOneIsPaired(t *testing.T) {
	r := newRig(t, "")
	code := r.code(t, "1")
	var wg sync.WaitGroup
	statuses := make([]int, 64)
	for i := range statuses {
		wg.Go(func() { statuses[i] = r.ask(t, "POST", "/pairings", `{"code":"`+code+`"}`).status })
	}
	wg.Wait()
	counts := map[int]int{}
	for _, s := range statuses {
		counts[s]++
	}
	if counts[201] != 1 || counts[409] != 63 {
		t.Errorf("%v", counts)
	}
}

func TestAReplacedTabletIsTold(t *testing.T) {
	r := newRig(t, "")
	old := r.pair(t, "1")
	r.ask(t, "PUT", "/devices/current", `{"pending":5}`, "Authorization", old).want(t, 204, "")
	r.pass(10 * time.Second)
	if err := r.desk.Beat(t.Context()); err != nil {
		t.Fatal(err)
	}
	fresh := r.pair(t, "1")
	r.ask(t, "GET", "/sessions/current", "", "Authorization", old).want(t, 401, "identity.replaced")
	r.ask(t, "GET", "/sessions/current", "", "Authorization", fresh).want(t, 200, "")
	if len(r.revoked) != 1 {
		t.Errorf("%d sockets were told", len(r.revoked))
	}
	list := r.ask(t, "GET", "/events/"+identitytest.Welding.String()+"/devices", "", "Authorization", r.signIn(t, "chief", chief))
	list.want(t, 200, "")
	devices, _ := list.json["devices"].([]any)
	frozen := 0
	for _, d := range devices {
		if row, _ := d.(map[string]any); row["frozen"] == any(true) {
			frozen++
			if row["why"] != "replaced" {
				t.Error(row)
			}
		}
	}
	if len(devices) != 2 || frozen != 1 {
		t.Error(list.body)
	}
}

func TestALostTablet(t *testing.T) {
	r := newRig(t, "")
	tablet := r.pair(t, "1")
	device := r.ask(t, "GET", "/sessions/current", "", "Authorization", tablet).text(t, "device")
	head := r.signIn(t, "chief", chief)
	r.ask(t, "DELETE", "/devices/"+device, "", "Authorization", head).want(t, 204, "")
	r.ask(t, "GET", "/sessions/current", "", "Authorization", tablet).want(t, 401, "identity.ended")
	r.ask(t, "DELETE", "/devices/"+device, "", "Authorization", head).want(t, 404, "identity.device_missing")
}

// The organiser tries a tablet out in the browser where he is signed in.
func TestPairingDoesNotSignStaffOut(t *testing.T) {
	r := newRig(t, "")
	staff := r.signIn(t, "root", administrator)
	cookie := "jiangtai_session=" + staff[len("Bearer "):]
	a := r.ask(t, "POST", "/pairings", `{"code":"`+r.code(t, "1")+`"}`, "Cookie", cookie)
	a.want(t, 201, "")
	if len(a.cookies) != 0 {
		t.Errorf("%+v", a.cookies)
	}
	r.ask(t, "GET", "/sessions/current", "", "Cookie", cookie, "Authorization", "Bearer "+a.text(t, "token")).text(t, "device")
	tablet := r.ask(t, "POST", "/pairings", `{"code":"`+r.code(t, "2")+`"}`, "Cookie", "jiangtai_session="+a.text(t, "token"))
	if len(tablet.cookies) != 1 {
		t.Error("a tablet's own cookie was left alone")
	}
}

func TestTheAuditIsPaged(t *testing.T) {
	r := newRig(t, "")
	root := r.signIn(t, "root", administrator)
	a := r.ask(t, "GET", "/audit", "", "Authorization", root)
	a.want(t, 200, "")
	entries, _ := a.json["entries"].([]any)
	if len(entries) != 2 { // the account and its sign-in
		t.Fatal(a.body)
	}
	newest, _ := entries[0].(map[string]any)
	if newest["what"] != "session.created" || newest["number"] != 2.0 {
		t.Error(newest)
	}
	older := r.ask(t, "GET", "/audit?before=2", "", "Authorization", root)
	if entries, _ := older.json["entries"].([]any); len(entries) != 1 {
		t.Error(older.body)
	}
	for _, before := range []string{"0", "-1", "x", "99999999999999999999"} {
		r.ask(t, "GET", "/audit?before="+before, "", "Authorization", root).want(t, 400, "web.query")
	}
}

func TestAccountsOverHTTP(t *testing.T) {
	r := newRig(t, "")
	root := []string{"Authorization", r.signIn(t, "root", administrator)}
	for body, code := range map[string]string{
		`{"user":"a b","name":"x","grants":[]}`:                                 "identity.invalid",
		`{"user":"ok","name":"","grants":[]}`:                                   "identity.invalid",
		`{"user":"ok.user","name":"x","password":"short","grants":[]}`:          "identity.invalid",
		`{"user":"ok.user","name":"x","grants":[{"role":"king"}]}`:              "identity.invalid",
		`{"user":"ok.user","name":"x","grants":[],"hash":"y"}`:                  "web.json",
		`{"user":"ok.user","name":"x","grants":[],"keep":true}`:                 "web.json",
		`{"user":"ok.user","name":"x","grants":[{"role":"clerk","contest":1}]}`: "web.json",
		`{`: "web.json",
	} {
		if a := r.ask(t, "POST", "/accounts", body, root...); a.code != code {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
	r.ask(t, "PATCH", "/accounts/"+identity.Operator().Account.String(), `{"name":"x"}`, root...).want(t, 404, "identity.account_missing")
	r.ask(t, "PATCH", "/accounts/7", `{"name":"x"}`, root...).want(t, 404, "web.missing")
	r.ask(t, "GET", "/accounts?limit=0", "", root...).want(t, 400, "web.query")
	me := r.ask(t, "GET", "/sessions/current", "", root...)
	account, _ := me.json["account"].(map[string]any)
	id, _ := account["id"].(string)
	r.ask(t, "PATCH", "/accounts/"+id, `{"disabled":true}`, root...).want(t, 422, "identity.last_administrator")
	r.ask(t, "PATCH", "/accounts/"+id, `{"grants":[]}`, root...).want(t, 422, "identity.last_administrator")
}
