package app_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.uber.org/goleak"

	"jiangtai/scoring"
	"jiangtai/server/app"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/rehearsal"
)

// asProgram makes the test binary the program itself, for tests that kill it.
const asProgram = "APP_TEST_AS_PROGRAM"

// TestMain runs the tests, then stops the program that they shared and looks
// whether anything is left behind.
func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		code := app.Main(ctx, app.Invocation{Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Version: "test"})
		stop()
		os.Exit(code)
	}
	code := m.Run()
	if err := commonTown.close(); err != nil {
		fmt.Fprintln(os.Stderr, "the program does not close:", err)
		code = 1
	}
	if err := goleak.Find(ofLibraries...); err != nil {
		fmt.Fprintln(os.Stderr, "left behind:", err)
		code = 1
	}
	os.Exit(code)
}

// ofLibraries are goroutines that fasthttp never ends.
var ofLibraries = []goleak.Option{
	goleak.IgnoreTopFunction("time.Sleep"), // its clock, and workers that look each ten seconds whether to go
	goleak.IgnoreTopFunction("github.com/valyala/fasthttp/stackless.funcWorker"),
}

// town is the whole program, running in this process, with an administrator.
type town struct {
	t     testing.TB
	app   *app.App
	base  string
	data  string
	admin *rehearsal.Client
	stop  func() error
	log   *logKeeper
}

// logKeeper keeps what the program logs, for tests that fail.
type logKeeper struct {
	mu   sync.Mutex // guards text
	text bytes.Buffer
}

func (l *logKeeper) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logKeeper) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

const adminUser, adminPassword = "admin", "correct-horse-9-battery"

// launch starts the program on a data folder, on a port of chance.
func launch(ctx context.Context, data string, log *logKeeper) (*app.App, string, func() error, error) {
	cfg := app.Config{HTTPAddr: "127.0.0.1:0", Data: data, LogLevel: "warn", LogFormat: "text"}
	a, err := app.New(ctx, cfg, slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		return nil, "", nil, err
	}
	ln, err := a.Listen(ctx)
	if err != nil {
		return nil, "", nil, errors.Join(err, a.Close())
	}
	run, end := context.WithCancel(context.WithoutCancel(ctx))
	ran := make(chan error, 1)
	go func() { ran <- a.Run(run, ln) }()
	stop := sync.OnceValue(func() error {
		end()
		return errors.Join(<-ran, a.Close())
	})
	return a, "http://" + ln.Addr().String(), stop, nil
}

// begin starts the program for one test; it ends with the test.
func begin(t *testing.T, data string) *town {
	t.Helper()
	tw := &town{t: t, data: data, log: &logKeeper{}}
	if err := tw.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tw.end(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Log(tw.log.String())
		}
	})
	return tw
}

func (tw *town) start(ctx context.Context) (err error) {
	if tw.app, tw.base, tw.stop, err = launch(ctx, tw.data, tw.log); err != nil {
		return err
	}
	err = tw.app.NewAccount(ctx, adminUser, adminPassword, contest.Grant{Role: contest.Administrator})
	if err != nil && !isTaken(err) {
		return err
	}
	tw.admin, err = rehearsal.NewClient(tw.base).SignIn(ctx, adminUser, adminPassword)
	return err
}

func (tw *town) end() error {
	if tw.admin != nil {
		tw.admin.Rest()
	}
	return tw.stop()
}

// commonTown is one program for all tests that only need contests of their own.
var commonTown struct {
	sync.Mutex // guards the rest
	town       *town
	dir        string
	err        error
	close      func() error
}

func init() {
	commonTown.close = func() error {
		commonTown.Lock()
		defer commonTown.Unlock()
		if commonTown.town == nil {
			return nil
		}
		return errors.Join(commonTown.town.end(), os.RemoveAll(commonTown.dir))
	}
}

// common gives the shared program, started at the first call.
func common(t *testing.T) *town {
	t.Helper()
	commonTown.Lock()
	defer commonTown.Unlock()
	if commonTown.town == nil && commonTown.err == nil {
		commonTown.dir, commonTown.err = os.MkdirTemp("", "jiangtai-app-test-")
		tw := &town{data: commonTown.dir, log: &logKeeper{}}
		if commonTown.err == nil {
			commonTown.err = tw.start(context.Background())
		}
		if commonTown.err == nil {
			commonTown.town = tw
		}
	}
	if commonTown.err != nil {
		t.Fatal(commonTown.err)
	}
	tw := *commonTown.town
	tw.t = t
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(tw.log.String())
		}
	})
	return &tw
}

