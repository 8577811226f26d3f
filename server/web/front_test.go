package web_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"jiangtai/server/contest"
	"jiangtai/server/live"
	"jiangtai/server/web"
)

// over asks over a connection, as browsers do: without a length, which the tests'
// shorter way sends along.
func over(t *testing.T, base, method, path string, header ...string) answer {
	t.Helper()
	return send(t, base, method, path, nil, header...)
}

func send(t *testing.T, base, method, path string, body io.Reader, header ...string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, base+path, body)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = "jt.example"
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	transport := &http.Transport{DisableCompression: true}
	defer transport.CloseIdleConnections()
	res, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{status: res.StatusCode, header: res.Header, body: string(raw)}
}

// decoded is the body as it was before it was packed.
func decoded(t *testing.T, a answer) string {
	t.Helper()
	var plain []byte
	var err error
	switch encoding := a.header.Get("Content-Encoding"); encoding {
	case "":
		return a.body
	case "br":
		plain, err = fasthttp.AppendUnbrotliBytes(nil, []byte(a.body))
	case "gzip":
		plain, err = fasthttp.AppendGunzipBytes(nil, []byte(a.body))
	default:
		t.Errorf("encoding %q", encoding)
	}
	if err != nil {
		t.Error(err)
	}
	return string(plain)
}

func TestAcceptEncoding(t *testing.T) {
	cfg := config()
	long, short := strings.Repeat("body{color:red}", 100), "a{}"
	cfg.Pages = fstest.MapFS{
		"dist/field/assets/long.css": {Data: []byte(long)}, "dist/field/assets/short.css": {Data: []byte(short)},
		"dist/field/assets/picture.png": {Data: []byte(long)},
	}
	base := listen(t, newApp(t, cfg))
	for accept, want := range map[string]string{
		"br": "br", "gzip": "gzip", "gzip, deflate, br, zstd": "br", "BR": "br", "x-gzip": "gzip", "deflate": "", "identity": "", ";q=1": "", ",,": "",
		"gzip;q=1, br;q=0.5": "gzip", "gzip;q=0.5, br;q=0.501": "br", "br;q=0, gzip": "gzip", "br;q=0": "", "br;q=0.000,gzip;q=0.0": "", " br ; q=0.8 , gzip;Q=0.8": "br",
		"*": "br", "*;q=0.5, br;q=0": "gzip", "*;q=0": "", "*;q=0, gzip;q=0.1": "gzip", "identity, *;q=0.4": "",
		"identity;q=1, br;q=0.2": "", "identity;q=0.2, br;q=1.000": "br", "identity;q=0, gzip;q=0.001": "gzip", "identity;q=0": "", "identity;q=0, *": "br",
		// A weight that is none refuses.
		"br;q=2": "", "br;q=1.001": "", "br;q=0.0001": "", "br;q=much, gzip": "gzip", "br;q=": "", "br;v=1": "", "br;q=0x1": "", "br;q=-1": "",
	} {
		// The front takes the first way, the framework the second.
		for _, path := range []string{"/assets/long.css", "/assets/long.css?again"} {
			a := over(t, base, "GET", path, "Accept-Encoding", accept)
			if got := a.header.Get("Content-Encoding"); got != want || decoded(t, a) != long || a.header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("%s %q: %q, %d bytes", path, accept, got, len(a.body))
			}
		}
	}
	for path, want := range map[string]string{"/assets/short.css": short, "/assets/picture.png": long} {
		if a := over(t, base, "GET", path, "Accept-Encoding", "br"); a.header.Get("Content-Encoding") != "" || a.body != want {
			t.Errorf("%s was packed: %v", path, a.header)
		}
	}
	if a := over(t, base, "GET", "/assets/short.css", "Accept-Encoding", "br, identity;q=0"); a.header.Get("Content-Encoding") != "br" || decoded(t, a) != short {
		t.Errorf("plain bytes were refused, and came: %v", a.header)
	}
}

