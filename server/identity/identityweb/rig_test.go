package identityweb_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/identity"
	"jiangtai/server/identity/identitytest"
	"jiangtai/server/identity/identityweb"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

const (
	host     = "jt.example"
	password = "correct horse 42"
)

var (
	administrator = contest.Grant{Role: contest.Administrator}
	organiser     = contest.Grant{Role: contest.Organiser, Contest: identitytest.Cup}
	chief         = contest.Grant{Role: contest.ChiefJudge, Contest: identitytest.Cup, Event: identitytest.Welding}
	clerk         = contest.Grant{Role: contest.Clerk, Contest: identitytest.Cup, Event: identitytest.Welding}
	spectator     = contest.Grant{Role: contest.Spectator, Contest: identitytest.Cup}
)

// rig is the program as far as identity goes, with a clock that moves when told.
type rig struct {
	site *webtest.Site
	desk *identity.Desk
	m    *identitytest.Memory

	mu      sync.Mutex // guards the rest
	at      time.Time
	revoked map[contest.ID]bool
}

func (r *rig) now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at
}

func (r *rig) pass(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = r.at.Add(d)
}

func newRig(t *testing.T, publicURL string) *rig {
	t.Helper()
	r := &rig{m: identitytest.New(), at: time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC), revoked: map[contest.ID]bool{}}
	desk, err := identity.New(
		identity.Ports{
			Work: r.m, Accounts: r.m, Attempts: r.m, Sessions: r.m, Beats: r.m, Devices: r.m, Links: r.m,
			Audit: identity.NewAudit(r.m, r.m, r.now), Chairs: r.m,
		},
		identity.Options{
			Clock: r.now, Key: bytes.Repeat([]byte{1}, 32), PublicURL: publicURL,
			OnRevoke: func(id contest.ID) {
				r.mu.Lock()
				defer r.mu.Unlock()
				r.revoked[id] = true
			},
		})
	if err != nil {
		t.Fatal(err)
	}
	r.desk = desk
	r.site = webtest.New(t, web.Config{Now: r.now, Identify: desk.Identify}, func(api fiber.Router) { identityweb.Mount(api, desk, publicURL) })
	return r
}

type answer struct {
	status  int
	header  http.Header
	body    string
	json    map[string]any
	code    string
	cookies []*http.Cookie
}

// ask sends a request with the header and, like a browser, our Origin; header
// pairs replace or, when empty, remove.
func (r *rig) ask(t *testing.T, method, path, body string, header ...string) answer {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), method, "http://"+host+"/api/v1"+path, strings.NewReader(body))
	req.Header.Set("X-Jiangtai", "1")
	req.Header.Set("Origin", "http://"+host)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		if req.Header.Del(header[i]); header[i+1] != "" {
			req.Header.Set(header[i], header[i+1])
		}
	}
	got := r.site.On(t).Exchange(req)
	a := answer{status: got.Status, header: got.Header, body: string(got.Body), cookies: (&http.Response{Header: got.Header}).Cookies()}
	if len(got.Body) > 0 {
		if err := json.Unmarshal(got.Body, &a.json); err != nil {
			t.Fatalf("%s %s: %v in %s", method, path, err, got.Body)
		}
		a.code, _ = a.json["code"].(string)
	}
	return a
}

func (a answer) text(t *testing.T, key string) string {
	t.Helper()
	s, ok := a.json[key].(string)
	if !ok {
		t.Fatalf("no %s in %d %s", key, a.status, a.body)
	}
	return s
}

func (a answer) want(t *testing.T, status int, code string) {
	t.Helper()
	if a.status != status || a.code != code && status >= 400 {
		t.Fatalf("got %d %s, want %d %s", a.status, a.body, status, code)
	}
}

func (r *rig) account(t *testing.T, user string, grants ...contest.Grant) identity.Account {
	t.Helper()
	a, _, err := r.desk.CreateAccount(t.Context(), identity.Operator(), identity.NewAccount{
		User: user, Name: user, Password: password, Grants: grants, Keep: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// signIn makes an account with the grants and gives its bearer header.
func (r *rig) signIn(t *testing.T, user string, grants ...contest.Grant) string {
	t.Helper()
	r.account(t, user, grants...)
	return r.again(t, user)
}

func (r *rig) again(t *testing.T, user string) string {
	t.Helper()
	a := r.ask(t, "POST", "/sessions", `{"user":"`+user+`","password":"`+password+`"}`)
	a.want(t, 201, "")
	return "Bearer " + a.text(t, "token")
}

// pair pairs a tablet to the chair and gives its bearer header.
func (r *rig) pair(t *testing.T, chair string) string {
	t.Helper()
	a := r.ask(t, "POST", "/pairings", `{"code":"`+r.code(t, chair)+`","device_name":"A 3"}`)
	a.want(t, 201, "")
	return "Bearer " + a.text(t, "token")
}

func (r *rig) code(t *testing.T, chair string) string {
	t.Helper()
	const user = "rig.root"
	if _, err := r.m.FindUser(t.Context(), user); err != nil {
		r.account(t, user, administrator)
	}
	a := r.ask(t, "POST", "/events/"+identitytest.Welding.String()+"/pairing-codes", `{"chairs":[`+chair+`]}`, "Authorization", r.again(t, user))
	a.want(t, 201, "")
	codes, ok := a.json["codes"].([]any)
	if !ok || len(codes) != 1 {
		t.Fatal(a.body)
	}
	first, _ := codes[0].(map[string]any)
	code, _ := first["code"].(string)
	return code
}
