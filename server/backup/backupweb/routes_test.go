package backupweb_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/gofiber/fiber/v2"

	"jiangtai/schemas"
	"jiangtai/server/backup"
	"jiangtai/server/backup/backupweb"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/web"
)

type audit struct{}

func (audit) Record(context.Context, contest.Actor, string, string, map[string]string) error {
	return nil
}

var actors = map[string]contest.Actor{
	"admin":     {Account: contest.ID{1}, Grants: []contest.Grant{{Role: contest.Administrator}}},
	"organiser": {Account: contest.ID{2}, Grants: []contest.Grant{{Role: contest.Organiser, Contest: contest.ID{3}}}},
}

// site is the backups over HTTP; fail is what the next backup ends with.
func site(t *testing.T, l backup.Lock, fail <-chan error) *fiber.App {
	t.Helper()
	now := time.Date(2026, 5, 18, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	k, err := backup.NewKeeper(backup.KeeperConfig{
		Folder: t.TempDir(), Lock: l, Now: clock, Log: slog.New(slog.DiscardHandler),
		Make: func(ctx context.Context, w io.Writer, _ backup.Lock, _ backup.Reason, _ time.Time) error {
			select {
			case err := <-fail:
				_, writeErr := io.WriteString(w, "12345")
				return errors.Join(err, writeErr)
			case <-ctx.Done():
				return ctx.Err()
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(k.Close)
	app := web.New(web.Config{Now: clock, Identify: func(_ context.Context, token, _ string) (contest.Actor, error) {
		if a, ok := actors[token]; ok {
			return a, nil
		}
		return contest.Actor{}, fault.New(fault.Unauthenticated, "web.sign_in")
	}})
	backupweb.Mount(web.API(app), backup.NewDesk(k, audit{}), "real")
	return app
}

// state is the answer as a client reads it.
type state struct {
	Backups []struct {
		Name, Reason, Key string
		Bytes             int
	}
	Running      bool
	Failed, Code string
}

// send asks as somebody and holds question and answer against openapi.yaml.
func send(t *testing.T, app *fiber.App, as, method string) (int, state) {
	t.Helper()
	req := httptest.NewRequest(method, "http://localhost/api/v1/backups", nil)
	req.Header.Set("X-Jiangtai", "1")
	if as != "" {
		req.Header.Set("Authorization", "Bearer "+as)
	}
	resp, err := app.Test(req, 20_000)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := schemas.Files.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		t.Fatal(err)
	}
	doc.Servers = nil // any host
	router, err := legacy.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	route, params, err := router.FindRoute(req)
	if err != nil {
		t.Fatal(err)
	}
	in := &openapi3filter.RequestValidationInput{
		Request: req, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true},
	}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: resp.StatusCode, Header: resp.Header, Options: in.Options}
	out.SetBodyBytes(body)
	if err := errors.Join(openapi3filter.ValidateRequest(t.Context(), in), openapi3filter.ValidateResponse(t.Context(), out)); err != nil {
		t.Errorf("%s %s: %v\n%s", method, as, err, body)
	}
	var s state
	if err := json.Unmarshal(body, &s); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, s
}

// until asks for the list until it is so.
func until(t *testing.T, app *fiber.App, isSo func(state) bool) state {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(20 * time.Second)
	for {
		_, s := send(t, app, "admin", "GET")
		if isSo(s) {
			return s
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("it stays %+v", s)
		}
	}
}

func TestABackupIsAskedForAndListed(t *testing.T) {
	text, err := backup.NewMachineKey()
	if err != nil {
		t.Fatal(err)
	}
	own, _, err := backup.ParseMachineKey(text)
	if err != nil {
		t.Fatal(err)
	}
	pass, _, err := backup.Passphrase("correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	for key, lock := range map[string]backup.Lock{"machine": own, "passphrase": pass, "none": {}} {
		fail := make(chan error, 1)
		app := site(t, lock, fail)
		if status, s := send(t, app, "admin", "GET"); status != 200 || len(s.Backups) != 0 || s.Running {
			t.Errorf("%s: at first %d %+v", key, status, s)
		}
		if status, s := send(t, app, "admin", "POST"); status != 202 || !s.Running {
			t.Errorf("%s: asked for, %d %+v", key, status, s)
		}
		fail <- nil
		s := until(t, app, func(s state) bool { return !s.Running })
		if len(s.Backups) != 1 || s.Backups[0].Key != key || s.Backups[0].Reason != "manual" || s.Backups[0].Bytes != 5 {
			t.Errorf("%s: made, %+v", key, s)
		}
	}
}

func TestWhyNoneWasMadeIsTold(t *testing.T) {
	fail := make(chan error, 1)
	app := site(t, backup.Lock{}, fail)
	send(t, app, "admin", "POST")
	fail <- fault.New(fault.Storage, "store.full")
	if s := until(t, app, func(s state) bool { return !s.Running }); s.Failed != "store.full" || len(s.Backups) != 0 {
		t.Errorf("got %+v", s)
	}
}

func TestOthersAreRefused(t *testing.T) {
	app := site(t, backup.Lock{}, nil)
	for who, want := range map[string]struct {
		status int
		code   string
	}{"": {401, "web.sign_in"}, "organiser": {403, "backup.forbidden"}} {
		for _, method := range []string{"GET", "POST"} {
			if status, s := send(t, app, who, method); status != want.status || s.Code != want.code {
				t.Errorf("%s %q: %d %+v", method, who, status, s)
			}
		}
	}
}