var invented atomic.Int64

// newCode is a code that no other contest of this run has.
func newCode() string { return "t" + strconv.FormatInt(invented.Add(1), 10) }

// pack makes a .zip of a package's files.
func pack(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(files[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// fair is one imported contest with an organiser and a second person.
type fair struct {
	*town
	id        string
	events    map[string]string // id by code
	organiser *rehearsal.Client
	second    map[string]string // user and password of the supervisor
}

// importFair imports a package as the administrator and makes its accounts.
func (tw *town) importFair(files map[string]string) *fair {
	t := tw.t
	t.Helper()
	id, err := tw.admin.Import(t.Context(), pack(t, files))
	if err != nil {
		t.Fatal(err)
	}
	list, err := tw.admin.Events(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	f := &fair{town: tw, id: id, events: map[string]string{}}
	for _, e := range list {
		f.events[e.Code] = e.ID
	}
	f.organiser, _, _ = f.person(contest.Grant{Role: contest.Organiser, Contest: idOf(t, id)})
	_, user, password := f.person(contest.Grant{Role: contest.Supervisor, Contest: idOf(t, id)})
	f.second = map[string]string{"user": user, "password": password}
	return f
}

// person makes an account with these grants and signs it in.
func (tw *town) person(grants ...contest.Grant) (c *rehearsal.Client, user, password string) {
	t := tw.t
	t.Helper()
	user, password = "p"+strconv.FormatInt(invented.Add(1), 10), uuid.NewString()
	if err := tw.app.NewAccount(t.Context(), user, password, grants...); err != nil {
		t.Fatal(err)
	}
	c, err := tw.admin.As("").SignIn(t.Context(), user, password)
	if err != nil {
		t.Fatal(err)
	}
	return c, user, password
}

// pair pairs a tablet to each chair of an event; chairs count from 1.
func (f *fair) pair(code string) []*rehearsal.Tablet {
	t := f.t
	t.Helper()
	codes, err := f.organiser.Codes(t.Context(), f.events[code])
	if err != nil {
		t.Fatal(err)
	}
	tablets := make([]*rehearsal.Tablet, len(codes))
	for _, c := range codes {
		client, err := f.admin.As("").Pair(t.Context(), c.Code)
		if err != nil {
			t.Fatal(err)
		}
		tablets[c.Chair-1] = &rehearsal.Tablet{Client: client}
		if err := tablets[c.Chair-1].Load(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return tablets
}

// act does an act as the organiser; further is pairs of keys and values.
func (f *fair) act(code, act string, further ...any) error {
	body := map[string]any{"act_id": uuid.NewString(), "act": act}
	for i := 0; i+1 < len(further); i += 2 {
		body[further[i].(string)] = further[i+1]
	}
	return f.organiser.Act(f.t.Context(), f.events[code], body)
}

func (f *fair) mustAct(code, act string, further ...any) {
	f.t.Helper()
	if err := f.act(code, act, further...); err != nil {
		f.t.Fatal(err)
	}
}

// get reads a path into out, or fails the test.
func get(t testing.TB, c *rehearsal.Client, path string, out any) {
	t.Helper()
	if err := c.Do(t.Context(), "GET", path, nil, out); err != nil {
		t.Fatal(err)
	}
}

// standings are the public standings of an event by HTTP.
func (f *fair) standings(code string) rehearsal.Board {
	f.t.Helper()
	var raw []byte
	get(f.t, f.admin.As(""), "/api/v1/public/events/"+f.events[code]+"/standings", &raw)
	b, err := rehearsal.ReadBoard(raw)
	if err != nil {
		f.t.Fatal(err)
	}
	return b
}

// seq is how many records the event's ledger has.
func (f *fair) seq(code string) uint64 {
	f.t.Helper()
	var p struct {
		Seq uint64 `json:"seq"`
	}
	get(f.t, f.admin, "/api/v1/events/"+f.events[code]+"/progress", &p)
	return p.Seq
}

func publicTopic(event string) string { return "event/" + event + "/public" }

func idOf(t testing.TB, text string) contest.ID {
	t.Helper()
	id, err := scoring.ParseID(text)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func isTaken(err error) bool { return codeOf(err) == "identity.user_taken" }

// codeOf is the code of a problem or fault.
func codeOf(err error) string {
	var p *rehearsal.Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return fault.Code(err)
}

// within is a context for what must come true soon.
func within(t testing.TB, limit time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	t.Cleanup(cancel)
	return ctx
}
