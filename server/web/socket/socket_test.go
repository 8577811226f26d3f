package socket_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/gofiber/fiber/v2"
	"go.uber.org/goleak"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/hub"
	"jiangtai/server/web"
	"jiangtai/server/web/socket"
)

// fasthttp keeps a date, a cleaner of idle workers and compressors for the
// process's life.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp/stackless.funcWorker"),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"))
}

var (
	account = contest.Actor{Account: contest.ID{1}, Session: contest.ID{9}}
	tablet  = contest.Actor{Device: contest.ID{2}, Session: contest.ID{8}}
)

// rig is a server with one topic for everybody and one for who is signed in.
type rig struct {
	t      *testing.T
	hub    *hub.Hub
	server *socket.Server
	addr   string
	open   *feed
	closed *feed
}

// feed is a topic that counts.
type feed struct {
	mu    sync.Mutex // guards n
	n     uint64
	size  int
	topic *hub.Topic
}

type line struct {
	Topic string `json:"topic"`
	From  uint64 `json:"from"`
	To    uint64 `json:"to"`
	Snap  bool   `json:"snapshot"`
	Pad   string `json:"pad"`
	Beat  int64  `json:"beat,omitempty"`
	Error struct {
		Code  string `json:"code"`
		Topic string `json:"topic"`
	} `json:"error"`
}

func (f *feed) Snapshot() (uint64, []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	b, _ := json.Marshal(line{Topic: f.topic.Name(), To: f.n, Snap: true, Pad: strings.Repeat("x", f.size)})
	return f.n, b
}

func (f *feed) publish() {
	f.mu.Lock()
	f.n++
	b, _ := json.Marshal(line{Topic: f.topic.Name(), From: f.n - 1, To: f.n, Pad: strings.Repeat("x", f.size)})
	n := f.n
	f.mu.Unlock()
	f.topic.Publish(n-1, n, b)
}

func (r *rig) Find(_ context.Context, actor contest.Actor, name string) (*hub.Topic, error) {
	switch {
	case name == "panic":
		panic("in a handler")
	case name == "open":
		return r.open.topic, nil
	case name == "closed" && !actor.IsPublic():
		return r.closed.topic, nil
	}
	return nil, fault.New(fault.Missing, "live.missing")
}

func start(t *testing.T, change func(*hub.Config)) *rig {
	t.Helper()
	cfg := hub.Config{
		Now: time.Now, Wrap: socket.Text, Pack: socket.PackedText, Ping: socket.Ping(),
		Beat: func(now time.Time, _ []hub.Mark) []byte {
			return fmt.Appendf(nil, `{"beat":%d}`, now.UnixNano())
		},
	}
	if change != nil {
		change(&cfg)
	}
	r := &rig{t: t, hub: hub.New(cfg), open: &feed{}, closed: &feed{}}
	r.open.topic = r.hub.NewTopic("open", hub.At{Epoch: 1}, r.open)
	r.closed.topic = r.hub.NewTopic("closed", hub.At{Epoch: 1}, r.closed)
	r.server = socket.New(socket.Config{Hub: r.hub, Topics: r, Now: time.Now})
	app := web.New(web.Config{Now: time.Now, Identify: identify})
	r.server.Mount(app)
	r.addr = serve(t, app)
	t.Cleanup(r.stop)
	return r
}

func identify(_ context.Context, token, _ string) (contest.Actor, error) {
	switch token {
	case "account":
		return account, nil
	case "tablet":
		return tablet, nil
	case "down":
		return contest.Actor{}, fault.New(fault.Unavailable, "web.not_ready")
	}
	return contest.Actor{}, fault.New(fault.Unauthenticated, "web.sign_in")
}

func serve(t *testing.T, app *fiber.App) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = app.Listener(ln)
	}()
	t.Cleanup(func() {
		_ = app.Shutdown()
		<-done
	})
	return ln.Addr().String()
}

func (r *rig) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := r.hub.Shutdown(ctx); err != nil {
		r.t.Errorf("shutdown: %v", err)
	}
}

