package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/web"
)

var clock = func() time.Time { return time.Unix(1_800_000_000, 0) }

func config() web.Config {
	return web.Config{
		Now:     clock,
		Metrics: prometheus.NewRegistry(),
		Identify: func(_ context.Context, token, _ string) (contest.Actor, error) {
			switch token {
			case "good":
				return contest.Actor{Account: contest.ID{1}, Name: "测试员"}, nil
			case "down":
				return contest.Actor{}, fault.New(fault.Unavailable, "web.not_ready")
			}
			return contest.Actor{}, fault.New(fault.Unauthenticated, "web.sign_in")
		},
	}
}

type note struct {
	Text string `json:"text"`
}

func newApp(t testing.TB, cfg web.Config) *fiber.App {
	t.Helper()
	app := web.New(cfg)
	api := web.API(app)
	api.Get("/who", func(c *fiber.Ctx) error { return c.SendString(web.Actor(c).Name) }).Name("test.who")
	api.Get("/address", func(c *fiber.Ctx) error { return c.SendString(web.Address(c)) }).Name("test.address")
	api.Get("/panic", func(*fiber.Ctx) error { panic("secret in the panic") }).Name("test.panic")
	api.Get("/foreign", func(*fiber.Ctx) error { return errors.New("secret of the database") }).Name("test.foreign")
	api.Get("/busy", func(*fiber.Ctx) error {
		return &fault.Error{Kind: fault.Busy, Code: "web.not_ready", RetryAfter: 7}
	}).Name("test.busy")
	api.Get("/deadline", func(c *fiber.Ctx) error {
		<-web.Context(c).Done()
		return c.SendString(web.Context(c).Err().Error())
	}).Name("test.deadline")
	api.Get("/things/:id", func(c *fiber.Ctx) error {
		id, err := web.ParamID(c, "id")
		if err != nil {
			return err
		}
		return c.SendString(id.String())
	}).Name("test.thing")
	api.Post("/notes", web.SignedIn, func(c *fiber.Ctx) error {
		n, err := web.Decode[note](c)
		if err != nil {
			return err
		}
		return c.SendString(n.Text)
	}).Name("test.note")
	return app
}

type answer struct {
	status int
	header http.Header
	body   string
	p      web.Problem
}

