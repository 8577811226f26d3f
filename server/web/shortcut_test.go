package web_test

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/web"
)

// counter is a room with one path and a shortcut that stands before it. Both answer
// alike: what was sent, or what is wrong with it.
type counter struct {
	short, long atomic.Int64
}

var errOfOne = fault.New(fault.Stale, "web.not_ready")

func (r *counter) mount(t testing.TB, cfg web.Config) *fiber.App {
	t.Helper()
	cfg.Shortcuts = map[string]web.Shortcut{"/api/v1/count": func(q *web.Quick, body []byte) (int, []byte, bool, error) {
		r.short.Add(1)
		switch text := string(q.Body()); {
		case strings.Contains(text, "long"):
			return 0, nil, false, nil
		case strings.Contains(text, "panic"):
			panic("secret in the panic")
		case strings.Contains(text, "refused"):
			return 0, nil, false, errOfOne
		}
		body = append(body, q.Actor().Name...)
		body = append(body, q.Problem(errOfOne).Title...)
		body = append(body, q.Header("X-More")...)
		return 207, append(body, q.Body()...), true, nil
	}}
	app := newApp(t, cfg)
	web.API(app).Post("/count", web.SignedIn, func(c *fiber.Ctx) error {
		r.long.Add(1)
		if err := web.Failed(c); err != nil {
			return err
		}
		if strings.Contains(string(c.Body()), "refused") {
			return errOfOne
		}
		c.Set("Content-Type", "application/json")
		return c.Status(207).SendString(web.Actor(c).Name + web.ProblemOf(c, errOfOne).Title + c.Get("X-More") + string(c.Body()))
	}).Name("test.count")
	return app
}

func post(t *testing.T, base, path, body string, header ...string) answer {
	t.Helper()
	return send(t, base, http.MethodPost, path, strings.NewReader(body), header...)
}

// Whoever answers, the shortcut or the route: nobody can tell. What is not plain has
// the route's answer, and the shortcut is not asked.
func TestAShortcutAnswersAsItsRouteDoes(t *testing.T) {
	cfg := config()
	cfg.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	cfg.Origins = []string{"https://live.example"}
	room := &counter{}
	base := listen(t, room.mount(t, cfg))
	plain := []string{"X-Jiangtai", "1", "Content-Type", "application/json", "Authorization", "Bearer good"}
	for _, c := range []struct {
		name   string
		body   string
		header []string // beside the plain ones
		short  bool
		status int
	}{
		{"plain", `{}`, nil, true, 207},
		{"in English", `{}`, []string{"Accept-Language", "en"}, true, 207},
		{"a header", `{}`, []string{"X-More", "more"}, true, 207},
		{"our page", `{}`, []string{"Origin", "http://jt.example", "Cookie", "jiangtai_session=good"}, true, 207},
		{"our other page", `{}`, []string{"Origin", "https://live.example"}, true, 207},
		{"over TLS, with a proxy", `{}`, []string{"X-Forwarded-Proto", "https"}, true, 207},
		{"as big as an answer may be", `"` + strings.Repeat("0", 100_000) + `"`, nil, true, 207},
		{"another site", `{}`, []string{"Origin", "https://evil.example"}, false, 403},
		{"a cookie without an origin", `{}`, []string{"Cookie", "jiangtai_session=good"}, false, 403},
		{"no header of ours", `{}`, []string{"X-Jiangtai", ""}, false, 403},
		{"another type", `{}`, []string{"Content-Type", "text/plain"}, false, 207},
		{"packed", `{}`, []string{"Content-Encoding", "identity"}, false, 207},
		{"a stale token", `{}`, []string{"Authorization", "Bearer stale"}, false, 401},
		{"a token that nobody could look up", `{}`, []string{"Authorization", "Bearer down"}, false, 503},
		{"another scheme", `{}`, []string{"Authorization", "Basic good"}, false, 401},
		{"nobody", `{}`, []string{"Authorization", ""}, false, 401},
		{"not for the shortcut", `"long"`, nil, true, 207},
		{"refused as a whole", `"refused"`, nil, true, 409},
	} {
		t.Run(c.name, func(t *testing.T) {
			header := append(slices.Clone(plain), c.header...)
			short, long := room.short.Load(), room.long.Load()
			front := post(t, base, "/api/v1/count", c.body, header...)
			if asked := room.short.Load() > short; asked != c.short || front.status != c.status {
				t.Errorf("asked %t, %d %s", asked, front.status, front.body)
			}
			if c.short && c.status == 207 && !strings.Contains(c.body, "long") && room.long.Load() > long {
				t.Error("the route was asked too")
			}
			behind := post(t, base, "/api/v1/count?", c.body, header...)
			if id := front.header.Get("X-Request-Id"); len(id) != 16 || id == behind.header.Get("X-Request-Id") {
				t.Errorf("ids %q and %q", id, behind.header.Get("X-Request-Id"))
			}
			bodies := [2]string{}
			for i, a := range []answer{front, behind} {
				bodies[i] = strings.ReplaceAll(a.body, a.header.Get("X-Request-Id"), "")
				a.header.Del("X-Request-Id")
				a.header.Del("Date")
			}
			if front.status != behind.status || bodies[0] != bodies[1] || !maps.EqualFunc(front.header, behind.header, slices.Equal) {
				t.Errorf("\n%d %v %.200s\n%d %v %.200s", front.status, front.header, bodies[0], behind.status, behind.header, bodies[1])
			}
		})
	}
	if a := post(t, base, "/api/v1/count", `"panic"`, plain...); a.status != 500 || strings.Contains(a.body, "secret") {
		t.Errorf("a panic: %d %s", a.status, a.body)
	}
	counted := counts(cfg.Metrics)
	for _, want := range []string{`method="POST",route="/api/v1/count",status="207"`, `method="POST",route="/api/v1/count",status="409"`} {
		if !strings.Contains(counted, want) {
			t.Errorf("%s was not counted", want)
		}
	}
	// Two lengths, one of them unknown to who trusts the other.
	text := speak(t, strings.TrimPrefix(base, "http://"), "POST /api/v1/count HTTP/1.1\r\nHost: a\r\nX-Jiangtai: 1\r\nContent-Type: application/json\r\n"+
		"Authorization: Bearer good\r\ntransfer-Encoding: identity\r\nCONTENT-LENGTH: 2\r\n\r\n{}")
	if !strings.HasPrefix(text, "HTTP/1.1 400 ") {
		t.Error(text)
	}
}