func (r *rig) header(token string) http.Header {
	h := http.Header{"Origin": {"http://" + r.addr}}
	if token != "" {
		h.Set("Cookie", web.SessionCookie+"="+token)
	}
	return h
}

func (r *rig) dial(token string) *websocket.Conn {
	r.t.Helper()
	c, res, err := websocket.DefaultDialer.Dial("ws://"+r.addr+"/live", r.header(token))
	if err != nil {
		r.t.Fatalf("dial: %v %v", err, res)
	}
	_ = res.Body.Close()
	r.t.Cleanup(func() { _ = c.Close() })
	_ = c.SetReadDeadline(time.Now().Add(20 * time.Second))
	return c
}

func say(t *testing.T, c *websocket.Conn, text string) {
	t.Helper()
	if err := c.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		t.Fatal(err)
	}
}

// hear gives the next message that is no beat.
func hear(t *testing.T, c *websocket.Conn) line {
	t.Helper()
	for {
		_, body, err := c.ReadMessage()
		if err != nil {
			t.Fatalf("hear: %v", err)
		}
		if l := parseLine(t, body); l.Beat == 0 {
			return l
		}
	}
}

func parseLine(t *testing.T, body []byte) line {
	t.Helper()
	var l line
	if err := json.Unmarshal(body, &l); err != nil {
		t.Fatalf("not a frame: %.100q", body)
	}
	return l
}

// eventually polls: handlers end in their own time.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	poll := time.NewTicker(time.Millisecond)
	defer poll.Stop()
	deadline := time.After(10 * time.Second)
	for !ok() {
		select {
		case <-poll.C:
		case <-deadline:
			t.Fatalf("never: %s", what)
		}
	}
}

// closeCode reads until the connection ends.
func closeCode(c *websocket.Conn) int {
	for {
		if _, _, err := c.ReadMessage(); err != nil {
			var ce *websocket.CloseError
			if errors.As(err, &ce) {
				return ce.Code
			}
			return -1
		}
	}
}

func TestSubscribeResumeUnsubscribe(t *testing.T) {
	r := start(t, nil)
	r.open.size = 200
	c := r.dial("")
	say(t, c, `{"subscribe":["open"],"from":{"epoch":0,"n":0}}`)
	if l := hear(t, c); !l.Snap || l.To != 0 {
		t.Fatalf("first: %+v", l)
	}
	for want := uint64(1); want <= 3; want++ {
		r.open.publish()
		if l := hear(t, c); l.Snap || l.To != want {
			t.Fatalf("frame: %+v, want %d", l, want)
		}
	}
	for name, tc := range map[string]struct {
		from string
		snap bool
		to   uint64
	}{
		"in the ring":     {`{"epoch":1,"n":2}`, false, 3},
		"by topic":        {`{"open":{"epoch":1,"n":2}}`, false, 3},
		"other topic":     {`{"else":{"epoch":1,"n":2}}`, true, 3},
		"the future":      {`{"epoch":1,"n":99}`, true, 3},
		"other epoch":     {`{"epoch":7,"n":2}`, true, 3},
		"negative":        {`{"epoch":1,"n":-2}`, true, 3},
		"null":            {`null`, true, 3},
		"largest integer": {`{"epoch":1,"n":9223372036854775807}`, true, 3},
	} {
		c := r.dial("")
		say(t, c, `{"subscribe":["open"],"from":`+tc.from+`}`)
		if l := hear(t, c); l.Snap != tc.snap || l.To != tc.to {
			t.Errorf("%s: %+v", name, l)
		}
	}
	say(t, c, `{"unsubscribe":["open"]}`)
	say(t, c, `{"subscribe":["nothing"]}`)
	if l := hear(t, c); l.Error.Code != "live.missing" {
		t.Fatalf("%+v", l)
	}
	r.open.publish()
	say(t, c, `{"subscribe":["nothing"]}`)
	if l := hear(t, c); l.Error.Code != "live.missing" {
		t.Fatalf("a frame after unsubscribing: %+v", l)
	}
}

func TestBeatWithoutTopics(t *testing.T) {
	c := start(t, func(c *hub.Config) { c.Second = 40 * time.Millisecond }).dial("")
	_, body, err := c.ReadMessage()
	if err != nil || !bytes.Contains(body, []byte("beat")) {
		t.Fatalf("%q %v", body, err)
	}
}