func ask(t *testing.T, app *fiber.App, method, path, body string, header ...string) answer {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), method, "http://jt.example"+path, strings.NewReader(body))
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := app.Test(req, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := answer{status: res.StatusCode, header: res.Header, body: string(raw)}
	if res.Header.Get("Content-Type") == web.MediaProblem {
		if err := json.Unmarshal(raw, &a.p); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

func TestWritesNeedHeaderAndOrigin(t *testing.T) {
	app := newApp(t, func() web.Config {
		c := config()
		c.Origins = []string{"https://live.example.cn"}
		return c
	}())
	const bearer, cookie = "Bearer good", "jiangtai_session=good"
	for _, tc := range []struct {
		name   string
		header []string
		status int
		code   string
	}{
		{"own origin, cookie", []string{"X-Jiangtai", "1", "Origin", "http://jt.example", "Cookie", cookie}, 200, ""},
		{"https of our host", []string{"X-Jiangtai", "1", "Origin", "https://jt.example", "Cookie", cookie}, 200, ""},
		{"configured origin", []string{"X-Jiangtai", "1", "Origin", "https://live.example.cn", "Cookie", cookie}, 200, ""},
		{"program with a bearer token", []string{"X-Jiangtai", "1", "Authorization", bearer}, 200, ""},
		{"no header", []string{"Origin", "http://jt.example", "Cookie", cookie}, 403, "web.header_missing"},
		{"header with another value", []string{"X-Jiangtai", "yes", "Authorization", bearer}, 403, "web.header_missing"},
		{"cookie without origin", []string{"X-Jiangtai", "1", "Cookie", cookie}, 403, "web.origin"},
		{"foreign origin", []string{"X-Jiangtai", "1", "Origin", "http://evil.example", "Cookie", cookie}, 403, "web.origin"},
		{"foreign origin, bearer", []string{"X-Jiangtai", "1", "Origin", "http://evil.example", "Authorization", bearer}, 403, "web.origin"},
		{"our name in front", []string{"X-Jiangtai", "1", "Origin", "http://jt.example.evil.example", "Cookie", cookie}, 403, "web.origin"},
		{"null origin", []string{"X-Jiangtai", "1", "Origin", "null", "Cookie", cookie}, 403, "web.origin"},
		{"other port", []string{"X-Jiangtai", "1", "Origin", "http://jt.example:81", "Cookie", cookie}, 403, "web.origin"},
		{"nobody", []string{"X-Jiangtai", "1"}, 401, "web.sign_in"},
		{"stale token", []string{"X-Jiangtai", "1", "Authorization", "Bearer old"}, 401, "web.sign_in"},
		{"identity is down", []string{"X-Jiangtai", "1", "Authorization", "Bearer down"}, 503, "web.not_ready"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := ask(t, app, "POST", "/api/v1/notes", `{"text":"好"}`, append(tc.header, "Content-Type", "application/json")...)
			if a.status != tc.status || a.p.Code != tc.code {
				t.Fatalf("got %d %q %s, want %d %q", a.status, a.p.Code, a.header.Get("Content-Security-Policy"), tc.status, tc.code)
			}
		})
	}
}

func TestProblems(t *testing.T) {
	app := newApp(t, config())
	for _, tc := range []struct {
		method, path string
		status       int
		code         string
	}{
		{"GET", "/api/v1/panic", 500, "server.internal"},
		{"GET", "/api/v1/foreign", 500, "server.internal"},
		{"GET", "/api/v1/busy", 429, "web.not_ready"},
		{"GET", "/nothing", 404, "web.missing"},
		{"GET", "/api/v1/things/7", 404, "web.missing"},
		{"GET", "/api/v1/notes", 405, "web.method"},
	} {
		a := ask(t, app, tc.method, tc.path, "", "X-Jiangtai", "1")
		if a.status != tc.status || a.p.Code != tc.code || a.p.Status != tc.status {
			t.Errorf("%s: %d %q", tc.path, a.status, a.p.Code)
		}
		if a.p.RequestID == "" || a.p.RequestID != a.header.Get("X-Request-Id") {
			t.Errorf("%s: request id %q, header %q", tc.path, a.p.RequestID, a.header.Get("X-Request-Id"))
		}
		if strings.Contains(a.body, "secret") {
			t.Errorf("%s: the cause left the server: %s", tc.path, a.body)
		}
		if a.header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: no policy", tc.path)
		}
	}
	if a := ask(t, app, "GET", "/api/v1/notes", ""); a.header.Get("Allow") != "POST" {
		t.Errorf("Allow %q", a.header.Get("Allow"))
	}
	if a := ask(t, app, "GET", "/api/v1/busy", ""); a.header.Get("Retry-After") != "7" || a.p.RetryAfter != 7 {
		t.Errorf("Retry-After %q", a.header.Get("Retry-After"))
	}
}

func TestMethodOverrideIsIgnored(t *testing.T) {
	app := newApp(t, config())
	a := ask(t, app, "GET", "/api/v1/notes", "", "X-HTTP-Method-Override", "POST", "X-Jiangtai", "1")
	if a.status != 405 {
		t.Fatalf("got %d", a.status)
	}
}

func TestTitleSpeaksTheReadersLanguage(t *testing.T) {
	app := newApp(t, config())
	for header, want := range map[string]string{
		"":                        "请先登录",
		"zh-CN,zh;q=0.9,en;q=0.8": "请先登录",
		"en-GB,en;q=0.9,zh;q=0.1": "Sign in first",
		"de, en;q=0.5":            "Sign in first",
		"fr":                      "请先登录",
		"en;q=0.3, zh;q=0.4":      "请先登录",
	} {
		a := ask(t, app, "POST", "/api/v1/notes", "{}", "X-Jiangtai", "1", "Accept-Language", header)
		if a.p.Title != want {
			t.Errorf("%q: %q", header, a.p.Title)
		}
	}
}

func TestDeadlineEndsTheContext(t *testing.T) {
	cfg := config()
	cfg.Deadline = time.Millisecond
	if a := ask(t, newApp(t, cfg), "GET", "/api/v1/deadline", ""); a.body != context.DeadlineExceeded.Error() {
		t.Fatalf("%q", a.body)
	}
}