// Whoever answers, the front or the framework: nobody can tell.
func TestFrontAnswersAsTheFrameworkDoes(t *testing.T) {
	id := contest.ID{1}
	body := []byte(strings.Repeat("一行", 4000))
	cfg := config()
	cfg.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	cfg.Pages = fstest.MapFS{"dist/field/index.html": {Data: []byte("<p>board")}, "dist/field/assets/a-1.js": {Data: body}}
	var atOnce atomic.Int64
	cfg.Standings = func(ctx context.Context, _ contest.ID) ([]byte, error) {
		if ctx.Err() != nil {
			atOnce.Add(1) // the front waits for nothing
		}
		return body, nil
	}
	app := newApp(t, cfg)
	web.API(app).Get("/public/list", func(c *fiber.Ctx) error {
		return web.SendPublic(c, web.CacheAsk, func() (any, error) { return []string{string(body)}, nil })
	}).Name("test.list")
	base := listen(t, app)
	asked := 0
	for _, path := range []string{"/", "/assets/a-1.js", "/api/v1/public/list", "/api/v1/public/events/" + id.String() + "/standings", "/api/openapi.yaml"} {
		tag := over(t, base, "GET", path, "Accept-Encoding", "gzip").header.Get("ETag")
		for _, header := range [][]string{
			nil,
			{"Accept-Encoding", "br"},
			{"Accept-Encoding", "gzip", "If-None-Match", tag},
			{"Accept-Encoding", "gzip", "If-None-Match", `"other", W/` + tag},
			{"If-None-Match", "*"},
			{"Accept-Encoding", "br", "If-None-Match", `"other"`},
			{"X-Forwarded-Proto", "https"},
			{"Cookie", "jiangtai_session=stale"},
		} {
			for _, method := range []string{"GET", "HEAD"} {
				asked++
				front, behind := over(t, base, method, path, header...), over(t, base, method, path+"?", header...)
				if len(front.header.Get("X-Request-Id")) != 16 || front.header.Get("X-Request-Id") == behind.header.Get("X-Request-Id") {
					t.Errorf("ids %q and %q", front.header.Get("X-Request-Id"), behind.header.Get("X-Request-Id"))
				}
				for _, a := range []answer{front, behind} {
					a.header.Del("X-Request-Id")
					a.header.Del("Date")
				}
				if front.status != behind.status || front.body != behind.body || !maps.EqualFunc(front.header, behind.header, slices.Equal) {
					t.Errorf("%s %s %v:\n%d %v\n%d %v", method, path, header, front.status, front.header, behind.status, behind.header)
				}
				if wants := strings.Contains(strings.Join(header, " "), tag); wants != (front.status == 304) && !slices.Contains(header, "*") {
					t.Errorf("%s %v: %d", path, header, front.status)
				}
				if front.header.Get("Content-Security-Policy") == "" || (front.header.Get("Strict-Transport-Security") != "") != slices.Contains(header, "https") {
					t.Errorf("%s: %v", path, front.header)
				}
			}
		}
	}
	if got := atOnce.Load(); got != int64(asked/5) {
		t.Errorf("the front answered %d of %d", got, asked/5)
	}
	counted := counts(cfg.Metrics)
	for _, want := range []string{`method="HEAD",route="/api/v1/public/events/:id/standings",status="304"`, `method="GET",route="/assets/*",status="200"`, `route="/api/v1/public/list"`} {
		if !strings.Contains(counted, want) {
			t.Errorf("%s was not counted", want)
		}
	}
}

