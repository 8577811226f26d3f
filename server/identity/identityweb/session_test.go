package identityweb_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/identity"
	"jiangtai/server/identity/identitytest"
)

// W1: five wrong passwords are answered 401, then the account is locked, for the
// right one too. W2: an unknown user gets the same, word for word.
func TestWrongPasswords(t *testing.T) {
	var bodies [2][]string
	for i, user := range []string{"zhang", "nobody"} {
		r := newRig(t, "")
		r.account(t, "zhang")
		try := func(password string) answer {
			return r.ask(t, "POST", "/sessions", `{"user":"`+user+`","password":"`+password+`"}`)
		}
		for range identity.MaxAttempts {
			a := try("wrong")
			a.want(t, 401, "identity.wrong")
			bodies[i] = append(bodies[i], withoutID(a))
		}
		for _, p := range []string{"wrong", password} {
			a := try(p)
			a.want(t, 429, "identity.locked")
			if a.header.Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
			bodies[i] = append(bodies[i], withoutID(a))
		}
		r.pass(identity.LockWindow + time.Second)
		if user == "zhang" {
			try(password).want(t, 201, "")
		}
	}
	if known, unknown := strings.Join(bodies[0], "\n"), strings.Join(bodies[1], "\n"); known != unknown {
		t.Errorf("a known user is answered\n%s\nan unknown one\n%s", known, unknown)
	}
}

func withoutID(a answer) string {
	return strings.ReplaceAll(a.body, a.header.Get("X-Request-Id"), "")
}

func TestTheCookie(t *testing.T) {
	for _, c := range []struct {
		name, public string
		header       []string
		secure       bool
	}{
		{"plain", "", nil, false},
		{"public address is https", "https://" + host, nil, true},
		{"public address is https, reached by another", "https://live.example.cn", nil, false},
		{"a stranger says https", "", []string{"X-Forwarded-Proto", "https"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, c.public)
			r.account(t, "zhang")
			a := r.ask(t, "POST", "/sessions", `{"user":"zhang","password":"`+password+`"}`, c.header...)
			a.want(t, 201, "")
			if len(a.cookies) != 1 {
				t.Fatal(a.header)
			}
			k := a.cookies[0]
			if k.Name != "jiangtai_session" || k.Value != a.text(t, "token") || !k.HttpOnly || k.Path != "/" || k.Domain != "" ||
				k.SameSite != http.SameSiteStrictMode || k.Secure != c.secure || k.MaxAge != 0 || !k.Expires.IsZero() {
				t.Errorf("%+v", k)
			}
			if a.header.Get("Cache-Control") != "no-store" {
				t.Error("the answer may be stored")
			}
			cookie := []string{"Cookie", k.Name + "=" + k.Value}
			r.ask(t, "GET", "/sessions/current", "", cookie...).want(t, 200, "")
			out := r.ask(t, "DELETE", "/sessions/current", "", cookie...)
			out.want(t, 204, "")
			if len(out.cookies) != 1 || out.cookies[0].Value != "" || out.cookies[0].Expires.After(r.now()) {
				t.Errorf("%+v", out.cookies)
			}
			r.ask(t, "GET", "/sessions/current", "", cookie...).want(t, 401, "identity.ended")
			r.ask(t, "DELETE", "/sessions/current", "", cookie...).want(t, 204, "")
		})
	}
}

// W4: what a client brings as a session is never taken for one.
func TestSessionsAreNotTakenFromTheClient(t *testing.T) {
	r := newRig(t, "")
	r.account(t, "zhang")
	chosen := strings.Repeat("A", 43)
	for _, path := range []string{"/sessions?jiangtai_session=" + chosen, "/sessions?token=" + chosen} {
		a := r.ask(t, "POST", path, `{"user":"zhang","password":"`+password+`"}`, "Cookie", "jiangtai_session="+chosen, "Authorization", "Bearer "+chosen)
		a.want(t, 201, "")
		if a.text(t, "token") == chosen || a.cookies[0].Value == chosen {
			t.Error("the client chose its session")
		}
	}
	r.ask(t, "GET", "/sessions/current", "", "Cookie", "jiangtai_session="+chosen).want(t, 401, "identity.sign_in")
	r.ask(t, "POST", "/sessions", `{"user":"zhang","password":"`+password+`","token":"`+chosen+`"}`).want(t, 400, "web.json")
	old := r.again(t, "zhang")
	a := r.ask(t, "POST", "/sessions", `{"user":"zhang","password":"`+password+`"}`, "Authorization", old)
	a.want(t, 201, "")
	if "Bearer "+a.text(t, "token") == old {
		t.Error("a sign-in went on with an old session")
	}
}