func TestAddressIsNotForged(t *testing.T) {
	cfg := config()
	forged := ask(t, newApp(t, cfg), "GET", "/api/v1/address", "", "X-Forwarded-For", "9.9.9.9", "X-Real-IP", "9.9.9.9")
	if forged.body != "0.0.0.0" {
		t.Errorf("believed a stranger: %s", forged.body)
	}
	cfg.Metrics = nil
	cfg.Proxies = []netip.Prefix{netip.MustParsePrefix("0.0.0.0/32"), netip.MustParsePrefix("10.0.0.0/8")}
	told := ask(t, newApp(t, cfg), "GET", "/api/v1/address", "", "X-Forwarded-For", "9.9.9.9, 203.0.113.7, 10.1.1.1")
	if told.body != "203.0.113.7" {
		t.Errorf("walked to %s", told.body)
	}
}

func TestPublicReadsSurviveAStaleCookie(t *testing.T) {
	a := ask(t, newApp(t, config()), "GET", "/api/v1/who", "", "Cookie", "jiangtai_session=old")
	if a.status != 200 || a.body != "" {
		t.Fatalf("%d %q", a.status, a.body)
	}
}

// counts is what Prometheus is told.
func counts(reg *prometheus.Registry) string {
	to := httptest.NewRecorder()
	web.Counts(reg).ServeHTTP(to, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return to.Body.String()
}

func TestReadyAndHealth(t *testing.T) {
	cfg := config()
	var why error
	cfg.Ready = func() error { return why }
	app := newApp(t, cfg)
	if a := ask(t, app, "GET", "/readyz", ""); a.status != 200 {
		t.Errorf("ready: %d", a.status)
	}
	why = errors.New("stopping")
	if a := ask(t, app, "GET", "/readyz", ""); a.status != 503 || a.p.Code != "web.not_ready" {
		t.Errorf("stopping: %d %s", a.status, a.body)
	}
	if a := ask(t, app, "GET", "/healthz", ""); a.status != 200 {
		t.Errorf("health: %d", a.status)
	}
	if a := ask(t, app, "GET", "/metrics", ""); a.status != 404 {
		t.Errorf("the public's metrics: %d", a.status)
	}
	if got := counts(cfg.Metrics); !strings.Contains(got, `jiangtai_http_request_seconds_count{method="GET",route="/healthz",status="200"} 1`) {
		t.Errorf("metrics: %s", got)
	}
	if a := ask(t, app, "GET", "/api/openapi.yaml", ""); a.status != 200 || !strings.HasPrefix(a.body, "openapi:") {
		t.Errorf("openapi: %d", a.status)
	}
}

func TestPages(t *testing.T) {
	cfg := config()
	long := strings.Repeat("body{color:red}", 100)
	cfg.Pages = fstest.MapFS{
		"dist/field/index.html":            {Data: []byte("<p>board")},
		"dist/field/tablet.html":           {Data: []byte("<p>tablet")},
		"dist/field/register.html":         {Data: []byte("<p>register")},
		"dist/field/tablet-sw.js":          {Data: []byte("worker")},
		"dist/field/.vite/manifest.json":   {Data: []byte("{}")},
		"dist/field/assets/a-1.css":        {Data: []byte(long)},
		"dist/field/assets/b-2.js":         {Data: []byte(strings.Repeat("plain", 200))},
		"dist/field/assets/b-2.js.br":      {Data: []byte("by the build")},
		"dist/console/index.html":          {Data: []byte("<p>console")},
		"dist/console/assets/console-1.js": {Data: []byte("console code")},
	}
	app := newApp(t, cfg)
	for path, want := range map[string]string{
		"/": "<p>board", "/tablet": "<p>tablet", "/register": "<p>register", "/console": "<p>console", "/console/events/1": "<p>console", "/tablet-sw.js": "worker",
	} {
		if a := ask(t, app, "GET", path, ""); a.body != want || a.header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %d %q %q", path, a.status, a.body, a.header.Get("Cache-Control"))
		}
	}
	for _, path := range []string{"/screen", "/assets/none.js", "/.vite/manifest.json", "/assets/../tablet.html", "/assets/%2e%2e/index.html", "/console/assets/a-1.css"} {
		if a := ask(t, app, "GET", path, ""); a.status != 404 {
			t.Errorf("%s: %d %q", path, a.status, a.body)
		}
	}
	// A browser takes a worker only as a script, and the policy must let the page have one.
	worker := ask(t, app, "GET", "/tablet-sw.js", "", "Service-Worker", "script")
	if !strings.HasPrefix(worker.header.Get("Content-Type"), "text/javascript") || !strings.Contains(worker.header.Get("Content-Security-Policy"), "worker-src 'self'") {
		t.Errorf("worker: %v", worker.header)
	}
	css := ask(t, app, "GET", "/assets/a-1.css", "", "Accept-Encoding", "gzip")
	if css.header.Get("Content-Encoding") != "gzip" || !strings.Contains(css.header.Get("Cache-Control"), "immutable") || len(css.body) >= len(long) {
		t.Errorf("css: %v", css.header)
	}
	if again := ask(t, app, "GET", "/assets/a-1.css", "", "Accept-Encoding", "gzip", "If-None-Match", css.header.Get("ETag")); again.status != 304 || again.body != "" {
		t.Errorf("again: %d %q", again.status, again.body)
	}
	if js := ask(t, app, "GET", "/assets/b-2.js", "", "Accept-Encoding", "gzip, br"); js.body != "by the build" || js.header.Get("Content-Encoding") != "br" {
		t.Errorf("js: %q %v", js.body, js.header)
	}
	if js := ask(t, app, "GET", "/assets/b-2.js", "", "Accept-Encoding", "br;q=0"); js.header.Get("Content-Encoding") != "" {
		t.Errorf("took br;q=0")
	}
}