func TestStandingsFollowEveryChange(t *testing.T) {
	id := contest.ID{1}
	var mu sync.Mutex
	var body []byte
	var fails error
	set := func(to string, err error) {
		mu.Lock()
		defer mu.Unlock()
		body, fails = []byte(to), err
	}
	cfg := config()
	cfg.Standings = func(context.Context, contest.ID) ([]byte, error) {
		mu.Lock()
		defer mu.Unlock()
		if body == nil {
			panic("secret in the panic")
		}
		return body, fails
	}
	base := listen(t, newApp(t, cfg))
	path := "/api/v1/public/events/" + id.String() + "/standings"
	tags := map[string]string{}
	for i := range 4 {
		want := strings.Repeat(fmt.Sprintf("第%d条", i), 300)
		set(want, nil)
		for _, accept := range []string{"", "gzip", "br"} {
			a := over(t, base, "GET", path, "Accept-Encoding", accept, "If-None-Match", tags[accept])
			if a.status != 200 || decoded(t, a) != want || a.header.Get("Content-Encoding") != accept || a.header.Get("Cache-Control") != "no-cache" {
				t.Fatalf("change %d as %q: %d %v", i, accept, a.status, a.header)
			}
			for other, tag := range tags {
				if tag == a.header.Get("ETag") {
					t.Errorf("change %d as %q has the tag of %q", i, accept, other)
				}
			}
			tags[accept] = a.header.Get("ETag")
			if a = over(t, base, "GET", path, "Accept-Encoding", accept, "If-None-Match", tags[accept]); a.status != 304 || a.body != "" {
				t.Errorf("again: %d", a.status)
			}
		}
	}
	// What is taken from the public is gone at once, also for those who have it.
	set("taken back", live.ErrMissing)
	if a := over(t, base, "GET", path, "If-None-Match", tags[""]); a.status != 404 || strings.Contains(a.body, "taken") || a.header.Get("ETag") != "" {
		t.Errorf("%d %v %s", a.status, a.header, a.body)
	}
	set("given again", nil)
	if a := over(t, base, "GET", path); a.status != 200 || a.body != "given again" {
		t.Errorf("%d %s", a.status, a.body)
	}
	mu.Lock()
	body = nil
	mu.Unlock()
	if a := over(t, base, "GET", path); a.status != 500 || strings.Contains(a.body, "secret") {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// A body longer than the server's buffer goes out beside its header, with whatever
// stood in the buffer before it.
func TestLongBodiesInAPipeline(t *testing.T) {
	cfg := config()
	long := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
	cfg.Pages = fstest.MapFS{
		"dist/field/assets/long.txt": {Data: long}, "dist/field/assets/middle.txt": {Data: long[:3500]}, "dist/field/assets/short.txt": {Data: long[:20]},
	}
	address := strings.TrimPrefix(listen(t, newApp(t, cfg)), "http://")
	var asked strings.Builder
	var want []int
	for _, name := range []string{"short", "long", "long", "middle", "short", "middle", "long", "short"} {
		fmt.Fprintf(&asked, "GET /assets/%s.txt HTTP/1.1\r\nHost: a\r\n\r\n", name)
		want = append(want, map[string]int{"short": 20, "middle": 3500, "long": len(long)}[name])
	}
	asked.WriteString("HEAD /assets/long.txt HTTP/1.1\r\nHost: a\r\n\r\nGET /assets/long.txt HTTP/1.0\r\nConnection: close\r\n\r\n")
	rest := speak(t, address, asked.String())
	for i, length := range append(want, 0, len(long)) {
		head, after, ok := strings.Cut(rest, "\r\n\r\n")
		if !ok || !strings.HasPrefix(head, "HTTP/1.1 200 OK\r\n") || len(after) < length || after[:length] != string(long[:length]) {
			t.Fatalf("answer %d: %.300s", i, head)
		}
		rest = after[length:]
	}
	if rest != "" {
		t.Errorf("%d bytes more", len(rest))
	}
	// What names two lengths is not the front's.
	if text := speak(t, address, "GET /assets/short.txt HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n"); !strings.HasPrefix(text, "HTTP/1.1 400 ") {
		t.Error(text)
	}
}

func TestPublicListsAreMadeOnceForMany(t *testing.T) {
	cfg := config()
	var mu sync.Mutex
	now, made := clock(), 0
	cfg.Now = func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	release := make(chan error)
	app := newApp(t, cfg)
	web.API(app).Get("/public/list", func(c *fiber.Ctx) error {
		return web.SendPublic(c, "public, max-age=60", func() (any, error) {
			mu.Lock()
			made++
			n := made
			mu.Unlock()
			return []int{n}, <-release
		})
	}).Name("test.list")
	base := listen(t, app)
	crowd := func(path string, status int, outcome error) (bodies map[string]int) {
		t.Helper()
		bodies = map[string]int{}
		var wg sync.WaitGroup
		var inside sync.Mutex
		for range 20 {
			wg.Go(func() {
				a := over(t, base, "GET", path)
				inside.Lock()
				defer inside.Unlock()
				if a.status != status {
					t.Errorf("%s: %d %s", path, a.status, a.body)
				}
				bodies[a.body]++
			})
		}
		ended := make(chan struct{})
		go func() { wg.Wait(); close(ended) }()
		for {
			select {
			case release <- outcome: // once, unless somebody came after the first was done
			case <-ended:
				return bodies
			}
		}
	}
	crowd("/api/v1/public/list", 404, fiber.ErrNotFound)
	mu.Lock()
	failed := made
	mu.Unlock()
	if got := crowd("/api/v1/public/list", 200, nil); len(got) != 1 {
		t.Errorf("they got %v", got)
	}
	mu.Lock()
	if made != failed+1 {
		t.Errorf("made %d times", made-failed)
	}
	now = now.Add(time.Second)
	mu.Unlock()
	if got := crowd("/api/v1/public/list", 200, nil); len(got) != 1 || got[fmt.Sprintf("[%d]", failed+2)] != 20 {
		t.Errorf("a second later: %v", got)
	}
	if got := crowd("/api/v1/public/list?q=1", 200, nil); got[fmt.Sprintf("[%d]", failed+3)] != 20 {
		t.Errorf("another question: %v", got)
	}
}