// Answers to requests that came at once do not mix: their bodies' buffers are used
// again.
func TestShortcutsInAPipeline(t *testing.T) {
	base := listen(t, (&counter{}).mount(t, config()))
	var asked bytes.Buffer
	for _, body := range []string{`"first"`, `"long"`, `"refused"`, `"last"`} {
		asked.WriteString("POST /api/v1/count HTTP/1.1\r\nHost: a\r\nX-Jiangtai: 1\r\nContent-Type: application/json\r\nAuthorization: Bearer good\r\nContent-Length: ")
		asked.WriteString(map[int]string{6: "6", 7: "7", 9: "9"}[len(body)] + "\r\n\r\n" + body)
	}
	asked.WriteString("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
	text := speak(t, strings.TrimPrefix(base, "http://"), asked.String())
	last := 0
	for _, want := range []string{`"first"`, `"long"`, "HTTP/1.1 409 ", `"last"`, `{"status":"ok"}`} {
		at := strings.Index(text, want)
		if at < last || strings.Count(text, want) != 1 {
			t.Errorf("%s is at %d, after %d", want, at, last)
		}
		last = at
	}
}

// TestTheShortcutsContext ends with the deadline, also for those that hang on it.
func TestTheShortcutsContext(t *testing.T) {
	cfg := config()
	cfg.Now, cfg.Deadline = time.Now, 30*time.Millisecond
	type key struct{}
	cfg.Shortcuts = map[string]web.Shortcut{"/api/v1/wait": func(q *web.Quick, body []byte) (int, []byte, bool, error) {
		ctx := q.Context()
		at, ok := ctx.Deadline()
		if ctx.Err() != nil || !ok || time.Until(at) > 30*time.Millisecond || ctx.Value(key{}) != nil {
			t.Errorf("%v, %v, %t", ctx.Err(), at, ok)
		}
		child, cancel := context.WithCancel(context.WithValue(ctx, key{}, true))
		defer cancel()
		<-child.Done()
		if !errors.Is(child.Err(), context.DeadlineExceeded) || ctx.Err() == nil {
			t.Errorf("%v, %v", child.Err(), ctx.Err())
		}
		return 200, append(body, `"ended"`...), true, nil
	}}
	cfg.Identify = func(ctx context.Context, _, _ string) (contest.Actor, error) {
		if ctx.Err() == nil {
			t.Error("who asks was looked up before the framework")
		}
		return contest.Actor{Account: contest.ID{1}}, nil
	}
	base := listen(t, newApp(t, cfg))
	if a := post(t, base, "/api/v1/wait", "{}", "X-Jiangtai", "1", "Content-Type", "application/json", "Authorization", "Bearer x"); a.status != 200 || a.body != `"ended"` {
		t.Errorf("%d %s", a.status, a.body)
	}
}