func TestBodyLimitByPath(t *testing.T) {
	cfg := config()
	cfg.BodyLimit = 100
	cfg.BodyLimits = map[string]int{"/api/v1/notes": 1000}
	app := newApp(t, cfg)
	web.API(app).Post("/small", func(c *fiber.Ctx) error { return c.SendString("took it") })
	base := listen(t, app)
	post := func(path string, size int) (int, string) {
		body := `{"text":"` + strings.Repeat("x", size) + `"}`
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header = http.Header{"X-Jiangtai": {"1"}, "Authorization": {"Bearer good"}, "Content-Type": {"application/json"}}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		raw, _ := io.ReadAll(res.Body)
		return res.StatusCode, string(raw)
	}
	for _, tc := range []struct {
		path   string
		size   int
		status int
	}{
		{"/api/v1/notes", 500, 200},
		{"/api/v1/notes?x=1", 500, 200},
		{"/api/v1/notes", 1500, 413},
		{"/api/v1/small", 50, 200},
		{"/api/v1/small", 500, 413},
	} {
		status, body := post(tc.path, tc.size)
		if status != tc.status || status == 413 && !strings.Contains(body, `"code":"web.body_too_large"`) {
			t.Errorf("%s with %d: %d %s", tc.path, tc.size, status, body)
		}
	}
}

// listen serves the application on a free port until the test ends.
func listen(t *testing.T, app *fiber.App) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = app.Listener(ln) }()
	t.Cleanup(func() { _ = app.Shutdown() })
	return "http://" + ln.Addr().String()
}

// W19: a request with both lengths was answered, and what stood behind its body
// as the next one: behind a proxy that goes by Content-Length that next one was
// written by somebody else.
func TestTwoLengthsEndTheConnection(t *testing.T) {
	address := strings.TrimPrefix(listen(t, newApp(t, config())), "http://")
	text := speak(t, address, "POST /api/v1/notes HTTP/1.1\r\nHost: a\r\nX-Jiangtai: 1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"+
		"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
	if !strings.HasPrefix(text, "HTTP/1.1 400 ") || strings.Count(text, "HTTP/1.1 ") != 1 {
		t.Error(text)
	}
}

func TestRoutesAreNamed(t *testing.T) {
	routes := web.Routes(newApp(t, config()))
	var found bool
	for _, r := range routes {
		if r.Name == "" {
			t.Errorf("%s %s has no name", r.Method, r.Path)
		}
		found = found || r == web.Route{Method: "GET", Path: "/api/v1/things/{id}", Name: "test.thing"}
	}
	if !found {
		t.Errorf("routes: %v", routes)
	}
}