// Hidden and missing answer the same bytes.
func TestTopicsThatAreNotYours(t *testing.T) {
	r := start(t, nil)
	answer := func(token, topic string) string {
		c := r.dial(token)
		say(t, c, `{"subscribe":["`+topic+`"]}`)
		for {
			_, body, err := c.ReadMessage()
			if err != nil {
				return err.Error()
			}
			if !bytes.Contains(body, []byte(`"beat"`)) {
				return strings.ReplaceAll(string(body), topic, "TOPIC")
			}
		}
	}
	hidden, missing := answer("", "closed"), answer("", "events")
	if hidden != missing || !strings.Contains(hidden, "live.missing") {
		t.Errorf("hidden %s, missing %s", hidden, missing)
	}
	if got := answer("account", "closed"); !strings.Contains(got, `"snapshot":true`) {
		t.Errorf("signed in: %s", got)
	}
	if got := answer("old", "closed"); !strings.Contains(got, "4401") {
		t.Errorf("stale session: %s", got)
	}
	if got := answer("old", "open"); !strings.Contains(got, `"snapshot":true`) {
		t.Errorf("stale session, public topic: %s", got)
	}
}

func TestHandshakeIsRefused(t *testing.T) {
	r := start(t, nil)
	for name, tc := range map[string]struct {
		origin, token string
		status        int
	}{
		"missing":        {"", "", 403},
		"foreign":        {"http://evil.example", "", 403},
		"null":           {"null", "", 403},
		"ours in front":  {"http://" + r.addr + ".evil.example", "", 403},
		"identity down":  {"http://" + r.addr, "down", 503},
		"foreign, token": {"http://evil.example", "account", 403},
	} {
		h := r.header(tc.token)
		h.Del("Origin")
		if tc.origin != "" {
			h.Set("Origin", tc.origin)
		}
		c, res, err := websocket.DefaultDialer.Dial("ws://"+r.addr+"/live", h)
		if err == nil {
			_ = c.Close()
			t.Errorf("%s: let in", name)
			continue
		}
		if res == nil || res.StatusCode != tc.status {
			t.Errorf("%s: %v %v", name, res, err)
		}
	}
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+r.addr+"/live", nil)
	req.Header.Set("Origin", "http://"+r.addr)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	if res.StatusCode != http.StatusBadRequest || res.Header.Get("Content-Type") != web.MediaProblem {
		t.Errorf("no upgrade: %d", res.StatusCode)
	}
}

func TestRevokedSessionIsClosed(t *testing.T) {
	r := start(t, nil)
	one, other, public := r.dial("account"), r.dial("tablet"), r.dial("")
	for _, c := range []*websocket.Conn{one, other, public} {
		say(t, c, `{"subscribe":["open"]}`)
		hear(t, c)
	}
	began := time.Now()
	r.server.CloseSession(account.Session)
	if code := closeCode(one); code != socket.CloseSignIn || time.Since(began) > time.Second {
		t.Errorf("code %d after %v", code, time.Since(began))
	}
	r.open.publish()
	hear(t, other)
	hear(t, public)
	// One whose upgrade was under way when the session ended.
	if code := closeCode(r.dial("account")); code != socket.CloseSignIn {
		t.Errorf("late one: %d", code)
	}
}

func TestShutdownSaysRestart(t *testing.T) {
	r := start(t, nil)
	var conns []*websocket.Conn
	for range 30 {
		c := r.dial("")
		say(t, c, `{"subscribe":["open"]}`)
		hear(t, c)
		conns = append(conns, c)
	}
	r.open.publish()
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		r.stop()
	}()
	for _, c := range conns {
		if l := hear(t, c); l.To != 1 {
			t.Fatalf("the last frame: %+v", l)
		}
		if code := closeCode(c); code != hub.CloseRestart {
			t.Fatalf("code %d", code)
		}
	}
	<-stopped
	if code := closeCode(r.dial("")); code != hub.CloseRestart {
		t.Errorf("after the stop: %d", code)
	}
}