// W17 on every unsafe route: a browser of another site gets nowhere.
func TestForeignWritesAreRefused(t *testing.T) {
	r := newRig(t, "")
	bearer := r.signIn(t, "root", administrator)
	id := identitytest.Welding.String()
	routes := []string{
		"POST /sessions", "DELETE /sessions/current", "DELETE /sessions/" + id, "POST /pairings", "POST /first-administrator",
		"POST /accounts", "PATCH /accounts/" + id, "POST /accounts/" + id + "/password-reset", "PUT /accounts/current/password",
		"POST /events/" + id + "/pairing-codes", "PUT /devices/current", "DELETE /devices/" + id,
	}
	for _, route := range routes {
		method, path, _ := strings.Cut(route, " ")
		for _, origin := range []string{"https://evil.example", "null", "http://" + host + ".evil.example", "http://evil.example/" + host, "http://" + host + ":81"} {
			for _, auth := range [][2]string{{"Authorization", bearer}, {"Cookie", "jiangtai_session=" + strings.TrimPrefix(bearer, "Bearer ")}} {
				r.ask(t, method, path, `{}`, "Origin", origin, auth[0], auth[1]).want(t, 403, "web.origin")
			}
		}
		r.ask(t, method, path, `{}`, "X-Jiangtai", "", "Authorization", bearer).want(t, 403, "web.header_missing")
	}
	r.ask(t, "GET", "/sessions/current", "", "Authorization", bearer).want(t, 200, "")
}

// W5 and promise 57: what ends a session is felt at once, sockets included.
func TestWhatEndsASession(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, r *rig, root, own string, id contest.ID){
		"signing out": func(t *testing.T, r *rig, _, own string, _ contest.ID) {
			r.ask(t, "DELETE", "/sessions/current", "", "Authorization", own).want(t, 204, "")
		},
		"disabling": func(t *testing.T, r *rig, root, _ string, id contest.ID) {
			r.ask(t, "PATCH", "/accounts/"+id.String(), `{"disabled":true}`, "Authorization", root).want(t, 200, "")
		},
		"a grant taken away": func(t *testing.T, r *rig, root, _ string, id contest.ID) {
			r.ask(t, "PATCH", "/accounts/"+id.String(), `{"grants":[]}`, "Authorization", root).want(t, 200, "")
		},
		"a reset": func(t *testing.T, r *rig, root, _ string, id contest.ID) {
			r.ask(t, "POST", "/accounts/"+id.String()+"/password-reset", "", "Authorization", root).want(t, 200, "")
		},
		"revoking it from another browser": func(t *testing.T, r *rig, _, _ string, _ contest.ID) {
			other := r.again(t, "zhang")
			list := r.ask(t, "GET", "/sessions", "", "Authorization", other)
			list.want(t, 200, "")
			sessions, _ := list.json["sessions"].([]any)
			for _, s := range sessions {
				if row, _ := s.(map[string]any); row["current"] != any(true) {
					r.ask(t, "DELETE", "/sessions/"+row["id"].(string), "", "Authorization", other).want(t, 204, "")
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, "")
			root := r.signIn(t, "root", administrator)
			a := r.account(t, "zhang", clerk)
			own := r.again(t, "zhang")
			current := r.ask(t, "GET", "/sessions/current", "", "Authorization", own)
			current.want(t, 200, "")
			end(t, r, root, own, a.ID)
			r.ask(t, "GET", "/sessions/current", "", "Authorization", own).want(t, 401, "identity.ended")
			found := false
			for id := range r.revoked {
				found = found || id.String() == current.text(t, "session")
			}
			if !found {
				t.Error("its sockets were not told")
			}
		})
	}
}

func TestAPasswordToChange(t *testing.T) {
	r := newRig(t, "")
	root := r.signIn(t, "root", administrator)
	made := r.ask(t, "POST", "/accounts", `{"user":"office","name":"办公室","grants":[{"role":"administrator"}]}`, "Authorization", root)
	made.want(t, 201, "")
	if strings.Contains(made.body, "argon2") {
		t.Error("a hash left the server")
	}
	in := r.ask(t, "POST", "/sessions", `{"user":"office","password":"`+made.text(t, "password")+`"}`)
	in.want(t, 201, "")
	own := "Bearer " + in.text(t, "token")
	for _, route := range []string{"GET /accounts", "GET /audit", "GET /sessions", "GET /events/" + identitytest.Welding.String() + "/devices"} {
		method, path, _ := strings.Cut(route, " ")
		r.ask(t, method, path, "", "Authorization", own).want(t, 403, "identity.must_change")
	}
	r.ask(t, "GET", "/sessions/current", "", "Authorization", own).want(t, 200, "")
	r.ask(t, "PUT", "/accounts/current/password", `{"old":"`+made.text(t, "password")+`","new":"password123"}`, "Authorization", own).want(t, 422, "identity.invalid")
	r.ask(t, "PUT", "/accounts/current/password", `{"old":"`+made.text(t, "password")+`","new":"`+password+`"}`, "Authorization", own).want(t, 204, "")
	r.ask(t, "GET", "/accounts", "", "Authorization", own).want(t, 200, "")
}

func TestFirstAdministrator(t *testing.T) {
	r := newRig(t, "")
	link, err := r.desk.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	body := func(link, password string) string {
		return `{"link":"` + link + `","user":"root","name":"管理员","password":"` + password + `"}`
	}
	r.ask(t, "POST", "/first-administrator", body(strings.Repeat("A", 43), password)).want(t, 404, "identity.link_wrong")
	r.ask(t, "POST", "/first-administrator", body(link, "1234567890")).want(t, 422, "identity.invalid")
	r.ask(t, "POST", "/first-administrator", body(link, password)).want(t, 201, "")
	r.ask(t, "POST", "/first-administrator", body(link, password)).want(t, 423, "identity.link_done")
	r.ask(t, "GET", "/accounts", "", "Authorization", r.again(t, "root")).want(t, 200, "")
}
